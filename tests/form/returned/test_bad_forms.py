"""Forms as they come back damaged: each fault with its code, its place and its cure, and nothing scores wrongly."""

# ruff: noqa: E501 -- messages are compared whole, each in one piece

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from first import first
from forms import (
    AGENCY,
    FIELD,
    FULL,
    LABEL,
    ROW,
    RUBRIC,
    assessed,
    cell,
    changed,
    expected,
    figures,
    fill,
    filled,
    header,
    opened,
    saved,
    told,
)
from jieyue_cli.assessment import Status, assess
from jieyue_cli.form.layout import HEADER_ROW
from jieyue_cli.problems import Severity
from jieyue_cli.rubric.source import build
from published import COUNTED, ORDER, YES_NO, full

Change = Callable[[Worksheet], object]
BELOW = 75
"""A row below everything that the blank form holds."""
EVERYTHING = dict.fromkeys(YES_NO, True) | dict.fromkeys(COUNTED, 7)


def put(address: str, value: Any) -> Change:
    """Write one cell."""

    def change(sheet: Worksheet) -> None:
        sheet[address] = value

    return change


def both(*changes: Change) -> Change:
    """Do several things."""

    def change(sheet: Worksheet) -> None:
        for each in changes:
            each(sheet)

    return change


def copy_row(source: int, target: int) -> Change:
    """Write a row once more."""

    def change(sheet: Worksheet) -> None:
        for column in range(1, 14):
            sheet.cell(target, column).value = sheet.cell(source, column).value

    return change


def delete_row(row: int) -> Change:
    """Delete a row as a spreadsheet program does."""
    return lambda sheet: sheet.delete_rows(row)


def delete_col(column: int) -> Change:
    """Delete a column as a spreadsheet program does."""
    return lambda sheet: sheet.delete_cols(column)


def twin(sheet: Worksheet) -> None:
    """Copy the whole sheet, as people do to keep a draft."""
    book = sheet.parent
    assert book is not None
    book.copy_worksheet(sheet).title = "自评打分表 (2)"


UNUSABLE: list[tuple[str, Change, list[str]]] = [
    (
        "another form",
        lambda sheet: sheet.delete_rows(HEADER_ROW, 100),
        [
            "form-not-found  没有找到自评打分表（表头应有 编号、评价标准、完成情况 等列），请让单位用下发的空表填写。",
        ],
    ),
    (
        "other rubric",
        put(FIELD["标准版本"], "standard_2030 / 1"),
        [
            f"form-other-rubric 自评打分表!{FIELD['标准版本']} 这是“standard_2030”的表，不是“standard_2020”的表，请改用对应的评价标准（--rubric），或用 jieyue template --from 这份表 把填报内容转到现行空表。",
        ],
    ),
    (
        "other version",
        put(FIELD["标准版本"], "standard_2020 / 2"),
        [
            f"form-other-version 自评打分表!{FIELD['标准版本']} 这是本标准第 2 版的表（新版），现行为第 1 版，请用 jieyue template --from 这份表 把填报内容转到现行空表。",
        ],
    ),
    (
        "no version",
        put(FIELD["标准版本"], "standard_2020"),
        [
            f"form-other-version 自评打分表!{FIELD['标准版本']} 这是本标准第 ？ 版的表，现行为第 1 版，请用 jieyue template --from 这份表 把填报内容转到现行空表。",
        ],
    ),
    (
        "header missing",
        put(header("完成情况"), "完成与否"),
        [
            f"form-column-missing 自评打分表!{header('编号')} 表头缺少“完成情况”列，请从空表复制表头，不要改动列名。",
        ],
    ),
    (
        "header id",
        put(header("编号"), "序列"),
        [
            f"form-column-missing 自评打分表!{header('编号')} 表头缺少“编号”列，请从空表复制表头，不要改动列名。",
        ],
    ),
    (
        "header text",
        put(header("评价标准"), "要求"),
        [
            f"form-column-missing 自评打分表!{header('编号')} 表头缺少“评价标准”列，请从空表复制表头，不要改动列名。",
        ],
    ),
    (
        "column deleted",
        delete_col(7),
        [
            f"form-column-missing 自评打分表!{header('编号')} 表头缺少“完成情况”列，请从空表复制表头，不要改动列名。",
        ],
    ),
    (
        "column doubled",
        put(f"N{HEADER_ROW}", "完成情况"),
        [
            f"form-column-doubled 自评打分表!N{HEADER_ROW} 表头有两个“完成情况”列（另一个在 {header('完成情况')}），请删除多余的一列。",
        ],
    ),
    (
        "two sheets",
        twin,
        [
            "form-several  有 2 个工作表都像自评打分表（自评打分表、自评打分表 (2)），请只保留一个后重新保存。",
        ],
    ),
]


