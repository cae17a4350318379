"""From scored lines to the scorecard: what is required of them, and how much of each unit counts.

A minimum with ``zero`` and an entry condition that is not met take all of a unit's points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from jieyue_cli.rubric.limits import Entry
from jieyue_cli.rubric.model import Rubric, Unit
from jieyue_cli.scoring.requirements import requirements
from jieyue_cli.scoring.scorecard import Limit, Line, Requirement, Scorecard, UnitScore
from jieyue_cli.text.numbers import add, cut, plain


def counted(rubric: Rubric, units: tuple[UnitScore, ...], gates: tuple[Line, ...]) -> Scorecard:
    """The scorecard of these lines."""
    required = requirements(rubric, units, gates)
    if rubric.limited:
        units = _limited(rubric, units, [missed for missed in required if missed.must.zero and not missed.met])
    return Scorecard(rubric, units, gates, required)


def _limited(rubric: Rubric, units: Sequence[UnitScore], missed: Sequence[Requirement]) -> tuple[UnitScore, ...]:
    """The units with what limits them; base units first, because a bonus unit may wait for their total."""
    done: dict[str, UnitScore] = {}
    for unit in sorted(units, key=lambda unit: unit.unit.bonus):
        limits = [_zeroed(each) for each in missed if each.must.zero == "total" or each.unit == unit.unit.id]
        if unit.unit.entry:
            limits += _not_entered(rubric, unit.unit, unit.unit.entry, done)
        done[unit.unit.id] = replace(unit, limits=tuple(limits))
    return tuple(done[unit.unit.id] for unit in units)


def _zeroed(missed: Requirement) -> Limit:
    score = plain(cut(add(line.score for line in missed.lines)))
    return Limit(f"{missed.text}得 {score} 分，没有达到{missed.must.chinese}", certain=missed.met is False)


def _not_entered(rubric: Rubric, unit: Unit, entry: Entry, done: Mapping[str, UnitScore]) -> Iterator[Limit]:
    if entry.of is None:
        base = Scorecard(rubric, tuple(scored for scored in done.values() if not scored.unit.bonus))
        at_least, at_most = base.unconverted, base.unconverted_at_most
    else:
        at_least, at_most = done[entry.of].score, done[entry.of].at_most
    if not entry.opens(at_least):
        condition = entry.chinese({scored.unit.id: scored.unit.name for scored in done.values()})
        reason = f"{unit.name}不计入：{condition}，现为 {plain(cut(at_least))} 分"
        yield Limit(reason, certain=not entry.opens(at_most))
