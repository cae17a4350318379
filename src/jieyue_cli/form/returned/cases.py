"""What stands in a part of a branch whose case does not hold: no answer is due there, and what is answered is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Criterion
from jieyue_cli.rubric.rules import Branch
from jieyue_cli.submission import AnswerKind, Claim


def other_cases(branches: Iterable[Criterion], claims: Iterable[Claim]) -> Iterator[Problem]:
    """Yield every answer of one side that stands in a part for another case than the one that was answered."""
    for on, case, claim in _elsewhere(branches, claims):
        if claim.answer.kind is not AnswerKind.BLANK and not claim.adopted and claim.cell:
            place = Location(sheet=claim.sheet, cell=claim.cell, criterion=claim.criteria[0])
            yield Code.ANSWER_OTHER_CASE.at(place, on=on, case=case, seen=claim.written)


def not_due(branches: Iterable[Criterion], claims: Iterable[Claim]) -> frozenset[str]:
    """The 编号 of questions that one side left blank, because another case holds than the one they are for."""
    elsewhere = (claim for _, _, claim in _elsewhere(branches, claims))
    return frozenset(claim.criteria[0] for claim in elsewhere if claim.answer.kind is AnswerKind.BLANK)


def _elsewhere(branches: Iterable[Criterion], claims: Iterable[Claim]) -> Iterator[tuple[str, str, Claim]]:
    """What decides, the case that holds, and the claim, for each claim in a part for another case."""
    by_id = {claim.criteria[0]: claim for claim in claims}
    for branch in branches:
        assert isinstance(branch.rule, Branch), "only branches have cases"  # noqa: S101 -- our own fault
        on = by_id.get(branch.rule.on.input or "")
        if on is None or on.answer.value is None:
            continue
        words = {value: word for word, value in branch.rule.on.asked.answers.items()}
        case = words[on.answer.value]
        counted = branch.case_of(on.answer.value)
        asked = (question for part in branch.parts if part not in counted for question in part.questions)
        yield from ((on.criteria[0], case, by_id[question.id]) for question in asked if question.id in by_id)
