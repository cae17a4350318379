"""How far the city is: standings and year → recognised agencies against the year's target, exactly.

The denominator of every rate is the roster, not the returns (docs/contract.md, Progress).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.agencies.calendar import Due, calendar_of
from jieyue_cli.agencies.corrections import UNCHECKED, Corrections, corrections_of
from jieyue_cli.agencies.groups import Groups, groups_of
from jieyue_cli.agencies.requests import Request
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.several import Duplicate
from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.agencies.tally import FormOutcome, Tally
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
    """At the mark by their own score, with no verification or one that is not finished."""
    rate: Fraction | None
    """recognised / agencies, exact; None where there is no agency."""
    gap: int | None
    gap_if_confirmed: int | None
    handed_in: int
    """Agencies with a form for this year that counts or is being verified."""
    files: int
    unreadable: int
    missing: tuple[str, ...]
    """Neither recognised before nor handed in for this year."""
    withdrawn: tuple[str, ...]
    """Recognised once, and below the mark in a later verification."""
    duplicates: tuple[Duplicate, ...]
    not_applicable: tuple[Request, ...]
    """Who asked for 不涉及, in the standard's order."""
    lost: tuple[Lost, ...]
    """Most agencies first."""
    outside: tuple[RosterEntry, ...]
    """Whom the roster lists as not assessed, in its order; in no count above."""
    calendar: tuple[Due, ...]
    """The steps of the year that have a date, in the standard's order."""
    groups: Groups
    """The same counts by 级别, 单位类别 and 批次年度."""
    corrections: Corrections = UNCHECKED
    """What finished verifications changed."""


class Returns(NamedTuple):
    """What the progress says of the files."""

    tally: Tally
    counting: Sequence[FormOutcome]
    """The year's forms that count."""
    duplicates: tuple[Duplicate, ...]
    not_applicable: tuple[Request, ...]


def progress_of(
    rubric: Rubric,
    year: int | None,
    standings: Sequence[Standing],
    roster: Roster | None,
    given: int | None,
    returns: Returns,
) -> Progress:
    """The table for ``year``: counts of the standings, against the number of all agencies.

    That number is the roster's; without a roster it is the one ``given``, or else that of the standings.
    """
    named: dict[State, list[Standing]] = {state: [] for state in State}
    for standing in standings:
        named[standing.state].append(standing)
    number, denominator = _denominator(roster, given, len(standings))
    target = rubric.target(year) if year is not None else None
    required = math.ceil(target * number) if target is not None else None
    recognised = len(named[State.RECOGNISED])
    claiming = sum(standing.self_assessed for standing in standings)
    return Progress(
        year=year,
        target_rate=target,
        agencies=number,
        denominator=denominator,
        required=required,
        recognised=recognised,
        self_assessed=claiming,
        rate=Fraction(recognised, number) if number else None,
        gap=None if required is None else max(0, required - recognised),
        gap_if_confirmed=None if required is None else max(0, required - recognised - claiming),
        handed_in=sum(standing.handed_in for standing in standings),
        files=returns.tally.files,
        unreadable=returns.tally.unreadable,
        missing=tuple(standing.name for standing in named[State.MISSING]),
        withdrawn=tuple(standing.name for standing in named[State.WITHDRAWN]),
        duplicates=returns.duplicates,
        not_applicable=returns.not_applicable,
        lost=_lost(rubric, returns.tally, returns.counting),
        outside=roster.outside if roster else (),
        calendar=calendar_of(rubric, year, standings, plans=roster is not None and roster.plans),
        groups=groups_of(rubric, standings, roster),
        corrections=corrections_of(rubric, returns.tally, returns.counting),
    )


def _denominator(roster: Roster | None, given: int | None, known: int) -> tuple[int, Denominator]:
    if roster is not None:
        return len(roster), Denominator.ROSTER
    if given is not None:
        return given, Denominator.GIVEN
    return known, Denominator.SUBMISSIONS


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
