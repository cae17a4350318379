"""What the answered cases of branches mean for a line: which of its answers matter, and what it can still bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.model import Criterion
from jieyue_cli.rubric.rules import AllOf, Branch, SumOf
from jieyue_cli.scoring.lines import Line
from jieyue_cli.submission import AnswerKind, Claim


def mattering(line: Line) -> Iterator[Claim]:
    """The claims of a line without those that stand in parts for another case than the one that was answered."""
    claims = {claim.criteria[0]: claim for claim in line.claims}
    unasked = {identifier for criterion in line.criteria for identifier in _unasked(criterion, claims)}
    return (claim for claim in line.claims if claim.criteria[0] not in unasked)


def kinds(line: Line) -> set[AnswerKind]:
    """Of what sorts these answers are."""
    return {claim.answer.kind for claim in mattering(line)}


def _unasked(criterion: Criterion, claims: Mapping[str, Claim]) -> Iterator[str]:
    counted = criterion.parts
    if isinstance(criterion.rule, Branch) and (on := claims.get(criterion.rule.on.input or "")):
        counted = criterion.case_of(on.answer.value) if on.answer.value is not None else ()
        yield from (question.id for part in criterion.parts if part not in counted for question in part.questions)
    for part in counted:
        yield from _unasked(part, claims)


def gain(line: Line) -> Fraction:
    """What a line could still bring as the cases stand: another case is a fact, and nothing to be done."""
    if len(line.criteria) > 1 or not line.lost or not line.criteria[0].parts:
        return line.lost
    claims = {claim.criteria[0]: claim for claim in line.claims}
    return max(Fraction(_most(line.criteria[0], claims)) - line.score, Fraction(0))


def _most(criterion: Criterion, claims: Mapping[str, Claim]) -> Decimal:
    counted = criterion.parts
    if isinstance(criterion.rule, Branch) and (on := claims.get(criterion.rule.on.input or "")):
        counted = criterion.parts if on.answer.value is None else criterion.case_of(on.answer.value)
    reached = [(_most(part, claims), part.points) for part in counted]
    if not reached:
        return criterion.points
    if isinstance(criterion.rule, SumOf):
        return sum((most for most, _ in reached), Decimal(0))
    if isinstance(criterion.rule, AllOf):
        return criterion.points if all(most == points for most, points in reached) else Decimal(0)
    return max(most for most, _ in reached)
