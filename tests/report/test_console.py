"""The console views: whole pages at 80 columns, in characters every Chinese console has, whatever the files hold."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from any_form import Filled, at_random, book_of, scored
from first import first
from jieyue_cli.problems import Code, Problem
from jieyue_cli.report.console.batch import batch_view
from jieyue_cli.report.console.look import Prose
from jieyue_cli.report.console.problems import problems_view, summary_view
from jieyue_cli.report.console.score import score_view
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import numbered
from jieyue_cli.rubric.model import Grade
from jieyue_cli.rubric.source import load
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import UnitScore
from jieyue_cli.scoring.scorecard import Scorecard
from typed_tables import by_item, full, with_score

from .builders import HOSTILE, RUBRIC, at, batch, card, printed, result, unreadable, varied

GATED = Path(__file__).parents[2] / "examples" / "rubrics" / "gate_six_areas.yaml"


def page(text: str) -> str:
    """The expected page, written in the test from its second line on."""
    return text.removeprefix("\n")


def test_a_score_below_the_mark_with_the_cheapest_way_up() -> None:
    below = result(
        "示例市档案馆",
        {"1.1.1": "否", "2.2.3": "3", "2.2.4": "", "2.2.5": "否", "3.2.1": "否", "3.2.2": "否", "5.1.1": "1"},
    )
    assert printed(score_view(below, detail=False)) == page("""
单位  示例市档案馆　行政机关　2020 年度
文件  交表/示例市档案馆.xlsx
标准  高平市节约型机关评价标准，满分 100 分，80 分（含）以上达标
结论  未达标　自评 75 分，还差 5 分
依据  自评（尚未核查，认定以核查得分为准）
注意  自评未填报 1 条

评价单元和项目          分值  自评
----------------------------------
强化目标管理               9     0
  节约能源资源目标管理     9     0
完善制度体系              27    19
  管理机构                 5     5
  管理制度                22    14
推行绿色办公              25    19
  行为节约                 9     9
  绿色采购                 6     0
  绿色出行                 6     6
  绿色食堂                 4     4
实行生活垃圾分类          22    22
  源头减量                 8     8
  分类投放                 6     6
  分类收运                 8     8
开展宣传教育              17    15
  宣传实践                10     8
  教育培训                 7     7
----------------------------------
总分                     100    75

最省力的达标途径：还差 5 分，做到以下 1 条即可
编号   可增  累计  单元格  办法      评价标准
--------------------------------------------------------------------------------
1.1.1    +9    84  G9      做到即得  完成上级主管部门下达的单位建筑面积能源消耗…
另有 6 条没有得满，还可增 16 分，加 --detail 逐条查看。

""")


def test_self_and_verified_stand_side_by_side() -> None:
    both = result(
        "示例市教育局",
        {"1.1.1": "否", "2.2.3": "4", "5.1.1": "", "4.1.1": "嗯", "3.2.1": "否"},
        {"1.1.1": "否", "2.2.3": "2", "2.2.4": "否", "2.2.5": "否", "5.2.2": "1"},
    )
    assert printed(score_view(both, detail=False)) == page("""
单位  示例市教育局　行政机关　2020 年度
文件  交表/示例市教育局.xlsx
标准  高平市节约型机关评价标准，满分 100 分，80 分（含）以上达标
结论  达标　核查 80 分
依据  核查（比自评少 1 分）
注意  自评未填报 1 条，无法采信 1 条

评价单元和项目          分值    自评  核查  差
----------------------------------------------
强化目标管理               9       0     0
  节约能源资源目标管理     9       0     0
完善制度体系              27      26    18  -8
  管理机构                 5       5     5
  管理制度                22      21    13  -8
推行绿色办公              25      22    25  +3
  行为节约                 9       9     9
  绿色采购                 6       3     6  +3
  绿色出行                 6       6     6
  绿色食堂                 4       4     4
实行生活垃圾分类          22      20    22  +2
  源头减量                 8       6     8  +2
  分类投放                 6       6     6
  分类收运                 8       8     8
开展宣传教育              17      13    15  +2
  宣传实践                10       6    10  +4
  教育培训                 7       7     5  -2
