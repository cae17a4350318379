"""得2分: all the points or none."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import Data, Kind, Sample

SAMPLES = (
    Sample(
        name="all or nothing",
        points="2.5",
        rule="{kind: all_or_nothing}",
        describe="是得2.5分，否不得分",
        steps="0 2.5",
        answers={
            "1": "填“是” → 2.5 分",
            "0": "填“否” → 0 分",
            "空": "未填报 → 0 分",
            "？": "“…”无法采信，更正后最多 2.5 分 → 0 分",
            "不涉及": "填“不涉及”，本标准不设不涉及 → 0 分",
        },
        improve={
            "": "做到即得",
            "0": "做到即得",
        },
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """Nothing need be written for it."""
    return {}


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal:
    """是."""
    return Decimal(1)


KIND = Kind(SAMPLES, at_random, better)
