"""What a line brings and why, in words: the answer as understood, the rule, the points and the cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.model import Criterion, Gate, Input, NotApplicable, Rubric
from jieyue_cli.rubric.rules import NONE, AnswerType, Branch, Combination, LineState
from jieyue_cli.scoring.cases import mattering
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import settled
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.numbers import plain


def why(line: Line) -> str:
    """One sentence: the answer, the rule, the points and the cell they come from."""
    used = [claim for claim in mattering(line) if claim.cell]
    places = [f"{claim.cell}{' 空白同自评' if claim.adopted else ''}" for claim in used]
    sheet = used[0].sheet if used else None
    where = f"（{sheet}!{'、'.join(places)}）" if places else ""
    return f"{_reason(line)} → {worth(line)}{where}"


def worth(line: Line) -> str:
    """What a line brings: ``4 分``, or whether a condition is met."""
    if not line.gate:
        return f"{plain(line.score)} 分"
    if line.state is LineState.PENDING:
        return "待更正"
    return "符合" if line.score == line.points or line.state is LineState.EXCLUDED else "不符合"


def answer(line: Line) -> str | Decimal | None:
    """The answer as understood: 是, 否, 不涉及, a number; as written where it was not; None for a blank."""
    claims = list(mattering(line))
    if len(claims) == 1:
        return answered(line.criteria[0], claims[0])
    answers = [(claim.criteria[0], answered(line.criteria[0], claim)) for claim in claims]
    return "；".join(f"{identifier} {words(value)}" for identifier, value in answers if value is not None) or None


def answered(top: Criterion | Input, claim: Claim) -> str | Decimal | None:
    """What one claim says, as ``answer`` gives it."""
    answer = claim.answer
    match answer.kind:
        case AnswerKind.VALUE if answer.value is not None:
            return _value(top, claim.criteria[0], answer.value)
        case AnswerKind.SCORE:
            return answer.value
        case AnswerKind.UNREADABLE:
            return claim.written
        case AnswerKind.NOTED:
            return answer.text
    return {AnswerKind.NOT_APPLICABLE: "不涉及", AnswerKind.FALSE: "虚假"}.get(answer.kind)


def inputs(card: Scorecard) -> list[tuple[Input, Claim]]:
    """Every input (基本数据) that is asked of the agency's class, with what is answered."""
    return list(zip(card.rubric.inputs, card.inputs, strict=True))


def noted(asked: Input, claim: Claim) -> str:
    """What one input says, in words: ``480 立方米``, 未填, or that it cannot be accepted."""
    if claim.answer.kind is AnswerKind.UNREADABLE:
        return f"“{claim.written}”无法采信" if claim.written else "无法采信"
    value = answered(asked, claim)
    if value is None:
        return "未填"
    unit = f" {asked.unit}" if asked.unit and isinstance(value, Decimal) else ""
    return f"{words(value)}{unit}"


def said(rubric: Rubric, claim: Claim) -> str | None:
    """What one claim says, in words, whatever it answers; None for a blank."""
    identifier = claim.criteria[0]
    asked = (
        top for top in rubric.tops if identifier == top.id or identifier in {question.id for question in top.questions}
    )
    value = answered(next(asked), claim)
    if isinstance(value, Decimal):
        return f"{plain(value)} 分" if claim.answer.kind is AnswerKind.SCORE else plain(value)
    return value


def _value(top: Criterion | Input, identifier: str, value: Decimal) -> str | Decimal:
    """A value in the words of its question."""
    questions = top.questions if isinstance(top, Input) else top.needs
    asked = next((question.asked for question in questions if question.id == identifier), None)
    if asked and asked.type is AnswerType.YES_NO:
        return "是" if value else "否"
    if asked and asked.type is AnswerType.CHOICE:
        return asked.choices[int(value) - 1] if value else NONE
    return f"{plain(value)}%" if asked and asked.type is AnswerType.PERCENT else value


def words(answer: str | Decimal) -> str:
    """An answer as a person reads it."""
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
    criterion = line.criteria[0]
    if claim.criteria[0] not in {question.id for question in criterion.needs}:  # in a table typed by hand
        return _reason_without(criterion, [claim], line.at_most)
    return _reason_of(criterion, {claim.criteria[0]: claim for claim in line.claims}, line.at_most)


def _reason_of(criterion: Criterion, claims: Mapping[str, Claim], at_most: Fraction) -> str:
    """Say why one criterion, or one part of it, brings what it brings."""
    rule = criterion.rule
    if isinstance(rule, Branch):
        return _reason_of_branch(criterion, rule, claims, at_most)
    if isinstance(rule, Combination):
        answers = {identifier: claim.answer for identifier, claim in claims.items()}
        parts = [(part, settled(part, answers)) for part in criterion.parts]
        explained = [
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
        return rule.why(explained, outcome)
    if not criterion.needs:
        return rule.why((), criterion.points)
    own = [claims[question.id] for question in criterion.needs if question.id in claims] or list(claims.values())
    values = [
        claim.answer.value for claim in own if claim.answer.kind is AnswerKind.VALUE and claim.answer.value is not None
    ]
    if len(values) == len(own) == len(criterion.needs):
        return rule.why(values, criterion.points)
    return _reason_without(criterion, own, at_most)


def _reason_of_branch(criterion: Criterion, rule: Branch, claims: Mapping[str, Claim], at_most: Fraction) -> str:
    """Which answer chose the part that counts, and what that part brings."""
    on = claims[rule.on.input or ""]
    if on.answer.value is None:
        blank = on.answer.kind is AnswerKind.BLANK
        return f"{on.criteria[0]} {'未填报' if blank else _reason_without(criterion, [on], at_most)}"
    (part,) = criterion.case_of(on.answer.value)
    chosen = words(answered(criterion, on) or "")
    return f"{rule.on.name}：{chosen}，按 {part.id} {_reason_of(part, claims, at_most)}"


def _once_mended(criterion: Criterion, at_most: Fraction) -> str:
    return "更正后才能确定" if isinstance(criterion, Gate) else f"更正后最多 {plain(at_most)} 分"


def _reason_without(criterion: Criterion, own: list[Claim], at_most: Fraction) -> str:
    kinds = {claim.answer.kind for claim in own}
    if AnswerKind.UNREADABLE in kinds:
        written = next((claim.written for claim in own if claim.answer.kind is AnswerKind.UNREADABLE), None)
        return f"{f'“{written}”' if written else '这一条'}无法采信，{_once_mended(criterion, at_most)}"
    if AnswerKind.FALSE in kinds:
        return "弄虚作假，按规定扣除全部分值"
    if AnswerKind.NOT_APPLICABLE in kinds:
        if len(kinds) > 1 and len(criterion.questions) > 1:
            return f"只有几问填“不涉及”，{_once_mended(criterion, at_most)}"
        if criterion.not_applicable is NotApplicable.NOT_ALLOWED:
            return "填“不涉及”，本标准不设不涉及"
        return f"填“不涉及”，{criterion.not_applicable.chinese}"
    blank = [claim.criteria[0] for claim in own if claim.answer.kind is AnswerKind.BLANK]
    if len(blank) < len(own):
        return f"{'、'.join(blank)} 未填报，填全才计分"
    elsewhere = [question.id for question in criterion.needs if not question.own and question.id in blank]
    return f"{'、'.join(blank)} 未填报" if elsewhere else "未填报"
