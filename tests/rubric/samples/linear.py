"""每高1个百分点得2分; 每高1%扣2分: points gained or lost for every whole step of a value."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import POINTS, Data, Fault, Kind, Sample, beside, maybe, nearer

SAMPLES = (
    Sample(
        name="points gained for every step up, with a cap",
        points="8",
        rule="{kind: linear, above: 96%, per: 1%, gain: 2}",
        describe="低于96%不得分，每高1%得2分，最高8分",
        steps="0 2 4 6 8",
        answers={
            "95.9": "填 95.9%，高于 96% 满 0 个 1%，每个得 2 分，最高 8 分 → 0 分",
            "97.99": "填 97.99%，高于 96% 满 1 个 1%，每个得 2 分，最高 8 分 → 2 分",
            "100": "填 100%，高于 96% 满 4 个 1%，每个得 2 分，最高 8 分 → 8 分",
        },
        improve={
            "": "达到 100%",
            "95.9": "达到 100%",
        },
        faults=(
            Fault(
                "above: 96%, per",
                "above: 96%, below: 90%, per",
                "rubric-either «{kind: l» above、below 要写一个，也只能写一个，请改正。",
            ),
            Fault(
                "above: 96%, per",
                "per",
                "rubric-either «{kind: l» above、below 要写一个，也只能写一个，请改正。",
            ),
            Fault(
                "above: 96%, per",
                "above: 96, per",
                (
                    "rubric-value «96, per:» “above”的值“96”不对，应为百分数（如 96%），"
                    "因为这一计分方式里别处带 %，请改正。"
                ),
            ),
            Fault(
                "above: 96%, per",
                "above: 0.96, per",
                (
                    "rubric-value «0.96, pe» “above”的值“0.96”不对，应为百分数（如 0.96%），"
                    "因为这一计分方式里别处带 %，请改正。"
                ),
            ),
            Fault(
                "above: 96%, per",
                "above: 97%, per",
                "rubric-top «97%, per» 最高只能得到 6 分，分值写的是 8 分，请改到一致。",
            ),
            Fault(
                "per: 1%, gain: 2",
                "per: 0%, gain: 2",
                "rubric-value «0%, gain» “per”的值“0%”不对，应为大于 0 的数，请改正。",
            ),
            Fault(
                "per: 1%, gain: 2",
                "per: 1%",
                "rubric-either «{kind: l» gain、lose 要写一个，也只能写一个，请改正。",
            ),
            Fault(
                "per: 1%, gain: 2",
                "per: 1%, gain: 2, lose: 1",
                "rubric-either «{kind: l» gain、lose 要写一个，也只能写一个，请改正。",
            ),
            Fault(
                "per: 1%, gain: 2",
                "per: 1%, gain: 9",
                "rubric-cap «8, rule:» 最高 8 分比每次的 9 分还少，永远得不到满一次的分，请改正。",
            ),
            Fault(
                "per: 1%, gain: 2",
                "per: 1%, gain: 2, least: 8",
                "rubric-value «8}}]}]}» “least”的值“8”不对，应为小于分值 8 的数，请改正。",
            ),
            Fault(
                "above: 96%, per: 1%, gain: 2",
                "below: 3%, per: 1%, gain: 2",
                "rubric-top «3%, per:» 最高只能得到 6 分，分值写的是 8 分，请改到一致。",
            ),
            Fault(
                "above: 96%, per: 1%, gain: 2",
                "below: 101%, per: 1%, lose: 2",
                "rubric-top «101%, pe» 最高只能得到 6 分，分值写的是 8 分，请改到一致。",
            ),
        ),
    ),
    Sample(
        name="points gained for every step down, from a floor",
        points="5",
        rule="{kind: linear, below: 10, per: 0.5, gain: 0.5, least: 1, unit: 度}",
        describe="高于10得1分，每低0.5得0.5分，最高5分",
        steps="0 1 1.5 2 2.5 3 3.5 4 4.5 5",
        answers={
            "11": "填 11 度，低于 10 满 0 个 0.5，每个得 0.5 分，最高 5 分 → 1 分",
            "9.5": "填 9.5 度，低于 10 满 1 个 0.5，每个得 0.5 分，最高 5 分 → 1.5 分",
            "0": "填 0 度，低于 10 满 20 个 0.5，每个得 0.5 分，最高 5 分 → 5 分",
        },
        improve={
            "": "达到 6",
            "11": "达到 6",
        },
    ),
    Sample(
        name="points lost for every step up, down to a floor",
        points="15",
        rule="{kind: linear, above: 0%, per: 1%, lose: 2, least: 3, negative: true}",
        describe="高于0%的，每1%扣2分，最低3分",
        steps="0 3 5 7 9 11 13 15",
        answers={
            "-4": "填 -4%，高于 0% 满 0 个 1%，每个扣 2 分，最低 3 分 → 15 分",
            "2.5": "填 2.5%，高于 0% 满 2 个 1%，每个扣 2 分，最低 3 分 → 11 分",
            "50": "填 50%，高于 0% 满 50 个 1%，每个扣 2 分，最低 3 分 → 3 分",
        },
        improve={
            "": "控制在 0% 以内",
            "2.5": "控制在 0% 以内",
        },
    ),
    Sample(
        name="points lost for every step of a ratio down",
        points="10",
        rule="{kind: linear, below: 1, per: 0.1, lose: 1, relative_to: 计划数}",
        describe="与计划数之比低于1的，每0.1扣1分，扣完为止",
        steps="0 1 2 3 4 5 6 7 8 9 10",
        answers={
            "7；10": "填 7，计划数 10，比值 0.7，低于 1 满 3 个 0.1，每个扣 1 分，最低 0 分 → 7 分",
            "1；3": "填 1，计划数 3，比值 0.33，低于 1 满 6 个 0.1，每个扣 1 分，最低 0 分 → 4 分",
            "10；10": "填 10，计划数 10，比值 1，低于 1 满 0 个 0.1，每个扣 1 分，最低 0 分 → 10 分",
        },
        improve={
            "": "控制在 1 以上",
            "7；10": "控制在 1 以上",
        },
    ),
    Sample(
        name="points lost for every step up, the last one cut at 0",
        points="3",
        rule="{kind: linear, above: 0%, per: 1%, lose: 2}",
        describe="高于0%的，每1%扣2分，扣完为止",
        steps="0 1 3",
        answers={
            "0": "填 0%，高于 0% 满 0 个 1%，每个扣 2 分，最低 0 分 → 3 分",
            "2": "填 2%，高于 0% 满 2 个 1%，每个扣 2 分，最低 0 分 → 0 分",
        },
        improve={
            "": "控制在 0% 以内",
            "2": "控制在 0% 以内",
        },
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """Gain or loss, in either direction, with a floor or none."""
    percent, up = maybe(chance, 0.4), maybe(chance, 0.5)
    sign = "%" if percent else ""
    each = chance.choice([amount for amount in POINTS if amount <= points <= amount * 20])
    way = chance.choice(["gain", "lose"])
    per = "0.5" if way == "gain" else chance.choice(["1", "0.5", "2"])  # so that 0 is far enough
    rule: Data = {"kind": "linear", "per": f"{per}{sign}", way: str(each)}
    rule |= {"above" if up else "below": f"{chance.randint(10, 40)}{sign}"}
    if points > 1 and maybe(chance, 0.3):
        rule["least"] = "0.5"
    return rule | beside(chance, percent=percent)


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal | None:
    """Upward where steps up gain points or steps down lose them."""
    return nearer(asked, answer, up=(rule.above is not None) == (rule.gain is not None))


KIND = Kind(SAMPLES, at_random, better)
