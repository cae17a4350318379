"""空项上限: whoever answers 不涉及 to more than so many points is held at a grade, whatever the total."""

from __future__ import annotations

import pytest

from jieyue_cli.report import phrases
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.mending import mended
from jieyue_cli.scoring.scoring import score
from scoring.standards import Data, Said, claims, counted, criterion, item, standard, unit

GRADES = [
    {"name": "一级", "from": "8"},
    {"name": "二级", "from": "6", "below": "8"},
    {"name": "不合格", "from": "0", "below": "6"},
]
PARTS: Data = {
    "rule": {"kind": "either"},
    "parts": [criterion("P1", "2"), criterion("P2", "1")],
}
ALL: Said = {"A1": "1", "A2": "1", "B1": "3", "P1": "1", "P2": "0", "X1": "1"}


def limited(policy: str = "rescaled", *, otherwise: str | None = "二级", **more: object) -> Rubric:
    """2 + 3 + 3 + 2 points and 1 of bonus; 不涉及 for at most 4 of them."""
    limit = {"points": "4", **({"otherwise": otherwise} if otherwise else {})}
    return standard(
        unit("1", item("A", criterion("A1", "2"), criterion("A2", "3"))),
        unit("2", item("B", counted("B1", "3", not_applicable="not_allowed"), criterion("P", "2", **PARTS))),
        unit("3", item("X", criterion("X1", "1")), bonus=True),
        passing="6",
        grades=GRADES,
        not_applicable=policy,
        not_applicable_limit=limit,
        **more,
    )


TWO = {"A1": "不涉及", "P1": "不涉及", "P2": "不涉及"}
OUT = {"A1": "不涉及", "A2": "不涉及"}
ABOVE = "空项分值合计 5 分，超过 4 分，最高定为二级"
LIMITS: list[tuple[str, str, Said, str | None, str, list[str]]] = [
    ("nothing left out", "rescaled", {}, "一级", "达标", []),
    ("below the limit", "rescaled", {"A2": "不涉及"}, "一级", "达标", []),
    ("at the limit", "rescaled", TWO, "一级", "达标", []),
    ("above the limit", "rescaled", OUT, "二级", "达标", [ABOVE]),
    ("above it by full points", "full", OUT, "二级", "达标", [ABOVE]),
    ("above it, and too few points", "dropped", {**OUT, "B1": "2"}, "不合格", "未达标", [ABOVE]),
    ("half of what is asked is no 空项", "rescaled", {"A2": "不涉及", "P1": "不涉及"}, "一级", "达标", []),
    ("bonus points are none", "rescaled", {**TWO, "X1": "不涉及"}, "一级", "达标", []),
    ("what is not accepted is none", "rescaled", {"A1": "不涉及", "B1": "不涉及"}, "二级", "达标", []),
    (
        "what may become one",
        "rescaled",
        {"A2": "不涉及", "A1": "？"},
        None,
        "达标",
        ["空项分值合计 3 分，更正填报后可能超过 4 分，超过的最高定为二级"],
    ),
    ("what may become one within the limit", "rescaled", {"A1": "？"}, "一级", "达标", []),
    (
        "above it whatever is mended",
        "rescaled",
        {**OUT, "P1": "？"},
        "二级",
        "达标",
        [ABOVE],
    ),
]


@pytest.mark.parametrize(
    ("policy", "said", "grade", "verdict", "told"), [pytest.param(*case[1:], id=case[0]) for case in LIMITS]
)
def test_whoever_leaves_out_too_much_is_held_at_a_grade(
    policy: str, said: Said, grade: str | None, verdict: str, told: list[str]
) -> None:
    card = score(limited(policy), claims({**ALL, **said}))
    assert (card.grade, card.verdict.chinese, phrases.missed(card)) == (grade, verdict, told)


def test_what_was_found_to_be_false_is_no_longer_counted() -> None:
    rubric = limited("full", forfeit="item")
    assert score(rubric, claims({**ALL, **OUT})).grade == "二级"
    card = score(rubric, claims({**ALL, "B1": "虚假", "P1": "不涉及", "P2": "不涉及", "A2": "不涉及"}))
    assert [(line.id, line.empty) for line in card.lines if line.excused] == [("A2", True), ("P", False)]


def test_without_a_grade_to_be_held_at_it_is_no_pass_and_nothing_that_is_done_helps() -> None:
    card = score(limited(otherwise=None), claims({**ALL, **OUT, "B1": "2"}))
    assert (card.grade, card.verdict.chinese) == ("不合格", "未达标")
    found = advise(card)
    assert found is not None
    assert (found.attainable, [step.line.id for step in found.others], phrases.way(card, found)) == (
        False,
        ["B1"],
        "分数已够，但空项分值超过上限，除非填“不涉及”的条目改为做到，其余全部做到也不能达标",
    )


def test_a_limit_that_leaves_a_pass_does_not_hinder_the_way() -> None:
    card = score(limited(), claims({**ALL, **OUT, "B1": "0"}))  # 2 of 5 points: 4 of 10, and 1 of bonus
    assert card.verdict.chinese == "未达标"
    found = advise(card)
    assert found is not None
    assert (found.attainable, found.missed, [step.line.id for step in found.enough]) == (True, (), ["B1"])
    assert phrases.way(card, found) == "最省力的达标途径：还差 1 分，做到以下 1 条即可"


def test_answers_that_still_decide_are_to_be_mended_first() -> None:
    card = score(limited(otherwise=None), claims({**ALL, "A2": "不涉及", "A1": "？"}))
    assert card.verdict.chinese == "待更正"
    found = advise(card)
    assert found is not None
    assert [(step.line.id, step.how) for step in found.enough] == [("A1", "更正填写")]
    assert (found.attainable, mended(card, [step.line for step in found.enough]).verdict.chinese) == (True, "达标")


def test_it_is_one_of_the_requirements() -> None:
    card = score(limited(), claims({**ALL, **OUT}))
    (requirement,) = card.requirements
    assert (requirement.id, requirement.text, requirement.must.reach, requirement.met) == (
        "空项上限",
        "空项分值合计不超过 4 分",
        "limit",
        False,
    )
    assert [line.id for line in requirement.lines] == ["A1", "A2"]


def test_what_is_done_after_all_is_left_out_no_longer() -> None:
    parts = [criterion("P1", "2", not_applicable="dropped"), criterion("P2", "1", not_applicable="full")]
    rubric = standard(
        unit("1", item("A", criterion("P", "2", rule={"kind": "either"}, parts=parts), criterion("A1", "3"))),
        passing="3",
        not_applicable_limit={"points": "1"},
    )
    card = score(rubric, claims({"P1": "不涉及", "P2": "不涉及", "A1": "1"}))
    assert [(line.id, line.lost > 0, line.empty) for line in card.lines] == [("P", True, True), ("A1", False, False)]
    then = mended(card, card.lines[:1])
    assert (card.verdict.chinese, then.verdict.chinese, then.requirements[0].met) == ("未达标", "达标", True)
