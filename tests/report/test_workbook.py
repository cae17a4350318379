"""The workbook, read back with another library: texts are texts, numbers are numbers, nothing computes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from jieyue_cli.report.workbook import cells as book_cells
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import Agency, Answer, AnswerKind, Claim, Statement, Submission
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count
from typed_tables import by_item, full, with_score

from .builders import HOSTILE, RUBRIC, at, batch, result, varied

Cells = list[list[Any]]
DOUBLED = "几份表不同，都未计入"


def opened(findings: Findings[Result]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(book.render(findings)))


def values(findings: Findings[Result], sheet: str) -> Cells:
    return [list(row) for row in opened(findings)[sheet].iter_rows(values_only=True)]


def cells(workbook: Any) -> Iterator[Any]:
    return (cell for sheet in workbook for row in sheet.iter_rows() for cell in row)


def test_the_same_findings_give_the_same_bytes() -> None:
    assert book.render(varied()) == book.render(varied())


def test_the_sheets_of_a_batch_and_of_a_few_files() -> None:
    assert opened(varied()).sheetnames == [
        *("汇总", "机关名单", "认定名单", "排名", "得分明细", "失分统计"),
        *("核查对照", "机关核查对照", "问题清单", "说明"),
    ]
    assert opened(Findings(RUBRIC, [result()])).sheetnames == ["汇总", "排名", "得分明细", "问题清单", "说明"]


def test_the_summary() -> None:
    rows = [[cell for cell in row if cell is not None] for row in values(varied(), "汇总")]
    assert [row for row in rows if row] == [
        ["2020 年度节约型机关评价汇总"],
        ["高平市节约型机关评价标准（高能源发〔2020〕42号），80 分（含）以上达标"],
        ["项目", "数值", "说明"],
        ["机关总数", 6, "分母，来自名录"],
        ["已认定", 1, "分子，核查达标的机关，含以前年度认定的"],
        ["认定率", 0.167, "1 / 6"],
        ["年度目标", 0.25, "25% × 6，至少 2 个机关"],
        ["还差", 1],
        ["自评达标待核查", 2, "全部核查达标即完成年度目标"],
        ["已交表并计入", 3, "2020 年度"],
        ["表格文件", 7, "其中 1 个没能计分"],
        ["历年进度（都按今年的机关总数；已认定的是当年为止、现在仍然有效的）"],
        ["年度", "年度目标", "须认定", "已认定", "认定率", "待核查"],
        [2020, 0.25, 2, 1, 0.167, 0.333],
        [2021, 0.5, 3],
        [2022, 0.7, 5],
        ["总分分布（3 个交表机关；核查完成的按核查总分，否则按自评总分）"],
        ["总分（含下限）", "机关数", "占比"],
        *([band, 0, 0] for band in ("0～50", "50～55", "55～60", "60～65", "65～70", "70～75", "75～80", "80～85")),
        ["85～90", 2, 0.667],
        ["90～95", 0, 0],
        ["95～100", 1, 0.333],
        ["各评价项目失分（本年计入的表，逐条见“失分统计”）"],
        ["评价项目", "分值", "共失分", "占比"],
        ["1.1 节约能源资源目标管理", 9, 18, 0.667],
        ["2.2 管理制度", 22, 7, 0.259],
        ["5.1 宣传实践", 10, 2, 0.074],
        ["2.1 管理机构", 5, 0, 0],
        ["3.1 行为节约", 9, 0, 0],
        ["3.2 绿色采购", 6, 0, 0],
        ["3.3 绿色出行", 6, 0, 0],
        ["3.4 绿色食堂", 4, 0, 0],
        ["4.1 源头减量", 8, 0, 0],
        ["4.2 分类投放", 6, 0, 0],
        ["4.3 分类收运", 8, 0, 0],
        ["5.2 教育培训", 7, 0, 0],
        ["时间安排"],
        ["步骤和期限", "逾期", "未做", "无日期", "情况"],
        ["报送实施方案\n2020-08-15", "名录有“实施方案报送日期”列才能列出"],
        ["自评报送\n2020-10-31", 0, 1, 4, "未交 1 个；没有填日期 4 个"],
        ["核查\n2020-11-05", 0, 2, 1, "交了还没有核查完 2 个；没有填日期 1 个"],
        ["没能计分的文件：1 个"],
        ["交表/扫描件.pdf.xlsx", "文件是空的（0 字节），请让单位重新发送。"],
        ["交了几份不同的表（都没有计入，请各留一份）：1 个"],
        ["示例市林业局", "2020 年度：交表/林业局.xlsx、交表/林业局（新）.xlsx"],
        ["还没有交表的机关：1 个"],
        ["示例市审计局"],
    ]


def test_every_agency_has_one_row_and_the_recognised_a_list_to_be_published() -> None:
    _, _, _, head, *body = values(varied(), "机关名单")
    assert head == [
        *("单位名称", "单位类别", "状态", "认定年度", "已交表", "自评总分", "核查总分"),
        *("填报日期", "迟交天数", "备注", "文件"),
    ]
    assert [row[:1] + row[2:7] + row[9:10] for row in body] == [
        ["示例市统计局", "自评达标", None, "是", 100, None, None],
        ["示例市教育局", "已认定", 2020, "是", 88, 88, None],
        ["示例市水务局", "自评达标", None, "是", 85, None, None],
        ["示例市档案馆", "交表未计入", None, None, 77, None, "待更正，暂未计入"],
        ["示例市林业局", "交表未计入", None, None, None, None, "几份表不同，都未计入"],
        ["示例市审计局", "未交表", None, None, None, None, None],
    ]
    assert body[4][10] == "交表/林业局.xlsx、交表/林业局（新）.xlsx"
    assert values(varied(), "认定名单")[1:] == [
        ["本年认定 1 个，以前年度认定 0 个，共 1 个。", None, None, None],
        ["序号", "单位名称", "单位类别", "认定年度"],
        [1, "示例市教育局", "行政机关", 2020],
    ]


def test_only_a_recognition_is_green() -> None:
    sheet = opened(varied())["排名"]
    verdicts = {sheet.cell(row, 6).value: sheet.cell(row, 6).fill.fgColor.rgb for row in range(4, 8)}
    assert verdicts["自评达标"] != verdicts["达标"]


def test_the_ranking() -> None:
    _, _, head, *body = values(varied(), "排名")
    assert head == [
        *("年度", "名次", "单位名称", "总分", "最高", "结论", "认定依据", "自评总分", "核查总分", "差"),
        *("强化目标管理\n9 分", "完善制度体系\n27 分", "推行绿色办公\n25 分", "实行生活垃圾分类\n22 分"),
        *("开展宣传教育\n17 分", "备注", "单位类别", "核查状态", "错误", "提醒", "文件"),
    ]
    assert [[*row[:10], *row[15:16], *row[17:20]] for row in body] == [
        [2020, 1, "示例市统计局", 100, 100, "自评达标", "自评", 100, None, None, None, "未核查", None, None],
        [2020, 2, "示例市教育局", 88, 88, "达标", "核查", 88, 88, 0, None, "已核查", None, None],
        [2020, 3, "示例市水务局", 85, 85, "自评达标", "自评", 85, None, None, None, "未核查", None, None],
        [2020, 4, "示例市档案馆", 77, 86, "待更正", "自评", 77, None, None, "待更正，暂未计入", "未核查", 1, None],
        [2020, None, "示例市林业局", 100, 100, "自评达标", "自评", 100, None, None, DOUBLED, "未核查", 1, None],
        [2020, None, "示例市林业局", 95, 95, "自评达标", "自评", 95, None, None, DOUBLED, "未核查", 1, None],
    ]
    assert all(sum(row[10:15]) == row[3] for row in body)


def test_an_unfinished_verification_is_shown_with_its_counts_and_ranked_by_the_self_assessment() -> None:
    begun = result("示例市教育局", {"1.1.1": "否"}, dict.fromkeys([*RUBRIC.by_id][2:], ""))
    _, _, _, row = values(batch([begun]), "排名")
    assert row[3:10] == [91, 91, "自评达标", "自评", 91, 10, None]
    assert row[17] == "核查未完成 2/42"
    _, _, _, row = values(batch([begun]), "得分明细")
    assert (row[2], row[5], row[6]) == ("自评", 0, 1)


def test_the_scores_are_those_that_decide_and_add_up() -> None:
    _, _, head, *body = values(varied(), "得分明细")
    assert len(head) == 5 + 42
    assert head[5:7] == ["1.1.1\n（9）", "2.1.1\n（1）"]
    for row in body:
        deciding = row[4] if row[2] == "核查" else row[3]
        assert sum(row[5:]) == deciding


def test_criteria_that_a_table_scores_together_stand_at_the_first_of_them() -> None:
    claim = Claim(("2.1.1", "2.1.2"), Answer(AnswerKind.SCORE, RUBRIC.by_id["2.1.1"].points))
    submission = Submission(Agency("示例市甲局", None, 2020), Statement((claim,)), None)
    joined = type(result())("a.xlsx", None, submission, score(RUBRIC, [claim]), None, ())
    row = values(batch([joined]), "得分明细")[3]
    assert row[6:8] == [1, "见2.1.1"]


def test_what_is_lost_most_often() -> None:
    _, subtitle, head, *body = values(varied(), "失分统计")
    assert subtitle[0] == "2020 年度已计入的表，按失分机关数排列；没有机关失分的条目不列。"
    assert head == ["编号", "评价标准", "分值", "失分机关", "共失分"]
    assert [[row[0], *row[2:]] for row in body] == [
        ["1.1.1", 9, 2, 18],
        ["2.2.3", 5, 2, 4],
        ["2.2.4", 3, 1, 3],
        ["5.1.1", 4, 1, 2],
    ]
    assert all(row[1] == RUBRIC.by_id[row[0]].text for row in body)


def test_a_line_of_many_criteria_is_whole_in_the_losses() -> None:
    result = with_score(full(by_item()), 2, 10).result()
    sheet = opened(batch([result]))["失分统计"]
    number, text = sheet["A4"], sheet["B4"].value
    assert number.value == "2.2（10 条）"
    assert number.alignment.wrap_text
    criteria = [f"{criterion.id} {criterion.text}" for criterion in RUBRIC.items[2].criteria]
    assert text.split("\n") == criteria
    lines = line_count(text, sheet.column_dimensions["B"].width - 1)
    assert lines >= len(criteria)
    assert sheet.row_dimensions[4].height >= lines * LINE_HEIGHT


def test_what_is_higher_than_a_row_can_be_takes_several_and_is_whole() -> None:
    long = result("长" * 3000, file="a.xlsx")
    sheet = opened(batch([long, result()]))["得分明细"]
    assert sheet["A4"].value == "长" * 3000
    (place,) = {str(merged) for merged in sheet.merged_cells.ranges if merged.min_col == 1}
    last = int(place.partition(":A")[2])
    heights = [sheet.row_dimensions[row].height for row in range(4, last + 1)]
    assert max(heights) <= 409
    assert sum(heights) >= line_count("长" * 3000, 29) * LINE_HEIGHT
    assert sheet.cell(last + 1, 1).value == "示例市统计局"


def test_every_problem_is_listed_errors_first() -> None:
    noted = result("示例市甲局", problems=[at(Code.YEAR_SPELLING, "J3", seen="2020年", year=2020)], file="a.xlsx")
    wrong = result(
        "示例市乙局", {"1.1.1": "嗯"}, file="b.xlsx", problems=[at(Code.ANSWER_NOT_YES_NO, "G7", "1.1.1", seen="嗯")]
    )
    _, subtitle, _, *body = values(batch([noted, wrong]), "问题清单")
    assert subtitle[0].startswith("错误 1 个，提醒 0 个，说明 1 个。")
    assert body == [
        [
            "错误",
            "示例市乙局",
            "b.xlsx",
            "自评打分表",
            "G7",
            "1.1.1",
            "查看",
            "“嗯”不是“是”或“否”，本条不计分，请从下拉列表中选择。",
        ],
        ["说明", "示例市甲局", "a.xlsx", "自评打分表", "J3", None, "查看", "评价年度“2020年”按 2020 年读取。"],
    ]


def test_hostile_text_is_text_everywhere() -> None:
    bad = at(Code.CATEGORY_UNKNOWN, "F3", seen=HOSTILE)
    findings = batch(
        [result(HOSTILE, file=HOSTILE, problems=[bad]), result("http://示例市", file="http://a.xlsx")],
        roster=[HOSTILE, "@示例市乙局"],
    )
    workbook = opened(findings)
    assert {cell.data_type for cell in cells(workbook) if cell.value is not None} == {"s", "n"}
    links = [cell.hyperlink for cell in cells(workbook) if cell.hyperlink]
    assert links
    assert all(link.target is None and link.location.startswith("'得分明细'!A") for link in links)
    assert "=1+1[red]x[/][31m?" + "长" * 200 in {cell.value for cell in cells(workbook)}


@pytest.mark.slow
def test_a_text_longer_than_a_cell_is_shortened_not_lost() -> None:
    row = values(batch([result("长" * 40_000, file="a.xlsx")]), "排名")[3]
    assert row[2] == "长" * 32_000 + "…"


def test_a_full_sheet_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_cells, "_LAST_ROW", 5)
    findings = batch(result(f"示例市第{number}局") for number in range(9))
    assert values(findings, "排名")[-1] == ["表格已满，另有 7 行没有列出，请用 json 格式输出。", *[None] * 20]


def test_paper_and_screen() -> None:
    workbook = opened(varied())
    for sheet in workbook:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
    ranking = workbook["排名"]
    assert ranking.freeze_panes == "D4"
    assert (ranking.print_title_rows, ranking.print_title_cols) == ("$3:$3", "$A:$C")
    assert ranking.auto_filter.ref == "A3:U9"
    assert ranking.print_area == "'排名'!$A$1:$P$9"
