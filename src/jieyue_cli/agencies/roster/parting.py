"""Who of a list is in scope and who is not, and agencies that would be counted twice under two names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from jieyue_cli.agencies.roster.model import RosterEntry, key
from jieyue_cli.problems import Code, Location, Problem

Parted = tuple[tuple[RosterEntry, ...], tuple[RosterEntry, ...]]
"""Who is assessed, and who is not."""


class Cells(NamedTuple):
    """Where an agency stands."""

    name: str
    code: str


def in_and_out(entries: Sequence[RosterEntry], cells: Mapping[str, Cells]) -> tuple[Parted, list[Problem]]:
    """Part the agencies; ``cells`` are by ``key``. 合署 joins none that is assessed with one that is not."""
    outside = {entry.name for entry in entries if entry.outside}
    problems = [*_codes(entries, cells)]
    assessed: list[RosterEntry] = []
    left: list[RosterEntry] = []
    for entry in entries:
        together = tuple(name for name in entry.together if (name in outside) == bool(entry.outside))
        for other in entry.together:
            if other not in together and not entry.outside:
                here = Location(cell=cells[key(entry.name)].name)
                problems.append(Code.ROSTER_TOGETHER_OUTSIDE.at(here, name=entry.name, other=other))
        apart = entry if together == entry.together else replace(entry, together=together)
        (left if entry.outside else assessed).append(apart)
    return (tuple(assessed), tuple(left)), problems


def _codes(entries: Sequence[RosterEntry], cells: Mapping[str, Cells]) -> Iterator[Problem]:
    """Say which agencies have one code, unless both are left out: what has no code of its own has its superior's."""
    known: dict[str, RosterEntry] = {}
    for entry in entries:
        first = known.setdefault(entry.code, entry) if entry.code else entry
        if first is not entry and not (first.outside and entry.outside):
            code = Code.ROSTER_CODE_TOGETHER if first.name in entry.together else Code.ROSTER_CODE_TWICE
            here = Location(cell=cells[key(entry.name)].code)
            yield code.at(here, name=entry.name, first=first.name, other=first.row)
