"""One form an agency and year: copies of one file count once, different forms not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.problems import Code, Location, Problem

_MOST_NAMED = 5
"""Files of one agency that a message names."""
_AGENCY_YEAR = attrgetter("key", "year")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Several different forms of one agency for one year; none of them counts until the office keeps one."""

    name: str
    year: int
    files: tuple[str, ...]


def single_forms(outcomes: Iterable[FormOutcome]) -> tuple[list[FormOutcome], list[Duplicate], list[Problem]]:
    """The one form of each agency and year, and what is wrong where there are several.

    ``outcomes`` are sorted by agency and year, as are the forms that are left.
    """
    single: list[FormOutcome] = []
    several: list[list[FormOutcome]] = []
    for _, together in groupby(outcomes, _AGENCY_YEAR):
        group = list(together)
        if _copies(group):
            single.append(group[0])
        if len(group) > 1:
            several.append(group)
    several.sort(key=lambda group: group[0].file)
    duplicates = [
        Duplicate(group[0].name, group[0].year, tuple(outcome.file for outcome in group))
        for group in several
        if not _copies(group)
    ]
    return single, duplicates, [problem for group in several for problem in _told(group)]


def _copies(group: Sequence[FormOutcome]) -> bool:
    return len({outcome.digest for outcome in group}) == 1


def _told(group: Sequence[FormOutcome]) -> Iterator[Problem]:
    """Tell of each of several files of one agency which the others are."""
    code = Code.SUBMISSION_COPIED if _copies(group) else Code.SUBMISSION_DOUBLED
    for outcome in group:
        few = [other.file for other in group[: _MOST_NAMED + 1] if other is not outcome]
        others = _listing(few, len(group) - 1)
        yield code.at(Location(outcome.file), name=outcome.name, year=outcome.year, others=others)


def _listing(files: Sequence[str], count: int) -> str:
    shown = "、".join(files[:_MOST_NAMED])
    return shown if count <= _MOST_NAMED else f"{shown} 等 {count} 份"
