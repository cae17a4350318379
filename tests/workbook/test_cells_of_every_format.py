"""The same content reads the same from every format, with true addresses, states, merges and what is hidden."""

from __future__ import annotations

import datetime as dt
import struct

import pytest

from jieyue_cli.problems import Code
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import Area, CellState, FileKind, Sheet, Value

from . import builders as make


def only_sheet(data: bytes) -> Sheet:
    book, problems = read_workbook(data)
    assert book is not None, problems
    return book.sheets[0]


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("><v>3</v>", 3, CellState.TYPED),
        ("><v>3.0</v>", 3, CellState.TYPED),
        ("><v>0.85</v>", 0.85, CellState.TYPED),
        ("><v>-2</v>", -2, CellState.TYPED),
        ("><v>1e300</v>", 1e300, CellState.TYPED),
        (' t="b"><v>1</v>', True, CellState.TYPED),
        (' t="str"><v>是</v>', "是", CellState.TYPED),
        (' t="inlineStr"><is><t>是</t></is>', "是", CellState.TYPED),
        (' t="inlineStr"><is><t>甲_x000D_乙</t></is>', "甲\r乙", CellState.TYPED),
        (' t="inlineStr"><is><t>_x005F_x000D_</t></is>', "_x000D_", CellState.TYPED),
        (' t="inlineStr"><is><t>甲_xD83C_乙</t></is>', "甲_xD83C_乙", CellState.TYPED),
        (' t="e"><v>#REF!</v>', "#REF!", CellState.ERROR),
        (' t="e"><v>#SPILL!</v>', "#SPILL!", CellState.ERROR),
        ("><f>A2</f><v>2</v>", 2, CellState.FORMULA),
        (' t="str"><f>A2</f><v>是</v>', "是", CellState.FORMULA),
        (' t="str"><f>""</f><v></v>', None, CellState.FORMULA),
        (' t="str"><f>_xlfn.DISPIMG("ID",1)</f><v>=DISPIMG("ID",1)</v>', '=DISPIMG("ID",1)', CellState.FORMULA),
        (' t="e"><f>1/0</f><v>#DIV/0!</v>', "#DIV/0!", CellState.ERROR),
        ("><f>A2</f>", None, CellState.UNCALCULATED),
        ("><f>A2</f><v/>", None, CellState.UNCALCULATED),
        ("><f>A2</f><v></v>", None, CellState.UNCALCULATED),
        ('><f t="shared" si="0"/><v>2</v>', 2, CellState.FORMULA),
    ],
)
@pytest.mark.parametrize("dialect", ["common", "commented"])
def test_a_cell_keeps_its_value_and_how_it_came_by_it(cell: str, value: Value, state: CellState, dialect: str) -> None:
    comment = "<!-- not the common dialect -->" if dialect == "commented" else ""
    data = make.xlsx(make.sheet_xml(f'{comment}<row r="2"><c r="C2"{cell}</c><c r="D2"><v>1</v></c></row>'))
    cell_read = only_sheet(data).cell(2, 3)
    assert (cell_read.address, cell_read.value, cell_read.state) == ("C2", value, state)


SERIAL = 44124  # 2020-10-20