----------------------------------------------
总分                     100  81～83    80  -1

""")


@pytest.mark.parametrize(
    ("changes", "verified", "lines"),
    [
        ({}, None, ["结论  达标　自评 100 分", "依据  自评（尚未核查，认定以核查得分为准）"]),
        ({}, {}, ["结论  达标　核查 100 分", "依据  核查（与自评相同）"]),
        ({"1.1.1": "否"}, {}, ["结论  达标　核查 100 分", "依据  核查（比自评多 9 分）"]),
        (
            {"1.1.1": "嗯", "2.2.3": "0", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"},
            None,
            [
                "结论  待更正　自评 77～86 分，更正无法采信的 1 条后才能确定",
                "依据  自评（尚未核查，认定以核查得分为准）",
            ],
        ),
        (
            {"1.1.1": "否", "2.2.3": "0", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否", "3.1.1": "嗯"},
            None,
            ["结论  未达标　自评 75～77 分，全部更正也不到 80 分", "依据  自评（尚未核查，认定以核查得分为准）"],
        ),
    ],
)
def test_the_verdict_its_range_and_its_basis(
    changes: dict[str, str], verified: dict[str, str] | None, lines: list[str]
) -> None:
    shown = printed(score_view(result(changes=changes, verified=verified), detail=False))
    assert shown.splitlines()[3:5] == lines


def test_the_detail_has_every_criterion_with_answer_rule_points_and_cell() -> None:
    shown = printed(score_view(result(changes={"2.1.2": "", "2.2.3": "4", "1.1.1": "做到了大部分工作"}), detail=True))
    assert (
        page("""
逐条得分
编号   分值 自评     得分 评价标准和计分依据
--------------------------------------------------------------------------------
1.1       9               强化目标管理　节约能源资源目标管理
1.1.1     9 做到了大    0 完成上级主管部门下达的单位建筑面积能源消耗、人均能源…
            部分工作      “做到了大部分工作”无法采信，更正后最多 9 分 → 0 分（自
                          评打分表!G9）
2.1       5               完善制度体系　管理机构
2.1.1     1 是          1 明确负责推进节约型机关建设的组织机构，得1分
                          填“是” → 1 分（自评打分表!G10）
2.1.2     2 未填        0 明确节约能源资源工作的管理机构和工作职责，得2分
                          未填报 → 0 分（自评打分表!G11）
""")
        in shown
    )
    for criterion in RUBRIC.criteria:
        assert f"\n{criterion.id} " in shown


def test_the_detail_shows_both_sides() -> None:
    shown = printed(score_view(result(changes={"2.2.3": "9"}, verified={"2.2.3": "4"}), detail=True))
    assert (
        page("""
2.2.3     5 9       5 4       4 制定落实能源资源消费统计、定额管理、节能、节水、
                                自评：填 9 项，每项 1 分，最高 5 分 → 5 分（自评
""").splitlines()[1]
        in shown
    )
    assert "核查：填 4 项，每项 1 分，最高 5 分 → 4 分" in shown


def test_what_could_not_be_read_says_why_and_how_to_mend_it() -> None:
    shown = printed(score_view(unreadable("交表/空.xlsx", Code.FILE_EMPTY.at()), detail=False))
    assert shown == page("""
文件  交表/空.xlsx
结论  无法读取
原因  文件是空的（0 字节），请让单位重新发送。

