"""How far the office is with one of the program's own forms, and what it still has to do."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from jieyue_cli.form import answers
from jieyue_cli.form.head import Field
from jieyue_cli.form.returned.table import Table
from jieyue_cli.problems import Code, Problem
from jieyue_cli.submission import AnswerKind, Completion, Statement, Verification, VerificationState

_CURES = MappingProxyType(
    {
        None: "补全核查情况，或在“核查完成”中选“已完成，空白同自评”",
        Completion.UNFINISHED: "在“核查完成”中改选“已完成”的一种",
    }
)
"""What makes a verification complete, by what 核查完成 says."""
_CURE_WITHOUT_FIELD = "补全核查情况"


def written_in(statement: Statement) -> int:
    """The number of questions to which the office has written something, understood or not."""
    return sum(claim.cell is not None and claim.answer.kind is not AnswerKind.BLANK for claim in statement.claims)


def lacking(
    table: Table, statement: Statement, verification: Verification, completion: Completion | None
) -> Iterator[Problem]:
    """Tell what an unfinished verification lacks, and what a finished one left blank."""
    field = table.field(Field.COMPLETION)
    if verification.state is VerificationState.PARTIAL:
        cure = _CURES[completion] if field else _CURE_WITHOUT_FIELD
        yield Code.VERIFICATION_PARTIAL.at(table.place(field), of=verification.of, found=verification.found, cure=cure)
        return
    blank = sum(claim.answer.kind is AnswerKind.BLANK for claim in statement.claims)
    if completion is Completion.EACH_FILLED and blank:
        yield Code.VERIFICATION_BLANK.at(table.place(field), blank=blank)
    signed = ((head.label, table.field(head)) for head in (Field.CHECKED_BY, Field.CHECKED_ON))
    if unsigned := [(label, cell) for label, cell in signed if cell and not answers.written(cell.value)]:
        what = "、".join(label for label, _ in unsigned)
        yield Code.VERIFICATION_UNSIGNED.at(table.place(unsigned[0][1]), what=what)
