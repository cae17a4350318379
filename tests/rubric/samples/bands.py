"""≤0.9×平均值 7分 / ≤平均值 6分 / 其余 0: bands of a measured value."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import Data, Fault, Kind, Sample, beside, falling, maybe, nearer

SAMPLES = (
    Sample(
        name="four bands of the ratio to a mean",
        points="7",
        rule=(
            "{kind: bands, unit: 立方米/人, relative_to: 同类单位平均值, bands: [{up_to: 0.9, "
            "points: 7}, {up_to: 1, points: 6}, {up_to: 1.1, points: 5}, {up_to: 1.2, points: 4}]}"
        ),
        describe="与同类单位平均值之比≤0.9 7分，≤1 6分，≤1.1 5分，≤1.2 4分，其余不得分",
        steps="0 4 5 6 7",
        answers={
            "9；10": "填 9 立方米/人，同类单位平均值 10 立方米/人，比值 0.9，属于“≤0.9”一档 → 7 分",
            "12；10": "填 12 立方米/人，同类单位平均值 10 立方米/人，比值 1.2，属于“≤1.2”一档 → 4 分",
            "12.1；10": "填 12.1 立方米/人，同类单位平均值 10 立方米/人，比值 1.21，不在得分的各档内 → 0 分",
        },
        improve={
            "": "达到 ≤0.9",
            "12；10": "达到 ≤0.9",
        },
        faults=(
            Fault(
                "{up_to: 0.9, points: 7}",
                "{up_to: 0.9, points: 6.5}",
                "rubric-top «6.5}, {u» 最高只能得到 6.5 分，分值写的是 7 分，请改到一致。",
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{points: 6}",
                "rubric-either «{points:» up_to、below、at_least、above 要写一个，也只能写一个，请改正。",
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{up_to: 1, below: 2, points: 6}",
                ("rubric-either «{up_to: 1,» up_to、below、at_least、above 要写一个，也只能写一个，请改正。"),
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{at_least: 1, points: 6}",
                ("rubric-unreachable «{at_leas» “≥1”这一档永远得不到：它与前一档“≤0.9”方向相反，请改正或删除。"),
                ("rubric-unreachable «{up_to: 1.1» “≤1.1”这一档永远得不到：它与前一档“≥1”方向相反，请改正或删除。"),
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{up_to: 0.9, points: 6}",
                (
                    "rubric-unreachable «{up_to: 0.9, points: 6» “≤0.9”这一档永远得不到："
                    "前一档“≤0.9”已经包含它，请改正或删除。"
                ),
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{up_to: 0.8, points: 6}",
                ("rubric-unreachable «{up_to: 0.8» “≤0.8”这一档永远得不到：前一档“≤0.9”已经包含它，请改正或删除。"),
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{up_to: 1, points: 7}",
                ("rubric-unreachable «{up_to: 1,» “≤1”这一档永远得不到：它不比前一档“≤0.9”的分少，请改正或删除。"),
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{up_to: 100%, points: 6}",
                (
                    "rubric-value «0.9, poi» “up_to”的值“0.9”不对，应为百分数（如 0.9%），"
                    "因为这一计分方式里别处带 %，请改正。"
                ),
                (
                    "rubric-value «1.1, poi» “up_to”的值“1.1”不对，应为百分数（如 1.1%），"
                    "因为这一计分方式里别处带 %，请改正。"
                ),
                (
                    "rubric-value «1.2, poi» “up_to”的值“1.2”不对，应为百分数（如 1.2%），"
                    "因为这一计分方式里别处带 %，请改正。"
                ),
            ),
            Fault(
                "{up_to: 1, points: 6}",
                "{up_to: 许多, points: 6}",
                "rubric-value «许多, poin» “up_to”的值“许多”不对，应为一个数字，或百分数如 95%，请改正。",
            ),
            Fault(
                "relative_to: 同类单位平均值",
                "relative_to: {name: 同类单位平均值, value: 0}",
                "rubric-value «0}, band» “value”的值“0”不对，应为大于 0 的数字，请改正。",
            ),
            Fault(
                "{up_to: 0.9, points: 7}",
                "{up_to: -0.9, points: 7}",
                "rubric-unreachable «{up_to: -» “≤-0.9”这一档永远得不到：填报的值最小是 0，请改正或删除。",
            ),
        ),
    ),
    Sample(
        name="bands of the ratio to a mean that the agency states",
        points="7",
        rule=(
            "{kind: bands, unit: 吨, relative_to: 平均值, bands: [{up_to: 0.9, points: 7}, {up_to: 1, "
            "points: 6}, {below: 1.2, points: 2.5}]}"
        ),
        describe="与平均值之比≤0.9 7分，≤1 6分，<1.2 2.5分，其余不得分",
        steps="0 2.5 6 7",
        answers={
            "9；10": "填 9 吨，平均值 10 吨，比值 0.9，属于“≤0.9”一档 → 7 分",
            "9.0001；10": "填 9.0001 吨，平均值 10 吨，比值 0.9，属于“≤1”一档 → 6 分",
            "1；3": "填 1 吨，平均值 3 吨，比值 0.33，属于“≤0.9”一档 → 7 分",
            "12；10": "填 12 吨，平均值 10 吨，比值 1.2，不在得分的各档内 → 0 分",
            "11.99；10": "填 11.99 吨，平均值 10 吨，比值 1.19，属于“<1.2”一档 → 2.5 分",
            "9；空": "C/2 未填报，填全才计分 → 0 分",
            "9；？": "“…”无法采信，更正后最多 7 分 → 0 分",
        },
        improve={
            "": "达到 ≤0.9",
            "9.0001；10": "达到 ≤0.9",
        },
    ),
    Sample(
        name="bands of the ratio to a quota that the standard sets, in per cent",
        points="25",
        rule=(
            "{kind: bands, relative_to: {name: 定额, value: 12}, bands: [{up_to: 80%, points: 25}, "
            "{up_to: 100%, points: 22.5}]}"
        ),
        describe="与定额之比≤80% 25分，≤100% 22.5分，其余不得分",
        steps="0 22.5 25",
        answers={
            "9.6": "填 9.6，定额 12，比值 80%，属于“≤80%”一档 → 25 分",
            "9.61": "填 9.61，定额 12，比值 80.08%，属于“≤100%”一档 → 22.5 分",
            "12.01": "填 12.01，定额 12，比值 100.08%，不在得分的各档内 → 0 分",
        },
        improve={
            "": "达到 ≤80%",
            "9.61": "达到 ≤80%",
        },
    ),
    Sample(
        name="bands of a quotient of inputs, in relation to an input",
        points="7",
        rule=(
            "{kind: bands, of: {input: B1}, by: {input: B2}, relative_to: {input: B3}, "
            "bands: [{up_to: 0.9, points: 7}, {up_to: 1, points: 6}]}"
        ),
        inputs=(
            "{id: B1, text: 年用水量, answer: number, unit: 吨}, "
            "{id: B2, text: 人数, answer: count, unit: 人, positive: true}, "
            "{id: B3, text: 上年人均, answer: number, unit: 吨/人, positive: true}"
        ),
        describe="年用水量÷人数与上年人均之比≤0.9 7分，≤1 6分，其余不得分",
        steps="0 6 7",
        answers={
            "360；40；10": "年用水量 360 吨 ÷ 人数 40 人 = 9，上年人均 10 吨/人，比值 0.9，属于“≤0.9”一档 → 7 分",
            "400；40；10": "年用水量 400 吨 ÷ 人数 40 人 = 10，上年人均 10 吨/人，比值 1，属于“≤1”一档 → 6 分",
            "400；空；10": "B2 未填报，填全才计分 → 0 分",
        },
        improve={
            "": "达到 ≤0.9",
        },
    ),
    Sample(
        name="bands of a quotient of inputs in per cent",
        points="4",
        rule="{kind: bands, of: {input: B4}, by: {input: B5}, bands: [{at_least: 50%, points: 4}]}",
        inputs=(
            "{id: B4, text: 新能源车, answer: count, unit: 辆}, "
            "{id: B5, text: 公务车, answer: count, unit: 辆, positive: true}"
        ),
        describe="新能源车÷公务车：≥50% 4分，其余不得分",
        steps="0 4",
        answers={
            "1；2": "新能源车 1 辆 ÷ 公务车 2 辆 = 50%，属于“≥50%”一档 → 4 分",
            "1；3": "新能源车 1 辆 ÷ 公务车 3 辆 = 33.33%，不在得分的各档内 → 0 分",
        },
        improve={
            "1；3": "达到 ≥50%",
        },
    ),
    Sample(
        name="bands of an own value in relation to an input",
        points="4",
        rule="{kind: bands, unit: 吨, relative_to: {input: B6}, bands: [{below: 1, points: 4}]}",
        inputs="{id: B6, text: 定额, answer: number, unit: 吨, positive: true}",
        describe="与定额之比<1 4分，其余不得分",
        steps="0 4",
        answers={
            "10；9": "填 9 吨，定额 10 吨，比值 0.9，属于“<1”一档 → 4 分",
            "10；10": "填 10 吨，定额 10 吨，比值 1，不在得分的各档内 → 0 分",
            "空；9": "B6 未填报，填全才计分 → 0 分",
        },
        improve={
            "": "达到 <1",
        },
    ),
    Sample(
        name="bands of a percentage",
        points="10",
        rule="{kind: bands, bands: [{at_least: 10%, points: 10}, {above: 0%, points: 4}]}",
        describe="≥10% 10分，>0% 4分，其余不得分",
        steps="0 4 10",
        answers={
            "10": "填 10%，属于“≥10%”一档 → 10 分",
            "0.01": "填 0.01%，属于“>0%”一档 → 4 分",
            "0": "填 0%，不在得分的各档内 → 0 分",
        },
        improve={
            "": "达到 ≥10%",
            "0.01": "达到 ≥10%",
        },
    ),
    Sample(
        name="bands of a measured value",
        points="7",
        rule=(
            "{kind: bands, unit: 吨, bands: [{up_to: 0.9, points: 7}, {up_to: 1, points: 6}, "
            "{below: 1.2, points: 2.5}]}"
        ),
        describe="≤0.9 7分，≤1 6分，<1.2 2.5分，其余不得分",
        steps="0 2.5 6 7",
        answers={
            "0": "填 0 吨，属于“≤0.9”一档 → 7 分",
            "1": "填 1 吨，属于“≤1”一档 → 6 分",
            "2": "填 2 吨，不在得分的各档内 → 0 分",
        },
        improve={
            "": "达到 ≤0.9",
            "1": "达到 ≤0.9",
        },
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """One to three bands in either direction."""
    up = maybe(chance, 0.5)
    sign = chance.choice(["at_least", "above"] if up else ["up_to", "below"])
    start, step = chance.randint(20, 80), chance.randint(1, 5) * (-1 if up else 1)
    percent, scale = maybe(chance, 0.4), chance.choice([1, 10])
    bounds = [Decimal(start + step * at) / scale for at in range(3)]
    listed = zip(bounds, falling(chance, points), strict=False)
    bands = [{sign: f"{bound}%" if percent else str(bound), "points": amount} for bound, amount in listed]
    return {"kind": "bands", "bands": bands} | beside(chance, percent=percent)


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal | None:
    """Further in the direction of the best band."""
    best = rule.bands[0]
    return nearer(asked, answer, up=best.at_least is not None or best.above is not None)


KIND = Kind(SAMPLES, at_random, better)
