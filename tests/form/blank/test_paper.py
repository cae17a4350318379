"""The form on paper: the agency's part in a readable size, the office's on pages of its own, nothing cut."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jieyue_cli.form.blank.template import FilledRow, Prefill, blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import BRIEF_COLUMN, CAPTION_ROW, HEADER_ROW, SHEET, Column, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook.cells import letters
from jieyue_cli.writing.rows import line_count

LEAST_POINTS = 9
PAPER_MM, INCH_MM, PIXELS_AN_INCH = 297, 25.4, 96
WIDEST_DIGIT = 8
"""Pixels of a digit in the base font: 7 in a spreadsheet program with 宋体, 8 with the usual replacements."""


@pytest.fixture(scope="module")
def sheet(rubric: Rubric) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(blank_form(rubric)))[SHEET]


def test_the_agencys_columns_fill_one_page_at_nine_points_or_more(sheet: Worksheet) -> None:
    columns = list(Column)[: Column.REMARK.number]
    pixels = sum(column.width * WIDEST_DIGIT + 5 for column in columns)
    margins = (sheet.page_margins.left + sheet.page_margins.right) * INCH_MM
    scale = sheet.page_setup.scale or 0
    assert pixels / PIXELS_AN_INCH * INCH_MM * scale / 100 <= PAPER_MM - margins
    assert [entry.id for entry in sheet.col_breaks.brk] == [Column.REMARK.number]
    sizes = {cell.font.sz for line in sheet.iter_rows(max_col=Column.REMARK.number) for cell in line if cell.value}
    assert min(sizes) * scale / 100 >= LEAST_POINTS


def test_every_page_shows_the_agency_the_header_and_what_a_row_is_about(sheet: Worksheet) -> None:
    assert sheet.print_title_rows == f"${CAPTION_ROW}:${HEADER_ROW}"
    assert sheet.print_title_cols == "$A:$A"
    name, year = Field.NAME.absolute, Field.YEAR.absolute
    caption = f'={name}&IF({year}="","","　"&{year}&" 年度")'
    captions = [cell.column for cell in sheet[CAPTION_ROW] if cell.value == caption]
    assert captions == [Column.UNIT.number, Column.FINDING.number]
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_the_offices_pages_say_in_two_lines_at_most_what_a_row_is_about(sheet: Worksheet, rubric: Rubric) -> None:
    for row in rows(rubric):
        brief = sheet.cell(row.number, BRIEF_COLUMN).value
        assert row.text.startswith(str(brief).removesuffix("…"))
        assert line_count(str(brief), sheet.column_dimensions[letters(BRIEF_COLUMN)].width) <= 2
    sums = [sheet.cell(row, BRIEF_COLUMN).value for row in range(rows(rubric)[-1].number + 2, sheet.max_row)]
    assert sums[:3] == ["得分汇总", "强化目标管理　单元小计", "强化目标管理　节约能源资源目标管理"]


def test_the_sums_and_the_lines_to_sign_on_begin_a_page(sheet: Worksheet, rubric: Rubric) -> None:
    assert [entry.id for entry in sheet.row_breaks.brk] == [rows(rubric)[-1].number + 1]


def test_nothing_is_made_smaller_to_fit_its_cell(sheet: Worksheet) -> None:
    assert [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.alignment.shrink_to_fit] == []


def test_names_of_units_and_items_are_as_dark_as_the_rest(sheet: Worksheet, rubric: Rubric) -> None:
    for row in rows(rubric):
        fonts = [sheet[row.address(column)].font for column in (Column.UNIT, Column.ITEM, Column.TEXT)]
        assert {(font.color.rgb, font.sz) for font in fonts} == {("FF1F2937", 10)}


def test_lines_to_sign_on_stand_below_the_table(sheet: Worksheet, rubric: Rubric) -> None:
    last = rows(rubric)[-1].number
    below = {cell.value for line in sheet.iter_rows(min_row=last + 1) for cell in line if isinstance(cell.value, str)}
    assert {"单位负责人（签字）：", "填报单位（盖章）：", "日期：", "核查人（签字）："} <= below


def heights(data: bytes) -> dict[int, tuple[float, bool]]:
    """Each row's height in points, and whether it is fixed."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        xml = container.read("xl/worksheets/sheet1.xml").decode()
    drawn = re.findall(r'<row r="(\d+)"[^>]*? ht="([0-9.]+)"( customHeight="1")?', xml)
    return {int(number): (float(height), bool(fixed)) for number, height, fixed in drawn}


def test_no_row_of_the_table_has_a_fixed_height(rubric: Rubric) -> None:
    drawn = heights(blank_form(rubric))
    assert [row.id for row in rows(rubric) if drawn[row.number][1]] == []


def test_a_row_is_high_enough_for_the_citation_that_is_carried_into_it(rubric: Rubric) -> None:
    citation = "《关于印发节约能源资源管理制度汇编的通知》（示机管〔2020〕12号）" * 3
    row = next(row for row in rows(rubric) if row.id == "2.2.1")
    short, long = (
        heights(blank_form(rubric, Prefill(entries={"2.2.1": FilledRow("是", evidence)})))[row.number][0]
        for evidence in ("附件1", citation)
    )
    wanted = len(citation) * 2 / Column.EVIDENCE.width * 13.5
    assert short < wanted <= long
