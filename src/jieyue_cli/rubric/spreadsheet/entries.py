"""The rows of 条文 → units, items, criteria, gates and inputs, each in the list of the part it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jieyue_cli.problems import Code
from jieyue_cli.rubric.spreadsheet.phrases import ID
from jieyue_cli.rubric.spreadsheet.table import Entries, shown
from jieyue_cli.rubric.spreadsheet.values import Cells
from jieyue_cli.rubric.spreadsheet.vocabulary import (
    CRITERIA,
    GATE,
    INPUT,
    INPUTS,
    ITEMS,
    KIND,
    KINDS,
    UNCHECKED,
    UNITS,
    Column,
    Kind,
    Level,
)
from jieyue_cli.rubric.tree import MAX_DEPTH, Mark, Node, Path, Tree
from jieyue_cli.text.folding import label
from jieyue_cli.text.listing import abridged
from jieyue_cli.workbook.cells import address

MOST_ROWS = 5_000
"""Rows with entries; a standard of a hundred pages has 1,000."""
_MOST_LEVELS = (MAX_DEPTH - 4) // 2
"""Entries inside each other; as YAML has them, each is two levels deep."""
_MOST_LISTED = 12
_PLAIN = Kind("")
_OF_RULES = (Column.EACH, Column.MEASURE, Column.BANDS)


@dataclass(eq=False)
class Entry:
    """One row that says something."""

    row: int
    level: Level
    top: str | None = None
    """The list of the whole standard that it stands in; None for what belongs to another entry."""
    node: dict[str, Node] = field(default_factory=dict)
    marks: dict[Path, Mark] = field(default_factory=dict)
    inner: list[Entry] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The list in which its own entries stand."""
        return "items" if self.level is UNITS else "criteria" if self.level is ITEMS else "parts"


