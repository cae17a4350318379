"""Where the form's table is in a workbook: the sheet, the header row, and which column holds what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from jieyue_cli.form.head import Field
from jieyue_cli.form.hidden import hidden
from jieyue_cli.form.layout import Column
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.text.folding import label
from jieyue_cli.workbook.cells import Cell, Sheet, Value, Workbook, address
from jieyue_cli.workbook.headers import Header, HeaderWords

_LABELS = {field.label for field in Field}
_INITIALS = {field.label[0] for field in Field}
_REQUIRED = (Column.ID, Column.TEXT, Column.ANSWER)
_TELLING = {Column.ID, Column.RULE, Column.ANSWER, Column.FINDING}
"""Words that only this form uses together; a table typed by hand has other columns."""
_ENOUGH = 5
"""Of the thirteen words, those that make a row the header even when a required one is damaged."""
_HEADER = HeaderWords(
    {column.word: column for column in Column},
    enough=lambda columns: len(columns) >= _ENOUGH and len(_TELLING & columns) > 1,
    deepest=200,
    fewest=_ENOUGH,
)


class Table(msgspec.Struct, frozen=True, dict=True):
    """The table of the program's own form in one sheet."""

    sheet: Sheet
    header_row: int
    columns: Mapping[Column, int]

    def cell(self, row: int, column: Column) -> Cell | None:
        """The cell of ``column`` in a physical row; None where the form lost that column."""
        number = self.columns.get(column)
        return self.sheet.cell(row, number) if number else None

    def values(self, column: Column) -> tuple[Value | None, ...]:
        """All values of ``column``, from the sheet's first row down; blanks where the form lost that column."""
        number = self.columns.get(column)
        return self.sheet.column(number) if number else (None,) * len(self.sheet.rows)

    def field(self, field: Field) -> Cell | None:
        """The value right of a label above the table: blank where it is empty, None where the label is gone."""
        place = self._labels.get(field.label)
        return self._right_of(*place) if place else None

    @cached_property
    def _labels(self) -> dict[str, tuple[int, int]]:
        """Row and column of the first cell with each label above the table."""
        places: dict[str, tuple[int, int]] = {}
        for r, values in enumerate(self.sheet.rows[: self.header_row - 1], 1):
            for c, value in enumerate(values, 1):
                if isinstance(value, str) and not _INITIALS.isdisjoint(value):
                    places.setdefault(label(value), (r, c))
        return places

    def place(self, cell: Cell | None, criterion: str | None = None) -> Location:
        """Where a cell of this table is, for a message."""
        return Location(sheet=self.sheet.name, cell=cell.address if cell else None, criterion=criterion)

    def _right_of(self, row: int, column: int) -> Cell:
        first = 1 + max(
            (
                area.right
                for area in self.sheet.merged
                if area.top <= row <= area.bottom and area.left <= column <= area.right
            ),
            default=column,
        )
        for c in range(first, len(self.sheet.rows[row - 1]) + 1):
            cell = self.sheet.cell(row, c)
            if isinstance(cell.value, str) and label(cell.value) in _LABELS:
                break
            if cell.value is not None:
                return cell
        return self.sheet.cell(row, first)


def locate(workbook: Workbook) -> tuple[Table | None, tuple[Problem, ...]]:
    """Find the form in a workbook; None where there is none, more than one, or one without a column it needs."""
    headers = [(sheet, header) for sheet in workbook.sheets if (header := _HEADER.first_in(sheet))]
    if not headers:
        return None, (Code.FORM_NOT_FOUND.at(),)
    if len(headers) > 1:
        names = "、".join(sheet.name for sheet, _ in headers)
        return None, (Code.FORM_SEVERAL.at(count=len(headers), sheets=names),)
    ((sheet, header),) = headers
    table = Table(sheet, header.last, {column: numbers[0] for column, numbers in header.columns.items()})
    below = range(table.header_row, len(table.sheet.rows) + 1)
    problems = [*_doubled(table, header), *hidden(table.sheet, below, table.columns.values())]
    missing = [column for column in _REQUIRED if column not in table.columns]
    for column in missing:
        place = Location(sheet=table.sheet.name, cell=address(table.header_row, 1))
        problems.append(Code.FORM_COLUMN_MISSING.at(place, column=column.word))
    unusable = missing or any(problem.code is Code.FORM_COLUMN_DOUBLED for problem in problems)
    return (None if unusable else table), tuple(problems)


def _doubled(table: Table, header: Header[Column]) -> list[Problem]:
    """Name every column whose word stands further left too."""
    problems = []
    for number, column in sorted((c, column) for column, numbers in header.columns.items() for c in numbers[1:]):
        place = Location(sheet=table.sheet.name, cell=address(table.header_row, number))
        other = address(table.header_row, table.columns[column])
        problems.append(Code.FORM_COLUMN_DOUBLED.at(place, column=column.word, other=other))
    return problems