""")


BEGUN = dict.fromkeys([*RUBRIC.by_id][2:], "")
"""Findings for the first two criteria only."""


def test_an_unfinished_verification_is_said_and_the_self_assessment_decides() -> None:
    shown = printed(score_view(result(changes={"1.1.1": "否"}, verified=BEGUN), detail=False))
    assert "结论  达标　自评 91 分（核查未完成 2/42）\n" in shown
    assert "依据  自评（核查未完成：42 条中核查了 2 条，认定以核查完成后的得分为准）\n" in shown
    assert "评价单元和项目          分值  自评\n" in shown
    assert "途径" not in shown
    below = {"1.1.1": "否", "2.2.3": "3", "2.2.4": "", "2.2.5": "否", "3.2.1": "否", "3.2.2": "否", "5.1.1": "1"}
    shown = printed(score_view(result(changes=below, verified=BEGUN), detail=False))
    assert "最省力的达标途径：还差 5 分，做到以下 1 条即可\n" in shown


def test_an_unfinished_verification_is_ranked_by_the_self_assessment_with_its_counts() -> None:
    shown = printed(batch_view(batch([result(changes={"1.1.1": "否"}, verified=BEGUN)])))
    ranked = shown[shown.index("   1 示例市统计局") :].splitlines()[:2]
    assert ranked == [
        "   1 示例市统计局                 0   27   25   22   17   91 自评达标 自评",
        "     核查未完成 2/42",
    ]
    assert "已认定              0 " in shown


def test_a_whole_batch() -> None:
    assert (
        printed(batch_view(varied()))
        == """
2020 年度排名（高平市节约型机关评价标准，80 分（含）以上达标）
                                            实行
                             强化 完善 推行 生活 开展
                             目标 制度 绿色 垃圾 宣传
                             管理 体系 办公 分类 教育                      错 提
名次 单位                     9分 27分 25分 22分 17分   总分 结论     依据 误 醒
--------------------------------------------------------------------------------
   1 示例市统计局               9   27   25   22   17    100 自评达标 自评
   2 示例市教育局               0   24   25   22   17     88 达标     核查
   3 示例市水务局               0   23   25   22   15     85 自评达标 自评
   4 示例市档案馆               0   16   22   22   17 77～86 待更正   自评  1
   - 示例市林业局（几份表不     9   27   25   22   17    100 自评达标 自评  1
     同，都未计入）
   - 示例市林业局（几份表不     9   22   25   22   17     95 自评达标 自评  1
     同，都未计入）

没能计分的文件（1 个）
- 交表/扫描件.pdf.xlsx：文件是空的（0 字节），请让单位重新发送。

交了几份不同的表（1 个机关，都没有计入，请各留一份）
- 示例市林业局 2020 年度：交表/林业局.xlsx、交表/林业局（新）.xlsx

失分最多的条目
编号   机关  共失分  评价标准
--------------------------------------------------------------------------------
1.1.1     2      18  完成上级主管部门下达的单位建筑面积能源消耗、人均能源消耗、…
2.2.3     2       4  制定落实能源资源消费统计、定额管理、节能、节水、生活垃圾分…
2.2.4     1       3  通过规章制度或合同约定，对物业管理提出节能、节水、生活垃圾…
5.1.1     1       2  结合全国节能宣传周、全国低碳日、世界水日、中国水周等活动,…

自评与核查对照
核查完成  1  核减 0 个、核增 0 个、不变 1 个；自评与核查合计相同

核查改动最多的条目
编号   机关  共核减  评价标准
--------------------------------------------------------------------------------
2.2.3     1       2  制定落实能源资源消费统计、定额管理、节能、节水、生活垃圾分…
5.1.1     1      -2  结合全国节能宣传周、全国低碳日、世界水日、中国水周等活动,…

2020 年度机关名单（6 个）
本年认定    1  示例市教育局（自 2020）
自评达标    2  示例市统计局、示例市水务局
交表未计入  2  示例市档案馆（待更正，暂未计入）、示例市林业局（几份表不同，都未
               计入）
未交表      1  示例市审计局

总分分布（3 个机关）
75 ·|·▇·▄ 100
每格 5 分，| 处是 80 分：80 分及以上 3 个，不到 80 分 0 个

时间安排
报送实施方案  2020-08-15  名录有“实施方案报送日期”列才能列出
自评报送      2020-10-31  未交 1 个；没有填日期 4 个
核查          2020-11-05  交了还没有核查完 2 个；没有填日期 1 个

2020 年度进度
█▓|▓···
█ 已认定 1　▓ 自评达标待核查 2　· 其余 3　| 年度目标 2
机关总数            6  分母，来自名录
已认定              1  分子，核查达标的机关，含以前年度认定的
认定率          16.7%  1 / 6
年度目标        25.0%  25% × 6，至少 2 个机关
还差                1
自评达标待核查      2  全部核查达标即完成年度目标
已交表并计入        3  2020 年度
表格文件            7  其中 1 个没能计分

