"""How far the city is: tally, roster and year → recognised agencies against the year's target, exactly.

The denominator of every rate is the roster, not the returns (docs/contract.md, Progress).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from operator import attrgetter

from jieyue_cli.agencies.membership import listed
from jieyue_cli.agencies.roster import Roster, key
from jieyue_cli.agencies.single import Duplicate, single_forms
from jieyue_cli.agencies.standings import standings
from jieyue_cli.agencies.tally import FormOutcome, Tally
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Rubric


class Denominator(Enum):
    """Where the number of all agencies comes from."""

    ROSTER = "roster"
    GIVEN = "given"
    SUBMISSIONS = "submissions"

    @property
    def chinese(self) -> str:
        """Say it to a clerk."""
        return {"roster": "名录", "given": "给定的机关总数", "submissions": "已交表的单位（没有名录，仅供参考）"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Lost:
    """A criterion on which points were lost: by how many agencies, and how many points in all."""

    criterion: str
    agencies: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Progress:
    """The table an office shows upward; every count is of agencies."""

    year: int | None
    target_rate: Fraction | None
    """None before the first target's year."""
    agencies: int
    denominator: Denominator
    required: int | None
    """The whole number of agencies the target asks for."""
    recognised: int
    self_assessed: int
    """At the mark by their own score and not yet verified."""
    rate: Fraction | None
    """recognised / agencies, exact; None where there is no agency."""
    gap: int | None
    gap_if_confirmed: int | None
    handed_in: int
    """Agencies with a readable form for this year."""
    files: int
    unreadable: int
    missing: tuple[str, ...]
    """In the roster, neither recognised before nor handed in for this year."""
    withdrawn: tuple[str, ...]
    """Recognised in an earlier year and below the mark in a later verification."""
    duplicates: tuple[Duplicate, ...]
    lost: tuple[Lost, ...]
    """Most agencies first."""


def progress_of(
    rubric: Rubric, tally: Tally, roster: Roster | None, agencies: int | None, year: int | None
) -> tuple[Progress, list[Problem]]:
    """The table for ``year`` (the latest year handed in where None), and what is wrong between the files.

    ``agencies`` is the number of all agencies, where there is no roster.
    """
    # files may arrive in any order; what is said about them may not depend on it
    forms, problems = listed(sorted(tally.outcomes, key=attrgetter("file")), roster)
    year = year or max((form.year for form in forms), default=None)
    due = [form for form in forms if year is not None and form.year <= year]
    problems += [
        Code.YEAR_LATER.at(Location(form.file), seen=form.year, year=year)
        for form in forms
        if year is not None and form.year > year
    ]
    due.sort(key=attrgetter("year"))
    due.sort(key=attrgetter("key"))  # sorting is stable: two sorts need no key of their own for each form
    single, duplicates, doubled = single_forms(due)
    stand = standings(single)
    handed_in = {form.key for form in due if form.year == year}
    number, denominator = _denominator(roster, agencies, due)
    target = rubric.target(year) if year is not None else None
    required = math.ceil(target * number) if target is not None else None
    recognised, confirmed = len(stand.recognised), len(stand.recognised) + stand.self_assessed
    done = stand.recognised | handed_in
    progress = Progress(
        year=year,
        target_rate=target,
        agencies=number,
        denominator=denominator,
        required=required,
        recognised=recognised,
        self_assessed=stand.self_assessed,
        rate=Fraction(recognised, number) if number else None,
        gap=None if required is None else max(0, required - recognised),
        gap_if_confirmed=None if required is None else max(0, required - confirmed),
        handed_in=len(handed_in),
        files=tally.files,
        unreadable=tally.unreadable,
        missing=tuple(entry.name for entry in (roster.entries if roster else ()) if key(entry.name) not in done),
        withdrawn=stand.withdrawn,
        duplicates=tuple(duplicates),
        lost=_lost(rubric, tally, (form for form in single if form.year == year)),
    )
    return progress, [*problems, *doubled]


def _denominator(roster: Roster | None, given: int | None, due: Iterable[FormOutcome]) -> tuple[int, Denominator]:
    if roster is not None:
        return len(roster), Denominator.ROSTER
    if given is not None:
        return given, Denominator.GIVEN
    return len({form.key for form in due}), Denominator.SUBMISSIONS


def _lost(rubric: Rubric, tally: Tally, forms: Iterable[FormOutcome]) -> tuple[Lost, ...]:
    agencies: Counter[str] = Counter()
    points: defaultdict[str, Fraction] = defaultdict(Fraction)
    for criterion, lost in tally.losses(forms):
        agencies[criterion] += 1
        points[criterion] += lost
    order = {criterion.id: index for index, criterion in enumerate(rubric.criteria)}
    rows = [Lost(criterion, number, points[criterion]) for criterion, number in agencies.items()]
    rows.sort(key=lambda row: (-row.agencies, -row.points, order[row.criterion.partition("+")[0]]))
    return tuple(rows)
