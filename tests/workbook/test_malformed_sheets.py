"""What no XML parser accepts is never scored, and a cell without one clear meaning is an error at its address."""

from __future__ import annotations

import datetime as dt

import pytest

from jieyue_cli.problems import Code
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import CellState

from . import builders as make

STRINGS = f'<sst xmlns="{make.MAIN}"><si><t>甲</t></si><si><t>乙</t><t>丙</t></si></sst>'
NOT_XML = {
    "a blank in a tag": '<c r="B2" t="inlineStr"><is>< t>是</t></is></c>',
    "a tag without a name": '<c r="B2" t="inlineStr"><is><>是</t></is></c>',
    "a tag that is not closed": '<c r="B2" t="inlineStr"><is><t>是</is></c>',
    "a bare ampersand": '<c r="B2" t="str"><v>甲&乙</v></c>',
    "an unknown entity": '<c r="B2" t="str"><v>甲&yi;乙</v></c>',
    "a control character": '<c r="B2" t="str"><v>甲\x01乙</v></c>',
    "the end of a section": '<c r="B2" t="str"><v>甲]]>乙</v></c>',
    "an attribute twice": '<c r="B2" r="C2"><v>1</v></c>',
    "an ampersand in a formula": '<c r="B2"><f>A1&A2</f><v>1</v></c>',
    "an attribute of a formula": '<c r="B2"><f t="shared" si=0/><v>1</v></c>',
}


@pytest.mark.parametrize("cell", NOT_XML.values(), ids=NOT_XML)
def test_a_sheet_that_is_not_xml_is_damaged_and_the_place_is_told(cell: str) -> None:
    row = f'<row r="2"><c r="A2"><v>1</v></c>{cell}<c r="D2"><v>3</v></c></row>'
    book, problems = read_workbook(make.xlsx(make.sheet_xml(row)))
    assert book is None
    assert [problem.code for problem in problems] == [Code.FILE_DAMAGED]
    assert (problems[0].location.sheet, problems[0].location.cell) in {("甲", "A2"), ("甲", "B2")}


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ('<row r="2"><c r="B2"><v>1</v></c></row><row r="2"><c r="C2"><v>2</v></c></row>', "A2"),
        ('<row r="3"><c r="B3"><v>1</v></c></row><row r="2"><c r="C2"><v>2</v></c></row>', "A2"),
        ('<row r="2" r="3"><c r="B2"><v>1</v></c></row>', None),
        ('<row r="2" spans="&x;"><c r="B2"><v>1</v></c></row>', None),
        ('<row r="2"><d r="B2"><v>1</v></d></row>', "A2"),
        ('<row r="2">8<c r="B2"><v>1</v></c></row>', "A2"),
    ],
    ids=["a row twice", "rows out of order", "an attribute twice", "an entity", "no cell", "text in a row"],
)
def test_rows_that_contradict_themselves_are_damage(rows: str, cell: str | None) -> None:
    book, problems = read_workbook(make.xlsx(make.sheet_xml(rows)))
    assert book is None
    assert [(problem.code, problem.location.sheet, problem.location.cell) for problem in problems] == [
        (Code.FILE_DAMAGED, "甲", cell)
    ]


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("<cols><col min=1/></cols>", ""),
        ("", "< mergeCells/>"),
        ("", '<mergeCells count="1"><mergeCell ref="A1:B1"/>'),
    ],
)
def test_what_surrounds_the_cells_is_xml_too(head: str, tail: str) -> None:
    sheet = make.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', before=head, after=tail)
    book, problems = read_workbook(make.xlsx(sheet))
    assert book is None
    assert [(problem.code, problem.location.sheet) for problem in problems] == [(Code.FILE_DAMAGED, "甲")]


