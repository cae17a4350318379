"""The page's figures as text: progress by year, how totals are spread, lost points; and the standard's headings."""

from __future__ import annotations

from decimal import Decimal

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.report.agencies import totals
from jieyue_cli.report.amounts import exact_percent
from jieyue_cli.report.figures import bands, years
from jieyue_cli.report.page.rows import BandRow, CriterionRow, ItemOfStandard, LostRow, TargetRow, UnitOfStandard
from jieyue_cli.report.phrases import numbered, sentences
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain


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
    """One row a year that has a target or a recognition, and one for the run's year."""
    progress = account.progress
    return [
        TargetRow(
            year.year,
            exact_percent(year.target) if year.target is not None else "",
            year.required,
            year.recognised,
            progress.self_assessed if year.year == progress.year else 0,
        )
        for year in years(rubric, account)
    ]


def distribution(rubric: Rubric, account: Account) -> list[BandRow]:
    """How the totals are spread; the mark is a border, so that no band has both sides of it."""
    return [
        BandRow(plain(band.start), plain(band.end), band.agencies, passes=band.passes)
        for band in bands(rubric, totals(account))
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
