"""What people write and what is made of it: the whole tolerance, each lenience with its note, near misses refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.form.answers import MOST, understand
from jieyue_cli.problems import Code, Severity
from jieyue_cli.rubric.rules import AnswerType, Asked
from jieyue_cli.submission import AnswerKind
from jieyue_cli.workbook.cells import Cell, CellState, Value

YES_NO, COUNT = AnswerType.YES_NO, AnswerType.COUNT
Told = tuple[str | None, list[str]]
"""What was understood, and every message."""


def told(value: Value | None, asked: AnswerType, state: CellState = CellState.TYPED) -> Told:
    answer, findings = understand(Cell(7, 7, value, state), Asked(asked))
    read = {AnswerKind.BLANK: "", AnswerKind.NOT_APPLICABLE: "不涉及", AnswerKind.UNREADABLE: None}.get(
        answer.kind, str(answer.value)
    )
    assert (answer.value is not None) == (answer.kind is AnswerKind.VALUE)
    return read, [code.at(**facts).message for code, facts in findings]


def note(seen: str, read: str) -> list[str]:
    return [f"“{seen}”按“{read}”读取。"]


ACCEPTED_YES_NO: list[tuple[Value, str, list[str]]] = [
    ("是", "1", []),
    ("否", "0", []),
    ("是的", "1", note("是的", "是")),
    ("有", "1", note("有", "是")),
    ("对", "1", note("对", "是")),
    ("已完成", "1", note("已完成", "是")),
    ("√", "1", note("√", "是")),
    ("✓", "1", note("✓", "是")),
    ("✔", "1", note("✔", "是")),
    ("☑", "1", note("☑", "是")),
    ("Y", "1", note("Y", "是")),
    ("y", "1", note("y", "是")),
    ("yes", "1", note("yes", "是")),
    ("YES", "1", note("YES", "是")),
    ("True", "1", note("True", "是")),
    (True, "1", note("TRUE", "是")),
    (1, "1", note("1", "是")),
    ("1", "1", note("1", "是")),
    ("１", "1", note("１", "是")),
    ("Ｙ", "1", note("Ｙ", "是")),
    (" 是", "1", note(" 是", "是")),
    ("是　", "1", note("是　", "是")),
    ("是\n", "1", note("是□", "是")),
    ("是\xa0", "1", note("是□", "是")),
    ("\u200b是", "1", note("□是", "是")),
    ("是_x000D_", "1", note("是_x000D_", "是")),
    ("不是", "0", note("不是", "否")),
    ("无", "0", note("无", "否")),
    ("没有", "0", note("没有", "否")),
    ("未完成", "0", note("未完成", "否")),
    ("×", "0", note("×", "否")),
    ("✗", "0", note("✗", "否")),
    ("✘", "0", note("✘", "否")),
    ("✕", "0", note("✕", "否")),
    ("x", "0", note("x", "否")),
    ("X", "0", note("X", "否")),
    ("Ｘ", "0", note("Ｘ", "否")),
    ("n", "0", note("n", "否")),
    ("No", "0", note("No", "否")),
    ("false", "0", note("false", "否")),
    (False, "0", note("FALSE", "否")),
    (0, "0", note("0", "否")),
    ("0", "0", note("0", "否")),
    ("０", "0", note("０", "否")),
]

ACCEPTED_COUNT: list[tuple[Value, str, list[str]]] = [
    (0, "0", []),
    (3, "3", []),
    (100, "100", []),
    (2.0, "2", []),
    ("3", "3", note("3（文本）", "3")),
    ("３", "3", note("３", "3")),
    ("3项", "3", note("3项", "3")),
    ("　７ 项　", "7", note("　７ 项　", "7")),
    ("3 个", "3", note("3 个", "3")),
    ("2次", "2", note("2次", "2")),
    ("4类", "4", note("4类", "4")),
    ("4种", "4", note("4种", "4")),
    ("1场", "1", note("1场", "1")),
    ("1期", "1", note("1期", "1")),
    ("2篇", "2", note("2篇", "2")),
    ("2条", "2", note("2条", "2")),
    ("2份", "2", note("2份", "2")),
    ("2处", "2", note("2处", "2")),
    ("+3", "3", note("+3", "3")),
    ("3.0", "3", note("3.0", "3")),
    ("003", "3", note("003", "3")),
    ("三", "3", note("三", "3")),
    ("两次", "2", note("两次", "2")),
    ("十项", "10", note("十项", "10")),
    ("无", "0", note("无", "0")),
    ("没有", "0", note("没有", "0")),
    ("零", "0", note("零", "0")),
    ("〇", "0", note("〇", "0")),
    ("0次", "0", note("0次", "0")),
    (101, "101", ["数量 101 异常偏大，已按最高分封顶，请核对是否误填。"]),
    (MOST, "9999", ["数量 9999 异常偏大，已按最高分封顶，请核对是否误填。"]),
    ("300项", "300", [*note("300项", "300"), "数量 300项 异常偏大，已按最高分封顶，请核对是否误填。"]),
]

ABSENT: list[tuple[str, list[str]]] = [
    ("不涉及", []),
    (" 不涉及", note(" 不涉及", "不涉及")),
    ("不适用", note("不适用", "不涉及")),
    ("无此项", note("无此项", "不涉及")),
    ("-", note("-", "不涉及")),
    ("--", note("--", "不涉及")),
    ("－", note("－", "不涉及")),
    ("—", note("—", "不涉及")),
    ("——", note("——", "不涉及")),
    ("–", note("–", "不涉及")),
    ("/", note("/", "不涉及")),
    ("／", note("／", "不涉及")),
    ("N/A", note("N/A", "不涉及")),
    ("n/a", note("n/a", "不涉及")),
    ("NA", note("NA", "不涉及")),
]

REFUSED_YES_NO: list[tuple[Value, str]] = [
    *(
        (written, f"“{written}”不是“是”或“否”，本条不计分，请从下拉列表中选择。")
        for written in [
            "基本做到",
            "部分",
            "部分完成",
            "完成",
            "已做",
            "做到",
            "是/否",
            "是否",
            "有制度",
            "不",
            "没",
            "不对",
            "未",
            "好",
            "OK",
            "达标",
            "合格",
            "○",
            "●",
            "□",
            "✓是",
            "√√",
            "2",
            "10",
            "-1",
            "T",
            "F",
            "100%",
            "1.0",
            "见附件",
            "0.5",
            "一",
            "①",
        ]
    ),
    ("是？", "“是？”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    ("是，有文件", "“是，有文件”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    ("是 的", "“是 的”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    ("是　的", "“是 的”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    (2, "“2”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    (-1, "“-1”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    (0.5, "“0.5”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    (dt.date(2020, 10, 20), "“2020-10-20”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
    (dt.datetime(2020, 10, 20), "“2020-10-20”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),  # noqa: DTZ001 -- as cells hold it
    ("长" * 50, f"“{'长' * 39}…”不是“是”或“否”，本条不计分，请从下拉列表中选择。"),
]

REFUSED_COUNT: list[tuple[Value, str]] = [
    *(
        (written, f"“{written}”不是数量，本条不计分，请填写整数，如 3；没有填 0。")
        for written in [
            "是",
            "否",
            "有",
            "√",
            "×",
            "若干",
            "多项",
            "约3",
            "3项左右",
            "3以上",
            "3-5",
            "3~5",
            "3、5",
            "3+1",
            "3,000",
            "1e1",
            "0x3",
            "1/2",
            "Ⅲ",
            "①",
            "十一",
            "二十",
            "百",
            "半",
            "三项半",
            "项",
            "三三",
            "−3",
            "3分",
            "100%",
            "3元",
            "见附件",
            "2020-10-20",
        ]
    ),
    ("3 5", "“3 5”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (True, "“TRUE”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (False, "“FALSE”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (dt.date(2020, 10, 20), "“2020-10-20”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (dt.time(3, 0), "“03:00:00”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (float("inf"), "“inf”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (float("nan"), "“nan”不是数量，本条不计分，请填写整数，如 3；没有填 0。"),
    (-3, "数量 -3 是负数，本条不计分，请填写 0 或正整数。"),
    ("-3", "数量 -3 是负数，本条不计分，请填写 0 或正整数。"),
    ("－３项", "数量 －３项 是负数，本条不计分，请填写 0 或正整数。"),
    (-0.5, "数量 -0.5 是负数，本条不计分，请填写 0 或正整数。"),
    (2.5, "数量 2.5 不是整数，本条不计分，请填写整数。"),
    ("2.5项", "数量 2.5项 不是整数，本条不计分，请填写整数。"),
    (1e-9, "数量 1e-09 不是整数，本条不计分，请填写整数。"),
    (10_000, "数量 10000 大得不可能，本条不计分，请核对是否误填了日期、金额或电话。"),
    (20201020, "数量 20201020 大得不可能，本条不计分，请核对是否误填了日期、金额或电话。"),
    ("13800000000", "数量 13800000000 大得不可能，本条不计分，请核对是否误填了日期、金额或电话。"),
    (1e300, "数量 1e+300 大得不可能，本条不计分，请核对是否误填了日期、金额或电话。"),
    (
        "9" * 30_000,
        f"数量 {'9' * 39}… 大得不可能，本条不计分，请核对是否误填了日期、金额或电话。",
    ),
]


@pytest.mark.parametrize(("value", "read", "messages"), ACCEPTED_YES_NO, ids=repr)
def test_yes_or_no(value: Value, read: str, messages: list[str]) -> None:
    assert told(value, YES_NO) == (read, messages)


@pytest.mark.parametrize(("value", "read", "messages"), ACCEPTED_COUNT, ids=repr)
def test_a_count(value: Value, read: str, messages: list[str]) -> None:
    assert told(value, COUNT) == (read, messages)


@pytest.mark.parametrize("asked", [YES_NO, COUNT])
@pytest.mark.parametrize(("value", "messages"), ABSENT, ids=repr)
def test_not_applicable(value: str, messages: list[str], asked: AnswerType) -> None:
    assert told(value, asked) == ("不涉及", messages)


@pytest.mark.parametrize("asked", [YES_NO, COUNT])
@pytest.mark.parametrize("value", [None, "", " ", "　", "\n", "\xa0 \t", "\u200b", "_x000D_"], ids=repr)
def test_a_blank_is_no_fault(value: str | None, asked: AnswerType) -> None:
    assert told(value, asked) == ("", [])


@pytest.mark.parametrize(("value", "message"), REFUSED_YES_NO, ids=lambda value: repr(value)[:20])
def test_a_near_miss_of_yes_or_no_is_refused(value: Value, message: str) -> None:
    assert told(value, YES_NO) == (None, [message])


@pytest.mark.parametrize(("value", "message"), REFUSED_COUNT, ids=lambda value: repr(value)[:20])
def test_a_near_miss_of_a_count_is_refused(value: Value, message: str) -> None:
    assert told(value, COUNT) == (None, [message])


NOT_TYPED: list[tuple[Value | None, CellState, AnswerType, Told]] = [
    (None, CellState.UNCALCULATED, YES_NO, (None, [Code.ANSWER_UNCALCULATED.template])),
    (None, CellState.UNCALCULATED, COUNT, (None, [Code.ANSWER_UNCALCULATED.template])),
    ("#REF!", CellState.ERROR, COUNT, (None, ["这里是错误值 #REF!，本条不计分，请改为直接填写。"])),
    ("#N/A", CellState.ERROR, YES_NO, (None, ["这里是错误值 #N/A，本条不计分，请改为直接填写。"])),
    ("是", CellState.FORMULA, YES_NO, ("1", ["这里是公式，按它保存的结果“是”读取，请核对后改为直接填写。"])),
    (3, CellState.FORMULA, COUNT, ("3", ["这里是公式，按它保存的结果“3”读取，请核对后改为直接填写。"])),
    (
        "大概",
        CellState.FORMULA,
        YES_NO,
        (
            None,
            [
                "这里是公式，按它保存的结果“大概”读取，请核对后改为直接填写。",
                "“大概”不是“是”或“否”，本条不计分，请从下拉列表中选择。",
            ],
        ),
    ),
]


@pytest.mark.parametrize(("value", "state", "asked", "expected"), NOT_TYPED)
def test_formulas_and_errors(value: Value | None, state: CellState, asked: AnswerType, expected: Told) -> None:
    assert told(value, asked, state) == expected


VALUES = (
    st.none()
    | st.text(max_size=12)
    | st.text(st.sampled_from(list("是否无有对没不涉及项个次零一二两十0123456789０７.-+ 　/√×yYnN%")), max_size=6)
    | st.integers(-(10**6), 10**6)
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(VALUES, st.sampled_from([YES_NO, COUNT]), st.sampled_from([CellState.TYPED, CellState.FORMULA]))
def test_whatever_stands_in_a_cell_is_a_sound_answer_or_refused(
    value: Value, asked: AnswerType, state: CellState
) -> None:
    answer, findings = understand(Cell(7, 7, value, state), Asked(asked))
    refused = [code for code, _ in findings if code.severity is Severity.ERROR]
    assert bool(refused) == (answer.kind is AnswerKind.UNREADABLE)
    if answer.value is not None:
        assert answer.value in (range(2) if asked is YES_NO else range(MOST + 1))
        assert isinstance(answer.value, Decimal)
    for code, facts in findings:
        assert code.at(**facts).message


@pytest.mark.parametrize("value", ["基本，完成（８０％）", "３，约", "是；否"])
@pytest.mark.parametrize("asked", [Asked(YES_NO), Asked(COUNT), Asked(AnswerType.CHOICE, choices=("甲",))])
def test_what_is_quoted_is_what_was_typed(value: str, asked: Asked) -> None:
    _, ((_, facts),) = understand(Cell(1, 1, f" {value}\n"), asked)
    assert facts["seen"] == value
