"""执行数÷预算数×10分: the quotient of two values, of the points."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import Data, Fault, Kind, Sample, maybe

SAMPLES = (
    Sample(
        name="a ratio of two values that are asked for",
        points="10",
        rule="{kind: ratio, of: 执行数, by: 预算数, unit: 万元}",
        describe="执行数÷预算数×10分，最高10分",
        steps=None,
        answers={
            "480；500": "执行数 480 万元 ÷ 预算数 500 万元 = 96%，×10 分 → 9.6 分",
            "1；3": "执行数 1 万元 ÷ 预算数 3 万元 = 33.33%，×10 分 → 3.33 分",
            "500；500": "执行数 500 万元 ÷ 预算数 500 万元 = 100%，达到 100%，得满分 → 10 分",
            "501；500": "执行数 501 万元 ÷ 预算数 500 万元 = 100.2%，达到 100%，得满分 → 10 分",
            "0；500": "执行数 0 万元 ÷ 预算数 500 万元 = 0%，×10 分 → 0 分",
            "空；500": "C/1 未填报，填全才计分 → 0 分",
            "空；空": "未填报 → 0 分",
            "480；？": "“…”无法采信，更正后最多 10 分 → 0 分",
            "不涉及；不涉及": "填“不涉及”，本标准不设不涉及 → 0 分",
        },
        improve={
            "": "执行数÷预算数达到 100%",
            "480；500": "执行数÷预算数达到 100%",
        },
        faults=(
            Fault(
                "by: 预算数",
                "by: 执行数",
                "rubric-value «执行数, unit» “by”的值“执行数”不对，应为与 of 不同的一项，否则比值总是 1，请改正。",
            ),
            Fault(
                "unit: 万元",
                "unit: 万元, target: 0%",
                "rubric-value «0%}» “target”的值“0%”不对，应为大于 0 的数或百分数，请改正。",
            ),
            Fault(
                "by: 预算数, ",
                "",
                "rubric-missing-key «{kind» 缺少“by”这一项，请补上。",
            ),
        ),
    ),
    Sample(
        name="a ratio of inputs with a target",
        points="8",
        rule="{kind: ratio, of: {input: R1}, by: {input: R2}, target: 95%}",
        inputs=(
            "{id: R1, text: 完成数, answer: count, unit: 台}, "
            "{id: R2, text: 应完成数, answer: count, unit: 台, positive: true}"
        ),
        describe="完成数÷应完成数÷95%×8分，最高8分",
        steps=None,
        answers={
            "95；100": "完成数 95 台 ÷ 应完成数 100 台 = 95%，达到 95%，得满分 → 8 分",
            "38；100": "完成数 38 台 ÷ 应完成数 100 台 = 38%，÷95%×8 分 → 3.2 分",
            "空；100": "R1 未填报，填全才计分 → 0 分",
            "空；空": "R1、R2 未填报 → 0 分",
        },
        improve={
            "": "完成数÷应完成数达到 95%",
            "38；100": "完成数÷应完成数达到 95%",
        },
        faults=(
            Fault(
                "by: {input: R2}",
                "by: {input: R9}",
                "rubric-unknown-name «R9}» “R9”不在 基本数据 inputs 中，应为：R1、R2，请改正。",
            ),
            Fault(
                "by: {input: R2}",
                "by: {input: R1}",
                (
                    "rubric-value «{input: R1}, target» “by”的值“完成数”不对，"
                    "应为与 of 不同的一项，否则比值总是 1，请改正。"
                ),
                "rubric-parts «R1}, target» R1 在这里作除数，不能填 0，请在它那里写 positive: true，请改正。",
            ),
            Fault(
                "by: {input: R2}",
                "by: {input: R2, unit: 台}",
                (
                    "rubric-unknown-key «台}, target» 没有“unit”这一项，写了 input 的，"
                    "名称、单位等都由基本数据而来，请删除它。"
                ),
            ),
            Fault(
                "answer: count, unit: 台, positive: true",
                "answer: count, unit: 台",
                "rubric-parts «R2}, target» R2 在这里作除数，不能填 0，请在它那里写 positive: true，请改正。",
            ),
            Fault(
                "answer: count, unit: 台, positive: true",
                "answer: percent",
                "rubric-parts «R2}, target» R2 填的是百分数，这里要用填数值、数量的基本数据，请改正。",
            ),
        ),
    ),
    Sample(
        name="a ratio of which less is better",
        points="6",
        rule="{kind: ratio, of: {input: R3}, by: {input: R4}, target: 1.5, reverse: true}",
        inputs=(
            "{id: R3, text: 年用电量, answer: number, unit: 千瓦时}, "
            "{id: R4, text: 建筑面积, answer: number, unit: 平方米, positive: true}"
        ),
        describe="1.5÷（年用电量÷建筑面积）×6分，最高6分",
        steps=None,
        answers={
            "0；8": "年用电量 0 千瓦时 ÷ 建筑面积 8 平方米 = 0，不高于 1.5，得满分 → 6 分",
            "12；8": "年用电量 12 千瓦时 ÷ 建筑面积 8 平方米 = 1.5，不高于 1.5，得满分 → 6 分",
            "24；8": "年用电量 24 千瓦时 ÷ 建筑面积 8 平方米 = 3，1.5÷比值×6 分 → 3 分",
        },
        improve={
            "24；8": "年用电量÷建筑面积降到 1.5",
        },
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """Of two values that are asked for, in either direction."""
    target = {"target": chance.choice(["95%", "1.5", "30%"])} if maybe(chance, 0.5) else {}
    return {"kind": "ratio", "of": "执行数", "by": "计划数", "reverse": maybe(chance, 0.3)} | target


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal | None:
    """More, or less where less is better."""
    moved = answer + (Decimal("-0.7") if rule.reverse else Decimal("0.7"))
    return moved if moved >= 0 else None


KIND = Kind(SAMPLES, at_random, better)
