"""The four example standards with conditions, minimums and ratios: results worked by hand from their texts."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from any_form import Answers, Filled, book_of, scored
from jieyue_cli.assessment import Result
from jieyue_cli.submission import VerificationState
from jieyue_cli.text.numbers import cut, plain
from test_example_rubrics import best, rubric_of

NA = "不涉及"


class Worked(NamedTuple):
    """What a form with full answers but for ``changes`` is worth."""

    changes: Answers
    lost: dict[str, str]
    """The points of each criterion that does not have all of its points."""
    units: str
    """The points of the units, one after another."""
    total: str
    conclusion: str
    """The grade, or 待更正."""
    at_most: str = ""
    """What the total may become; empty where it is the total."""
    missed: tuple[str, ...] = ()
    """What is required and not met, whether or not that can still change."""
    said: tuple[str, ...] = ()
    """The problems that are found."""


SMOKE_FREE = {
    "nothing lost": Worked({}, {}, "30 50 20", "100", "无烟机关"),
    "a point for each cigarette end": Worked({"A2": 7}, {}, "30 43 20", "93", "无烟机关"),
    "20 of them leave 80, which is enough": Worked({"A2": 20}, {}, "30 30 20", "80", "无烟机关"),
    "21 do not": Worked({"A2": 21}, {}, "30 29 20", "79", "未达标"),
    "a unit loses no more than it has": Worked(
        {"2.1.1/1": 2, "2.1.1/2": 1, "2.1.1/3": "是", "A2": 40}, {"2.1.1": "15"}, "30 0 20", "50", "未达标"
    ),
    "a smoking area with two of four": Worked({"A1": "是", "2.2.1-a": 2}, {"2.2.1": "2"}, "30 48 20", "98", "无烟机关"),
    "a smoking area with none": Worked({"A1": "是", "2.2.1-a": 0}, {"2.2.1": "0"}, "30 46 20", "96", "无烟机关"),
    "an answer for the case that is not": Worked(
        {"A1": "否", "2.2.1-a": 0}, {}, "30 50 20", "100", "无烟机关", said=("answer-other-case",)
    ),
    "no word about a smoking area": Worked({"A1": None}, {"2.2.1": "0"}, "30 46 20", "96", "无烟机关"),
    "a word that nobody understands": Worked(
        {"A1": "待定"}, {"2.2.1": "0"}, "30 46 20", "96", "无烟机关", at_most="100", said=("answer-not-yes-no",)
    ),
    "no number at all": Worked({"A2": None}, {}, "30 0 20", "50", "待更正", at_most="100"),
    "a number that nobody understands": Worked(
        {"A2": "若干"}, {}, "30 0 20", "50", "待更正", at_most="100", said=("answer-not-count",)
    ),
    "shares of counts and steps": Worked(
        {"1.1.2": 3, "1.1.3": "只有计划", "3.1.1": 1},
        {"1.1.2": "6", "1.1.3": "6", "3.1.1": "3"},
        "20 50 11",
        "81",
        "无烟机关",
    ),
}
WEBSITE_CHECK = {
    "40 points of bonus items count 30": Worked({}, {}, "40 30 30 30", "130", "合格"),
    "80 exactly opens no bonus": Worked({"1.1.1/1": 5}, {"1.1.1": "4"}, "20 30 30 0", "80", "合格"),
    "half a point more does": Worked(
        {"1.1.1/1": 4, "3.1.1": 7}, {"1.1.1": "8", "3.1.1": "16.5"}, "24 30 26.5 30", "110.5", "合格"
    ),
    "a bonus below its most": Worked(
        {"1.1.1/1": 4, "3.1.1": 7, "4.1.1": 1, "4.1.2": "否", "4.1.3": 2.5},
        {"1.1.1": "8", "3.1.1": "16.5", "4.1.1": "5", "4.1.2": "0", "4.1.3": "2.5"},
        "24 30 26.5 7.5",
        "88",
        "合格",
    ),
    "a veto": Worked({"G2": "否"}, {}, "40 30 30 30", "130", "不合格", missed=("G2",)),
    "a measured veto": Worked({"G1": 0.051}, {}, "40 30 30 30", "130", "不合格", missed=("G1",)),
    "at its limit it is none": Worked({"G1": 0.05}, {}, "40 30 30 30", "130", "合格"),
    "what was not mended": Worked({"A3": "是"}, {}, "40 30 20 30", "120", "合格"),
    "a unit loses no more than is left of it": Worked(
        {"A3": "是", "3.1.1": 50, "3.1.2": 3}, {"3.1.1": "0", "3.1.2": "8.5"}, "40 30 0 0", "70", "合格"
    ),
    "nobody says what was mended": Worked({"A3": None}, {}, "40 30 0 0", "70", "合格", at_most="130"),
    "60 is enough": Worked({"1.1.1/1": 6, "1.1.2": 4}, {"1.1.1": "0", "1.1.2": "0"}, "0 30 30 0", "60", "合格"),
    "59.5 is not": Worked(
        {"1.1.1/1": 6, "1.1.2": 4, "3.1.2": 1},
        {"1.1.1": "0", "1.1.2": "0", "3.1.2": "9.5"},
        "0 30 29.5 0",
        "59.5",
        "不合格",
    ),
    "a bonus that may still open": Worked(
        {"3.1.1": "若干"}, {"3.1.1": "0"}, "40 30 10 0", "80", "合格", at_most="130", said=("answer-not-count",)
    ),
    "a bonus that cannot open any more": Worked(
        {"1.1.1/1": 5, "2.1.1": "若干"},
        {"1.1.1": "4", "2.1.1": "0"},
        "20 15 30 0",
        "65",
        "合格",
        at_most="80",
        said=("answer-not-count",),
    ),
}
GREEN_MALL = {
    "250 points are 100": Worked({}, {}, "60 100 60 30", "100", "一级"),
    "84.9% of a module, with 94 in all": Worked(
        {"2.1.1": 0.245}, {"2.1.1": "4.9"}, "60 84.9 60 30", "94", "未达标", missed=("2",)
    ),
    "85% of it": Worked({"2.1.1": 0.25}, {"2.1.1": "5"}, "60 85 60 30", "94", "一级"),
    "58% of another": Worked(
        {"3.1.1": 3, "3.1.2": "否"}, {"3.1.1": "15", "3.1.2": "0"}, "60 100 35 30", "90", "未达标", missed=("3",)
    ),
    "a subtotal of 35 counts as nothing": Worked(
        {"1.1.1": "否", "1.1.2": 4}, {"1.1.1": "0", "1.1.2": "20"}, "0 100 60 30", "76", "未达标", missed=("1",)
    ),
    "a subtotal of 40 counts": Worked({"1.1.1": "否"}, {"1.1.1": "0"}, "40 100 60 30", "92", "一级"),
    "79.95 is 80": Worked(
        {"2.1.1": "99.375%", "3.1.2": "否", "4.1.1": "否", "4.1.2": "否"},
        {"2.1.1": "19.87", "3.1.2": "0", "4.1.1": "0", "4.1.2": "0"},
        "60 99.87 40 0",
        "80",
        "二级",
    ),
    "79.9496 is not": Worked(
        {"2.1.1": "99.37%", "3.1.2": "否", "4.1.1": "否", "4.1.2": "否"},
        {"2.1.1": "19.87", "3.1.2": "0", "4.1.1": "0", "4.1.2": "0"},
        "60 99.87 40 0",
        "79.9",
        "未达标",
    ),
    "205 of 215": Worked({"3.2.1": NA, "4.1.1": NA, "1.1.2": 3}, {"1.1.2": "15"}, "50 100 40 15", "95.3", "一级"),
    "a share of what is left of a module": Worked(
        {"3.2.1": NA, "3.1.2": "否"}, {"3.1.2": "0"}, "60 100 20 30", "91.3", "未达标", missed=("3",)
    ),
    "50 points left out": Worked(dict.fromkeys(("2.2.3", "3.2.1", "4.1.1"), NA), {}, "60 85 40 15", "100", "一级"),
    "60 points left out": Worked(
        dict.fromkeys(("2.2.2", "2.2.3", "3.2.1", "4.1.1"), NA),
        {},
        "60 75 40 15",
        "100",
        "二级",
        missed=("空项上限",),
    ),
    "the quota itself": Worked({"2.1.2": 120}, {"2.1.2": "30"}, "60 95 60 30", "98", "一级"),
    "a module that may still be enough": Worked(
        {"2.1.1": "若干"},
        {"2.1.1": "0"},
        "60 80 60 30",
        "92",
        "待更正",
        at_most="100",
        missed=("2",),
        said=("answer-not-percent",),
    ),
    "a subtotal that may still count": Worked(
        {"1.1.1": "若干", "1.1.2": 4},
        {"1.1.1": "0", "1.1.2": "20"},
        "0 100 60 30",
        "76",
        "待更正",
        at_most="98",
        missed=("1",),
        said=("answer-not-yes-no",),
    ),
}
PERFORMANCE_REVIEW = {
    "all of it": Worked({}, {}, "20 50 20 10", "100", "优"),
    "each in part": Worked(
        {
            "A4": 187,
            "A5": 120,
            "A6": 2700,
            "2.1.1/1": 18,
            "2.1.1/2": 20,
            "2.1.2": 0.98,
            "2.1.3/1": 125,
            "2.1.3/2": 100,
        },
        {"1.1.1": "9.35", "1.1.2": "8", "2.1.1": "18", "2.1.2": "14.7", "2.1.3": "12", "3.1.2": "6"},
        "17.35 44.7 18 10",
        "90.05",
        "优",
    ),
    "more than the budget brings no more": Worked({"A4": 220, "A5": 190}, {}, "20 50 20 10", "100", "优"),
    "two thirds of the budget": Worked({"A3": 300, "A5": 225}, {"1.1.1": "6.66"}, "16.66 50 20 10", "96.66", "优"),
    "the average itself": Worked({"A6": 3000}, {"3.1.1": "10", "3.1.2": "0"}, "20 50 10 10", "90", "优"),
    "a cubic metre above it": Worked({"A6": 3001}, {"3.1.1": "6", "3.1.2": "0"}, "20 50 6 10", "86", "良"),
    "more than a tenth above it": Worked({"A6": 3301}, {"3.1.1": "0", "3.1.2": "0"}, "20 50 0 10", "80", "良"),
    "twice the cost": Worked({"2.1.3/1": 200}, {"2.1.3": "7.5"}, "20 42.5 20 10", "92.5", "优"),
    "no cost at all": Worked({"2.1.3/1": 0}, {}, "20 50 20 10", "100", "优"),
    "nothing spent": Worked({"A4": 0, "A5": 0}, {"1.1.1": "0", "1.1.2": "0"}, "0 50 20 10", "80", "良"),
    "little done": Worked(
        {"A4": 0, "A5": 0, "2.1.1/1": 0, "2.1.2": 0, "4.1.1": 0.6},
        {"1.1.1": "0", "1.1.2": "0", "2.1.1": "0", "2.1.2": "0", "4.1.1": "5"},
        "0 15 20 5",
        "40",
        "差",
    ),
    "people that nobody can count": Worked(
        {"A7": "若干"},
        {"3.1.1": "0", "3.1.2": "0"},
        "20 50 0 10",
        "80",
        "待更正",
        at_most="100",
        said=("answer-not-number",),
    ),
    "a budget of nothing": Worked(
        {"A3": 0}, {"1.1.1": "0", "1.1.2": "0"}, "0 50 20 10", "80", "待更正", at_most="100", said=("answer-too-small",)
    ),
    "no mean to compare with": Worked({"A8": None}, {"3.1.1": "0"}, "20 50 8 10", "88", "良"),
}
CASES = [
    pytest.param(name, worked, id=f"{name}, {about}")
    for name, cases in (
        ("smoke_free", SMOKE_FREE),
        ("website_check", WEBSITE_CHECK),
        ("green_mall", GREEN_MALL),
        ("performance_review", PERFORMANCE_REVIEW),
    )
    for about, worked in cases.items()
]


def told(result: Result, changes: Answers) -> Worked:
    """A result in the words of this page."""
    card = result.self
    assert card is not None
    return Worked(
        changes,
        {line.id: plain(cut(line.score)) for line in card.lines if line.lost},
        " ".join(plain(cut(unit.score)) for unit in card.units),
        plain(card.shown),
        card.conclusion,
        "" if card.at_most == card.total else plain(cut(card.at_most)),
        tuple(each.id for each in card.requirements if not each.met),
        tuple(problem.code.slug for problem in result.problems),
    )


@pytest.mark.parametrize(
    ("findings", "state", "found"),
    [
        ({}, VerificationState.COMPLETE, 13),
        ({"A1": "是"}, VerificationState.PARTIAL, 12),
        ({"A1": None}, VerificationState.PARTIAL, 11),
        ({"2.2.2": None}, VerificationState.PARTIAL, 12),
    ],
)
def test_the_office_need_not_fill_in_what_is_for_another_case(
    findings: Answers, state: VerificationState, found: int
) -> None:
    rubric = rubric_of("smoke_free")
    result = scored(rubric, book_of(rubric, Filled(None, best(rubric), {**best(rubric), **findings})))
    assert (result.verification.state, result.verification.found, result.verification.of) == (state, found, 13)


@pytest.mark.parametrize(("name", "worked"), CASES)
def test_a_form_is_worth_what_its_text_says(name: str, worked: Worked) -> None:
    rubric = rubric_of(name)
    result = scored(rubric, book_of(rubric, Filled(None, {**best(rubric), **worked.changes}, {})))
    assert told(result, worked.changes) == worked
