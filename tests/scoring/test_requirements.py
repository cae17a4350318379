"""What must be reached besides the points: gates, ★ (not 0) and ※ (all of it); and the words for a gate."""

from __future__ import annotations

import pytest

from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import score
from scoring.standards import Data, Said, claims, counted, criterion, item, standard, unit

PLAIN = item("B", criterion("B1", "6"))
"""Brings the pass mark alone, so that only what is required decides."""
LEVELS = [
    {"name": "优秀", "from": "9"},
    {"name": "合格", "from": "6", "below": "9"},
    {"name": "基本合格", "from": "3", "below": "6"},
    {"name": "不合格", "from": "0", "below": "3"},
]


def missed(card: Scorecard) -> list[str]:
    """Name what the advice counts as required and not met."""
    found = advise(card)
    return [requirement.id for requirement in found.missed] if found else []


STAR = item("A", counted("A1", "2"), criterion("A2", "2", not_applicable="dropped"), must="nonzero")
STAR_OF_ONE = item("A", criterion("A1", "1"), must="nonzero")
STAR_ON_ONE = item("A", counted("A1", "2", must="nonzero"), criterion("A2", "2"))
STAR_EXCUSED = item("A", criterion("A1", "2", not_applicable="dropped", must="nonzero"), criterion("A2", "2"))
WHOLE = item("A", counted("A1", "2"), criterion("A2", "2", not_applicable="dropped"), must="full")
HEADING = item(
    "A",
    {
        "id": "A1",
        "points": "4",
        "text": "管理",
        "rule": {"kind": "sum"},
        "parts": [counted("A1a", "2"), criterion("A1b", "2", must="full")],
    },
)
MARKED_HEADING = item(
    "A",
    {
        "id": "A1",
        "points": "4",
        "text": "管理",
        "must": "nonzero",
        "rule": {"kind": "sum"},
        "parts": [counted("A1a", "2"), criterion("A1b", "2")],
    },
)
MARKS: list[tuple[str, Data, Said, str, list[str]]] = [
    ("★ with nothing", STAR, {"A1": "0", "A2": "0"}, "未达标", ["A"]),
    ("★ not claimed", STAR, {}, "未达标", ["A"]),
    ("★ with one point of four", STAR, {"A1": "1", "A2": "0"}, "达标", []),
    ("★ with all", STAR, {"A1": "2", "A2": "1"}, "达标", []),
    ("★ with what may become something", STAR, {"A1": "？", "A2": "0"}, "待更正", ["A"]),
    ("★ with what may become one point", STAR_OF_ONE, {"A1": "？"}, "待更正", ["A"]),
    ("★ with something sure beside what cannot be read", STAR, {"A1": "1", "A2": "？"}, "达标", []),
    ("★ where a part is left out", STAR, {"A1": "0", "A2": "不涉及"}, "未达标", ["A"]),
    ("★ on one criterion with nothing", STAR_ON_ONE, {"A1": "0", "A2": "1"}, "未达标", ["A1"]),
    ("★ on one criterion with one point", STAR_ON_ONE, {"A1": "1", "A2": "0"}, "达标", []),
    ("★ on what is left out whole", STAR_EXCUSED, {"A1": "不涉及", "A2": "0"}, "达标", []),
    ("★ on what could be left out and is missed", STAR_EXCUSED, {"A1": "0", "A2": "1"}, "未达标", ["A1"]),
    ("※ one point short", WHOLE, {"A1": "1", "A2": "1"}, "未达标", ["A"]),
    ("※ whole", WHOLE, {"A1": "2", "A2": "1"}, "达标", []),
    ("※ whole but for what is left out", WHOLE, {"A1": "2", "A2": "不涉及"}, "达标", []),
    ("※ that may become whole", WHOLE, {"A1": "？", "A2": "1"}, "待更正", ["A"]),
    ("※ that cannot become whole", WHOLE, {"A1": "？", "A2": "0"}, "未达标", ["A"]),
    ("※ under a heading, missed", HEADING, {"A1a": "2", "A1b": "0"}, "未达标", ["A1b"]),
    ("※ under a heading, met", HEADING, {"A1a": "0", "A1b": "1"}, "达标", []),
    ("★ on a heading with nothing", MARKED_HEADING, {"A1a": "0", "A1b": "0"}, "未达标", ["A1"]),
    ("★ on a heading with one point below it", MARKED_HEADING, {"A1a": "1", "A1b": "0"}, "达标", []),
]


@pytest.mark.parametrize(
    ("marked", "said", "conclusion", "required"), [pytest.param(*case[1:], id=case[0]) for case in MARKS]
)
def test_a_mark_that_is_missed_is_no_pass_whatever_the_points(
    marked: Data, said: Said, conclusion: str, required: list[str]
) -> None:
    rubric = standard(unit("1", marked, PLAIN), passing="6")
    card = score(rubric, claims({**said, "B1": "1"}))
    assert (card.verdict.chinese, missed(card)) == (conclusion, required)


