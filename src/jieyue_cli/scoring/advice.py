"""How few more criteria reach the pass mark: what is required first, then those with the most points to gain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from jieyue_cli.rubric.model import Criterion, NotApplicableLimit, Rubric
from jieyue_cli.rubric.rules import Branch, LineState, Rule
from jieyue_cli.scoring.cases import gain
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.mending import mended, spared, unanswered
from jieyue_cli.scoring.scorecard import Requirement, Scorecard, Verdict
from jieyue_cli.submission import Answer, AnswerKind
from jieyue_cli.text.numbers import add

_PLAINLY = "按计分方式做到"


class AdviceStep(msgspec.Struct, frozen=True):
    """One open criterion: what it could still bring, and what the total would then be."""

    line: Line
    gain: Fraction
    """By how much the total would rise; 0 for a gate, and for what is lost in the rounding of a conversion."""
    how: str
    reaches: Fraction
    """The total after this step and all the steps before it."""


class Advice(msgspec.Struct, frozen=True):
    """The way to the pass mark."""

    gap: Fraction
    """Points missing; 0 or less where only a requirement is missed."""
    enough: tuple[AdviceStep, ...]
    """The fewest criteria that close the gap and meet what is required, which comes first."""
    others: tuple[AdviceStep, ...]
    """What else is open, in the same order."""
    missed: tuple[Requirement, ...]
    """What is required and not met."""
    attainable: bool
    """Whether ``enough`` leads there; not where too much was forfeited, or left out as not applicable."""
    first: tuple[str, ...] = ()
    """编号 of inputs that have to be answered first; the steps take it that they cost no points."""


def advise(card: Scorecard) -> Advice | None:
    """Name the fewest open criteria that reach the pass mark; None where it is reached already.

    What is required comes first; of the rest, taking the largest gains first gives the fewest criteria. Equal gains
    keep the standard's order.
    """
    if card.verdict is Verdict.PASS:
        return None
    if first := unanswered(card):
        gap = Fraction(card.rubric.pass_mark) - card.total
        return msgspec.structs.replace(_shortest(spared(card)), gap=gap, first=first)
    return _shortest(card)


def _shortest(card: Scorecard) -> Advice:
    missed = [missed for missed in card.requirements if not missed.met and _hinders(card.rubric, missed)]
    freeing = [asked for asked in missed if asked.must.zero == "unit"]
    if not freeing:
        return _way(card, missed)
    others = [asked for asked in missed if asked.must.zero != "unit"]
    return min(_way(card, others, freeing), _way(card, missed), key=lambda way: (not way.attainable, len(way.enough)))


def _way(card: Scorecard, missed: Sequence[Requirement], freeing: Sequence[Requirement] = ()) -> Advice:
    """The way that first meets what is missed; what frees a unit's points only when nothing else brings more."""
    required, last = list(_required(missed)), list(_required(freeing))
    chosen = {line.id for line in required}
    rest = sorted(
        (line for line in card.lines if is_open(line) and line.id not in chosen),
        key=lambda line: -gain(line),
    )
    steps: list[AdviceStep] = []
    gains: dict[str, Fraction] = {}
    before, total = card.unconverted, card.total
    needed, alike = len(required), _alike(card)
    waiting = [*required, *rest]
    while waiting:
        at = 0 if len(steps) < len(required) else _largest(card, waiting, alike, gains, before)
        after = _reaching(card, {**gains, waiting[at].id: gain(waiting[at])})
        if after == before and len(steps) >= len(required):
            last = [line for line in last if line.id not in gains]
            if not last:
                break  # a bonus unit is full already
            at = waiting.index(last[0])
            after = _reaching(card, {**gains, last[0].id: gain(last[0])})
        line = waiting.pop(at)
        gains[line.id] = gain(line)
        if len(steps) >= needed and total < card.rubric.pass_mark:
            needed += 1
        reaches = card.rubric.converted(after)
        steps.append(AdviceStep(line, reaches - total, _how(line), reaches))
        before, total = after, reaches
    attainable = total >= card.rubric.pass_mark and all(map(_attainable, missed))
    gap = Fraction(card.rubric.pass_mark) - card.total
    return Advice(gap, tuple(steps[:needed]), tuple(steps[needed:]), tuple(missed), attainable)


def _reaching(card: Scorecard, gains: Mapping[str, Fraction]) -> Fraction:
    """What ``unconverted`` would be with full points on these lines."""
    if not card.rubric.limited:
        return card.reaching(gains)  # the same, without making every line anew
    return mended(card, (line for line in (*card.gates, *card.lines) if line.id in gains)).unconverted


