"""Each rule kind: what answers bring, to the last hundredth, and the sentence that says so."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import Rule
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import BLANK, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind, Claim
from jieyue_cli.text.numbers import plain

Rows = list[tuple[list[str], str]]
"""The answers as the form understands them (是 is 1, a choice its place), and what the line says."""


def standard(points: str, rule: dict[str, Any] | None, **more: Any) -> Rubric:
    """A standard of one criterion."""
    criterion = {"id": "C", "points": points, "text": "做一件事", **({"rule": rule} if rule else {}), **more}
    data = {
        "id": "one", "version": "1", "title": "示例", "document": "示例", "issuers": ["示例市"],
        "issued": "2030-01-02", "points": points, "pass_mark": points, "targets": {"2030": "25%"},
        "scope": ["行政机关"],
        "units": [
            {"id": "U", "name": "甲", "points": points, "items": [
                {"id": "I", "name": "乙", "points": points, "criteria": [criterion]}
            ]}
        ],
    }  # fmt: skip
    rubric, problems = build(json.dumps(data).encode())
    assert rubric is not None, problems
    return rubric


def line_of(rubric: Rubric, said: list[str]) -> Any:
    words = {"空": BLANK, "不涉及": NOT_APPLICABLE, "？": UNREADABLE}
    given = [words.get(each) or Answer(AnswerKind.VALUE, Decimal(each)) for each in said]
    claims = [Claim((key,), answer, "…") for key, answer in zip(rubric.questions, given, strict=True)]
    (line,) = score(rubric, claims).lines
    return line


BANDS = [{"up_to": "0.9", "points": "7"}, {"up_to": 1, "points": 6}, {"below": "1.2", "points": "2.5"}]
SCORES: list[tuple[str, str, dict[str, Any] | None, Rows]] = [
    (
        "all or nothing",
        "2.5",
        None,
        [
            (["1"], "填“是” → 2.5 分"),
            (["0"], "填“否” → 0 分"),
            (["空"], "未填报 → 0 分"),
            (["？"], "“…”无法采信，更正后最多 2.5 分 → 0 分"),
            (["不涉及"], "填“不涉及”，本标准不设不涉及 → 0 分"),
        ],
    ),
    (
        "a count whose cap is no multiple",
        "5",
        {"kind": "count", "each": "2", "measure": "项"},
        [
            (["0"], "填 0 项，每项 2 分，最高 5 分 → 0 分"),
            (["2"], "填 2 项，每项 2 分，最高 5 分 → 4 分"),
            (["3"], "填 3 项，每项 2 分，最高 5 分 → 5 分"),
            (["1000000"], "填 1000000 项，每项 2 分，最高 5 分 → 5 分"),
        ],
    ),
    (
        "a count by tenths",
        "0.3",
        {"kind": "count", "each": "0.1", "measure": "次"},
        [(["3"], "填 3 次，每次 0.1 分，最高 0.3 分 → 0.3 分")],
    ),
    (
        "a ladder",
        "5",
        {"kind": "ladder", "steps": [{"name": "三级", "points": 5}, {"name": "二级", "points": "2.5"}]},
        [
            (["1"], "选“三级”，三级5分，二级2.5分 → 5 分"),
            (["2"], "选“二级”，三级5分，二级2.5分 → 2.5 分"),
            (["0"], "选“无”，三级5分，二级2.5分 → 0 分"),
        ],
    ),
    (
        "bands of the ratio to a mean that the agency states",
        "7",
        {"kind": "bands", "unit": "吨", "relative_to": "平均值", "bands": BANDS},
        [
            (["9", "10"], "填 9 吨，平均值 10 吨，比值 0.9，属于“≤0.9”一档 → 7 分"),
            (["9.0001", "10"], "填 9.0001 吨，平均值 10 吨，比值 0.9，属于“≤1”一档 → 6 分"),
            (["1", "3"], "填 1 吨，平均值 3 吨，比值 0.33，属于“≤0.9”一档 → 7 分"),
            (["12", "10"], "填 12 吨，平均值 10 吨，比值 1.2，不在得分的各档内 → 0 分"),
            (["11.99", "10"], "填 11.99 吨，平均值 10 吨，比值 1.19，属于“<1.2”一档 → 2.5 分"),
            (["9", "空"], "C/2 未填报，填全才计分 → 0 分"),
            (["9", "？"], "“…”无法采信，更正后最多 7 分 → 0 分"),
        ],
    ),
    (
        "bands of the ratio to a quota that the standard sets, in per cent",
        "25",
        {
            "kind": "bands",
            "relative_to": {"name": "定额", "value": 12},
            "bands": [{"up_to": "80%", "points": 25}, {"up_to": "100%", "points": "22.5"}],
        },
        [
            (["9.6"], "填 9.6，定额 12，比值 80%，属于“≤80%”一档 → 25 分"),
            (["9.61"], "填 9.61，定额 12，比值 80.08%，属于“≤100%”一档 → 22.5 分"),
            (["12.01"], "填 12.01，定额 12，比值 100.08%，不在得分的各档内 → 0 分"),
        ],
    ),
    (
        "bands of a percentage",
        "10",
        {"kind": "bands", "bands": [{"at_least": "10%", "points": 10}, {"above": "0%", "points": 4}]},
        [
            (["10"], "填 10%，属于“≥10%”一档 → 10 分"),
            (["0.01"], "填 0.01%，属于“>0%”一档 → 4 分"),
            (["0"], "填 0%，不在得分的各档内 → 0 分"),
        ],
    ),
    (
        "points gained for every step up, with a cap",
        "8",
        {"kind": "linear", "above": "96%", "per": "1%", "gain": 2},
        [
            (["95.9"], "填 95.9%，高于 96% 满 0 个 1%，每个得 2 分，最高 8 分 → 0 分"),
            (["97.99"], "填 97.99%，高于 96% 满 1 个 1%，每个得 2 分，最高 8 分 → 2 分"),
            (["100"], "填 100%，高于 96% 满 4 个 1%，每个得 2 分，最高 8 分 → 8 分"),
        ],
    ),
    (
        "points gained for every step down, from a floor",
        "5",
        {"kind": "linear", "below": 10, "per": "0.5", "gain": "0.5", "least": 1, "unit": "度"},
        [
            (["11"], "填 11 度，低于 10 满 0 个 0.5，每个得 0.5 分，最高 5 分 → 1 分"),
            (["9.5"], "填 9.5 度，低于 10 满 1 个 0.5，每个得 0.5 分，最高 5 分 → 1.5 分"),
            (["0"], "填 0 度，低于 10 满 20 个 0.5，每个得 0.5 分，最高 5 分 → 5 分"),
        ],
    ),
    (
        "points lost for every step up, down to a floor",
        "15",
        {"kind": "linear", "above": "0%", "per": "1%", "lose": 2, "least": 3, "negative": True},
        [
            (["-4"], "填 -4%，高于 0% 满 0 个 1%，每个扣 2 分，最低 3 分 → 15 分"),
            (["2.5"], "填 2.5%，高于 0% 满 2 个 1%，每个扣 2 分，最低 3 分 → 11 分"),
            (["50"], "填 50%，高于 0% 满 50 个 1%，每个扣 2 分，最低 3 分 → 3 分"),
        ],
    ),
    (
        "points lost for every step of a ratio down",
        "10",
        {"kind": "linear", "below": 1, "per": "0.1", "lose": 1, "relative_to": "计划数"},
        [
            (["7", "10"], "填 7，计划数 10，比值 0.7，低于 1 满 3 个 0.1，每个扣 1 分，最低 0 分 → 7 分"),
            (["1", "3"], "填 1，计划数 3，比值 0.33，低于 1 满 6 个 0.1，每个扣 1 分，最低 0 分 → 4 分"),
        ],
    ),
    (
        "deductions of several weights",
        "4",
        {
            "kind": "deductions",
            "faults": [{"text": "没有计划", "lose": 1}, {"text": "发现烟头", "lose": "0.5", "measure": "个"}],
        },
        [
            (["0", "0"], "满分 4 分，没有扣分情形 → 4 分"),
            (["1", "3"], "满分 4 分，没有计划扣 1 分，发现烟头 3 个扣 1.5 分 → 1.5 分"),
            (["1", "100"], "满分 4 分，没有计划扣 1 分，发现烟头 100 个扣 50 分 → 0 分"),
            (["空", "3"], "C/1 未填报，填全才计分 → 0 分"),
            (["空", "空"], "未填报 → 0 分"),
        ],
    ),
    (
        "a completion rate",
        "15",
        {"kind": "completion_rate"},
        [
            (["100"], "填 100%，完成率×15 分 → 15 分"),
            (["93.33"], "填 93.33%，完成率×15 分 → 13.9995 分"),
            (["0"], "填 0%，完成率×15 分 → 0 分"),
        ],
    ),
    (
        "judged by halves",
        "22.5",
        {"kind": "judged", "step": "0.5"},
        [(["2.5"], "酌情 2.5 分，最高 22.5 分 → 2.5 分"), (["22.5"], "酌情 22.5 分，最高 22.5 分 → 22.5 分")],
    ),
]


@pytest.mark.parametrize(
    ("points", "rule", "said", "told"),
    [pytest.param(points, rule, *row, id=name) for name, points, rule, rows in SCORES for row in rows],
)
def test_what_an_answer_brings(points: str, rule: dict[str, Any] | None, said: list[str], told: str) -> None:
    assert reasons.why(line_of(standard(points, rule), said)) == told


DEVICES = {"kind": "count", "each": 1, "measure": "个"}
UNDER = [{"id": "b1", "points": 2, "text": "有制度"}, {"id": "b2", "points": 3, "text": "有器具", "rule": DEVICES}]
WATER: list[dict[str, Any]] = [
    {"id": "a", "text": "被评为节水型单位"},
    {"id": "b", "points": 5, "text": "器具", "parts": UNDER},
]
THREE: list[dict[str, Any]] = [{"id": f"p{at}", "text": text} for at, text in enumerate(("能耗", "电耗", "水耗"), 1)]
COMBINED: list[tuple[str, dict[str, Any], list[dict[str, Any]], Rows]] = [
    (
        "either",
        {"kind": "either"},
        WATER,
        [
            (["1", "空", "空"], "几种情形取最高：a 填“是” → 7 分"),
            (["0", "1", "2"], "几种情形取最高：b b1 填“是” → 2 分；b2 填 2 个，每个 1 分，最高 3 分 → 2 分 → 4 分"),
            (["1", "？", "空"], "几种情形取最高：a 填“是” → 7 分"),
            (["0", "？", "空"], "有填报无法采信，更正后最多 7 分 → 0 分"),
            (["空", "空", "空"], "未填报 → 0 分"),
            (["不涉及", "不涉及", "不涉及"], "各项都填“不涉及”，不涉及不评分 → 0 分"),
            (
                ["不涉及", "1", "0"],
                "几种情形取最高：b b1 填“是” → 2 分；b2 填 0 个，每个 1 分，最高 3 分 → 0 分 → 2 分",
            ),
        ],
    ),
    (
        "all of",
        {"kind": "all_of"},
        THREE,
        [
            (["1", "1", "1"], "3 项全部做到 → 7 分"),
            (["1", "0", "1"], "3 项须全部做到：p2 填“否” → 0 分"),
            (["1", "0", "？"], "3 项须全部做到：p2 填“否”；p3 “…”无法采信，更正后最多 7 分 → 0 分"),
            (["1", "1", "？"], "有填报无法采信，更正后最多 7 分 → 0 分"),
            (["1", "1", "空"], "3 项须全部做到：p3 未填报 → 0 分"),
            (["1", "1", "不涉及"], "2 项全部做到 → 7 分"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("rule", "parts", "said", "told"),
    [pytest.param(rule, parts, *row, id=name) for name, rule, parts, rows in COMBINED for row in rows],
)
def test_what_parts_bring_together(
    rule: dict[str, Any], parts: list[dict[str, Any]], said: list[str], told: str
) -> None:
    rubric = standard("7", rule, parts=parts, not_applicable="dropped")
    assert reasons.why(line_of(rubric, said)) == told


STEPS: list[tuple[str, dict[str, Any] | None, list[str] | None]] = [
    ("2.5", None, ["0", "2.5"]),
    ("5", {"kind": "count", "each": 2, "measure": "项"}, ["0", "2", "4", "5"]),
    ("5", {"kind": "ladder", "steps": [{"name": "甲", "points": 5}, {"name": "乙", "points": 2}]}, ["0", "2", "5"]),
    ("7", {"kind": "bands", "unit": "吨", "bands": BANDS}, ["0", "2.5", "6", "7"]),
    ("3", {"kind": "linear", "above": "90%", "per": "1%", "gain": 1}, ["0", "1", "2", "3"]),
    ("3", {"kind": "linear", "above": "0%", "per": "1%", "lose": 2}, ["0", "1", "3"]),
    ("2", {"kind": "deductions", "faults": [{"text": "甲", "lose": "1.5"}]}, ["0", "0.5", "2"]),
    ("2", {"kind": "judged", "step": "0.5"}, ["0", "0.5", "1", "1.5", "2"]),
    ("2", {"kind": "completion_rate"}, None),
]


@pytest.mark.parametrize(("points", "rule", "steps"), STEPS)
def test_every_score_that_is_possible(points: str, rule: dict[str, Any] | None, steps: list[str] | None) -> None:
    (criterion,) = standard(points, rule).criteria
    assert (criterion.steps and [plain(step) for step in sorted(set(criterion.steps))]) == steps


IMPROVED: list[tuple[str, dict[str, Any] | None, list[str], str]] = [
    ("2", None, ["0"], "做到即得"),
    ("5", {"kind": "count", "each": 2, "measure": "项"}, ["1"], "再增加 2 项"),
    ("5", {"kind": "count", "each": 2, "measure": "项"}, [], "再增加 3 项"),
    ("5", {"kind": "ladder", "steps": [{"name": "甲", "points": 5}, {"name": "乙", "points": 2}]}, ["2"], "达到“甲”"),
    ("7", {"kind": "bands", "unit": "吨", "bands": BANDS}, ["2"], "达到 ≤0.9"),
    ("2", {"kind": "deductions", "faults": [{"text": "甲", "lose": 1}]}, ["1"], "消除扣分情形"),
    ("2", {"kind": "deductions", "faults": [{"text": "甲", "lose": 1}]}, [], "填清各扣分情形"),
    ("2", {"kind": "completion_rate"}, ["50"], "全部完成"),
    ("2", {"kind": "judged"}, ["1"], "做得更好"),
]


@pytest.mark.parametrize(("points", "rule", "said", "told"), IMPROVED)
def test_what_would_bring_the_rest(points: str, rule: dict[str, Any] | None, said: list[str], told: str) -> None:
    (criterion,) = standard(points, rule).criteria
    assert isinstance(criterion.rule, Rule)
    assert criterion.rule.improve([Decimal(each) for each in said], criterion.points) == told
