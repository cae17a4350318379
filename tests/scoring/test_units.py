"""How much of a unit counts: minimums below which it or the total is nothing, entry conditions, units of a class."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jieyue_cli.report import phrases
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.mending import mended
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import score
from jieyue_cli.text.numbers import add, plain
from scoring.standards import Data, Said, claims, counted, criterion, item, standard, unit

Figures = tuple[str, str, list[str], str]
"""Total, the most it may become, what each unit counts, and the conclusion."""


def figures(card: Scorecard) -> Figures:
    assert card.raw == add(unit.score for unit in card.units)
    return plain(card.total), plain(card.at_most), [plain(unit.score) for unit in card.units], card.conclusion


# -- a minimum: 达标要求比例 ≥85%, and points of a unit, an item or a criterion ----------------------------------

PLAIN = item("B", criterion("B1", "40"))
"""Brings the pass mark alone, so that only what is required decides."""


def judged(identifier: str, points: str, **more: object) -> Data:
    return criterion(identifier, points, rule={"kind": "judged", "step": "0.5"}, **more)


SHARE = item("A", judged("A1", "10"), judged("A2", "10", not_applicable="dropped"), must="85%")
AMOUNT = item("A", judged("A1", "20"), must="17")
MINIMUMS: list[tuple[str, Data, Said, str, list[str]]] = [
    ("85 % exactly", SHARE, {"A1": "10", "A2": "7"}, "达标", []),
    ("half a point below 85 %", SHARE, {"A1": "10", "A2": "6.5"}, "未达标", ["得 16.5 分，没有做到"]),
    ("85 % of what is asked for", SHARE, {"A1": "8.5", "A2": "不涉及"}, "达标", []),
    ("half a point below 85 % of that", SHARE, {"A1": "8", "A2": "不涉及"}, "未达标", ["得 8 分，没有做到"]),
    ("what may become 85 %", SHARE, {"A1": "9", "A2": "？"}, "待更正", ["尚待更正"]),
    ("what may not", SHARE, {"A1": "6.5", "A2": "？"}, "未达标", ["得 6.5 分，没有做到"]),
    ("an amount exactly", AMOUNT, {"A1": "17"}, "达标", []),
    ("half a point below an amount", AMOUNT, {"A1": "16.5"}, "未达标", ["得 16.5 分，没有做到"]),
]


@pytest.mark.parametrize(
    ("part", "said", "conclusion", "told"), [pytest.param(*case[1:], id=case[0]) for case in MINIMUMS]
)
def test_a_minimum_is_required(part: Data, said: Said, conclusion: str, told: list[str]) -> None:
    card = score(standard(unit("1", part, PLAIN), passing="40"), claims({**said, "B1": "1"}))
    asked = "达标比例不低于85%" if part is SHARE else "最低17分"
    assert (card.conclusion, phrases.missed(card)) == (conclusion, [f"A 第A部分：{each}（{asked}）" for each in told])


def test_units_items_and_criteria_each_have_their_own_minimum() -> None:
    first = unit("1", item("A", judged("A1", "10", must="5"), must="60%"), must="7")
    rubric = standard(first, unit("2", PLAIN), passing="40")
    for points, missed in (("7", []), ("6.5", ["1"]), ("5.5", ["1", "A"]), ("4.5", ["1", "A", "A1"])):
        card = score(rubric, claims({"A1": points, "B1": "1"}))
        assert [asked.id for asked in card.requirements if not asked.met] == missed


def test_all_that_is_left_out_has_no_minimum() -> None:
    part = item("A", criterion("A1", "10", not_applicable="dropped"), must="85%")
    assert (
        score(standard(unit("1", part, PLAIN), passing="40"), claims({"A1": "不涉及", "B1": "1"})).conclusion == "达标"
    )


# -- 保证项目小计得分不足40分的，检查评分表计零分 ------------------------------------------------------------------


def assured(zero: str) -> Rubric:
    return standard(
        unit("1", item("A", judged("A1", "50"), judged("A2", "10")), must={"reach": "40", "zero": zero}),
        unit("2", item("B", judged("B1", "40"))),
        passing="40",
    )


BELOW = "1 第1部分得 39.5 分，不足 40 分，总分计零分"
ZEROED: list[tuple[str, Said, Figures, list[str]]] = [
    ("total", {"A1": "40", "A2": "0", "B1": "40"}, ("80", "80", ["40", "40"], "达标"), []),
    ("total", {"A1": "39.5", "A2": "0", "B1": "40"}, ("0", "0", ["0", "0"], "未达标"), [BELOW]),
    (
        "unit",
        {"A1": "39.5", "A2": "0", "B1": "40"},
        ("40", "40", ["0", "40"], "达标"),
        [BELOW.replace("总分", "本单元")],
    ),
    (
        "unit",
        {"A1": "39.5", "A2": "0", "B1": "39.5"},
        ("39.5", "39.5", ["0", "39.5"], "未达标"),
        [BELOW.replace("总分", "本单元")],
    ),
    (
        "total",
        {"A1": "39.5", "A2": "？", "B1": "40"},
        ("0", "89.5", ["0", "0"], "待更正"),
        [f"{BELOW}，更正填报后才能确定"],
    ),
    (
        "unit",
        {"A1": "39.5", "A2": "？", "B1": "40"},
        ("40", "89.5", ["0", "40"], "达标"),
        [f"{BELOW.replace('总分', '本单元')}，更正填报后才能确定"],
    ),
    ("total", {"A1": "20", "A2": "？", "B1": "40"}, ("0", "0", ["0", "0"], "未达标"), [BELOW.replace("39.5", "20")]),
    ("total", {"A1": "45", "A2": "？", "B1": "40"}, ("85", "95", ["45", "40"], "达标"), []),
]


@pytest.mark.parametrize(("zero", "said", "result", "told"), ZEROED)
def test_below_the_minimum_nothing_counts(zero: str, said: Said, result: Figures, told: list[str]) -> None:
    card = score(assured(zero), claims(said))
    assert (figures(card), phrases.uncounted(card), phrases.missed(card)) == (result, told, [])


@pytest.mark.parametrize("where", ["item", "criterion"])
def test_a_minimum_of_an_item_or_a_criterion_takes_its_unit_or_all(where: str) -> None:
    for zero, counts in (("unit", ["0", "40"]), ("total", ["0", "0"])):
        must = {"must": {"reach": "50%", "zero": zero}}
        part = item(
            "A", judged("A1", "10", **(must if where == "criterion" else {})), **(must if where == "item" else {})
        )
        rubric = standard(unit("1", part, item("C", criterion("C1", "5"))), unit("2", PLAIN), passing="40")
        assert figures(score(rubric, claims({"A1": "4.5", "C1": "1", "B1": "1"})))[2] == counts
        assert figures(score(rubric, claims({"A1": "5", "C1": "1", "B1": "1"})))[2] == ["10", "40"]


def test_what_takes_points_holds_down_no_grade() -> None:
    grades = [
        {"name": "优秀", "from": "40"},
        {"name": "合格", "from": "30", "below": "40"},
        {"name": "不合格", "from": "0", "below": "30"},
    ]
    part = unit("1", item("A", judged("A1", "10")), must={"reach": "5", "zero": "unit"})
    rubric = standard(part, unit("2", PLAIN), passing="30", grades=grades)
    card = score(rubric, claims({"A1": "4.5", "B1": "1"}))
    assert (card.grade, phrases.missed(card)) == ("优秀", [])


# -- 高于80分，则进入加分指标评分环节 ---------------------------------------------------------------------------


def entered(**entry: str) -> Rubric:
    return standard(
        unit("1", item("A", judged("A1", "100", not_applicable="dropped"))),
        unit("2", item("X", criterion("X1", "6"), criterion("X2", "6")), bonus=True, points="10", entry=entry),
        passing="85",
    )


def not_entered(points: str, mark: str = "不高于 80 分") -> list[str]:
    return [f"第2部分未进入：基础分 {points} 分，{mark}，本单元不计分"]


ENTRIES: list[tuple[Data, Said, Figures, list[str]]] = [
    ({"above": "80"}, {"A1": "80"}, ("80", "80", ["80", "0"], "未达标"), not_entered("80")),
    ({"above": "80"}, {"A1": "80.5"}, ("90.5", "90.5", ["80.5", "10"], "达标"), []),
    ({"at_least": "80"}, {"A1": "80"}, ("90", "90", ["80", "10"], "达标"), []),
    ({"at_least": "80"}, {"A1": "79.5"}, ("79.5", "79.5", ["79.5", "0"], "未达标"), not_entered("79.5", "不足 80 分")),
    ({"above": "80"}, {"A1": "？"}, ("0", "110", ["0", "0"], "待更正"), [f"{not_entered('0')[0]}，更正填报后才能确定"]),
    ({"above": "80"}, {"A1": "80.5", "X2": "？"}, ("86.5", "90.5", ["80.5", "6"], "达标"), []),
    ({"above": "80"}, {"A1": "80", "X2": "？"}, ("80", "80", ["80", "0"], "未达标"), not_entered("80")),
]


@pytest.mark.parametrize(("entry", "said", "result", "told"), ENTRIES)
def test_a_bonus_unit_counts_from_a_base_total_on(entry: Data, said: Said, result: Figures, told: list[str]) -> None:
    card = score(entered(**entry), claims({"X1": "1", "X2": "1", **said}))
    assert (figures(card), phrases.uncounted(card)) == (result, told)


def test_the_base_total_is_the_one_after_what_is_left_out_and_before_any_conversion() -> None:
    base = unit("1", item("A", judged("A1", "160"), judged("A2", "40", not_applicable="rescaled")))
    bonus = unit("2", item("X", criterion("X1", "10")), bonus=True, entry={"above": "160"})
    rubric = standard(base, bonus, passing="80", scale={"points": "100", "decimals": 1})
    said = {"A2": "不涉及", "X1": "1"}
    assert figures(score(rubric, claims({**said, "A1": "128"})))[:3] == ("80", "80", ["128", "0"])
    assert figures(score(rubric, claims({**said, "A1": "128.5"})))[:3] == ("85.3", "85.3", ["128.5", "10"])


def test_an_earlier_unit_may_open_a_base_unit_and_counts_as_it_counts_itself() -> None:
    rubric = standard(
        unit("1", item("A", judged("A1", "10")), must={"reach": "4", "zero": "unit"}),
        unit("2", item("B", judged("B1", "10")), entry={"at_least": "3", "of": "1"}),
        unit("3", item("C", judged("C1", "10")), entry={"above": "5", "of": "2"}),
        passing="20",
    )
    told = "第3部分未进入：第2部分 0 分，不高于 5 分，本单元不计分"
    for first, counts, reasons in (
        ("4", ["4", "6", "9"], []),
        (
            "3.5",
            ["0", "0", "0"],
            [
                "1 第1部分得 3.5 分，不足 4 分，本单元计零分",
                "第2部分未进入：第1部分 0 分，不足 3 分，本单元不计分",
                told,
            ],
        ),
        ("？", ["0", "0", "0"], None),
    ):
        card = score(rubric, claims({"A1": first, "B1": "6", "C1": "9"}))
        assert figures(card)[2] == counts
        if reasons is None:
            assert plain(card.at_most) == "25"
        else:
            assert phrases.uncounted(card) == reasons


# -- units for one class of agency ----------------------------------------------------------------------------


def test_a_unit_for_one_class_has_no_points_for_another() -> None:
    rubric = standard(
        unit("1", item("A", judged("A1", "6"))),
        unit("2", item("B", judged("B1", "4")), when=["独立办公"]),
        unit("3", item("C", judged("C1", "4")), when=["集中办公"], must="2"),
        passing="8",
        classes=["独立办公", "集中办公"],
        points="10",
    )
    said = {"A1": "6", "B1": "3", "C1": "1"}
    own, shared = (score(rubric.of(group), claims(said)) for group in rubric.classes)
    assert figures(own) == ("9", "9", ["6", "3", "0"], "达标")
    assert [(each.unit.id, each.unit.points, len(each.items)) for each in own.units] == [
        ("1", Decimal(6), 1),
        ("2", Decimal(4), 1),
        ("3", Decimal(0), 0),
    ]
    assert figures(shared) == ("7", "7", ["6", "0", "1"], "未达标")
    assert [asked.id for asked in own.requirements] == []


# -- the way up -----------------------------------------------------------------------------------------------

SPREAD = standard(
    unit("1", item("A", *(judged(f"A{at}", "20") for at in (1, 2, 3))), must={"reach": "40", "zero": "unit"}),
    unit("2", item("B", *(judged(f"B{at}", "10") for at in (1, 2, 3, 4)))),
    passing="40",
)
DONE = {"B2": "10", "B3": "10", "B4": "10"}
WAYS: list[tuple[str, Rubric, Said, list[str]]] = [
    ("a minimum frees everything", assured("total"), {"A1": "30", "B1": "40"}, ["A1 → 90"]),
    ("a minimum frees its unit", assured("unit"), {"A1": "30", "B1": "10"}, ["A1 → 60"]),
    ("one step elsewhere is less than two that free a unit", SPREAD, {"B1": "9.5", **DONE}, ["B1 → 40"]),
    ("two steps that free a unit are less than four elsewhere", SPREAD, {}, ["A1 → 0", "A2 → 40"]),
    ("the total opens a bonus unit", entered(above="80"), {"A1": "80", "X1": "1", "X2": "1"}, ["A1 → 110"]),
    ("what is not opened brings nothing", entered(above="80"), {"A1": "0", "X1": "0"}, ["A1 → 100"]),
]


@pytest.mark.parametrize(("rubric", "said", "way"), [pytest.param(*case[1:], id=case[0]) for case in WAYS])
def test_the_way_up_knows_what_frees_points(rubric: Rubric, said: Said, way: list[str]) -> None:
    card = score(rubric, claims(said))
    advice = advise(card)
    assert advice is not None
    assert [f"{step.line.id} → {plain(step.reaches)}" for step in advice.enough] == way
    reached = mended(card, [step.line for step in advice.enough])
    assert (advice.attainable, reached.verdict.chinese) == (True, "达标")


def test_a_minimum_that_is_lost_for_good_is_not_promised() -> None:
    rubric = standard(
        unit("1", item("A", counted("A1", "6"), counted("A2", "4")), must={"reach": "80%", "zero": "total"}),
        unit("2", PLAIN),
        passing="40",
        forfeit="criterion",
    )
    advice = advise(score(rubric, claims({"A1": "虚假", "A2": "1", "B1": "1"})))
    assert advice is not None
    assert (advice.attainable, advice.enough) == (False, ())


# -- deductions across a unit: 发现一个烟头扣1分 ------------------------------------------------------------------

LITTERED = standard(
    unit(
        "1",
        item("A", judged("A1", "10"), judged("A2", "10")),
        deductions=[{"input": "N", "lose": "1"}, {"input": "Y", "lose": "2.5"}],
    ),
    unit("2", item("B", judged("B1", "10"))),
    passing="20",
    inputs=[
        {"id": "N", "text": "发现烟头", "answer": "count", "unit": "个"},
        {"id": "Y", "text": "垃圾混投", "answer": "yes_no"},
    ],
)
THREE, MIXED = "发现烟头 3 个，每个扣 1 分，扣 3 分", "垃圾混投为“是”，扣 2.5 分"
OPEN = "发现烟头（N）没有可以采信的填报，本单元暂不计分，更正填报后才能确定"
DEDUCTIONS: list[tuple[Said, Figures, list[str]]] = [
    ({"N": "0", "Y": "0"}, ("28", "28", ["18", "10"], "达标"), []),
    ({"N": "3", "Y": "0"}, ("25", "25", ["15", "10"], "达标"), [THREE]),
    ({"N": "3", "Y": "1"}, ("22.5", "22.5", ["12.5", "10"], "达标"), [THREE, MIXED]),
    ({"N": "3", "Y": "1", "A2": "？"}, ("14.5", "24.5", ["4.5", "10"], "待更正"), [THREE, MIXED]),
    ({"N": "99", "Y": "1"}, ("10", "10", ["0", "10"], "未达标"), [THREE.replace("3", "99"), MIXED]),
    ({"N": "？", "Y": "1"}, ("10", "25.5", ["0", "10"], "待更正"), [OPEN, MIXED]),
    ({"Y": "1"}, ("10", "25.5", ["0", "10"], "待更正"), [OPEN, MIXED]),
    ({"A1": "0", "A2": "0"}, ("10", "10", ["0", "10"], "未达标"), []),
    ({"A1": "0", "A2": "？", "N": "3", "Y": "0"}, ("10", "17", ["0", "10"], "未达标"), [THREE]),
]


@pytest.mark.parametrize(("said", "result", "told"), DEDUCTIONS)
def test_what_is_counted_takes_points_from_its_unit(said: Said, result: Figures, told: list[str]) -> None:
    card = score(LITTERED, claims({"A1": "10", "A2": "8", "B1": "10", **said}))
    assert (figures(card), phrases.uncounted(card)) == (result, told)


def test_a_deduction_comes_after_the_cap_of_a_bonus_unit() -> None:
    bonus = unit(
        "2",
        item("X", criterion("X1", "6"), criterion("X2", "6")),
        bonus=True,
        points="10",
        deductions=[{"input": "N", "lose": "1"}],
    )
    inputs = [{"id": "N", "text": "发现烟头", "answer": "count"}]
    rubric = standard(unit("1", PLAIN), bonus, passing="40", inputs=inputs)
    card = score(rubric, claims({"B1": "1", "X1": "1", "X2": "1", "N": "3"}))
    assert figures(card)[2] == ["40", "7"]


FIRST: list[tuple[Said, str, list[str], str]] = [
    (
        {"A1": "10", "A2": "8", "B1": "5"},
        "还差 15 分，填清 N、Y、不扣分即可",
        [],
        "，填清 N、Y 后才能确定",
    ),
    (
        {"A1": "1", "A2": "8", "B1": "5", "Y": "0"},
        "最省力的达标途径：还差 15 分，先填清 N（以下按不扣分计算），做到以下 1 条即可",
        ["A1 → 23"],
        "，全部更正也不到 20 分",
    ),
]


@pytest.mark.parametrize(("said", "heading", "way", "prospect"), FIRST)
def test_inputs_that_take_points_are_answered_first(said: Said, heading: str, way: list[str], prospect: str) -> None:
    card = score(LITTERED, claims(said))
    advice = advise(card)
    assert advice is not None
    assert phrases.way(card, advice) == heading
    assert [f"{step.line.id} → {plain(step.reaches)}" for step in advice.enough] == way
    assert (advice.attainable, phrases.prospect(card)) == (True, prospect)
    then = score(LITTERED, claims({**said, "N": "0", "Y": "0", **{step.line.id: "10" for step in advice.enough}}))
    assert then.verdict.chinese == "达标"


def test_what_deductions_take_is_told_as_the_reason_why_nothing_leads_to_the_mark() -> None:
    card = score(LITTERED, claims({"A1": "10", "A2": "8", "B1": "5", "N": "15", "Y": "0"}))
    advice = advise(card)
    assert advice is not None
    assert phrases.way(card, advice) == "还差 12 分，但单元扣分扣去的分补不回来，其余全部做到也不能达标"


def test_a_gate_that_is_missed_is_not_told_as_too_few_points() -> None:
    gates = [{"id": "G1", "text": "完成年度目标"}]
    rubric = standard(unit("1", item("A", judged("A1", "10"), judged("A2", "10"))), passing="15", gates=gates)
    cards = [score(rubric, claims({"A1": "8", "A2": "？", "G1": given})) for given in ("0", "1")]
    assert [phrases.prospect(card) for card in cards] == [
        "，更正后分数够了，也有必须做到的没有做到",
        "，更正无法采信的 1 条后才能确定",
    ]
