"""总分换算: the sum of points × what they become ÷ the standard's points, rounded half up, and nothing else changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from jieyue_cli.report import phrases
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import score
from jieyue_cli.text.numbers import plain
from scoring.standards import Data, claims, criterion, item, standard, unit

JUDGED: Data = {"kind": "judged", "step": "0.01"}


def five_hundred(decimals: int = 1, **more: object) -> Rubric:
    """A standard of 300 and 200 points, judged to a hundredth, that is converted to 100."""
    units = (
        unit("1", item("A", criterion("A1", "300", rule=JUDGED))),
        unit("2", item("B", criterion("B1", "150", rule=JUDGED), criterion("B2", "50"))),
    )
    extra = more.pop("units", ())
    assert isinstance(extra, tuple)
    return standard(*units, *extra, passing="80", scale={"points": "100", "decimals": decimals}, **more)


def carded(rubric: Rubric, **said: str) -> Scorecard:
    return score(rubric, claims(said))


WORKED: list[tuple[str, int, str, str]] = [
    # points of A1 (B1 150 and B2 50 are full), decimals, total, verdict
    ("232", 1, "86.4", "达标"),  # 432 ÷ 500 × 100 = 86.4
    ("232.25", 1, "86.5", "达标"),  # 86.45, half up
    ("232.24", 1, "86.4", "达标"),  # 86.448
    ("199.75", 1, "80", "达标"),  # 79.95 becomes the mark
    ("199.74", 1, "79.9", "未达标"),  # 79.948
    ("197.5", 0, "80", "达标"),  # 79.5
    ("197.49", 0, "79", "未达标"),  # 79.498
    ("199.97", 2, "79.99", "未达标"),  # 79.994
    ("199.98", 2, "80", "达标"),  # 79.996
    ("300", 1, "100", "达标"),
]


@pytest.mark.parametrize(("points", "decimals", "total", "verdict"), WORKED)
def test_the_total_is_converted_and_rounded_half_up(points: str, decimals: int, total: str, verdict: str) -> None:
    card = carded(five_hundred(decimals), A1=points, B1="150", B2="1")
    assert (plain(card.total), card.verdict.chinese) == (total, verdict)
    assert card.unconverted == card.raw == Fraction(points) + 200
    assert [plain(unit.score) for unit in card.units] == [plain(Fraction(points)), "200"]


def test_a_standard_without_it_is_what_it_was() -> None:
    rubric = standard(unit("1", item("A", criterion("A1", "300", rule=JUDGED))), passing="200")
    card = score(rubric, claims({"A1": "199.99"}))
    assert (plain(card.total), plain(card.rubric.full), card.rubric.full_marks) == ("199.99", "300", "300 分")
    assert phrases.converted(card) == []


def test_it_is_told_as_a_step() -> None:
    card = carded(five_hundred(), A1="232", B1="150", B2="1")
    assert phrases.converted(card) == ["得分 432 ÷ 满分 500 × 100，四舍五入保留 1 位 → 86.4 分"]
    card = carded(five_hundred(0), A1="232", B1="150", B2="1")
    assert phrases.converted(card) == ["得分 432 ÷ 满分 500 × 100，四舍五入取整数 → 86 分"]


def test_what_is_left_out_is_rescaled_before_the_conversion() -> None:
    rubric = five_hundred(not_applicable="rescaled")
    card = carded(rubric, A1="250", B1="130", B2="不涉及")
    # 380 of 450 is 422.22… of 500, and 84.44… of 100
    assert (card.raw, card.unconverted, plain(card.total)) == (Fraction(380), Fraction(3800, 9), "84.4")
    assert (phrases.left_out(card)[-1], phrases.converted(card)) == (
        "380 分折算为 422.22 分（基础得分 ÷ 应得满分 × 500）",
        ["得分 422.22 ÷ 满分 500 × 100，四舍五入保留 1 位 → 84.4 分"],
    )


def test_what_is_dropped_leaves_full_marks_as_they_are() -> None:
    card = carded(five_hundred(not_applicable="dropped"), A1="250", B1="130", B2="不涉及")
    assert (plain(card.total), plain(card.denominator)) == ("76", "450")


def test_bonus_points_are_counted_in_before_the_conversion() -> None:
    bonus = unit("3", item("X", criterion("X1", "30", rule=JUDGED)), bonus=True, points="20")
    rubric = five_hundred(units=(bonus,), not_applicable="rescaled")
    assert (plain(rubric.full), rubric.full_marks) == ("104", "104 分（由 520 分换算，基础 500，附加 20）")
    card = carded(rubric, A1="232", B1="150", B2="1", X1="25")  # 432 + 20 of 500
    assert (plain(card.total), plain(card.unconverted)) == ("90.4", "452")
    card = carded(rubric, A1="300", B1="150", B2="不涉及", X1="30")  # 500 + 20: what is beyond the base is not rescaled
    assert plain(card.total) == "104"


def test_full_marks_are_rounded_as_totals_are() -> None:
    bonus = unit("2", item("X", criterion("X1", "20")), bonus=True)
    base = unit("1", item("A", criterion("A1", "300")))
    rubric = standard(base, bonus, passing="80", scale={"points": "100", "decimals": "1"})
    card = score(rubric, claims({"A1": "1", "X1": "1"}))
    assert (plain(rubric.full), plain(card.total), plain(rubric.base)) == ("106.7", "106.7", "100")


def test_what_may_still_come_is_converted_too() -> None:
    card = carded(five_hundred(), A1="？", B1="99.75", B2="1")
    assert (plain(card.total), plain(card.at_most), card.verdict.chinese) == ("30", "90", "待更正")
    card = carded(five_hundred(), A1="？", B1="49.74", B2="1")  # 399.74 at most
    assert (plain(card.total), plain(card.at_most), card.verdict.chinese) == ("19.9", "79.9", "未达标")
    card = carded(five_hundred(), A1="？", B1="49.75", B2="1")  # 399.75 at most
    assert (plain(card.at_most), card.verdict.chinese) == ("80", "待更正")


def test_the_way_is_told_on_the_scale_of_totals() -> None:
    card = carded(five_hundred(), A1="300", B1="49.7", B2="0")  # 349.7 points: 69.9
    found = advise(card)
    assert found is not None
    assert (plain(found.gap), found.attainable) == ("10.1", True)
    steps = [(step.line.id, plain(step.gain), plain(step.reaches)) for step in found.enough]
    assert steps == [("B1", "20.1", "90")]
    assert [(step.line.id, plain(step.gain), plain(step.reaches)) for step in found.others] == [("B2", "10", "100")]


def test_what_is_lost_in_the_rounding_is_no_end_of_the_way() -> None:
    small = [criterion(f"B{number}", "0.4") for number in range(10)]
    units = (unit("1", item("A", criterion("A1", "796"), criterion("A2", "200"))), unit("2", item("B", *small)))
    rubric = standard(*units, passing="80", scale={"points": "100", "decimals": "1"})
    card = score(rubric, claims({"A1": "1"}))
    found = advise(card)
    assert found is not None
    assert [step.line.id for step in (*found.enough, *found.others)] == ["A2", *(f"B{number}" for number in range(10))]
    assert [plain(step.gain) for step in found.others] == ["0", "0.1", "0", "0.1", "0", "0", "0.1", "0", "0.1", "0"]
    assert plain(found.others[-1].reaches) == "100"


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_no_total_is_farther_from_the_exact_one_than_half_a_step(decimals: int) -> None:
    scale = five_hundred(decimals).scale
    assert scale is not None
    for hundredths in range(0, 50001, 7):
        exact = Fraction(hundredths, 100) / 5
        total = scale.converted(Fraction(hundredths, 100), Decimal(500))
        assert -scale.step / 2 < exact - total < Fraction(scale.step) / 2 or total - exact == Fraction(scale.step) / 2
        assert (total / Fraction(scale.step)).denominator == 1
