"""``rubric show``: what stands beside the published words, and how the total comes about."""

from __future__ import annotations

from jieyue_cli.report.standard.console import standard_view
from jieyue_cli.report.standard.markdown import render
from scoring.standards import counted, criterion, item, standard, unit

from .builders import printed

RUBRIC = standard(
    unit(
        "1",
        item(
            "A",
            criterion("A1", "4", method="查资料", guidance="提供印发的文件", note="原文第三条"),
            counted("A2", "3"),
            note="项目的备注",
        ),
        note="单元的备注",
    ),
    passing="80",
    inputs=[
        {"id": "D", "text": "用水量", "answer": "number", "unit": "吨", "guidance": "以水表为准", "note": "原文附表"}
    ],
    scale={"points": "100", "decimals": "0"},
    not_applicable="full",
    not_applicable_limit={"points": "3"},
)
SHOWN = """
标准      示例（small / 1）
文号      示例，2030-01-02
印发      示例市
分数      满分 100 分（由 7 分换算），80 分（含）以上达标
总分换算  得分 ÷ 满分 7 × 100，四舍五入取整数
不涉及    不涉及按满分计
空项上限  空项分值合计不超过 3 分，超过的最高定为未达标
目标      2030 年 25%
范围      行政机关

编号  评价标准                                           计分方式           分值
--------------------------------------------------------------------------------
      基本数据                                           只填一次，不计
                                                         分，供计分使用
D     用水量                                             填数值；单位：吨
        填报说明：以水表为准
        备注：原文附表
--------------------------------------------------------------------------------
1     第1部分                                                                  7
        备注：单元的备注
A     第A部分                                                                  7
        备注：项目的备注
A1    做到A1                                             是得4分，否不得       4
                                                         分；考评方法：查
                                                         资料
        填报说明：提供印发的文件
        备注：原文第三条
A2    做到A2                                             每项1分，最高3分      3
"""


def test_the_console_shows_everything_that_was_written() -> None:
    assert printed(standard_view(RUBRIC)) == SHOWN.removeprefix("\n")


def test_markdown_has_the_same_rows() -> None:
    rows = [line for line in render(RUBRIC).decode().splitlines() if line.startswith("| ")]
    assert rows == [
        "| 编号 | 评价标准 | 计分方式 | 分值 |",
        "| D | 用水量 | 填数值；单位：吨 |  |",
        "|  | 　填报说明：以水表为准 |  |  |",
        "|  | 　备注：原文附表 |  |  |",
        "| 编号 | 评价标准 | 计分方式 | 分值 |",
        "|  | 　备注：单元的备注 |  |  |",
        "| **A** | **第A部分** |  | **7** |",
        "|  | 　备注：项目的备注 |  |  |",
        "| A1 | 做到A1 | 是得4分，否不得分；考评方法：查资料 | 4 |",
        "|  | 　填报说明：提供印发的文件 |  |  |",
        "|  | 　备注：原文第三条 |  |  |",
        "| A2 | 做到A2 | 每项1分，最高3分 | 3 |",
    ]
