"""What a unit, an item and a criterion say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.rubric.meaning.examples import brings, combined
from jieyue_cli.rubric.model import Criterion, Gate, Input, Item, Must, NotApplicable, Rubric, Unit
from jieyue_cli.rubric.rules import Combination
from jieyue_cli.rubric.rules.measured import Amount
from jieyue_cli.text.numbers import plain

EXCUSED = {
    NotApplicable.NOT_ALLOWED: "填“不涉及”的得 0 分，并提醒标准不设不涉及",
    NotApplicable.FULL: "填“不涉及”的得满分",
    NotApplicable.DROPPED: "填“不涉及”的不评分，达标线不变",
    NotApplicable.RESCALED: "填“不涉及”的不评分，按缺项折算",
}
"""What 不涉及 does, to a clerk."""


_EXCUSED_CONDITION = {
    NotApplicable.NOT_ALLOWED: "填“不涉及”的算不符合",
    NotApplicable.FULL: "填“不涉及”的算符合",
    NotApplicable.DROPPED: "填“不涉及”的，这一条不作要求",
    NotApplicable.RESCALED: "填“不涉及”的，这一条不作要求",
}
ZEROED = {"unit": "所在评价单元计 0 分", "total": "总分计 0 分"}
"""What counts nothing where a minimum is missed."""


class Passage(NamedTuple):
    """What is said of one part of the standard."""

    depth: int
    id: str
    """The 编号; empty for the general part."""
    text: str
    """Its name, or the sentence as published."""
    points: str
    """Empty for what brings none."""
    sentences: tuple[str, ...]


def inputs(rubric: Rubric) -> Iterator[Passage]:
    """Every input, with what it is used for."""
    for asked in rubric.inputs:
        yield Passage(1, asked.id, asked.text, "", tuple(_of_input(rubric, asked)))


def _of_input(rubric: Rubric, asked: Input) -> Iterator[str]:
    users = rubric.used.get(asked.id, ())
    losing = [unit.id for unit in rubric.units if asked.id in {deduction.input for deduction in unit.deductions}]
    scored = "、".join(user for user in users if user not in losing)
    used = [f"{scored} 计分时用它，空着的先计 0 分"] if scored else []
    used += [f"从单元 {identifier} 的得分里扣分时用它，空着的，这个单元暂不计分" for identifier in losing]
    yield f"只填一次，不计分；{'；'.join(used) or '没有条文用它计分，只作登记'}。"
    yield from _beside(asked)


def gates(rubric: Rubric) -> Iterator[Passage]:
    """Every gate and its parts."""
    for gate in rubric.gates:
        missed = rubric.levels[rubric.held_at(gate.must)][0]
        yield from _nested(rubric, gate, 1, (f"不符合的，不论多少分，最高定为“{missed}”。",))


def unit(rubric: Rubric, unit: Unit) -> Iterator[Passage]:
    """A unit, its items and their criteria."""
    yield Passage(0, unit.id, unit.name, plain(unit.points), tuple(_of_unit(rubric, unit)))
    for item in unit.items:
        yield Passage(1, item.id, item.name, plain(item.points), tuple(_of_item(rubric, item)))
        for criterion in item.outline:
            yield from _nested(rubric, criterion, 2)


def _sum(parts: list[tuple[str, str]], whole: str) -> str:
    return f"{' + '.join(f'{identifier}（{points}）' for identifier, points in parts)} = {whole} 分"


def _of_unit(rubric: Rubric, unit: Unit) -> Iterator[str]:
    parts = [(item.id, plain(item.points)) for item in unit.items]
    total = sum((item.points for item in unit.items), Decimal(0))
    if unit.bonus:
        yield f"附加分：{_sum(parts, plain(total))}，最多计 {plain(unit.points)} 分，加在基础分之外。"
    elif total == unit.points:
        yield f"各项目相加：{_sum(parts, plain(unit.points))}。"
    else:
        yield f"各项目相加，每一类单位都是 {plain(unit.points)} 分。"
    if unit.entry:
        names = {other.id: f"{other.id} {other.name}" for other in rubric.units}
        yield f"{unit.entry.chinese(names)}；{unit.entry.below}的，本单元计 0 分。"
        if unit.entry.of is None:
            opens = "进入" if unit.entry.opens(unit.entry.mark) else "不进入"
            yield f"基础分是不含附加分的合计，恰好 {plain(unit.entry.mark)} 分的{opens}。"
    for deduction in unit.deductions:
        yield f"{deduction.chinese}；从本单元得分里扣；空着的，本单元暂不计分。"
    yield from _required(rubric, unit.must, unit.points)
    yield from _beside(unit)


def _of_item(rubric: Rubric, item: Item) -> Iterator[str]:
    parts = [(criterion.id, plain(criterion.points)) for criterion in item.outline]
    if sum(criterion.points for criterion in item.outline) == item.points:
        yield f"各条相加：{_sum(parts, plain(item.points))}。"
    else:
        yield f"各条相加，每一类单位都是 {plain(item.points)} 分。"
    yield from _required(rubric, item.must, item.points)
    yield from _beside(item)


def _required(rubric: Rubric, must: Must | None, points: Decimal) -> Iterator[str]:
    if must is None:
        return
    least, wanted = must.chinese.partition("，")[0], must.wanted(Fraction(points))
    if isinstance(must.reach, Amount) and must.reach.percent and wanted is not None:
        least += f"（{plain(points)} 分里至少 {plain(wanted)} 分，不涉及的分值不算在内）"
    if must.zero:
        yield f"必须：{least}；没有做到的，{ZEROED[must.zero]}。"
    else:
        yield f"必须：{least}；没有做到的，不论总分多少，最高定为“{rubric.levels[rubric.held_at(must)][0]}”。"


def _nested(rubric: Rubric, criterion: Criterion, depth: int, first: tuple[str, ...] = ()) -> Iterator[Passage]:
    priced = "" if isinstance(criterion, Gate) else plain(criterion.points)
    yield Passage(depth, criterion.id, criterion.text, priced, (*first, *_of_criterion(rubric, criterion)))
    for part in criterion.parts:
        yield from _nested(rubric, part, depth + 1)


def _of_criterion(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    if criterion.case:
        yield f"填报为“{'”“'.join(criterion.case)}”时，按这一部分计分；这时别的部分填了也不算。"
    yield from brings(criterion)
    if isinstance(criterion.rule, Combination):
        yield from combined(criterion, rubric.classes)
    usual = NotApplicable.NOT_ALLOWED if isinstance(criterion, Gate) else rubric.not_applicable
    if not criterion.parts and criterion.needs and criterion.not_applicable is not usual:
        excused = _EXCUSED_CONDITION if isinstance(criterion, Gate) else EXCUSED
        yield f"{excused[criterion.not_applicable]}。"
    if not isinstance(criterion, Gate):
        yield from _required(rubric, criterion.must, criterion.points)
    if criterion.evidence and not criterion.parts:
        yield "要写佐证材料；没有写的只提醒，不扣分。"
    yield from _beside(criterion)


def _beside(part: Unit | Item | Criterion | Input) -> Iterator[str]:
    """For whom it is, and what is written beside it."""
    if part.when:
        yield f"只适用于{'、'.join(part.when)}。"
    told = {label: getattr(part, key, None) for label, key in _BESIDE.items()}
    yield from (f"{label}：{words}" for label, words in told.items() if words)


_BESIDE = {"考评方法": "method", "填报说明": "guidance", "备注": "note"}
