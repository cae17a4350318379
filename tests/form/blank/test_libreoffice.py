"""The form's live formulas, calculated by a real spreadsheet program, show exactly what the program scores."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import math
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from any_form import completions
from forms import FIELD, ROW, RUBRIC, Written, assessed, cell, figures, filled
from jieyue_cli.assessment import Result, assess
from jieyue_cli.form.answers import ABSENT, NO, NONE_COUNTED, YES
from jieyue_cli.form.blank.template import Prefill, blank_form
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.problems import Code
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import AnswerKind, Verification, VerificationState
from published import COUNTED, ORDER
from rubric.small import SMALL
from soffice import calculated, resaved

FORMS = 60
"""At random, besides those with every odd spelling."""
SAVED = 30
"""The first of all forms, with every odd spelling among them, are also read back from what LibreOffice saves."""
PENDING = "待更正"
SUMMARY = ROW[ORDER[-1]] + 3
"""The first row of the totals below the table."""

# What the form's own input checks let through, or what the formulas say they know besides.
VALID_YES_NO = ["是", "否"]
VALID_COUNT = [*range(10), 100, 9999]
ALSO_YES_NO = [*YES, *NO, *ABSENT, "y", "No", "true", "n/a", 1, 0, True, False, " 是", "否　", "　√", " 不涉及 ", "　 "]
ALSO_COUNT = [*ABSENT, *NONE_COUNTED, "3", " 2", "　4　", "0", "n/a", 3.0, " "]
INVALID_YES_NO = [
    *("基本做到", "是 的", "是　的", "是？", "√√", "TRUE是", "2", "1.0", "100%", "*", "?", "~", "是*", "<>是", "是="),
    *(2, -1, 0.5, 1e300, dt.date(2020, 10, 20), "#REF!"),
]
INVALID_COUNT = [
    *(
        "若干",
        "是",
        "3-5",
        "50%",
        "500%",
        "1e1",
        "1/2",
        "(3)",
        "3 5",
        "2.5",
        "-1",
        "1,000",
        "¥5",
        "5.",
        "12:00",
        "24:00",
    ),
    *(
        True,
        False,
        "24:00",
        "TRUE",
        "二十",
        "*",
        "?",
        -1,
        -0.5,
        2.5,
        10000,
        20201020,
        1e300,
        dt.date(2020, 10, 20),
        "#DIV/0!",
    ),
]


def answer(identifier: str, chance: random.Random) -> Any:
    """Pick what stands in one cell: mostly what was asked for."""
    valid: list[Any]
    also: list[Any]
    invalid: list[Any]
    valid, also, invalid = (
        (VALID_COUNT, ALSO_COUNT, INVALID_COUNT)
        if identifier in COUNTED
        else (VALID_YES_NO, ALSO_YES_NO, INVALID_YES_NO)
    )
    (chosen,) = chance.choices((valid, [None], also, invalid), (70, 8, 16, 6))
    return chance.choice(chosen)


def side(chance: random.Random) -> dict[str, Any]:
    """Answer every criterion."""
    return {identifier: answer(identifier, chance) for identifier in ORDER}


def forms() -> Iterator[tuple[Written, Written, str | None]]:
    """Yield random forms, every second one verified; the first ones are clean, and every odd spelling comes up."""
    chance = random.Random(2020)  # noqa: S311 -- examples, not secrets
    yield {}, {}, None
    yield dict.fromkeys(ORDER, "是") | dict.fromkeys(COUNTED, 9), {}, None
    yield {}, dict.fromkeys(ORDER, "　 "), None  # the office has not begun
    odd = {True: [*ALSO_COUNT, *INVALID_COUNT], False: [*ALSO_YES_NO, *INVALID_YES_NO]}
    turns = {counted: itertools.cycle(spellings) for counted, spellings in odd.items()}
    for number in range(math.ceil(len(odd[True]) / len(COUNTED))):  # the rows of counts are the fewest
        answers = {identifier: next(turns[identifier in COUNTED]) for identifier in ORDER}
        yield answers, side(chance), completions(number)
    for number in range(FORMS):
        findings = side(chance) if number % 2 else {}
        if number % 4 == 3:  # only where the office differs
            findings = {identifier: finding for identifier, finding in findings.items() if chance.random() < 0.3}
        yield side(chance), findings, completions(number // 4)


Pair = tuple[Result, Result]
"""One form before and after the spreadsheet program saved it."""


@pytest.fixture(scope="module")
def handed_in() -> list[bytes]:
    """Return all forms."""
    return [filled(*each) for each in forms()]


@pytest.fixture(scope="module")
def saved(handed_in: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    """Return the first forms before and after."""
    before = handed_in[:SAVED]
    after = resaved(before, "xlsx", tmp_path_factory.mktemp("saved"))
    return list(zip(map(assessed, before), map(assessed, after), strict=True))


def expected(
    card: Scorecard | None, column: str, total: str, verdict: str, verification: Verification | None = None
) -> dict[str, Any]:
    """Work out what each score cell of one side should show; a blank string is shown as nothing."""
    below = {"自评得分": "H", "核查得分": "L"}[column]
    order = [key for unit in RUBRIC.units for key in (unit.id, *(item.id for item in unit.items))]
    places = {key: f"{below}{SUMMARY + at}" for at, key in enumerate([*order, ""])}
    if card is None:
        lines: dict[str, Any] = dict.fromkeys(cell(identifier, column) for identifier in ORDER)
        return lines | dict.fromkeys(places.values()) | dict.fromkeys((FIELD[total], FIELD[verdict]))
    score = figures(card)
    unreadable = {line.id for line in card.lines if line.claim.answer.kind is AnswerKind.UNREADABLE}
    lines = {cell(each, column): PENDING if each in unreadable else score[each] for each in ORDER}
    sums = {place: score[key] for key, place in places.items()}
    concluded = card.verdict.chinese
    if verification and verification.state is VerificationState.PARTIAL:
        concluded = f"核查未完成（{verification.found}/{verification.of}）"
    return lines | sums | {FIELD[total]: score[""], FIELD[verdict]: concluded}


@pytest.mark.libreoffice
def test_every_formula_shows_the_score(handed_in: list[bytes], tmp_path: Path) -> None:
    wrong = []
    for number, (form, shown) in enumerate(zip(handed_in, calculated(handed_in, tmp_path), strict=True)):
        scored = assessed(form)
        want = expected(scored.self, "自评得分", "自评总分", "自评结论")
        want |= expected(scored.verified, "核查得分", "核查总分", "核查结论", scored.verification)
        wrong += [
            (number, address, shown[address], want[address], shown[f"G{address[1:]}"])
            for address in want
            if shown[address] != want[address]
        ]
    assert wrong == []


def told_by(line: Line) -> tuple[object, ...]:
    return line.id, reasons.answer(line), line.score, line.at_most, line.claim.cell


@pytest.mark.libreoffice
def test_a_form_scores_the_same_after_it_was_saved(saved: list[Pair]) -> None:
    for before, after in saved:
        for old, new in ((before.self, after.self), (before.verified, after.verified)):
            assert (old is None) == (new is None)
            if old is not None and new is not None:
                assert list(map(told_by, new.lines)) == list(map(told_by, old.lines))
        # it saves TRUE as a formula that gives TRUE
        told = [each for each in after.problems if each.code is not Code.ANSWER_FORMULA]
        assert told == [each for each in before.problems if each.code is not Code.ANSWER_FORMULA]
        assert after.agency == before.agency


@pytest.mark.libreoffice
def test_what_the_form_shows_is_never_reported_as_a_disagreement(saved: list[Pair]) -> None:
    codes = {problem.code for _, after in saved for problem in after.problems}
    assert codes.isdisjoint({Code.SCORE_DISAGREES, Code.TOTAL_DISAGREES, Code.GRADE_DISAGREES})
    assert {Code.ANSWER_SPELLING, Code.ANSWER_NOT_COUNT, Code.ANSWER_NEGATIVE, Code.ANSWER_FRACTION} <= codes


@pytest.mark.libreoffice
def test_tenths_of_points_and_names_like_formulas_add_up(tmp_path: Path) -> None:
    text = SMALL.replace("each: 1", "each: 0.1").replace("制度", "=节*能").replace("管理", "<>节?能")
    rubric, problems = build(text.replace("name: 宣传", 'name: "=节水能"').encode())
    assert rubric is not None, problems
    book = openpyxl.load_workbook(io.BytesIO(blank_form(rubric, Prefill("示例市财政局", "行政机关", 2030))))
    answers: dict[str, Any] = dict(
        zip((row.address(Column.ANSWER) for row in rows(rubric)), ("是", 3, "是"), strict=True)
    )
    answers[rows(rubric)[1].address(Column.FINDING)] = 7
    for address, value in answers.items():
        book[SHEET][address] = value
    path = tmp_path / "表.xlsx"
    book.save(path)
    (data,) = resaved([path.read_bytes()], "xlsx", tmp_path)
    result = assess("表.xlsx", data, rubric)
    assert {problem.code for problem in result.problems} == {
        *(Code.VERIFICATION_PARTIAL, Code.EVIDENCE_ABSENT, Code.FINDING_UNEXPLAINED)
    }
    assert result.self is not None
    assert result.verified is not None
    assert [result.self.total, result.verified.total] == [Decimal("7.3"), Decimal("0.7")]
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[SHEET]
    # the units, each with its item, and all
    sums = range(rows(rubric)[-1].number + 3, rows(rubric)[-1].number + 8)
    assert [sheet[f"H{row}"].value for row in sums] == [1.3, 1.3, 6, 6, 7.3]
    assert [sheet[f"L{row}"].value for row in sums] == [0.7, 0.7, 0, 0, 0.7]


@pytest.mark.libreoffice
def test_rows_grow_with_what_is_typed_into_them(tmp_path: Path) -> None:
    (saved,) = resaved([blank_form(RUBRIC)], "fods", tmp_path)
    document = saved.decode()
    growing = {
        name: optimal == "true"
        for name, optimal in re.findall(
            r'<style:style style:name="(ro\d+)".*?style:use-optimal-row-height="(\w+)"', document, re.DOTALL
        )
    }
    drawn = re.findall(r'<table:table-row table:style-name="(ro\d+)"(?: table:number-rows-repeated="(\d+)")?', document)
    styles = [style for style, repeated in drawn for _ in range(min(int(repeated or 1), 100))]
    assert [identifier for identifier, row in ROW.items() if not growing[styles[row - 1]]] == []


@pytest.mark.libreoffice
def test_names_are_opened_as_they_were_written(tmp_path: Path) -> None:
    names = ["<&>\"'局", "=1+1", "&amp;", "𠮷😀局", " 前后空格　", "_x0041_局", "0012"]
    forms = [blank_form(RUBRIC, Prefill(name, "行政机关", 2021)) for name in names]
    sheets = [openpyxl.load_workbook(io.BytesIO(data))[SHEET] for data in resaved(forms, "xlsx", tmp_path)]
    assert [sheet[FIELD["单位名称"]].value for sheet in sheets] == names
    assert {(sheet[FIELD["单位类别"]].value, sheet[FIELD["评价年度"]].value) for sheet in sheets} == {
        ("行政机关", 2021)
    }
