"""The figures behind every chart, exact: the years toward the targets, how totals are spread, what items lose."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import NamedTuple

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.agencies.standings import State
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import ZERO, plain

_MOST_STEPS, _BELOW = 24, 6
"""Bands for all the points, and below the pass mark."""


class Year(NamedTuple):
    """A year on the way to the targets; None where nothing is known or asked yet."""

    year: int
    target: Fraction | None
    required: int | None
    recognised: int | None
    """Agencies recognised until then whose recognition still holds."""


class Band(NamedTuple):
    """Totals from ``start`` on, below ``end``; the last band holds its end too."""

    start: Decimal
    end: Decimal
    agencies: int
    passes: bool
    """Whether its totals are at the mark or above."""

    @property
    def label(self) -> str:
        """``75～80``."""
        return f"{plain(self.start)}～{plain(self.end)}"


class ItemLoss(NamedTuple):
    """What agencies lost on one item."""

    name: str
    points: Decimal
    lost: Fraction


def years(rubric: Rubric, account: Account) -> list[Year]:
    """Every year with a target or a recognition, and the run's; empty where there is no year or no agency."""
    progress = account.progress
    if progress.year is None or not progress.agencies:
        return []
    since = [standing.since for standing in account.standings if standing.state is State.RECOGNISED and standing.since]
    made = []
    for year in sorted({*rubric.targets, *since, progress.year}):
        target = rubric.target(year)
        required = math.ceil(target * progress.agencies) if target is not None else None
        known = sum(first <= year for first in since) if year <= progress.year else None
        made.append(Year(year, target, required, known))
    return made


def bands(rubric: Rubric, totals: Sequence[Fraction]) -> list[Band]:
    """How totals are spread; empty where there is none."""
    edges = _edges(rubric)
    inner = [Fraction(edge) for edge in edges[1:-1]]
    spread = [0] * (len(inner) + 1)
    for total in totals:
        spread[bisect_right(inner, total)] += 1
    passes = [edge >= rubric.pass_mark for edge in edges]
    return list(map(Band, edges, edges[1:], spread, passes)) if totals else []


def _edges(rubric: Rubric) -> list[Decimal]:
    """From 0 to full marks: round steps around the pass mark, which is one of them; what is far below is one band."""
    steps = (Decimal(digit).scaleb(power) for power in count(-1) for digit in (1, 2, 5))
    step = next(step for step in steps if rubric.full <= step * _MOST_STEPS)
    around = (rubric.pass_mark + number * step for number in range(-_BELOW, _MOST_STEPS))
    return [Decimal(0), *(edge for edge in around if 0 < edge < rubric.full), rubric.full]


def by_item(rubric: Rubric, progress: Progress) -> list[ItemLoss]:
    """Every item with what was lost on its criteria, most first; points for several items at once stand apart."""
    item_of = {criterion.id: item.id for item in rubric.items for criterion in item.criteria}
    lost: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line in progress.lost:
        items = list(dict.fromkeys(item_of[part] for part in line.criterion.split("+")))
        lost["、".join(items)] += line.points
    points = {item.id: item.points for item in rubric.items}
    made = [ItemLoss(f"{item.id} {item.name}", item.points, lost.pop(item.id, ZERO)) for item in rubric.items]
    made += [
        ItemLoss(f"{names}（合并打分）", sum((points[name] for name in names.split("、")), Decimal(0)), amount)
        for names, amount in lost.items()
    ]
    return sorted(made, key=lambda loss: -loss.lost)