"""
    )


def test_withdrawn_agencies_are_named() -> None:
    withdrawn = batch(
        [
            result(verified={}, year=2020, file="a.xlsx"),
            result(
                verified={"1.1.1": "否", "2.2.3": "0", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"},
                year=2021,
                file="b.xlsx",
            ),
        ],
        year=2021,
    )
    assert "\n撤销认定  1  示例市统计局\n" in printed(batch_view(withdrawn))


def test_a_very_long_list_of_missing_agencies_is_shortened_with_its_number() -> None:
    shown = printed(batch_view(batch([], roster=[f"示例市第{number}局" for number in range(1000)])))
    assert "机关名单（1000 个）\n未交表  1000  " in shown
    assert "其余940个见-o写出的.xlsx" in "".join(shown.split())


def test_a_nameless_form_is_shown_by_its_file() -> None:
    assert "（没有单位名称）甲.xlsx" in printed(batch_view(batch([result(None, file="甲.xlsx")])))


def doubtful(file: str, count: int) -> list[Problem]:
    cells = ((f"G{7 + number}", criterion.id) for number, criterion in enumerate(RUBRIC.criteria[:count]))
    return [at(Code.ANSWER_NOT_YES_NO, cell, name, seen="嗯").inside(file) for cell, name in cells]


def test_problems_come_errors_first_and_file_by_file() -> None:
    problems = [
        at(Code.YEAR_SPELLING, "J3", seen="2020年", year=2020).inside("甲.xlsx"),
        at(Code.CATEGORY_BLANK, "F3").inside("甲.xlsx"),
        *doubtful("甲.xlsx", 5),
        *doubtful("乙.xlsx", 2),
        Code.OUTPUT_FORMAT.at(known=".xlsx .csv"),
    ]
    assert printed(problems_view(problems)) == page("""
错误 8 个
  甲.xlsx
    自评打分表!G7、G8、G9、G10、G11，共 5 处，第一处：“嗯”不是“是”或“否”，本条不
    计分，请从下拉列表中选择。
  乙.xlsx
    自评打分表!G7（1.1.1）：“嗯”不是“是”或“否”，本条不计分，请从下拉列表中选择。
    自评打分表!G8（2.1.1）：“嗯”不是“是”或“否”，本条不计分，请从下拉列表中选择。
  不知道用什么格式写，请用 .xlsx .csv 结尾的文件名。
提醒 1 个
  甲.xlsx
    自评打分表!F3：没有选择单位类别，请从下拉列表中选择。
说明 1 个
  甲.xlsx
    自评打分表!J3：评价年度“2020年”按 2020 年读取。
""")


@pytest.mark.slow
def test_warnings_that_many_files_share_take_one_line_and_errors_never_do() -> None:
    files = [f"{number}.xlsx" for number in range(500)]
    warnings = [at(Code.CATEGORY_BLANK, "F3").inside(file) for file in files]
    errors = [Code.FILE_EMPTY.at().inside(file) for file in files]
    assert printed(problems_view(warnings)) == page("""
提醒 500 个
  500 个文件，共 500 处，例如 0.xlsx 自评打分表!F3：没有选择单位类别，请从下拉列
  表中选择。
""")
    assert all(f"\n  {file}\n" in printed(problems_view(errors)) for file in files[::99])


def test_the_problems_of_a_batch_take_one_entry_a_kind() -> None:
    files = [f"交表/示例市第{number}局.xlsx" for number in range(60)]
    problems = [problem for file in files for problem in doubtful(file, 2)]
    problems += [Code.FILE_EMPTY.at().inside(files[0]), *(Code.FILE_LOCK.at().inside(file) for file in files[:2])]
    problems += [at(Code.CATEGORY_BLANK, "F3").inside("交表/里/甲.xlsx")]
    assert printed(summary_view(problems)) == page("""
错误 121 个
- 示例市第0局.xlsx、示例市第1局.xlsx、示例市第2局.xlsx、示例市第3局.xlsx 等 60
  个文件（120 处），例如 自评打分表!G7（1.1.1）：“嗯”不是“是”或“否”，本条不计
  分，请从下拉列表中选择。
