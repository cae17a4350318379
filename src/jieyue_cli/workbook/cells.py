"""The flat typed cells of any spreadsheet, whatever format it came in.

Nothing here knows a file format or a meaning: a cell is a value, its true address, and how it came by the value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from itertools import zip_longest
from typing import NamedTuple

import msgspec

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta
"""What a cell may hold. A whole number is an ``int`` from every reader; a blank is ``None``, never ``""``."""
_EXACT = float(2**53)
"""Above it a binary float cannot tell neighbouring whole numbers apart, so such a number stays a float."""


class CellState(Enum):
    """How a cell came by its value."""

    TYPED = "typed"
    """Somebody entered it."""
    FORMULA = "formula"
    """A formula's stored result."""
    UNCALCULATED = "uncalculated"
    """A formula that was never calculated: there is no value (docs/hazards.md, 13)."""
    ERROR = "error"
    """An error such as ``#REF!``, which is then the value (docs/hazards.md, 14)."""


class Cell(NamedTuple):
    """One cell: its 1-based physical position, its value and how it came by it."""

    row: int
    column: int
    value: Value | None
    state: CellState = CellState.TYPED

    @property
    def address(self) -> str:
        """For example ``G14``."""
        return address(self.row, self.column)


class Area(msgspec.Struct, frozen=True):
    """A rectangle of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(msgspec.Struct, frozen=True, dict=True):
    """One worksheet, flat.

    ``rows`` holds the values of the box that starts at A1, so ``rows[r - 1][c - 1]`` is the cell in row ``r``,
    column ``c``; blank rows and columns are kept so that addresses stay true (docs/hazards.md, 20). Rows may differ in
    length. ``states`` names only the cells that are not plainly ``TYPED``; each of them lies in ``rows``.
    Merged areas and what is hidden end where ``rows`` end: a merge of whole columns ends with the last value.
    """

    name: str
    rows: Sequence[Sequence[Value | None]]
    states: Mapping[tuple[int, int], CellState] = msgspec.field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell at a 1-based position; beyond the box it is blank."""
        value = None
        if 0 < row <= len(self.rows):
            values = self.rows[row - 1]
            if 0 < column <= len(values):
                value = values[column - 1]
        return Cell(row, column, value, self.states.get((row, column), CellState.TYPED))

    def column(self, column: int) -> tuple[Value | None, ...]:
        """Return all values of a 1-based column, from the first row down; beyond the box there is none."""
        columns = self._columns
        return columns[column - 1] if column <= len(columns) else (None,) * len(self.rows)

    @cached_property
    def _columns(self) -> tuple[tuple[Value | None, ...], ...]:
        return tuple(zip_longest(*self.rows))

    def cells(self) -> Iterator[Cell]:
        """Every cell that is not blank, row by row, with formulas that have no stored value."""
        states = self.states
        for r, row in enumerate(self.rows, 1):
            for c, value in enumerate(row, 1):
                state = states.get((r, c), CellState.TYPED)
                if value is not None or state is not CellState.TYPED:
                    yield Cell(r, c, value, state)


class FileKind(Enum):
    """A spreadsheet format, recognised by its bytes; the value is its usual extension."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"


class Workbook(msgspec.Struct, frozen=True):
    """A spreadsheet file, flat: its real format and its sheets in order."""

    kind: FileKind
    sheets: tuple[Sheet, ...]


def address(row: int, column: int) -> str:
    """A1 notation for a 1-based position: ``address(14, 7) == "G14"``."""
    return f"{letters(column)}{row}"


@cache
def letters(column: int) -> str:
    """The letters of a 1-based column: ``letters(28) == "AB"``."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def plain(value: Value | None) -> Value | None:
    """Return ``value`` as ``Sheet.rows`` promises it: whole numbers as int, blanks as None, midnights as dates."""
    if value == "":
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and -_EXACT <= value <= _EXACT else value
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, int) and not isinstance(value, bool) and not -_EXACT <= value <= _EXACT:
        return float(value)
    return value
