"""How many pages across a sheet takes."""

from __future__ import annotations

import pytest

from jieyue_cli.writing.paper import pages_wide, rest


@pytest.mark.parametrize(
    ("widths", "repeated", "pages"),
    [
        ([20, 20], 0, 1),
        ([30, *[10] * 10], 1, 1),
        ([30, *[10] * 11], 1, 2),
        ([30, *[10] * 22], 0, 2),
        ([30, *[10] * 22], 1, 3),
        ([30, *[10] * 17], 1, 2),
    ],
)
def test_pages_hold_whole_columns_and_the_repeated_ones(widths: list[float], repeated: int, pages: int) -> None:
    assert pages_wide(widths, repeated) == pages


@pytest.mark.parametrize(("columns", "width"), [(8, 22), (9, 107), (10, 107), (11, 96)])
def test_one_more_column_fills_the_last_page_or_a_new_one_where_little_is_left(columns: int, width: int) -> None:
    widths = [30, *[10.0] * columns]
    assert rest(widths, 1, 12) == width
    assert pages_wide([*widths, width], 1) == pages_wide([*widths, 12], 1)
