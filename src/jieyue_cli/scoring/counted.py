"""From scored lines to the scorecard: what is required of them, and how much of each unit counts.

A minimum with ``zero`` and an entry condition take all of a unit's points; deductions across the unit take some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from jieyue_cli.rubric.limits import Entry
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.requirements import requirements
from jieyue_cli.scoring.scorecard import Limit, Line, Requirement, Scorecard, UnitScore
from jieyue_cli.text.numbers import add, plain, shortened


def counted(rubric: Rubric, units: tuple[UnitScore, ...], gates: tuple[Line, ...]) -> Scorecard:
    """The scorecard of these lines."""
    required = requirements(rubric, units, gates)
    if rubric.limited:
        units = _limited(rubric, units, required)
    return Scorecard(rubric, units, gates, required)


def _limited(
    rubric: Rubric, units: tuple[UnitScore, ...], required: tuple[Requirement, ...]
) -> tuple[UnitScore, ...]:
    """The units with what limits them; base units first, because a bonus unit may wait for their total."""
    done: dict[str, UnitScore] = {}
    for unit in sorted(units, key=lambda unit: unit.unit.bonus):
        limits = [*_zeroed(unit, required)]
        if entry := unit.unit.entry:
            limits += _not_entered(rubric, entry, done)
        done[unit.unit.id] = replace(unit, limits=tuple(limits))
    return tuple(done[unit.unit.id] for unit in units)


def _zeroed(unit: UnitScore, required: tuple[Requirement, ...]) -> Iterator[Limit]:
    for requirement in required:
        if requirement.unit == unit.unit.id and requirement.must.zero == "unit" and not requirement.met:
            score = plain(add(line.score for line in requirement.lines))
            reason = f"{requirement.text}得 {score} 分（{requirement.must.chinese}），“{unit.unit.name}”计零分"
            yield Limit(reason, certain=requirement.met is False)


def _not_entered(rubric: Rubric, entry: Entry, done: Mapping[str, UnitScore]) -> Iterator[Limit]:
    if entry.of is None:
        base = Scorecard(rubric, tuple(unit for unit in done.values() if not unit.unit.bonus))
        at_least, at_most = base.total, base.at_most
    else:
        at_least, at_most = done[entry.of].score, done[entry.of].at_most
    if not entry.opens(at_least):
        yield Limit("", certain=not entry.opens(at_most))