- 示例市第0局.xlsx：文件是空的（0 字节），请让单位重新发送。
提醒 1 个
- 里/甲.xlsx 自评打分表!F3：没有选择单位类别，请从下拉列表中选择。
说明 2 个
- 示例市第0局.xlsx、示例市第1局.xlsx：这是打开表格时留下的临时文件，说明可能有人
  正打开着原表；已跳过，请关闭后再统计一次。
""")


def test_what_a_kind_says_of_its_first_file_is_not_said_of_the_others() -> None:
    problems = [
        Code.FILE_FOREIGN.at(what=kind).inside(file) for file, kind in (("甲.pdf", "PDF 文件"), ("乙.jpg", "图片"))
    ]
    assert printed(summary_view(problems)).splitlines()[1].startswith("- 甲.pdf、乙.jpg，例如第一个：这是“PDF 文件”")
    assert printed(summary_view(problems[:1] * 2)).splitlines()[1].startswith("- 甲.pdf（2 处）：这是“PDF 文件”")
    nowhere = [Code.FILE_FOREIGN.at(what=kind) for kind in ("PDF 文件", "图片")]
    assert printed(summary_view(nowhere)).splitlines()[1].startswith("- 2 处，例如第一个：这是“PDF 文件”")


def test_many_addresses_are_named_and_counted() -> None:
    shown = "".join(printed(problems_view(doubtful("甲.xlsx", 42))).split())
    assert "、G26等，共42处，第一处：" in shown
    missing = [
        Code.ROW_MISSING.at(problem.location, criterion=problem.location.criterion)
        for problem in doubtful("甲.xlsx", 5)
    ]
    assert printed(problems_view(missing)).count("缺少编号") == 1


def views(name: str, file: str) -> Iterator[str]:
    bad = at(Code.CATEGORY_UNKNOWN, "F3", seen=name)
    form = result(name, {"1.1.1": name}, {"2.2.3": name}, file=file, problems=[bad])
    findings = batch([form, unreadable(f"{file}2", Code.FILE_DAMAGED.at(detail=name))], roster=[name])
    yield printed(score_view(form, detail=True))
    yield printed(batch_view(findings))
    yield printed(problems_view([*form.problems, *findings.problems]))


def test_hostile_text_is_shown_as_text() -> None:
    for shown in views(HOSTILE, HOSTILE):
        assert "[red]x[/]" in shown.replace("\n", "")
        assert not set(shown) & set("\x00\x1b\u202e\ud800")
        assert all(cell_len(line) <= 80 for line in shown.splitlines())


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_no_name_breaks_a_view(name: str, file: str) -> None:
    for shown in views(name, file):
        assert all(cell_len(line) <= 80 for line in shown.splitlines())
        assert not any(line.endswith(" ") for line in shown.splitlines())


def test_every_view_is_in_characters_a_gbk_console_has() -> None:
    findings = varied()
    problems = [*(problem for form in findings.results for problem in form.problems), *findings.problems]
    for view in (
        *(score_view(form, detail=True) for form in findings.results),
        batch_view(findings),
        problems_view(problems),
        batch_view(Findings(RUBRIC, [])),
    ):
        printed(view).encode("gbk")


def test_lines_break_as_chinese_does() -> None:
    lines = printed(Prose("甲乙丙丁戊，己庚辛（壬癸）ab cd 子"), 10).splitlines()
    assert lines == ["甲乙丙丁", "戊，己庚辛", "（壬癸）ab", "cd 子"]


@given(st.text("甲乙，。（）“”ab 1!", min_size=1, max_size=80), st.integers(4, 30))
def test_breaking_loses_nothing_but_blanks_at_the_ends_of_lines(text: str, width: int) -> None:
    lines = printed(Prose(text), width).splitlines()
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


def test_only_the_console_views_load_rich() -> None:
    code = (
        "import sys, jieyue_cli.report.json, jieyue_cli.report.csv, jieyue_cli.report.markdown;"
        "import jieyue_cli.report.workbook.book;"
        "sys.exit(any(name.partition('.')[0] == 'rich' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_line_of_many_criteria_is_short_and_its_reason_takes_the_full_width() -> None:
    typed = with_score(with_score(full(by_item()), 2, 0), 1, None).result()
    text = printed(score_view(typed, detail=True))
    assert (
        """
