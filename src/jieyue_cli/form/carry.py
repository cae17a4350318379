"""From one year's form to the next: an agency's answers, 佐证材料 and 备注 moved to the form of another standard.

A row is recognised by its 编号 and its sentence together, then by the sentence alone; a sentence that was only
reworded keeps its 编号. What cannot be carried is listed with the reason. The office's side, 评价年度 and 填报日期
belong to the old form and are never carried.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jieyue_cli.form import agency, answers
from jieyue_cli.form.blank.template import Entered, FilledRow, Prefill
from jieyue_cli.form.head import fields
from jieyue_cli.form.layout import SUMMARY, Column
from jieyue_cli.form.returned.table import Table, locate
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Question, Rubric
from jieyue_cli.rubric.rules import NONE, AnswerType
from jieyue_cli.submission import Answer, AnswerKind
from jieyue_cli.text.folding import essence
from jieyue_cli.workbook.cells import Cell, Workbook

_ALIKE = 0.6
"""The least similarity (0 to 1) at which a sentence counts as another one reworded."""


class OldRow(NamedTuple):
    """One row of the old form with something in it."""

    identifier: str
    text: str
    place: Cell
    answer: Cell
    evidence: str
    remark: str


@dataclass
class _Carried:
    """The rows carried so far, and the problems on the way."""

    entries: dict[str, FilledRow] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def carry(workbook: Workbook, rubric: Rubric) -> tuple[Prefill | None, tuple[Problem, ...]]:
    """What the form in ``workbook`` already says for the form of ``rubric``; None where it is no such form."""
    table, problems = locate(workbook)
    if table is None:
        return None, problems
    carried = _Carried()
    rows = list(_rows(table))
    for identifier, row in _matched(table, rows, rubric, carried.problems).items():
        entry = _entry(table, row, rubric.questions[identifier], carried.problems)
        if entry != FilledRow():
            carried.entries[identifier] = entry
    return _prefill(table, rubric, carried), tuple(carried.problems)


def _prefill(table: Table, rubric: Rubric, carried: _Carried) -> Prefill:
    """The fields above the table that go from one form to the next; a choice that is offered no longer is told."""
    kept: dict[str, Any] = {}  # a field and the attribute of ``Prefill`` with its name hold the same
    for head in fields(rubric):
        if head.entry and head.entry.carried:
            cell = table.field(head)
            kept[head.key], _ = head.entry.read(cell, rubric)
            if head.entry.choices and kept[head.key] is None and cell and (seen := answers.written(cell.value)):
                carried.problems.append(Code.CARRY_FIELD.at(table.place(cell), label=head.label, seen=seen))
    return Prefill(**kept, entries=carried.entries)


def _rows(table: Table) -> Iterator[OldRow]:
    """Every row below the header that somebody filled in."""
    for r in range(table.header_row + 1, len(table.sheet.rows) + 1):
        unit = table.cell(r, Column.UNIT)
        if unit and answers.written(unit.value) == SUMMARY:
            return
        place, answer, text = (table.cell(r, column) for column in (Column.ID, Column.ANSWER, Column.TEXT))
        evidence, remark = (agency.words(table.cell(r, column)) for column in (Column.EVIDENCE, Column.REMARK))
        if place is None or answer is None or not (agency.words(text) or answers.written(place.value)):
            continue
        if answers.written(answer.value) or evidence or remark:
            yield OldRow(answers.written(place.value), agency.words(text), place, answer, evidence, remark)


def _matched(table: Table, rows: list[OldRow], rubric: Rubric, problems: list[Problem]) -> dict[str, OldRow]:
    """Question → the old row that answers it; each other row becomes a problem."""
    texts: dict[str, list[str]] = {}
    for question in rubric.questions.values():
        texts.setdefault(essence(question.text), []).append(question.id)
    candidates: dict[str, list[OldRow]] = {}
    for row in rows:
        identifier = _question(row, rubric, texts)
        if identifier is None:
            same = row.identifier in rubric.questions
            code = Code.CARRY_OTHER_TEXT if same else Code.CARRY_GONE
            facts = {"id": row.identifier or "（没有编号）", "text": row.text[:20] or "（没有条文）"}
            problems.append(code.at(table.place(row.answer, row.identifier or None), **facts))
        else:
            candidates.setdefault(identifier, []).append(row)
    matched: dict[str, OldRow] = {}
    for identifier, (row, *others) in candidates.items():
        if others:
            cells = "、".join(candidate.answer.address for candidate in (row, *others))
            place = table.place(row.answer, identifier)
            problems.append(Code.CARRY_SEVERAL.at(place, cells=cells, id=identifier))
            continue
        matched[identifier] = row
        if row.identifier != identifier:
            place = table.place(row.answer, row.identifier or None)
            problems.append(Code.CARRY_RENUMBERED.at(place, old=row.identifier or "空白", new=identifier))
        elif essence(row.text) != essence(rubric.questions[identifier].text):
            problems.append(Code.CARRY_REWORDED.at(table.place(row.answer, identifier), id=identifier))
    return {identifier: matched[identifier] for identifier in rubric.questions if identifier in matched}


def _question(row: OldRow, rubric: Rubric, texts: Mapping[str, list[str]]) -> str | None:
    """The 编号 of the question that an old row answers; None where it is not clear."""
    own = rubric.questions.get(row.identifier)
    sentence = essence(row.text)
    if own and sentence == essence(own.text):
        return own.id
    elsewhere = texts.get(sentence, []) if sentence else []
    if len(elsewhere) == 1:
        return elsewhere[0]
    if own and difflib.SequenceMatcher(None, sentence, essence(own.text), autojunk=False).ratio() >= _ALIKE:
        return own.id
    return None


def _entry(table: Table, row: OldRow, question: Question, problems: list[Problem]) -> FilledRow:
    """What the new form's row will hold; the answer only where it is valid for the new question."""
    answer, _ = answers.understand(row.answer, question.asked)
    kept: Entered = None
    if answer.kind in (AnswerKind.VALUE, AnswerKind.NOTED):
        kept = canonical(question, answer)
    elif answer.kind is AnswerKind.NOT_APPLICABLE and question.excusable:
        kept = answers.ABSENT[0]
    elif answer.kind is not AnswerKind.BLANK:
        facts = {"seen": answers.written(row.answer.value) or "？", "id": question.id}
        problems.append(Code.CARRY_ANSWER.at(table.place(row.answer, question.id), **facts))
    return FilledRow(kept, row.evidence or None, row.remark or None)


def canonical(question: Question, answer: Answer) -> Entered:
    """An answer that was understood, as the form asks for it."""
    if question.asked.type is AnswerType.DATE:
        return dt.date.fromisoformat(answer.text)
    if answer.value is None:
        return answer.text
    if question.asked.type is AnswerType.YES_NO:
        return "是" if answer.value else "否"
    if question.asked.type is AnswerType.CHOICE:
        return question.asked.choices[int(answer.value) - 1] if answer.value else NONE
    return answer.value
