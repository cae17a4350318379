"""The checking form reads back as the form it was made of: the same claims, citations and agency, nothing found yet."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import MergedCell

from any_form import Filled, at_random, book_of
from forms import RUBRIC
from jieyue_cli.assessment import Result, assess
from jieyue_cli.form.blank.template import FilledRow, Prefill, blank_form
from jieyue_cli.form.checking import checking_form
from jieyue_cli.form.head import Field, fields
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.form.turn import Turn
from jieyue_cli.problems import Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build, load
from jieyue_cli.submission import Agency, Answer, AnswerKind, Claim, Statement, Submission, VerificationState
from rubric.borrowing import BORROWING
from soffice import resaved

EVERY_KIND = Path(__file__).parents[1] / "rubric" / "all_kinds.yaml"
HEAD: dict[Field, str | dt.date] = {
    Field.FILLED_BY: "王小明",
    Field.PHONE: "0356-1234567",
    Field.FILLED_ON: dt.date(2021, 10, 20),
}
CITED = ("见附件", "高财办〔2020〕12号 《节约能源资源管理制度》；\n附件3", "<b>&", "  两 端  ", "12")


def standards() -> list[Rubric]:
    every_kind, _ = load(EVERY_KIND)
    borrowing, _ = build(BORROWING.encode())
    assert every_kind is not None
    assert borrowing is not None
    return [RUBRIC, every_kind, borrowing]


def handed_in(rubric: Rubric, chance: random.Random, share: float) -> Result:
    """A form with every kind of answer; ``share`` of the questions have a finding."""
    group = chance.choice(rubric.classes) if rubric.classes else None
    found = {key: value for key, value in at_random(rubric, chance, office=True).items() if chance.random() < share}
    book = openpyxl.load_workbook(io.BytesIO(book_of(rubric, Filled(group, at_random(rubric, chance), found))))
    sheet = book[SHEET]
    for field, value in HEAD.items():
        sheet[field.cell] = value
    for row in rows(rubric):
        if row.question:
            sheet[row.address(Column.EVIDENCE)] = chance.choice(CITED)
            sheet[row.address(Column.REMARK)] = chance.choice((None, "后勤科"))
            sheet[row.address(Column.OPINION)] = chance.choice((None, "见记录")) if row.id in found else None
    stream = io.BytesIO()
    book.save(stream)
    return assess("交回.xlsx", stream.getvalue(), rubric)


def again(result: Result, rubric: Rubric) -> tuple[Result, bytes]:
    """The result of its checking form."""
    assert result.submission is not None
    prefill, problems = checking_form(result.submission, rubric)
    assert problems == ()
    data = blank_form(rubric, prefill)
    return assess("核查表.xlsx", data, rubric), data


@pytest.mark.parametrize("rubric", standards(), ids=lambda rubric: rubric.id)
@pytest.mark.parametrize("share", [0, 0.5], ids=["claimed", "half checked"])
def test_a_checking_form_says_what_the_form_says(rubric: Rubric, share: float) -> None:
    chance = random.Random(f"{rubric.id}{share}")  # noqa: S311 -- the same forms each time
    before = handed_in(rubric, chance, share)
    after, _ = again(before, rubric)
    old, new = before.submission, after.submission
    assert old
    assert new
    assert before.self
    assert after.self
    assert [claim.said for claim in new.self.claims] == [claim.said for claim in old.self.claims]
    assert (new.agency, new.filled_on, new.cited, new.remarks) == (
        old.agency,
        old.filled_on,
        old.cited,
        old.remarks,
    )
    assert (after.self.total, after.self.at_most) == (before.self.total, before.self.at_most)
    assert new.verification == old.verification
    assert new.opinions == (old.opinions if new.verified else "")
    assert (new.verified and [claim.said for claim in new.verified.claims]) == (
        old.verified and [claim.said for claim in old.verified.claims]
    )


def test_a_finished_verification_is_not_copied() -> None:
    before = handed_in(RUBRIC, random.Random(1), 0)  # noqa: S311
    assert before.submission is not None
    statement = before.submission.self
    verification = type(before.verification)(VerificationState.COMPLETE, 42, 42)
    done = Submission(before.submission.agency, statement, statement, verification, checked_by="李四")
    prefill, _ = checking_form(done, RUBRIC)
    assert (prefill.completion, prefill.checked_by) == (None, None)
    assert {entry.finding for entry in prefill.entries.values()} == {None}


def test_only_the_office_has_something_to_fill_in() -> None:
    data = blank_form(RUBRIC, Prefill("示例市财政局", "行政机关", 2021, turn=Turn.OFFICE))
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    open_cells = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    office = {Field.COMPLETION.cell, Field.CHECKED_BY.cell, Field.CHECKED_ON.cell}
    asked = [row for row in rows(RUBRIC) if row.question]
    merged = {str(cell.coordinate) for line in sheet.iter_rows() for cell in line if isinstance(cell, MergedCell)}
    findings = {row.address(column) for row in asked for column in (Column.FINDING, Column.OPINION)}
    assert open_cells - merged | office == findings | office
    assert {Field[name].cell for name in ("NAME", "YEAR", "PHONE")}.isdisjoint(open_cells)
    checked = {str(check.sqref) for check in sheet.data_validations.dataValidation}
    assert checked == {row.address(Column.FINDING) for row in asked} | {
        field.cell for field in fields(RUBRIC) if field.cell in office and field is not Field.CHECKED_BY
    }
    assert sheet.protection.sheet
    assert sheet.sheet_view.selection[-1].activeCell == asked[0].address(Column.FINDING)


def test_all_columns_stand_on_one_page_in_letters_that_can_be_read() -> None:
    from jieyue_cli.writing.paper import pages_wide

    assert pages_wide([column.narrow for column in Column], 0) == 1
    sheet = openpyxl.load_workbook(io.BytesIO(blank_form(RUBRIC, Prefill(turn=Turn.OFFICE))))[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale) == ("landscape", 9, 90)
    assert list(sheet.col_breaks.brk) == []
    assert sheet.max_column == Column.OPINION.number


# (编号, points written by hand) → what stands in the checking form
BY_HAND: list[tuple[tuple[str, ...], str, dict[str, str | Decimal | None]]] = [
    (("1.1.1",), "9", {"1.1.1": "是"}),
    (("1.1.1",), "0", {"1.1.1": "否"}),
    (("2.2.3",), "3", {"2.2.3": Decimal(3)}),
    (("2.2.3",), "5", {"2.2.3": Decimal(5)}),
    (("5.2.2",), "4", {"5.2.2": Decimal(2)}),
    (("2.1.1", "2.1.2"), "3", {"2.1.1": "是", "2.1.2": "是"}),
    (("2.1.1", "2.1.2"), "0", {"2.1.1": "否", "2.1.2": "否"}),
    (("2.1.1", "2.1.2"), "2", {"2.1.1": None, "2.1.2": None}),
    (("5.2.2",), "3", {"5.2.2": None}),
]


@pytest.mark.parametrize(("criteria", "points", "entered"), BY_HAND)
def test_points_written_by_hand_become_the_least_answers_that_bring_them(
    criteria: tuple[str, ...], points: str, entered: dict[str, str | Decimal | None]
) -> None:
    claim = Claim(criteria, Answer(AnswerKind.SCORE, Decimal(points)), points, "表", "F7")
    submission = Submission(Agency("甲局", None, 2021), Statement((claim,)), None)
    prefill, problems = checking_form(submission, RUBRIC)
    assert {key: entry.answer for key, entry in prefill.entries.items()} == {
        key: value for key, value in entered.items() if value is not None
    }
    lost = None in entered.values()
    assert [(problem.code.slug, problem.location.cell) for problem in problems] == [("claim-not-entered", "F7")] * lost


@pytest.mark.libreoffice
def test_another_program_works_out_the_same_totals(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    answers = {
        key: FilledRow(value) for key, value in at_random(RUBRIC, chance, odd=0).items() if value in ("是", "否")
    }
    made = dataclasses.replace(Prefill("甲局", "行政机关", 2021, entries=answers), turn=Turn.OFFICE)
    (saved,) = resaved([blank_form(RUBRIC, made)], "xlsx", tmp_path)
    result = assess("核查表.xlsx", saved, RUBRIC)
    assert result.self is not None
    assert [problem for problem in result.problems if problem.severity is not Severity.NOTE] == []
    sheet = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)[SHEET]
    assert Decimal(sheet[Field.SELF_TOTAL.cell].value) == result.self.total
    assert result.submission is not None
    assert result.submission.self.stated
