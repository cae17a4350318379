"""What an agency handed in, moved to the form that the office checks: claims and citations as they are.

What the office has already found in an unfinished verification stays; a finished one leaves the findings blank, so
that a second look starts afresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.form import answers
from jieyue_cli.form.blank.template import Entered, FilledRow, Prefill
from jieyue_cli.form.carry import canonical
from jieyue_cli.form.turn import Turn
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Criterion, Question, Rubric
from jieyue_cli.rubric.rules import AnswerType, Rule
from jieyue_cli.submission import Answer, AnswerKind, Claim, Statement, Submission, VerificationState, by_question

_MOST_TRIED = 100
"""The largest count that is tried for points written by hand."""
Answered = Mapping[str, Entered]
"""编号 of a question → what stands in its cell."""


def checking_form(submission: Submission, rubric: Rubric) -> tuple[Prefill, tuple[Problem, ...]]:
    """The form to check ``submission`` with, and each answer that cannot be written into it as it was meant."""
    own = rubric.of(submission.agency.group)
    begun = submission.verification.state is VerificationState.PARTIAL
    claims, problems = _entered(submission.self, own)
    findings: Answered = {}
    if begun and submission.verified:
        findings, more = _entered(submission.verified, own)
        problems += more
    evidence, remarks, opinions = map(by_question, (submission.papers, submission.remarks, submission.opinions))
    entries = {
        identifier: FilledRow(
            claims.get(identifier),
            evidence.get(identifier),
            remarks.get(identifier),
            findings.get(identifier),
            opinions.get(identifier) if begun else None,
        )
        for identifier in rubric.questions
    }
    agency = submission.agency
    return Prefill(
        name=agency.name,
        category=agency.category,
        year=agency.year,
        group=agency.group,
        filled_by=agency.filled_by,
        phone=agency.phone,
        filled_on=submission.filled_on,
        completion=submission.completion.value if begun and submission.completion else None,
        checked_by=submission.checked_by if begun else None,
        checked_on=submission.checked_on if begun else None,
        entries={identifier: entry for identifier, entry in entries.items() if entry != FilledRow()},
        turn=Turn.OFFICE,
    ), tuple(problems)


def _entered(statement: Statement, rubric: Rubric) -> tuple[Answered, list[Problem]]:
    """One side's answers as a person would enter them."""
    entered: dict[str, Entered] = {}
    problems = []
    for claim in statement.claims:
        written = dict(_written(claim, rubric))
        entered |= written
        if claim.answer.kind is not AnswerKind.BLANK and None in (written or {"": None}).values():
            place = Location(sheet=claim.sheet, cell=claim.cell, criterion="+".join(claim.criteria))
            problems.append(Code.CLAIM_NOT_ENTERED.at(place, seen=claim.written or "？"))
    return entered, problems


def _written(claim: Claim, rubric: Rubric) -> Iterator[tuple[str, Entered]]:
    """Question → what a claim says to it; None where nothing, or nothing that its cell can hold."""
    kind, value = claim.answer.kind, claim.answer.value
    if kind is AnswerKind.SCORE and value is not None:
        yield from _from_points([rubric.by_id[identifier] for identifier in claim.criteria], value)
        return
    for identifier in claim.criteria:
        for question in _questions(identifier, rubric):
            if kind in (AnswerKind.VALUE, AnswerKind.NOTED):
                yield question.id, canonical(question, claim.answer)
            elif kind is AnswerKind.NOT_APPLICABLE:
                yield question.id, answers.ABSENT[0]
            elif kind is AnswerKind.FALSE:
                yield question.id, answers.UNTRUE
            else:
                yield question.id, claim.written if kind is AnswerKind.UNREADABLE else None


def _questions(identifier: str, rubric: Rubric) -> tuple[Question, ...]:
    """The question with this 编号, or those of a criterion that a table typed by hand has in one row."""
    return (rubric.questions[identifier],) if identifier in rubric.questions else rubric.by_id[identifier].questions


def _from_points(criteria: list[Criterion], points: Decimal) -> Iterator[tuple[str, Entered]]:
    """The least answers that bring the points which a table typed by hand gives instead of answers."""
    all_or_none = points in (0, sum(criterion.points for criterion in criteria))
    for criterion in criteria:
        share = points if len(criteria) == 1 else criterion.points if points else Decimal(0)
        for question in criterion.questions:
            known = all_or_none or len(criteria) == 1
            yield question.id, _least(criterion, question, share) if known else None


def _least(criterion: Criterion, question: Question, points: Decimal) -> Entered:
    rule, asked = criterion.rule, question.asked
    if len(criterion.needs) > 1 or not isinstance(rule, Rule):
        return None
    most = {AnswerType.YES_NO: 1, AnswerType.COUNT: _MOST_TRIED, AnswerType.CHOICE: len(asked.choices)}
    tried = [points] if asked.type is AnswerType.POINTS else map(Decimal, range(most.get(asked.type, -1) + 1))
    wanted = Fraction(points)
    found = next((value for value in tried if rule.score([value], criterion.points) == wanted), None)
    return None if found is None else canonical(question, Answer(AnswerKind.VALUE, found))