@pytest.mark.parametrize(("change", "messages"), [pytest.param(*case[1:], id=case[0]) for case in UNUSABLE])
def test_a_form_that_cannot_be_used_says_why_and_scores_nothing(change: Change, messages: list[str]) -> None:
    result = changed(change)
    assert told(result) == messages
    assert (result.status, result.agency, result.self, result.verified) == (Status.UNREADABLE, None, None, None)


LINES: list[tuple[str, Change, int, list[str]]] = [
    (
        "row missing",
        delete_row(ROW["2.2.3"]),
        95,
        [
            "row-missing 自评打分表（2.2.3） 缺少编号 2.2.3 的行，请从空表补回这一行并填写。",
        ],
    ),
    (
        "row doubled",
        copy_row(ROW["2.2.3"], BELOW),
        95,
        [
            f"row-doubled 自评打分表!A75（2.2.3） 编号 2.2.3 出现了 2 次（{cell('2.2.3', '编号')}、A75），请只保留一行。",
        ],
    ),
    (
        "row doubled differing",
        both(copy_row(ROW["2.2.3"], BELOW), put(f"G{BELOW}", 1)),
        95,
        [
            f"row-doubled 自评打分表!A75（2.2.3） 编号 2.2.3 出现了 2 次（{cell('2.2.3', '编号')}、A75），请只保留一行。",
        ],
    ),
    ("id unknown", put(f"A{BELOW}", "9.9.9"), 100, []),
    (
        "id unknown answered",
        both(put(f"A{BELOW}", "9.9.9"), put(f"G{BELOW}", "是")),
        100,
        [
            "row-unknown 自评打分表!A75 编号“9.9.9”不在评价标准中，这一行没有计分，请删除或更正编号。",
        ],
    ),
    (
        "id unknown with text",
        both(put(f"A{BELOW}", "9.9.9"), put(f"D{BELOW}", "节约用气，得2分"), put(f"G{BELOW}", "是")),
        100,
        [
            "row-unknown 自评打分表!A75 编号“9.9.9”不在评价标准中，这一行没有计分，请删除或更正编号。",
        ],
    ),
    (
        "id blanked",
        put(cell("2.2.3", "编号"), None),
        95,
        [
            f"row-id-damaged 自评打分表!{cell('2.2.3', '编号')}（2.2.3） 这一行的编号是“空白”，条文却是 2.2.3 的，请把编号改回 2.2.3。",
        ],
    ),
    (
        "id changed",
        put(cell("2.2.3", "编号"), "2.2.33"),
        95,
        [
            f"row-id-damaged 自评打分表!{cell('2.2.3', '编号')}（2.2.3） 这一行的编号是“2.2.33”，条文却是 2.2.3 的，请把编号改回 2.2.3。",
        ],
    ),
    (
        "id a date",
        put(cell("1.1.1", "编号"), dt.date(2001, 1, 1)),
        91,
        [
            f"row-id-damaged 自评打分表!{cell('1.1.1', '编号')}（1.1.1） 这一行的编号是“2001-01-01”，条文却是 1.1.1 的，请把编号改回 1.1.1。",
        ],
    ),
    (
        "id of another",
        put(cell("2.2.3", "编号"), "2.2.4"),
        95,
        [
            f"row-id-damaged 自评打分表!{cell('2.2.3', '编号')}（2.2.3） 这一行的编号是“2.2.4”，条文却是 2.2.3 的，请把编号改回 2.2.3。",
        ],
    ),
    (
        "ids swapped",
        both(put(cell("2.2.3", "编号"), "2.2.4"), put(cell("2.2.4", "编号"), "2.2.3")),
        92,
        [
            f"row-text-changed 自评打分表!{cell('2.2.4', '评价标准')}（2.2.3） 这一行的条文与评价标准不一致（应以“制定落实能源资源消费统计”开头），请从空表恢复条文。",
            f"row-text-changed 自评打分表!{cell('2.2.3', '评价标准')}（2.2.4） 这一行的条文与评价标准不一致（应以“通过规章制度或合同约定，”开头），请从空表恢复条文。",
        ],
    ),
    (
        "text changed",
        put(cell("2.1.2", "评价标准"), "明确节约能源资源工作的管理机构，得2分"),
        98,
        [
            f"row-text-changed 自评打分表!{cell('2.1.2', '评价标准')}（2.1.2） 这一行的条文与评价标准不一致（应以“明确节约能源资源工作的管”开头），请从空表恢复条文。",
        ],
    ),
    (
        "price changed",
        put(cell("2.1.2", "评价标准"), "明确节约能源资源工作的管理机构和工作职责，得3分"),
        98,
        [
            f"row-text-changed 自评打分表!{cell('2.1.2', '评价标准')}（2.1.2） 这一行的条文与评价标准不一致（应以“明确节约能源资源工作的管”开头），请从空表恢复条文。",
        ],
    ),
    (
        "text gone",
        put(cell("2.1.2", "评价标准"), None),
        98,
        [
            f"row-text-changed 自评打分表!{cell('2.1.2', '评价标准')}（2.1.2） 这一行的条文与评价标准不一致（应以“明确节约能源资源工作的管”开头），请从空表恢复条文。",
        ],
    ),
    ("punctuation", put(cell("2.1.2", "评价标准"), "2、明确 节约能源资源工作的管理机构和工作职责,得２分。"), 100, []),
    (
        "header finding",
        put(header("核查情况"), "核查"),
        100,
        [
            "form-no-findings 自评打分表 表头缺少“核查情况”列，按没有核查读取；已经核查的，请从空表恢复这一列的表头。",
        ],
    ),
    (
        "finding column deleted",
        delete_col(11),
        100,
        [
            "form-no-mark 自评打分表 找不到“标准版本”，无法确认是不是本标准的表；已按编号和条文逐条核对，请核实来源。",
            "form-no-findings 自评打分表 表头缺少“核查情况”列，按没有核查读取；已经核查的，请从空表恢复这一列的表头。",
        ],
    ),
    ("header spelled", both(put(header("完成情况"), "完成　情况"), put(header("编号"), "编号：")), 100, []),
    ("points changed", put(cell("2.2.3", "分值"), 50), 100, []),
    ("evidence formula", put(cell("1.1.1", "佐证材料"), '=DISPIMG("ID_1",1)'), 100, []),
    (
        "preview",
        put(cell("2.2.3", "自评得分"), 50),
        100,
        [
            f"score-disagrees 自评打分表!{cell('2.2.3', '自评得分')}（2.2.3） 表中的自评得分是 50 分，按填报内容应为 5 分，以后者为准，请核对公式是否被改动。",
        ],
    ),
    ("preview text", put(cell("2.2.3", "自评得分"), "5"), 100, []),
    ("preview ok", put(cell("2.2.3", "自评得分"), 5), 100, []),
    (
        "total",
        put(FIELD["自评总分"], 99),
        100,
        [
            f"total-disagrees 自评打分表!{FIELD['自评总分']} 散总不符：总分写的是 99 分，各项相加为 100 分，以后者为准，请核对。",
        ],
    ),
    (
        "verdict",
        put(FIELD["自评结论"], "未达标"),
        100,
        [
            f"grade-disagrees 自评打分表!{FIELD['自评结论']} 评分与等级不符：写的是“未达标”，按 100 分应为“达标”，以后者为准，请核对。",
        ],
    ),
    ("total and verdict right", both(put(FIELD["自评总分"], 100), put(FIELD["自评结论"], "达标")), 100, []),
    ("verdict other", put(FIELD["自评结论"], "优秀"), 100, []),
]


