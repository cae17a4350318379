"""The CSV file: what Excel opens, cell for cell, and nothing that computes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from any_form import Filled, book_of, scored
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.report.csv import beside, render
from jieyue_cli.report.findings import Findings
from jieyue_cli.rubric.source import build, load

from .builders import HOSTILE, RUBRIC, at, batch, result, unreadable, varied

EXAMPLES = Path(__file__).parents[2] / "examples" / "rubrics"


def table(findings: Findings[Result]) -> list[list[str]]:
    data = render(findings)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_whole_file() -> None:
    doubtful = result(
        "示例市教育局",
        {"1.1.1": "不清楚", "2.2.3": "4"},
        {"2.2.3": "2"},
        problems=[at(Code.ANSWER_NOT_YES_NO, "G7", "1.1.1", seen="不清楚"), at(Code.CATEGORY_BLANK, "F3")],
    )
    findings = Findings(RUBRIC, [doubtful, unreadable("交表/空.xlsx", Code.FILE_EMPTY.at())])
    assert render(findings).decode("utf-8") == (
        "\ufeff文件,单位名称,单位类别,评价年度,结论,认定依据,核查状态,已核查条数,须核查条数,自评总分,自评最高,核查总分,核查最高,"
        "强化目标管理（自评）,强化目标管理（核查）,完善制度体系（自评）,完善制度体系（核查）,"
        "推行绿色办公（自评）,推行绿色办公（核查）,实行生活垃圾分类（自评）,实行生活垃圾分类（核查）,"
        "开展宣传教育（自评）,开展宣传教育（核查）,错误数,提醒数,首个错误\r\n"
        "交表/示例市教育局.xlsx,示例市教育局,行政机关,2020,达标,核查,已核查,42,42,90,99,97,97,"
        "0,9,26,24,25,25,22,22,17,17,1,1,"
        "自评打分表!G7（1.1.1） “不清楚”不是“是”或“否”，本条不计分，请从下拉列表中选择。\r\n"
        "交表/空.xlsx,,,,无法读取,,,,,,,,,,,,,,,,,,,1,0,文件是空的（0 字节），请让单位重新发送。\r\n"
    )


def test_an_unfinished_verification_has_its_state_and_its_counts_and_decides_nothing() -> None:
    begun = result("示例市教育局", {"1.1.1": "否"}, dict.fromkeys([*RUBRIC.by_id][2:], ""))
    head, row = table(Findings(RUBRIC, [begun]))
    cells = dict(zip(head, row, strict=True))
    shown = ("结论", "认定依据", "核查状态", "已核查条数", "须核查条数", "自评总分", "核查总分")
    assert [cells[name] for name in shown] == ["达标", "自评", "核查未完成", "2", "42", "91", "10"]


def test_what_a_standard_has_besides_points_has_columns_of_its_own() -> None:
    rubric, _ = load(EXAMPLES / "gate_six_areas.yaml")
    assert rubric is not None
    answers = {"2.1.1": 1, "G1-a1": "否", "G1-b": "否", "G2": "不涉及", "4.1.1": "不涉及"}
    rows = table(Findings(rubric, [scored(rubric, book_of(rubric, Filled(None, answers, {})))]))
    further = {head: cell for head, cell in zip(*rows, strict=True) if head.startswith(("不", "应", "没"))}
    assert further == {
        "不涉及的条目（自评）": "4.1.1",
        "应得满分（自评）": "91",
        "没有做到的（自评）": "G1",
        "不涉及的条目（核查）": "",
        "应得满分（核查）": "",
        "没有做到的（核查）": "",
    }
    rubric, _ = load(EXAMPLES / "three_classes.yaml")
    assert rubric is not None
    rows = table(Findings(rubric, [scored(rubric, book_of(rubric, Filled("集中办公", {}, {})))]))
    further = dict(zip(*rows, strict=True))
    assert [further[head] for head in ("适用类型", "等级（自评）", "等级（核查）")] == ["集中办公", "不合格", ""]


def test_every_row_has_every_cell() -> None:
    assert {len(row) for row in table(varied())} == {26}


def test_problems_between_files_are_counted_with_the_files_they_name() -> None:
    counted = {row[0]: row[23:25] for row in table(varied())[1:]}
    assert counted["交表/林业局.xlsx"] == ["1", "0"]
    assert counted["交表/示例市统计局.xlsx"] == ["0", "0"]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-示例市局", "'-示例市局"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r示例市局", "' 示例市局"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ('示例市"甲",乙局', '示例市"甲",乙局'),
        ("示例市\n甲局", "示例市 甲局"),
    ],
)
def test_text_cells_never_compute(name: str, cell: str) -> None:
    assert table(batch([result(name, file="a.xlsx")]))[1][1] == cell


def test_hostile_text_is_one_harmless_cell() -> None:
    row = table(batch([result(HOSTILE, file=HOSTILE)]))[1]
    assert row[0] == row[1] == "'=1+1[red]x[/][31m?" + "长" * 200


def test_nothing_is_lost_where_there_is_nothing() -> None:
    assert len(table(Findings(RUBRIC, []))) == 1


def test_no_name_of_a_standard_computes_either() -> None:
    text = (EXAMPLES / "three_classes.yaml").read_text("utf-8")
    rubric, problems = build(text.replace("name: 优秀", "name: '=1+1'").replace("name: 不合格", "name: '@A1'").encode())
    assert rubric is not None, problems
    rows = table(Findings(rubric, [scored(rubric, book_of(rubric, Filled("集中办公", {}, {})))]))
    assert "'@A1" in rows[1]
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def beside_it(findings: Findings[Result]) -> list[list[list[str]]]:
    return [list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) for data in beside(findings)]


def test_beside_it_stand_the_agencies_and_the_list_to_be_published() -> None:
    _, listing, published = beside_it(varied())
    assert ",".join(listing[0]) == (
        "单位名称,单位类别,级别,批次年度,状态,认定年度,已交表,自评总分,核查总分,"
        "填报日期,迟交天数,核查日期,实施方案报送日期,在名录,备注,文件"
    )
    assert ",".join(listing[2]) == "示例市教育局,行政机关,,,已认定,2020,是,88,88,,,,,是,,交表/示例市教育局.xlsx"
    assert [row[4] for row in listing[1:]] == ["自评达标", "已认定", "自评达标", "交表未计入", "交表未计入", "未交表"]
    assert published == [
        ["序号", "单位名称", "单位类别", "认定年度", "说明"],
        ["1", "示例市教育局", "行政机关", "2020", "本年认定"],
    ]


def test_of_a_few_files_only_the_lines_stand_beside_it() -> None:
    (lines,) = beside_it(Findings(RUBRIC, [result()]))
    assert len(lines) == 1 + len(RUBRIC.criteria)
    assert {dict(zip(lines[0], row, strict=True))["计入"] for row in lines[1:]} == {""}


def test_every_line_has_both_sides_and_what_the_deciding_one_loses() -> None:
    checked = result("示例市教育局", {"2.2.3": "4", "2.2.4": ""}, {"2.2.3": "2"})
    lines, *_ = beside_it(batch([checked]))
    rows = {row[9]: dict(zip(lines[0], row, strict=True)) for row in lines[1:]}
    assert list(rows) == [criterion.id for criterion in RUBRIC.criteria]
    assert rows["2.2.3"] == {
        "文件": "交表/示例市教育局.xlsx",
        "单位名称": "示例市教育局",
        "单位类别": "行政机关",
        "评价年度": "2020",
        "计入": "是",
        "核查状态": "已核查",
        "认定依据": "核查",
        "评价单元": "完善制度体系",
        "评价项目": "管理制度",
        "编号": "2.2.3",
        "评价标准": RUBRIC.by_id["2.2.3"].text,
        "分值": "5",
        "自评填报": "4",
        "自评得分": "4",
        "核查情况": "2",
        "核查得分": "2",
        "失分": "3",
        "计分依据": "填 2 项，每项 1 分，最高 5 分 → 2 分（自评打分表!K16）",
        "单元格": "自评打分表!K16",
    }
    assert [rows["2.2.4"][head] for head in ("自评填报", "自评得分", "核查情况", "核查得分")] == ["", "0", "是", "3"]


def test_conditions_without_points_stand_first_and_have_none() -> None:
    rubric, _ = load(EXAMPLES / "gate_six_areas.yaml")
    assert rubric is not None
    (lines,) = beside_it(Findings(rubric, [scored(rubric, book_of(rubric, Filled(None, {"G2": "不涉及"}, {})))]))
    gates = [dict(zip(lines[0], row, strict=True)) for row in lines[1 : 1 + len(rubric.gates)]]
    assert [row["编号"] for row in gates] == [gate.id for gate in rubric.gates]
    assert {(row["分值"], row["自评得分"], row["失分"]) for row in gates} == {("", "", "")}
    assert {row["评价单元"] for row in gates} == {"达标前提"}


def test_hostile_text_is_harmless_in_every_table() -> None:
    form = result(HOSTILE, {"1.1.1": HOSTILE, "2.2.3": "9"}, file=HOSTILE)
    for rows in beside_it(batch([form], roster=[HOSTILE, "=2+2"])):
        assert len({len(row) for row in rows}) == 1
        assert [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@"))] == []
        assert not any(char in cell for row in rows for cell in row for char in "\x00\x1b\u202e\ud800\r\n")