@pytest.mark.parametrize(
    ("number_format", "serial", "value"),
    [
        (0, SERIAL, 44124),
        (9, 0.85, 0.85),
        (14, SERIAL, dt.date(2020, 10, 20)),
        (22, SERIAL + 0.5, dt.datetime(2020, 10, 20, 12)),  # noqa: DTZ001 - cells know no time zone
        (20, 0.5, dt.time(12)),
        (31, SERIAL, dt.date(2020, 10, 20)),
        (57, SERIAL, dt.date(2020, 10, 20)),
        (58, SERIAL, dt.date(2020, 10, 20)),
        (46, 1.25, dt.timedelta(days=1, hours=6)),
        ('yyyy"年"m"月"d"日"', SERIAL, dt.date(2020, 10, 20)),
        ("[$-804]yyyy/m/d;@", SERIAL, dt.date(2020, 10, 20)),
        ('0"days"', 3, 3),
        ("[Red]0.00", 3, 3),
        ("0.00E+00", 3, 3),
        ("General", 3, 3),
        ("[h]:mm", 1.25, dt.timedelta(days=1, hours=6)),
    ],
)
@pytest.mark.parametrize("dialect", ["common", "commented"])
def test_a_number_is_a_date_only_where_its_format_says_so(
    number_format: int | str, serial: float, value: Value, dialect: str
) -> None:
    comment = "<!-- not the common dialect -->" if dialect == "commented" else ""
    sheet = make.sheet_xml(f'{comment}<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>')
    value_read = only_sheet(make.xlsx(sheet, styles=make.styles_xml(0, number_format))).cell(1, 1).value
    assert value_read == value
    assert type(value_read) is type(value)


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    parts = make.xlsx_parts(
        make.sheet_xml('<row r="1"><c r="A1" s="1"><v>42662</v></c></row>'), styles=make.styles_xml(0, 14)
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert only_sheet(make.zipped(parts)).cell(1, 1).value == dt.date(2020, 10, 20)


def test_addresses_are_physical_and_a_lying_dimension_is_not_believed() -> None:
    rows = '<row r="5"><c r="C5"><v>1</v></c></row><row r="40"><c r="AB40"><v>2</v></c></row>'
    sheet = only_sheet(make.xlsx(make.sheet_xml(rows, before='<dimension ref="A1"/>')))
    assert [(cell.address, cell.value) for cell in sheet.cells()] == [("C5", 1), ("AB40", 2)]


def test_merges_and_what_is_hidden_are_told_within_the_box_of_values() -> None:
    sheet = only_sheet(
        make.xlsx(
            make.sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row><row r="4" hidden="1">'
                '<c r="A4"><v>1</v></c></row>'
                '<row r="900" hidden="1"/>',
                before='<cols><col min="2" max="16384" width="9" hidden="1"/></cols>',
                after='<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="A4:XFD1048576"/></mergeCells>',
            )
        )
    )
    assert sheet.merged == (Area(1, 1, 2, 2), Area(4, 1, 4, 4))
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_columns == {2, 3, 4}


def test_namesakes_are_read_apart_and_reported() -> None:
    parts = make.xlsx_parts(
        make.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'),
        make.sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>'),
        names="甲甲",
    )
    book, problems = read_workbook(make.zipped(parts))
    assert book is not None
    assert [sheet.cell(1, 1).value for sheet in book.sheets] == [1, 2]
    assert [(problem.code, problem.location.sheet) for problem in problems] == [(Code.SHEET_NAME_DOUBLED, "甲")]


