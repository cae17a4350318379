"""每发现1个烟头扣1分: full points less what each fault costs."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import POINTS, Data, Fault, Kind, Sample, maybe

SAMPLES = (
    Sample(
        name="deductions of several weights",
        points="4",
        rule=("{kind: deductions, faults: [{text: 没有计划, lose: 1}, {text: 发现烟头, lose: 0.5, measure: 个}]}"),
        describe="满分4分，没有计划扣1分，发现烟头每个扣0.5分，扣完为止",
        steps="0 0.5 1 1.5 2 2.5 3 3.5 4",
        answers={
            "0；0": "满分 4 分，没有扣分情形 → 4 分",
            "1；3": "满分 4 分，没有计划扣 1 分，发现烟头 3 个扣 1.5 分 → 1.5 分",
            "1；100": "满分 4 分，没有计划扣 1 分，发现烟头 100 个扣 50 分 → 0 分",
            "空；3": "C/1 未填报，填全才计分 → 0 分",
            "空；空": "未填报 → 0 分",
        },
        improve={
            "": "填清各扣分情形",
            "1；3": "消除扣分情形",
            "1；100": "消除扣分情形",
        },
    ),
    Sample(
        name="a fault that is there or not",
        points="2",
        rule="{kind: deductions, faults: [{text: 甲, lose: 1.5}]}",
        describe="满分2分，甲扣1.5分，扣完为止",
        steps="0 0.5 2",
        answers={
            "0": "满分 2 分，没有扣分情形 → 2 分",
            "1": "满分 2 分，甲扣 1.5 分 → 0.5 分",
        },
        improve={
            "": "填清各扣分情形",
            "1": "消除扣分情形",
        },
    ),
    Sample(
        name="two faults of one weight",
        points="4",
        rule="{kind: deductions, faults: [{text: 无计划, lose: 1}, {text: 发现烟头, lose: 1, measure: 个}]}",
        describe="满分4分，无计划扣1分，发现烟头每个扣1分，扣完为止",
        steps="0 1 2 3 4",
        answers={
            "0；0": "满分 4 分，没有扣分情形 → 4 分",
            "1；2": "满分 4 分，无计划扣 1 分，发现烟头 2 个扣 2 分 → 1 分",
        },
        improve={
            "": "填清各扣分情形",
            "1；2": "消除扣分情形",
        },
        faults=(
            Fault(
                "{text: 发现烟头, lose: 1, measure: 个}",
                "{text: 无计划, lose: 1}",
                "rubric-duplicate-name «无计划, lose: 1}]» 名称“无计划”用了两次，请改成不重复的名称。",
            ),
        ),
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """One to three faults, counted or not."""
    faults: list[Data] = []
    for at in range(chance.randint(1, 3)):
        lose = chance.choice([amount for amount in POINTS if amount <= points])
        faults.append({"text": f"情形{at}", "lose": str(lose)} | ({"measure": "处"} if maybe(chance, 0.5) else {}))
    return {"kind": "deductions", "faults": faults}


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal:
    """The fault is not there."""
    return Decimal(0)


KIND = Kind(SAMPLES, at_random, better)
