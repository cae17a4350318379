"""Which answers of a line matter: not those in parts of a branch whose case does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jieyue_cli.rubric.model import Criterion
from jieyue_cli.rubric.rules import Branch
from jieyue_cli.scoring.scorecard import Line
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
