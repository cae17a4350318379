"""How wide and high the cells of a sheet are, so that a comment's box can be given as spreadsheet programs store it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from jieyue_cli.annotation.markup import Element
from jieyue_cli.workbook.survey import LAST_COLUMN, LAST_ROW

_DIGIT = 7
"""Pixels of the digit by which widths of columns are counted."""
_USUAL_WIDTH, _USUAL_HEIGHT = 9.14, 15.0
"""Characters, and points."""
_GAP = 15
"""Pixels from the cell to the box."""


_FARTHEST = 256
"""Columns or rows that are looked through for the end of a box, and columns that a form describes."""


class Box(NamedTuple):
    """The box of a comment."""

    width: int
    height: int
    """In pixels, as wanted."""
    anchor: tuple[int, ...]
    """The first column and pixels in it, the first row and pixels in it, and likewise the last ones, from 0 on."""


class Grid:
    """The sizes of one sheet's columns and rows, in pixels; a row without a stored height counts as an empty one."""

    def __init__(self, sheet: Element) -> None:
        """Take the outline of a sheet, two levels deep."""
        defaults, columns, data = (sheet.find(name) for name in ("sheetFormatPr", "cols", "sheetData"))
        self._width = _number(defaults, "defaultColWidth") or _USUAL_WIDTH
        self._height = _number(defaults, "defaultRowHeight") or _USUAL_HEIGHT
        self._columns = list(columns.all("col"))[:_FARTHEST] if columns else []
        self._rows = {row.get("r"): row for row in data.children} if data else {}

    def box(self, row: int, column: int, width: int, height: int) -> Box:
        """A box right of a cell, which is counted from 0."""
        left, top = min(column + 1, LAST_COLUMN - 1), max(row - 1, 0)
        right, right_rest = _reached(left, _GAP + width, self._column, LAST_COLUMN)
        bottom, bottom_rest = _reached(top, height, self._row, LAST_ROW)
        return Box(width, height, (left, _GAP, top, 0, right, right_rest, bottom, bottom_rest))

    def _column(self, index: int) -> int:
        for column in self._columns:
            if _number(column, "min") <= index + 1 <= _number(column, "max"):
                hidden = column.get("hidden") in {"1", "true"}
                return 0 if hidden else round((_number(column, "width") or self._width) * _DIGIT)
        return round(self._width * _DIGIT)

    def _row(self, index: int) -> int:
        row = self._rows.get(str(index + 1))
        hidden = row is not None and row.get("hidden") in {"1", "true"}
        return 0 if hidden else round((_number(row, "ht") or self._height) * 4 / 3)


def _number(element: Element | None, name: str) -> float:
    return float((element.get(name) if element else "") or 0)


def _reached(start: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """The index of the cell in which a box of so many pixels from ``start`` ends, and the pixels in that cell."""
    index = start
    while pixels > size(index) and index < min(last - 1, start + _FARTHEST):
        pixels -= size(index)
        index += 1
    return index, max(0, min(pixels, size(index)))