def _hinders(rubric: Rubric, requirement: Requirement) -> bool:
    """Whether missing it is no pass: above the limit on 不涉及 a lower grade may still be one.

    What takes points is met first where it can be.
    """
    must = requirement.must
    if must.zero:
        return _attainable(requirement)
    return not isinstance(must, NotApplicableLimit) or not rubric.passes(rubric.held_at(must))


def _attainable(requirement: Requirement) -> bool:
    """Whether what is missed can still be met; forfeited points stay lost, and 不涉及 stays what it is."""
    if isinstance(requirement.must, NotApplicableLimit):
        return requirement.met is None
    wanted = requirement.wanted
    most = add(line.score if line.forfeited else line.score + gain(line) for line in requirement.lines)
    return most > 0 if wanted is None else most >= wanted


def is_open(line: Line) -> bool:
    """Whether a line, or a gate, could still bring more."""
    return gain(line) > 0 and not line.forfeited


def _largest(
    card: Scorecard, lines: list[Line], alike: Mapping[str, object], gains: dict[str, Fraction], total: Fraction
) -> int:
    """The first of the lines that raise the total most; a bonus unit's cap may leave little of a large one."""
    if not alike:
        return 0  # they are in that order already
    places: dict[object, int] = {}
    for at, line in enumerate(lines):  # of lines that are alike, the first has the most to gain and raises most
        places.setdefault(alike[line.id], at)
    raised = {at: _reaching(card, {**gains, lines[at].id: gain(lines[at])}) - total for at in places.values()}
    return max(raised, key=lambda at: (raised[at], -at))


def _alike(card: Scorecard) -> dict[str, object]:
    """For each line its unit and the minimums in it that take points: such lines differ by their gain only.

    Empty where units count all that their items bring: there every gain raises the total.
    """
    if not card.rubric.limited and not any(unit.unit.bonus for unit in card.units):
        return {}
    taking = [(missed.id, {line.id for line in missed.lines}) for missed in card.requirements if missed.must.zero]
    return {
        line.id: (unit.unit.id, *(identifier for identifier, lines in taking if line.id in lines))
        for unit in card.units
        for line in unit.lines
    }


def _required(missed: Iterable[Requirement]) -> Iterator[Line]:
    """The lines that meet what is missed, those with the most points to gain first; of a limit what is to be mended."""
    seen: set[str] = set()
    for requirement in missed:
        for line in _meeting(requirement):
            if line.id not in seen:
                seen.add(line.id)
                yield line


def _meeting(requirement: Requirement) -> Iterator[Line]:
    lines = [line for line in requirement.lines if is_open(line)]
    wanted, score = requirement.wanted, add(line.score for line in requirement.lines)
    if wanted != add(line.points for line in requirement.lines):
        lines = sorted(lines, key=lambda line: -gain(line))
    for line in lines:
        yield line
        score += gain(line)
        if score > 0 if wanted is None else score >= wanted:
            return


def _how(line: Line) -> str:
    if line.state is LineState.PENDING:
        return "更正填写"
    criterion = line.criteria[0]
    if line.gate:
        return _filled_first(criterion, line) or "做到即符合"
    if len(line.criteria) > 1 or line.claim.answer.kind is AnswerKind.SCORE:
        return "补足未得的分"
    return _of_rule(criterion, line)


def _of_rule(criterion: Criterion, line: Line) -> str:
    """How a criterion, or the part of a branch whose case holds, is done in full."""
    if blank := _filled_first(criterion, line):
        return blank
    said = _said(line)
    if isinstance(criterion.rule, Branch):
        on = said[criterion.borrowed[0].id].value
        parts = criterion.case_of(on) if on is not None else ()
        return _of_rule(parts[0], line) if parts else _PLAINLY
    if not isinstance(criterion.rule, Rule):
        return _PLAINLY
    values = [value for question in criterion.needs if (value := said[question.id].value) is not None]
    return criterion.rule.improve(values if len(values) == len(criterion.needs) else (), criterion.points)


def _filled_first(criterion: Criterion, line: Line) -> str:
    """What else has to be filled in before this can be done; empty where nothing."""
    said = _said(line)
    blank = [question.id for question in criterion.borrowed if said[question.id].kind is AnswerKind.BLANK]
    return f"先填 {'、'.join(blank)}" if blank else ""


def _said(line: Line) -> dict[str, Answer]:
    return {claim.criteria[0]: claim.answer for claim in line.claims}
