"""Small pictures of figures that stand beside them: how far the city is, and how the totals are spread.

An old Chinese console draws these characters two cells wide, others one: so a picture is narrow, stands alone in its
line, and has its marks inside it, where a wrong width moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from jieyue_cli.report.figures import bands
from jieyue_cli.text.numbers import plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress
    from jieyue_cli.rubric.model import Rubric

_WIDTH = 30
"""Characters of a bar at most: twice as wide, they still fit on a line."""
_DONE, _CLAIMED, _NOTHING, _MARK = "█", "▓", "·", "|"
_HEIGHTS = "▁▂▃▄▅▆▇"
_DRAWN = f"{_DONE}{_CLAIMED}{_NOTHING}{_HEIGHTS}"
_ELSEWHERE = str.maketrans(_DRAWN, "#=.1234567")
"""For consoles that lack these characters."""


class Picture:
    """Lines of which each fits on any console and is shown in characters that it has."""

    def __init__(self, *lines: str) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        try:
            _DRAWN.encode(options.encoding)
            known = True
        except UnicodeEncodeError:
            known = False
        for line in self._lines:
            yield Text(line if known else line.translate(_ELSEWHERE), no_wrap=True)


def reached(progress: Progress) -> Picture:
    """How many agencies are recognised, how many more would be if all were confirmed, and the year's target.

    Few agencies have one character each. The bar passes the mark exactly where the target is reached.
    """
    number, required, recognised = progress.agencies, progress.required, progress.recognised
    if not number:
        return Picture()
    width = min(number, _WIDTH)
    mark = None if required is None else ceil(Fraction(required * width, number))

    def length(agencies: int) -> int:
        drawn = int(Fraction(agencies * width, number) + Fraction(1, 2))
        if mark is None or required is None:
            return drawn
        return max(drawn, mark) if agencies >= required else min(drawn, mark - 1)

    done, claimed = length(recognised), length(recognised + progress.self_assessed)
    line = _DONE * done + _CLAIMED * (claimed - done) + _NOTHING * (width - claimed)
    legend = [
        f"{_DONE} 已认定 {recognised}",
        f"{_CLAIMED} 自评达标待核查 {progress.self_assessed}",
        f"{_NOTHING} 其余 {number - recognised - progress.self_assessed}",
    ]
    if mark is None:
        return Picture(line, "　".join(legend))
    return Picture(f"{line[:mark]}{_MARK}{line[mark:]}", "　".join([*legend, f"{_MARK} 年度目标 {required}"]))


def spread(totals: Sequence[Fraction], rubric: Rubric) -> Picture:
    """How many totals are in each band; of those at the lower end only what is in use, and one below the mark."""
    every, at = bands(rubric, totals), plain(rubric.pass_mark)
    below = sum(not band.passes for band in every)
    shown = every[min(below - 1, next(place for place, band in enumerate(every) if band.agencies)) :]
    most = max(band.agencies for band in shown)
    bars = [_HEIGHTS[-(-band.agencies * len(_HEIGHTS) // most) - 1] if band.agencies else _NOTHING for band in shown]
    mark = below - len(every)
    low = shown[0].label if len(shown) == len(every) else plain(shown[0].start)  # wider than a step
    line = f"{low} {''.join(bars[:mark])}{_MARK}{''.join(bars[mark:])} {plain(rubric.full)}"
    above = sum(band.agencies for band in every if band.passes)
    return Picture(
        line,
        f"每格 {plain(every[-1].end - every[-1].start)} 分，{_MARK} 处是 {at} 分："
        f"{at} 分及以上 {above} 个，不到 {at} 分 {len(totals) - above} 个",
    )
