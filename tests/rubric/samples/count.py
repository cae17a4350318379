"""每项得1分，最高得5分: points for each occurrence up to a cap."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import POINTS, Data, Fault, Kind, Sample, maybe

SAMPLES = (
    Sample(
        name="a count whose cap is no multiple",
        points="5",
        rule="{kind: count, each: 2, measure: 项}",
        describe="每项2分，最高5分",
        steps="0 2 4 5",
        answers={
            "0": "填 0 项，每项 2 分，最高 5 分 → 0 分",
            "2": "填 2 项，每项 2 分，最高 5 分 → 4 分",
            "3": "填 3 项，每项 2 分，最高 5 分 → 5 分",
            "1000000": "填 1000000 项，每项 2 分，最高 5 分 → 5 分",
        },
        improve={
            "": "再增加 3 项",
            "0": "再增加 3 项",
            "2": "再增加 1 项",
        },
    ),
    Sample(
        name="a count by tenths",
        points="0.3",
        rule="{kind: count, each: 0.1, measure: 次}",
        describe="每次0.1分，最高0.3分",
        steps="0 0.1 0.2 0.3",
        answers={
            "3": "填 3 次，每次 0.1 分，最高 0.3 分 → 0.3 分",
        },
        improve={
            "": "再增加 3 次",
        },
        faults=(
            Fault(
                "each: 0.1",
                "each: 0.4",
                "rubric-cap «0.3, rul» 最高 0.3 分比每次的 0.4 分还少，永远得不到满一次的分，请改正。",
            ),
        ),
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """Any amount for each that is not above the cap."""
    each = chance.choice([amount for amount in POINTS if amount <= points])
    return {"kind": "count", "each": str(each), "measure": "项", "distinct": maybe(chance, 0.5)}


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal:
    """One more."""
    return answer + 1


KIND = Kind(SAMPLES, at_random, better)
