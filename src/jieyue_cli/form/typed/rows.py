"""What each row of a typed table is: sentences of the standard, a heading, a sum, or something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jieyue_cli.form.answers import written
from jieyue_cli.form.typed.scores import points_of, stated_number
from jieyue_cli.form.typed.sentences import Matches, Sentences
from jieyue_cli.form.typed.table import Role, TypedTable
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.submission import Sum
from jieyue_cli.text.folding import label, narrow
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import Cell

TOTALS = ("总分", "合计", "总计", "总得分", "自评总分", "自评总得分", "合计得分")
SUBTOTALS = ("小计", "单元小计", "项目小计")
OFFICE_TOTALS = ("核查总分", "核查总得分", "核查得分合计", "初评总分", "评审总分", "考评总分")
_BESIDE = 10
"""So many columns right of the table's last one may still say what a row is."""
_LABEL = 60
"""A label and its figure are not longer."""
_SHOWN = 5
"""So many addresses of one thing are listed for a clerk."""


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One row with sentences of the standard, or with the name of an item."""

    row: int
    cell: Cell
    """Where the text is."""
    criteria: tuple[Criterion, ...]
    leftover: str = ""
    """What else the text says."""


@dataclass
class Rows:
    """A table's rows, sorted by what they are; a row that is in none of these adds nothing to the row above it."""

    entries: list[ScoredRow] = field(default_factory=list)
    strangers: dict[int, Cell] = field(default_factory=dict)
    """Rows with a text of their own that is none of the standard's."""
    headings: dict[int, Unit | Item] = field(default_factory=dict)
    sums: dict[int, Sum] = field(default_factory=dict)
    headers: set[int] = field(default_factory=set)
    """Rows that repeat the header."""
    refused: set[str] = field(default_factory=set)
    """Criteria whose sentence cannot be trusted."""
    missing: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def plain(self, row: int) -> bool:
        """Whether a row has no text of its own and may thus belong to the row above it."""
        known: Iterable[Mapping[int, object] | set[int]] = (self.strangers, self.headings, self.sums, self.headers)
        return not any(row in rows for rows in known)


def read_rows(table: TypedTable, rubric: Rubric, sentences: Sentences) -> Rows:
    """Sort the rows of a table, and say which of the standard's sentences are changed, doubled or missing."""
    rows = _Sorting(table, sentences).rows
    _doubles(table, rows)
    present = {criterion.id for entry in rows.entries for criterion in entry.criteria}
    rows.missing = {criterion.id for criterion in rubric.criteria} - present
    for criterion in rubric.criteria:
        if criterion.id in rows.missing:
            facts = {"criterion": criterion.id, "text": criterion.text[:12]}
            rows.problems.append(Code.TYPED_MISSING.at(table.place(None, criterion.id), **facts))
    return rows


