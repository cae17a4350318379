"""The advice beside bonus points, requirements, rescaling and what is lost for good: each step, and where it leads."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.advice import AdviceStep, advise
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import BLANK, Claim
from scoring.standards import Said, claims, counted, criterion, item, standard, unit

BASE = unit("1", item("A", criterion("A1", "4"), counted("A2", "3")), item("B", criterion("B1", "3")))
BONUS = unit("2", item("X", criterion("X1", "5"), criterion("X2", "5")), bonus=True, points="6")
GATE = {"id": "G", "text": "完成目标"}
SUMMED = unit(
    "1",
    item("A", criterion("A1", "7", rule={"kind": "either"}, parts=[criterion("A1a", "7"), criterion("A1b", "2")])),
    item("B", criterion("B1", "3")),
)
STARRED = unit(
    "1",
    item("A", criterion("A1", "1"), criterion("A2", "2"), criterion("A3", "2"), must="nonzero"),
    item("B", criterion("B1", "9")),
)
WHOLE = unit("1", item("A", criterion("A1", "1"), criterion("A2", "2"), must="full"), item("B", criterion("B1", "9")))

Way = tuple[str, list[str], list[str], list[str], bool]
"""What is missing, what is enough, what else is open, what is required and missed, and whether it leads there."""
MET: Said = {"A1": "1", "A2": "3", "B1": "1"}
WAYS: list[tuple[str, Rubric, Said, Way]] = [
    (
        "a bonus unit lets only so much count",
        standard(BASE, BONUS, passing="9"),
        {"B1": "0"},
        (
            "9",
            ["X1 做到即得 +5 → 5", "A1 做到即得 +4 → 9"],
            ["A2 再增加 3 项 +3 → 12", "B1 做到即得 +3 → 15", "X2 做到即得 +1 → 16"],
            [],
            True,
        ),
    ),
    (
        "what is open is counted, not what is there",
        standard(BASE, BONUS, passing="9"),
        {"A1": "1", "A2": "2"},
        (
            "3",
            ["X1 做到即得 +5 → 11"],
            ["B1 做到即得 +3 → 14", "X2 做到即得 +1 → 15", "A2 再增加 1 项 +1 → 16"],
            [],
            True,
        ),
    ),
    (
        "a gate comes before bonus points",
        standard(BASE, BONUS, passing="9", gates=[GATE]),
        {},
        (
            "9",
            ["G 做到即符合 +0 → 0", "X1 做到即得 +5 → 5", "A1 做到即得 +4 → 9"],
            ["A2 再增加 3 项 +3 → 12", "B1 做到即得 +3 → 15", "X2 做到即得 +1 → 16"],
            ["G"],
            True,
        ),
    ),
    (
        "a full bonus unit brings no more",
        standard(
            BASE, unit("2", item("X", criterion("X1", "5"), counted("X2", "3")), bonus=True, points="5"), passing="9"
        ),
        {"X1": "1"},
        (
            "4",
            ["A1 做到即得 +4 → 9"],
            ["A2 再增加 3 项 +3 → 12", "B1 做到即得 +3 → 15"],
            [],
            True,
        ),
    ),
    (
        "a gate comes first and brings no points",
        standard(BASE, passing="5", gates=[GATE]),
        {"A2": "2"},
        (
            "3",
            ["G 做到即符合 +0 → 2", "A1 做到即得 +4 → 6"],
            ["B1 做到即得 +3 → 9", "A2 再增加 1 项 +1 → 10"],
            ["G"],
            True,
        ),
    ),
    (
        "only a gate is missed",
        standard(BASE, passing="5", gates=[GATE]),
        {**MET, "G": "？"},
        ("-5", ["G 更正填写 +0 → 10"], [], ["G"], True),
    ),
    (
        "of ★ the dearest, the first of equals",
        standard(STARRED, passing="9"),
        {"B1": "1"},
        ("0", ["A2 做到即得 +2 → 11"], ["A3 做到即得 +2 → 13", "A1 做到即得 +1 → 14"], ["A"], True),
    ),
    (
        "all of ※, though the points suffice",
        standard(WHOLE, passing="9"),
        {"B1": "1"},
        ("0", ["A1 做到即得 +1 → 10", "A2 做到即得 +2 → 12"], [], ["A"], True),
    ),
    (
        "of ※ only what is open",
        standard(WHOLE, passing="9"),
        {"A1": "1", "B1": "1"},
        ("-1", ["A2 做到即得 +2 → 12"], [], ["A"], True),
    ),
    (
        "what is required is not enough",
        standard(WHOLE, passing="12"),
        {},
        ("12", ["A1 做到即得 +1 → 1", "A2 做到即得 +2 → 3", "B1 做到即得 +9 → 12"], [], ["A"], True),
    ),
    (
        "parts are done as the standard says",
        standard(SUMMED, passing="10"),
        {"A1a": "0", "A1b": "1", "B1": "1"},
        ("5", ["A1 按计分方式做到 +5 → 10"], [], [], True),
    ),
    (
        "what is lost for good does not come back",
        standard(BASE, passing="8", forfeit="item"),
        {"A1": "虚假"},
        ("8", ["B1 做到即得 +3 → 3"], [], [], False),
    ),
    (
        "a ★ on what is partly lost can still be met",
        standard(STARRED, passing="9", forfeit="criterion"),
        {"A1": "虚假", "A2": "虚假", "B1": "1"},
        ("0", ["A3 做到即得 +2 → 11"], [], ["A"], True),
    ),
    (
        "a ★ on what is wholly lost cannot",
        standard(STARRED, passing="9", forfeit="item"),
        {"A1": "虚假", "B1": "1"},
        ("0", [], [], ["A"], False),
    ),
    (
        "a ※ on what is partly lost cannot",
        standard(WHOLE, passing="9", forfeit="criterion"),
        {"A1": "虚假", "B1": "1"},
        ("0", ["A2 做到即得 +2 → 11"], [], ["A"], False),
    ),
    (
        "gains are scaled up with the total",
        standard(BASE, passing="8", not_applicable="rescaled"),
        {"A1": "不涉及", "A2": "1"},
        ("19/3", ["B1 做到即得 +5 → 20/3", "A2 再增加 2 项 +10/3 → 10"], [], [], True),
    ),
    (
        "too much is left out",
        standard(BASE, passing="8", not_applicable="dropped"),
        {"A1": "不涉及", "A2": "3", "B1": "0"},
        ("5", ["B1 做到即得 +3 → 6"], [], [], False),
    ),
]


def told(step: AdviceStep) -> str:
    return f"{step.line.id} {step.how} +{Fraction(step.gain)} → {Fraction(step.reaches)}"


@pytest.mark.parametrize(("rubric", "said", "way"), [pytest.param(*case[1:], id=case[0]) for case in WAYS])
def test_the_way_up(rubric: Rubric, said: Said, way: Way) -> None:
    advice = advise(score(rubric, claims(said)))
    assert advice is not None
    assert (
        str(Fraction(advice.gap)),
        [told(step) for step in advice.enough],
        [told(step) for step in advice.others],
        [requirement.id for requirement in advice.missed],
        advice.attainable,
    ) == way


@pytest.mark.parametrize(
    ("rubric", "said"),
    [
        (standard(BASE, passing="10"), MET),
        (standard(BASE, passing="10", gates=[GATE]), {**MET, "G": "1"}),
        (standard(STARRED, passing="9"), {"A1": "1", "B1": "1"}),
    ],
)
def test_there_is_no_way_up_from_the_mark(rubric: Rubric, said: Said) -> None:
    assert advise(score(rubric, claims(said))) is None


def test_points_for_several_criteria_together_are_made_up() -> None:
    card = score(standard(BASE, passing="8"), [Claim(("A1", "A2"), BLANK)])
    advice = advise(card)
    assert advice is not None
    assert [told(step) for step in advice.enough] == ["A1+A2 补足未得的分 +7 → 7", "B1 做到即得 +3 → 10"]


def test_advice_cannot_be_changed() -> None:
    advice = advise(score(standard(BASE, passing="8"), []))
    assert advice is not None
    for part, name in ((advice, "gap"), (advice.enough[0], "gain")):
        with pytest.raises(AttributeError):
            setattr(part, name, 0)


def test_a_gate_waits_for_the_input_that_decides_on_it() -> None:
    cases = [{"id": "G-1", "text": "食堂合格", "case": "是"}, {"id": "G-2", "text": "没有食堂", "case": "否"}]
    gate = {"id": "G", "text": "食堂", "rule": {"kind": "branch", "on": "N"}, "parts": cases}
    inputs = [{"id": "N", "text": "是否设食堂", "answer": "yes_no"}]
    rubric = standard(unit("1", item("A", criterion("A1", "4"))), passing="4", gates=[gate], inputs=inputs)
    advice = [advise(score(rubric, claims({"A1": "1", **said}))) for said in ({}, {"N": "1"})]
    assert [[(step.line.id, step.how) for step in each.enough] for each in advice if each] == [
        [("G", "先填 N")],
        [("G", "做到即符合")],
    ]
