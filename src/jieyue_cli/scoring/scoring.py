"""Rubric × claims → Scorecard, a pure function in which every point has its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from jieyue_cli.remembering import by_identity
from jieyue_cli.rubric.model import Criterion, Item, NotApplicable, Rubric
from jieyue_cli.rubric.rules import LineState, Outcome, Rule
from jieyue_cli.scoring.requirements import requirements
from jieyue_cli.scoring.scorecard import ItemScore, Line, Scorecard, UnitScore
from jieyue_cli.submission import BLANK, Answer, AnswerKind, Claim
from jieyue_cli.text.numbers import ZERO, add


def score(rubric: Rubric, claims: Iterable[Claim]) -> Scorecard:
    """Score one side's answers; a question that no claim answers counts as not claimed."""
    by_question = {claim.criteria[0]: claim for claim in claims}
    covered = {identifier for claim in by_question.values() for identifier in claim.criteria[1:]}
    false = {identifier for identifier, claim in by_question.items() if claim.answer.kind is AnswerKind.FALSE}

    simple = _simple(rubric)

    def line(criterion: Criterion) -> Line:
        claim = by_question.get(criterion.id)
        if claim is not None and criterion.id in simple.criteria:
            return simple.line(claim)
        return _line(rubric, by_question, criterion)

    def lines(item: Item) -> tuple[Line, ...]:
        return tuple(line(each) for each in item.criteria if each.id not in covered)

    units = tuple(UnitScore(unit, tuple(ItemScore(item, lines(item)) for item in unit.items)) for unit in rubric.units)
    gates = tuple(line(gate) for gate in rubric.gates)
    if false:
        units = _forfeited(rubric, units, false)
    return Scorecard(rubric, units, gates, requirements(rubric, units, gates))


class _Simple:
    """The criteria of a standard that one claim decides: a line is made once for all forms that share its claim."""

    def __init__(self, rubric: Rubric) -> None:
        self.criteria = {
            criterion.id: criterion
            for criterion in (*rubric.gates, *rubric.criteria)
            if [question.id for question in criterion.questions] == [criterion.id]
        }
        self.line = by_identity(_LINES)(self._made)
        self._rubric = rubric

    def _made(self, claim: Claim) -> Line:
        identifier = claim.criteria[0]
        return _line(self._rubric, {identifier: claim}, self.criteria[identifier])


_LINES = 2048
_simple = by_identity(32)(_Simple)


def _line(rubric: Rubric, claims: Mapping[str, Claim], criterion: Criterion) -> Line:
    whole = claims.get(criterion.id)
    answered_here = any(question.id == criterion.id for question in criterion.questions)
    if whole and (len(whole.criteria) > 1 or whole.answer.kind is AnswerKind.SCORE or not answered_here):
        return _whole(rubric, whole)
    own = tuple(claims.get(question.id) or Claim((question.id,), BLANK) for question in criterion.questions)
    outcome = settled(criterion, {claim.criteria[0]: claim.answer for claim in own})
    return Line((criterion,), own, Fraction(criterion.points), *outcome)


def _whole(rubric: Rubric, claim: Claim) -> Line:
    """Points written for one criterion, or for several together."""
    criteria = tuple(rubric.by_id[identifier] for identifier in claim.criteria)
    points = add(Fraction(criterion.points) for criterion in criteria)
    if claim.answer.kind is AnswerKind.SCORE:
        outcome = _earned(Fraction(claim.answer.value or 0))
    elif len(criteria) > 1 and claim.answer.kind is AnswerKind.NOT_APPLICABLE:
        outcome = _earned(ZERO)
    else:
        outcome = _without_value(criteria[0], points, {claim.answer.kind})
    return Line(criteria, (claim,), points, *outcome)


def settled(criterion: Criterion, answers: Mapping[str, Answer]) -> Outcome:
    """What a criterion is worth, from the answers to its questions."""
    rule, points = criterion.rule, criterion.points
    if isinstance(rule, Rule):
        own = [answers[question.id] for question in criterion.questions]
        values = [answer.value for answer in own if answer.kind is AnswerKind.VALUE and answer.value is not None]
        if len(values) < len(own):
            return _without_value(criterion, Fraction(points), {answer.kind for answer in own})
        return _earned(rule.score(values, points))
    parts = [(part, settled(part, answers)) for part in criterion.parts]
    counted = [(outcome, part.points) for part, outcome in parts if outcome.state is not LineState.EXCLUDED]
    return rule.combine(counted, points) if counted else Outcome(LineState.EXCLUDED, ZERO, ZERO)


def _without_value(criterion: Criterion, points: Fraction, kinds: set[AnswerKind]) -> Outcome:
    """What a criterion is worth that is not, or not wholly, answered with a value."""
    if AnswerKind.UNREADABLE in kinds:
        return Outcome(LineState.PENDING, ZERO, points)
    if AnswerKind.FALSE in kinds:
        return _earned(ZERO)
    if AnswerKind.NOT_APPLICABLE not in kinds:
        return Outcome(LineState.BLANK, ZERO, ZERO)
    if criterion.not_applicable.leaves_out:
        return Outcome(LineState.EXCLUDED, ZERO, ZERO)
    return _earned(points if criterion.not_applicable is NotApplicable.FULL else ZERO)


def _earned(points: Fraction) -> Outcome:
    return Outcome(LineState.SCORED, points, points)


def _forfeited(rubric: Rubric, units: tuple[UnitScore, ...], false: set[str]) -> tuple[UnitScore, ...]:
    """Take away all the points of what holds a claim that the office found to be false."""

    def held(line: Line) -> bool:
        return any(claim.criteria[0] in false for claim in line.claims)

    def lost(line: Line) -> Line:
        return msgspec.structs.replace(line, state=LineState.SCORED, score=ZERO, at_most=ZERO, forfeited=True)

    made = []
    for unit in units:
        whole = rubric.forfeit == "unit" and any(map(held, unit.lines))
        items = []
        for item in unit.items:
            all_of_it = whole or (rubric.forfeit == "item" and any(map(held, item.lines)))
            lines = tuple(lost(line) if all_of_it or held(line) else line for line in item.lines)
            items.append(ItemScore(item.item, lines))
        made.append(UnitScore(unit.unit, tuple(items)))
    return tuple(made)
