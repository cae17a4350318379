"""What 佐证材料 is named; what is claimed without any: singly where the standard requires it, else in one note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jieyue_cli.form import answers
from jieyue_cli.form.layout import Column
from jieyue_cli.form.returned.table import Table
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Question
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.workbook.cells import Value

_MOST_NAMED = 3
"""编号 that a message names."""


def lacking_evidence(table: Table, done: Sequence[tuple[Question, int]]) -> Iterator[Problem]:
    """Yield what there is to tell of these questions, which are answered as done, with their rows."""
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
    absent = [question.id for question, _ in bare if not question.evidence and _yes_no(question)]
    if absent:
        shown = "、".join(absent[:_MOST_NAMED]) + (" 等" if len(absent) > _MOST_NAMED else "")
        claimed = sum(_yes_no(question) for question, _ in done)
        yield Code.EVIDENCE_ABSENT.at(table.place(None), claimed=claimed, absent=len(absent), criteria=shown)


def cited(table: Table, rows: Mapping[str, int | None]) -> str:
    """The 佐证材料 of these questions, by their rows, as ``Submission.papers`` holds it."""
    values = table.values(Column.EVIDENCE)
    written = ((question, _whole(values[row - 1])) for question, row in rows.items() if row)
    return "\n".join(f"{question}\t{text}" for question, text in written if text)


def _whole(value: Value | None) -> str:
    """As typed, on one line."""
    return " ".join(value.split()) if isinstance(value, str) else answers.whole(value)


def _yes_no(question: Question) -> bool:
    return question.asked.type is AnswerType.YES_NO
