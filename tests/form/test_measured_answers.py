"""Answers that are a choice, a measured value, a percentage or points: read exactly, bounded, near misses refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jieyue_cli.form.answers import understand
from jieyue_cli.rubric.rules import AnswerType, Asked
from jieyue_cli.submission import BLANK, FALSE, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind
from jieyue_cli.workbook.cells import Cell, CellState, Value

PERCENT = Asked(AnswerType.PERCENT)
GROWTH = Asked(AnswerType.PERCENT, negative=True)
NUMBER = Asked(AnswerType.NUMBER)
ANY_NUMBER = Asked(AnswerType.NUMBER, negative=True)
DIVISOR = Asked(AnswerType.NUMBER, positive=True)
POINTS = Asked(AnswerType.POINTS, most=Decimal("3.5"), step=Decimal("0.5"))
WHOLE_POINTS = Asked(AnswerType.POINTS, most=Decimal(3))
WATER = Asked(AnswerType.NUMBER, "立方米/人")
PEOPLE = Asked(AnswerType.COUNT, "人次")
SHARES = Asked(AnswerType.CHOICE, choices=("50%", "33", "达标（一级）", "达标（二级）", "长" * 60))
CHOICE = Asked(AnswerType.CHOICE, choices=("三级计量", "分户、功能分区计量"))

BILLION = 1_000_000_000
ACCEPTED: list[tuple[Asked, Value, str, str | None]] = [
    # a cell that shows 95% holds 0.95
    (PERCENT, 0, "0", None),
    (PERCENT, 0.0, "0", None),
    (PERCENT, 0.95, "95", None),
    (PERCENT, 0.9333, "93.33", None),
    (PERCENT, 1, "100", None),
    (PERCENT, 1.0, "100", None),
    (PERCENT, "0%", "0", None),
    (PERCENT, "0.5%", "0.5", None),
    (PERCENT, "1%", "1", None),
    (PERCENT, "95%", "95", None),
    (PERCENT, "100%", "100", None),
    (PERCENT, "95 %", "95", "“95 %”按“95%”读取。"),
    (PERCENT, "９５％", "95", "“９５％”按“95%”读取。"),
    (PERCENT, "0", "0", "“0”按“0%”读取。"),
    (PERCENT, "1.01", "1.01", "“1.01”按“1.01%”读取。"),
    (PERCENT, "95", "95", "“95”按“95%”读取。"),
    (PERCENT, "100", "100", "“100”按“100%”读取。"),
    (PERCENT, 1.5, "1.5", "“1.5”按“1.5%”读取。"),
    (PERCENT, 95, "95", "“95”按“95%”读取。"),
    (PERCENT, 100, "100", "“100”按“100%”读取。"),
    (GROWTH, -0.5, "-50", None),
    (GROWTH, -1, "-100", None),
    (GROWTH, "-0.5%", "-0.5", None),
    (GROWTH, "-5%", "-5", None),
    (GROWTH, "-100%", "-100", None),
    (GROWTH, "-5", "-5", "“-5”按“-5%”读取。"),
    (GROWTH, -1.01, "-1.01", "“-1.01”按“-1.01%”读取。"),
    (GROWTH, -100, "-100", "“-100”按“-100%”读取。"),
    (NUMBER, 0, "0", None),
    (NUMBER, 12.5, "12.5", None),
    (NUMBER, 0.1 + 0.2, "0.3", None),
    (NUMBER, BILLION, "1000000000", None),
    (NUMBER, "-0", "0", "“-0”按“0”读取。"),
    (NUMBER, -0.0, "0", None),
    (PERCENT, "-0%", "0", "“-0%”按“0%”读取。"),
    (POINTS, "-0", "0", "“-0”按“0”读取。"),
    (WATER, "12.5 立方米／人", "12.5", "“12.5 立方米／人”按“12.5”读取。"),
    (PEOPLE, "-0", "0", "“-0”按“0”读取。"),
    (PEOPLE, "3 人次", "3", "“3 人次”按“3”读取。"),
    (PEOPLE, "3项", "3", "“3项”按“3”读取。"),
    (NUMBER, "12.5", "12.5", "“12.5（文本）”按“12.5”读取。"),
    (NUMBER, "+3", "3", "“+3”按“3”读取。"),
    (NUMBER, "1.000000000001", "1.000000000001", "“1.000000000001（文本）”按“1.000000000001”读取。"),
    (ANY_NUMBER, 0, "0", None),
    (ANY_NUMBER, -12.5, "-12.5", None),
    (ANY_NUMBER, "-12.5", "-12.5", "“-12.5（文本）”按“-12.5”读取。"),
    (ANY_NUMBER, -BILLION, "-1000000000", None),
    (DIVISOR, 0.001, "0.001", None),
    (POINTS, 0, "0", None),
    (POINTS, 0.5, "0.5", None),
    (POINTS, 3.5, "3.5", None),
    (POINTS, "2.5", "2.5", "“2.5（文本）”按“2.5”读取。"),
    (POINTS, "3.5 分", "3.5", "“3.5 分”按“3.5”读取。"),
    (WHOLE_POINTS, 3, "3", None),
    (CHOICE, "三级计量", "1", None),
    (CHOICE, "分户、功能分区计量", "2", None),
    (CHOICE, "无", "0", None),
    (CHOICE, " 三级计量", "1", "“ 三级计量”按“三级计量”读取。"),
    (CHOICE, "三级计量：", "1", "“三级计量：”按“三级计量”读取。"),
    (CHOICE, "无\ufeff", "0", "“无□”按“无”读取。"),
    (CHOICE, "没有", "0", "“没有”按“无”读取。"),
    (CHOICE, 0, "0", "“0”按“无”读取。"),
    (SHARES, 0.5, "1", None),
    (SHARES, "50%", "1", None),
    (SHARES, 33, "2", None),
    (SHARES, "达标(二级)", "4", "“达标(二级)”按“达标（二级）”读取。"),
    (SHARES, "长" * 60, "5", None),
]


@pytest.mark.parametrize(("asked", "value", "read", "note"), ACCEPTED)
def test_what_is_understood(asked: Asked, value: Value, read: str, note: str | None) -> None:
    answer, findings = understand(Cell(7, 7, value, CellState.TYPED), asked)
    told = [code.at(**facts).message for code, facts in findings]
    assert (answer.kind, answer.value, told) == (AnswerKind.VALUE, Decimal(read), [note] if note else [])


NOT_PERCENT = "“{}”不是 0% 到 100% 之间的百分数，本条不计分，请填写百分数，如 95%。"
NOT_NUMBER = "“{}”不是数值，本条不计分，请只填数字，如 12.5。"
TOO_LARGE = "数值 {} 大得不可能，本条不计分，请核对单位和小数点。"
NEGATIVE = "数值 {} 不合理，应为0 或更大的数，本条不计分，请更正。"
NOT_POSITIVE = "数值 {} 不合理，应为大于 0 的数，本条不计分，请更正。"
NOT_POINTS = "“{}”不是 0 到 3.5 之间、以 0.5 分为一档的分数，本条不计分，请更正。"
NOT_WHOLE_POINTS = "“{}”不是 0 到 3 之间、以 1 分为一档的分数，本条不计分，请更正。"
NOT_CHOICE = "“{}”不在可选的各档中（三级计量、分户、功能分区计量、无），本条不计分，请从下拉列表中选择。"
REFUSED: list[tuple[Asked, str, list[tuple[Value, str]]]] = [
    (
        PERCENT,
        NOT_PERCENT,
        [
            *((value, value) for value in ("0.95", "1", "0.5", "-0.5", "100.01%", "101", "-1%", "九成", "95%%", "1e1")),
            *((100.01, "100.01"), (101, "101"), (-0.01, "-0.01"), (-1, "-1"), (True, "TRUE"), (1e300, "1e+300")),
        ],
    ),
    (
        GROWTH,
        NOT_PERCENT,
        [("-0.5", "-0.5"), ("-1", "-1"), ("-100.01%", "-100.01%"), (-100.01, "-100.01"), (-101, "-101"), (101, "101")],
    ),
    (NUMBER, NOT_NUMBER, [("12.5吨", "12.5吨"), ("约3", "约3"), (True, "TRUE"), (float("inf"), "inf")]),
    (NUMBER, TOO_LARGE, [(BILLION + 1, "1000000001"), ("1000000000.1", "1000000000.1")]),
    (NUMBER, NEGATIVE, [(-0.01, "-0.01"), ("-3", "-3")]),
    (ANY_NUMBER, TOO_LARGE, [(-BILLION - 1, "-1000000001"), (BILLION + 1, "1000000001")]),
    (DIVISOR, NOT_POSITIVE, [(0, "0"), ("0", "0"), (-1, "-1")]),
    (POINTS, NOT_POINTS, [(4, "4"), (3.75, "3.75"), (0.25, "0.25"), (-0.5, "-0.5"), ("４", "４"), (True, "TRUE")]),
    (WHOLE_POINTS, NOT_WHOLE_POINTS, [(4, "4"), (2.5, "2.5")]),
    (CHOICE, NOT_CHOICE, [("二级", "二级"), ("1", "1"), (1, "1")]),
    (CHOICE, NOT_CHOICE, [("长" * 40, "长" * 40), ("长" * 41, f"{'长' * 39}…")]),
]


@pytest.mark.parametrize(
    ("asked", "value", "message"),
    [(asked, value, message.format(seen)) for asked, message, values in REFUSED for value, seen in values],
)
def test_a_near_miss_is_refused(asked: Asked, value: Value, message: str) -> None:
    answer, findings = understand(Cell(7, 7, value, CellState.TYPED), asked)
    told = [code.at(**facts).message for code, facts in findings]
    assert (answer.kind, answer.value, told) == (AnswerKind.UNREADABLE, None, [message])


YES_NO, COUNT = Asked(AnswerType.YES_NO), Asked(AnswerType.COUNT)
FINDINGS: list[tuple[Asked, Value, Answer, list[str]]] = [
    (YES_NO, "虚假", FALSE, []),
    (PERCENT, "虚假", FALSE, []),
    (YES_NO, "虚假 ", FALSE, ["“虚假 ”按“虚假”读取。"]),
    (COUNT, " 虚假", FALSE, ["“ 虚假”按“虚假”读取。"]),
    (YES_NO, "是", Answer(AnswerKind.VALUE, Decimal(1)), []),
    (COUNT, "3", Answer(AnswerKind.VALUE, Decimal(3)), ["“3（文本）”按“3”读取。"]),
    (YES_NO, "不涉及", NOT_APPLICABLE, []),
    (YES_NO, " ", BLANK, []),
    (YES_NO, "虚", UNREADABLE, ["“虚”不是“是”或“否”，本条不计分，请从下拉列表中选择。"]),
]


@pytest.mark.parametrize(("asked", "value", "answer", "messages"), FINDINGS)
def test_a_finding_of_the_office_may_also_be_that_a_claim_is_false(
    asked: Asked, value: Value, answer: Answer, messages: list[str]
) -> None:
    read, findings = understand(Cell(7, 7, value, CellState.TYPED), asked, untrue_allowed=True)
    assert (read, [code.at(**facts).message for code, facts in findings]) == (answer, messages)


def test_an_agency_cannot_answer_that_its_claim_is_false() -> None:
    read, findings = understand(Cell(7, 7, "虚假", CellState.TYPED), YES_NO)
    told = [code.at(**facts).message for code, facts in findings]
    assert (read, told) == (UNREADABLE, ["“虚假”不是“是”或“否”，本条不计分，请从下拉列表中选择。"])
