"""What each row of a typed table holds: sentences of the standard, a heading, a sum, or something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jieyue_cli.form.answers import written
from jieyue_cli.form.typed.scores import full_points, stated_points
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
_MARGIN = 10
"""Columns right of the table's last one that are read too."""
_LONGEST_LABEL = 60
"""Characters of a label with its figure."""
_MOST_LISTED = 5
"""Addresses that a message lists."""


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One row with sentences of the standard, or with the name of an item that stands for its sentences."""

    row: int
    cell: Cell
    """The cell with the text."""
    criteria: tuple[Criterion, ...]
    leftover: str = ""
    """The rest of the text, folded."""


@dataclass
class Rows:
    """A table's rows by what they hold; a row in none of these has no text of its own."""

    entries: list[SentenceRow] = field(default_factory=list)
    foreign: dict[int, Cell] = field(default_factory=dict)
    """Rows with a text that is not in the standard."""
    headings: dict[int, Unit | Item] = field(default_factory=dict)
    sums: dict[int, Sum] = field(default_factory=dict)
    headers: set[int] = field(default_factory=set)
    """Rows that repeat the header."""
    refused: set[str] = field(default_factory=set)
    """编号 of sentences that were changed or stand twice."""
    missing: set[str] = field(default_factory=set)
    """编号 of sentences that are nowhere in the table."""
    problems: list[Problem] = field(default_factory=list)

    def plain(self, row: int) -> bool:
        """Whether a row has no text of its own, so that it may belong to the row above it."""
        known: Iterable[Mapping[int, object] | set[int]] = (self.foreign, self.headings, self.sums, self.headers)
        return not any(row in rows for rows in known)


def read_rows(table: TypedTable, rubric: Rubric, sentences: Sentences) -> Rows:
    """Sort the rows of a table; problems name the standard's sentences that are changed, doubled or missing."""
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
        self.width = max(table.meaning) + _MARGIN
        self.rows = Rows()
        self.named: list[tuple[int, Cell, Item]] = []
        """Rows that hold the name of an item and no sentence."""
        for row in table.body:
            self._sort(row)
        present = {criterion.id for entry in self.rows.entries for criterion in entry.criteria}
        for row, cell, item in self.named:
            self._name(row, cell, item, present)
        self.rows.entries.sort(key=lambda entry: entry.row)

    def _sort(self, row: int) -> None:
        values = self.table.sheet.rows[row - 1][: self.width]
        if all(value is None for value in values):
            return
        if self.table.repeats_header(row):
            self.rows.headers.add(row)
            return
        texts = [(cell, self.sentences.find(str(cell.value))) for cell in self._texts(row)]
        if matched := [(cell, matches) for cell, matches in texts if matches.criteria]:
            self._enter(row, matched)
        elif summed := _sum(values):
            self.rows.sums[row] = summed
        else:
            self._other(row)

    def _texts(self, row: int) -> list[Cell]:
        cells = [self.table.sheet.cell(row, column) for column in self.table.text_columns]
        return [cell for cell in cells if isinstance(cell.value, str)]

    def _enter(self, row: int, texts: list[tuple[Cell, Matches]]) -> None:
        """Make one entry of all texts of a row; a second column may repeat the sentences of the first."""
        cell, first = texts[0]
        criteria = list(first.criteria)
        known = {criterion.id for criterion in criteria}
        for _, matches in texts[1:]:
            criteria += [criterion for criterion in matches.criteria if criterion.id not in known]
        leftover = " ".join(" ".join(matches.leftovers) for _, matches in texts)
        self.rows.entries.append(SentenceRow(row, cell, tuple(criteria), leftover))
        for text_cell, matches in texts:
            self._flaws(text_cell, matches)

    def _flaws(self, cell: Cell, matches: Matches) -> None:
        """Report what differs from the standard in one text, and refuse the sentences that are changed."""
        problems = self.rows.problems
        for criterion in matches.repriced:
            facts = {"criterion": criterion.id, "points": plain(criterion.points)}
            problems.append(Code.TYPED_PRICE.at(self.table.place(cell, criterion.id), **facts))
        for criterion, words in matches.reworded:
            place = self.table.place(cell, criterion.id)
            problems.append(Code.TYPED_REWORDED.at(place, criterion=criterion.id, text=written(words)))
        self.rows.refused |= {criterion.id for criterion in matches.repriced}
        self.rows.refused |= {criterion.id for criterion, _ in matches.reworded}
        if matches.leftovers and not matches.reworded:
            problems.append(Code.TYPED_LEFTOVER.at(self.table.place(cell), text=written(" ".join(matches.leftovers))))

    def _other(self, row: int) -> None:
        """Sort a row without sentences and sums: an item's name, a heading, or a text that is not the standard's."""
        texts = self._texts(row)
        item = next((part for cell in texts if isinstance(part := self.sentences.part(str(cell.value)), Item)), None)
        foreign = [cell for cell in texts if not self.sentences.part(str(cell.value))]
        inherited = self._inherited(row)
        if item and not foreign and not inherited:
            self.named.append((row, texts[0], item))
        elif foreign:
            self.rows.foreign[row] = foreign[0]
        elif inherited in self.rows.foreign:
            self.rows.foreign[row] = self.rows.foreign[inherited]
        elif not inherited and (heading := item or self._heading(row)):
            self.rows.headings[row] = heading

    def _inherited(self, row: int) -> int:
        """Return the row above whose merged text cell covers this row too; 0 where there is none."""
        columns = self.table.columns.get(Role.TEXT) or self.table.text_columns
        own = (self.table.anchor(row, column) for column in columns)
        return next((cell.row for cell in own if cell.row < row and written(cell.value)), 0)

    def _heading(self, row: int) -> Unit | Item | None:
        values = (value for value in self.table.sheet.rows[row - 1][: self.width] if isinstance(value, str))
        return next((part for value in values if (part := self.sentences.part(value))), None)

    def _name(self, row: int, cell: Cell, item: Item, present: set[str]) -> None:
        """A row that only names an item stands for its sentences if none of them is present and its 分值 is right."""
        if any(criterion.id in present for criterion in item.criteria):
            self.rows.headings[row] = item
            return
        column = self.table.column(Role.POINTS)
        priced = stated_points(self.table.anchor(row, column)) if column else None
        if priced == full_points(item.criteria):
            self.rows.entries.append(SentenceRow(row, cell, item.criteria))
        else:
            self.rows.foreign[row] = cell


def _doubles(table: TypedTable, rows: Rows) -> None:
    """Report and refuse every sentence that stands in the table twice."""
    places: dict[str, list[str]] = {}
    for entry in rows.entries:
        for criterion in entry.criteria:
            places.setdefault(criterion.id, []).append(entry.cell.address)
    for identifier, cells in places.items():
        if len(cells) > 1:
            rows.refused.add(identifier)
            listed = "、".join(cells[:_MOST_LISTED]) + (" …" if len(cells) > _MOST_LISTED else "")
            rows.problems.append(
                Code.TYPED_DOUBLED.at(table.place(None, identifier), criterion=identifier, cells=listed)
            )


def _sum(values: Iterable[object]) -> Sum | None:
    """Which kind of sum a row states; None where it states none."""
    heads = [label(narrow(value[:_LONGEST_LABEL]).partition(":")[0]) for value in values if isinstance(value, str)]
    if any(head in SUBTOTALS for head in heads):
        return Sum.SUBTOTAL
    labels = [head for head in heads if head in TOTALS or head in OFFICE_TOTALS]
    if len(labels) > 1 or any(head in OFFICE_TOTALS for head in labels):
        return Sum.LABELS
    return Sum.TOTAL if labels else None
