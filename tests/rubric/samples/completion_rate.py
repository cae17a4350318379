"""完成率×分值: the share that is done, of the points."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import Data, Kind, Sample

SAMPLES = (
    Sample(
        name="a completion rate",
        points="15",
        rule="{kind: completion_rate}",
        describe="完成率×15分",
        steps=None,
        answers={
            "100": "填 100%，完成率×15 分 → 15 分",
            "93.33": "填 93.33%，完成率×15 分 → 13.9995 分",
            "0": "填 0%，完成率×15 分 → 0 分",
        },
        improve={
            "": "全部完成",
            "93.33": "全部完成",
        },
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """It has no keys."""
    return {"kind": "completion_rate"}


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal:
    """All of it."""
    return Decimal(100)


KIND = Kind(SAMPLES, at_random, better)
