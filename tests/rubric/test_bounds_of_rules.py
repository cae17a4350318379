"""What a rule may hold, to the last hundredth: every bound from both sides, flaws in words, and nothing to change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from jieyue_cli.rubric.source import build
from jieyue_cli.text.numbers import finest, plain
from scoring.standards import Data, criterion, item, rule_of, standard, unit, written

PLAIN: list[tuple[Decimal | Fraction, str]] = [
    (Decimal("4.50"), "4.5"),
    (Decimal("4.00"), "4"),
    (Decimal("1E+2"), "100"),
    (Decimal(100), "100"),
    (Decimal("0.001"), "0.001"),
    (Decimal(0), "0"),
    (Fraction(9), "9"),
    (Fraction(1, 2), "0.5"),
    (Fraction(1, 3), "0.33"),
    (Fraction(7999, 100), "79.99"),
    (Fraction(79999, 1000), "79.999"),
    (Fraction(239999, 3000), "79.99"),
]


@pytest.mark.parametrize(("number", "text"), PLAIN)
def test_a_number_is_written_without_zeros_and_never_rounded_up(number: Decimal | Fraction, text: str) -> None:
    assert plain(number) == text


STEPS: list[tuple[list[str], str]] = [
    (["2", "2.5", "4"], "0.5"),
    (["2", "4", "6"], "2"),
    (["3", "5"], "1"),
    (["0.25", "0.1"], "0.05"),
    (["22.5", "7.5", "0"], "7.5"),
    (["0.5", "0.2"], "0.1"),
    (["0"], "1"),
    ([], "1"),
]


@pytest.mark.parametrize(("amounts", "step"), STEPS)
def test_the_largest_step_of_which_all_are_multiples(amounts: list[str], step: str) -> None:
    assert finest(map(Decimal, amounts)) == Decimal(step)


def problems_of(points: str, rule: Data) -> list[str]:
    """Say what is wrong with a standard whose only criterion has such a rule."""
    data = written(unit("U", item("I", criterion("C", points, rule=rule))), passing=points)
    rubric, problems = build(json.dumps(data, ensure_ascii=False).encode())
    assert (rubric is None) == bool(problems)
    return [problem.message for problem in problems]


def bands(*given: tuple[str, str, str], **more: Any) -> Data:
    return {"kind": "bands", "bands": [{name: bound, "points": points} for name, bound, points in given], **more}


def ladder(*given: tuple[str, str]) -> Data:
    return {"kind": "ladder", "steps": [{"name": name, "points": points} for name, points in given]}


def faults(*texts: str, **more: Any) -> Data:
    return {"kind": "deductions", "faults": [{"text": text, "lose": "1", **more} for text in texts]}


def linear(**more: Any) -> Data:
    return {"kind": "linear", "per": "1%", **more}


COUNT: Data = {"kind": "count", "each": "1", "measure": "项"}
SOUND: list[tuple[str, Data]] = [
    ("1000", {"kind": "all_or_nothing"}),
    ("0.01", {"kind": "all_or_nothing"}),
    ("1", COUNT),
    ("1", {**COUNT, "measure": "一二三四"}),
    ("5", ladder(("甲" * 60, "5"))),
    ("5", ladder(("甲", "5"), ("乙", "4.99"))),
    ("20", ladder(*((f"第{at}档", str(20 - at)) for at in range(20)))),
    ("20", bands(*(("up_to", str(at), str(20 - at)) for at in range(20)))),
    ("5", bands(("below", "1", "5"), ("up_to", "1", "4"))),
    ("5", bands(("up_to", "1", "5"), ("below", "1.01", "4"))),
    ("5", bands(("above", "1", "5"), ("at_least", "1", "4"))),
    ("5", bands(("at_least", "1", "5"), ("above", "0.99", "4"))),
    ("5", bands(("up_to", "0", "5"))),
    ("5", bands(("at_least", "100%", "5"))),
    ("5", bands(("above", "99.99%", "5"))),
    ("5", bands(("below", "-1", "5"), negative=True)),
    ("5", bands(("at_least", "101%", "5"), relative_to="均值")),
    ("5", bands(("up_to", "123456789", "5"), unit="一二三四五六七八九十一二")),
    ("5", bands(("up_to", "0.123456789012345678", "5"))),
    ("5", bands(("up_to", "0.00000001", "5"))),
    ("5", bands(("up_to", "1", "5"), relative_to={"name": "定额", "value": "1000000000"})),
    ("20", faults(*(f"情形{at}" for at in range(20)))),
    ("20", faults("甲" * 60, measure="一二三四")),
    ("5", linear(above="95%", gain="1")),
    ("5", linear(above="95%", gain="5", least="4.99")),
    ("1000", linear(above="0%", gain="0.01", least="999.99")),
    ("5", linear(below="5%", gain="1")),
    ("5", linear(below="100%", lose="5")),
    ("5", linear(above="0%", lose="1")),
    ("5", linear(above="-1%", lose="1", negative=True)),
    ("5", {"kind": "linear", "above": "1000", "per": "0.01", "gain": "1"}),
    ("3.5", {"kind": "judged", "step": "0.5"}),
    ("3", {"kind": "judged"}),
]


@pytest.mark.parametrize(("points", "rule"), SOUND)
def test_a_rule_at_its_bounds_is_sound(points: str, rule: Data) -> None:
    assert problems_of(points, rule) == []


def twenty_one(kind: str, of: str, *, bound: bool = False) -> Data:
    entries = [{"up_to": str(at)} if bound else {"name": f"第{at}档"} for at in range(21)]
    return {"kind": kind, of: [{**entry, "points": str(21 - at)} for at, entry in enumerate(entries)]}


REFUSED: list[tuple[str, Data]] = [
    ("1", {**COUNT, "measure": "一二三四五"}),
    ("1", {**COUNT, "measure": ""}),
    ("5", ladder(("甲" * 61, "5"))),
    ("5", ladder(("", "5"))),
    ("5", ladder(('甲"', "5"))),
    ("5", ladder(("甲\x7f", "5"))),
    ("21", twenty_one("ladder", "steps")),
    ("5", ladder()),
    ("21", twenty_one("bands", "bands", bound=True)),
    ("5", bands()),
    ("5", bands(("up_to", "1234567890", "5"))),
    ("5", bands(("up_to", "0.1234567890123456789", "5"))),
    ("5", bands(("up_to", "0.000000001", "5"))),
    ("5", bands(("up_to", "1e-10", "5"))),
    ("5", bands(("up_to", "NaN", "5"))),
    ("5", bands(("up_to", "1", "5"), unit="一二三四五六七八九十一二三")),
    ("5", bands(("up_to", "1", "5"), unit="")),
    ("5", bands(("up_to", "1", "5"), relative_to={"name": "定额", "value": "1000000000.01"})),
    ("5", bands(("up_to", "1", "5"), relative_to={"name": "定额", "value": "0"})),
    ("5", bands(("up_to", "1", "5"), relative_to="甲" * 61)),
    ("21", faults(*(f"情形{at}" for at in range(21)))),
    ("5", faults()),
    ("5", faults("甲" * 61)),
    ("5", faults("甲", measure="一二三四五")),
    ("5", faults("甲", measure="")),
    ("5", linear(above="90%", gain="1", least="-0.01")),
    ("5", linear(above="0%", lose="1", least="0.001")),
]


@pytest.mark.parametrize(("points", "rule"), REFUSED)
def test_a_value_beyond_its_bounds_is_refused(points: str, rule: Data) -> None:
    assert len(problems_of(points, rule)) == 1


@pytest.mark.parametrize("points", ["1000.01", "0", "0.001", "-1"])
def test_no_points_are_nothing_endless_or_finer_than_a_hundredth(points: str) -> None:
    assert problems_of(points, {"kind": "all_or_nothing"})


def never(name: str, why: str) -> list[str]:
    return [f"“{name}”这一档永远得不到：{why}，请改正或删除。"]


def top(most: str, points: str) -> list[str]:
    return [f"最高只能得到 {most} 分，分值写的是 {points} 分，请改到一致。"]


def below_once(points: str, once: str) -> list[str]:
    return [f"最高 {points} 分比每次的 {once} 分还少，永远得不到满一次的分，请改正。"]


def either(names: str) -> list[str]:
    return [f"{names} 要写一个，也只能写一个，请改正。"]


def value(key: str, seen: str, expected: str) -> list[str]:
    return [f"“{key}”的值“{seen}”不对，应为{expected}，请改正。"]


FLAWED: list[tuple[str, Data, list[str]]] = [
    ("0.99", COUNT, below_once("0.99", "1")),
    ("5", ladder(("甲", "5"), ("乙", "5")), never("乙", "它不比前一档“甲”的分少")),
    ("5", ladder(("甲", "5"), ("乙", "6")), never("乙", "它不比前一档“甲”的分少")),
    ("5", ladder(("甲", "5"), ("乙", "3"), ("丙", "4")), never("丙", "它不比前一档“乙”的分少")),
    ("5", ladder(("甲", "4.99")), top("4.99", "5")),
    ("5", ladder(("甲", "5.01")), top("5.01", "5")),
    ("5", bands(("up_to", "1", "4.99")), top("4.99", "5")),
    ("5", bands(("up_to", "1", "5"), ("up_to", "2", "5")), never("≤2", "它不比前一档“≤1”的分少")),
    ("5", bands(("up_to", "1", "5"), ("up_to", "2", "6")), never("≤2", "它不比前一档“≤1”的分少")),
    ("5", bands(("up_to", "1", "5"), ("below", "1", "4")), never("<1", "前一档“≤1”已经包含它")),
    ("5", bands(("up_to", "1", "5"), ("up_to", "1", "4")), never("≤1", "前一档“≤1”已经包含它")),
    ("5", bands(("below", "1", "5"), ("below", "1", "4")), never("<1", "前一档“<1”已经包含它")),
    ("5", bands(("at_least", "1", "5"), ("above", "1", "4")), never(">1", "前一档“≥1”已经包含它")),
    ("5", bands(("at_least", "1", "5"), ("at_least", "2", "4")), never("≥2", "前一档“≥1”已经包含它")),
    ("5", bands(("above", "1", "5"), ("above", "1", "4")), never(">1", "前一档“>1”已经包含它")),
    ("5", bands(("up_to", "1", "5"), ("above", "1", "4")), never(">1", "它与前一档“≤1”方向相反")),
    ("5", bands(("above", "1", "5"), ("below", "1", "4")), never("<1", "它与前一档“>1”方向相反")),
    ("5", bands(("below", "0", "5")), never("<0", "填报的值最小是 0")),
    ("5", bands(("up_to", "-0.01", "5")), never("≤-0.01", "填报的值最小是 0")),
    ("5", bands(("above", "100%", "5")), never(">100%", "填报的值最大是 100%")),
    ("5", bands(("at_least", "100.01%", "5")), never("≥100.01%", "填报的值最大是 100%")),
    ("5", bands(("below", "-1%", "5")), never("<-1%", "填报的值最小是 0%")),
    ("5", bands(("up_to", "5", "5"), unit="%"), value("up_to", "5", "百分数（如 5%），因为这一计分方式里别处带 %")),
    ("5", faults("甲", "乙", "甲"), ["名称“甲”用了两次，请改成不重复的名称。"]),
    ("5", linear(above="95%", below="90%", gain="1"), either("above、below")),
    ("5", linear(gain="1"), either("above、below")),
    ("5", linear(above="95%"), either("gain、lose")),
    ("5", linear(above="95%", gain="1", lose="1"), either("gain、lose")),
    ("5", linear(above="95%", gain="5.01"), below_once("5", "5.01")),
    ("5", linear(above="0%", lose="5.01"), below_once("5", "5.01")),
    ("5", linear(above="96%", gain="1"), top("4", "5")),
    ("5", linear(above="95.01%", gain="1"), top("4", "5")),
    ("5", linear(below="4.99%", gain="1"), top("4", "5")),
    ("5", linear(below="101%", lose="1"), top("4", "5")),
    ("5", linear(above="-1%", lose="1"), top("4", "5")),
    ("5", linear(above="0%", lose="1", least="5"), value("least", "5", "小于分值 5 的数")),
    ("5", linear(above="0%", lose="1", least="5.01"), value("least", "5.01", "小于分值 5 的数")),
    ("5", linear(above="90%", gain="1", per="0%"), value("per", "0%", "大于 0 的数")),
    ("5", linear(above="90%", gain="1", per="-1%"), value("per", "-1%", "大于 0 的数")),
    ("3.5", {"kind": "judged"}, top("3", "3.5")),
    ("0.4", {"kind": "judged", "step": "0.5"}, top("0", "0.4")),
]


@pytest.mark.parametrize(("points", "rule", "messages"), FLAWED)
def test_a_rule_that_is_unsound_as_a_whole_is_told(points: str, rule: Data, messages: list[str]) -> None:
    assert problems_of(points, rule) == messages


STEPS_OF_RULES: list[tuple[str, Data, list[str] | None]] = [
    ("2.5", {"kind": "all_or_nothing"}, ["0", "2.5"]),
    ("5", {**COUNT, "each": "2"}, ["0", "2", "4", "5"]),
    ("4", {**COUNT, "each": "2"}, ["0", "2", "4"]),
    ("5", ladder(("甲", "5"), ("乙", "2.5")), ["0", "2.5", "5"]),
    ("5", bands(("up_to", "1", "5"), ("up_to", "2", "0.5")), ["0", "0.5", "5"]),
    ("5", linear(above="90%", gain="2"), ["0", "2", "4", "5"]),
    ("4", linear(above="90%", gain="2"), ["0", "2", "4"]),
    ("5", linear(above="90%", gain="2", least="1"), ["0", "1", "3", "5"]),
    ("5", linear(above="0%", lose="2"), ["0", "1", "3", "5"]),
    ("5", linear(above="0%", lose="2", least="1"), ["0", "1", "3", "5"]),
    ("5", linear(above="0%", lose="2", least="2"), ["0", "2", "3", "5"]),
    ("4", faults("甲", "乙", lose="1.5"), ["0", "1", "2.5", "4"]),
    ("4", faults("甲", lose="1.5"), ["0", "2.5", "4"]),
    ("4", faults("甲", lose="1.5", measure="个"), ["0", "1", "2.5", "4"]),
    ("1.5", {"kind": "judged", "step": "0.5"}, ["0", "0.5", "1", "1.5"]),
    ("15", {"kind": "completion_rate"}, None),
]


@pytest.mark.parametrize(("points", "rule", "steps"), STEPS_OF_RULES)
def test_every_score_that_a_rule_can_give(points: str, rule: Data, steps: list[str] | None) -> None:
    possible = rule_of(points, rule).steps(Decimal(points))
    assert (None if possible is None else [plain(step) for step in possible]) == steps


def parts_of(*points: str) -> list[Data]:
    return [criterion(f"C{at}", most, rule={"kind": "judged", "step": "0.01"}) for at, most in enumerate(points)]


POSSIBLE: list[tuple[str, str, list[Data], list[str] | None]] = [
    ("sum", "3", [criterion("C1", "1"), criterion("C2", "2")], ["0", "1", "2", "3"]),
    ("sum", "2.5", [criterion("C1", "1"), criterion("C2", "1.5")], ["0", "1", "1.5", "2.5"]),
    ("sum", "3", [criterion("C1", "1"), criterion("C2", "2", rule={"kind": "completion_rate"})], None),
    ("sum", "8.97", parts_of("3.99", "4.98"), [plain(Decimal(cents) / 100) for cents in range(898)]),
    ("sum", "8.98", parts_of("3.99", "4.99"), None),  # 400 times 500 different sums are too many to list
    ("either", "2", [criterion("C1", "1"), criterion("C2", "2")], ["0", "1", "2"]),
    ("either", "2", [criterion("C1", "1"), criterion("C2", "2", rule={"kind": "completion_rate"})], None),
    ("all_of", "2", [{"id": "C1", "text": "甲"}, {"id": "C2", "text": "乙"}], ["0", "2"]),
]


@pytest.mark.parametrize(("kind", "points", "parts", "steps"), POSSIBLE)
def test_every_score_that_parts_can_have_together(
    kind: str, points: str, parts: list[Data], steps: list[str] | None
) -> None:
    whole = criterion("C", points, rule={"kind": kind}, parts=parts)
    (made,) = standard(unit("1", item("I", whole)), passing=points).items[0].outline
    assert (None if made.steps is None else [plain(step) for step in made.steps]) == steps


def models(made: BaseModel) -> Iterable[BaseModel]:
    yield made
    for value in dict(made).values():
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                yield from models(inner)


@pytest.mark.parametrize(("points", "rule"), SOUND)
def test_a_rule_cannot_be_changed(points: str, rule: Data) -> None:
    for made in models(rule_of(points, rule)):
        name = next(iter(type(made).model_fields))
        with pytest.raises(ValidationError, match="frozen"):
            setattr(made, name, getattr(made, name))


@pytest.mark.parametrize("kind", ["either", "all_of", "sum"])
def test_how_parts_come_together_cannot_be_changed(kind: str) -> None:
    whole = criterion("C", "1", rule={"kind": kind}, parts=[{"id": "C1", "points": "1", "text": "甲"}])
    (made,) = standard(unit("1", item("I", whole)), passing="1").items[0].outline
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made.rule, "kind", kind)  # noqa: B010 -- a type checker would refuse it too