编号         分值 自评 得分 评价标准和计分依据
--------------------------------------------------------------------------------
1.1             9           强化目标管理　节约能源资源目标管理
1.1.1           9 9       9 完成上级主管部门下达的单位建筑面积能源消耗、人均能…
                            表中自填 9 分，满分 9 分 → 9 分（自评表!F4）
2.1             5           完善制度体系　管理机构
2.1（4 条）     5 未填    0 2.1.1 明确负责推进节约型机关建设的组织机构，得1分 2…
  未填报 → 0 分（自评表!F5）
2.2            22           完善制度体系　管理制度
2.2（10 条）   22 0       0 2.2.1 制定节约型机关创建实施方案，得2分； 2.2.2 制…
  表中自填 0 分，满分 22 分 → 0 分（自评表!F6）
"""
        in text
    )
    assert "自评未填报 1 处（共 4 条）" in text
    assert "最省力的达标途径：还差 7 分，做到以下 1 处（共 10 条）即可" in text
    assert "另有 1 处（共 4 条）没有得满，还可增 5 分。" in text
    assert "+2." not in text


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("2.2.1", "2.2.1"),
        ("3.2.1+3.2.2", "3.2（2 条）"),
        ("2.2.1+2.2.2", "2.2.1 等 2 条"),
        ("+".join(criterion.id for item in RUBRIC.units[1].items for criterion in item.criteria), "2（14 条）"),
        ("1.1.1+2.1.1", "1.1.1 等 2 条"),
    ],
)
def test_what_a_line_is_called(line: str, named: str) -> None:
    assert numbered(RUBRIC, line) == named


def test_what_is_left_is_counted_also_where_a_bonus_is_capped() -> None:
    rubric, _ = load(GATED.with_name("bonus_110.yaml"))
    assert rubric is not None
    form = scored(rubric, book_of(rubric, Filled(None, {"C1.1": "是"}, {})))
    assert form.self is not None
    lines = [line for line in form.self.lines if line.lost]
    text = printed(score_view(form, detail=False)).replace("\n", "")
    chosen, rest = re.search(r"做到以下 (\d+) 条即可.*另有 (\d+) 条没有得满", text).groups()  # type: ignore[union-attr]
    assert int(chosen) + int(rest) == len(lines)


def test_lines_left_over_are_counted_in_criteria_where_they_cover_several() -> None:
    table = full(by_item())
    zero = replace(table, scores=tuple(0 for _ in table.lines)).result()
    text = printed(batch_view(batch([zero])))
    lost = zero.self.lines if zero.self else ()
    assert len(lost) == 12
    shown = re.findall(r"^(\d\.[\d.]*(?:（\d+ 条）)?) +1 ", text, re.MULTILINE)
    left = sum(len(line.criteria) for line in lost) - sum(
        int(match[1]) if (match := re.search(r"(\d+) 条", name)) else 1 for name in shown
    )
    assert len(shown) == 10
    assert f"其余 2 处（共 {left} 条）见 -o 写出的 .xlsx。" in text


def test_what_was_left_out_and_what_was_missed_is_said_of_one_and_of_many() -> None:
    rubric, _ = load(GATED)
    assert rubric is not None
    answers = {"1.1.1": "是", "2.1.1": 1, "G1-a1": "否", "G1-b": "否", "G2": "不涉及", "4.1.1": "不涉及"}
    form = scored(rubric, book_of(rubric, Filled(None, answers, {})))
    assert """
结论    未达标　自评 25.27 分，还差 54.73 分
依据    自评（尚未核查，认定以核查得分为准）
注意    自评未填报 9 条
必须    G1 完成上级下达的年度能源资源节约目标：不符合（达标前提）
不涉及  4.1.1，不涉及按缺项折算，共 9 分
不涉及  应得满分 91 分（原 100 分）
折算    23 分折算为 25.27 分（基础得分 ÷ 应得满分 × 100）

