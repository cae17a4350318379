"""A name that is not in the roster is told with the likeliest entry; without one where none is likely."""

from __future__ import annotations

import pytest

from agencies.test_progress import Form, progress, roster

NEAR: list[tuple[str, str, list[str], str | None]] = [
    ("one letter another", "示例市财证局", ["示例市统计局", "示例市财政局"], "示例市财政局"),
    ("the end of one entry", "统计局", ["示例市统计局", "统计学会"], "示例市统计局"),
    ("an entry with more before it", "示例省示例市统计局", ["示例市统计局", "示例省统计局"], "示例市统计局"),
    ("of two as near the first by the alphabet", "统计局", ["乙县统计局", "丙县统计局"], "丙县统计局"),
    ("of two the one with more in common", "乙县统计局", ["甲市乙县统计局", "统计局"], "甲市乙县统计局"),
    ("a short name beside a long one", "统计局甲", ["统计局", "统计局乙"], "统计局"),
    ("a name of one letter", "局", ["甲厅", "乙厅"], None),
    ("nothing in common", "邻县水务公司", ["示例市财政局"], None),
    ("too little in common", "示例市财政局", ["示例市统计学会"], None),
    ("no two letters in a row in common", "甲乙丙丁", ["甲一乙二丙三丁"], None),
]


@pytest.mark.parametrize(("stranger", "entries", "near"), [pytest.param(*case[1:], id=case[0]) for case in NEAR])
def test_a_stranger_is_told_with_the_likeliest_entry(stranger: str, entries: list[str], near: str | None) -> None:
    hint = f"名录中相近的是“{near}”，" if near else ""
    assert progress([Form(stranger, 2020)], roster(*entries))[1] == [
        f"agency-not-listed 001.xlsx “{stranger}”不在名录中，没有计入进度，{hint}请核对单位名称或补充名录。"
    ]


@pytest.mark.parametrize(("written", "listed"), [("示例市机关工委(本级)", "示例市机关工委（本级）"), ("甲 局", "甲局")])
def test_width_brackets_and_spaces_make_no_stranger(written: str, listed: str) -> None:
    table, problems = progress([Form(written, 2020)], roster(listed))
    assert (table.handed_in, problems) == (1, [])


def test_where_strangers_are_very_many_the_first_are_told_with_a_hint() -> None:
    _, problems = progress([Form(f"示例市甲局{number}", 2020) for number in range(503)], roster("示例市甲局"))
    assert ["相近" in problem for problem in problems] == [True] * 500 + [False] * 3
