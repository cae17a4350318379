"""The charts of the summary: they draw the cells beside them, say in words what they show, and fit their pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from report.builders import RUBRIC, result, varied

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
PAGE = 516
"""Points between the margins of A4 across."""
Book = tuple[Any, dict[str, Element]]


@pytest.fixture(scope="module")
def made() -> Book:
    data = book.render(varied())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    return openpyxl.load_workbook(io.BytesIO(data)), parts


def charts(parts: dict[str, Element]) -> list[Element]:
    return [part for name, part in sorted(parts.items()) if name.startswith("xl/charts/chart")]


def anchors(parts: dict[str, Element]) -> Iterator[tuple[int, int, int]]:
    """First and last row of each chart, and the column to its right."""
    for anchor in parts["xl/drawings/drawing1.xml"].iter(f"{X}twoCellAnchor"):
        rows = [int(row.text or "") for row in anchor.iter(f"{X}row")]
        columns = [int(column.text or "") for column in anchor.iter(f"{X}col")]
        yield rows[0] + 1, rows[1] + 1, columns[1]


def test_a_chart_draws_the_cells_beside_it_and_carries_their_values(made: Book) -> None:
    workbook, parts = made
    drawn = 0
    for chart in charts(parts):
        for reference in (*chart.iter(f"{C}numRef"), *chart.iter(f"{C}strRef")):
            place = reference.findtext(f"{C}f") or ""
            sheet, _, cells = place.partition("!")
            shown = [row[0].value for row in workbook[sheet.strip("'")][cells.replace("$", "")]]
            stored: list[object] = [None] * len(shown)
            for point in reference.iter(f"{C}pt"):
                stored[int(point.get("idx") or 0)] = point.findtext(f"{C}v")
            assert [None if value is None else str(value) for value in shown] == stored
            drawn += 1
    assert drawn == 10


def test_a_chart_says_in_words_what_it_shows(made: Book) -> None:
    _, parts = made
    told = [named.get("descr") for named in parts["xl/drawings/drawing1.xml"].iter(f"{X}cNvPr")]
    assert told == [
        "柱形图：各年度认定率，折线为年度目标。2020 年目标 25%，已认定 1 / 6；2021 年目标 50%；2022 年目标 70%。",
        "柱形图：总分分布（深色为 80 分及以上）。85～90 分 2 个，95～100 分 1 个。",
        "条形图：各评价项目共失分。1.1 节约能源资源目标管理 18 分，2.2 管理制度 7 分，5.1 宣传实践 2 分。",
    ]


def test_letters_are_readable_and_in_a_font_with_chinese(made: Book) -> None:
    for chart in charts(made[1]):
        sizes = [int(look.get("sz") or 0) for tag in ("rPr", "defRPr") for look in chart.iter(f"{A}{tag}")]
        assert sizes
        assert min(sizes) >= 900
        assert {font.get("typeface") for font in chart.iter(f"{A}latin")} == {"宋体"}


def test_a_chart_is_whole_on_one_page_with_its_table(made: Book) -> None:
    workbook, parts = made
    sheet = workbook["汇总"]
    breaks = [0, *(mark.id for mark in sheet.row_breaks.brk), sheet.max_row]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    places = list(anchors(parts))
    assert len(places) == 3
    for first, last, right in places:
        assert any(above < first < last <= below for above, below in pairwise(breaks))
        assert right < 7
    for above, below in pairwise(breaks[:4]):
        heights = (sheet.row_dimensions[row].height or 15 for row in range(above + 1, below + 1))
        assert sum(heights) <= PAGE


def test_what_is_drawn_is_text_whatever_the_standard_calls_it() -> None:
    first, *others = RUBRIC.units
    named = first.items[0].replaced(name="=1+1&<b>\u202e")
    rubric = RUBRIC.replaced(units=(first.replaced(items=(named,)), *others))
    tally = Tally()
    tally.add(result("=1+1", {"1.1.1": "否"}))
    findings = Findings(rubric, [result("=1+1", {"1.1.1": "否"})], account_of(rubric, tally, None, None, 2020))
    with zipfile.ZipFile(io.BytesIO(book.render(findings))) as package:
        chart = fromstring(package.read("xl/charts/chart3.xml"))
        assert all(b"=1+1<" not in package.read(name) for name in package.namelist() if "chart" in name)
    assert next(chart.iter(f"{C}strCache")).findtext(f"{C}pt/{C}v") == "1.1 =1+1&<b>"
