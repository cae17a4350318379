"""The way to the target: how many recognitions are missing, who is nearest to the mark and what each lacks; pure.

What would follow is scored, never guessed: a mended form is its scorecard with full points on what was mended
(docs/office/plan.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.assessment import Result
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.advice import Advice, AdviceStep, advise, is_open
from jieyue_cli.scoring.cases import gain
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.mending import mended
from jieyue_cli.scoring.scorecard import Scorecard, Verdict

_CHEAPEST = 2
"""Steps that every agency is imagined to take."""


class Below(NamedTuple):
    """An agency whose form is below the mark, or cannot be told to reach it."""

    standing: Standing
    file: str
    card: Scorecard
    """The score that decides."""
    advice: Advice
    cheapest: tuple[AdviceStep, ...]
    """The first two steps of the way: what is required, then what brings most; fewer where no more is open."""
    then: Scorecard
    """The score once these are done."""

    @property
    def steps(self) -> Sequence[AdviceStep]:
        """The fewest criteria that reach the mark: answers to be corrected first, for these need no measure."""
        return sorted(self.advice.enough, key=lambda step: step.line.state is not LineState.PENDING)


class Measure(NamedTuple):
    """One criterion, over all agencies below the mark."""

    line: Line
    """Of any of them."""
    agencies: int
    """For which it is open."""
    points: Fraction
    """That they lack on it together."""
    alone: int
    """Those of them that would reach the mark by it alone."""


class Target(NamedTuple):
    """What is asked for by the end of one year, and how many recognitions that hold now are short of it."""

    year: int
    share: Fraction
    required: int
    gap: int
    gap_if_confirmed: int
    """Once everybody at the mark by their own score is recognised."""
    gap_if_mended: int
    """Once those are recognised too who reach the mark by their cheapest two."""


class Way(NamedTuple):
    """Every agency of the list is in exactly one group: recognised, waiting, below, or without a form."""

    progress: Progress
    targets: tuple[Target, ...]
    """Of the run's year, and of every later one that has its own."""
    waiting: tuple[Standing, ...]
    """At the mark by their own score; only the verification is missing."""
    below: tuple[Below, ...]
    """The nearest to the mark first; who cannot reach it stands last."""
    measures: tuple[Measure, ...]
    """What helps most agencies first."""
    formless: tuple[Standing, ...]
    """Who has to hand in a form first, or another one."""

    @property
    def passing(self) -> int:
        """How many of those below would reach the mark by their cheapest two."""
        return sum(agency.then.verdict is Verdict.PASS for agency in self.below)


def way_of(rubric: Rubric, account: Account, results: Iterable[Result]) -> Way:
    """Work out the way from the standings and the forms that stand for the agencies."""
    by_file = {result.file: result for result in results}
    due = [row for row in account.standings if row.listed and row.state is not State.RECOGNISED]
    waiting = tuple(row for row in due if row.self_assessed)
    forms = ((row, by_file.get(account.form_of(row) or "")) for row in due)
    below = sorted(_all_below(forms), key=_distance)
    measured = {agency.standing.name for agency in below} | {row.name for row in waiting}
    way = Way(
        account.progress,
        (),
        waiting,
        tuple(below),
        tuple(_measures(rubric, below)),
        tuple(row for row in due if row.name not in measured),
    )
    return way._replace(targets=tuple(_targets(rubric, way)))


def _all_below(forms: Iterable[tuple[Standing, Result | None]]) -> Iterator[Below]:
    for standing, result in forms:
        card = result.deciding if result else None
        if result and card and (advice := advise(card)):
            cheapest = (*advice.enough, *advice.others)[:_CHEAPEST]
            then = mended(card, (step.line for step in cheapest))
            yield Below(standing, result.file, card, advice, cheapest, then)


def _distance(agency: Below) -> tuple[bool, Fraction, int]:
    advice = agency.advice
    return not advice.attainable, max(advice.gap, Fraction(0)), len(advice.enough)


def _measures(rubric: Rubric, below: Iterable[Below]) -> list[Measure]:
    measures: dict[str, Measure] = {}
    for agency in below:
        for line in filter(is_open, (*agency.card.gates, *agency.card.lines)):
            known = measures.get(line.id) or Measure(line, 0, Fraction(0), 0)
            measures[line.id] = Measure(
                known.line, known.agencies + 1, known.points + gain(line), known.alone + _is_enough(agency, line)
            )
    order = {criterion.id: at for at, criterion in enumerate(rubric.judged)}
    return sorted(
        measures.values(),
        key=lambda row: (-row.agencies, -row.alone, -row.points, order[row.line.criteria[0].id], row.line.id),
    )


def _is_enough(agency: Below, line: Line) -> bool:
    """Whether one line alone leads to the mark; most bring less than is missing, which tells so at once."""
    card = agency.card
    near = card.rescaled or card.rubric.scale or card.rubric.limited or gain(line) >= agency.advice.gap
    return bool(near) and mended(card, [line]).verdict is Verdict.PASS


def _targets(rubric: Rubric, way: Way) -> Iterator[Target]:
    progress = way.progress
    if progress.year is None:
        return
    for year in sorted({progress.year, *(year for year in rubric.targets if year > progress.year)}):
        share = rubric.target(year)
        if share is not None:
            required = math.ceil(share * progress.agencies)
            confirmed = progress.recognised + len(way.waiting)
            reached = (progress.recognised, confirmed, confirmed + way.passing)
            yield Target(year, share, required, *(max(0, required - number) for number in reached))