@pytest.mark.parametrize(
    ("change", "total", "messages"), first(8, (case[1:] for case in LINES)), ids=[case[0] for case in LINES]
)
def test_damage_to_the_table_costs_its_own_lines_only(change: Change, total: int, messages: list[str]) -> None:
    result = changed(change)
    assert told(result) == messages
    assert result.self is not None
    assert (int(result.self.total), int(result.self.at_most)) == (total, 100)
    lost = {problem.location.criterion for problem in result.problems if problem.severity is Severity.ERROR}
    assert figures(result.self) == expected(EVERYTHING | dict.fromkeys((str(identifier) for identifier in lost), None))
    assert {line.id for line in result.self.lines if line.score < line.points} == lost


Who = tuple[str | None, str | None, int | None]
AROUND: list[tuple[str, Change, Who, list[str]]] = [
    (
        "mark gone",
        put(FIELD["标准版本"], None),
        ("示例市财政局", "行政机关", 2020),
        [
            f"form-no-mark 自评打分表!{FIELD['标准版本']} 找不到“标准版本”，无法确认是不是本标准的表；已按编号和条文逐条核对，请核实来源。",
        ],
    ),
    (
        "mark label gone",
        both(put(LABEL["标准版本"], None), put(FIELD["标准版本"], None)),
        ("示例市财政局", "行政机关", 2020),
        [
            "form-no-mark 自评打分表 找不到“标准版本”，无法确认是不是本标准的表；已按编号和条文逐条核对，请核实来源。",
        ],
    ),
    ("mark wide", put(FIELD["标准版本"], "standard_2020／1"), ("示例市财政局", "行政机关", 2020), []),
    (
        "blank name",
        put(FIELD["单位名称"], None),
        (None, "行政机关", 2020),
        [
            f"agency-blank 自评打分表!{FIELD['单位名称']} 没有填写单位名称，请填写全称。",
        ],
    ),
    (
        "space name",
        put(FIELD["单位名称"], "　 "),
        (None, "行政机关", 2020),
        [
            f"agency-blank 自评打分表!{FIELD['单位名称']} 没有填写单位名称，请填写全称。",
        ],
    ),
    (
        "numeric name",
        put(FIELD["单位名称"], 110),
        (None, "行政机关", 2020),
        [
            f"agency-invalid 自评打分表!{FIELD['单位名称']} 单位名称“110”不是文字名称，请填写单位全称。",
        ],
    ),
    (
        "digits",
        put(FIELD["单位名称"], "１２３"),
        (None, "行政机关", 2020),
        [
            f"agency-invalid 自评打分表!{FIELD['单位名称']} 单位名称“１２３”不是文字名称，请填写单位全称。",
        ],
    ),
    (
        "formula name",
        put(FIELD["单位名称"], '="示例"&"局"'),
        (None, "行政机关", 2020),
        [
            f"agency-invalid 自评打分表!{FIELD['单位名称']} 单位名称“未计算的公式”不是文字名称，请填写单位全称。",
        ],
    ),
    (
        "error name",
        put(FIELD["单位名称"], "#N/A"),
        (None, "行政机关", 2020),
        [
            f"agency-invalid 自评打分表!{FIELD['单位名称']} 单位名称“#N/A”不是文字名称，请填写单位全称。",
        ],
    ),
    (
        "label of name gone",
        put(LABEL["单位名称"], None),
        (None, "行政机关", 2020),
        [
            "agency-blank 自评打分表 没有填写单位名称，请填写全称。",
        ],
    ),
    (
        "label spelled",
        both(put(LABEL["单位名称"], " 单 位 名 称 ："), put(LABEL["评价年度"], "*评价年度:")),
        ("示例市财政局", "行政机关", 2020),
        [],
    ),
    (
        "year 2019",
        put(FIELD["评价年度"], 2019),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度“2019”无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "year text",
        put(FIELD["评价年度"], "2021年度"),
        ("示例市财政局", "行政机关", 2021),
        [
            f"year-spelling 自评打分表!{FIELD['评价年度']} 评价年度“2021年度”按 2021 年读取。",
        ],
    ),
    (
        "year words",
        put(FIELD["评价年度"], "去年"),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度“去年”无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "year 2020.5",
        put(FIELD["评价年度"], 2020.5),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度“2020.5”无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "year date",
        put(FIELD["评价年度"], dt.date(2021, 10, 20)),
        ("示例市财政局", "行政机关", 2021),
        [
            f"year-spelling 自评打分表!{FIELD['评价年度']} 评价年度“2021-10-20”按 2021 年读取。",
        ],
    ),
    (
        "year huge",
        put(FIELD["评价年度"], 20201020),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度“20201020”无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "year formula",
        put(FIELD["评价年度"], "=YEAR(TODAY())"),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度（未计算的公式）无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "year bool",
        put(FIELD["评价年度"], value=True),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度“TRUE”无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "year gone",
        put(FIELD["评价年度"], None),
        ("示例市财政局", "行政机关", None),
        [
            f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度（空白）无效，请填写四位年份（2020 年以后），如 2020。",
        ],
    ),
    (
        "category",
        put(FIELD["单位类别"], "党政机关"),
        ("示例市财政局", None, 2020),
        [
            f"category-unknown 自评打分表!{FIELD['单位类别']} 单位类别“党政机关”不在创建范围内，请从下拉列表中选择。",
        ],
    ),
    (
        "category gone",
        put(FIELD["单位类别"], None),
        ("示例市财政局", None, 2020),
        [
            f"category-blank 自评打分表!{FIELD['单位类别']} 没有选择单位类别，请从下拉列表中选择。",
        ],
    ),
    (
        "category short",
        put(FIELD["单位类别"], "人民团体"),
        ("示例市财政局", "人民团体（工会、共青团、妇联等）", 2020),
        [],
    ),
]


