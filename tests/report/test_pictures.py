"""The pictures on the console say what the figures beside them say, in characters that consoles have."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from jieyue_cli.agencies.corrections import UNCHECKED
from jieyue_cli.agencies.groups import Groups
from jieyue_cli.agencies.progress import Denominator, Progress
from jieyue_cli.report.console.batch import batch_view
from jieyue_cli.report.console.pictures import reached, spread
from jieyue_cli.rubric.model import Rubric

from .builders import RUBRIC, batch, printed, result, varied


def progress(agencies: int, recognised: int, self_assessed: int, required: int | None) -> Progress:
    nothing: dict[str, tuple[()]] = dict.fromkeys(
        ("missing", "withdrawn", "duplicates", "not_applicable", "lost", "outside", "calendar"), ()
    )
    return Progress(
        year=2020,
        target_rate=None,
        agencies=agencies,
        denominator=Denominator.ROSTER,
        required=required,
        recognised=recognised,
        self_assessed=self_assessed,
        rate=None,
        gap=None,
        gap_if_confirmed=None,
        handed_in=0,
        files=0,
        unreadable=0,
        groups=Groups(),
        corrections=UNCHECKED,
        **nothing,
    )


@pytest.mark.parametrize(
    ("figures", "lines"),
    [
        ((14, 5, 5, 4), ["████|█▓▓▓▓▓····", "█ 已认定 5　▓ 自评达标待核查 5　· 其余 4　| 年度目标 4"]),
        ((6, 0, 0, 2), ["··|····", "█ 已认定 0　▓ 自评达标待核查 0　· 其余 6　| 年度目标 2"]),
        ((1, 1, 0, 1), ["█|", "█ 已认定 1　▓ 自评达标待核查 0　· 其余 0　| 年度目标 1"]),
        ((3, 1, 1, None), ["█▓·", "█ 已认定 1　▓ 自评达标待核查 1　· 其余 1"]),
        (
            (61, 15, 1, 16),
            ["███████▓|······················", "█ 已认定 15　▓ 自评达标待核查 1　· 其余 45　| 年度目标 16"],
        ),
        ((0, 0, 0, None), []),
    ],
)
def test_the_bar_and_what_its_characters_mean(figures: tuple[int, int, int, int | None], lines: list[str]) -> None:
    assert printed(reached(progress(*figures))).splitlines() == lines


@given(st.data(), st.integers(1, 20_000))
def test_the_bar_passes_the_mark_exactly_where_the_target_is_reached(data: st.DataObject, agencies: int) -> None:
    required = data.draw(st.integers(1, agencies))
    recognised = data.draw(st.integers(0, agencies))
    claimed = data.draw(st.integers(0, agencies - recognised))
    bar, legend = printed(reached(progress(agencies, recognised, claimed, required))).splitlines()
    before, after = bar.split("|")
    assert re.fullmatch("█*▓*·*", before + after)
    assert ("█" * len(before) == before) == (recognised >= required)
    assert ("·" not in before) == (recognised + claimed >= required)
    assert ("·" in after) <= (recognised + claimed < agencies)
    assert [int(number) for number in re.findall(r"\d+", legend)] == [
        recognised,
        claimed,
        agencies - recognised - claimed,
        required,
    ]
    assert _wide(bar) <= 80 >= _wide(legend)


def _wide(line: str) -> int:
    """Cells on an old Chinese console, where such characters take two."""
    return sum(cell_len(char) + (char in "█▓·▁▂▃▄▅▆▇") for char in line)


@pytest.mark.parametrize(
    ("totals", "line", "counts"),
    [
        ([75, 80, 85, 85, 100], "75 ▄|▄▇·▄ 100", (4, 1)),
        ([79, 79], "75 ▇|···· 100", (0, 2)),
        ([80], "75 ·|▇··· 100", (1, 0)),
        ([50, 100], "50 ▇·····|···▇ 100", (1, 1)),
        ([Fraction(7999, 100), Fraction(80)], "75 ▇|▇··· 100", (1, 1)),
    ],
)
def test_the_spread_counts_from_the_mark(totals: list[int], line: str, counts: tuple[int, int]) -> None:
    above, below = counts
    assert printed(spread([Fraction(total) for total in totals], RUBRIC)).splitlines() == [
        line,
        f"每格 5 分，| 处是 80 分：80 分及以上 {above} 个，不到 80 分 {below} 个",
    ]


def test_what_is_far_below_the_mark_has_one_wide_step() -> None:
    assert printed(spread([Fraction(0), Fraction(100)], RUBRIC)).splitlines() == [
        "0～50 ▇······|···▇ 100",
        "每格 5 分，| 处是 80 分：80 分及以上 1 个，不到 80 分 1 个",
    ]


@given(st.lists(st.fractions(0, 100), min_size=1, max_size=50))
def test_no_total_is_lost_from_the_spread(totals: list[Fraction]) -> None:
    line, legend = printed(spread(totals, RUBRIC)).splitlines()
    blocks = line.split(" ")[1]
    below, above = blocks.split("|")
    assert (bool(below.strip("·")), bool(above.strip("·"))) == (min(totals) < 80, max(totals) >= 80)
    assert sum(map(int, re.findall(r"(\d+) 个", legend))) == len(totals)
    assert "▇" in blocks
    assert _wide(line) <= 80 >= _wide(legend)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "big5"])
def test_every_picture_is_shown_whole_on_chinese_consoles(encoding: str, rubric: Rubric) -> None:
    for picture in (reached(progress(14, 5, 5, 4)), spread([Fraction(n) for n in range(60, 100)], rubric)):
        lines = drawn(picture, encoding).splitlines()[0]
        assert "?" not in lines
        assert "█" in lines or "▇" in lines or encoding == "big5"


def test_a_console_without_such_characters_gets_plain_ones() -> None:
    assert drawn(reached(progress(14, 5, 5, 4)), "gb2312") == (
        "####|#=====....\n# 已认定 5　= 自评达标待核查 5　. 其余 4　| 年度目标 4\n"
    )
    assert drawn(spread([Fraction(75), Fraction(81), Fraction(82)], RUBRIC), "gb2312").startswith("75 4|7... 100\n")


def drawn(picture: object, encoding: str) -> str:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding, errors="replace", newline="\n")
    Console(file=stream, width=80).print(picture)
    stream.flush()
    return data.getvalue().decode(encoding)


def test_the_spread_is_of_all_who_handed_in() -> None:
    findings = varied()
    assert findings.progress
    assert f"总分分布（{findings.progress.handed_in} 个机关）" in printed(batch_view(findings))


def test_one_agency_has_no_spread() -> None:
    assert "总分分布" not in printed(batch_view(batch([result()])))
