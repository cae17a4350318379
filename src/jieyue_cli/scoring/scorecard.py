"""Rubric × answers → Scorecard, a pure function in which every point has its reason.

``total`` is what is established; ``at_most`` adds what unreadable answers could still be worth once mended, so
that a verdict is given only where no mending could change it (docs/contract.md, Scores).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import msgspec

from jieyue_cli.remembering import by_identity
from jieyue_cli.rubric.model import Criterion, Gate, Item, Must, NotApplicable, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType, Combination, LineState, Outcome, Rule, plain
from jieyue_cli.rubric.rules.ladder import NONE
from jieyue_cli.submission import BLANK, Answer, AnswerKind, Claim

ZERO = Decimal(0)
Exact = Decimal | Fraction
"""A total: a fraction only where it was rescaled."""


def less(total: Exact, other: Exact) -> Exact:
    """``total - other``; a fraction only where one of them is."""
    if isinstance(total, Decimal) and isinstance(other, Decimal):
        return total - other
    return Fraction(total) - Fraction(other)


def cut(total: Exact) -> Decimal:
    """A total as it is written down: cut after two decimals, never rounded up to a mark."""
    return Decimal(plain(Fraction(total)))


class Verdict(Enum):
    """Whether a scorecard reaches the pass mark."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"pass": "达标", "fail": "未达标", "undetermined": "待更正"}[self.value]


class Line(NamedTuple):
    """The points of one criterion, or of several that a table scores together."""

    criteria: tuple[Criterion, ...]
    claims: tuple[Claim, ...]
    """One for each question of the criterion; or one for all the criteria."""
    points: Decimal
    """The most it can bring."""
    state: LineState
    score: Decimal
    at_most: Decimal
    forfeited: bool = False
    """The office found a claim near it to be false."""

    @property
    def gate(self) -> bool:
        """Whether it is a condition without points."""
        return isinstance(self.criteria[0], Gate)

    @property
    def worth(self) -> str:
        """What it brings, for a person: ``4 分``, or whether a condition is met."""
        if not self.gate:
            return f"{plain(self.score)} 分"
        if self.state is LineState.PENDING:
            return "待更正"
        return "符合" if self.score == self.points or self.state is LineState.EXCLUDED else "不符合"

    @property
    def id(self) -> str:
        """The 编号, joined by ``+`` where there are several."""
        return "+".join(criterion.id for criterion in self.criteria)

    @property
    def claim(self) -> Claim:
        """The only claim, or the first one."""
        return self.claims[0]

    @property
    def excused(self) -> bool:
        """Whether 不涉及 was answered, and accepted."""
        return self.state is LineState.EXCLUDED or (
            len(self.criteria) == 1
            and self.claim.answer.kind is AnswerKind.NOT_APPLICABLE
            and self.policy is NotApplicable.FULL
        )

    @property
    def policy(self) -> NotApplicable:
        """What 不涉及 does here."""
        return self.criteria[0].leaves[0].not_applicable

    @property
    def answer(self) -> str | Decimal | None:
        """The answer as understood: 是, 否, 不涉及, a number; as written where it was not; None for a blank."""
        if len(self.claims) == 1:
            return answered(self.criteria[0], self.claim)
        said = [(claim, answered(self.criteria[0], claim)) for claim in self.claims]
        told = [f"{claim.criteria[0]} {_words(answer)}" for claim, answer in said if answer is not None]
        return "；".join(told) or None

    @property
    def why(self) -> str:
        """One sentence: the answer, the rule, the points and the cell they come from."""
        places = [claim.cell for claim in self.claims if claim.cell]
        where = f"（{self.claim.sheet}!{'、'.join(places)}）" if places else ""
        return f"{_reason(self)} → {self.worth}{where}"


class ItemScore(msgspec.Struct, frozen=True, dict=True):
    """The lines of one item."""

    item: Item
    lines: tuple[Line, ...]

    @cached_property
    def score(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.score for line in self.lines), ZERO)


class UnitScore(msgspec.Struct, frozen=True, dict=True):
    """The items of one unit."""

    unit: Unit
    items: tuple[ItemScore, ...]

    @cached_property
    def score(self) -> Decimal:
        """The sum of its items; of a bonus unit, not more than its points."""
        return self._counted(sum((item.score for item in self.items), ZERO))

    @cached_property
    def at_most(self) -> Decimal:
        """What the score could become once every unreadable answer is mended."""
        return self._counted(sum((line.at_most for line in self.lines), ZERO))

    @cached_property
    def beyond(self) -> Decimal:
        """What its items bring above a bonus unit's cap."""
        return sum((item.score for item in self.items), ZERO) - self.score

    @property
    def lines(self) -> Iterator[Line]:
        """Every line in the standard's order."""
        return (line for item in self.items for line in item.lines)

    def _counted(self, points: Decimal) -> Decimal:
        return min(points, self.unit.points) if self.unit.bonus else points


