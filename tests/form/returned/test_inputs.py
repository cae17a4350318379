"""Inputs in a form that comes back: what is noted, what is told, what is carried on, and what comes of it."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from any_form import Filled, book_of, scored
from jieyue_cli.assessment import Result
from jieyue_cli.form.blank.guide import guide
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.carry import carry
from jieyue_cli.form.checking import checking_form
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.form.turn import Turn
from jieyue_cli.report.phrases import basic_data
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.submission import Claim
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook import read_workbook
from program import run
from rubric.borrowing import BORROWING
from scoring.standards import criterion, item, unit
from scoring.standards import standard as standard_of

FULL: Mapping[str, Any] = {
    "A1": 400,
    "A2": 40,
    "A3": "否",
    "A4": "独立办公",
    "A5": 12,
    "A6": dt.date(2030, 3, 1),
    "A7": "综合科 王某某",
    "A8": 1,
    "G1": "是",
    "1.1.1/1": 500,
    "1.1.1/2": 500,
    "1.1.4-1": 5,
    "1.1.6-1": "是",
}


def standard(text: str = BORROWING) -> Rubric:
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    return rubric


RUBRIC = standard()


def read(changes: Mapping[str, Any], found: Mapping[str, Any] | None = None, done: str | None = None) -> Result:
    return scored(RUBRIC, book_of(RUBRIC, Filled("甲类", {**FULL, **changes}, found or {}, done)))


def told(result: Result) -> list[str]:
    return [f"{problem.location.criterion} {problem.message}" for problem in result.problems]


def noted(result: Result) -> dict[str, str]:
    assert result.self is not None
    return {asked.id: reasons.noted(asked, claim) for asked, claim in reasons.inputs(result.self)}


def test_everything_that_is_asked_once_is_noted() -> None:
    result = read({})
    assert told(result) == []
    assert result.self is not None
    assert result.self.total == 34
    assert noted(result) == {
        "A1": "400 立方米",
        "A2": "40 人",
        "A3": "否",
        "A4": "独立办公",
        "A5": "12 立方米/人",
        "A6": "2030-03-01",
        "A7": "综合科 王某某",
        "A8": "100%",
    }


ANSWERS: list[tuple[str, Any, str, list[str]]] = [
    ("A6", "2030年3月1日", "2030-03-01", ["A6 “2030年3月1日”按“2030-03-01”读取。"]),
    ("A6", "三月初", "“三月初”无法采信", ["A6 “三月初”不是日期，没有采信，请填写日期，如 2020-10-20。"]),
    ("A6", None, "未填", []),
    ("A6", "不涉及", "不涉及", ["A6 本标准不设“不涉及”，“不涉及”按没有填报计；请填实际的情况。"]),
    ("A7", "不涉及", "不涉及", []),
    ("A7", 12, "12", []),
    ("A7", "一\n二　三", "一 二 三", []),
    (
        "A4",
        "合用 办公",
        "合用办公",
        ["1.1.4-1 A4 填的是“合用办公”，这一条不适用，填的“5”没有计分，请核对。", "A4 “合用 办公”按“合用办公”读取。"],
    ),
    ("A4", "无", "“无”无法采信", ["A4 “无”不在可选的各档中（独立办公、合用办公），本条不计分，请从下拉列表中选择。"]),
    ("A2", 0, "“0”无法采信", ["A2 数值 0 不合理，应为大于 0 的数，本条不计分，请更正。"]),
    ("A2", "不涉及", "不涉及", []),
    ("1.1.3-1/2", 2, "否", ["1.1.3-1/2 A3 填的是“否”，这一条不适用，填的“2”没有计分，请核对。"]),
]


@pytest.mark.parametrize(("identifier", "entered", "words", "problems"), ANSWERS)
def test_what_is_written_is_noted_or_told(identifier: str, entered: Any, words: str, problems: list[str]) -> None:
    result = read({identifier: entered})
    assert noted(result).get(identifier, noted(result)["A3"]) == words
    assert told(result) == problems


FINDINGS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "34", "34"),
    ({"A3": "是"}, "30", "34"),
    ({"A1": "虚假"}, "27", "27"),
    ({"A2": "？"}, "27", "34"),
    ({"A4": "合用办公", "1.1.4-2": "是"}, "32", "32"),
    ({"G1": "否"}, "32", "32"),
]


@pytest.mark.parametrize(("found", "total", "most"), FINDINGS)
def test_the_office_scores_by_its_own_findings_or_what_it_adopts(found: dict[str, Any], total: str, most: str) -> None:
    if found.get("A3") == "是":
        found = {**found, "1.1.3-1/1": "？"}
    card = read({}, {"1.1.1/1": 500, **found}, "已完成，空白同自评").verified
    assert card is not None
    assert (plain(card.total), plain(card.at_most)) == (total, most)


def test_inputs_and_what_is_noted_are_carried_to_the_next_form() -> None:
    following = standard(BORROWING.replace('version: "1"', 'version: "2"'))
    workbook, _ = read_workbook(book_of(RUBRIC, Filled("甲类", FULL, {})))
    assert workbook is not None
    prefill, problems = carry(workbook, following)
    assert prefill is not None
    assert problems == ()
    again = scored(following, blank_form(following, prefill))
    assert noted(again) == noted(read({}))


def test_the_checking_form_holds_what_was_noted() -> None:
    result = read({})
    assert result.submission is not None
    prefill, problems = checking_form(result.submission, RUBRIC)
    assert problems == ()
    assert noted(scored(RUBRIC, blank_form(RUBRIC, prefill))) == noted(result)


@pytest.mark.parametrize("said", ["A6\tnoted\t2030-03-01", "A7\tnoted\t综合科 王某某", "A1\tvalue\t400", "A2\tblank\t"])
def test_an_answer_is_read_back_from_what_it_says(said: str) -> None:
    assert Claim.of(said).said == said


def test_reports_show_the_inputs(tmp_path: Path) -> None:
    rubric, form = tmp_path / "标准.yaml", tmp_path / "表.xlsx"
    rubric.write_text(BORROWING, "utf-8")
    form.write_bytes(book_of(RUBRIC, Filled("甲类", {**FULL, "A2": None, "1.1.1/1": 400}, {})))
    result = scored(RUBRIC, form.read_bytes())
    assert result.self is not None
    assert basic_data(result.self).startswith("年用水量 400 立方米；用水人数 未填；是否设置室外吸烟区 否；")
    run("score", form, "--rubric", rubric, "-o", tmp_path / "得分.csv", "-o", tmp_path / "得分.json")
    found = json.loads((tmp_path / "得分.json").read_text("utf-8"))["results"][0]["self"]
    assert found["inputs"][:3] == [
        {"id": "A1", "text": "年用水量", "answer": 400, "cell": "G9"},
        {"id": "A2", "text": "用水人数", "answer": None, "cell": "G10"},
        {"id": "A3", "text": "是否设置室外吸烟区", "answer": "否", "cell": "G11"},
    ]
    (item,) = found["units"][0]["items"]
    assert (item["criteria"][0]["score"], item["score"], found["total"]) == (8.42, 25.42, 25.42)
    (beside,) = (path for path in tmp_path.glob("得分*.csv") if path.name != "得分.csv")
    lines = beside.read_text("utf-8-sig").splitlines()
    assert [line.split(",")[7:] for line in lines if ",基本数据,,A" in line][5] == [
        "基本数据",
        "",
        "A6",
        "制度印发日期",
        "",
        "2030-03-01",
        "",
        "",
        "",
        "",
        "制度印发日期 2030-03-01",
        "自评打分表!G14",
    ]


def test_the_form_asks_for_inputs_first() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank_form(RUBRIC)))[SHEET]
    listed = rows(RUBRIC)[:8]
    assert [
        [sheet[row.address(column)].value for column in (Column.ID, Column.UNIT, Column.ITEM, Column.TEXT)]
        for row in listed[:2]
    ] == [["A1", "基本数据", "基本数据", "年用水量"], ["A2", "基本数据", "基本数据", "用水人数"]]
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    kinds = {row.id: checks[row.address(Column.ANSWER)].type for row in listed if row.address(Column.ANSWER) in checks}
    assert kinds == {
        "A1": "custom",
        "A2": "custom",
        "A3": "list",
        "A4": "list",
        "A5": "custom",
        "A6": "date",
        "A7": None,
        "A8": "decimal",
    }


def test_the_guide_tells_what_is_asked_once_and_where_only_one_case_counts() -> None:
    told = [paragraph.text for paragraph in guide(RUBRIC, Turn.AGENCY)]
    assert any(text.startswith("3. 基本数据只填一次，不计分：A1 年用水量（填数值；单位：立方米）；") for text in told)
    assert "4. 分情形的条目只填对上的一种情形；显示为灰色的各行不填，填了也不计分。" in told
    assert any("A1、A2、A5 没有这类情况的可填“不涉及”（用到它的各条不涉及按缺项折算）" in text for text in told)


TYPED = [
    ("1", "“1”无法采信，更正后最多 2 分 → 0 分（Sheet!D6）"),
    ("2", "表中自填 2 分，满分 2 分 → 2 分（Sheet!D6）"),
    ("", "未填报 → 0 分（Sheet!D6）"),
    ("优", "“优”无法采信，更正后最多 2 分 → 0 分（Sheet!D6）"),
]
"""What stands in a table typed by hand for a criterion that has parts, and what the line says."""


@pytest.mark.parametrize(("entered", "told"), TYPED)
def test_a_typed_table_may_score_a_branch_on_a_criterion(entered: str, told: str) -> None:
    on = {"kind": "branch", "on": "B"}
    cases = [{"id": "C-1", "text": "公示", "case": "是"}, {"id": "C-2", "text": "整改", "case": "否"}]
    branch = criterion("C", "2", rule=on, parts=cases)
    rubric = standard_of(unit("1", item("I", criterion("A", "2"), criterion("B", "2"), branch)), passing="4")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    head = ["单位名称", "示例市财政局"], ["评价年度", 2031], ["评价项目", "评价标准", "分值", "自评得分"]
    for label in head:
        sheet.append(label)
    for top in rubric.criteria:
        sheet.append(["名称I", top.text, 2, 2 if top.id != "C" else entered])
    stream = io.BytesIO()
    book.save(stream)
    card = scored(rubric, stream.getvalue()).self
    assert card is not None
    assert reasons.why(card.lines[2]) == told


def test_a_typed_table_cannot_tell_inputs() -> None:
    book = openpyxl.Workbook()
    plainly = BORROWING.replace("classes: [甲类, 乙类]\n", "").replace(", when: [甲类]", "")
    rubric = standard(plainly.replace("gates:\n  - {id: G1, text: 完成节水目标}\n", "").replace("on: G1", "on: A3"))
    book.worksheets[0].append(["评价项目", "评价标准", "分值", "自评得分"])
    for top in rubric.criteria:
        book.worksheets[0].append(["管理", top.text, 1, 1])
    stream = io.BytesIO()
    book.save(stream)
    assert [problem.code.slug for problem in scored(rubric, stream.getvalue()).problems] == ["typed-unfit"]
