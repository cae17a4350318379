"""The quick and the careful reader give the same cells wherever both can read; no two readers disagree silently."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jieyue_cli.problems import Code
from jieyue_cli.workbook import DEFAULT_LIMITS, read_workbook
from jieyue_cli.workbook.cells import Cell, CellState, Sheet
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.xlsx.package import open_package
from jieyue_cli.workbook.xlsx.reader import read_carefully, read_quick
from soffice import resaved

from . import builders as make

NOON = dt.datetime(2020, 10, 20, 12)  # noqa: DTZ001 - cells know no time zone


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("自评打分表")
        for row, values in enumerate(
            (("编号", "完成情况", "  留白  "), (1, 2.5, True), ("a\nb", "😀<&>\"'", "_x000D_"), (1e15, -3, 1e-7)), 2
        ):
            sheet.write_row(row, 1, values)
        for column, (code, value) in enumerate(
            (
                ("0%", 0.85),
                ('yyyy"年"m"月"d"日"', NOON.date()),
                ("yyyy-mm-dd hh:mm", NOON),
                ("h:mm", NOON.time()),
                ("[h]:mm", 1.25),
            )
        ):
            style = book.add_format({"num_format": code})
            if isinstance(value, float):
                sheet.write_number(7, column, value, style)
            else:
                sheet.write_datetime(7, column, value, style)
        for column, (formula, stored) in enumerate(
            (("=C4*2", 6), ("=1/0", "#DIV/0!"), ('="a"&"b"', "ab"), ("=TRUE()", True))
        ):
            sheet.write_formula(8, column, formula, None, stored)
        sheet.write_rich_string(9, 1, "甲", book.add_format({"bold": True}), "乙")
        sheet.merge_range("B11:D12", "合并")
        sheet.set_row(12, None, None, {"hidden": True})
        sheet.set_column("K:L", None, None, {"hidden": True})
        sheet.write("L14", "隐藏列")
        book.add_worksheet("隐藏表").hide()
    return buffer.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"], sheet["C2"], sheet["D2"] = "编号", 3, "=C2*2"
    sheet["B3"], sheet["C3"] = NOON, dt.timedelta(hours=30)
    sheet["B4"], sheet["C4"], sheet["D4"] = "#REF!", 0.1, " 留白 "
    sheet.merge_cells("B6:D7")
    sheet.row_dimensions[8].hidden = True
    sheet["A9"] = "底"
    sheet.column_dimensions["C"].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def agree(data: bytes) -> tuple[Sheet, ...]:
    package = open_package(Container(data, DEFAULT_LIMITS), DEFAULT_LIMITS)
    quick, careful = read_quick(package, DEFAULT_LIMITS), read_carefully(package, DEFAULT_LIMITS)
    assert quick is not None, "the quick reader must read ordinary files"
    for sheet, other in zip(quick, careful, strict=True):
        assert (sheet.name, sheet.hidden) == (other.name, other.hidden)
        assert told(sheet) == told(other)
    return quick


def typed(sheet: Sheet) -> list[tuple[Cell, type]]:
    return [(cell, type(cell.value)) for cell in sheet.cells()]


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_both_readers_give_the_same_cells(write: Callable[[], bytes]) -> None:
    sheets = agree(write())
    assert sum(1 for sheet in sheets for _ in sheet.cells()) > 8


def test_characters_written_as_numbers_are_quick_to_read() -> None:
    texts = ("&#32534;&#21495;", "&#65288;&#65292;&#65289;", "&#128512;", "&#160;", "&lt;&#10;$")
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("ABCDE", texts, strict=True)
    )
    strings = f'<sst xmlns="{make.MAIN}"><si><t>&#26159;</t></si></sst>'
    (sheet,) = agree(
        make.xlsx(make.sheet_xml(f'<row r="1">{cells}<c r="F1" t="s"><v>0</v></c></row>'), strings=strings)
    )
    assert [cell.value for cell in sheet.cells()] == ["编号", "（，）", "😀", "\xa0", "<\n$", "是"]


@pytest.mark.parametrize("number", [0, 8, 55296, 57343, 65534, 65535, 1114112, 9999999])
def test_what_is_the_number_of_no_character_is_damage(number: int) -> None:
    sheet = make.sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>&#{number};</t></is></c></row>')
    book, problems = read_workbook(make.xlsx(sheet))
    assert book is None
    assert [problem.code for problem in problems] == [Code.FILE_DAMAGED]


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufdd0\ufffe\uffff"), min_size=1, max_size=8
)
VALUES = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e12, 1e12, allow_subnormal=False),
    TEXTS.filter(lambda text: not text.startswith(("=", "{="))),
    st.sampled_from(["_x000D_", " 空 ", "是", "　", "a\nb"]),
    st.booleans(),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(VALUES | st.none(), max_size=5), min_size=1, max_size=5))
def test_both_readers_agree_on_any_values(rows: list[list[str | float | bool | None]]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("甲")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
    (read,) = agree(buffer.getvalue())
    written = [value for row in rows for value in row if value is not None]
    for cell, value in zip(read.cells(), written, strict=True):
        assert cell.value == (pytest.approx(value, rel=1e-12) if isinstance(value, float) else value)


SHEET = re.findall(
    "<[^>]*>|[^<]+",
    make.sheet_xml(
        '<row r="1" spans="1:3"><c r="A1" t="str"><f>B1</f><v>甲</v></c><c r="B1"><v>3</v></c></row>'
        '<row r="2" hidden="1"><c r="A2" s="0"/><c r="B2" t="inlineStr"><is><t>乙</t></is></c></row>'
        '<row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="C4"><f>B1*2</f><v>6</v></c></row>',
        before='<cols><col min="5" max="5" hidden="1"/></cols>',
        after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
    ),
)
CELL = '<c r="E5"><v>8</v></c>'
STRANGE = (
    *(
        CELL,
        "<v>7</v>",
        "<v/>",
        "<f>1</f>",
        "<f/>",
        "<is><t>文</t></is>",
        "</c>",
        "<v> 7</v>",
        "<v>7\n</v>",
        "\n",
        "&#65;",
    ),
    *(f"<!-- {CELL} -->", f"<![CDATA[{CELL}]]>", f"<?x {CELL}?>", f"<ext>{CELL}</ext>", "<!--<sheetData>-->"),
    *('<c r="B1" r="E5"><v>8</v></c>', '<c r="B1" r = "E5"><v>8</v></c>', '<c\nr="E5"><v>8</v></c>', "<c><v>8</v></c>"),
    *(
        f'<row r="5">{CELL}</row>',
        f'<row r="3">{CELL}</row>',
        '<row r="9"/>',
        '<row r="5" xmlns="x">' + CELL + "</row>",
    ),
    *('<x:c r="E5"><x:v>8</x:v></x:c>', f'<x:c xmlns:x="{make.MAIN}" r="E5"><x:v>8</x:v></x:c>'),
    *(f'<sheetData><row r="5">{CELL}</row></sheetData>', "<sheetData/>", '<sheetData x="1">', "</sheetData>"),
    *(f'<x:sheetData><row r="5">{CELL}</row></x:sheetData>', "<x:sheetData/>", '<dimension ref="A1:ZZ999"/>'),
    *('<mergeCell ref="C1:D2"/>', '<!--<mergeCell ref="C1:D2"/>-->', '<c r="C7" t="e"><v>#N/A</v></c>'),
    *('<c r="E5" t="b"><v>1</v></c>', "<c r='E5'><v>8</v></c>", '<c r="E5" t="d"><v>2020-10-20</v></c>'),
)


@settings(max_examples=800, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, len(SHEET) - 1), st.sampled_from(STRANGE)), min_size=1, max_size=2),
    st.lists(st.integers(1, len(SHEET) - 1), max_size=1),
)
def test_strange_markup_is_not_read_in_two_ways(inserted: list[tuple[int, str]], left_out: list[int]) -> None:
    parts = ["" if place in left_out else part for place, part in enumerate(SHEET)]
    for place, piece in inserted:
        parts[place] = piece + parts[place]
    package = open_package(Container(make.xlsx("".join(parts)), DEFAULT_LIMITS), DEFAULT_LIMITS)
    quick = read_quick(package, DEFAULT_LIMITS)
    try:
        careful = read_carefully(package, DEFAULT_LIMITS)
    except RefusedError:
        return
    assert quick is None or [told(sheet) for sheet in quick] == [told(sheet) for sheet in careful]


def told(sheet: Sheet) -> tuple[object, ...]:
    return typed(sheet), sheet.states, sheet.merged, sheet.hidden_rows, sheet.hidden_columns


class Panic(BaseException):
    """What a Rust panic looks like from Python."""


def test_the_careful_reader_takes_over_where_calamine_panics(monkeypatch: pytest.MonkeyPatch) -> None:
    data = by_xlsxwriter()
    before, _ = read_workbook(data)

    def panic(*_: object) -> None:
        raise Panic

    monkeypatch.setattr("python_calamine.load_workbook", panic)
    after, problems = read_workbook(data)
    assert before is not None
    assert after is not None
    assert [list(sheet.cells()) for sheet in after.sheets] == [list(sheet.cells()) for sheet in before.sheets]
    assert not problems


def test_a_panic_without_a_second_reader_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_: object) -> None:
        raise Panic

    monkeypatch.setattr("python_calamine.load_workbook", panic)
    book, problems = read_workbook(make.xls(make.number(0, 0, 1.0)))
    assert book is None
    assert [problem.code for problem in problems] == [Code.FILE_DAMAGED]


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_the_same_content_reads_the_same_as_libreoffice_saves_it(tmp_path: Path) -> None:
    source, _ = read_workbook(by_xlsxwriter())
    assert source is not None
    for extension in ("xlsx", "xls", "ods"):
        (data,) = resaved([by_xlsxwriter()], extension, tmp_path)
        if extension == "xlsx":
            agree(data)
        book, problems = read_workbook(data)
        assert book is not None, problems
        assert book.kind.value == extension
        for sheet, expected in zip(book.sheets, source.sheets, strict=True):
            assert (sheet.name, sheet.hidden) == (expected.name, expected.hidden)
            assert (sheet.merged, sheet.hidden_rows) == (expected.merged, expected.hidden_rows)
            assert sheet.hidden_columns == expected.hidden_columns
            assert comparable(sheet) == comparable(expected)


def comparable(sheet: Sheet) -> list[tuple[str, object, CellState]]:
    # LibreOffice has no truth values: it saves them as the formulas TRUE() and FALSE(), in an .ods as numbers.
    # A text result that it did not calculate itself it saves as 0 in an .xls.
    return [
        (cell.address, cell.value, cell.state)
        for cell in sheet.cells()
        if cell.value not in {True, "ab", 0} and cell.value is not True
    ]
