"""酌情得0~3分: points judged within a range, in steps."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import POINTS, Data, Fault, Kind, Sample

SAMPLES = (
    Sample(
        name="judged by steps of 2.5",
        points="22.5",
        rule="{kind: judged, step: 2.5}",
        describe="酌情得0～22.5分，2.5分一档",
        steps="0 2.5 5 7.5 10 12.5 15 17.5 20 22.5",
        answers={
            "2.5": "酌情 2.5 分，最高 22.5 分 → 2.5 分",
            "22.5": "酌情 22.5 分，最高 22.5 分 → 22.5 分",
        },
        improve={
            "": "做得更好",
            "2.5": "做得更好",
        },
    ),
    Sample(
        name="judged by halves of 3.5",
        points="3.5",
        rule="{kind: judged, step: 0.5}",
        describe="酌情得0～3.5分，0.5分一档",
        steps="0 0.5 1 1.5 2 2.5 3 3.5",
        answers={
            "3.5": "酌情 3.5 分，最高 3.5 分 → 3.5 分",
        },
        improve={
            "": "做得更好",
        },
        faults=(
            Fault(
                "step: 0.5}",
                "step: 1}",
                "rubric-top «3.5, rul» 最高只能得到 3 分，分值写的是 3.5 分，请改到一致。",
            ),
        ),
    ),
    Sample(
        name="judged by whole points",
        points="2",
        rule="{kind: judged}",
        describe="酌情得0～2分，1分一档",
        steps="0 1 2",
        answers={
            "2": "酌情 2 分，最高 2 分 → 2 分",
            "1": "酌情 1 分，最高 2 分 → 1 分",
        },
        improve={
            "": "做得更好",
            "1": "做得更好",
        },
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """Any step that the points are a multiple of."""
    return {"kind": "judged", "step": str(chance.choice([step for step in POINTS if not points % step]))}


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal:
    """One step up."""
    return min(asked.most or answer, answer + (asked.step or 0))


KIND = Kind(SAMPLES, at_random, better)
