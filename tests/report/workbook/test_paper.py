"""On paper: letters of 9 points or more, with the font and with the widest one that stands in for it; whole rows."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string, range_boundaries

from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count
from report.builders import HOSTILE, batch, result, varied

A4_ACROSS, LARGEST_COLUMN = 1064, 70
"""Pixels between the margins; and what a page may lose because columns are not divided."""
KINDS: dict[str, Callable[[], Findings[Any]]] = {
    "varied": varied,
    "hostile": lambda: batch([result(HOSTILE, {}, {"1.1.1": "否"})]),
}


@pytest.fixture(params=KINDS)
def workbook(request: pytest.FixtureRequest) -> Any:
    return openpyxl.load_workbook(io.BytesIO(book.render(KINDS[request.param]())))


def widths(sheet: Any) -> list[float]:
    """Characters of every printed column."""
    area = sheet.print_area.rpartition("!")[2].replace("$", "") if sheet.print_area else sheet.dimensions
    found = {at: group.width for group in sheet.column_dimensions.values() for at in range(group.min, group.max + 1)}
    return [found[at] - 0.7 for at in range(1, (range_boundaries(area)[2] or 0) + 1)]


def _last_of(columns: str | None) -> int:
    """The number of the last column that stands on every page."""
    return column_index_from_string(columns.rpartition("$")[2]) if columns else 0


@pytest.mark.parametrize(("digit", "around"), [(7, 5), (8.5, 6)], ids=["with the font", "with a stand-in"])
def test_printed_letters_have_nine_points_or_more(workbook: Any, digit: float, around: float) -> None:
    for sheet in workbook:
        pixels = [digit * width + around for width in widths(sheet)]
        kept = _last_of(sheet.print_title_cols)
        pages = int(sheet.page_setup.fitToWidth or 1)
        needed = sum(pixels) + (pages - 1) * (sum(pixels[:kept]) + LARGEST_COLUMN)
        sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value}
        assert min(sizes) * min(1, A4_ACROSS * pages / needed) >= 8.99, sheet.title
        assert all("&10" in part.text or part.size == 10 for part in (sheet.oddFooter.left, sheet.oddFooter.right))


def test_rows_are_as_high_as_their_text(workbook: Any) -> None:
    for sheet in workbook:
        merged = {place.min_row * 1000 + place.min_col: place for place in sheet.merged_cells.ranges}
        size = widths(sheet)
        for row in sheet.iter_rows(max_col=len(size)):
            for cell in row:
                if isinstance(cell.value, str) and cell.alignment.wrap_text:
                    place = merged.get(cell.row * 1000 + cell.column)
                    right, bottom = (place.max_col, place.max_row) if place else (cell.column, cell.row)
                    high = sum(sheet.row_dimensions[at].height for at in range(cell.row, bottom + 1))
                    assert high >= line_count(cell.value, sum(size[cell.column - 1 : right])) * LINE_HEIGHT
