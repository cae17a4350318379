"""The live formula of every rule kind shows what the rule scores, at every bound and on either side of it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from jieyue_cli.rubric.rules import Combination, LineState, Outcome
from scoring.standards import Data, criterion, item, rule_of, standard, unit

ERROR = math.nan
"""An error value: whatever is worked out from it is one too."""
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "MAX": lambda *numbers: ERROR if any(map(math.isnan, numbers)) else max(numbers),
    "MIN": lambda *numbers: ERROR if any(map(math.isnan, numbers)) else min(numbers),
    "INT": lambda number: number if math.isnan(number) else math.floor(number),
    "ROUND": round,
    "IF": lambda condition, then, otherwise: then if condition else otherwise,
    "IFERROR": lambda number, otherwise: otherwise if math.isnan(number) else number,
    "ISERROR": math.isnan,
    "AND": lambda *conditions: all(conditions),
    "OR": lambda *conditions: any(conditions),
    "NOT": lambda condition: not condition,
    "NA": lambda: ERROR,
    "CHOOSE": lambda place, *values: values[int(place) - 1],
}


def calculated(formula: str, cells: dict[str, Any]) -> float:
    """Work out a formula as a spreadsheet program does."""
    python = re.sub(r"(?<![<>])=", "==", formula)
    return float(eval(python, {"__builtins__": {}}, {**_FUNCTIONS, **cells}))  # noqa: S307 -- the program's own text


FINE = ["0", "0.01", "0.89", "0.9", "0.91", "0.99", "1", "1.01", "1.19", "1.2", "1.21", "9.99", "10", "10.01", "12"]
SHARES = ["0", "0.5", "1", "1.5", "2", "50", "94", "95.9", "96", "96.5", "97", "97.99", "98", "99", "99.99", "100"]
BELOW_NOTHING = ["-100", "-10.5", "-4", "-3.5", "-3", "-0.5", "-0.01"]
UP = [{"at_least": "10", "points": "7"}, {"above": "1", "points": "6.5"}, {"above": "0.9", "points": 2}]
DOWN = [{"below": "0.9", "points": "7"}, {"up_to": "0.9", "points": 6}, {"up_to": "1.2", "points": "0.25"}]
RATIOS = [{"up_to": "90%", "points": 7}, {"below": "100%", "points": 3}]
RULES: list[tuple[str, str, Data, list[Sequence[str]]]] = [
    ("all or nothing", "2.5", {"kind": "all_or_nothing"}, [["0", "1"]]),
    ("count", "5", {"kind": "count", "each": 2, "measure": "项"}, [["0", "1", "2", "3", "100"]]),
    (
        "ladder",
        "5",
        {"kind": "ladder", "steps": [{"name": "甲", "points": 5}, {"name": "乙", "points": "2.5"}]},
        [["0", "1", "2"]],
    ),
    ("bands upward", "7", {"kind": "bands", "bands": UP}, [FINE]),
    ("bands downward", "7", {"kind": "bands", "bands": DOWN}, [FINE]),
    ("bands of a ratio", "7", {"kind": "bands", "relative_to": "均值", "bands": DOWN}, [FINE, ["0.5", "1", "3", "10"]]),
    (
        "bands of a ratio to a quota in per cent",
        "7",
        {"kind": "bands", "relative_to": {"name": "定额", "value": 12}, "bands": RATIOS},
        [["0", "10.79", "10.8", "10.81", "11.99", "12", "12.01"]],
    ),
    ("ratio", "10", {"kind": "ratio", "of": "甲", "by": "乙", "target": "95%"}, [FINE, ["0.5", "3", "10"]]),
    ("ratio of whole numbers", "7", {"kind": "ratio", "of": "甲", "by": "乙"}, [FINE, ["7", "12"]]),
    (
        "ratio of which less is better",
        "6",
        {"kind": "ratio", "of": "甲", "by": "乙", "target": "1.5", "reverse": True},
        [FINE[1:], ["0.5", "3", "10"]],
    ),
    ("gain upward", "8", {"kind": "linear", "above": "96%", "per": "1%", "gain": 2}, [SHARES]),
    ("gain upward from a floor", "8", {"kind": "linear", "above": "1", "per": "3", "gain": 2, "least": 1}, [FINE]),
    ("gain downward", "5", {"kind": "linear", "below": 10, "per": "0.5", "gain": "0.5", "least": 1}, [FINE]),
    (
        "loss upward",
        "15",
        {"kind": "linear", "above": "-4%", "per": "0.5%", "lose": 2, "least": 3, "negative": True},
        [[*BELOW_NOTHING, *SHARES]],
    ),
    (
        "loss downward",
        "10",
        {"kind": "linear", "below": "1.2", "per": "0.1", "lose": 1, "relative_to": "计划数"},
        [FINE, ["0.3", "1", "10"]],
    ),
    (
        "deductions",
        "4",
        {"kind": "deductions", "faults": [{"text": "甲", "lose": 1}, {"text": "乙", "lose": "0.5", "measure": "个"}]},
        [["0", "1"], ["0", "1", "5", "6", "7", "100"]],
    ),
    ("completion rate", "15", {"kind": "completion_rate"}, [SHARES]),
    ("judged", "3.5", {"kind": "judged", "step": "0.5"}, [["0", "0.5", "3.5"]]),
]


@pytest.mark.parametrize(
    ("points", "rule", "grid"), [pytest.param(*case[1:], id=case[0]) for case in RULES], ids=lambda value: ""
)
def test_the_formula_shows_what_the_rule_scores(points: str, rule: Data, grid: list[Sequence[str]]) -> None:
    made, most = rule_of(points, rule), Decimal(points)
    cells = [f"C{number}" for number in range(1, len(grid) + 1)]
    formula = made.formula(cells, most)
    for written in itertools.product(*grid):
        answers = [Decimal(number) for number in written]
        # a cell that shows 95% holds 0.95; the form hands 95 over to the formula, as the rule understands it
        shown = calculated(formula, dict(zip(cells, map(float, answers), strict=True)))
        assert shown == pytest.approx(float(made.score(answers, most)), abs=1e-9), written


WRITTEN: list[tuple[str, Data, str]] = [
    ("2.5", {"kind": "all_or_nothing"}, "C1*2.5"),
    ("7", {"kind": "bands", "bands": UP[:2]}, "IF(ROUND(C1,9)>=10,7,IF(ROUND(C1,9)>1,6.5,0))"),
    (
        "7",
        {"kind": "bands", "relative_to": {"name": "定额", "value": 12}, "bands": RATIOS[:1]},
        "IF(ROUND(C1*100/12,9)<=90,7,0)",
    ),
    (
        "15",
        {"kind": "linear", "above": "-4%", "per": "0.5%", "lose": 2, "least": 3, "negative": True},
        "MAX(3,15-MAX(0,INT(ROUND((ROUND(C1,9)-(-4))/0.5,9)))*2)",
    ),
    (
        "10",
        {"kind": "linear", "below": "1.2", "per": "0.1", "gain": 1, "relative_to": "计划数"},
        "MIN(10,0+MAX(0,INT(ROUND(((1.2)-ROUND(C1/C2,9))/0.1,9)))*1)",
    ),
]


@pytest.mark.parametrize(("points", "rule", "formula"), WRITTEN)
def test_the_formula_as_the_form_holds_it(points: str, rule: Data, formula: str) -> None:
    assert rule_of(points, rule).formula(["C1", "C2"], Decimal(points)) == formula


PARTS: list[tuple[str, str, list[Data]]] = [
    ("either", "4", [criterion("C1", "4"), criterion("C2", "2.5"), criterion("C3", "1")]),
    ("all_of", "4", [{"id": "C1", "text": "甲"}, {"id": "C2", "text": "乙"}, {"id": "C3", "text": "丙"}]),
    ("sum", "7.5", [criterion("C1", "4"), criterion("C2", "2.5"), criterion("C3", "1")]),
]


@pytest.mark.parametrize(("kind", "points", "parts"), PARTS, ids=[case[0] for case in PARTS])
def test_the_formula_of_parts_shows_what_they_score_together(kind: str, points: str, parts: list[Data]) -> None:
    whole = criterion("C", points, rule={"kind": kind}, parts=parts, not_applicable="dropped")
    made = next(iter(standard(unit("1", item("I", whole)), passing=points).items[0].outline))
    assert isinstance(made.rule, Combination)
    most, worths = made.points, [part.points for part in made.parts]
    named = [(f"P{number}", f"OUT{number}", worth) for number, worth in enumerate(worths, 1)]
    formula = made.rule.formula(named, most)
    states = [("full", 1), ("none", 0), ("pending", None), ("out", None)]
    for told in itertools.product([name for name, _ in states], repeat=len(parts)):
        outcomes = [(_outcome(name, worth), worth) for name, worth in zip(told, worths, strict=True) if name != "out"]
        if not outcomes:
            continue  # the whole is left out, and has no formula
        shown = calculated(
            formula,
            {
                **{f"P{at}": _cell(name, worths[at - 1]) for at, name in enumerate(told, 1)},
                **{f"OUT{at}": name == "out" for at, name in enumerate(told, 1)},
            },
        )
        want = made.rule.combine(outcomes, most)
        if want.state is LineState.PENDING:
            assert math.isnan(shown), told
        else:
            assert shown == pytest.approx(float(want.at_least)), told


def _outcome(name: str, worth: Decimal) -> Outcome:
    if name == "pending":
        return Outcome(LineState.PENDING, Fraction(0), Fraction(worth))
    earned = Fraction(worth if name == "full" else 0)
    return Outcome(LineState.SCORED, earned, earned)


def _cell(name: str, worth: Decimal) -> float:
    return {"full": float(worth), "none": 0.0, "pending": ERROR, "out": 0.0}[name]