class _Sorting:
    """One pass over the rows of one table."""

    def __init__(self, table: TypedTable, sentences: Sentences) -> None:
        self.table = table
        self.sentences = sentences
        self.width = max(table.meaning) + _BESIDE
        self.rows = Rows()
        self.named: list[tuple[int, Cell, Item]] = []
        for row in table.body:
            self._sort(row)
        spelled = {criterion.id for entry in self.rows.entries for criterion in entry.criteria}
        for row, cell, item in self.named:
            self._name(row, cell, item, spelled)
        self.rows.entries.sort(key=lambda entry: entry.row)

    def _sort(self, row: int) -> None:
        values = self.table.sheet.rows[row - 1][: self.width]
        if all(value is None for value in values):
            return
        if self.table.repeats_header(row):
            self.rows.headers.add(row)
            return
        found = [(cell, found) for cell in self._texts(row) if (found := self.sentences.find(str(cell.value))).criteria]
        if found:
            self._enter(row, found)
        elif summed := _sum(values):
            self.rows.sums[row] = summed
        else:
            self._other(row)

    def _texts(self, row: int) -> list[Cell]:
        cells = [self.table.sheet.cell(row, column) for column in self.table.text_columns]
        return [cell for cell in cells if isinstance(cell.value, str)]

    def _enter(self, row: int, texts: list[tuple[Cell, Matches]]) -> None:
        """Make an entry of all texts of a row; a second column may say again what the first one says."""
        cell, first = texts[0]
        criteria = list(first.criteria)
        known = {criterion.id for criterion in criteria}
        for _, found in texts[1:]:
            criteria += [criterion for criterion in found.criteria if criterion.id not in known]
        self.rows.entries.append(ScoredRow(row, cell, tuple(criteria), " ".join(found.leftover for _, found in texts)))
        for where, found in texts:
            self._flaws(where, found)

    def _flaws(self, cell: Cell, found: Matches) -> None:
        problems = self.rows.problems
        for criterion in found.repriced:
            facts = {"criterion": criterion.id, "points": plain(criterion.points)}
            problems.append(Code.TYPED_PRICE.at(self.table.place(cell, criterion.id), **facts))
        for criterion, words in found.reworded:
            place = self.table.place(cell, criterion.id)
            problems.append(Code.TYPED_REWORDED.at(place, criterion=criterion.id, text=written(words)))
        self.rows.refused |= {criterion.id for criterion in found.repriced}
        self.rows.refused |= {criterion.id for criterion, _ in found.reworded}
        if found.leftover and not found.reworded:
            problems.append(Code.TYPED_LEFTOVER.at(self.table.place(cell), text=written(found.leftover)))

    def _other(self, row: int) -> None:
        texts = self._texts(row)
        part = next((part for cell in texts if isinstance(part := self.sentences.part(str(cell.value)), Item)), None)
        strange = [cell for cell in texts if not self.sentences.part(str(cell.value))]
        inherited = self._inherited(row)
        if part and not strange and not inherited:
            self.named.append((row, texts[0], part))
        elif strange:
            self.rows.strangers[row] = strange[0]
        elif inherited in self.rows.strangers:
            self.rows.strangers[row] = self.rows.strangers[inherited]
        elif not inherited and (heading := part or self._heading(row)):
            self.rows.headings[row] = heading

    def _inherited(self, row: int) -> int:
        """Return the row above whose text's merged cell reaches down to this one; 0 where none does."""
        columns = self.table.columns.get(Role.TEXT) or self.table.text_columns
        own = (self.table.anchor(row, column) for column in columns)
        return next((cell.row for cell in own if cell.row < row and written(cell.value)), 0)

    def _heading(self, row: int) -> Unit | Item | None:
        values = (value for value in self.table.sheet.rows[row - 1][: self.width] if isinstance(value, str))
        return next((part for value in values if (part := self.sentences.part(value))), None)

    def _name(self, row: int, cell: Cell, item: Item, spelled: set[str]) -> None:
        """A row that only names an item stands for its sentences where these are nowhere and the price is right."""
        if any(criterion.id in spelled for criterion in item.criteria):
            self.rows.headings[row] = item
            return
        column = self.table.column(Role.POINTS)
        priced = stated_number(self.table.anchor(row, column)) if column else None
        if priced == points_of(item.criteria):
            self.rows.entries.append(ScoredRow(row, cell, item.criteria))
        else:
            self.rows.strangers[row] = cell


def _doubles(table: TypedTable, rows: Rows) -> None:
    places: dict[str, list[str]] = {}
    for entry in rows.entries:
        for criterion in entry.criteria:
            places.setdefault(criterion.id, []).append(entry.cell.address)
    for identifier, cells in places.items():
        if len(cells) > 1:
            rows.refused.add(identifier)
            listed = "、".join(cells[:_SHOWN]) + (" …" if len(cells) > _SHOWN else "")
            rows.problems.append(
                Code.TYPED_DOUBLED.at(table.place(None, identifier), criterion=identifier, cells=listed)
            )


def _sum(values: Iterable[object]) -> Sum | None:
    """Whether a row says that it holds sums, and which."""
    heads = [label(narrow(value[:_LABEL]).partition(":")[0]) for value in values if isinstance(value, str)]
    if any(head in SUBTOTALS for head in heads):
        return Sum.SUBTOTAL
    labels = [head for head in heads if head in TOTALS or head in OFFICE_TOTALS]
    if len(labels) > 1 or any(head in OFFICE_TOTALS for head in labels):
        return Sum.LABELS
    return Sum.TOTAL if labels else None
