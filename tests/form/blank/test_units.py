"""Where a unit may count less than its items bring, the form says so: beside the subtotal, and in the instructions."""

from __future__ import annotations

import io

import openpyxl

from jieyue_cli.form.blank.guide import guide
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.turn import Turn
from scoring.standards import criterion, item, standard, unit

RUBRIC = standard(
    unit("1", item("A", criterion("A1", "6")), must={"reach": "4", "zero": "total"}),
    unit("2", item("B", criterion("B1", "4"), must="85%"), deductions=[{"input": "N", "lose": "0.5"}]),
    unit("3", item("X", criterion("X1", "2")), bonus=True, entry={"above": "8"}),
    passing="6",
    inputs=[{"id": "N", "text": "发现烟头", "answer": "count", "unit": "个"}],
)


def test_subtotals_say_why_they_may_be_less() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank_form(RUBRIC))).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert [text for text in cells if text.startswith("单元小计")] == [
        "单元小计（最低4分，否则总分计零分）",
        "单元小计（发现烟头（N）每个扣 0.5 分，扣完为止）",
        "单元小计（附加分，最多计 2 分；基础分高于 8 分才计入）",
    ]


def test_the_instructions_say_it_too() -> None:
    told = [paragraph.text.partition(". ")[2] for paragraph in guide(RUBRIC, Turn.AGENCY)]
    assert [text for text in told if text.startswith(("必须", "第2部分", "第3部分"))] == [
        "必须做到：第1部分 最低4分，否则总分计零分；第B部分 达标比例不低于85%。",
        "第2部分的得分中，发现烟头（N）每个扣 0.5 分，扣完为止；没有填报的，本单元暂不计分。",
        "第3部分：基础分高于 8 分才计入。",
    ]
