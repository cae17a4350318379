"""What 佐证材料 is named; what is claimed without any: singly where the standard requires it, other 是 in one note."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from jieyue_cli.form import answers
from jieyue_cli.form.layout import Column
from jieyue_cli.form.returned.table import Table
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Question
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.text.listing import abridged
from jieyue_cli.workbook.cells import Value

_MOST_NAMED = 3
"""编号 that a message names."""


def lacking_evidence(
    table: Table, done: Sequence[tuple[Question, int]], unclaiming: Container[str]
) -> Iterator[Problem]:
    """Yield what there is to tell of these questions, which are answered as done, with their rows.

    The note on 是 is for a column that is filled but for a few, or not at all: an agency that cites only here and there
    has not forgotten anything. 是 to one of ``unclaiming`` (编号) claims nothing.
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
    claimed, lacking = (
        [question for question, _ in some if question.asked.type is AnswerType.YES_NO and question.id not in unclaiming]
        for some in (done, bare)
    )
    absent = [question.id for question in lacking if not question.evidence]
    if absent and (len(lacking) == len(claimed) or 2 * len(lacking) < len(claimed)):
        shown = abridged(absent, _MOST_NAMED)
        yield Code.EVIDENCE_ABSENT.at(table.place(None), claimed=len(claimed), absent=len(absent), criteria=shown)


def texts(table: Table, rows: Mapping[str, int | None], column: Column) -> str:
    """What stands in a column of texts at these questions, by their rows, as ``Submission.papers`` holds it."""
    values = table.values(column)
    written = ((question, _whole(values[row - 1])) for question, row in rows.items() if row)
    return "\n".join(f"{question}\t{text}" for question, text in written if text)


def _whole(value: Value | None) -> str:
    """As typed, on one line."""
    return " ".join(value.split()) if isinstance(value, str) else answers.whole(value)
