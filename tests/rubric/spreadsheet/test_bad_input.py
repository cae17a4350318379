"""A damaged spreadsheet of a standard: every fault in its sheet and cell, in words, all of them at once."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.recognise import FormReader
from jieyue_cli.problems import Code, Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build
from jieyue_cli.rubric.spreadsheet import written
from jieyue_cli.workbook import read_workbook
from printed_tables import document
from rubric.spreadsheet.books import LOWER, UPPER, cells, edited, in_part, plain, small, told

Edit = Callable[[Workbook], object]


def merged(sheet: str, area: str) -> Edit:
    return lambda book: book[sheet].merge_cells(area)


def without(sheet: str) -> Edit:
    return lambda book: book.remove(book[sheet])


def doubled(book: Workbook) -> None:
    book.copy_worksheet(book[LOWER]).title = "条文（旧）"


def emptied(book: Workbook) -> None:
    for sheet in (UPPER, LOWER):
        book[sheet].delete_rows(1, 100)


def rows(number: int) -> Edit:
    def edit(book: Workbook) -> None:
        for row in range(9, 9 + number):
            book[LOWER].cell(row, 5, "做到")

    return edit


def nested(number: int) -> Edit:
    """Parts, each of the one before."""

    def edit(book: Workbook) -> None:
        for at in range(number):
            values: dict[int, Any] = {1: f"d{at}", 2: f"d{at - 1}" if at else "2.1.1", 5: "做到", 6: 6, 7: "相加"}
            for column, value in values.items():
                book[LOWER].cell(9 + at, column, value)

    return edit


FAULTS: list[tuple[str, Edit, list[str]]] = [
    (
        "merged cells",
        merged(LOWER, "C2:C5"),
        [
            "rubric-merged 条文!C2 C2:C5 是合并单元格，看不出各行写的什么，请取消合并，需要的每一格都填上。",
        ],
    ),
    (
        "merged cells of 基本情况",
        merged(UPPER, "B12:B13"),
        [
            "rubric-merged 基本情况!B12 B12:B13 是合并单元格，看不出各行写的什么，请取消合并，需要的每一格都填上。",
        ],
    ),
    (
        "a merged header",
        merged(LOWER, "A1:B1"),
        [
            "rubric-merged 条文!A1 A1:B1 是合并单元格，看不出各行写的什么，请取消合并，需要的每一格都填上。",
        ],
    ),
    (
        "a column that is missing",
        cells(F1=None),
        [
            "rubric-no-column 条文!A1 表头缺少“分值”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
        ],
    ),
    (
        "two columns that are missing",
        cells(A1="号", E1="句"),
        [
            "rubric-no-column 条文!A1 表头缺少“编号”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
            "rubric-no-column 条文!A1 表头缺少“条文”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
        ],
    ),
    (
        "a column twice",
        cells(K1="编号"),
        [
            "rubric-twice 条文!K1 “编号”写了两次（另一个在 A1），请只保留一个。",
        ],
    ),
    (
        "a column of somebody's own",
        cells(S1="责任处室"),
        [
            "rubric-stranger 条文!S1 不认识“责任处室”，没有读取；如是标准的内容，请改成表里原有的名称。",
        ],
    ),
    (
        "no 条文",
        without(LOWER),
        [
            (
                "rubric-no-sheet  没有工作表“条文”，不是照着填写的评价标准；请用 jieyue rubric new 标准.xlsx 写出样"
                "子照着填，印发的表加 --from 转换。"
            ),
        ],
    ),
    (
        "no 基本情况",
        without(UPPER),
        [
            (
                "rubric-no-sheet  没有工作表“基本情况”，不是照着填写的评价标准；请用 jieyue rubric new 标准.xlsx 写"
                "出样子照着填，印发的表加 --from 转换。"
            ),
        ],
    ),
    (
        "two 条文",
        doubled,
        [
            "rubric-sheets  有 2 张工作表都像“条文”（条文、条文（旧）），请只保留一张。",
        ],
    ),
    (
        "empty sheets",
        emptied,
        [
            "rubric-no-column 条文!A1 表头缺少“编号”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
            "rubric-no-column 条文!A1 表头缺少“评价单元”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
            "rubric-no-column 条文!A1 表头缺少“评价项目”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
            "rubric-no-column 条文!A1 表头缺少“条文”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
            "rubric-no-column 条文!A1 表头缺少“分值”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
            "rubric-no-column 条文!A1 表头缺少“计分方式”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。",
        ],
    ),
    (
        "two labels alike",
        cells(_A10="满分"),
        [
            "rubric-missing-key 基本情况!A1 缺少“达标线”这一项，请补上。",
            "rubric-twice 基本情况!A10 “满分”写了两次（另一个在 A9），请只保留一个。",
        ],
    ),
    (
        "a label that is unknown",
        cells(_A9="总分"),
        [
            "rubric-missing-key 基本情况!A1 缺少“满分”这一项，请补上。",
            "rubric-stranger 基本情况!A9 不认识“总分”，没有读取；如是标准的内容，请改成表里原有的名称。",
        ],
    ),
    (
        "a formula",
        cells(F2="=2+2"),
        [
            "rubric-formula 条文!F2 这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。",
        ],
    ),
    (
        "a formula in 基本情况",
        cells(_B9="=5+5"),
        [
            "rubric-formula 基本情况!B9 这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。",
        ],
    ),
    (
        "the error of a formula",
        cells(F2="#REF!"),
        [
            "rubric-formula 条文!F2 这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。",
        ],
    ),
    (
        "a formula in a row of its own",
        cells(E9="=E8"),
        [
            "rubric-formula 条文!E9 这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。",
        ],
    ),
    (
        "an id twice",
        cells(A8="1.1.1"),
        [
            "rubric-duplicate-id 条文!A8 编号“1.1.1”用了两次，请改成不重复的编号。",
        ],
    ),
    (
        "an item that does not add up",
        cells(F4=2),
        [
            "rubric-sum 条文!F3 评价项目“管理”写的是 4 分，但其下各项合计 5 分，请改到一致。",
        ],
    ),
    (
        "a unit that does not add up",
        cells(F2=5),
        [
            "rubric-sum 基本情况!B9 总分写的是 10 分，但其下各项合计 11 分，请改到一致。",
            "rubric-sum 条文!F2 评价单元“制度”写的是 5 分，但其下各项合计 4 分，请改到一致。",
        ],
    ),
    (
        "full marks that do not add up",
        cells(_B9=11),
        [
            "rubric-sum 基本情况!B9 总分写的是 11 分，但其下各项合计 10 分，请改到一致。",
        ],
    ),
    (
        "a formula in a name",
        cells(C7="=C6"),
        [
            "rubric-formula 条文!C7 这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。",
        ],
    ),
    (
        "parts of each other",
        cells(B4="1.1.2", B5="1.1.1"),
        [
            "rubric-missing-key 条文!A3 缺少“条文”这一项，请补上。",
            "rubric-circular 条文!B4 上级编号绕了一圈又回到“1.1.1”，请改正。",
        ],
    ),
    (
        "a part of itself",
        cells(B8="2.1.1"),
        [
            "rubric-missing-key 条文!A7 缺少“条文”这一项，请补上。",
            "rubric-circular 条文!B8 上级编号绕了一圈又回到“2.1.1”，请改正。",
        ],
    ),
    (
        "a criterion below nothing",
        cells(B8="2.9"),
        [
            "rubric-parent 条文!B8 上级编号“2.9”不对：没有这个编号的条文或评价项目，请改为已有的编号。",
        ],
    ),
    (
        "an item below nothing",
        cells(B7="3"),
        [
            "rubric-parent 条文!B7 上级编号“3”不对：没有这个编号的评价单元，请改为已有的编号。",
        ],
    ),
    (
        "a unit below something",
        cells(B6="1"),
        [
            "rubric-unused 条文!B6 评价单元的一行不用“上级编号”，写了也不起作用，请清空。",
        ],
    ),
    (
        "an item before any unit",
        cells(C2=None, B3=None),
        [
            "rubric-sum 基本情况!B9 总分写的是 10 分，但其下各项合计 6 分，请改到一致。",
            "rubric-no-level 条文!E2 看不出这一行是什么，请填写评价单元（单元的一行）、评价项目（项目的一行）或条文。",
            "rubric-no-place 条文!A3 这一行上面没有评价单元，不知道属于哪里，请把它移到下面，或填写上级编号。",
        ],
    ),
    (
        "a criterion before any item",
        cells(D3=None, B4=None),
        [
            "rubric-missing-key 条文!A2 缺少“评价项目”这一项，请补上。",
            "rubric-no-level 条文!E3 看不出这一行是什么，请填写评价单元（单元的一行）、评价项目（项目的一行）或条文。",
            "rubric-no-place 条文!A4 这一行上面没有评价项目，不知道属于哪里，请把它移到下面，或填写上级编号。",
            "rubric-parent 条文!B5 上级编号“1.1”不对：没有这个编号的条文或评价项目，请改为已有的编号。",
        ],
    ),
    (
        "a row that is nothing",
        cells(E8=None),
        [
            "rubric-missing-key 条文!A7 缺少“条文”这一项，请补上。",
            "rubric-no-level 条文!E8 看不出这一行是什么，请填写评价单元（单元的一行）、评价项目（项目的一行）或条文。",
        ],
    ),
    (
        "an unknown kind",
        cells(G5="每项"),
        [
            (
                "rubric-words 条文!G5 “计分方式”写的“每项”看不懂，应为“全得或不得”"
                "、“按数量”、“选一档”、“实测分档”、“逐步增减”、“扣分”、“完成率”、“酌情”、“"
                "比值”、“取最高”、“全部做到”、“相加”、“分情形”、“直接得分”，请改正。"
            ),
        ],
    ),
    (
        "unknown words",
        cells(K4="随便", L4="要做到", M4="要"),
        [
            (
                "rubric-words 条文!K4 “不涉及”写的“随便”看不懂，应为“不设不涉及”、“不涉及按满分计”、“不涉及不评分”"
                "、“不涉及按缺项折算”，请改正。"
            ),
            (
                "rubric-words 条文!L4 “必须”写的“要做到”看不懂，应为不得为0分、必须"
                "得满分、不低于85% 或 不低于40分，后面可以接 ，否则最高定为某等级（或 本单元计零"
                "分、总分计零分），请改正。"
            ),
            "rubric-words 条文!M4 “佐证要求”写的“要”看不懂，应为“须提供”、“不须提供”，请改正。",
        ],
    ),
    (
        "a share in a cell of its own",
        cells(L4=0.85),
        [
            (
                "rubric-words 条文!L4 “必须”写的“0.85”看不懂，应为不得为0分、必"
                "须得满分、不低于85% 或 不低于40分，后面可以接 ，否则最高定为某等级（或 本单元计"
                "零分、总分计零分），请改正。"
            ),
        ],
    ),
    (
        "a share that could be an amount",
        cells(L4="不低于0.85"),
        [
            (
                "rubric-words 条文!L4 “必须”写的“不低于0.85”看不懂，应为不得为0"
                "分、必须得满分、不低于85% 或 不低于40分，后面可以接 ，否则最高定为某等级（或 本"
                "单元计零分、总分计零分），请改正。"
            ),
        ],
    ),
    (
        "a step without a colon",
        cells(G8="选一档", J8="开展：6\n部分3分\n不好：一分"),
        [
            "rubric-words 条文!J8 “档次和界限”写的“部分3分”看不懂，应为“名称：分数”，如 三级计量：5，请改正。",
        ],
    ),
    (
        "a line of no meaning",
        cells(G8="逐步增减", J8="起点高于：90%\n每步：1%\n每步得：2\n步数：3"),
        [
            (
                "rubric-words 条文!J8 “档次和界限”写的“步数：3”看不懂，应为“起点高"
                "于：…”、“起点低于：…”、“每步：…”、“每步得：…”、“每步扣：…”、“最少：…”、"
                "“数据：…”、“除以：…”、“对照：…”、“可为负数：…”，一行一个，请改正。"
            ),
        ],
    ),
    (
        "a line twice",
        cells(G8="逐步增减", J8="起点高于：90%\n每步：1%\n每步：2%\n每步得：2"),
        [
            "rubric-twice 条文!J8 “每步”写了两次（另一个在 同一格），请只保留一个。",
        ],
    ),
    (
        "two starts",
        cells(G8="逐步增减", J8="起点高于：90%\n起点低于：3%\n每步：1%\n每步得：2"),
        [
            "rubric-either 条文!G8 起点高于、起点低于 要写一个，也只能写一个，请改正。",
        ],
    ),
    (
        "a fault without a price",
        cells(G8="扣分", J8="没有计划"),
        [
            (
                "rubric-words 条文!J8 “档次和界限”写的“没有计划”看不懂，应为“情形：扣几分”，如 没有计划：扣1，或 发"
                "现烟头：每个扣0.5，请改正。"
            ),
        ],
    ),
    (
        "a band without a sign",
        cells(G8="实测分档", J8="0.9：6"),
        [
            (
                "rubric-words 条文!J8 “档次和界限”写的“0.9：6”看不懂，应为“界限：分数”，如 ≤0.9：7（界限以 ≤、<、≥"
                "、> 开头），请改正。"
            ),
        ],
    ),
    (
        "cells that mean nothing in their row",
        cells(H4=1, J2="a：1", G3="选一档"),
        [
            "rubric-unused 条文!J2 评价单元的一行不用“档次和界限”，写了也不起作用，请清空。",
            "rubric-unused 条文!G3 评价项目的一行不用“计分方式”，写了也不起作用，请清空。",
            "rubric-unused 条文!H4 计分方式“全得或不得”不用“每项得分”，写了也不起作用，请清空。",
        ],
    ),
    (
        "other provisions of another row",
        cells(S8="附加分：是"),
        [
            "rubric-words 条文!S8 “其他规定”写的“附加分：是”看不懂，应为“情形：…”，一行一个，请改正。",
        ],
    ),
    (
        "points in words",
        cells(F8="六分"),
        [
            "rubric-value 条文!F8 “分值”的值“六”不对，应为一个数字，请改正。",
        ],
    ),
    (
        "points below 0",
        cells(F8=-6),
        [
            "rubric-sum 条文!F7 评价项目“活动”写的是 6 分，但其下各项合计 -6 分，请改到一致。",
            "rubric-value 条文!F8 “分值”的值“-6”不对，应为大于 0 的数字，请改正。",
        ],
    ),
    (
        "no points",
        cells(F8=None),
        [
            "rubric-missing-key 条文!F8 缺少“分值”这一项，请补上。",
        ],
    ),
    (
        "no id",
        cells(A8=None),
        [
            "rubric-missing-key 条文!A8 缺少“编号”这一项，请补上。",
        ],
    ),
    (
        "no price",
        cells(H5=None),
        [
            "rubric-missing-key 条文!H5 缺少“每项得分”这一项，请补上。",
        ],
    ),
    (
        "the name of another unit",
        cells(C5="宣传"),
        [
            "rubric-other-name 条文!C5 这一行属于“制度”，写的却是“宣传”，请改成一致，或清空这一格。",
        ],
    ),
    (
        "an id that became a date",
        cells(A8=dt.date(2020, 2, 1)),
        [
            "rubric-words 条文!A8 “编号”写的“2020-02-01”看不懂，应为编号，如 1.1（单元格的格式设为文本再填），请改正。",
        ],
    ),
    (
        "steps that became a time",
        cells(G8="选一档", J8=dt.time(1, 5)),
        [
            "rubric-words 条文!J8 “档次和界限”写的“01:05:00”看不懂，应为“名称：分数”，如 三级计量：5，请改正。",
        ],
    ),
    (
        "an id in Chinese",
        cells(A8="第一条"),
        [
            (
                "rubric-value 条文!A8 “编号”的值“第一条”不对，应为由字母、数字、点、横线组成的编号，最多 40 个字符"
                "，请改正。"
            ),
        ],
    ),
    (
        "targets without a year",
        cells(_B11="2030：0.25\n2031"),
        [
            "rubric-words 基本情况!B11 “年度目标”写的“2031”看不懂，应为“年份：比例”，如 2020：25%，请改正。",
        ],
    ),
    (
        "a target twice",
        cells(_B11="2030：25%\n2030：50%"),
        [
            "rubric-twice 基本情况!B11 “年度目标”中的“2030”写了两次（另一个在 同一格），请只保留一个。",
        ],
    ),
    (
        "a target as a share",
        cells(_B11=0.25),
        [
            "rubric-words 基本情况!B11 “年度目标”写的“0.25”看不懂，应为“年份：比例”，如 2020：25%，请改正。",
        ],
    ),
    (
        "a date in words",
        cells(_B8="去年"),
        [
            "rubric-value 基本情况!B8 “印发日期”的值“去年”不对，应为日期，如 2020-08-03，请改正。",
        ],
    ),
    (
        "blank fields",
        cells(_B9=None, _B5=None),
        [
            "rubric-missing-key 基本情况!B5 缺少“名称”这一项，请补上。",
            "rubric-missing-key 基本情况!B9 缺少“满分”这一项，请补上。",
        ],
    ),
    (
        "an unknown policy",
        cells(_B16="不算", _B17="扣分"),
        [
            (
                "rubric-words 基本情况!B16 “不涉及”写的“不算”看不懂，应为“不设不涉及”、“不涉及按满分计”、“不涉及不"
                "评分”、“不涉及按缺项折算”，请改正。"
            ),
            (
                "rubric-words 基本情况!B17 “弄虚作假”写的“扣分”看不懂，应为“该条不得分”、“该评价项目不得分”、“该评"
                "价单元不得分”，请改正。"
            ),
        ],
    ),
    (
        "a grade without a start",
        cells(_B15="优秀：8起\n一般"),
        [
            (
                "rubric-words 基本情况!B15 “等级”写的“一般”看不懂，应为“等级：几分起”，如 优秀：95起，或 达标：80起"
                "，不到95，请改正。"
            ),
        ],
    ),
    (
        "grades with a gap",
        cells(_B15="优秀：8起\n差：0起，至5"),
        [
            "rubric-grade-gap 基本情况!B15 等级“优秀”和“差”之间有空档：6 分不属于任何等级，请改到首尾相接。",
        ],
    ),
    (
        "a date without its matter",
        cells(_B14="10月31日"),
        [
            (
                "rubric-words 基本情况!B14 “时间安排”写的“10月31日”看不懂，应为“事项：期限”，如 报送自评打分表：每"
                "年10月31日（自评报送），请改正。"
            ),
        ],
    ),
    (
        "a date that does not exist",
        cells(_B14="自评：每年2月30日（自评报送）"),
        [
            (
                "rubric-no-such-day 基本情况!B14 没有“每年2月30日”这一天，或者不是每年都有，请改正；二月的最后一天"
                "可以写“2月底”。"
            ),
        ],
    ),
    (
        "a grade that does not exist",
        cells(L4="必须得满分，否则最高定为三级"),
        [
            "rubric-unknown-name 条文!L4 “三级”不在 等级 中，应为：（没有写 等级），请改正。",
        ],
    ),
    (
        "a class that does not exist",
        cells(R4="独立办公"),
        [
            "rubric-unknown-name 条文!R4 “独立办公”不在 适用类型 中，应为：（没有写 适用类型），请改正。",
        ],
    ),
    (
        "parts of a criterion that has none",
        cells(B8="1.1.2"),
        [
            "rubric-parts 条文!G5 有 下一级条文 时计分方式只能是 取最高、全部做到、相加、分情形 之一，请改正。",
            "rubric-missing-key 条文!A7 缺少“条文”这一项，请补上。",
        ],
    ),
    (
        "a combination of nothing",
        cells(G8="取最高"),
        [
            "rubric-parts 条文!G8 “取最高”由几条组成，却没有写 下一级条文，请改正。",
        ],
    ),
    (
        "a gate with points",
        cells(C4="达标前提", B4=None),
        [
            "rubric-sum 条文!F3 评价项目“管理”写的是 4 分，但其下各项合计 3 分，请改到一致。",
            "rubric-gate-points 条文!F4 达标前提不计分，请删除它的分值。",
        ],
    ),
    (
        "parts of parts of parts",
        nested(20),
        [
            "rubric-parts 条文!G8 有 下一级条文 时计分方式只能是 取最高、全部做到、相加、分情形 之一，请改正。",
            "rubric-parts 条文!G18 “相加”由几条组成，却没有写 下一级条文，请改正。",
            "rubric-nested 条文!B19 上级编号一层套一层超过 13 层，请减少层数。",
        ],
    ),
]


@pytest.mark.parametrize(("edit", "expected"), [pytest.param(*case[1:], id=case[0]) for case in FAULTS])
def test_a_fault_is_told_in_its_cell(edit: Edit, expected: list[str]) -> None:
    rubric, problems = build(edited(edit))
    assert told(problems) == expected
    assert (rubric is None) == any(problem.severity is Severity.ERROR for problem in problems)


def test_a_formula_is_told_whatever_result_is_stored_beside_it() -> None:
    book = in_part("xl/worksheets/sheet2.xml", {b'<c r="F2" s="9"><v>4</v>': b'<c r="F2" s="9"><f>2+2</f><v>4</v>'})
    assert told(build(book)[1]) == [
        "rubric-formula 条文!F2 这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。"
    ]


def form() -> bytes:
    rubric, _ = build(small())
    assert rubric is not None
    return blank_form(rubric)


WHOLE: list[tuple[str, bytes, str]] = [
    ("a form", form(), "rubric-is-form"),
    ("half a file", small()[:-200], "file-damaged"),
    ("a document", document([("甲", "乙")]), "rubric-foreign"),
    ("a beginning", b"PK\3\4", "file-damaged"),
    ("another container", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "file-damaged"),
]


@pytest.mark.parametrize(("data", "code"), [pytest.param(*case[1:], id=case[0]) for case in WHOLE])
def test_a_file_that_is_no_standard_is_refused(data: bytes, code: str) -> None:
    rubric, problems = build(data, "标准.xlsx")
    assert (rubric, [problem.code.slug for problem in problems]) == (None, [code])
    assert problems[0].location.file == "标准.xlsx"


def test_a_standard_handed_in_as_a_form_is_told(rubric: Rubric) -> None:
    book, _ = read_workbook(small())
    assert book is not None
    submission, problems = FormReader(rubric).read(book)
    assert (submission, [problem.code for problem in problems]) == (None, [Code.FORM_IS_RUBRIC])


def test_ten_thousand_rows_are_refused_at_once() -> None:
    book = edited(rows(10_000))
    before = time.process_time()
    assert told(build(book)[1]) == ["rubric-long 条文!A5002 条文超过 5000 行，请确认是不是拿错了文件。"]
    assert time.process_time() - before < 1


ODD = [
    *(
        "",
        "-1",
        "1e400",
        "25%",
        "是",
        "达标前提",
        "基本数据",
        "1.1",
        "2.1.1",
        "x" * 600,
        "a\nb：1",
        "：",
        "“",
        "每扣",
        "=1",
    ),
    *(
        "相加",
        "取最高",
        "单选",
        "实测分档",
        "逐步增减",
        "比值",
        "必须得满分，否则",
        "≤0.9：7",
        "进入条件：高于",
        "单元扣分：A 扣",
    ),
    *(
        0,
        -3,
        0.25,
        True,
        dt.date(2030, 1, 2),
        dt.time(1, 5),
        None,
        "编号",
        "=A1",
        "#REF!",
        "１２：３4",
        "\u200b",
        "😀" * 300,
    ),
]
"""What a slip, a wrong paste or a spreadsheet program leaves in a cell."""


def damaged(chance: Random) -> bytes:
    """The small standard with some cells replaced, swapped or merged, and rows or columns moved or lost."""
    book = openpyxl.load_workbook(io.BytesIO(small()))
    for _ in range(chance.randint(1, 6)):
        sheet = book[chance.choice([UPPER, LOWER, LOWER])]
        row, column = chance.randint(1, 20 if sheet.title == UPPER else 10), chance.randint(1, 19)
        match chance.choice(
            ["write"] * 8 + ["swap", "insert row", "delete row", "insert column", "delete column", "merge"]
        ):
            case "write":
                sheet.cell(row, column).value = chance.choice(ODD)
            case "swap":
                other = sheet.cell(chance.randint(1, 10), chance.randint(1, 19))
                this = sheet.cell(row, column)
                this.value, other.value = other.value, this.value
            case "insert row":
                sheet.insert_rows(row)
            case "delete row":
                sheet.delete_rows(row)
            case "insert column":
                sheet.insert_cols(column)
            case "delete column":
                sheet.delete_cols(column)
            case _:
                sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def survives(seed: int) -> None:
    rubric, problems = build(damaged(Random(seed)), "标准.xlsx")  # noqa: S311 -- the same every time
    assert (rubric is None) == any(problem.severity is Severity.ERROR for problem in problems)
    for problem in problems:
        assert problem.message
        assert problem.location.file == "标准.xlsx"
        assert problem.location.cell or problem.code in {Code.RUBRIC_NO_SHEET, Code.RUBRIC_SHEETS, Code.RUBRIC_IS_FORM}


@pytest.mark.parametrize("seed", range(4))
def test_random_damage_is_read_or_refused_with_a_place(seed: int) -> None:
    survives(seed)


@pytest.mark.long
def test_much_random_damage_is_read_or_refused_with_a_place() -> None:
    for seed in range(100, 1100):
        survives(seed)


EVERY_KEY = Path(__file__).with_name("every_key.yaml").read_text("utf-8")
CONDITIONS: list[tuple[str, str, str, list[str]]] = [
    (
        "an entry that looks at a later unit",
        'entry: {at_least: 30, of: "1"}',
        'entry: {at_least: 30, of: "3"}',
        [
            "rubric-entry-later 条文!S24 进入条件只能看排在前面的单元，“3”不在它前面，请改为前面的单元，或调整顺序。",
        ],
    ),
    (
        "an entry that looks at its own unit",
        'entry: {at_least: 30, of: "1"}',
        'entry: {at_least: 30, of: "2"}',
        [
            "rubric-entry-later 条文!S24 进入条件只能看排在前面的单元，“2”不在它前面，请改为前面的单元，或调整顺序。",
        ],
    ),
    (
        "an entry that looks at no unit",
        'entry: {at_least: 30, of: "1"}',
        'entry: {at_least: 30, of: "9"}',
        [
            "rubric-unknown-unit 条文!S24 没有编号为“9”的评价单元，请改为已有的编号。",
        ],
    ),
    (
        "an entry that goes round",
        'entry: {at_least: 30, of: "1"}',
        "entry: {at_least: 30}",
        [
            (
                "rubric-entry-circular 条文!S24 进入条件绕回了自己：基础分里有这个单元的分，请用 评价单元 指"
                "定排在它前面的一个基础单元，或改为附加分单元。"
            ),
        ],
    ),
    (
        "a deduction for what is not asked",
        "input: A5",
        "input: A55",
        [
            "rubric-unknown-name 条文!S15 “A55”不在 基本数据 中，应为：A1、A2、A3、A4、A5、A6、A7、A8…，请改正。",
        ],
    ),
    (
        "a deduction for what is no count",
        "input: A5",
        "input: A1",
        [
            "rubric-parts 条文!S15 A1 填的是数值，单元扣分要用填数量或是否的基本数据，请改正。",
        ],
    ),
    (
        "a ratio of what is not asked",
        "of: {input: A1}, by: {input: A2}, target",
        "of: {input: A7}, by: {input: A99}, target",
        [
            "rubric-parts 条文!J17 A7 填的是文字，这里要用填数值、数量的基本数据，请改正。",
            "rubric-parts 条文!J17 A7 只问独立办公，这一条却也适用于集中办公，请改正。",
            "rubric-unknown-name 条文!J17 “A99”不在 基本数据 中，应为：A1、A2、A3、A4、A5、A6、A7、A8…，请改正。",
        ],
    ),
    (
        "a branch on a later criterion",
        "on: A3",
        "on: 2.1.1-1",
        [
            "rubric-parts 条文!J21 2.1.1-1 排在这一条后面，分情形只能看基本数据或前面的得分点怎样填，请改正。",
        ],
    ),
    (
        "a branch on itself",
        "on: A3",
        "on: 1.1.5",
        [
            "rubric-parts 条文!J21 分情形不能看它自己或它的一部分（1.1.5）怎样填，请改正。",
        ],
    ),
    (
        "a case that nobody can answer",
        "case: 是",
        "case: 有",
        [
            "rubric-parts 条文!A21 填“是”的（独立办公）没有对应的部分，每种填法都要有一个，请改正。",
            "rubric-parts 条文!A21 填“是”的（集中办公）没有对应的部分，每种填法都要有一个，请改正。",
            "rubric-value 条文!S22 “情形”的值“有”不对，应为以下之一：是、否，请改正。",
        ],
    ),
    (
        "a case twice",
        "case: [否]",
        "case: [是]",
        [
            "rubric-parts 条文!A21 填“否”的（独立办公）没有对应的部分，每种填法都要有一个，请改正。",
            "rubric-parts 条文!A21 填“否”的（集中办公）没有对应的部分，每种填法都要有一个，请改正。",
            "rubric-parts 条文!S23 填“是”的有两个部分，只能有一个，请改正。",
        ],
    ),
    (
        "a case outside of a branch",
        "text: 预算执行",
        "text: 预算执行, case: 是",
        [
            "rubric-parts 条文!S18 “情形”只能写在分情形的各部分上，请改正。",
        ],
    ),
    (
        "points granted outside of a branch",
        "text: 预算执行, rule: {kind: ratio, of: 执行数, by: 预算数, unit: 万元}",
        "text: 预算执行, rule: {kind: granted}",
        [
            "rubric-parts 条文!G18 直接得分只能写在分情形的各部分上，请改正。",
        ],
    ),
    (
        "a minimum above the points",
        "must: 15",
        "must: 25",
        [
            "rubric-value 条文!L24 “必须”的值“25”不对，应为大于 0、不超过 20 的数，请改正。",
        ],
    ),
    (
        "a minimum above all",
        "must: 85%",
        "must: 185%",
        [
            "rubric-value 条文!L15 “必须”的值“185%”不对，应为大于 0、不超过 100% 的数，请改正。",
        ],
    ),
    (
        "a scale of nine decimals",
        "scale: {points: 100, decimals: 1}",
        "scale: {points: 100, decimals: 9}",
        [
            "rubric-value 基本情况!B18 “总分换算”的值“9”不对，应为不超过 2 的数字，请改正。",
        ],
    ),
    (
        "a scale without decimals",
        "scale: {points: 100, decimals: 1}",
        "scale: {points: 100}",
        [
            (
                "rubric-words 基本情况!B18 “总分换算”写的“换算为100分，保留位小数”看不懂，应为换算为100分，保留"
                "1位小数，请改正。"
            ),
        ],
    ),
    (
        "a limit with an unknown grade",
        "otherwise: 二级}\ninputs",
        "otherwise: 三级}\ninputs",
        [
            "rubric-unknown-name 基本情况!B19 “三级”不在 等级 中，应为：一级、二级、不达标，请改正。",
        ],
    ),
    (
        "a choice of nothing",
        ", choices: [单独, 合用]",
        "",
        [
            "rubric-parts 条文!G5 从几项中选的，档次和界限 里至少写两项，请改正。",
            "rubric-parts 条文!J26 A4 不是填“是”“否”或从几项中选的，分不出情形，请改正。",
        ],
    ),
    (
        "a positive yes or no",
        "{id: A3, text: 是否设置室外吸烟区, answer: yes_no",
        "{id: A3, text: 是否设置室外吸烟区, answer: yes_no, positive: true",
        [
            "rubric-parts 条文!S4 “必须大于0”只能与 计分方式: 数值、按数量 一起写，请改正。",
        ],
    ),
    (
        "a date with a unit",
        "answer: date",
        "answer: date, unit: 个",
        [
            "rubric-parts 条文!I7 “计量单位”只能与 计分方式: 数值、按数量 一起写，请改正。",
        ],
    ),
    (
        "an input twice",
        "id: A6",
        "id: A5",
        [
            "rubric-duplicate-id 条文!A7 编号“A5”用了两次，请改成不重复的编号。",
            "rubric-parts 条文!S15 A5 填的是日期，单元扣分要用填数量或是否的基本数据，请改正。",
        ],
    ),
    (
        "a divisor that may be 0",
        ", positive: true}\n  - {id: A9",
        "}\n  - {id: A9",
        [
            "rubric-parts 条文!J19 A8 在这里作除数，不能填 0，请在它那里写 必须大于0: 是，请改正。",
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CONDITIONS])
def test_a_condition_that_cannot_hold_is_told_in_its_cell(old: str, new: str, expected: list[str]) -> None:
    assert EVERY_KEY.count(old) == 1
    rubric, problems = build(written(plain(EVERY_KEY.replace(old, new))))
    assert (rubric, told(problems)) == (None, expected)


def test_a_cell_full_of_text_is_quoted_in_part_and_at_once() -> None:
    data = plain(EVERY_KEY)
    units = data["units"]
    assert isinstance(units, list)
    assert isinstance(units[0], dict)
    units[0]["when"] = ["x" * 30_000]
    begun = time.monotonic()
    rubric, problems = build(written(data))
    assert time.monotonic() - begun < 2
    assert rubric is None
    assert "rubric-unknown-name" in {problem.code.slug for problem in problems}
    assert max(len(problem.message) for problem in problems) < 1_000


@pytest.mark.parametrize("sign", ["（", "(", "：", "“", "扣", "，"])
def test_a_cell_full_of_one_sign_is_read_at_once(sign: str) -> None:
    begun = time.monotonic()
    rubric, problems = build(edited(cells(N4=sign * 32_000)))
    assert time.monotonic() - begun < 1
    assert (rubric is None) == bool(problems)
