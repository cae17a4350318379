"""An .ods reads the same whoever wrote it: without types, with tabs and breaks as elements, or set out for people."""

from __future__ import annotations

import datetime as dt

import pytest

from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import Area, CellState, Sheet

from . import builders as make


def only_sheet(table: str) -> Sheet:
    book, problems = read_workbook(make.ods(table))
    assert book is not None, problems
    return book.sheets[0]


def row(*cells: str) -> str:
    return "<table:table-row>" + "".join(f"<table:table-cell{cell}</table:table-cell>" for cell in cells)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("><text:p>是</text:p>", "是"),
        ("><text:p>8</text:p>", "8"),
        ("><text:p>  是\n  </text:p>", "是"),
        ("><text:p>甲\n   乙</text:p>", "甲 乙"),
        ("><text:p>甲<text:tab/>乙</text:p>", "甲\t乙"),
        ('><text:p>甲<text:s text:c="3"/>乙</text:p>', "甲   乙"),
        ("><text:p>甲 <text:s/>乙</text:p>", "甲  乙"),
        ("><text:p><text:s/>甲<text:s/></text:p>", " 甲 "),
        ("><text:p>甲<text:line-break/>乙</text:p>", "甲\n乙"),
        ("><text:p>甲</text:p><text:p>乙</text:p>", "甲\n乙"),
        ("><text:p>甲<text:span>乙 </text:span><text:a> 丙</text:a></text:p>", "甲乙 丙"),
        ("><office:annotation><text:p>批注</text:p></office:annotation><text:p>是</text:p>", "是"),
        ("><text:p>&lt;&amp;&quot;&apos;</text:p>", "<&\"'"),
        (' office:value-type="string"><text:p>甲<text:tab/>乙</text:p>', "甲\t乙"),
        (' office:value-type="string" office:string-value="存的"><text:p>显示的</text:p>', "存的"),
        (' office:value-type="float" office:value="3"><text:p>三</text:p>', 3),
        (' office:value-type="percentage" office:value="0.95"><text:p>95%</text:p>', 0.95),
        (' office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>', True),
        (' office:value-type="date" office:date-value="2020-10-20"><text:p>十月</text:p>', dt.date(2020, 10, 20)),
        (' office:value-type="time" office:time-value="PT12H30M00S"><text:p>十二点半</text:p>', dt.time(12, 30)),
        ("><text:p/>", None),
        ("><office:annotation><text:p>批注</text:p></office:annotation>", None),
    ],
)
def test_a_cell_holds_what_it_shows_or_stores(cell: str, value: object) -> None:
    sheet = only_sheet(row(">", cell, "><text:p>尾</text:p>") + "</table:table-row>")
    assert sheet.cell(1, 2).value == value
    assert sheet.cell(1, 2).state is CellState.TYPED
    assert sheet.cell(1, 3).value == "尾"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (' office:value-type="float"><text:p>3</text:p>', "#损坏（类型与内容不符）"),
        (' office:value-type="float" office:value="1_0"><text:p>10</text:p>', "#损坏（1_0）"),
        (' office:value-type="float" office:value="1e999"><text:p>大</text:p>', "#损坏（1e999）"),
        (' office:value-type="boolean" office:boolean-value="2"><text:p>2</text:p>', "#损坏（2）"),
        (' office:value-type="date" office:date-value="去年"><text:p>去年</text:p>', "#损坏（去年）"),
        (' office:value-type="x"><text:p>3</text:p>', "#损坏（类型“x”无法识别）"),
        (">是", "#损坏（内容写法有误）"),
        ("><text:list><text:list-item><text:p>是</text:p></text:list-item></text:list>", "#损坏（内容写法有误）"),
        ('><text:p><text:s text:c="x"/></text:p>', "#损坏（内容写法有误）"),
    ],
)
def test_a_cell_without_one_meaning_is_an_error_at_its_place(cell: str, shown: str) -> None:
    sheet = only_sheet(row(">", cell, "><text:p>尾</text:p>") + "</table:table-row>")
    assert [(read.address, read.value, read.state) for read in sheet.cells()] == [
        ("B1", shown, CellState.ERROR),
        ("C1", "尾", CellState.TYPED),
    ]


def test_a_file_set_out_for_people_reads_as_one_that_is_not() -> None:
    table = (
        "<table:table-column/>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-header-rows><table:table-row table:visibility="collapse">'
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>编号</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
        '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"><text:p>1</text:p>'
        "</table:table-cell></table:table-row></table:table-header-rows>"
    )
    sheet = only_sheet(table.replace("><", ">\n    <"))
    assert sheet == only_sheet(table)
    assert [(cell.address, cell.value, cell.state) for cell in sheet.cells()] == [
        ("A3", "编号", CellState.TYPED),
        ("C3", 1, CellState.FORMULA),
    ]
    assert (sheet.merged, sheet.hidden_rows) == ((Area(3, 1, 3, 2),), frozenset({3}))
