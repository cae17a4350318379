"""考评方法, 填报说明 and 备注: where the form shows them, where it does not, and what makes room for them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from jieyue_cli.form.blank.template import Prefill, blank_form
from jieyue_cli.form.layout import HEADER_ROW, HELP_SHEET, SHEET, Column, rows
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric.model import Rubric
from scoring.standards import counted, criterion, item, standard, unit

LONG = "按印发的制度计数。" * 50
NOTE = "原文第三条"
BESIDE = {"method": "查资料", "note": NOTE}
EITHER = {
    "rule": {"kind": "either"},
    "parts": [criterion("P1", "2"), counted("P2", "2", guidance="只数公共区域", method="现场")],
}
PLAIN = unit("1", item("A", criterion("A1", "4"), counted("A2", "3")), item("B", criterion("B1", "2")))


def told(**more: object) -> Rubric:
    """A standard in which everything has something beside its words."""
    first = criterion("A1", "4", guidance="提供印发的文件", **BESIDE)
    parts = unit(
        "1",
        item("A", first, counted("A2", "3", guidance=LONG), note=NOTE),
        item("B", criterion("P", "2", guidance="两种情形填一种", **EITHER)),
        note=NOTE,
    )
    asked = {"id": "D", "text": "用水量", "answer": "number", "guidance": "以水表为准", "note": NOTE}
    return standard(parts, passing="6", inputs=[asked], gates=[{"id": "G", "text": "完成目标", **BESIDE}], **more)


def book(rubric: Rubric, turn: Turn) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank_form(rubric, Prefill(turn=turn))))


@pytest.mark.parametrize("turn", Turn)
def test_the_method_stands_on_a_line_of_its_own_below_the_rule(turn: Turn) -> None:
    rubric = told()
    sheet = book(rubric, turn)[SHEET]
    assert {row.id: sheet[row.address(Column.RULE)].value for row in rows(rubric)} == {
        "D": "不计分",
        "G": "是为符合\n考评方法：查资料",
        "A1": "是得4分，否不得分\n考评方法：查资料",
        "A2": "每项1分，最高3分",
        "P": "下列情形取得分最高的一种，最高2分",
        "P1": "是得2分，否不得分",
        "P2": "每项1分，最高2分\n考评方法：现场",
    }
    heights = {row.id: sheet.row_dimensions[row.number].height for row in rows(rubric)}
    assert heights["A1"] > heights["A2"]
    assert [cell.value for cell in sheet[HEADER_ROW]][: len(Column)] == [column.word for column in Column]


@pytest.mark.parametrize(("turn", "column"), [(Turn.AGENCY, Column.ANSWER), (Turn.OFFICE, Column.FINDING)])
def test_guidance_is_prompted_where_the_answer_goes(turn: Turn, column: Column) -> None:
    rubric = told()
    checks = book(rubric, turn)[SHEET].data_validations.dataValidation
    prompts = {row.id: check.prompt for row in rows(rubric) for check in checks if row.address(column) in check.sqref}
    count = "填数量，如 3，只填数字（每项1分，最高{}分）；没有填 0。\n"
    assert prompts | {"A2": ""} == {
        "D": "填数值，只填数字，没有填 0。\n以水表为准",
        "G": "符合选“是”，不符合选“否”。",
        "A1": "做到了选“是”（得4分），没有做到选“否”。\n提供印发的文件",
        "A2": "",
        "P1": "做到了选“是”（得2分），没有做到选“否”。\n两种情形填一种",
        "P2": f"{count.format(2)}只数公共区域",
    }
    assert len(prompts["A2"]) == 255  # as many as a spreadsheet shows
    assert prompts["A2"].startswith(f"{count.format(3)}按印发的制度计数。")
    assert prompts["A2"].endswith("…（全文见“填写说明”）")
    refusals = {check.error for check in checks if rows(rubric)[2].address(column) in check.sqref}
    assert refusals == {"做到了选“是”（得4分），没有做到选“否”。"}


@pytest.mark.parametrize("turn", Turn)
def test_all_the_guidance_stands_on_the_second_sheet_and_no_note_anywhere(turn: Turn) -> None:
    made = book(told(), turn)
    sheet = made[HELP_SHEET]
    lines = [str(sheet.cell(row, 1).value) for row in range(1, sheet.max_row + 1)]
    start = lines.index("填报说明")
    assert lines[start + 1 : start + 6] == [
        "D　以水表为准",
        "A1　提供印发的文件",
        f"A2　{LONG}",
        "P　两种情形填一种",
        "P2　只数公共区域",
    ]
    assert sheet.row_dimensions[start + 4].height > 4 * sheet.row_dimensions[start + 3].height
    every = [str(cell.value) for each in made for row in each.iter_rows() for cell in row]
    assert [text for text in every if NOTE in text] == []


def test_a_standard_without_them_has_no_such_lines() -> None:
    made = book(standard(PLAIN, passing="6"), Turn.AGENCY)
    every = {str(cell.value) for each in made for row in each.iter_rows() for cell in row}
    assert ("填报说明" in every, [text for text in every if "考评方法" in text]) == (False, [])


def test_the_second_sheet_says_how_the_total_comes_about() -> None:
    more = {"not_applicable": "full", "not_applicable_limit": {"points": "3"}, "scale": {"points": 100, "decimals": 1}}
    sheet = book(standard(PLAIN, passing="60", **more), Turn.AGENCY)[HELP_SHEET]
    lines = [str(cell.value) for (cell,) in sheet.iter_rows(max_col=1)]
    assert lines[lines.index("怎样计分") + 1 :][:4] == [
        "1. 1 个单元、2 个项目、3 条，满分 100 分（由 9 分换算）：第1部分 9 分。",
        "2. 总分 60 分（含）以上为达标。空白按未做到计 0 分。",
        "3. 总分按“得分 ÷ 满分 9 × 100，四舍五入保留 1 位”换算，达标线和等级都按换算后的总分。",
        "4. 空项分值合计不超过 3 分，超过的最高定为未达标。",
    ]