@pytest.mark.parametrize(
    "strings", ["<si>< t>甲</t></si>", "<si><>甲</t></si>", "<si><t>甲</si>", "<si><t>&x;</t></si>"]
)
def test_shared_strings_that_are_not_xml_are_damage(strings: str) -> None:
    sheet = make.sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    book, problems = read_workbook(make.xlsx(sheet, strings=f'<sst xmlns="{make.MAIN}">{strings}</sst>'))
    assert book is None
    assert [problem.code for problem in problems] == [Code.FILE_DAMAGED]
    assert "共享文字部件有误" in problems[0].message


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (' t="inliTeStr"><is><t>是</t></is>', "#损坏（类型“inliTeStr”无法识别）"),
        (' t="x"><v>8</v>', "#损坏（类型“x”无法识别）"),
        (' t="inlineStr"><v>是</v>', "#损坏（类型与内容不符）"),
        ("><is><t>是</t></is>", "#损坏（类型与内容不符）"),
        ("><v>1_0</v>", "#损坏（1_0）"),
        ("><v>１０</v>", "#损坏（１０）"),
        ("><v>--1</v>", "#损坏（--1）"),
        ("><v>1e999</v>", "#损坏（1e999）"),
        ("><v>NaN</v>", "#损坏（NaN）"),
        (f"><v>{'9' * 5000}</v>", f"#损坏（{'9' * 20}）"),
        (' t="b"><v>2</v>', "#损坏（2）"),
        (' t="b"><v>是</v>', "#损坏（是）"),
        (' t="s"><v>1_0</v>', "#损坏（共享文字 1_0）"),
        (' t="s"><v>-1</v>', "#损坏（共享文字 -1）"),
        (' t="s"><v>9</v>', "#损坏（共享文字 9）"),
        (' t="s"><v>1</v>', "#损坏（共享文字 1）"),
        (' t="d"><v>2020-99-20</v>', "#损坏（2020-99-20）"),
        (' t="e"><v></v>', "#ERROR!"),
        ("><v>1</v><v>2</v>", "#损坏（内容写法有误）"),
        ("><v>1<b>2</b></v>", "#损坏（内容写法有误）"),
        (">8", "#损坏（内容写法有误）"),
        ("><w>8</w>", "#损坏（内容写法有误）"),
        (' t="inlineStr"><is><t>是</t><t>否</t></is>', "#损坏（内容写法有误）"),
        (' t="inlineStr"><is><t>是</t><r><t>否</t></r></is>', "#损坏（内容写法有误）"),
        (' t="inlineStr"><is><r><t>是</t><t>否</t></r></is>', "#损坏（内容写法有误）"),
        (' t="inlineStr"><is>是</is>', "#损坏（内容写法有误）"),
        ('><v>1</v></c><c r="C2"><v>2</v>', "#损坏（同一格出现了两次）"),
        ('><v>1</v></c><c r="C2" s="0"/><c r="C2" s="0">', "#损坏（同一格出现了两次）"),
        ('/><c r="C2"><f>1</f>', "#损坏（同一格出现了两次）"),
    ],
)
@pytest.mark.parametrize("dialect", ["common", "commented"])
def test_a_cell_without_one_meaning_is_an_error_at_its_place(cell: str, shown: str, dialect: str) -> None:
    comment = "<!-- not the common dialect -->" if dialect == "commented" else ""
    row = f'{comment}<row r="2"><c r="A2"><v>1</v></c><c r="C2"{cell}</c><c r="D2"><v>3</v></c></row>'
    book, problems = read_workbook(make.xlsx(make.sheet_xml(row), strings=STRINGS))
    assert book is not None, problems
    assert [(cell.address, cell.value, cell.state) for cell in book.sheets[0].cells()] == [
        ("A2", 1, CellState.TYPED),
        ("C2", shown, CellState.ERROR),
        ("D2", 3, CellState.TYPED),
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("><v>\n 7 </v>", 7),
        ("><v>1E-007</v>", 1e-7),
        ("><v>.5</v>", 0.5),
        (' t="d"><v>2020-10-20</v>', dt.date(2020, 10, 20)),
        (' t="inlineStr"><is><r><rPr><b/></rPr><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is>', "甲 乙"),
        (' t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is>', "甲"),
        (' t="str"><v>&lt;甲&gt;</v>', "<甲>"),
        ('/><c r="C2"><v>5</v></c><c r="B2"><v>6</v>', 6),
    ],
    ids=str,
)
def test_what_has_one_meaning_is_read_however_it_is_written(cell: str, value: object) -> None:
    address = "B2" if "B2" in cell else "C2"
    row = f'<row r="2"><c r="{"A2" if address == "B2" else "C2"}"{cell}</c></row>'
    book, problems = read_workbook(make.xlsx(make.sheet_xml(row)))
    assert book is not None, problems
    assert book.sheets[0].cell(2, "ABC".index(address[0]) + 1).value == value


@pytest.mark.parametrize("dialect", ["common", "commented"])
@pytest.mark.parametrize("style", [1, 2], ids=["date", "duration"])
@pytest.mark.parametrize("number", ["2958466", "3000000.5", "1e9", "1E+300", "-1", "-0.5"])
def test_a_date_of_no_calendar_is_an_error_at_its_place(number: str, style: int, dialect: str) -> None:
    comment = "<!-- not the common dialect -->" if dialect == "commented" else ""
    cells = "".join(
        f'<c r="{column}2" s="{style}"{kind}><v>{value}</v></c>'
        for column, kind, value in (("B", "", number), ("C", ' t="n"', "44124"), ("D", ' t="str"', number))
    )
    row = f'{comment}<row r="2"><c r="A2"><v>{number}</v></c>{cells}</row>'
    sheet = make.sheet_xml(row)
    book, problems = read_workbook(make.xlsx(sheet, styles=make.styles_xml("General", 14, "[h]:mm")))
    assert book is not None, problems
    read = {cell.address: cell for cell in book.sheets[0].cells()}
    assert (read["B2"].value, read["B2"].state) == (f"#损坏（日期 {number}）", CellState.ERROR)
    assert read["C2"].value == (dt.date(2020, 10, 20) if style == 1 else dt.timedelta(days=44124))
    assert (read["A2"].value, read["D2"].value) == (float(number), number)


def test_the_last_day_of_either_calendar_is_a_date() -> None:
    for epoch, last in ((0, 2958465), (1, 2957003)):
        parts = make.xlsx_parts(
            make.sheet_xml(f'<row r="1"><c r="A1" s="0"><v>{last}</v></c><c r="B1" s="0"><v>{last + 1}</v></c></row>'),
            styles=make.styles_xml(14),
        )
        book = str(parts["xl/workbook.xml"]).replace("<sheets>", f'<workbookPr date1904="{epoch}"/><sheets>')
        read, problems = read_workbook(make.zipped(parts | {"xl/workbook.xml": book}))
        assert read is not None, problems
        assert [cell.value for cell in read.sheets[0].cells()] == [dt.date(9999, 12, 31), f"#损坏（日期 {last + 1}）"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<mergeCells countt="1"><mergeCell ref="A1:B1"/></mergeCells><!-- -->'),
        ('<cols><col n="5" max="6" hidd="1"/></cols><!-- -->', ""),
    ],
)
def test_odd_attributes_around_the_cells_cost_no_book(before: str, after: str) -> None:
    sheet = make.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', before=before, after=after)
    book, problems = read_workbook(make.xlsx(sheet))
    assert book is not None, problems
    assert book.sheets[0].cell(1, 1).value == 1


def test_a_sheet_of_another_namespace_holds_no_cells() -> None:
    sheet = make.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').replace("2006/main", "2006/main/main")
    book, _ = read_workbook(make.xlsx(sheet))
    assert book is not None
    assert not list(book.sheets[0].cells())
