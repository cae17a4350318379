"""An old form's answers in the form of another standard: what is carried, what is not, and why."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from any_form import Filled, book_of
from jieyue_cli.assessment import Assessor
from jieyue_cli.form.blank.template import FilledRow, Prefill, blank_form
from jieyue_cli.form.carry import carry
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.rubric.source import build, load
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import letters
from program import run
from rubric.small import SMALL

ANSWERS = {"1.1.1": "是", "1.1.2": 3, "2.1.1": "√"}


def rubric_of(*changes: tuple[str, str]) -> Rubric:
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    return rubric


OLD = rubric_of()
PLACE = {row.id: row.address(Column.ANSWER) for row in rows(OLD)}
"""编号 → the cell of its answer in the old form."""
BELOW = rows(OLD)[-1].number + 1
SECOND = ('version: "1"', 'version: "2"')


def old_form(answers: Mapping[str, Any] = ANSWERS, cells: Mapping[str, Any] | None = None) -> bytes:
    """Fill in the old form, with 佐证材料 and 备注 beside every answer; ``cells`` are written over it by address."""
    book = openpyxl.load_workbook(io.BytesIO(book_of(OLD, Filled(None, answers, {"1.1.1": "否"}))))
    sheet = book[SHEET]
    sheet[Field.FILLED_BY.cell], sheet[Field.PHONE.cell] = "示例甲", "0356-0000000"
    for row in rows(OLD):
        if row.id in answers:
            sheet[row.address(Column.EVIDENCE)] = f"附件{row.id}"
            sheet[row.address(Column.REMARK)] = "=1+1" if row.id == "2.1.1" else None
            sheet[row.address(Column.REMARK)].data_type = "s"
    for address, value in (cells or {}).items():
        sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def carried(data: bytes, rubric: Rubric) -> tuple[Prefill, list[str]]:
    workbook, problems = read_workbook(data)
    assert workbook is not None, problems
    prefill, told = carry(workbook, rubric)
    assert prefill is not None, told
    return prefill, [f"{each.code.slug} {each.location.cell} {each.message}" for each in told]


KEPT = {
    "1.1.1": FilledRow("是", "附件1.1.1", None),
    "1.1.2": FilledRow(Decimal(3), "附件1.1.2", None),
    "2.1.1": FilledRow("是", "附件2.1.1", "=1+1"),
}


def without(*identifiers: str) -> dict[str, FilledRow]:
    return {identifier: entry for identifier, entry in KEPT.items() if identifier not in identifiers}


CASES: list[tuple[str, list[tuple[str, str]], dict[str, FilledRow], list[str]]] = [
    ("the same standard", [], KEPT, []),
    ("a new version", [SECOND], KEPT, []),
    (
        "renumbered",
        [SECOND, ("id: 2.1.1", "id: 2.1.9")],
        {**without("2.1.1"), "2.1.9": KEPT["2.1.1"]},
        [f"carry-renumbered {PLACE['2.1.1']} 编号由 2.1.1 改为 2.1.9，条文相同，已带到新表。"],
    ),
    (
        "two sentences change places",
        [("id: 1.1.1", "id: x"), ("id: 2.1.1", "id: 1.1.1"), ("id: x", "id: 2.1.1")],
        {"2.1.1": KEPT["1.1.1"], "1.1.2": KEPT["1.1.2"], "1.1.1": KEPT["2.1.1"]},
        [
            f"carry-renumbered {PLACE['1.1.1']} 编号由 1.1.1 改为 2.1.1，条文相同，已带到新表。",
            f"carry-renumbered {PLACE['2.1.1']} 编号由 2.1.1 改为 1.1.1，条文相同，已带到新表。",
        ],
    ),
    (
        "reworded",
        [SECOND, ("开展活动，得6分", "开展宣传活动，得6分")],
        KEPT,
        [f"carry-reworded {PLACE['2.1.1']} 2.1.1 的条文有改动，填报内容已带到新表，请对照新条文复核。"],
    ),
    (
        "another sentence under the same number",
        [SECOND, ("开展活动，得6分", "食堂杜绝浪费")],
        without("2.1.1"),
        [
            (
                f"carry-other-text {PLACE['2.1.1']} 新标准的 2.1.1 已是另一条内容（原为：开展活动，得6分…），"
                "没有带到新表，请另填。"
            )
        ],
    ),
    (
        "removed",
        [SECOND, ("id: 2.1.1, points: 6, text: 开展活动，得6分", "id: 3.1.1, points: 6, text: 食堂杜绝浪费")],
        without("2.1.1"),
        [f"carry-gone {PLACE['2.1.1']} 新标准没有 2.1.1（开展活动，得6分…）这一条，没有带到新表，请核对是否要另填。"],
    ),
    (
        "asked in another way",
        [SECOND, ("{kind: count, each: 1, measure: 项}", "{kind: ladder, steps: [{name: 齐全, points: 3}]}")],
        {**KEPT, "1.1.2": FilledRow(None, "附件1.1.2", None)},
        [f"carry-answer {PLACE['1.1.2']} “3”不适用于新标准 1.1.2 的填法，没有带到新表，请在新表中另填。"],
    ),
]


@pytest.mark.parametrize(("changes", "entries", "told"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_rows_find_their_place_or_are_told(
    changes: list[tuple[str, str]], entries: dict[str, FilledRow], told: list[str]
) -> None:
    prefill, problems = carried(old_form(), rubric_of(*changes))
    assert dict(prefill.entries) == entries
    assert problems == told


def test_not_applicable_goes_where_it_is_allowed() -> None:
    data = old_form({**ANSWERS, "1.1.1": "/"})
    prefill, told = carried(data, rubric_of(SECOND))
    assert (prefill.entries["1.1.1"].answer, [each.split()[0] for each in told]) == (None, ["carry-answer"])
    prefill, told = carried(data, rubric_of(SECOND, ("not_applicable: not_allowed", "not_applicable: full")))
    assert (prefill.entries["1.1.1"].answer, told) == ("不涉及", [])


def test_the_agency_is_carried_but_not_the_year_nor_the_office_side() -> None:
    prefill, _ = carried(old_form(), OLD)
    assert (prefill.name, prefill.category, prefill.year) == ("示例市财政局", "行政机关", None)
    assert (prefill.filled_by, prefill.phone) == ("示例甲", "0356-0000000")
    sheet = openpyxl.load_workbook(io.BytesIO(blank_form(OLD, prefill)))[SHEET]
    assert all(sheet[row.address(Column.FINDING)].value is None for row in rows(OLD))
    evidence, remark = (sheet[rows(OLD)[-1].address(column)] for column in (Column.EVIDENCE, Column.REMARK))
    assert (evidence.data_type, remark.value, remark.data_type) == ("s", "=1+1", "s")


def test_a_category_that_is_no_more_is_told() -> None:
    _, told = carried(old_form(), rubric_of(SECOND, ("scope: [行政机关, 党的机关]", "scope: [党的机关]")))
    assert told == [
        f"carry-field {Field.CATEGORY.cell} 单位类别“行政机关”不在新标准的选项中，没有带到新表，请在新表中另选。"
    ]


def test_one_sentence_twice_is_carried_from_neither() -> None:
    row = {f"{letters(column)}{BELOW}": value for column, value in ((1, "9.9"), (4, "开展活动，得6分"), (7, "否"))}
    prefill, told = carried(old_form(cells=row), OLD)
    assert dict(prefill.entries) == without("2.1.1")
    twice = f"几行（{PLACE['2.1.1']}、G{BELOW}）都对上新标准的 2.1.1，不知以哪行为准，没有带到新表，请另填。"
    assert told == [f"carry-several {PLACE['2.1.1']} {twice}"]


def test_a_carried_form_claims_what_the_old_one_claimed() -> None:
    data = old_form()
    prefill, _ = carried(data, OLD)
    assessor = Assessor(OLD)
    before, after = assessor.read("旧.xlsx", data), assessor.read("新.xlsx", blank_form(OLD, prefill))
    assert before.submission is not None
    assert after.submission is not None
    answers = [[claim.answer for claim in each.submission.self.claims] for each in (before, after) if each.submission]
    assert answers[0] == answers[1]
    assert not [problem for problem in after.problems if problem.code.slug.endswith("disagrees")]


@pytest.mark.parametrize("turn", list(Turn))
def test_the_lines_to_sign_on_are_no_answers(turn: Turn) -> None:
    entries = {row.id: FilledRow("是", "附件") for row in rows(OLD) if row.id == "1.1.1"}
    data = blank_form(OLD, Prefill("示例局", OLD.scope[0], 2030, entries=entries, turn=turn))
    prefill, problems = carried(data, OLD)
    assert (list(prefill.entries), problems) == (["1.1.1"], [])


@pytest.mark.slow
def test_every_example_standard_carries_a_whole_form_to_itself() -> None:
    for path in sorted((Path(__file__).parents[2] / "examples" / "rubrics").glob("*.yaml")):
        rubric, problems = load(path)
        assert rubric is not None, problems
        group = rubric.classes[0] if rubric.classes else None
        written = {row.id: FilledRow("不涉及", "附件", "备注") for row in rows(rubric) if row.question}
        data = blank_form(rubric, Prefill("示例局", rubric.scope[0], 2030, group, entries=written))
        prefill, _ = carried(data, rubric)
        words = {question.id for question in rubric.questions.values() if question.asked.type is AnswerType.TEXT}
        allowed = words | {question.id for question in rubric.questions.values() if question.excusable}
        assert {key for key, entry in prefill.entries.items() if entry.answer} == allowed
        assert {entry.evidence for entry in prefill.entries.values()} == {"附件"}
        assert prefill.group == group


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "旧表.xlsx").write_bytes(old_form())
    (tmp_path / "新标准.yaml").write_text(SMALL.replace(*SECOND).replace("id: 2.1.1", "id: 2.1.9"), "utf-8")
    (tmp_path / "便条.txt").write_text("不是表", "utf-8")
    asked = ("template", "--rubric", "新标准.yaml", "--from")
    told = run("score", "旧表.xlsx", "--rubric", "新标准.yaml", cwd=tmp_path)
    assert told.code == 1
    assert "第 1 版的表（旧版）" in told.err
    made = run(*asked, "旧表.xlsx", "-o", "新表.xlsx", "--year", "2031", cwd=tmp_path)
    assert (made.code, made.out) == (0, "")
    assert "编号由 2.1.1 改为 2.1.9" in made.err
    assert "从 旧表.xlsx 带过来 3 条填报内容。" in made.err
    scored = run("score", "新表.xlsx", "--rubric", "新标准.yaml", cwd=tmp_path)
    assert scored.code == 0
    assert "达标　自评 10 分" in scored.out
    for wrong in (("便条.txt",), ("旧表.xlsx", "--roster", "旧表.xlsx"), ("没有.xlsx",)):
        assert run(*asked, *wrong, "-o", "别的.xlsx", cwd=tmp_path).code == 2
    assert run(*asked, "旧表.xlsx", "-o", "旧表.xlsx", "--force", cwd=tmp_path).code == 2
    assert not (tmp_path / "别的.xlsx").exists()
