"""The page's figures, worked out exactly: progress by year, how totals lie, lost points; and the standard's heads."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.agencies.standings import State
from jieyue_cli.report.amounts import exact_percent
from jieyue_cli.report.page.rows import BinRow, CriterionRow, ItemOfStandard, LostRow, TargetRow, UnitOfStandard
from jieyue_cli.report.phrases import numbered, sentences
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

_BINS = 20
"""About as many columns as a picture of the totals has."""


def units(rubric: Rubric) -> list[UnitOfStandard]:
    """The standard's headings and sentences."""
    return [
        UnitOfStandard(
            unit.id,
            clean(unit.name),
            plain(unit.points),
            [
                ItemOfStandard(item.id, clean(item.name), plain(item.points), [*map(criterion, item.criteria)])
                for item in unit.items
            ],
        )
        for unit in rubric.units
    ]


def criterion(entry: Criterion) -> CriterionRow:
    """One sentence of the standard."""
    return CriterionRow(entry.id, clean(entry.text), plain(entry.points))


def targets(rubric: Rubric, account: Account) -> list[TargetRow]:
    """One row a year that has a target, and one for the run's year."""
    return [_target(rubric, account, year) for year in sorted({*rubric.targets, account.progress.year or 0} - {0})]


def _target(rubric: Rubric, account: Account, year: int) -> TargetRow:
    progress, share = account.progress, rubric.target(year)
    since = [standing.since for standing in account.standings if standing.state is State.RECOGNISED]
    reached = progress.year is not None and year <= progress.year
    return TargetRow(
        year,
        exact_percent(share) if share is not None else "",
        math.ceil(share * progress.agencies) if share is not None else None,
        sum(when is not None and when <= year for when in since) if reached else None,
        progress.self_assessed if year == progress.year else 0,
    )


def distribution(rubric: Rubric, cards: Sequence[Scorecard]) -> list[BinRow]:
    """How the ranked totals lie; the mark is a border, so that no column has both sides of it."""
    mark, full = Fraction(rubric.pass_mark), Fraction(rubric.full)
    width = max(1, round(full / _BINS))
    last = max(0, math.ceil((full - mark) / width) - 1)
    counts = Counter(min(last, math.floor((card.total - mark) / width)) for card in cards)
    return [
        BinRow(
            plain(max(Fraction(0), mark + place * width)),
            plain(min(full, mark + (place + 1) * width)),
            counts[place],
            passes=place >= 0,
        )
        for place in range(-math.ceil(mark / width), last + 1)
    ]


def lost(rubric: Rubric, progress: Progress) -> list[LostRow]:
    """Where points are lost, most agencies first."""
    return [
        LostRow(
            row.criterion,
            numbered(rubric, row.criterion),
            clean("；".join(sentences(criteria := [rubric.by_id[part] for part in row.criterion.split("+")]))),
            plain(sum((entry.points for entry in criteria), Decimal(0))),
            row.agencies,
            plain(row.points),
        )
        for row in progress.lost
    ]
