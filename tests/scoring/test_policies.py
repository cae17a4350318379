"""不涉及 brings nothing, all the points, or leaves its criterion out; with bonus points and what cannot be read."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import BLANK, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind, Claim
from jieyue_cli.text.numbers import plain
from scoring.standards import Data, Said, claims, counted, criterion, item, standard, unit

ALL: Said = {"A1": "1", "A2": "3", "B1": "1", "X1": "3"}
"""4 + 3 + 3 points, and 2 of 3 that the bonus unit lets count."""


def scored(policy: str, said: Said) -> Scorecard:
    rubric = standard(
        unit("1", item("A", criterion("A1", "4"), counted("A2", "3")), item("B", criterion("B1", "3"))),
        unit("2", item("X", counted("X1", "3")), bonus=True, points="2"),
        passing="8",
        not_applicable=policy,
    )
    return score(rubric, claims({**ALL, **said}))


Figures = tuple[str, str, str, str, list[str], str]
"""Raw, total, at most, out of, what is excused, and the verdict."""
POLICIES: list[tuple[str, Said, Figures]] = [
    ("not_allowed", {}, ("12", "12", "12", "10", [], "达标")),
    ("not_allowed", {"A1": "不涉及"}, ("8", "8", "8", "10", [], "达标")),
    ("full", {"A1": "不涉及"}, ("12", "12", "12", "10", ["A1"], "达标")),
    ("dropped", {"A1": "不涉及"}, ("8", "8", "8", "6", ["A1"], "达标")),
    ("dropped", {"A1": "不涉及", "B1": "0"}, ("5", "5", "5", "6", ["A1"], "未达标")),
    ("rescaled", {"A1": "不涉及"}, ("8", "12", "12", "6", ["A1"], "达标")),
    ("rescaled", {"A1": "不涉及", "B1": "0"}, ("5", "7", "7", "6", ["A1"], "未达标")),
    ("rescaled", {"A1": "不涉及", "A2": "2"}, ("7", "31/3", "31/3", "6", ["A1"], "达标")),
    ("rescaled", {"A1": "不涉及", "A2": "？"}, ("5", "7", "12", "6", ["A1"], "待更正")),
    ("rescaled", {"A1": "不涉及", "A2": "？", "X1": "0"}, ("3", "5", "10", "6", ["A1"], "待更正")),
    ("rescaled", {"A1": "不涉及", "A2": "不涉及", "B1": "不涉及"}, ("2", "2", "2", "0", ["A1", "A2", "B1"], "未达标")),
    ("rescaled", {"X1": "不涉及"}, ("10", "10", "10", "10", ["X1"], "达标")),
    ("dropped", {"X1": "不涉及"}, ("10", "10", "10", "10", ["X1"], "达标")),
    ("dropped", {"X1": "？"}, ("10", "10", "12", "10", [], "达标")),
    ("dropped", {"X1": "1", "A1": "？"}, ("7", "7", "11", "10", [], "待更正")),
    ("dropped", {"X1": "2", "A2": "空"}, ("9", "9", "9", "10", [], "达标")),
]


@pytest.mark.parametrize(("policy", "said", "figures"), POLICIES)
def test_what_is_not_applicable_is_taken_as_the_standard_says(policy: str, said: Said, figures: Figures) -> None:
    card = scored(policy, said)
    amounts = [str(Fraction(amount)) for amount in (card.raw, card.total, card.at_most, card.denominator)]
    assert (*amounts, [line.id for line in card.excused], card.verdict.chinese) == figures


def test_a_total_is_written_cut_never_rounded_up_to_the_mark() -> None:
    rubric = standard(
        unit("1", item("A", criterion("A1", "0.03"), criterion("A2", "79.97"), criterion("A3", "20"))),
        passing="80",
        not_applicable="rescaled",
    )
    card = score(rubric, claims({"A1": "不涉及", "A2": "1", "A3": "0"}))
    assert (card.shown, card.verdict.chinese) == (Fraction("79.99"), "未达标")
    assert Fraction(7999, 100) < Fraction(card.total) < 80


def test_a_bonus_unit_says_what_its_items_bring_beyond_its_points() -> None:
    card = scored("full", {})
    assert [(str(part.score), str(part.at_most), str(part.beyond)) for part in card.units] == [
        ("10", "10", "0"),
        ("2", "2", "1"),
    ]
    card = scored("full", {"X1": "？", "A1": "？"})
    assert [(str(part.score), str(part.at_most), str(part.beyond)) for part in card.units] == [
        ("6", "10", "0"),
        ("0", "2", "0"),
    ]


def test_answers_are_counted_by_their_kind() -> None:
    card = scored("full", {"A1": "不涉及", "A2": "？", "B1": "空", "X1": "？"})
    assert {kind: card.count(kind) for kind in AnswerKind} == {
        AnswerKind.VALUE: 0,
        AnswerKind.SCORE: 0,
        AnswerKind.NOT_APPLICABLE: 1,
        AnswerKind.NOTED: 0,
        AnswerKind.FALSE: 0,
        AnswerKind.BLANK: 1,
        AnswerKind.UNREADABLE: 2,
    }


LADDER: Data = {"kind": "ladder", "steps": [{"name": "三级", "points": 5}, {"name": "二级", "points": "2.5"}]}
RATIO: Data = {"kind": "bands", "relative_to": "均值", "bands": [{"up_to": "0.9", "points": 5}]}
MIXED: Data = {
    "kind": "deductions",
    "faults": [{"text": "没有计划", "lose": 1}, {"text": "发现烟头", "lose": 1, "measure": "个"}],
}
ANSWERS: list[tuple[Data, Said, object]] = [
    ({"kind": "all_or_nothing"}, {"C": "1"}, "是"),
    ({"kind": "all_or_nothing"}, {"C": "0"}, "否"),
    ({"kind": "all_or_nothing"}, {"C": "不涉及"}, "不涉及"),
    ({"kind": "all_or_nothing"}, {"C": "虚假"}, "虚假"),
    ({"kind": "all_or_nothing"}, {"C": "空"}, None),
    ({"kind": "all_or_nothing"}, {"C": "？"}, "？"),
    ({"kind": "count", "each": 1, "measure": "项"}, {"C": "7"}, Decimal(7)),
    (LADDER, {"C": "1"}, "三级"),
    (LADDER, {"C": "2"}, "二级"),
    (LADDER, {"C": "0"}, "无"),
    ({"kind": "completion_rate"}, {"C": "93.30"}, "93.3%"),
    (MIXED, {"C/1": "1", "C/2": "3"}, "C/1 是；C/2 3"),
    (RATIO, {"C": "9", "C/2": "10"}, "C 9；C/2 10"),
    (RATIO, {"C": "9", "C/2": "空"}, "C 9"),
    (RATIO, {"C": "空", "C/2": "空"}, None),
    (RATIO, {"C": "？", "C/2": "10.50"}, "C ？；C/2 10.5"),
]


@pytest.mark.parametrize(("rule", "said", "answer"), ANSWERS)
def test_an_answer_in_words(rule: Data, said: Said, answer: object) -> None:
    rubric = standard(unit("1", item("I", criterion("C", "5", rule=rule))), passing="5")
    (line,) = score(rubric, claims(said)).lines
    assert reasons.answer(line) == answer


TOGETHER = ("A1", "A2")
FAULTS: Data = {"kind": "deductions", "faults": [{"text": "甲", "lose": 1}, {"text": "乙", "lose": 1}]}
WRITTEN: list[tuple[tuple[str, ...], Answer, LineState, str, str, str]] = [
    (
        TOGETHER,
        Answer(AnswerKind.SCORE, Decimal("6.5")),
        LineState.SCORED,
        "6.5",
        "6.5",
        "表中自填 6.5 分，满分 7 分 → 6.5 分",
    ),
    (("A1",), Answer(AnswerKind.SCORE, Decimal(0)), LineState.SCORED, "0", "0", "表中自填 0 分，满分 4 分 → 0 分"),
    (TOGETHER, UNREADABLE, LineState.PENDING, "0", "7", "这一条无法采信，更正后最多 7 分 → 0 分"),
    (("A3",), UNREADABLE, LineState.PENDING, "0", "2", "这一条无法采信，更正后最多 2 分 → 0 分"),
    (
        ("A3",),
        Answer(AnswerKind.SCORE, Decimal("1.5")),
        LineState.SCORED,
        "1.5",
        "1.5",
        "表中自填 1.5 分，满分 2 分 → 1.5 分",
    ),
    (TOGETHER, BLANK, LineState.BLANK, "0", "0", "未填报 → 0 分"),
    (TOGETHER, NOT_APPLICABLE, LineState.SCORED, "0", "0", "填“不涉及”，本标准不设不涉及 → 0 分"),
]


@pytest.mark.parametrize(("criteria", "answer", "state", "points", "at_most", "why"), WRITTEN)
def test_points_written_for_several_criteria_together(
    criteria: tuple[str, ...], answer: Answer, state: LineState, points: str, at_most: str, why: str
) -> None:
    rubric = standard(
        unit("1", item("A", criterion("A1", "4"), counted("A2", "3"), criterion("A3", "2", rule=FAULTS))), passing="5"
    )
    line = next(line for line in score(rubric, [Claim(criteria, answer)]).lines if line.claim.criteria == criteria)
    assert (line.id, line.state, plain(line.score), plain(line.at_most), reasons.why(line)) == (
        "+".join(criteria),
        state,
        points,
        at_most,
        why,
    )


@pytest.mark.parametrize("policy", ["full", "dropped", "rescaled"])
def test_several_criteria_cannot_be_excused_together(policy: str) -> None:
    rubric = standard(
        unit("1", item("A", criterion("A1", "4"), counted("A2", "3"), criterion("A3", "2"))),
        passing="5",
        not_applicable=policy,
    )
    card = score(rubric, [Claim(TOGETHER, NOT_APPLICABLE)])
    assert [(line.id, line.state, str(line.score)) for line in card.lines] == [
        ("A1+A2", LineState.SCORED, "0"),
        ("A3", LineState.BLANK, "0"),
    ]
    assert (int(card.total), int(card.denominator)) == (0, 9)


@pytest.mark.parametrize(
    ("policy", "state", "points"),
    [("full", LineState.SCORED, "2"), ("dropped", LineState.EXCLUDED, "0"), ("not_allowed", LineState.SCORED, "0")],
)
def test_a_criterion_with_several_questions_is_excused_by_one_answer(
    policy: str, state: LineState, points: str
) -> None:
    rubric = standard(unit("1", item("A", criterion("A3", "2", rule=FAULTS))), passing="1", not_applicable=policy)
    (line,) = score(rubric, [Claim(("A3",), NOT_APPLICABLE)]).lines
    assert (line.state, str(line.score)) == (state, points)


@pytest.mark.parametrize("policy", ["not_allowed", "full", "dropped", "rescaled"])
@pytest.mark.parametrize("said", [{"C": "9", "C/2": "不涉及"}, {"C": "不涉及", "C/2": "空"}, {"C": "不涉及"}])
def test_one_question_alone_excuses_no_criterion_whatever_the_policy(policy: str, said: Said) -> None:
    rubric = standard(unit("1", item("I", criterion("C", "5", rule=RATIO))), passing="5", not_applicable=policy)
    (line,) = score(rubric, claims(said)).lines
    assert (line.state, str(line.score), str(line.at_most)) == (LineState.PENDING, "0", "5")
    assert reasons.why(line).startswith("只有几问填“不涉及”，更正后最多 5 分 → 0 分")


def test_a_criterion_with_parts_is_one_line_where_it_is_answered_as_a_whole() -> None:
    either = criterion("C", "4", rule={"kind": "either"}, parts=[criterion("A", "4"), criterion("B", "2")])
    (line,) = score(standard(unit("1", item("I", either)), passing="4"), [Claim(("C",), UNREADABLE, "？")]).lines
    assert (line.state, str(line.at_most), line.claims) == (LineState.PENDING, "4", (Claim(("C",), UNREADABLE, "？"),))


def test_a_scorecard_cannot_be_changed() -> None:
    card = scored("full", {})
    parts = ((card, "units"), (card.units[0], "items"), (card.units[0].items[0], "lines"), (card.lines[0], "score"))
    for part, name in parts:
        with pytest.raises(AttributeError):
            setattr(part, name, ())
