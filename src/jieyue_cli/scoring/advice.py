"""How few more criteria reach the pass mark: what is required first, then those with the most points to gain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from jieyue_cli.rubric.model import Criterion
from jieyue_cli.rubric.rules import Branch, LineState, Rule
from jieyue_cli.scoring.cases import gain
from jieyue_cli.scoring.scorecard import Line, Requirement, Scorecard, Verdict
from jieyue_cli.submission import AnswerKind

_PLAINLY = "按计分方式做到"


class AdviceStep(msgspec.Struct, frozen=True):
    """One open criterion: what it could still bring, and what the total would then be."""

    line: Line
    gain: Fraction
    """By how much the total would rise; 0 for a gate."""
    how: str
    reaches: Fraction
    """The total after this step and all the steps before it."""


class Advice(msgspec.Struct, frozen=True):
    """The way to the pass mark."""

    gap: Fraction
    """Points missing; 0 or less where only a requirement is missed."""
    enough: tuple[AdviceStep, ...]
    """The fewest criteria that close the gap and meet what is required."""
    others: tuple[AdviceStep, ...]
    """What else is open, in the same order."""
    missed: tuple[Requirement, ...]
    """What is required and not met."""
    attainable: bool
    """Whether ``enough`` leads there; not where too much was forfeited, or left out as not applicable."""


def advise(card: Scorecard) -> Advice | None:
    """Name the fewest open criteria that reach the pass mark; None where it is reached already.

    What is required comes first; of the rest, taking the largest gains first gives the fewest criteria. Equal gains
    keep the standard's order.
    """
    if card.verdict is Verdict.PASS:
        return None
    missed = tuple(requirement for requirement in card.requirements if not requirement.met)
    required = list(_required(missed))
    chosen = {line.id for line in required}
    rest = sorted(
        (line for line in card.lines if is_open(line) and line.id not in chosen),
        key=lambda line: -gain(line),
    )
    steps: list[AdviceStep] = []
    gains: dict[str, Fraction] = {}
    total = card.total
    needed = len(required)
    waiting = [*required, *rest]
    while waiting:
        line = waiting.pop(0 if len(steps) < len(required) else _largest(card, waiting, gains, total))
        gains[line.id] = gain(line)
        reaches = card.reaching(gains)
        if reaches == total and len(steps) >= len(required):
            break  # a bonus unit is full already
        if len(steps) >= needed and total < card.rubric.pass_mark:
            needed += 1
        steps.append(AdviceStep(line, reaches - total, _how(line), reaches))
        total = reaches
    attainable = total >= card.rubric.pass_mark and all(map(_attainable, missed))
    gap = Fraction(card.rubric.pass_mark) - card.total
    return Advice(gap, tuple(steps[:needed]), tuple(steps[needed:]), missed, attainable)


def _attainable(requirement: Requirement) -> bool:
    """Whether what is missed can still be met; forfeited points stay lost."""
    kept = [not line.forfeited for line in requirement.lines]
    return any(kept) if requirement.must.reach == "nonzero" else all(kept)


def is_open(line: Line) -> bool:
    """Whether a line, or a gate, could still bring more."""
    return gain(line) > 0 and not line.forfeited


def _largest(card: Scorecard, lines: list[Line], gains: dict[str, Fraction], total: Fraction) -> int:
    """The first of the lines that raise the total most; a bonus unit's cap may leave little of a large one."""
    if not any(unit.unit.bonus for unit in card.units):
        return 0  # they are in that order already
    raised = [card.reaching({**gains, line.id: gain(line)}) - total for line in lines]
    return max(range(len(lines)), key=lambda at: (raised[at], -at))


def _required(missed: tuple[Requirement, ...]) -> Iterator[Line]:
    """The lines that meet what is missed: all of a ※; of a ★ the one with the most points to gain."""
    seen: set[str] = set()
    for requirement in missed:
        lines = [line for line in requirement.lines if is_open(line)]
        if requirement.must.reach == "nonzero":
            lines = sorted(lines, key=lambda line: -gain(line))[:1]
        for line in lines:
            if line.id not in seen:
                seen.add(line.id)
                yield line


def _how(line: Line) -> str:
    if line.state is LineState.PENDING:
        return "更正填写"
    criterion = line.criteria[0]
    if line.gate:
        return "做到即符合"
    if len(line.criteria) > 1 or line.claim.answer.kind is AnswerKind.SCORE:
        return "补足未得的分"
    return _of_rule(criterion, line)


def _of_rule(criterion: Criterion, line: Line) -> str:
    """How a criterion, or the part of a branch whose case holds, is done in full."""
    said = {claim.criteria[0]: claim.answer for claim in line.claims}
    blank = [question.id for question in criterion.borrowed if said[question.id].kind is AnswerKind.BLANK]
    if blank:
        return f"先填 {'、'.join(blank)}"
    if isinstance(criterion.rule, Branch):
        on = said[criterion.borrowed[0].id].value
        parts = criterion.case_of(on) if on is not None else ()
        return _of_rule(parts[0], line) if parts else _PLAINLY
    if not isinstance(criterion.rule, Rule):
        return _PLAINLY
    values = [value for question in criterion.needs if (value := said[question.id].value) is not None]
    return criterion.rule.improve(values if len(values) == len(criterion.needs) else (), criterion.points)