def test_a_hidden_sheet_is_read_and_told() -> None:
    parts = make.xlsx_parts(make.sheet_xml(""), make.sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>'))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('sheetId="2"', 'sheetId="2" state="veryHidden"')
    book, _ = read_workbook(make.zipped(parts))
    assert book is not None
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("甲", False), ("乙", True)]


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: {name: part for name, part in parts.items() if "Content_Types" not in name},
        lambda parts: {name.replace("/", "\\"): part for name, part in parts.items()},
        lambda parts: {name.upper(): part for name, part in parts.items()},
        lambda parts: {name: part for name, part in parts.items() if name != "_rels/.rels"},
        lambda parts: parts | {"xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"].encode("utf-16")},
        lambda parts: parts | {"xl/styles.xml": "<styleSheet><broken"},
        lambda parts: parts | {"xl/worksheets/sheet1.xml": "\ufeff" + parts["xl/worksheets/sheet1.xml"]},
        lambda parts: {
            name: part.replace(make.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                make.RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
            for name, part in parts.items()
        },
        lambda parts: (
            parts
            | {
                "xl/worksheets/sheet1.xml": (
                    f'<x:worksheet xmlns:x="{make.MAIN}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c>'
                    "</x:row></x:sheetData></x:worksheet>"
                ),
            }
        ),
        lambda parts: (
            parts | {"xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"].replace('r="A1"', "r='A1'")}
        ),
    ],
    ids=[
        "no content types",
        "backslashes",
        "upper case",
        "no root relations",
        "utf-16",
        "broken styles",
        "byte order mark",
        "strict",
        "prefixes and no addresses",
        "apostrophes",
    ],
)
def test_cosmetic_faults_do_not_matter(change: object) -> None:
    parts = make.xlsx_parts(make.sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>'))
    assert callable(change)
    assert only_sheet(make.zipped(change(parts))).cell(1, 1).value == 7


def test_an_xls_tells_formulas_errors_merges_and_what_is_hidden() -> None:
    formula = struct.pack("<3HdHLH", 1, 1, 0, 6.0, 0, 0, 3) + b"\x1e\x05\0"
    failed = struct.pack("<3HBxB3xHHLH", 1, 2, 0, 2, 0x17, 0xFFFF, 0, 0, 3) + b"\x1e\x05\0"
    sheet = only_sheet(
        make.xls(
            make.record(0x200, struct.pack("<2L2H2x", 0, 0xFFFFFFFF, 0, 0xFFFF)),
            make.record(0x208, struct.pack("<6HL", 1, 0, 3, 0, 0, 0, 0x20)),
            make.record(0x7D, struct.pack("<5H2x", 1, 1, 0, 0, 1)),
            make.number(0, 0, 3.0),
            make.record(0x06, formula),
            make.record(0x06, failed),
            make.record(0x205, struct.pack("<3H2B", 2, 0, 0, 0x2A, 1)),
            make.record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 0)),
        )
    )
    assert [(cell.address, cell.value, cell.state) for cell in sheet.cells()] == [
        ("A1", 3, CellState.TYPED),
        ("B2", 6, CellState.FORMULA),
        ("C2", "#REF!", CellState.ERROR),
        ("A3", "#N/A", CellState.ERROR),
    ]
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == (
        (Area(1, 1, 2, 1),),
        frozenset({2}),
        frozenset({2}),
    )


def test_an_xlsb_tells_formulas_and_errors() -> None:
    formula = struct.pack("<HLL", 0, 0, 0)
    data = make.xlsb(
        make.xlsb_cell(5, 0, struct.pack("<d", 3.0)),
        make.xlsb_cell(3, 1, b"\x17"),
        make.xlsb_cell(9, 2, struct.pack("<d", 6.0) + formula),
        make.xlsb_cell(11, 3, b"\x07" + formula),
    )
    book, _ = read_workbook(data)
    assert book is not None
    assert (book.kind, [(sheet.name, sheet.hidden) for sheet in book.sheets]) == (
        FileKind.XLSB,
        [("甲", False), ("乙", True)],
    )
    assert [(cell.address, cell.value, cell.state) for cell in book.sheets[0].cells()] == [
        ("A2", 3, CellState.TYPED),
        ("B2", "#REF!", CellState.ERROR),
        ("C2", 6, CellState.FORMULA),
        ("D2", "#DIV/0!", CellState.ERROR),
    ]


def test_an_ods_tells_formulas_errors_merges_and_what_is_hidden() -> None:
    sheet = only_sheet(
        make.ods(
            '<table:table-column/><table:table-column table:visibility="collapse"/>'
            '<table:table-column table:number-columns-repeated="9"/>'
            '<table:table-row table:number-rows-repeated="2">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            '<table:table-row table:visibility="filter"><table:table-cell/>'
            '<table:table-cell office:value-type="float" office:value="3" table:number-columns-spanned="2">'
            "<text:p>3</text:p></table:table-cell>"
            "<table:covered-table-cell/>"
            '<table:table-cell table:formula="of:=[.B3]" office:value-type="float" office:value="3">'
            "<text:p>3</text:p></table:table-cell>"
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
            'calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>"
            '<table:table-cell table:formula="of:=[.B3]"/></table:table-row>'
        )
    )
    assert [(cell.address, cell.value, cell.state) for cell in sheet.cells()] == [
        ("B3", 3, CellState.TYPED),
        ("D3", 3, CellState.FORMULA),
        ("E3", "#DIV/0!", CellState.ERROR),
        ("F3", None, CellState.UNCALCULATED),
    ]
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == (
        (Area(3, 2, 3, 3),),
        frozenset({3}),
        frozenset({2}),
    )
