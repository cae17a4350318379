"""Filled in, read back: the same answers from the same cells, wherever rows and columns have gone meanwhile."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from first import first
from forms import (
    AGENCY,
    FULL,
    LETTER,
    ROW,
    RUBRIC,
    Written,
    assessed,
    at_random,
    cell,
    expected,
    figures,
    fill,
    filled,
    freely,
    opened,
    plainly,
    saved,
    told,
)
from jieyue_cli.assessment import Result
from jieyue_cli.form.layout import HEADER_ROW, SHEET
from jieyue_cli.problems import Severity
from jieyue_cli.scoring import reasons
from jieyue_cli.submission import AnswerKind
from published import COUNTED, ORDER, YES_NO, Meant, full

MEANT: dict[str, st.SearchStrategy[Meant]] = {
    identifier: st.none() | (st.booleans() if identifier in YES_NO else st.integers(0, 100)) for identifier in ORDER
}
FORMS = st.fixed_dictionaries(MEANT)


def read_back(result: Result) -> dict[str, object]:
    assert result.self is not None
    return {line.id: reasons.answer(line) for line in result.self.lines}


@settings(max_examples=60)
@given(FORMS)
def test_the_answers_written_are_the_answers_read(meant: dict[str, Meant]) -> None:
    result = assessed(filled(plainly(meant)))
    blank = all(answer is None for answer in plainly(meant).values())
    assert [problem.code.slug for problem in result.problems] == ["form-blank"] * blank
    assert read_back(result) == plainly(meant)
    assert figures(result.self) == expected(meant)
    assert result.verified is None
    assert result.agency is not None
    assert (result.agency.name, result.agency.category, result.agency.year) == (AGENCY, "行政机关", 2020)


@pytest.mark.slow
def test_a_hundred_forms_in_every_accepted_spelling_score_what_the_hand_made_table_says() -> None:
    chance = random.Random(42)  # noqa: S311 -- examples, not secrets
    for number in range(100):
        claimed, found = at_random(chance), at_random(chance)
        result = assessed(filled(freely(claimed, chance), freely(found, chance) if number % 2 else {}))
        assert told(result, Severity.ERROR) == []
        assert figures(result.self) == expected(claimed)
        assert (result.verified is not None) == bool(number % 2)
        if result.verified is not None:
            assert figures(result.verified) == expected(found)


# -- where things are does not matter --------------------------------------------------------------------------


@dataclass
class Grid:
    """A form's cells, free to be moved about; ``where`` follows each criterion's answer."""

    rows: list[list[Any]] = field(repr=False)
    header: int = HEADER_ROW
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def where(self) -> dict[str, str]:
        """Find every answer's address by its 编号 and the header's word."""
        head = self.rows[self.header - 1]
        key, answer = head.index("编号"), head.index("完成情况")
        return {
            row[key]: f"{get_column_letter(answer + 1)}{number}"
            for number, row in enumerate(self.rows, 1)
            if number > self.header and len(row) > key and row[key] in ROW
        }

    def saved(self, name: str, before: int, after: int) -> bytes:
        """Write the cells into a new workbook among other sheets."""
        book = openpyxl.Workbook()
        del book[book.sheetnames[0]]
        for number in range(before):
            book.create_sheet(f"其他{number}").append(["编号", "名称", "完成情况", "备注"])
        sheet = book.create_sheet(name)
        for row in self.rows:
            sheet.append(row)
        for number in self.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for number in self.hidden_columns:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
        for number in range(after):
            book.create_sheet(f"附件{number}")
        return saved(book)


def grid(answers: Written) -> Grid:
    _, sheet = opened()
    fill(sheet, answers)
    cells = sheet[f"A1:M{ROW[ORDER[-1]]}"]
    return Grid([[None if each.data_type == "f" else each.value for each in row] for row in cells])


@st.composite
def moved(draw: st.DrawFn) -> tuple[dict[str, Meant], Grid]:
    """Draw a form whose rows and columns somebody inserted, moved, shuffled and hid."""
    meant = draw(FORMS)
    form = grid(plainly(meant))
    body = form.rows[form.header :]
    if draw(st.booleans()):
        draw(st.randoms(use_true_random=False)).shuffle(body)
    form.rows[form.header :] = body
    if draw(st.booleans()):
        order = draw(st.permutations(range(13)))
        form.rows[form.header - 1 :] = [[row[c] for c in order] for row in form.rows[form.header - 1 :]]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(form.rows)))
        new: list[str | None] = draw(st.sampled_from([[], ["示例市节约型机关创建"], [None, "以下由本单位补充说明"]]))
        form.rows.insert(at, list(new))
        form.header += at < form.header
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, 13))
        for number, row in enumerate(form.rows, 1):
            row.extend([None] * (at - len(row)))
            row.insert(at, "我的栏目" if number == form.header else None)
    if draw(st.booleans()):
        form.hidden_rows = draw(st.sets(st.integers(form.header + 1, len(form.rows)), min_size=1, max_size=5))
    if draw(st.booleans()):
        form.hidden_columns = draw(st.sets(st.integers(1, 13), min_size=1, max_size=3))
    return meant, form


@settings(max_examples=60)
@given(moved(), st.sampled_from([SHEET, "Sheet1", "自评表（已填）"]), st.integers(0, 2), st.integers(0, 2))
def test_rows_and_columns_may_move_and_addresses_stay_true(
    drawn: tuple[dict[str, Meant], Grid], name: str, before: int, after: int
) -> None:
    meant, form = drawn
    result = assessed(form.saved(name, before, after))
    blank = {"form-blank"} if all(answer is None for answer in meant.values()) else set()
    assert {problem.code.slug for problem in result.problems} - {"form-hidden"} == blank
    assert figures(result.self) == expected(meant)
    assert result.self is not None
    assert {line.id: line.claim.cell for line in result.self.lines} == form.where()
    assert {line.claim.sheet for line in result.self.lines} == {name}
    assert result.agency is not None
    assert (result.agency.name, result.agency.year) == (AGENCY, 2020)


def test_a_row_inserted_with_a_spreadsheet_program_moves_the_addresses() -> None:
    book, sheet = opened()
    fill(sheet, FULL | {"2.2.3": "若干"})
    sheet.insert_rows(ROW["2.1.1"], 2)
    sheet.insert_rows(1)
    book.move_sheet(SHEET, 1)
    result = assessed(saved(book))
    moved_to = f"{LETTER['完成情况']}{ROW['2.2.3'] + 3}"
    assert told(result, Severity.ERROR) == [
        f"answer-not-count 自评打分表!{moved_to}（2.2.3） “若干”不是数量，本条不计分，请填写整数，如 3；没有填 0。"
    ]
    assert result.self is not None
    assert (int(result.self.total), int(result.self.at_most)) == (95, 100)


def test_what_is_hidden_is_read_and_said() -> None:
    book, sheet = opened()
    fill(sheet, FULL)
    first = ROW["2.1.1"]
    for row in (first, first + 1, first + 2, first + 12):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet.sheet_state = "hidden"
    result = assessed(saved(book))
    hidden = f"第 {first}-{first + 2}、{first + 12} 行"
    assert told(result) == [f"form-hidden 自评打分表 工作表“自评打分表”，{hidden}，G 列被隐藏，已照常读取。"]
    assert figures(result.self) == expected(_all())


def _all() -> dict[str, Meant]:
    return dict.fromkeys(YES_NO, True) | dict.fromkeys(COUNTED, 7)


# -- one damaged cell ------------------------------------------------------------------------------------------

FAULTS_YES_NO: list[tuple[Any, str]] = [
    ("基本做到", "answer-not-yes-no"),
    (5, "answer-not-yes-no"),
    (0.5, "answer-not-yes-no"),
    (dt.date(2020, 10, 20), "answer-not-yes-no"),
    ("=G8", "answer-uncalculated"),
    ("#REF!", "answer-error-cell"),
]
FAULTS_COUNT: list[tuple[Any, str]] = [
    ("若干", "answer-not-count"),
    ("是", "answer-not-count"),
    (True, "answer-not-count"),
    (dt.date(2020, 10, 20), "answer-not-count"),
    (-1, "answer-negative"),
    (2.5, "answer-fraction"),
    (20201020, "answer-huge"),
    ("=1+1", "answer-uncalculated"),
    ("#DIV/0!", "answer-error-cell"),
]


@pytest.mark.parametrize("column", ["完成情况", "核查情况"])
@pytest.mark.parametrize("identifier", first(8, ORDER))
def test_damage_to_one_cell_is_a_problem_at_exactly_that_cell(identifier: str, column: str) -> None:
    faults = FAULTS_COUNT if identifier in COUNTED else FAULTS_YES_NO
    value, slug = faults[ORDER.index(identifier) % len(faults)]
    damaged = FULL | {identifier: value}
    result = assessed(filled(damaged) if column == "完成情况" else filled(FULL, damaged))
    places = [(problem.code.slug, problem.location.cell, problem.location.criterion) for problem in result.problems]
    assert places == [(slug, cell(identifier, column), identifier)]
    hit, other = (result.self, result.verified) if column == "完成情况" else (result.verified, result.self)
    assert figures(hit) == expected(_all() | {identifier: None})
    assert hit is not None
    assert hit.at_most == 100
    assert [line.id for line in hit.lines if line.claim.answer.kind is AnswerKind.UNREADABLE] == [identifier]
    if column == "核查情况":
        assert figures(other) == expected(_all())


@pytest.mark.parametrize("identifier", first(1, COUNTED))
@pytest.mark.parametrize(("value", "slug"), FAULTS_COUNT, ids=repr)
def test_every_damage_to_a_count(identifier: str, value: object, slug: str) -> None:
    result = assessed(filled(FULL | {identifier: value}))
    places = [(problem.code.slug, problem.location.cell) for problem in result.problems]
    assert places == [(slug, cell(identifier))]
    assert result.self is not None
    assert result.self.total == 100 - full(identifier)


def test_the_rubric_the_tests_go_by_is_the_one_they_score() -> None:
    assert list(RUBRIC.by_id) == list(ORDER)
