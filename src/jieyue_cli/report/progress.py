"""The progress toward the year's target, line by line, as the console and the workbook show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.report.amounts import exact_percent, percent
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import cut, plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.corrections import Corrections
    from jieyue_cli.agencies.progress import Progress


_MOST_REASONS = 4


class Fact(msgspec.Struct, frozen=True):
    """One line of the progress table."""

    label: str
    value: int | Fraction | None
    """A number of agencies, files or findings, or a rate."""
    note: str

    @property
    def shown(self) -> str:
        """The value as a reader is shown it."""
        if self.value is None:
            return "-"
        return percent(self.value) if isinstance(self.value, Fraction) else str(self.value)


def facts(progress: Progress) -> list[Fact]:
    """The progress toward the year's target, numerator and denominator always beside the rate."""
    lines = [
        Fact("机关总数", progress.agencies, f"分母，来自{progress.denominator.chinese}"),
        *_outside(progress),
        Fact("已认定", progress.recognised, "分子，核查达标的机关，含以前年度认定的"),
        Fact("认定率", progress.rate, f"{progress.recognised} / {progress.agencies}"),
    ]
    if progress.target_rate is None or progress.required is None:
        lines.append(Fact("年度目标", None, "这一年没有年度目标"))
    else:
        asked = f"{exact_percent(progress.target_rate)} × {progress.agencies}，至少 {progress.required} 个机关"
        lines.append(Fact("年度目标", progress.target_rate, asked))
        lines.append(Fact("还差", progress.gap, "" if progress.gap or not progress.agencies else "已完成年度目标"))
    confirmed = ""
    if progress.gap:
        left = progress.gap_if_confirmed
        confirmed = f"全部核查达标后还差 {left} 个" if left else "全部核查达标即完成年度目标"
    year = f"{progress.year} 年度" if progress.year else "没有读到评价年度"
    return [
        *lines,
        Fact("自评达标待核查", progress.self_assessed, confirmed),
        Fact("已交表并计入", progress.handed_in, year),
        Fact("表格文件", progress.files, f"其中 {progress.unreadable} 个没能计分"),
    ]


def _outside(progress: Progress) -> Iterator[Fact]:
    """How many the roster leaves out, and why."""
    if progress.outside:
        reasons = Counter(entry.outside for entry in progress.outside).most_common(_MOST_REASONS)
        told = [f"{clean(reason)} {number} 个" for reason, number in reasons]
        if rest := len(progress.outside) - sum(number for _, number in reasons):
            told.append(f"其他原因 {rest} 个")
        yield Fact("不参评", len(progress.outside), f"名录写明，不在机关总数中：{'、'.join(told)}")


def corrections(progress: Progress) -> list[Fact]:
    """What verification changed; nothing before something is verified."""
    made = progress.corrections
    lines = [Fact("核查完成", made.agencies, changed(made))] if made.agencies else []
    if made.unexplained:
        lines.append(Fact("缺核查意见", made.unexplained, "核查情况与自评不同而没有写核查意见的条数"))
    return lines


def changed(made: Corrections) -> str:
    """Say how many agencies verification moved which way, and by how much they claimed too much."""
    if made.mean is None:
        return ""
    over = f"{plain(cut(abs(made.mean)))} 分（{plain(abs(made.points))} / {made.agencies}）"
    much = f"自评平均{'多' if made.points > 0 else '少'}报 {over}" if made.points else "自评与核查合计相同"
    return f"核减 {made.lowered} 个、核增 {made.raised} 个、不变 {made.unchanged} 个；{much}"
