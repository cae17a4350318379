"""The plan of visits: whom the office checks on the spot, and why; always the same (docs/office/verification.md)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import msgspec

from jieyue_cli.office.candidates import Candidate
from jieyue_cli.office.certainty import Certainty
from jieyue_cli.office.consistency import Note, notes
from jieyue_cli.office.sampling import Drawn, Size, draw
from jieyue_cli.rubric.model import Rubric


class How(Enum):
    """How an agency came into the plan; the value is what programs read."""

    CERTAIN = "certain"
    RANDOM = "random"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"certain": "必查", "random": "抽查"}[self.value]


class Visit(NamedTuple):
    """One agency to be visited."""

    candidate: Candidate
    how: How
    reasons: tuple[str, ...]
    """Of a certain one."""
    drawn: Drawn | None = None
    """Of a random one."""


class Stratum(msgspec.Struct, frozen=True):
    """One category in figures; ``population`` = ``certain`` + ``frame``."""

    category: str | None
    population: int
    """Agencies that can be visited."""
    certain: int
    frame: int
    """Among how many is drawn."""
    drawn: int


class Plan(NamedTuple):
    """Everything about one draw."""

    seed: str
    size: Size
    recheck: bool
    visits: tuple[Visit, ...]
    """The certain ones in the roster's order, then the drawn ones as they were drawn."""
    strata: tuple[Stratum, ...]
    """In the standard's order of categories; those without anybody to visit are left out."""
    frame: tuple[Drawn, ...]
    notes: tuple[Note, ...]
    certainty: Certainty


def plan_of(
    rubric: Rubric, candidates: Sequence[Candidate], texts: Sequence[str], seed: str, size: Size, *, recheck: bool
) -> Plan:
    """Plan visits to those whose form of the year is not checked, or with ``recheck`` to those recognised before it.

    ``candidates`` are the whole roster; ``texts`` are those of the tally.
    """
    able = [one for one in candidates if (one.recheckable if recheck else one.open)]
    certainty = Certainty(rubric, able)
    why = {one.name: tuple(certainty.recheck(one) if recheck else certainty.reasons(one)) for one in able}
    by_name = {one.name: one for one in able}
    frames: dict[str | None, list[str]] = {category: [] for category in (*rubric.scope, None)}
    for one in able:
        frames.setdefault(one.standing.category, []).extend([] if why[one.name] else [one.name])
    frame = draw(seed, frames, size)
    certain = [Visit(one, How.CERTAIN, why[one.name]) for one in able if why[one.name]]
    random = [Visit(by_name[one.name], How.RANDOM, (), one) for one in frame if one.drawn]
    found = notes(rubric, candidates, texts)
    return Plan(
        seed,
        size,
        recheck,
        (*certain, *random),
        tuple(stratum for category in frames if (stratum := _stratum(category, able, certain, frame)).population),
        tuple(frame),
        tuple(note for note in found if not by_name.keys().isdisjoint(note.agencies)),
        certainty,
    )


def _stratum(
    category: str | None, able: Sequence[Candidate], certain: Sequence[Visit], frame: Sequence[Drawn]
) -> Stratum:
    own = [one for one in frame if one.category == category]
    return Stratum(
        category,
        sum(one.standing.category == category for one in able),
        sum(visit.candidate.standing.category == category for visit in certain),
        len(own),
        sum(one.drawn for one in own),
    )
