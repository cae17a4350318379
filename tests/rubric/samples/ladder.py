"""几档只取最高的一档: the best step that is reached counts."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from rubric.sample import Data, Fault, Kind, Sample, falling

SAMPLES = (
    Sample(
        name="a ladder",
        points="5",
        rule="{kind: ladder, steps: [{name: 三级, points: 5}, {name: 二级, points: 2.5}]}",
        describe="三级5分，二级2.5分",
        steps="0 2.5 5",
        answers={
            "1": "选“三级”，三级5分，二级2.5分 → 5 分",
            "2": "选“二级”，三级5分，二级2.5分 → 2.5 分",
            "0": "选“无”，三级5分，二级2.5分 → 0 分",
        },
        improve={
            "": "达到“三级”",
            "2": "达到“三级”",
        },
    ),
    Sample(
        name="three steps",
        points="5",
        rule=(
            "{kind: ladder, steps: [{name: 三级计量, points: 5}, {name: 分户、功能分区计量, "
            "points: 3}, {name: 分户计量, points: 1}]}"
        ),
        describe="三级计量5分，分户、功能分区计量3分，分户计量1分",
        steps="0 1 3 5",
        answers={
            "1": "选“三级计量”，三级计量5分，分户、功能分区计量3分，分户计量1分 → 5 分",
            "3": "选“分户计量”，三级计量5分，分户、功能分区计量3分，分户计量1分 → 1 分",
        },
        improve={
            "": "达到“三级计量”",
            "3": "达到“三级计量”",
        },
        faults=(
            Fault(
                "{name: 三级计量, points: 5}",
                "{name: 三级计量, points: 4}",
                "rubric-top «4}, {nam» 最高只能得到 4 分，分值写的是 5 分，请改到一致。",
            ),
            Fault(
                "{name: 分户计量, points: 1}",
                "{name: 分户计量, points: 3}",
                (
                    "rubric-unreachable «3}]}}]}]» “分户计量”这一档永远得不到：它不比前一档“分户、"
                    "功能分区计量”的分少，请改正或删除。"
                ),
            ),
            Fault(
                "{name: 分户计量, points: 1}",
                "{name: 三级计量, points: 1}",
                "rubric-duplicate-name «三级计量, points: 1» 名称“三级计量”用了两次，请改成不重复的名称。",
            ),
            Fault(
                "{name: 分户计量, points: 1}",
                "{name: 无, points: 1}",
                "rubric-duplicate-name «无, point» 名称“无”用了两次，请改成不重复的名称。",
            ),
            Fault(
                "{name: 分户计量, points: 1}",
                "{name: 分户计量, points: 0}",
                "rubric-value «0}]}}]}]» “points”的值“0”不对，应为大于 0 的数字，请改正。",
            ),
        ),
    ),
)


def at_random(chance: Random, points: Decimal) -> Data:
    """One to three steps."""
    steps = [{"name": f"第{at}档", "points": amount} for at, amount in enumerate(falling(chance, points), 1)]
    return {"kind": "ladder", "steps": steps}


def better(rule: Any, asked: Asked, answer: Decimal) -> Decimal:
    """The next step up; from none of them to the best."""
    return answer - 1 if answer > 1 else Decimal(1)


KIND = Kind(SAMPLES, at_random, better)
