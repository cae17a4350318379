"""Where a standard stands in a workbook: its two sheets, found by their names or words, and what each cell says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.spreadsheet.vocabulary import BASICS, ENTRIES, TOP, Column
from jieyue_cli.rubric.tree import Mark
from jieyue_cli.text.folding import label
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import Area, Cell, Sheet, Value, Workbook, address
from jieyue_cli.workbook.headers import Header, HeaderWords

REQUIRED = (Column.ID, Column.UNIT, Column.ITEM, Column.TEXT, Column.POINTS, Column.KIND)
_TELLING = {Column.PARENT, Column.EACH, Column.BANDS}
"""Words that no form and no published table has."""
_ENOUGH = 5
HEADER = HeaderWords(
    {column.word: column for column in Column},
    enough=lambda columns: len(columns) >= _ENOUGH and len(_TELLING & columns) > 1,
    deepest=50,
    fewest=_ENOUGH,
)
_BY_NAME = HeaderWords({column.word: column for column in Column}, enough=lambda columns: len(columns) > 1, deepest=50)
"""The header in a sheet that has the right name."""
_OF_A_FORM = frozenset({"编号", "计分方式", "完成情况"})
"""Header words of the form that agencies fill in; a published table may have some of them."""
_DEEPEST = 200
"""The last row in which a label of 基本情况 is looked for."""
_MOST_BASICS = 5
_MOST_SHOWN = 40


class Grid(NamedTuple):
    """One sheet, in the words of the file it is in."""

    sheet: Sheet
    file: str | None

    def mark(self, row: int, column: int) -> Mark:
        """Where a cell is."""
        return Mark(row, column, self.file, self.sheet.name)

    def place(self, row: int, column: int) -> Location:
        """The same for a problem."""
        return Location(file=self.file, sheet=self.sheet.name, cell=address(row, column))

    def formulas(self, top: int, columns: Iterable[int]) -> Iterator[Problem]:
        """Formulas in these columns, from a row on: what they show may change, and may be old."""
        used = set(columns)
        for row, column in sorted(self.sheet.states):
            if row >= top and column in used:
                yield Code.RUBRIC_FORMULA.at(self.place(row, column))

    def merged(self, top: int, columns: Iterable[int]) -> Iterator[Problem]:
        """Merged cells in these columns, from a row on."""
        used = set(columns)
        for area in self.sheet.merged:
            if area.bottom >= top and not used.isdisjoint(range(area.left, area.right + 1)):
                place = self.place(area.top, area.left)
                yield Code.RUBRIC_MERGED.at(place, area=_named(area))


def _named(area: Area) -> str:
    return f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"


def text(cell: Cell) -> str:
    """What a cell says, as it would have been written as text; empty for a blank one."""
    return "" if cell.value is None else _text(cell.value)


def _text(value: Value) -> str:
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return plain(Decimal(repr(value)))
        case dt.date():
            return value.isoformat()
    return str(value)


def shown(said: str) -> str:
    """What was written, as a message quotes it."""
    line = said.replace("\n", " ")
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"


class Basics(NamedTuple):
    """The sheet 基本情况."""

    grid: Grid
    labels: Mapping[str, tuple[int, int]]
    """Label → row and column of its value."""


class Entries(NamedTuple):
    """The sheet 条文."""

    grid: Grid
    header: int
    columns: Mapping[Column, int]


def is_standard(book: Workbook) -> bool:
    """Whether a workbook looks like a standard in this form."""
    return any(HEADER.first_in(sheet) for sheet in book.sheets)


def is_form(book: Workbook) -> bool:
    """Whether a workbook looks like a form that agencies fill in."""
    return any(
        _OF_A_FORM.issubset({label(value) for value in row if isinstance(value, str)})
        for sheet in book.sheets
        for row in sheet.rows[:_DEEPEST]
    )


def located(book: Workbook, file: str | None) -> tuple[Basics | None, Entries | None, list[Problem]]:
    """Find both sheets; None for one that is missing, doubled, or lacks a column it needs."""
    nowhere = Location(file=file)
    if is_form(book):
        return None, None, [Code.RUBRIC_IS_FORM.at(nowhere)]
    basics = [(sheet, labels) for sheet in book.sheets if (labels := _labels(sheet)) is not None]
    entries = [(sheet, header) for sheet in book.sheets if (header := _header(sheet))]
    problems: list[Problem] = []
    for name, found in ((BASICS, basics), (ENTRIES, entries)):
        if not found:
            problems.append(Code.RUBRIC_NO_SHEET.at(nowhere, sheet=name))
        if len(found) > 1:
            names = "、".join(sheet.name for sheet, _ in found)
            problems.append(Code.RUBRIC_SHEETS.at(nowhere, count=len(found), sheet=name, names=names))
    if problems:
        return None, None, problems
    ((top, labels),), ((sheet, header),) = basics, entries
    upper, upper_problems = _basics(Grid(top, file), labels)
    lower, lower_problems = _entries(Grid(sheet, file), header)
    return upper, lower, [*upper_problems, *lower_problems]


def _named_sheet(sheet: Sheet, name: str) -> bool:
    return label(sheet.name) == name


def _header(sheet: Sheet) -> Header[Column] | None:
    """The header of 条文: an empty one where the sheet has the name, but no header."""
    named = _named_sheet(sheet, ENTRIES)
    found = HEADER.first_in(sheet) or (_BY_NAME.first_in(sheet) if named else None)
    return found or (Header(1, 1, {}) if named else None)


_Labels = Sequence[tuple[str, int, int]]


def _labels(sheet: Sheet) -> _Labels | None:
    """Every label with its row and column; None for another sheet than 基本情况."""
    found = [
        (word, r, c)
        for r, row in enumerate(sheet.rows[:_DEEPEST], 1)
        for c, value in enumerate(row[:2], 1)
        if isinstance(value, str) and (word := label(value)) in TOP
    ]
    return found if _named_sheet(sheet, BASICS) or len({word for word, _, _ in found}) >= _MOST_BASICS else None


def _basics(grid: Grid, found: _Labels) -> tuple[Basics, list[Problem]]:
    labels: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    for word, row, column in found:
        if word in labels:
            other = address(labels[word][0], labels[word][1] - 1)
            problems.append(Code.RUBRIC_TWICE.at(grid.place(row, column), label=word, other=other))
        labels.setdefault(word, (row, column + 1))
    if labels:
        first, columns = min(row for row, _ in labels.values()), {column for _, column in labels.values()}
        problems += grid.merged(first, columns | {column - 1 for column in columns})
        problems += grid.formulas(first, columns)
        problems += _strange_labels(grid, first, min(columns) - 1)
    return Basics(grid, labels), problems


def _strange_labels(grid: Grid, first: int, column: int) -> Iterator[Problem]:
    """Rows with a value whose label nobody knows."""
    for row in range(first, len(grid.sheet.rows) + 1):
        said, value = text(grid.sheet.cell(row, column)), text(grid.sheet.cell(row, column + 1))
        if said and value and label(said) not in TOP:
            yield Code.RUBRIC_STRANGER.at(grid.place(row, column), seen=shown(said))


def _entries(grid: Grid, header: Header[Column]) -> tuple[Entries | None, list[Problem]]:
    columns = {column: numbers[0] for column, numbers in header.columns.items()}
    problems = [
        Code.RUBRIC_TWICE.at(
            grid.place(header.last, number), label=column.word, other=address(header.last, columns[column])
        )
        for column, numbers in header.columns.items()
        for number in numbers[1:]
    ]
    for column in REQUIRED:
        if column not in columns:
            problems.append(Code.RUBRIC_NO_COLUMN.at(grid.place(header.last, 1), column=column.word))
    if problems:
        return None, problems
    problems += grid.merged(header.first, columns.values())
    problems += grid.formulas(header.last + 1, columns.values())
    problems += _strange_columns(grid, header, set(columns.values()))
    return Entries(grid, header.last, columns), problems


def _strange_columns(grid: Grid, header: Header[Column], known: set[int]) -> Iterator[Problem]:
    for column, value in enumerate(grid.sheet.rows[header.last - 1], 1):
        if column not in known and value is not None:
            yield Code.RUBRIC_STRANGER.at(grid.place(header.last, column), seen=shown(_text(value)))
