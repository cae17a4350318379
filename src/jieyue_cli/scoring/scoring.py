"""Rubric × claims → Scorecard, pure: the same claims always bring the same points, and every point has its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from jieyue_cli.remembering import Remembered
from jieyue_cli.rubric.model import Criterion, Item, NotApplicable, Rubric
from jieyue_cli.rubric.rules import Branch, LineState, Outcome, Rule
from jieyue_cli.scoring.counted import counted
from jieyue_cli.scoring.forfeit import without_forfeited
from jieyue_cli.scoring.lines import ItemScore, Line, UnitScore
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import BLANK, Answer, AnswerKind, Claim
from jieyue_cli.text.numbers import ZERO, add

_MOST = 2048
"""Lines, and scores of items, that are remembered of one standard."""
_Key = tuple[str, tuple[Claim | None, ...]]
"""The 编号 of a criterion or item, and the claims to all that is asked there."""


def score(rubric: Rubric, claims: Iterable[Claim]) -> Scorecard:
    """Score one side's answers; whoever scores many forms makes one ``Scorer`` for all of them."""
    return Scorer(rubric).score(claims)


class Scorer:
    """Scores one side of a form after another by one rubric, as it stands for one class of agency.

    Forms share most of their answers: what the same claims bring is worked out once for all of them.
    """

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._items = {item.id: item for item in rubric.items}
        self._criteria = {criterion.id: criterion for criterion in rubric.judged}
        self._asked = {identifier: _asked(criterion) for identifier, criterion in self._criteria.items()}
        self._asked_in = {
            item.id: tuple(asked for criterion in item.criteria for asked in self._asked[criterion.id])
            for item in rubric.items
        }
        self._lines = Remembered(self._line_of, _MOST)
        self._item_scores = Remembered(self._item_of, _MOST)

    def score(self, claims: Iterable[Claim]) -> Scorecard:
        """Score one side's answers; a question that no claim answers counts as not claimed."""
        rubric = self._rubric
        by_id = {claim.criteria[0]: claim for claim in claims}
        by_id |= {identifier: claim for claim in by_id.values() for identifier in claim.criteria[1:]}

        def item_score(item: Item) -> ItemScore:
            return self._item_scores[item.id, tuple(map(by_id.get, self._asked_in[item.id]))]

        units = tuple(UnitScore(unit, tuple(map(item_score, unit.items))) for unit in rubric.units)
        gates = tuple(self._lines[gate.id, tuple(map(by_id.get, self._asked[gate.id]))] for gate in rubric.gates)
        if false := {claim.criteria[0] for claim in by_id.values() if claim.answer.kind is AnswerKind.FALSE}:
            units, gates = without_forfeited(rubric, units, gates, false)
        inputs = tuple(by_id.get(asked.id) or Claim((asked.id,), BLANK) for asked in rubric.inputs)
        return counted(rubric, units, gates, inputs)

    def _item_of(self, key: _Key) -> ItemScore:
        identifier, claims = key
        item, by_id = self._items[identifier], dict(zip(self._asked_in[identifier], claims, strict=True))
        keys = [(criterion.id, tuple(map(by_id.get, self._asked[criterion.id]))) for criterion in item.criteria]
        return ItemScore(item, tuple(self._lines[entry] for entry in keys if not _covered(*entry)))

    def _line_of(self, key: _Key) -> Line:
        identifier, claims = key
        by_question = {claim.criteria[0]: claim for claim in claims if claim}
        return _line(self._rubric, by_question, self._criteria[identifier])


def _asked(criterion: Criterion) -> tuple[str, ...]:
    """The 编号 of all claims that can matter to a criterion: its own, and those of what it needs to know."""
    return tuple(dict.fromkeys((criterion.id, *(question.id for question in criterion.needs))))


def _covered(identifier: str, claims: tuple[Claim | None, ...]) -> bool:
    """Whether a criterion is scored together with one that stands before it."""
    return claims[0] is not None and identifier in claims[0].criteria[1:]


def _line(rubric: Rubric, claims: Mapping[str, Claim], criterion: Criterion) -> Line:
    whole = claims.get(criterion.id)
    answered_here = any(question.id == criterion.id for question in criterion.questions)
    if whole and (len(whole.criteria) > 1 or whole.answer.kind is AnswerKind.SCORE or not answered_here):
        return _whole(rubric, whole)
    needed = sorted(criterion.needs, key=lambda question: not question.own)
    used = tuple(claims.get(question.id) or Claim((question.id,), BLANK) for question in needed)
    outcome = settled(criterion, {claim.criteria[0]: claim.answer for claim in used})
    return Line((criterion,), used, Fraction(criterion.points), *outcome, own=len(criterion.questions))


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
        own = [answers[question.id] for question in criterion.needs]
        values = [answer.value for answer in own if answer.kind is AnswerKind.VALUE and answer.value is not None]
        if len(values) < len(own):
            return _without_value(criterion, Fraction(points), {answer.kind for answer in own})
        return _earned(rule.score(values, points))
    counted = criterion.parts
    if isinstance(rule, Branch):
        on = answers[rule.on.input or ""]
        if on.value is None:
            return _without_value(criterion, Fraction(points), {on.kind})
        counted = criterion.case_of(on.value)
    parts = [(settled(part, answers), part.points) for part in counted]
    left = [(outcome, most) for outcome, most in parts if outcome.state is not LineState.EXCLUDED]
    return rule.combine(left, points) if left else Outcome(LineState.EXCLUDED, ZERO, ZERO)


def _without_value(criterion: Criterion, points: Fraction, kinds: set[AnswerKind]) -> Outcome:
    """What a criterion is worth that is not, or not wholly, answered with a value.

    不涉及 holds for the criterion where all of its questions say so, or one that is asked elsewhere; to some of its own
    alone it means nothing.
    """
    if AnswerKind.FALSE in kinds and AnswerKind.UNREADABLE not in kinds:
        return _earned(ZERO)
    absent = AnswerKind.NOT_APPLICABLE in kinds
    if absent and criterion.not_applicable.leaves_out and (criterion.borrowed or len(kinds) == 1):
        return Outcome(LineState.EXCLUDED, ZERO, ZERO)
    if AnswerKind.UNREADABLE in kinds or (absent and len(kinds) > 1 and len(criterion.questions) > 1):
        return Outcome(LineState.PENDING, ZERO, points)
    if not absent:
        return Outcome(LineState.BLANK, ZERO, ZERO)
    return _earned(points if criterion.not_applicable is NotApplicable.FULL else ZERO)


def _earned(points: Fraction) -> Outcome:
    return Outcome(LineState.SCORED, points, points)
