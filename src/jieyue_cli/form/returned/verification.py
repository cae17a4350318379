"""How far the office is with one of the program's own forms, and what it still has to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from jieyue_cli.form import answers
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import Column
from jieyue_cli.form.returned.table import Table
from jieyue_cli.problems import Code, Problem
from jieyue_cli.submission import Answer, AnswerKind, Completion, Statement, Verification, VerificationState

_CURES = MappingProxyType(
    {
        None: "补全核查情况，或在“核查完成”中选“已完成，空白同自评”",
        Completion.UNFINISHED: "在“核查完成”中改选“已完成”的一种",
    }
)
"""What makes a verification complete, by what 核查完成 says."""
_CURE_WITHOUT_FIELD = "补全核查情况"
_NOT_FOUND = (AnswerKind.BLANK, AnswerKind.UNREADABLE)
"""Where there is no finding to explain: what cannot be understood is told anyway."""


def written_in(statement: Statement) -> int:
    """The number of questions to which the office has written something, understood or not."""
    return sum(claim.cell is not None and claim.answer.kind is not AnswerKind.BLANK for claim in statement.claims)


def blanks_in(statement: Statement, not_due: Collection[str]) -> int:
    """The number of questions that the office has left blank, without those whose case does not hold."""
    blank = (claim for claim in statement.claims if claim.answer.kind is AnswerKind.BLANK)
    return sum(claim.criteria[0] not in not_due for claim in blank)


def unexplained(
    table: Table, rows: Mapping[str, int | None], claimed: Statement, found: Statement
) -> Iterator[Problem]:
    """Tell of each finding that differs from the claim without 核查意见, in a form that asks for it.

    A blank finding is none; nothing claimed and nothing found are the same.
    """
    if Column.OPINION not in table.columns:
        return
    own = {claim.criteria: claim for claim in claimed.claims}
    for finding in found.claims:
        claim, row = own[finding.criteria], rows[finding.criteria[0]]
        if row is None or finding.answer.kind in _NOT_FOUND or _same(claim.answer, finding.answer):
            continue
        cell = table.cell(row, Column.OPINION)
        if cell and not answers.written(cell.value):
            place = table.place(cell, finding.criteria[0])
            yield Code.FINDING_UNEXPLAINED.at(place, found=finding.written, claimed=claim.written or "空白")


def _same(claim: Answer, finding: Answer) -> bool:
    return claim == finding or (claim.kind is AnswerKind.BLANK and finding.value == 0)


def lacking(table: Table, blank: int, verification: Verification, completion: Completion | None) -> Iterator[Problem]:
    """Tell what an unfinished verification lacks, and that a finished one left so many findings ``blank``."""
    field = table.field(Field.COMPLETION)
    if verification.state is VerificationState.PARTIAL:
        cure = _CURES[completion] if field else _CURE_WITHOUT_FIELD
        yield Code.VERIFICATION_PARTIAL.at(table.place(field), of=verification.of, found=verification.found, cure=cure)
        return
    if completion is Completion.EACH_FILLED and blank:
        yield Code.VERIFICATION_BLANK.at(table.place(field), blank=blank)
    signed = ((head.label, table.field(head)) for head in (Field.CHECKED_BY, Field.CHECKED_ON))
    if unsigned := [(label, cell) for label, cell in signed if cell and not answers.written(cell.value)]:
        what = "、".join(label for label, _ in unsigned)
        yield Code.VERIFICATION_UNSIGNED.at(table.place(unsigned[0][1]), what=what)
