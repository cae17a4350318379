"""The progress by 级别, 单位类别 and 批次年度, as every report shows it: where there is more than one part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jieyue_cli.report.amounts import percent

if TYPE_CHECKING:
    from jieyue_cli.agencies.groups import Part
    from jieyue_cli.agencies.progress import Progress

NAMES = {"level": "级别", "category": "单位类别", "batch": "批次年度"}
"""Each grouping as a clerk calls it."""
HEADS = ("机关", "已认定", "认定率", "待核查", "已交表", "未交表")
UNNAMED = "未填"


def groupings(progress: Progress) -> list[tuple[str, Sequence[Part]]]:
    """What the agencies are grouped by, and the parts; one part alone would only repeat the whole."""
    named = zip(NAMES.values(), progress.groups, strict=True)
    return [(name, parts) for name, parts in named if len(parts) > 1]


def called(part: Part) -> str:
    """The value that its agencies share."""
    return UNNAMED if part.name is None else part.name


def cells(part: Part) -> list[str]:
    """Its name, then what ``HEADS`` say; numerator and denominator stand beside the rate."""
    counts = (part.self_assessed, part.handed_in, part.missing)
    return [called(part), str(part.agencies), str(part.recognised), percent(part.rate), *map(str, counts)]
