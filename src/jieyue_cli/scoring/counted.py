"""From scored lines to the scorecard: what is required of them, and how much of each unit counts.

A minimum with ``zero`` and an entry condition that is not met take all of a unit's points; so does a deduction of which
it is not known how much it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from jieyue_cli.rubric.limits import Entry, UnitDeduction
from jieyue_cli.rubric.model import Must, Rubric, Unit
from jieyue_cli.scoring.lines import Limit, Line, UnitScore
from jieyue_cli.scoring.requirements import requirements
from jieyue_cli.scoring.scorecard import Requirement, Scorecard
from jieyue_cli.submission import Answer, AnswerKind, Claim
from jieyue_cli.text.numbers import add, cut, plain


def counted(
    rubric: Rubric, units: tuple[UnitScore, ...], gates: tuple[Line, ...], inputs: tuple[Claim, ...]
) -> Scorecard:
    """The scorecard of these lines."""
    required = requirements(rubric, units, gates)
    if rubric.limited:
        taking = [missed for missed in required if missed.must.zero and not missed.met]
        units = _limited(rubric, units, taking, {claim.criteria[0]: claim.answer for claim in inputs})
    return Scorecard(rubric, units, gates, required, inputs)


def _limited(
    rubric: Rubric, units: Sequence[UnitScore], missed: Sequence[Requirement], inputs: Mapping[str, Answer]
) -> tuple[UnitScore, ...]:
    """The units with what limits them; base units first, because a bonus unit may wait for their total."""
    done: dict[str, UnitScore] = {}
    for unit in sorted(units, key=lambda unit: unit.unit.bonus):
        if not unit.items:  # it is for other classes of agency
            done[unit.unit.id] = unit
            continue
        taking = (each for each in missed if each.must.zero == "total" or each.unit == unit.unit.id)
        limits = [_zeroed(unit.unit, each) for each in taking]
        if unit.unit.entry:
            limits += _not_entered(rubric, unit.unit, unit.unit.entry, done)
        if replace(unit, limits=()).at_most:
            limits += [_deducted(each, inputs[each.input]) for each in unit.unit.deductions if _takes(each, inputs)]
        done[unit.unit.id] = replace(unit, limits=tuple(limits))
    return tuple(done[unit.unit.id] for unit in units)


def _zeroed(unit: Unit, missed: Requirement) -> Limit:
    assert isinstance(missed.must, Must), "nothing else takes points"  # noqa: S101 -- our own fault
    score = plain(cut(add(line.score for line in missed.lines)))
    own = "本单元" if missed.id == unit.id else unit.name
    whole = "总分" if missed.must.zero == "total" else own
    return _limit(
        f"{missed.id} {missed.text}得 {score} 分，{missed.must.below}，{whole}计零分", certain=missed.met is False
    )


def _not_entered(rubric: Rubric, unit: Unit, entry: Entry, done: Mapping[str, UnitScore]) -> Iterator[Limit]:
    if entry.of is None:
        base = Scorecard(rubric, tuple(scored for scored in done.values() if not scored.unit.bonus))
        at_least, at_most = base.unconverted, base.unconverted_at_most
    else:
        at_least, at_most = done[entry.of].score, done[entry.of].at_most
    if not entry.opens(at_least):
        score = f"{done[entry.of].unit.name if entry.of else '基础分'} {plain(cut(at_least))} 分"
        yield _limit(f"{unit.name}未进入：{score}，{entry.below}，本单元不计分", certain=not entry.opens(at_most))


def _takes(deduction: UnitDeduction, inputs: Mapping[str, Answer]) -> bool:
    return inputs[deduction.input].value != 0


def _deducted(deduction: UnitDeduction, answer: Answer) -> Limit:
    if answer.kind is not AnswerKind.VALUE or answer.value is None:
        return _limit(f"{deduction.name}（{deduction.input}）没有可以采信的填报，本单元暂不计分", certain=False)
    return Limit(deduction.why(answer.value), certain=True, lost=deduction.lost(answer.value))


def _limit(reason: str, *, certain: bool) -> Limit:
    return Limit(reason if certain else f"{reason}，更正填报后才能确定", certain)