class Rows:
    """Reads the rows of one sheet into a tree."""

    def __init__(self, tree: Tree, entries: Entries) -> None:
        self.tree = tree
        self.table = entries
        self.grid = entries.grid
        self.cells = Cells(entries.grid)

    def read(self) -> None:
        """Read every row, then put each entry where it belongs."""
        rows = list(self._filled())
        if len(rows) > MOST_ROWS:
            place = self.grid.place(rows[MOST_ROWS], self.table.columns[Column.ID])
            self.tree.problems.append(Code.RUBRIC_LONG.at(place, most=MOST_ROWS))
            self.tree.data = None
            return
        entries = [entry for row in rows if (entry := self._entry(row))]
        self._unchecked(rows)
        tops = self._nested(entries)
        self.tree.problems += self.cells.problems
        start = self.grid.mark(self.table.header, self.table.columns[Column.ID])
        assert isinstance(self.tree.data, dict)  # noqa: S101 -- the reader's own
        for key in ("inputs", "gates", "units"):
            self.tree.marks[key,] = start
            of_key = [entry for entry in tops if entry.top == key]
            if of_key:
                self.tree.data[key] = [self._placed(entry, (key, at)) for at, entry in enumerate(of_key)]

    def _filled(self) -> Iterator[int]:
        """The numbers of the rows below the header in which a known column says something."""
        columns = [number - 1 for number in self.table.columns.values()]
        states = {row for row, _ in self.grid.sheet.states}
        for number, values in enumerate(self.grid.sheet.rows[self.table.header :], self.table.header + 1):
            if number in states or any(values[at] is not None for at in columns if at < len(values)):
                yield number

    def _unchecked(self, rows: Iterable[int]) -> None:
        """Tell once of all that somebody still has to hold against the published text."""
        number = self.table.columns.get(Column.NOTE, 0)
        left = [row for row in rows if UNCHECKED in self._said(row, Column.NOTE)]
        if left:
            listed = abridged([address(row, number) for row in left], _MOST_LISTED)
            place = self.grid.place(left[0], number)
            self.cells.problems.append(Code.RUBRIC_UNCHECKED.at(place, count=len(left), cells=listed))

    # -- one row ---------------------------------------------------------------------------------------------

    def _entry(self, row: int) -> Entry | None:
        unit, item, sentence = (self._said(row, column) for column in (Column.UNIT, Column.ITEM, Column.TEXT))
        if sentence:
            tops = {GATE: "gates", INPUT: "inputs"}
            top = tops.get(label(unit))
            entry = Entry(row, INPUTS if top == "inputs" else CRITERIA, top)
        elif item:
            entry = Entry(row, ITEMS)
        elif unit:
            entry = Entry(row, UNITS, "units")
        else:
            place = self.grid.place(row, self.table.columns[Column.TEXT])
            if any(self._said(row, column) for column in self.table.columns):
                self.cells.problems.append(Code.RUBRIC_NO_LEVEL.at(place))
            return None
        self._fill(entry)
        return entry

    def _said(self, row: int, column: Column) -> str:
        number = self.table.columns.get(column)
        return self.cells.said(row, number) if number else ""

    def _fill(self, entry: Entry) -> None:
        """Read every cell of a row into its entry."""
        level = entry.level
        entry.marks[()] = self.grid.mark(entry.row, self.table.columns[Column.ID])
        free = {Column.PARENT, Column.UNIT, Column.TERMS} | ({Column.ITEM} if level is not UNITS else set())
        for column, number in self.table.columns.items():
            of_level = level.columns.get(column)
            if of_level:
                entry.marks[of_level.key,] = self.grid.mark(entry.row, number)
                value = self.cells.value(of_level, column.word, entry.row, number)
                if value is not None:
                    entry.node[of_level.key] = value
            elif column not in free and (level is not CRITERIA or column not in (Column.KIND, *_OF_RULES)):
                self._unused(entry.row, column, level.called)
        if level is CRITERIA:
            self._rule(entry)
        if at := self.table.columns.get(Column.TERMS):
            terms = self.cells.terms(level.terms, None, Column.TERMS.word, entry.row, at)
            entry.node |= terms
            entry.marks |= {(key,): self.grid.mark(entry.row, at) for key in terms}

    def _unused(self, row: int, column: Column, called: str) -> None:
        if self._said(row, column):
            place = self.grid.place(row, self.table.columns[column])
            self.cells.problems.append(Code.RUBRIC_UNUSED.at(place, called=called, label=column.word))

    def _rule(self, entry: Entry) -> None:
        """The 计分方式 of a criterion with its figures."""
        number = self.table.columns[Column.KIND]
        mark = self.grid.mark(entry.row, number)
        entry.marks |= {("rule",): mark, ("rule", "kind"): mark}
        written = self.cells.value(KIND, Column.KIND.word, entry.row, number)
        if written is None and self._said(entry.row, Column.KIND):
            return  # what its figures are for is not known
        kind = KINDS[str(written)] if written else _PLAIN
        rule: dict[str, Node] = {"kind": written} if written else {}
        for column, of_kind in kind.columns.items():
            if at := self.table.columns.get(column):
                entry.marks["rule", of_kind.key] = self.grid.mark(entry.row, at)
                value = self.cells.value(of_kind, column.word, entry.row, at)
                if value is not None:
                    rule[of_kind.key] = value
        called = f"计分方式“{kind.word}”" if written else "没有计分方式的一行"
        for column in _OF_RULES:
            used = column in kind.columns or (column is Column.BANDS and bool(kind.terms or kind.steps))
            if column in self.table.columns and not used:
                self._unused(entry.row, column, called)
        if (kind.terms or kind.steps) and (at := self.table.columns.get(Column.BANDS)):
            rule |= self.cells.terms(kind.terms, kind.steps, Column.BANDS.word, entry.row, at)
            keys = {one.key for one in (*kind.terms.values(), *([kind.steps] if kind.steps else []))}
            entry.marks |= {("rule", key): self.grid.mark(entry.row, at) for key in keys}
        if rule:
            entry.node["rule"] = rule

    # -- where it belongs ------------------------------------------------------------------------------------

    def _nested(self, entries: list[Entry]) -> list[Entry]:
        """Put every entry into the one it belongs to; returns those of the whole standard."""
        known: dict[str, dict[str, Entry]] = {"units": {}, "items": {}, "criteria": {}}
        for entry in entries:
            identifier = entry.node.get("id")
            if isinstance(identifier, str) and entry.level is not INPUTS:
                level = "units" if entry.level is UNITS else "items" if entry.level is ITEMS else "criteria"
                known[level].setdefault(identifier, entry)
        around: dict[Entry, Entry] = {}
        unit = item = None
        for entry in entries:
            unit = entry if entry.level is UNITS else unit
            holder = self._holder(entry, known, unit, item)
            item = entry if entry.level is ITEMS else item
            if holder:
                around[entry] = holder
        self._loosen(around)
        for entry, holder in around.items():
            holder.inner.append(entry)
            self._same_names(entry, around)
        return [entry for entry in entries if entry.top and entry not in around]

    def _holder(
        self, entry: Entry, known: dict[str, dict[str, Entry]], unit: Entry | None, item: Entry | None
    ) -> Entry | None:
        """The entry that this one belongs to; None where it stands for itself, or nobody knows, which is reported."""
        written = ID.read(self._said(entry.row, Column.PARENT))
        if entry.level is UNITS or entry.level is INPUTS or (entry.top and not written):
            if written:
                self._unused(entry.row, Column.PARENT, entry.level.called)
            return None
        called, above = ("评价单元", unit) if entry.level is ITEMS else ("评价项目", item)
        if isinstance(written, str):
            levels = [known["units"]] if entry.level is ITEMS else [known["criteria"], known["items"]]
            found = next((level[written] for level in levels if written in level), None)
            if found is None:
                place = self.grid.place(entry.row, self.table.columns[Column.PARENT])
                holder = called if entry.level is ITEMS else "条文或评价项目"
                self.cells.problems.append(Code.RUBRIC_PARENT.at(place, id=shown(written), holder=holder))
            return found or above
        if above is None:
            place = self.grid.place(entry.row, self.table.columns[Column.ID])
            self.cells.problems.append(Code.RUBRIC_NO_PLACE.at(place, holder=called))
        return above

    def _loosen(self, around: dict[Entry, Entry]) -> None:
        """Report entries that belong to themselves by some way round, and those too deep, and take them out."""
        settled: set[Entry] = set()
        for entry in list(around):
            way: dict[Entry, None] = {}
            at: Entry | None = entry
            while at is not None and at not in way and len(way) <= _MOST_LEVELS:
                way[at] = None
                at = around.get(at)
            deep = len(way) > _MOST_LEVELS
            if at is None and not deep:
                continue
            del around[entry]
            if at in settled:
                continue
            settled |= set(way)
            place = self.grid.place(entry.row, self.table.columns[Column.PARENT])
            if at in way:
                self.cells.problems.append(Code.RUBRIC_CIRCULAR.at(place, id=str(at.node.get("id"))))
            else:
                self.cells.problems.append(Code.RUBRIC_NESTED.at(place, most=_MOST_LEVELS))

    def _same_names(self, entry: Entry, around: dict[Entry, Entry]) -> None:
        """The names of the unit and the item may be repeated in the rows below them."""
        for outer in _outward(around[entry], around):
            for level, column in ((UNITS, Column.UNIT), (ITEMS, Column.ITEM)):
                said = self._said(entry.row, column) if outer.level is level else ""
                name = str(outer.node.get("name") or "")
                if said and name and label(said) != label(name):
                    place = self.grid.place(entry.row, self.table.columns[column])
                    facts = {"expected": shown(name), "seen": shown(said)}
                    self.cells.problems.append(Code.RUBRIC_OTHER_NAME.at(place, **facts))

    def _placed(self, entry: Entry, path: Path) -> Node:
        """The entry's data with all that belongs to it, once its marks are in the tree."""
        for inside, mark in entry.marks.items():
            self.tree.marks[(*path, *inside)] = mark
        self.tree.marks[(*path, entry.key)] = entry.marks[()]
        if entry.inner:
            inner = enumerate(entry.inner)
            entry.node[entry.key] = [self._placed(one, (*path, entry.key, at)) for at, one in inner]
        return entry.node


def _outward(entry: Entry, around: dict[Entry, Entry]) -> Iterable[Entry]:
    at: Entry | None = entry
    while at is not None:
        yield at
        at = around.get(at)