def test_points_alone_are_asked_for_where_nothing_is_marked() -> None:
    rubric = standard(unit("1", item("A", criterion("A1", "4")), PLAIN), passing="6")
    card = score(rubric, claims({"A1": "0", "B1": "1"}))
    assert (card.verdict.chinese, card.requirements) == ("达标", ())


HELD: list[tuple[Data | str, str, str]] = [
    ("full", "基本合格", "未达标"),
    ({"reach": "full", "otherwise": "不合格"}, "不合格", "未达标"),
    ({"reach": "full", "otherwise": "基本合格"}, "基本合格", "未达标"),
    ({"reach": "full", "otherwise": "合格"}, "合格", "达标"),
]


@pytest.mark.parametrize(("must", "grade", "verdict"), HELD)
def test_what_is_missed_holds_the_grade_down(must: Data | str, grade: str, verdict: str) -> None:
    rubric = standard(
        unit("1", item("A", criterion("A1", "1", must=must)), item("B", criterion("B1", "9"))),
        passing="6",
        grades=LEVELS,
    )
    card = score(rubric, claims({"A1": "0", "B1": "1"}))
    assert (card.grade, card.verdict.chinese) == (grade, verdict)
    card = score(rubric, claims({"A1": "1", "B1": "1"}))
    assert (card.grade, card.verdict.chinese) == ("优秀", "达标")
    card = score(rubric, claims({"A1": "1", "B1": "0"}))  # held down no further than its points are
    assert (card.grade, card.verdict.chinese) == ("不合格", "未达标")


GRADES: list[tuple[Said, str | None, str]] = [
    ({"B1": "1", "A1": "1"}, "优秀", "优秀"),
    ({"B1": "1", "A1": "？"}, None, "待更正"),
    ({"B1": "？", "A1": "？"}, None, "待更正"),
    ({"B1": "0", "A1": "？"}, "不合格", "不合格"),
]


@pytest.mark.parametrize(("said", "grade", "conclusion"), GRADES)
def test_a_grade_is_given_where_no_mending_could_change_it(said: Said, grade: str | None, conclusion: str) -> None:
    rubric = standard(
        unit("1", item("A", criterion("A1", "1")), item("B", criterion("B1", "8"))), passing="6", grades=LEVELS
    )
    card = score(rubric, claims(said))
    assert (card.grade, card.conclusion) == (grade, conclusion)


def gate(**more: object) -> Data:
    return {"id": "G", "text": "完成目标", **more}


COMPLETED = {"rule": {"kind": "completion_rate"}}
LEFT_OUT = {"not_applicable": "dropped"}
EITHER = {"rule": {"kind": "either"}, "parts": [{"id": "Ga", "text": "甲"}, {"id": "Gb", "text": "乙"}]}
GATES: list[tuple[str, Data, Said, str, str, list[str]]] = [
    ("met", gate(), {"G": "1"}, "填“是” → 符合（表!A2）", "达标", []),
    ("missed", gate(), {"G": "0"}, "填“否” → 不符合（表!A2）", "未达标", ["G"]),
    ("blank", gate(), {"G": "空"}, "未填报 → 不符合（表!A2）", "未达标", ["G"]),
    ("unreadable", gate(), {"G": "？"}, "“？”无法采信，更正后才能确定 → 待更正（表!A2）", "待更正", ["G"]),
    ("not excusable", gate(), {"G": "不涉及"}, "填“不涉及”，本标准不设不涉及 → 不符合（表!A2）", "未达标", ["G"]),
    ("excused", gate(**LEFT_OUT), {"G": "不涉及"}, "填“不涉及”，不涉及不评分 → 符合（表!A2）", "达标", []),
    ("false", gate(), {"G": "虚假"}, "弄虚作假，按规定扣除全部分值 → 不符合（表!A2）", "未达标", ["G"]),
    ("all of a rate", gate(**COMPLETED), {"G": "100"}, "填 100%，完成率×1 分 → 符合（表!A2）", "达标", []),
    ("most of a rate", gate(**COMPLETED), {"G": "99.9"}, "填 99.9%，完成率×1 分 → 不符合（表!A2）", "未达标", ["G"]),
    (
        "the second way",
        gate(**EITHER),
        {"Ga": "0", "Gb": "1"},
        "几种情形取最高：Gb 填“是” → 符合（表!A2、A3）",
        "达标",
        [],
    ),
    (
        "one way that cannot be read",
        gate(**EITHER),
        {"Ga": "0", "Gb": "？"},
        "有填报无法采信，更正后才能确定 → 待更正（表!A2、A3）",
        "待更正",
        ["G"],
    ),
]


@pytest.mark.parametrize(
    ("condition", "said", "why", "conclusion", "required"), [pytest.param(*case[1:], id=case[0]) for case in GATES]
)
def test_a_gate_says_whether_it_is_met(
    condition: Data, said: Said, why: str, conclusion: str, required: list[str]
) -> None:
    rubric = standard(unit("1", PLAIN), passing="6", gates=[condition])
    card = score(rubric, claims({"B1": "1", **said}))
    assert [reasons.why(line) for line in card.gates] == [why]
    assert (card.verdict.chinese, missed(card), int(card.total)) == (conclusion, required, 6)
