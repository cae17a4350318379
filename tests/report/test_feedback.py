"""The feedback to one agency, read back with another library: whole sentences, both sides, links that lead there."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from any_form import Filled, book_of, scored
from first import first
from jieyue_cli.assessment import Result, assess
from jieyue_cli.problems import Code
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import feedback
from jieyue_cli.rubric.source import load
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count
from soffice import resaved
from typed_tables import by_item, full, with_score

from .builders import HOSTILE, RUBRIC, at, result, unreadable

GATED = Path(__file__).parents[2] / "examples" / "rubrics" / "gate_six_areas.yaml"
POOR = {"1.1.1": "否", "2.2.3": "4", "2.2.5": "", "2.2.4": "否", "3.2.1": "否", "5.1.1": "嗯"}
WRONG = at(Code.ANSWER_NOT_COUNT, "G44", "5.1.1", seen="嗯", example="如 3")
A4_ACROSS, DIGIT = 1064, 8.5
"""Pixels between the margins of A4, and of a digit in the widest font that stands in for the base font."""

NO_FILL = "000000"


def render(*results: Result) -> Any:
    return openpyxl.load_workbook(io.BytesIO(feedback.render(Findings(RUBRIC, list(results)))))


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def badly_filled() -> Result:
    return result("示例市档案馆", POOR, problems=[WRONG, at(Code.YEAR_SPELLING, "J3", seen="2020年", year=2020)])


def verified() -> Result:
    return result(
        "示例市教育局", {"2.2.3": "4"}, {"1.1.1": "否", "2.2.3": "2", "2.2.4": "否", "2.2.5": "否", "5.1.1": "0"}
    )


def typed() -> Result:
    return with_score(with_score(full(by_item()), 2, 0), 5, None).result()


def by_gates() -> Result:
    rubric, _ = load(GATED)
    assert rubric is not None
    answers = {"1.1.1": "是", "2.1.1": 1, "G1-a1": "否", "G1-b": "否", "4.1.1": "不涉及"}
    return scored(rubric, book_of(rubric, Filled(None, answers, {})))


KINDS = {
    "good": result("示例市统计局"),
    "poor": badly_filled(),
    "verified": verified(),
    "typed": typed(),
    "gates": by_gates(),
    "unreadable": unreadable("交表/坏.xlsx", Code.FILE_EMPTY.at()),
}


@pytest.fixture(params=first(3, KINDS))
def form(request: pytest.FixtureRequest) -> Result:
    return KINDS[request.param]


def test_a_feedback_that_comes_back_is_no_form(form: Result) -> None:
    data = feedback.render(Findings(RUBRIC, [form]))
    assert assess("反馈.xlsx", data, RUBRIC).self is None


def test_each_has_the_sheets_there_is_something_for() -> None:
    assert {kind: render(form).sheetnames for kind, form in KINDS.items()} == {
        "good": ["反馈", "逐条得分"],
        "poor": ["反馈", "达标途径", "问题清单", "逐条得分"],
        "verified": ["反馈", "达标途径", "逐条得分"],
        "typed": ["反馈", "达标途径", "问题清单", "逐条得分"],
        "gates": ["反馈", "达标途径", "逐条得分"],
        "unreadable": ["反馈"],
    }


def test_the_same_result_gives_the_same_bytes(form: Result) -> None:
    findings = Findings(RUBRIC, [form])
    assert feedback.render(findings) == feedback.render(findings)


def test_the_head_says_who_what_and_on_which_basis() -> None:
    head = values(render(verified())["反馈"])[:9]
    assert [row[:2] for row in head] == [
        ["示例市教育局　2020 年度　节约型机关评价反馈", None],
        ["单位名称", "示例市教育局"],
        ["单位类别", "行政机关"],
        ["评价标准", "高平市节约型机关评价标准（高能源发〔2020〕42号），80 分（含）以上达标"],
        ["文件", "示例市教育局.xlsx"],
        ["总分", "自评 99 分，核查 78 分（满分 100 分）"],
        ["结论", "未达标　核查 78 分，还差 2 分"],
        ["依据", "核查（比自评少 21 分）"],
        [None, None],
    ]


def test_only_the_office_makes_a_conclusion_green_or_red() -> None:
    poor = {"1.1.1": "否", "2.2.3": "2", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"}
    sides = [result("甲局"), result("甲局", poor), result("甲局", {}, {}), result("甲局", {}, poor), badly_filled()]
    cells = [next(row[1] for row in render(form)["反馈"] if row[0].value == "结论") for form in sides]
    assert [(cell.value[:3].strip(), cell.fill.fgColor.rgb[2:]) for cell in cells] == [
        *(("达标", NO_FILL), ("未达标", NO_FILL), ("达标", "DCFCE7"), ("未达标", "FEE2E2"), ("待更正", "FEF3C7"))
    ]


def test_the_head_of_what_cannot_be_read_says_why() -> None:
    assert values(render(KINDS["unreadable"])["反馈"]) == [
        ["（没有单位名称）坏.xlsx　年度不明　节约型机关评价反馈", *[None] * 5],
        ["文件", "坏.xlsx", *[None] * 4],
        ["结论", "无法读取", *[None] * 4],
        ["原因", "文件是空的（0 字节），请让单位重新发送。", *[None] * 4],
    ]


def test_the_cover_adds_up_unit_by_unit() -> None:
    form = verified()
    assert form.self
    assert form.verified
    rows = values(render(form)["反馈"])
    start = rows.index(["编号", "评价单元和项目", "分值", "自评", "核查", "差"])
    units = [row for row in rows[start + 1 : -1] if "." not in str(row[0])]
    assert [row[1] for row in units] == [unit.name for unit in RUBRIC.units]
    assert [sum(row[column] for row in units) for column in (2, 3, 4)] == [100, 99, 78]
    assert rows[-1] == [None, "总分", 100, 99, 78, -21]


def test_every_line_has_its_whole_sentence_answer_points_and_reasons_of_both_sides(form: Result) -> None:
    if form.self is None:
        return
    sheet = render(form)["逐条得分"]
    body = {row[0]: row for row in values(sheet)[3:]}
    for card_line in (*form.self.gates, *form.self.lines):
        row = next(row for row in body.values() if row[1] and all(c.text in row[1] for c in card_line.criteria))
        assert reasons.why(card_line) in row[-1]
        if not card_line.gate and card_line.score:
            assert row[4] == pytest.approx(float(card_line.score))
    if form.verified:
        assert body["1.1.1"][2:7] == [9, "是", 9, "否", 0]
        assert body["1.1.1"][7] == "自评：填“是” → 9 分（自评打分表!G9）\n核查：填“否” → 0 分（自评打分表!K9）"


def links(book: Any) -> Iterator[tuple[str, Any, str, int]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    target, _, place = cell.hyperlink.location.rpartition("!")
                    yield sheet.title, cell, target.strip("'"), int(place.removeprefix("A"))


def test_every_link_leads_to_the_row_of_its_line() -> None:
    for form in KINDS.values():
        book = render(form, *([KINDS["poor"]] if form is KINDS["verified"] else []))
        for _, cell, target, row in links(book):
            assert book[target].cell(row, 1).value == cell.value


def test_the_way_to_the_mark_is_a_table_with_links() -> None:
    form = badly_filled()
    assert form.self
    advice = advise(form.self)
    assert advice
    book = render(form)
    _, remark, head, *body = values(book["达标途径"])
    assert head == ["编号", "评价标准", "可增", "累计", "单元格", "办法"]
    assert remark[0].startswith("最省力的达标途径：还差 3 分，做到以下 1 条即可。")
    assert body[: len(advice.enough)] == [
        [
            step.line.id,
            step.line.criteria[0].text,
            float(step.gain),
            float(step.reaches),
            step.line.claim.cell,
            step.how,
        ]
        for step in advice.enough
    ]
    assert body[-1][0].startswith("另有 5 条没有得满，还可增 ")
    assert {cell.value for title, cell, _, _ in links(book) if title == "达标途径"} == {body[0][0]}


def test_what_to_mend_names_the_cell_and_leads_to_the_line() -> None:
    book = render(badly_filled())
    body = values(book["问题清单"])[3:]
    assert [row[:3] for row in body] == [["错误", "自评打分表!G44", "5.1.1"], ["说明", "自评打分表!J3", None]]
    assert body[0][3] == "“嗯”不是数量，本条不计分，请填写整数，如 3；没有填 0。"


def test_a_problem_of_a_line_of_many_criteria_leads_there_by_its_cell() -> None:
    table = full(by_item())
    odd = replace(table, scores=(*table.scores[:7], "约6分", *table.scores[8:])).result()
    book = render(odd)
    assert [cell.value for title, cell, _, _ in links(book) if title == "问题清单"] == ["4.1（4 条）"]


def test_several_files_have_sheets_of_their_own_with_names_that_a_workbook_takes() -> None:
    book = render(result("示例[市]:档案/馆*?'", POOR), result("长" * 40), result("示例市档案馆", file="b.xlsx"))
    assert book.sheetnames == [
        *("1 示例市档案馆 反馈", "1 示例市档案馆 达标途径", "1 示例市档案馆 逐条得分"),
        *(f"2 {'长' * 26} 反馈", f"2 {'长' * 24} 逐条得分"),
        *("3 示例市档案馆 反馈", "3 示例市档案馆 逐条得分"),
    ]


def test_paper_is_readable_and_every_page_has_its_head_its_number_and_the_agency(form: Result) -> None:
    for sheet in render(form):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, int(sheet.page_setup.fitToHeight)) == (1, 0)
        pixels = sum(DIGIT * group.width * (group.max - group.min + 1) for group in sheet.column_dimensions.values())
        name = form.agency.name if form.agency else "（没有单位名称）坏.xlsx"
        assert name in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
        assert sheet.title == "反馈" or sheet.print_title_rows == "$3:$3"
        sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value}
        assert min(sizes) * A4_ACROSS / max(A4_ACROSS, pixels) >= 8.99


def test_rows_are_as_high_as_their_text(form: Result) -> None:
    for sheet in render(form):
        merged = {place.min_row: place for place in sheet.merged_cells.ranges}
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and cell.alignment.wrap_text:
                    place = merged.get(cell.row)
                    last = place.max_col if place and cell.column == place.min_col else cell.column
                    width = sum(
                        sheet.column_dimensions["ABCDEFGH"[at - 1]].width for at in range(cell.column, last + 1)
                    )
                    assert sheet.row_dimensions[cell.row].height >= line_count(cell.value, width) * LINE_HEIGHT


def test_hostile_text_is_text_and_never_a_code_of_the_foot() -> None:
    bad = at(Code.CATEGORY_UNKNOWN, "F3", seen=HOSTILE)
    book = render(result(HOSTILE, POOR, file=HOSTILE, problems=[bad]), result("12&P局", file="http://a.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.hyperlink.location and not cell.hyperlink.target for cell in cells if cell.hyperlink)
    assert book.worksheets[-1].oddFooter.left.text.strip() == "12&&P局　逐条得分"


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_spreadsheet_program_opens_it(tmp_path: Path) -> None:
    made = [feedback.render(Findings(RUBRIC, [form])) for form in KINDS.values()]
    assert [page[:4] for page in resaved(made, "pdf", tmp_path)] == [b"%PDF"] * len(made)
