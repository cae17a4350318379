"""What every rule kind says of itself: 计分方式, when a gate is met, what to enter, and the way to full points."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jieyue_cli.rubric.rules import AnswerType, Asked
from jieyue_cli.rubric.rules.base import Inquiry
from scoring.standards import Data, rule_of

FAULT = {"text": "没有计划", "lose": 1}
UP = [{"at_least": "10", "points": "7"}, {"above": "1", "points": "6.5"}]
DOWN = [{"below": "0.9", "points": "7"}, {"up_to": "1.20", "points": "0.25"}]
RATIOS = [{"up_to": "90%", "points": 7}]
GAIN = {"kind": "linear", "above": "96%", "per": "1%", "gain": 2}
GAIN_DOWN = {"kind": "linear", "below": 10, "per": "0.5", "gain": "0.5", "least": 1, "unit": "度"}
LOSS = {"kind": "linear", "above": "-4%", "per": "0.5%", "lose": 2, "least": 3, "negative": True}
LOSS_DOWN = {"kind": "linear", "below": "1.2", "per": "0.1", "lose": 1, "relative_to": "计划数"}
COUNT: Data = {"kind": "count", "each": 2, "measure": "项"}

DESCRIBED: list[tuple[str, Data, str, str]] = [
    ("2.5", {"kind": "all_or_nothing"}, "是得2.5分，否不得分", "是为符合"),
    ("5", COUNT, "每项2分，最高5分", "得满分为符合（每项2分，最高5分）"),
    (
        "5",
        {**COUNT, "distinct": True},
        "每项2分，最高5分（同类只计一次）",
        "得满分为符合（每项2分，最高5分（同类只计一次））",
    ),
    (
        "5",
        {"kind": "ladder", "steps": [{"name": "甲", "points": 5}, {"name": "乙", "points": "2.5"}]},
        "甲5分，乙2.5分",
        "得满分为符合（甲5分，乙2.5分）",
    ),
    (
        "33",
        {"kind": "ladder", "steps": [{"name": "33", "points": 33}, {"name": "乙", "points": "2.5"}]},
        "“33”得33分，“乙”得2.5分",
        "得满分为符合（“33”得33分，“乙”得2.5分）",
    ),
    (
        "4",
        {"kind": "ladder", "steps": [{"name": "50％", "points": 4}, {"name": "20%以上", "points": 2}]},
        "“50％”得4分，“20%以上”得2分",
        "得满分为符合（“50％”得4分，“20%以上”得2分）",
    ),
    ("7", {"kind": "bands", "bands": UP}, "≥10 7分，>1 6.5分，其余不得分", "≥10为符合"),
    (
        "7",
        {"kind": "bands", "relative_to": "均值", "bands": DOWN},
        "与均值之比<0.9 7分，≤1.2 0.25分，其余不得分",
        "与均值之比<0.9为符合",
    ),
    (
        "7",
        {"kind": "bands", "relative_to": {"name": "定额", "value": 12}, "bands": RATIOS},
        "与定额之比≤90% 7分，其余不得分",
        "与定额之比≤90%为符合",
    ),
    (
        "8",
        GAIN,
        "低于96%不得分，每高1%得2分，最高8分",
        "得满分为符合（低于96%不得分，每高1%得2分，最高8分）",
    ),
    (
        "5",
        GAIN_DOWN,
        "高于10得1分，每低0.5得0.5分，最高5分",
        "得满分为符合（高于10得1分，每低0.5得0.5分，最高5分）",
    ),
    (
        "15",
        LOSS,
        "高于-4%的，每0.5%扣2分，最低3分",
        "得满分为符合（高于-4%的，每0.5%扣2分，最低3分）",
    ),
    (
        "10",
        LOSS_DOWN,
        "与计划数之比低于1.2的，每0.1扣1分，扣完为止",
        "得满分为符合（与计划数之比低于1.2的，每0.1扣1分，扣完为止）",
    ),
    (
        "10",
        {**LOSS_DOWN, "gain": 1, "lose": None},
        "与计划数之比高于1.2不得分，每低0.1得1分，最高10分",
        "得满分为符合（与计划数之比高于1.2不得分，每低0.1得1分，最高10分）",
    ),
    (
        "4",
        {"kind": "deductions", "faults": [FAULT, {"text": "发现烟头", "lose": "0.5", "measure": "个"}]},
        "满分4分，没有计划扣1分，发现烟头每个扣0.5分，扣完为止",
        "得满分为符合（满分4分，没有计划扣1分，发现烟头每个扣0.5分，扣完为止）",
    ),
    ("15", {"kind": "completion_rate"}, "完成率×15分", "得满分为符合（完成率×15分）"),
    (
        "3.5",
        {"kind": "judged", "step": "0.5"},
        "酌情得0～3.5分，0.5分一档",
        "得满分为符合（酌情得0～3.5分，0.5分一档）",
    ),
]


@pytest.mark.parametrize(("points", "rule", "described", "condition"), DESCRIBED)
def test_how_points_are_given_and_when_a_gate_is_met(points: str, rule: Data, described: str, condition: str) -> None:
    made, most = rule_of(points, rule), Decimal(points)
    assert (made.describe(most), made.condition(most)) == (described, condition)


YES_NO, COUNTED, PERCENT = Asked(AnswerType.YES_NO), Asked(AnswerType.COUNT, "项"), Asked(AnswerType.PERCENT)
NUMBER = Asked(AnswerType.NUMBER)
A_NUMBER = Inquiry(None, NUMBER, "填数值，只填数字，如 12.5。")
INQUIRIES: list[tuple[str, Data, list[Inquiry]]] = [
    ("2.5", {"kind": "all_or_nothing"}, [Inquiry(None, YES_NO, "做到了选“是”（得2.5分），没有做到选“否”。")]),
    ("5", COUNT, [Inquiry(None, COUNTED, "填数量，如 3，只填数字（每项2分，最高5分）；没有填 0。")]),
    (
        "5",
        {**COUNT, "distinct": True},
        [Inquiry(None, COUNTED, "填不同种类的数量，如 3，只填数字（每项2分，最高5分（同类只计一次））；没有填 0。")],
    ),
    (
        "5",
        {"kind": "ladder", "steps": [{"name": "甲", "points": 5}, {"name": "乙", "points": 1}]},
        [
            Inquiry(
                None,
                Asked(AnswerType.CHOICE, choices=("甲", "乙")),
                "从下拉列表选达到的最高一档，都没有达到选“无”。",
            )
        ],
    ),
    ("7", {"kind": "bands", "bands": UP}, [A_NUMBER]),
    (
        "7",
        {"kind": "bands", "bands": UP, "negative": True},
        [A_NUMBER._replace(asked=Asked(AnswerType.NUMBER, negative=True))],
    ),
    ("5", GAIN_DOWN, [Inquiry(None, Asked(AnswerType.NUMBER, "度"), "填数值，单位：度，只填数字，如 12.5。")]),
    ("8", GAIN, [Inquiry(None, PERCENT, "填百分数，如 95%。")]),
    ("15", LOSS, [Inquiry(None, Asked(AnswerType.PERCENT, negative=True), "填百分数，如 95%。")]),
    (
        "7",
        {"kind": "bands", "unit": "吨", "relative_to": "均值", "bands": DOWN},
        [
            Inquiry(None, Asked(AnswerType.NUMBER, "吨"), "填数值，单位：吨，只填数字，如 12.5。"),
            Inquiry(
                "对照值：均值", Asked(AnswerType.NUMBER, "吨", positive=True), "填均值，单位：吨，只填数字，大于 0。"
            ),
        ],
    ),
    (
        "10",
        {**LOSS_DOWN, "negative": True},
        [
            Inquiry(None, Asked(AnswerType.NUMBER, negative=True), "填数值，只填数字，如 12.5。"),
            Inquiry("对照值：计划数", Asked(AnswerType.NUMBER, positive=True), "填计划数，只填数字，大于 0。"),
        ],
    ),
    ("7", {"kind": "bands", "relative_to": {"name": "定额", "value": 12}, "bands": RATIOS}, [A_NUMBER]),
    (
        "4",
        {"kind": "deductions", "faults": [FAULT]},
        [Inquiry(None, YES_NO, "有这种情形选“是”（扣1分），没有选“否”。")],
    ),
    (
        "4",
        {"kind": "deductions", "faults": [FAULT, {"text": "发现烟头", "lose": "0.5", "measure": "个"}]},
        [
            Inquiry("扣分情形：没有计划扣1分", YES_NO, "有这种情形选“是”（扣1分），没有选“否”。"),
            Inquiry(
                "扣分情形：发现烟头每个扣0.5分",
                Asked(AnswerType.COUNT, "个"),
                "填发现的数量（发现烟头每个扣0.5分），只填数字；没有填 0。",
            ),
        ],
    ),
    ("15", {"kind": "completion_rate"}, [Inquiry(None, PERCENT, "填完成率，如 95%；没有完成填 0%。")]),
    (
        "3.5",
        {"kind": "judged", "step": "0.5"},
        [
            Inquiry(
                None,
                Asked(AnswerType.POINTS, most=Decimal("3.5"), step=Decimal("0.5")),
                "填应得的分，0 到 3.5，以 0.5 分为一档。",
            )
        ],
    ),
]


@pytest.mark.parametrize(("points", "rule", "inquiries"), INQUIRIES)
def test_what_is_asked_for(points: str, rule: Data, inquiries: list[Inquiry]) -> None:
    assert list(rule_of(points, rule).asks(Decimal(points))) == inquiries


IMPROVED: list[tuple[str, Data, list[str], str]] = [
    ("5", COUNT, ["0"], "再增加 3 项"),
    ("5", COUNT, ["2"], "再增加 1 项"),
    ("6", COUNT, ["1"], "再增加 2 项"),
    ("7", {"kind": "bands", "bands": UP}, ["1"], "达到 ≥10"),
    ("7", {"kind": "bands", "relative_to": "均值", "bands": DOWN}, ["9", "8"], "达到 <0.9"),
    ("8", GAIN, ["95"], "达到 100%"),
    ("8", {**GAIN, "gain": 3}, ["95"], "达到 99%"),
    ("8", {**GAIN, "above": "90%", "per": "2%", "least": 4}, ["95"], "达到 94%"),
    ("8", {**GAIN, "above": "90%", "per": "2%", "least": 1, "gain": 2}, [], "达到 98%"),
    ("5", GAIN_DOWN, ["12"], "达到 6"),
    ("5", {**GAIN_DOWN, "per": "1.2"}, ["12"], "达到 0.4"),
    ("15", LOSS, ["2"], "控制在 -4% 以内"),
    ("10", LOSS_DOWN, ["2", "3"], "控制在 1.2 以上"),
]


@pytest.mark.parametrize(("points", "rule", "said", "told"), IMPROVED)
def test_what_leads_to_full_points(points: str, rule: Data, said: list[str], told: str) -> None:
    assert rule_of(points, rule).improve([Decimal(number) for number in said], Decimal(points)) == told