class Requirement(NamedTuple):
    """Something that has to be reached for any pass: a gate, or what is marked ★ or ※."""

    id: str
    text: str
    must: Must
    met: bool
    """For certain."""
    could: bool
    """Perhaps, once every unreadable answer is mended."""
    lines: tuple[Line, ...]
    """Which have to reach it, without those that are left out as not applicable."""
    gate: bool = False


class Scorecard(msgspec.Struct, frozen=True, dict=True):
    """What one side's answers are worth, down to the last point."""

    rubric: Rubric
    """As it stands for the agency's class."""
    units: tuple[UnitScore, ...]
    gates: tuple[Line, ...] = ()
    """Scored 1 where met; these are no points."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in the standard's order."""
        return tuple(line for unit in self.units for line in unit.lines)

    @cached_property
    def raw(self) -> Decimal:
        """The sum of the units, before any rescaling."""
        return sum((unit.score for unit in self.units), ZERO)

    @cached_property
    def total(self) -> Exact:
        """What is established: the sum of the units; rescaled where something was left out that way."""
        return self._rescaled(*self._sums("score"))

    @cached_property
    def at_most(self) -> Exact:
        """What the total could become once every unreadable answer is mended."""
        return self._rescaled(*self._sums("at_most"))

    @cached_property
    def excused(self) -> tuple[Line, ...]:
        """Where 不涉及 was accepted."""
        return tuple(line for line in self.lines if line.excused) if self.rubric.policies else ()

    @cached_property
    def denominator(self) -> Decimal:
        """应得满分: the rubric's points without those that are left out."""
        return self.rubric.points - self._left_out(NotApplicable.DROPPED, NotApplicable.RESCALED)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every gate and every mark ★ or ※ with what became of it."""
        return tuple(_requirements(self)) if _asks_for_more(self.rubric) else ()

    @cached_property
    def grade(self) -> str | None:
        """The grade by its name; None where mending could still change it."""
        low, high = self._level(self.total, "met"), self._level(self.at_most, "could")
        return self.rubric.levels[low][0] if low == high else None

    @cached_property
    def verdict(self) -> Verdict:
        """The pass mark is inclusive and compared exactly; a missed requirement is no pass."""
        if self._passes(self._level(self.total, "met")):
            return Verdict.PASS
        return Verdict.UNDETERMINED if self._passes(self._level(self.at_most, "could")) else Verdict.FAIL

    @property
    def conclusion(self) -> str:
        """The grade where the standard has grades, else 达标, 未达标; 待更正 where it is not settled."""
        return self.grade or Verdict.UNDETERMINED.chinese

    def count(self, kind: AnswerKind) -> int:
        """How many lines have an answer of this kind."""
        return sum(any(claim.answer.kind is kind for claim in line.claims) for line in self.lines)

    @property
    def shown(self) -> Decimal:
        """The total as it is written down."""
        return cut(self.total)

    def reaching(self, gains: Mapping[str, Decimal]) -> Exact:
        """What the total would be with more points on some lines."""
        base, bonus = ZERO, ZERO
        for unit in self.units:
            points = sum((line.score + gains.get(line.id, ZERO) for line in unit.lines), ZERO)
            if unit.unit.bonus:
                bonus += min(points, unit.unit.points)
            else:
                base += points
        return self._rescaled(base, bonus)

    def _sums(self, which: str) -> tuple[Decimal, Decimal]:
        """The base units together, and the bonus units."""
        base = sum((getattr(unit, which) for unit in self.units if not unit.unit.bonus), ZERO)
        return base, sum((getattr(unit, which) for unit in self.units if unit.unit.bonus), ZERO)

    def _rescaled(self, base: Decimal, bonus: Decimal) -> Exact:
        out = self._left_out(NotApplicable.RESCALED)
        if not out:
            return base + bonus
        due = self.rubric.points - out
        if not due:
            return bonus
        return Fraction(base) * Fraction(self.rubric.points) / Fraction(due) + Fraction(bonus)

    def _left_out(self, *policies: NotApplicable) -> Decimal:
        if not self.excused:
            return ZERO
        base = (line for unit in self.units if not unit.unit.bonus for line in unit.lines)
        return sum((line.points for line in base if line.state is LineState.EXCLUDED and line.policy in policies), ZERO)

    def _level(self, total: Exact, which: str) -> int:
        """The place of the grade for a total, with every missed requirement holding it down."""
        levels = self.rubric.levels
        level = max((at for at, (_, start) in enumerate(levels) if start <= total), default=0)
        for requirement in self.requirements:
            if not getattr(requirement, which):
                level = min(level, self._held_at(requirement.must))
        return level

    def _held_at(self, must: Must) -> int:
        names = [name for name, _ in self.rubric.levels]
        if must.otherwise is not None:
            return names.index(must.otherwise)
        return max((at for at in range(len(names)) if not self._passes(at)), default=0)

    def _passes(self, level: int) -> bool:
        return self.rubric.levels[level][1] >= self.rubric.pass_mark


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
    return Scorecard(rubric, _forfeited(rubric, units, false) if false else units, gates)


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
    return Line((criterion,), own, criterion.points, *outcome)


def _whole(rubric: Rubric, claim: Claim) -> Line:
    """Points written for one criterion, or for several together."""
    criteria = tuple(rubric.by_id[identifier] for identifier in claim.criteria)
    points = sum((criterion.points for criterion in criteria), ZERO)
    if claim.answer.kind is AnswerKind.SCORE:
        outcome = Outcome(LineState.SCORED, claim.answer.value or ZERO, claim.answer.value or ZERO)
    elif len(criteria) > 1 and claim.answer.kind is AnswerKind.NOT_APPLICABLE:
        outcome = Outcome(LineState.SCORED, ZERO, ZERO)
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
            return _without_value(criterion, points, {answer.kind for answer in own})
        score = rule.score(values, points)
        return Outcome(LineState.SCORED, score, score)
    parts = [(part, settled(part, answers)) for part in criterion.parts]
    counted = [(outcome, part.points) for part, outcome in parts if outcome.state is not LineState.EXCLUDED]
    return rule.combine(counted, points) if counted else Outcome(LineState.EXCLUDED, ZERO, ZERO)


def _without_value(criterion: Criterion, points: Decimal, kinds: set[AnswerKind]) -> Outcome:
    """What a criterion is worth that is not, or not wholly, answered with a value."""
    if AnswerKind.UNREADABLE in kinds:
        return Outcome(LineState.PENDING, ZERO, points)
    if AnswerKind.FALSE in kinds:
        return Outcome(LineState.SCORED, ZERO, ZERO)
    if AnswerKind.NOT_APPLICABLE not in kinds:
        return Outcome(LineState.BLANK, ZERO, ZERO)
    if criterion.not_applicable.leaves_out:
        return Outcome(LineState.EXCLUDED, ZERO, ZERO)
    earned = points if criterion.not_applicable is NotApplicable.FULL else ZERO
    return Outcome(LineState.SCORED, earned, earned)


def _forfeited(rubric: Rubric, units: tuple[UnitScore, ...], false: set[str]) -> tuple[UnitScore, ...]:
    """Take away all the points of what holds a claim that the office found to be false."""

    def held(line: Line) -> bool:
        return any(claim.criteria[0] in false for claim in line.claims)

    def lost(line: Line) -> Line:
        return line._replace(state=LineState.SCORED, score=ZERO, at_most=ZERO, forfeited=True)

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


@by_identity(32)
def _asks_for_more(rubric: Rubric) -> bool:
    """Whether a standard requires anything besides points."""
    marked: list[Item | Criterion] = [*rubric.gates, *rubric.items]
    for each in marked:
        marked += each.outline if isinstance(each, Item) else each.parts
    return bool(rubric.gates) or any(each.must for each in marked)


def _requirements(card: Scorecard) -> Iterator[Requirement]:
    for line in card.gates:
        gate = line.criteria[0]
        if gate.must:
            yield _required(gate.id, gate.text, gate.must, [line])._replace(gate=True)
    marked = [item for unit in card.units for item in unit.items if item.item.must]
    for item in marked:
        if item.item.must:
            yield _required(item.item.id, item.item.name, item.item.must, item.lines)
    by_first = {line.criteria[0].id: line for line in card.lines}
    for each in (entry for unit in card.units for item in unit.items for entry in item.item.outline):
        yield from _required_of(each, by_first)


def _required_of(criterion: Criterion, lines: Mapping[str, Line]) -> Iterator[Requirement]:
    if criterion.must:
        own = [lines[priced.id] for priced in criterion.priced if priced.id in lines]
        yield _required(criterion.id, criterion.text, criterion.must, own)
    if criterion.id not in lines:  # a heading: what stands under it may be marked too
        for part in criterion.parts:
            yield from _required_of(part, lines)


def _required(identifier: str, text: str, must: Must, lines: Iterable[Line]) -> Requirement:
    """Hold lines against a mark; what is left out as not applicable is not asked for."""
    asked = tuple(line for line in lines if line.state is not LineState.EXCLUDED)
    points = sum((line.points for line in asked), ZERO)
    low, high = sum((line.score for line in asked), ZERO), sum((line.at_most for line in asked), ZERO)
    if must.reach == "full":
        return Requirement(identifier, text, must, low >= points, high >= points, asked)
    return Requirement(identifier, text, must, low > 0 or not asked, high > 0 or not asked, asked)


# -- in words ------------------------------------------------------------------------------------------------


def answered(criterion: Criterion, claim: Claim) -> str | Decimal | None:
    """What one claim says, as ``Line.answer`` gives it."""
    answer = claim.answer
    match answer.kind:
        case AnswerKind.VALUE if answer.value is not None:
            return _value(criterion, claim.criteria[0], answer.value)
        case AnswerKind.SCORE:
            return answer.value
        case AnswerKind.UNREADABLE:
            return claim.written
    return {AnswerKind.NOT_APPLICABLE: "不涉及", AnswerKind.FALSE: "虚假"}.get(answer.kind)


def _value(criterion: Criterion, identifier: str, value: Decimal) -> str | Decimal:
    """A value in the words of its question."""
    asked = next((each.asked for each in criterion.questions if each.id == identifier), None)
    if asked and asked.type is AnswerType.YES_NO:
        return "是" if value else "否"
    if asked and asked.type is AnswerType.CHOICE:
        return asked.choices[int(value) - 1] if value else NONE
    return f"{plain(value)}%" if asked and asked.type is AnswerType.PERCENT else value


def _words(answer: str | Decimal) -> str:
    return plain(answer) if isinstance(answer, Decimal) else answer


def _reason(line: Line) -> str:
    if line.forfeited:
        return "弄虚作假，按规定扣除全部分值"
    claim = line.claim
    if claim.answer.kind is AnswerKind.SCORE:
        return f"表中自填 {plain(line.score)} 分，满分 {plain(line.points)} 分"
    joint = len(line.criteria) > 1 and any(criterion.excusable for criterion in line.criteria)
    if joint and claim.answer.kind is AnswerKind.NOT_APPLICABLE:
        return "几条合写“不涉及”，看不出是哪几条，不计分"
    return _reason_of(line.criteria[0], {each.criteria[0]: each for each in line.claims}, line.at_most)


def _reason_of(criterion: Criterion, claims: Mapping[str, Claim], at_most: Decimal) -> str:
    """Say why one criterion, or one part of it, brings what it brings."""
    rule = criterion.rule
    if isinstance(rule, Combination):
        answers = {identifier: claim.answer for identifier, claim in claims.items()}
        parts = [(part, settled(part, answers)) for part in criterion.parts]
        told = [
            (outcome, f"{part.id} {_reason_of(part, claims, outcome.at_most)}")
            for part, outcome in parts
            if outcome.state is not LineState.EXCLUDED
        ]
        outcome = settled(criterion, answers)
        if outcome.state is LineState.EXCLUDED:
            return f"各项都填“不涉及”，{criterion.leaves[0].not_applicable.chinese}"
        if outcome.state is LineState.BLANK:
            return "未填报"
        if outcome.state is LineState.PENDING:
            return f"有填报无法采信，{_once_mended(criterion, at_most)}"
        return rule.why(told, outcome)
    own = [claims[question.id] for question in criterion.questions if question.id in claims] or list(claims.values())
    values = [
        claim.answer.value for claim in own if claim.answer.kind is AnswerKind.VALUE and claim.answer.value is not None
    ]
    if len(values) == len(own) == len(criterion.questions):
        return rule.why(values, criterion.points)
    return _reason_without(criterion, own, at_most)


def _once_mended(criterion: Criterion, at_most: Decimal) -> str:
    return "更正后才能确定" if isinstance(criterion, Gate) else f"更正后最多 {plain(at_most)} 分"


def _reason_without(criterion: Criterion, own: list[Claim], at_most: Decimal) -> str:
    kinds = {claim.answer.kind for claim in own}
    if AnswerKind.UNREADABLE in kinds:
        written = next((claim.written for claim in own if claim.answer.kind is AnswerKind.UNREADABLE), None)
        return f"{f'“{written}”' if written else '这一条'}无法采信，{_once_mended(criterion, at_most)}"
    if AnswerKind.FALSE in kinds:
        return "弄虚作假，按规定扣除全部分值"
    if AnswerKind.NOT_APPLICABLE in kinds:
        if criterion.not_applicable is NotApplicable.NOT_ALLOWED:
            return "填“不涉及”，本标准不设不涉及"
        return f"填“不涉及”，{criterion.not_applicable.chinese}"
    blank = [claim.criteria[0] for claim in own if claim.answer.kind is AnswerKind.BLANK]
    if len(blank) < len(own):
        return f"{'、'.join(blank)} 未填报，填全才计分"
    return "未填报"
