"""What is claimed without 佐证材料: singly where the standard requires it, other 是 in one note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jieyue_cli.form import answers
from jieyue_cli.form.layout import Column
from jieyue_cli.form.returned.table import Table
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Question
from jieyue_cli.rubric.rules import AnswerType

_MOST_NAMED = 3
"""编号 that a message names."""


def lacking_evidence(table: Table, done: Sequence[tuple[Question, int]]) -> Iterator[Problem]:
    """Yield what there is to tell of these questions, which are answered as done, with their rows.

    The note on 是 is for a column that is filled but for a few, or not at all: an agency that cites only here and there
    has not forgotten anything.
    """
    if Column.EVIDENCE not in table.columns:
        return
    values, states, column = table.values(Column.EVIDENCE), table.sheet.states, table.columns[Column.EVIDENCE]
    bare = [
        (question, row)
        for question, row in done
        if not answers.written(values[row - 1]) and (row, column) not in states  # a picture is a formula
    ]
    for question, row in bare:
        if question.evidence:
            yield Code.EVIDENCE_MISSING.at(table.place(table.cell(row, Column.EVIDENCE), question.id))
    claimed, lacking = (sum(map(_yes_no, questions)) for questions in (done, bare))
    absent = [question.id for question, _ in filter(_yes_no, bare) if not question.evidence]
    if absent and (lacking == claimed or 2 * lacking < claimed):
        shown = "、".join(absent[:_MOST_NAMED]) + (" 等" if len(absent) > _MOST_NAMED else "")
        yield Code.EVIDENCE_ABSENT.at(table.place(None), claimed=claimed, absent=len(absent), criteria=shown)


def _yes_no(answered: tuple[Question, int]) -> bool:
    return answered[0].asked.type is AnswerType.YES_NO
