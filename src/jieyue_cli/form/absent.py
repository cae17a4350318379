"""What 不涉及 means where it is not allowed, or where one criterion asks several questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jieyue_cli.form.answers import ABSENT
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Criterion, Gate, Input, NotApplicable, Question
from jieyue_cli.rubric.rules import AnswerType, Rule
from jieyue_cli.submission import NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind, Claim


def not_allowed(top: Criterion | Input, place: Location, seen: str | None) -> Iterable[Problem]:
    """Tell what 不涉及 counts as, and what to write instead; nothing where the standard accepts it."""
    if top.not_applicable is not NotApplicable.NOT_ALLOWED:
        return
    if isinstance(top, Input):
        yield Code.ANSWER_NOT_APPLICABLE.at(place, seen=seen, worth="没有填报", instead="请填实际的情况")
        return
    worth = "不符合" if isinstance(top, Gate) else " 0 分"
    yield Code.ANSWER_NOT_APPLICABLE.at(place, seen=seen, worth=worth, instead=_rule(top).instead)


def agree(criteria: Iterable[Criterion], claims: list[Claim]) -> Iterable[Problem]:
    """Replace in ``claims`` every 不涉及 that answers only some of the questions of its criterion, and tell why.

    Where all of them say so, the criterion's policy decides.
    """
    places = {claim.criteria[0]: at for at, claim in enumerate(claims)}
    for criterion in criteria:
        asked = [question for question in criterion.questions if question.id in places]
        absent = [question for question in asked if claims[places[question.id]].answer == NOT_APPLICABLE]
        if absent and len(absent) == len(asked):
            first = claims[places[asked[0].id]]
            yield from not_allowed(criterion, _place(first), first.written)
            continue
        for question in absent:
            at = places[question.id]
            claims[at], problem = _alone(criterion, asked, question, claims[at])
            yield problem


def _alone(criterion: Criterion, asked: Sequence[Question], question: Question, claim: Claim) -> tuple[Claim, Problem]:
    """What 不涉及 to one question means while another is answered otherwise."""
    meant, place = _rule(criterion).absent, _place(claim)
    if meant is not None:
        read = "否" if question.asked.type is AnswerType.YES_NO else "0"
        problem = Code.ANSWER_SPELLING.at(place, seen=ABSENT[0], read=read)
        return claim._replace(answer=Answer(AnswerKind.VALUE, meant)), problem
    cure = "请填实际的值"
    if criterion.not_applicable is not NotApplicable.NOT_ALLOWED:
        cure = f"整条不涉及的，请在 {'、'.join(each.id for each in asked)} 各行都填“不涉及”，否则{cure}"
    return claim._replace(answer=UNREADABLE), Code.ANSWER_PARTLY_ABSENT.at(place, seen=ABSENT[0], cure=cure)


def _rule(criterion: Criterion) -> Rule:
    rule = criterion.leaves[0].rule
    assert isinstance(rule, Rule), "only what has parts is combined"  # noqa: S101 -- our own fault
    return rule


def _place(claim: Claim) -> Location:
    return Location(sheet=claim.sheet, cell=claim.cell, criterion=claim.criteria[0])
