"""The agency's own workbook says all that it is told, leads to the cells, and is read as if nothing had been added."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from any_form import Filled, book_of
from first import first
from jieyue_cli.assessment import Assessor
from jieyue_cli.problems import Code
from jieyue_cli.report.annotated.making import Made, Maker
from jieyue_cli.report.feedback import feedback_of
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.fingerprint import fingerprint
from jieyue_cli.report.json import pieces
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.rubric.source import load
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count
from returns import returned
from soffice import resaved
from typed_tables import RUBRIC, by_criterion, by_item, full, saved

DAY = dt.date(2020, 11, 3)
ASSESSOR = Assessor(RUBRIC)
POOR = {"1.1.1": "否", "2.2.3": "4", "2.2.5": "", "2.2.4": "否", "3.2.1": "否", "5.1.1": "嗯"}
CHECKED = {"1.1.1": "否", "2.2.3": "2"}
GATED = Path(__file__).parents[3] / "examples" / "rubrics" / "gate_six_areas.yaml"
XLS = GATED.parents[1] / "city" / "2020" / "示例市总工会.xls"
TITLE = "核查反馈"
A4_ACROSS, DIGIT = 1064, 9.34
"""Pixels between the margins of A4, and of a digit of 11 points in the widest font that stands in for another."""
FORMS = {
    "good": returned("示例市统计局"),
    "poor": returned("示例市统计局", POOR),
    "verified": returned("示例市统计局", {"2.2.3": "3"}, CHECKED),
    "nameless": returned(None, POOR, year=None),
    "hostile": returned("=1+1<&>\u202e" + "长" * 500 + "😀", POOR),
    "typed": full(by_item()).written(),
    "typed by criterion": full(by_criterion()).written(),
}


def row_of(data: bytes, assessor: Assessor = ASSESSOR, file: str = "交表/表.xlsx") -> FileRow:
    form = assessor.assess(file, data)
    return FileRow(form, form.problems)


def made(data: bytes, assessor: Assessor = ASSESSOR) -> Made:
    return Maker(assessor, DAY).make(row_of(data, assessor), data)


def values(sheet: Any) -> list[list[Any]]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def open_book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(params=first(3, FORMS))
def form(request: pytest.FixtureRequest) -> bytes:
    return FORMS[request.param]


def test_the_copy_is_scored_exactly_as_the_form_is(form: bytes) -> None:
    copy = made(form)
    assert copy.apart is None
    read = [b"".join(pieces(Findings(RUBRIC, [ASSESSOR.assess("a.xlsx", data)]))) for data in (form, copy.data)]
    assert re.sub(rb'"sha256": "\w+"', b"", read[0]) == re.sub(rb'"sha256": "\w+"', b"", read[1])


def test_every_line_lost_finding_and_problem_is_at_its_cell_and_in_the_sheet(form: bytes) -> None:
    row = row_of(form)
    feedback = feedback_of(row)
    book = open_book(made(form).data)
    page = "\n".join(str(cell) for cells in values(book[TITLE]) for cell in cells)
    for line in feedback.lines:
        assert line.place.sheet
        note = book[line.place.sheet][line.place.cell].comment.text
        assert all(reason in note and reason in page for reason in line.reasons)
        assert all(sentence in page for sentence in line.sentences)
    for problem in row.problems:
        assert problem.message in page
        if problem.location.cell:
            assert problem.message in book[problem.location.sheet][problem.location.cell].comment.text
    assert feedback.way in page


def test_every_link_leads_to_the_cell_that_it_names(form: bytes) -> None:
    book = open_book(made(form).data)
    linked = [cell for row in book[TITLE].iter_rows() for cell in row if cell.hyperlink]
    assert linked or form == FORMS["good"]
    for cell in linked:
        sheet, _, place = cell.hyperlink.location.rpartition("!")
        assert sheet.strip("'") in book.sheetnames
        assert place == cell.value


def test_a_comment_says_what_is_to_do_there() -> None:
    book = open_book(made(FORMS["poor"]).data)
    assert book["自评打分表"]["G46"].comment.text == (
        "【核查反馈】\n编号 5.1.1：分值 4 分，得 0 分，失 4 分\n"
        "“嗯”无法采信，更正后最多 4 分 → 0 分（自评打分表!G46）\n"
        "错误：“嗯”不是数量，本条不计分，请填写整数，如 3；没有填 0。"
    )
    checked = open_book(made(FORMS["verified"]).data)
    assert "核查与自评不同：自评 9 分，核查 0 分" in checked["自评打分表"]["K9"].comment.text


def test_the_sheet_says_who_when_and_what_it_is_about() -> None:
    data = FORMS["verified"]
    proof = fingerprint(RUBRIC, row_of(data).result)
    rows = values(open_book(made(data).data)[TITLE])
    assert rows[0] == ["示例市统计局　2020 年度　核查反馈"]
    assert ["结论", "达标　核查 88 分"] in rows
    assert ["没有得满的条目：2 条（核查与自评不同 2 条）"] in rows
    assert rows[-5:-1] == [
        ["反馈日期", "2020 年 11 月 3 日"],
        ["表格文件指纹", f"SHA-256 {row_of(data).result.sha256}"],
        ["填报内容指纹", proof.answers],
        ["结果指纹", proof.result],
    ]


def test_the_sheet_prints_on_a4_with_rows_as_high_as_their_text(form: bytes) -> None:
    page = open_book(made(form).data)[TITLE]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    widths = [group.width for group in page.column_dimensions.values() for _ in range(group.min, group.max + 1)]
    sizes = {cell.font.sz for row in page.iter_rows() for cell in row if cell.value}
    assert min(sizes) * A4_ACROSS / (DIGIT * sum(widths)) >= 8.99
    merged = {(area.min_row, area.min_col): area for area in page.merged_cells.ranges}
    for row in page.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                area = merged.get((cell.row, cell.column))
                last, bottom = (area.max_col, area.max_row) if area else (cell.column, cell.row)
                width = sum(page.column_dimensions["ABCDEFG"[at - 1]].width for at in range(cell.column, last + 1))
                height = sum(page.row_dimensions[at].height for at in range(cell.row, bottom + 1))
                assert height >= line_count(cell.value, width) * LINE_HEIGHT


def test_boxes_are_large_enough_for_their_text(form: bytes) -> None:
    """Counted from the columns and rows that a box covers, as the form has them."""
    with zipfile.ZipFile(io.BytesIO(made(form).data)) as archive:
        drawings = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".vml")]
    book = open_book(made(form).data)
    for drawing in drawings:
        for anchor, row, column in re.findall(
            r"<x:Anchor>([\d, ]+)</x:Anchor>.*?<x:Row>(\d+)</x:Row><x:Column>(\d+)", drawing
        ):
            left, dx, top, dy, right, dx2, bottom, dy2 = map(int, anchor.split(","))
            sheet = next(s for s in book if s.cell(int(row) + 1, int(column) + 1).comment)
            heights = [(sheet.row_dimensions[at + 1].height or 15) * 4 / 3 for at in range(top, bottom)]
            lines = line_count(sheet.cell(int(row) + 1, int(column) + 1).comment.text, 75)
            assert sum(heights) + dy2 - dy >= lines * 12
            assert right > left or dx2 > dx


def test_a_copy_that_comes_back_changed_gets_new_feedback_and_that_is_said() -> None:
    once = made(FORMS["poor"])
    same = made(once.data)
    assert (once.renewed, same.renewed, same.apart) == (False, False, None)
    changed = openpyxl.load_workbook(io.BytesIO(once.data))
    changed["自评打分表"]["G46"].value = 2
    back = saved(changed)
    again = made(back)
    assert (again.renewed, again.apart) == (True, None)
    book = open_book(again.data)
    assert book.sheetnames.count(TITLE) == 1
    assert book["自评打分表"]["G46"].comment is None
    assert book["自评打分表"]["G9"].comment.text.count("核查反馈") == 1
    assert fingerprint(RUBRIC, row_of(again.data).result).answers in str(values(book[TITLE]))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["上一次的反馈", "核查反馈汇总"])
def test_a_feedback_under_another_name_stays_and_the_new_one_is_renewed(name: str) -> None:
    kept = openpyxl.load_workbook(io.BytesIO(made(FORMS["poor"]).data))
    kept[TITLE].title = name
    again = made(made(saved(kept)).data)
    assert open_book(again.data).sheetnames[-2:] == [name, TITLE]


def test_the_same_form_and_day_give_the_same_bytes(form: bytes) -> None:
    assert made(form).data == made(form).data


def test_conditions_for_the_mark_are_told_too() -> None:
    rubric, _ = load(GATED)
    assert rubric is not None
    data = book_of(rubric, Filled(None, {"1.1.1": "是", "2.1.1": 1, "G1-a1": "否", "G1-b": "否"}, {}))
    copy = made(data, Assessor(rubric))
    assert copy.apart is None
    assert "必须" in str(values(open_book(copy.data)[TITLE]))


def test_where_the_workbook_cannot_be_changed_another_one_says_why() -> None:
    unread = made(b"PK\3\4")
    assert unread.apart is not None
    assert unread.apart.code is Code.FEEDBACK_UNREAD
    rows = values(open_book(unread.data)["反馈"])
    assert ["结论", "无法读取"] in rows
    assert [row[0] for row in rows if row][3:] == [
        "原因",
        "反馈日期",
        "表格文件指纹",
        "填报内容指纹",
        "结果指纹",
        "何时作废",
    ]
    old = made(XLS.read_bytes())
    assert old.apart is not None
    assert old.apart.code is Code.FEEDBACK_FORMAT
    assert ["说明", old.apart.message] in values(open_book(old.data)["反馈"])


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        ("vnd.openxmlformats-officedocument.spreadsheetml.template", ".xltx"),
        ("vnd.ms-excel.sheet.macroEnabled", ".xlsm"),
        ("vnd.ms-excel.template.macroEnabled", ".xltm"),
    ],
)
def test_a_copy_is_called_as_what_it_is_inside(kind: str, suffix: str) -> None:
    plain = FORMS["poor"]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            usual = b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
            new.writestr(name, part.replace(usual, kind.encode() + b".main"))
    assert made(stream.getvalue()).suffix == suffix


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["poor", "verified", "typed"])
def test_a_spreadsheet_program_shows_all_of_it_and_what_it_saves_is_annotated_anew(name: str, tmp_path: Path) -> None:
    copy = made(FORMS[name])
    (other,) = resaved([copy.data], "xlsx", tmp_path)
    assert said(other) == said(copy.data)
    assert values(open_book(other)[TITLE]) == values(open_book(copy.data)[TITLE])
    again = made(other)
    assert (again.apart, again.renewed) == (None, False)
    assert said(again.data) == said(made(other).data) == said(copy.data)
    assert open_book(again.data).sheetnames.count(TITLE) == 1


def said(data: bytes) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": re.sub(r"\s+", " ", cell.comment.text)
        for sheet in open_book(data)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
