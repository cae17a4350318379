"""What a standard provides, in words: the facts that its print, its Markdown and its differences are made of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.model import Criterion, Gate, Input, Item, Must, NotApplicable, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.text.numbers import plain

_ANSWERS = {
    AnswerType.YES_NO: "填是或否",
    AnswerType.COUNT: "填数量",
    AnswerType.NUMBER: "填数值",
    AnswerType.PERCENT: "填百分数",
    AnswerType.CHOICE: "选一项：{}",
    AnswerType.TEXT: "填文字",
    AnswerType.DATE: "填日期",
}
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
        "总分换算": rubric.scale.sentence("得分", rubric.points) if rubric.scale else "",
        "等级": grades(rubric) if rubric.grades else "",
        "不涉及": rubric.not_applicable.chinese,
        "空项上限": limit(rubric),
        "弄虚作假": forfeit(rubric),
    }
    return {label: words for label, words in told.items() if words}


def grades(rubric: Rubric) -> str:
    """Every level with the total from which it holds, best first."""
    return "，".join(f"{name} {plain(start)} 分起" for name, start in reversed(rubric.levels))


def limit(rubric: Rubric) -> str:
    """How much may be answered 不涉及, and what happens above; empty where nothing is said."""
    if (limit := rubric.not_applicable_limit) is None:
        return ""
    best, _ = rubric.levels[rubric.held_at(limit)]
    return f"{limit.chinese}，超过的最高定为{best}"


def forfeit(rubric: Rubric) -> str:
    """What a false claim costs; empty where nothing is said."""
    return FORFEITS[rubric.forfeit] if rubric.forfeit else ""


def must(must: Must) -> str:
    """What has to be reached, and what happens otherwise."""
    return must.chinese + (f"，否则最高定为{must.otherwise}" if must.otherwise else "")


def remarks(part: Unit | Item | Criterion | Input) -> dict[str, str]:
    """填报说明 and 备注; only what the part has."""
    told = {"填报说明": part.guidance if isinstance(part, Criterion | Input) else None, "备注": part.note}
    return {label: words for label, words in told.items() if words}


def unit_facts(rubric: Rubric, unit: Unit) -> dict[str, str]:
    """附加分, 必须, 进入条件 and the classes of agency of a unit; only what it has."""
    names = {other.id: other.name for other in rubric.units}
    told = {
        "附加分": f"最多计 {plain(unit.points)} 分" if unit.bonus else None,
        "必须": must(unit.must) if unit.must else None,
        "进入条件": unit.entry.chinese(names) if unit.entry else None,
        "单元扣分": "；".join(each.chinese for each in unit.deductions),
        "适用于": "、".join(unit.when),
    }
    return {label: words for label, words in told.items() if words}


def unit_terms(rubric: Rubric, unit: Unit) -> str:
    """What makes a unit differ from others, as ``terms`` has it of items."""
    labels = {"附加分": "附加分，", "适用于": "限"}
    return "；".join(f"{labels.get(label, '')}{words}" for label, words in unit_facts(rubric, unit).items())


def asked(asked: Input) -> str:
    """How an input is answered, and of whom."""
    told = [_ANSWERS[asked.asked.type].format("、".join(asked.choices)), f"单位：{asked.unit}" if asked.unit else ""]
    told += ["大于 0" if asked.positive else "", "须提供佐证材料" if asked.evidence else ""]
    return "；".join(filter(None, (*told, f"限{'、'.join(asked.when)}" if asked.when else "")))


def terms(part: Item | Criterion, policy: NotApplicable | None) -> str:
    """The 计分方式 of a part, with what makes it differ from the others; ``policy`` goes without saying."""
    if isinstance(part, Gate):
        told = [part.describe, f"否则最高定为{part.must.otherwise}" if part.must.otherwise else ""]
    else:
        told = [part.in_case(part.rule.describe(part.points)) if isinstance(part, Criterion) else ""]
        told += [must(part.must) if part.must else ""]
    if isinstance(part, Criterion) and not part.parts:
        usual = NotApplicable.NOT_ALLOWED if policy and isinstance(part, Gate) else policy
        told += [part.not_applicable.chinese] if usual not in {None, part.not_applicable} else []
        told += ["须提供佐证材料"] if part.evidence else []
    if part.when:
        told.append(f"限{'、'.join(part.when)}")
    if isinstance(part, Criterion) and part.method:
        told.append(f"考评方法：{part.method}")
    return "；".join(filter(None, told))
