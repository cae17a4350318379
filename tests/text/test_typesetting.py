"""Where lines of Chinese text break."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.text.typesetting import cells, line_starts


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *line_starts(text, width), len(text)])]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("节约型机关", 10, ["节约型机关"]),
        ("节约型机关", 9, ["节约型机", "关"]),
        ("节约型机关。", 10, ["节约型机", "关。"]),
        ("节约（型）机关", 6, ["节约", "（型）", "机关"]),
        ("用 jieyue batch", 12, ["用 jieyue ", "batch"]),
        ("用jieyue", 6, ["用", "jieyue"]),
        ("standard_2020", 8, ["standard", "_2020"]),
        ("一个 ", 4, ["一个 "]),
        ("", 4, [""]),
    ],
)
def test_a_line_breaks_where_chinese_is_broken(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text(alphabet="节约，。（）ab 1“”…", max_size=60), st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    broken = lines(text, width)
    assert "".join(broken) == text
    assert all(cells(line.rstrip(" ")) <= width for line in broken)
