"""What a file says of a sheet beyond values: how each cell came by its value, merges, what is hidden, its extent.

calamine cannot tell a formula or an error from a typed value (docs/hazards.md, 13 and 14), so every format surveys its
own sheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.cells import Area, CellState, Sheet, Value, address
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError


class Survey(msgspec.Struct):
    """Everything about a sheet but its values; positions are 1-based."""

    states: dict[tuple[int, int], CellState] = msgspec.field(default_factory=dict)
    merged: list[Area] = msgspec.field(default_factory=list)
    hidden_rows: set[int] = msgspec.field(default_factory=set)
    hidden_columns: set[int] = msgspec.field(default_factory=set)
    values: dict[tuple[int, int], Value] = msgspec.field(default_factory=dict)
    """Values that calamine lacks or spells otherwise, such as the text of an error outside the xlsx family."""
    last_row: int = 0
    last_column: int = 0
    """Every cell with a value or a formula lies in the box from A1 to here, which may be larger than needed."""

    def merge(self, area: Area, limits: Limits) -> None:
        """Record a merged area; raise RefusedError above ``limits.merges``."""
        self.merged.append(area)
        if len(self.merged) > limits.merges:
            raise RefusedError(Code.FILE_SUSPECT, detail=f"一个工作表有 {limits.merges} 个以上的合并单元格")

    def hide_columns(self, first: int, last: int) -> bool:
        """Record a range of hidden columns; False where it does not follow the one before, as every program writes it.

        A million ranges over the whole width would otherwise take minutes.
        """
        if first <= max(self.hidden_columns, default=0):
            return False
        self.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        return True

    def mark_error(self, row: int, column: int, text: str | None) -> None:
        """Record an error cell and what it shows."""
        self.states[row, column] = CellState.ERROR
        self.values[row, column] = text or "#ERROR!"

    def mark_damaged(self, row: int, column: int, seen: str) -> None:
        """Record a cell of which the file does not say clearly what it holds: an error, never a blank or a guess."""
        self.mark_error(row, column, f"#损坏（{seen}）")

    def sheet(self, name: str, rows: list[list[Value | None]], *, hidden: bool) -> Sheet:
        """Join the survey with the values; merges and what is hidden are cut off at the edge of the box."""
        height, width = len(rows), len(rows[0]) if rows else 0
        if self.states:
            bottom, right = max(self.states)[0], max(column for _, column in self.states)
            if bottom > height or right > width:
                # Formulas and errors at the edge of the box have no value that a reader returns.
                height, width = max(height, bottom), max(width, right)
                rows = [row + [None] * (width - len(row)) for row in rows]
                rows += [[None] * width for _ in range(height - len(rows))]
        for (row, column), value in self.values.items():
            if row <= height and column <= width:
                rows[row - 1][column - 1] = value
        return Sheet(
            name,
            rows,
            self.states,
            tuple(
                area
                if area.bottom <= height and area.right <= width
                else msgspec.structs.replace(area, bottom=min(area.bottom, height), right=min(area.right, width))
                for area in self.merged
                if area.top <= min(area.bottom, height) and area.left <= min(area.right, width)
            ),
            hidden,
            frozenset(row for row in self.hidden_rows if row <= height),
            frozenset(column for column in self.hidden_columns if column <= width),
        )


def bound(surveyed: Iterable[tuple[str | None, Survey]], limits: Limits) -> None:
    """Raise RefusedError where the boxes of all sheets, given with their names, exceed ``limits.box_cells``.

    Parsers hold every cell of a box in memory, blank or not (docs/hazards.md, 3).
    """
    left = limits.box_cells
    for name, survey in surveyed:
        left -= survey.last_row * survey.last_column
        if left < 0:
            cell = address(survey.last_row, survey.last_column)
            where = Location(sheet=name, cell=cell)
            raise RefusedError(Code.SHEET_TOO_LARGE, where, cell=cell, limit=limits.box_cells)


LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The edges of a worksheet since Excel 2007."""

ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""How the binary formats number the errors."""


@cache
def column_number(letters: bytes) -> int:
    """Return the 1-based column: ``column_number(b"AA") == 27``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