@pytest.mark.parametrize(
    ("change", "who", "messages"), first(8, (case[1:] for case in AROUND)), ids=[case[0] for case in AROUND]
)
def test_what_stands_above_the_table(change: Change, who: Who, messages: list[str]) -> None:
    result = changed(change)
    assert told(result) == messages
    assert result.agency is not None
    assert (result.agency.name, result.agency.category, result.agency.year) == who
    assert figures(result.self) == expected(EVERYTHING)


def test_a_form_without_its_rows_claims_nothing_and_every_row_is_missed() -> None:
    result = changed(lambda sheet: sheet.delete_rows(HEADER_ROW + 1, 100))
    assert [(problem.code.slug, problem.location.criterion) for problem in result.problems] == [
        ("row-missing", identifier) for identifier in ORDER
    ]
    assert result.self is not None
    assert (int(result.self.total), int(result.self.at_most), result.status) == (0, 100, Status.UNDETERMINED)


# -- inputs that are formulas ----------------------------------------------------------------------------------


def calculated(data: bytes, results: dict[str, str]) -> bytes:
    """Store a result beside a formula, as the program that calculated it would; address → the XML after its ``<f>``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for address, stored in results.items() if name.endswith("sheet1.xml") else ():
                kind = ' t="str"' if not stored.isdigit() else ""
                pattern = rf'<c r="{address}"([^>]*?)(?: t="\w+")?><f>([^<]*)</f><v ?/?>(?:</v>)?</c>'
                part, found = re.subn(
                    pattern.encode(), rf'<c r="{address}"\1{kind}><f>\2</f><v>{stored}</v></c>'.encode(), part
                )
                assert found == 1, address
            new.writestr(name, part)
    return stream.getvalue()


def test_a_formula_in_an_answer_counts_by_its_stored_result_with_a_note() -> None:
    data = filled(FULL | {"2.2.3": "=1+1", "1.1.1": '=IF(1,"是","否")', "3.1.3": "=2*3"})
    result = assessed(calculated(data, {cell("2.2.3"): "2", cell("1.1.1"): "否", cell("3.1.3"): "6"}))
    assert told(result) == [
        f"answer-not-yes-no 自评打分表!{cell('3.1.3')}（3.1.3） “6”不是“是”或“否”，本条不计分，请从下拉列表中选择。",
        f"answer-formula 自评打分表!{cell('1.1.1')}（1.1.1） 这里是公式，按它保存的结果“否”读取，请核对后改为直接填写。",
        f"answer-formula 自评打分表!{cell('2.2.3')}（2.2.3） 这里是公式，按它保存的结果“2”读取，请核对后改为直接填写。",
        f"answer-formula 自评打分表!{cell('3.1.3')}（3.1.3） 这里是公式，按它保存的结果“6”读取，请核对后改为直接填写。",
    ]
    assert figures(result.self) == expected(EVERYTHING | {"2.2.3": 2, "1.1.1": False, "3.1.3": None})


def test_a_stored_preview_that_agrees_is_silent_and_one_that_does_not_is_told() -> None:
    data = filled(FULL, FULL | {"1.1.1": "否"})
    right = {
        cell("1.1.1", "自评得分"): "9",
        cell("1.1.1", "核查得分"): "0",
        FIELD["自评总分"]: "100",
        FIELD["核查总分"]: "91",
        FIELD["自评结论"]: "达标",
    }
    assert told(assessed(calculated(data, right))) == []
    wrong = {
        cell("1.1.1", "自评得分"): "8",
        cell("1.1.1", "核查得分"): "9",
        FIELD["自评总分"]: "99",
        FIELD["核查总分"]: "100",
        FIELD["核查结论"]: "未达标",
    }
    assert told(assessed(calculated(data, wrong))) == [
        f"score-disagrees 自评打分表!{cell('1.1.1', '自评得分')}（1.1.1） 表中的自评得分是 8 分，按填报内容应为 9 分，以后者为准，请核对公式是否被改动。",
        f"total-disagrees 自评打分表!{FIELD['自评总分']} 散总不符：总分写的是 99 分，各项相加为 100 分，以后者为准，请核对。",
        f"score-disagrees 自评打分表!{cell('1.1.1', '核查得分')}（1.1.1） 表中的核查得分是 9 分，按填报内容应为 0 分，以后者为准，请核对公式是否被改动。",
        f"total-disagrees 自评打分表!{FIELD['核查总分']} 散总不符：总分写的是 100 分，各项相加为 91 分，以后者为准，请核对。",
        f"grade-disagrees 自评打分表!{FIELD['核查结论']} 评分与等级不符：写的是“未达标”，按 91 分应为“达标”，以后者为准，请核对。",
    ]


# -- the office's side -----------------------------------------------------------------------------------------


def test_both_sides_stand_side_by_side_and_the_office_decides() -> None:
    result = assessed(filled(FULL, dict.fromkeys(ORDER, "否") | dict.fromkeys(COUNTED, 0)))
    assert told(result) == []
    assert result.verified is not None
    assert [int(figures(card)[""]) for card in (result.self, result.verified)] == [100, 0]
    assert (result.status, result.deciding) == (Status.FAIL, result.verified)


def test_a_verification_that_is_not_finished_is_told() -> None:
    result = assessed(filled(FULL, {"1.1.1": "是", "2.2.3": 3, "5.2.2": "若干"}))
    assert told(result) == [
        f"answer-not-count 自评打分表!{cell('5.2.2', '核查情况')}（5.2.2） “若干”不是数量，本条不计分，请填写整数，如 3；没有填 0。",
        f"verification-partial 自评打分表!{FIELD['核查完成']} 核查未完成：42 条中核查了 3 条，结论暂按自评，核查完后请补全核查情况，或在“核查完成”中选“已完成，空白同自评”。",
    ]
    assert figures(result.verified) == expected({"1.1.1": True, "2.2.3": 3})
    assert (result.deciding, result.status) == (result.self, Status.PASS)


@pytest.mark.parametrize("findings", [{}, {"1.1.1": " ", "2.2.3": "　"}], ids=["blank", "spaces"])
def test_an_office_that_wrote_nothing_has_found_nothing(findings: dict[str, str]) -> None:
    result = assessed(filled(FULL, findings))
    assert (result.verified, result.status, told(result)) == (None, Status.PASS, [])


def test_damaged_rows_do_not_make_a_verification() -> None:
    result = changed(both(delete_row(ROW["2.2.3"]), put(cell("1.1.1", "编号"), "9")))
    assert result.verified is None
    assert [problem.code.slug for problem in result.problems] == ["row-id-damaged", "row-missing"]


def test_a_damaged_row_of_a_verification_is_open_not_lost() -> None:
    result = changed(put(cell("1.1.1", "编号"), "9"), FULL, FULL)
    assert result.verified is not None
    assert (int(result.verified.total), int(result.verified.at_most)) == (91, 100)


# -- forms of other standards ----------------------------------------------------------------------------------


def test_a_form_is_scored_by_its_own_standard_only() -> None:
    book, sheet = opened()
    fill(sheet, FULL)
    text = "id: other\nversion: '1'\ntitle: 另一标准\ndocument: 示例〔2030〕1号\nissuers: [示例市能源局]\n"
    text += "issued: 2030-01-02\npoints: 1\npass_mark: 1\ntargets: {2030: 25%}\nscope: [行政机关]\nunits:\n"
    text += "  - {id: '1', name: 甲, points: 1, items: [{id: '1.1', name: 乙, points: 1, criteria: "
    text += "[{id: 1.1.1, points: 1, text: 丙，得1分}]}]}\n"
    other, problems = build(text.encode())
    assert other is not None, problems
    result = assess("表.xlsx", saved(book), other)
    assert told(result) == [
        (
            f"form-other-rubric 自评打分表!{FIELD['标准版本']} 这是“standard_2020”的表，不是“other”的表，"
            "请改用对应的评价标准（--rubric），或用 jieyue template --from 这份表 把填报内容转到现行空表。"
        )
    ]
    assert result.self is None
    assert assess("表.xlsx", saved(book), RUBRIC).agency is not None


@pytest.mark.parametrize("identifier", first(4, ORDER))
def test_each_sentence_is_held_against_the_standard(identifier: str) -> None:
    text = RUBRIC.by_id[identifier].text
    result = changed(put(cell(identifier, "评价标准"), text.replace("得", "扣", 1).replace("执行", "免", 1)))
    assert [(problem.code.slug, problem.location.cell) for problem in result.problems] == [
        ("row-text-changed", cell(identifier, "评价标准"))
    ]
    assert figures(result.self)[""] == 100 - full(identifier)
    assert result.agency is not None
    assert result.agency.name == AGENCY
