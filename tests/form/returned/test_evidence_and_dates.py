"""What a form says beside its answers: whether 佐证材料 is cited, and on which day it was filled in."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from any_form import Filled, book_of, scored
from forms import FIELD, FULL, cell, changed, saved
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.problems import Code, Severity
from published import COUNTED, ORDER, YES_NO
from scoring.standards import criterion, item, standard, unit

CLAIMED = [identifier for identifier in ORDER if identifier in YES_NO]


@pytest.mark.parametrize(
    ("bare", "told"),
    [
        ([], []),
        (["1.1.1"], ["evidence-absent 有 37 条填了“是”，其中 1 条的“佐证材料”空着（1.1.1），请让单位补上。"]),
        (
            CLAIMED[:18],
            ["evidence-absent 有 37 条填了“是”，其中 18 条的“佐证材料”空着（1.1.1、2.1.1、2.1.2 等），请让单位补上。"],
        ),
        (CLAIMED[:19], []),
        (CLAIMED[:36], []),
        (
            list(FULL),
            ["evidence-absent 有 37 条填了“是”，其中 37 条的“佐证材料”空着（1.1.1、2.1.1、2.1.2 等），请让单位补上。"],
        ),
    ],
)
def test_a_yes_without_evidence_is_one_note_where_the_column_is_otherwise_filled_or_empty(
    bare: list[str], told: list[str]
) -> None:
    def clear(sheet: Worksheet) -> None:
        for identifier in bare:
            sheet[cell(identifier, "佐证材料")] = None

    problems = changed(clear).problems
    assert [f"{problem.code.slug} {problem.message}" for problem in problems] == told
    assert all(problem.severity is Severity.NOTE for problem in problems)


@pytest.mark.parametrize("answers", [{}, dict.fromkeys(FULL, "否") | dict.fromkeys(COUNTED, 0)], ids=["blank", "no"])
def test_where_nothing_is_claimed_no_evidence_is_asked_for(answers: dict[str, Any]) -> None:
    def clear(sheet: Worksheet) -> None:
        for identifier in FULL:
            sheet[cell(identifier, "佐证材料")] = None

    assert Code.EVIDENCE_ABSENT not in {problem.code for problem in changed(clear, answers).problems}


def test_a_fault_that_happened_claims_nothing() -> None:
    rule = {"kind": "deductions", "faults": [{"text": "没有计划", "lose": 1}]}
    rubric = standard(unit("1", item("I", criterion("C", "4", rule=rule), criterion("D", "6"))), passing="8")
    (fault,), (done,) = ([question.id for question in entry.questions] for entry in rubric.criteria)
    book = openpyxl.load_workbook(io.BytesIO(book_of(rubric, Filled(None, {fault: "是", done: "是"}, {}))))
    for row in rows(rubric):
        book[SHEET][row.address(Column.EVIDENCE)] = None
    result = scored(rubric, saved(book))
    told = [problem.message for problem in result.problems if problem.code is Code.EVIDENCE_ABSENT]
    assert told == ["有 1 条填了“是”，其中 1 条的“佐证材料”空着（D），请让单位补上。"]


def test_evidence_is_cited_as_typed_on_one_line() -> None:
    def fill(sheet: Worksheet) -> None:
        for identifier in FULL:
            sheet[cell(identifier, "佐证材料")] = None
        sheet[cell("1.1.1", "佐证材料")] = "能耗报表（2020）\n会议纪要，见附件\t１"
        sheet[cell("2.1.1", "佐证材料")] = 12

    submission = changed(fill).submission
    assert submission
    assert submission.cited == {"1.1.1": "能耗报表（2020） 会议纪要，见附件 １", "2.1.1": "12"}


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (dt.date(2020, 10, 20), []),
        (None, []),
        (dt.date(2019, 12, 31), ["date-other-year"]),
        ("2021年1月5日", ["date-other-year"]),
    ],
)
def test_a_date_in_another_year_is_told(date: dt.date | str | None, told: list[str]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet[FIELD["填报日期"]] = date

    warned = [problem.code.slug for problem in changed(fill).problems if problem.severity is Severity.WARNING]
    assert warned == told