""" in printed(score_view(form, detail=False))
    assert """
不涉及的条目（1 个机关）
- 示例市财政局：4.1.1，不涉及按缺项折算，共 9 分；应得满分 91 分（原 100 分）；
  23 分折算为 25.27 分（基础得分 ÷ 应得满分 × 100）

必须做到而没有做到的（1 个机关）
- 示例市财政局：G1 完成上级下达的年度能源资源节约目标：不符合（达标前提）
""" in printed(batch_view(Findings(rubric, [form])))


def ranked(units: list[str], names: list[str], grade: str | None) -> str:
    """The page of a batch by a standard with units of these names."""
    unit = RUBRIC.units[0]
    parts = tuple(unit.replaced(id=str(at), name=name, points=Decimal("12.5")) for at, name in enumerate(units))
    grades = (Grade.model_validate({"name": grade, "from": 0}),) if grade else ()
    rubric = RUBRIC.replaced(units=parts, grades=grades)
    card = Scorecard(rubric, tuple(UnitScore(part, RUBRIC_CARD.units[0].items) for part in parts))
    forms = [msgspec.structs.replace(result(name), self=card) for name in names]
    return printed(batch_view(Findings(rubric, forms)))


RUBRIC_CARD = card()
NAMES = st.text("示例市发展和改革委员会机关事务服务中心", min_size=2, max_size=30)


@given(
    units=st.lists(st.text("节约能源资源管理制度", min_size=2, max_size=20), min_size=1, max_size=12),
    names=st.lists(NAMES, min_size=1, max_size=3),
    grade=st.none() | st.text("节约型机关示范单位", min_size=2, max_size=20),
)
@settings(max_examples=60, deadline=None)
@example(["强化目标管理工作体系"] * 9, ["示例市机关事务服务中心办公室处"], "示范单位（省级）推荐对象")
def test_the_ranking_keeps_twelve_characters_of_a_name_whatever_the_standard(
    units: list[str], names: list[str], grade: str | None
) -> None:
    text = ranked(units, names, grade)
    assert all(name[:12] in text for name in names)
    assert max(map(cell_len, text.splitlines())) <= 80
    assert "…" not in text
    shown = "12.5分" in text
    assert shown == ("这里放不下各评价单元的得分，见 -o 写出的 .xlsx。" not in text)
    assert shown or len(units) > 3


STANDARDS = sorted(GATED.parent.glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", first(3, STANDARDS), ids=[path.stem for path in STANDARDS])
def test_the_detail_of_every_example_standard_fits_a_console_and_leaves_room_for_the_reasons(path: Path) -> None:
    rubric, _ = load(path)
    assert rubric is not None
    chance = random.Random(path.stem)  # noqa: S311 -- examples, not secrets
    group = chance.choice(rubric.classes) if rubric.classes else None
    filled = Filled(group, at_random(rubric, chance), at_random(rubric, chance, office=True))
    form = scored(rubric, book_of(rubric, filled))
    for view in (score_view(form, detail=True), batch_view(Findings(rubric, [form]))):
        assert max(map(cell_len, printed(view).splitlines())) <= 80
    text = printed(score_view(form, detail=True))
    head = next(line for line in text.splitlines() if line.endswith("评价标准和计分依据"))
    assert 80 - cell_len(head.removesuffix("评价标准和计分依据")) >= 36
    assert form.self is not None
    told = re.sub(r"\s", "", text)
    lines = (*form.self.gates, *form.self.lines)
    assert all(re.sub(r"\s", "", f"自评：{reasons.why(line)}") in told for line in lines)


def test_lists_of_many_say_how_many_are_left() -> None:
    forms = [result("示例市林业局", {"2.2.3": str(number)}, file=f"{number:03}.xlsx") for number in range(70)]
    text = re.sub(r"\s", "", printed(batch_view(batch(forms))))
    listed = text.partition("示例市林业局2020年度：")[2].partition("其余")[0]
    assert listed.count(".xlsx") == 60
    assert "等，其余10份见-o写出的.xlsx" in text
