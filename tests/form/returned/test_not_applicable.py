"""不涉及 to some questions of a criterion only: no such fault, or a contradiction that is told; never a silent gap."""

from __future__ import annotations

from typing import Any

import pytest

from any_form import Filled, book_of, scored
from jieyue_cli.scoring import reasons
from jieyue_cli.text.numbers import plain
from scoring.standards import Data, Said, criterion, item, standard, unit

FAULTS: Data = {
    "kind": "deductions",
    "faults": [{"text": "没有计划", "lose": 1}, {"text": "烟头", "lose": "0.5", "measure": "个"}],
}
RATIO: Data = {"kind": "bands", "relative_to": "均值", "bands": [{"up_to": 1, "points": 4}]}

Told = tuple[str, str, list[str]]
"""The total, the reason of the line, and what is told."""
ANSWERED: list[tuple[str, Data, tuple[Any, Any], Told]] = [
    (
        "dropped",
        FAULTS,
        ("不涉及", 2),
        ("9", "满分 4 分，烟头 2 个扣 1 分 → 3 分（自评打分表!G10、G11）", ["C/1 “不涉及”按“否”读取。"]),
    ),
    (
        "not_allowed",
        FAULTS,
        ("否", "－"),
        (
            "10",
            "满分 4 分，没有扣分情形 → 4 分（自评打分表!G10、G11）",
            ["C/2 “－”按“不涉及”读取。", "C/2 “不涉及”按“0”读取。"],
        ),
    ),
    (
        "dropped",
        FAULTS,
        ("不涉及", "不涉及"),
        ("6", "填“不涉及”，不涉及不评分 → 0 分（自评打分表!G10、G11）", []),
    ),
    (
        "full",
        FAULTS,
        ("不涉及", "不涉及"),
        ("10", "填“不涉及”，不涉及按满分计 → 4 分（自评打分表!G10、G11）", []),
    ),
    (
        "not_allowed",
        FAULTS,
        ("不涉及", "不涉及"),
        (
            "6",
            "填“不涉及”，本标准不设不涉及 → 0 分（自评打分表!G10、G11）",
            ["C/1 本标准不设“不涉及”，“不涉及”按 0 分计；请按实际填写有没有扣分情形。"],
        ),
    ),
    (
        "full",
        FAULTS,
        ("不涉及", None),
        ("6", "C/2 未填报，填全才计分 → 0 分（自评打分表!G10、G11）", ["C/1 “不涉及”按“否”读取。"]),
    ),
    (
        "dropped",
        RATIO,
        (9, "不涉及"),
        (
            "6",
            "“不涉及”无法采信，更正后最多 4 分 → 0 分（自评打分表!G9、G10）",
            [
                (
                    "C/2 “不涉及”只答了这一条的一部分，本条不计分；"
                    "整条不涉及的，请在 C、C/2 各行都填“不涉及”，否则请填实际的值。"
                )
            ],
        ),
    ),
    (
        "not_allowed",
        RATIO,
        ("不涉及", 9),
        (
            "6",
            "“不涉及”无法采信，更正后最多 4 分 → 0 分（自评打分表!G9、G10）",
            ["C “不涉及”只答了这一条的一部分，本条不计分；请填实际的值。"],
        ),
    ),
    (
        "rescaled",
        RATIO,
        ("不涉及", "不涉及"),
        ("10", "填“不涉及”，不涉及按缺项折算 → 0 分（自评打分表!G9、G10）", []),
    ),
]


@pytest.mark.parametrize(("policy", "rule", "answers", "told"), ANSWERED)
def test_one_of_several_questions_is_answered_not_applicable(
    policy: str, rule: Data, answers: tuple[Any, Any], told: Told
) -> None:
    rubric = standard(
        unit("1", item("I", criterion("C", "4", rule=rule), criterion("D", "6"))), passing="5", not_applicable=policy
    )
    entered = dict(zip(rubric.questions, (*answers, "是"), strict=True))
    result = scored(rubric, book_of(rubric, Filled(None, entered, {})))
    assert result.self is not None
    line, _ = result.self.lines
    problems = [f"{problem.location.criterion} {problem.message}" for problem in result.problems]
    assert (plain(result.self.shown), reasons.why(line), problems) == told


TAKEN_OVER: list[tuple[tuple[Any, Any], tuple[str, str]]] = [
    (("不涉及", None), ("6", "填“不涉及”，不涉及不评分 → 0 分（自评打分表!K9、K10 空白同自评）")),
    ((9, None), ("6", "“不涉及”无法采信，更正后最多 4 分 → 0 分（自评打分表!K9、K10 空白同自评）")),
]


@pytest.mark.parametrize(("findings", "told"), TAKEN_OVER)
def test_what_the_office_takes_over_is_held_against_what_it_found(
    findings: tuple[Any, Any], told: tuple[str, str]
) -> None:
    rubric = standard(
        unit("1", item("I", criterion("C", "4", rule=RATIO), criterion("D", "6"))),
        passing="5",
        not_applicable="dropped",
    )
    answers = dict(zip(rubric.questions, ("不涉及", "不涉及", "是"), strict=True))
    entered = dict(zip(rubric.questions, (*findings, None), strict=True))
    result = scored(rubric, book_of(rubric, Filled(None, answers, entered, "已完成，空白同自评")))
    assert result.verified is not None
    assert (plain(result.verified.shown), reasons.why(result.verified.lines[0])) == told


GATES: list[tuple[Data, Said]] = [
    ({}, {"verdict": "未达标", "told": "本标准不设“不涉及”，“不涉及”按不符合计；如已做到请改填，否则填“否”或 0。"}),
    ({"not_applicable": "dropped"}, {"verdict": "达标", "told": ""}),
]


@pytest.mark.parametrize(("more", "want"), GATES)
def test_a_gate_is_excused_only_where_it_says_so_itself(more: Data, want: Said) -> None:
    gate = {"id": "G", "text": "完成目标", **more}
    rubric = standard(unit("1", item("I", criterion("C", "4"))), passing="4", not_applicable="rescaled", gates=[gate])
    result = scored(rubric, book_of(rubric, Filled(None, {"G": "不涉及", "C": "是"}, {})))
    assert result.self is not None
    told = [problem.message for problem in result.problems]
    assert (result.self.verdict.chinese, told) == (want["verdict"], [want["told"]] if want["told"] else [])


def test_names_as_long_as_may_be_are_read_whole() -> None:
    category, identifier = "长" * 58 + "甲", "x" * 40
    other = "长" * 58 + "乙"
    rubric = standard(
        unit("1", item("I", criterion(identifier, "4", rule=FAULTS))),
        passing="4",
        scope=[other, category],
        id="y" * 40,
        version="v" * 20,
    )
    entered = {f"{identifier}/1": "否", f"{identifier}/2": 0}
    result = scored(rubric.replaced(scope=(category, other)), book_of(rubric, Filled(None, entered, {})))
    assert (result.agency and result.agency.category, [p.message for p in result.problems]) == (other, [])
    assert result.self is not None
    assert plain(result.self.shown) == "4"
