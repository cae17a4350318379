"""What a standard provides, in words: the facts that its print, its Markdown and its differences are made of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.model import Criterion, Gate, Item, Must, NotApplicable, Rubric
from jieyue_cli.text.numbers import plain

FORFEITS = {"criterion": "该条不得分", "item": "该评价项目不得分", "unit": "该评价单元不得分"}
"""What a false claim costs."""


def percent(share: Fraction) -> str:
    """Write a share as ``25%``."""
    return f"{plain(Decimal(100 * share.numerator) / share.denominator)}%"


def targets(rubric: Rubric) -> dict[str, str]:
    """``2020 年`` → the share of the roster to be recognised by its end."""
    return {f"{year} 年": percent(share) for year, share in sorted(rubric.targets.items())}


def around(rubric: Rubric) -> dict[str, str]:
    """What stands around the points: classes, grades, 不涉及, forfeits; only what the standard has."""
    told = {
        "类型": "、".join(rubric.classes),
        "等级": grades(rubric) if rubric.grades else "",
        "不涉及": rubric.not_applicable.chinese,
        "弄虚作假": forfeit(rubric),
    }
    return {label: words for label, words in told.items() if words}


def grades(rubric: Rubric) -> str:
    """Every level with the total from which it holds, best first."""
    return "，".join(f"{name} {plain(start)} 分起" for name, start in reversed(rubric.levels))


def forfeit(rubric: Rubric) -> str:
    """What a false claim costs; empty where nothing is said."""
    return FORFEITS[rubric.forfeit] if rubric.forfeit else ""


def must(must: Must) -> str:
    """What has to be reached, and what happens otherwise."""
    return must.chinese + (f"，否则最高定为{must.otherwise}" if must.otherwise else "")


def terms(part: Item | Criterion, policy: NotApplicable | None) -> str:
    """The 计分方式 of a part, with what makes it differ from the others; ``policy`` goes without saying."""
    if isinstance(part, Gate):
        told = [part.describe, f"否则最高定为{part.must.otherwise}" if part.must.otherwise else ""]
    else:
        told = [part.rule.describe(part.points) if isinstance(part, Criterion) else ""]
        told += [must(part.must) if part.must else ""]
    if isinstance(part, Criterion) and not part.parts:
        usual = NotApplicable.NOT_ALLOWED if policy and isinstance(part, Gate) else policy
        told += [part.not_applicable.chinese] if usual not in {None, part.not_applicable} else []
        told += ["须提供佐证材料"] if part.evidence else []
    if part.when:
        told.append(f"限{'、'.join(part.when)}")
    return "；".join(filter(None, told))
