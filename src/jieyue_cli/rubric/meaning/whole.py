"""The whole standard: what is said of it in general, then of each part."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.meaning import parts
from jieyue_cli.rubric.meaning.parts import EXCUSED, Passage
from jieyue_cli.rubric.model import GATES, INPUTS, NotApplicable, Rubric
from jieyue_cli.text.numbers import plain

_AGENCIES = 61
"""A roster whose shares show that a part of an agency counts as one."""


def passages(rubric: Rubric) -> Iterator[Passage]:
    """The whole standard in its order."""
    yield Passage(0, "", "总则", "", tuple(_general(rubric)))
    if rubric.inputs:
        yield Passage(0, "", INPUTS, "", ("填在表的最上面，各填一次。",))
        yield from parts.inputs(rubric)
    if rubric.gates:
        yield Passage(0, "", GATES, "", ("不计分，有一条不符合就受限制。",))
        yield from parts.gates(rubric)
    for unit in rubric.units:
        yield from parts.unit(rubric, unit)


def _general(rubric: Rubric) -> Iterator[str]:
    yield from _full(rubric)
    yield from _marks(rubric)
    yield "没有填的按没有填报计 0 分；填得看不懂的先计 0 分，更正后再计。"
    yield from _not_applicable(rubric)
    if rubric.forfeit:
        yield f"核查发现弄虚作假的（核查情况填“虚假”），{provisions.forfeit(rubric)}。"
    else:
        yield "没有规定弄虚作假怎样扣分：核查情况不能填“虚假”。"
    if rubric.classes:
        yield f"分{'、'.join(rubric.classes)}几类，单位在表上选一类，只按那一类的条文计分，每一类的满分相同。"
    yield from _targets(rubric)
    yield f"范围：{'、'.join(rubric.scope)}。"
    yield from (f"{deadline.by}：{deadline.what}；迟交的列出来，不扣分。" for deadline in rubric.calendar)


def _full(rubric: Rubric) -> Iterator[str]:
    base = [unit for unit in rubric.units if not unit.bonus]
    each = " + ".join(f"{unit.id} {unit.name}（{plain(unit.points)}）" for unit in base)
    if sum(unit.points for unit in base) == rubric.points:
        yield f"满分由各评价单元相加：{each} = {plain(rubric.points)} 分。"
    else:
        yield f"满分由各评价单元相加，每一类单位都是 {plain(rubric.points)} 分。"
    bonus = [unit for unit in rubric.units if unit.bonus]
    if bonus:
        named = "、".join(f"{unit.id} {unit.name}最多 {plain(unit.points)} 分" for unit in bonus)
        yield f"另有附加分：{named}，总分最高 {plain(rubric.full)} 分。"
    if rubric.scale:
        half = Fraction(rubric.points) / 2
        yield (
            f"总分换算：{rubric.scale.sentence('各单元得分合计', rubric.points)}；"
            f"如合计 {plain(half)} 分，总分 {plain(rubric.converted(half))} 分。达标线和等级都按换算后的总分。"
        )


def needed(rubric: Rubric) -> Fraction:
    """The least sum of points that is a pass, before any 总分换算."""
    if (scale := rubric.scale) is None:
        return Fraction(rubric.pass_mark)
    steps = math.ceil(Fraction(rubric.pass_mark) / Fraction(scale.step))
    return (steps - Fraction(1, 2)) * Fraction(scale.step) * Fraction(rubric.points) / Fraction(scale.points)


def _marks(rubric: Rubric) -> Iterator[str]:
    step = rubric.scale.step if rubric.scale else Decimal("0.01")
    mark, below = rubric.pass_mark, rubric.pass_mark - step
    yield f"总分 {plain(mark)} 分（含）以上达标：{plain(mark)} 分达标，{plain(below)} 分不达标，比较前不再取整。"
    if scale := rubric.scale:
        exact = needed(rubric) * Fraction(scale.points) / Fraction(rubric.points)
        yield f"换算时四舍五入：算出 {plain(exact)} 分的取为 {plain(rubric.converted(needed(rubric)))} 分，达标。"
    levels = list(reversed(rubric.levels))
    if rubric.grades:
        named = [f"{plain(start)} 分（含）以上“{name}”" for name, start in levels]
        passing = [f"“{name}”" for at, (name, _) in enumerate(rubric.levels) if rubric.passes(at)]
        yield f"等级由高到低：{'，'.join(named)}；{'、'.join(passing)}算达标。"


def _not_applicable(rubric: Rubric) -> Iterator[str]:
    leaves = [leaf for top in rubric.criteria for leaf in top.leaves]
    differs = any(leaf.not_applicable is not rubric.not_applicable for leaf in leaves)
    yield f"{EXCUSED[rubric.not_applicable]}{'，另有说明的条文除外' if differs else ''}。"
    if NotApplicable.RESCALED in rubric.policies:
        yield from _rescaled(rubric)
    if NotApplicable.DROPPED in rubric.policies:
        yield "不评分的，分值从满分里去掉，达标线不变：不涉及越多越难达标。"
    if limit := rubric.not_applicable_limit:
        best, most = rubric.levels[rubric.held_at(limit)][0], plain(limit.points)
        yield f"填“不涉及”的分值合计超过 {most} 分的，最高定为“{best}”；恰好 {most} 分的不受限，附加分里的不计入。"


def _rescaled(rubric: Rubric) -> Iterator[str]:
    leaves = (leaf for top in rubric.criteria for leaf in top.leaves)
    out = next(leaf for leaf in leaves if leaf.not_applicable is NotApplicable.RESCALED)
    full, left = plain(rubric.points), Fraction(rubric.points - out.points)
    yield f"缺项折算：总分 = 实得分 ÷ 应得分 × {full}，应得分是满分减去不涉及的分值，附加分不折算。"
    if left > 0:
        got = left * Fraction(4, 5)
        worth = plain(rubric.converted(got / left * Fraction(rubric.points)))
        yield f"如只有 {out.points} 分不涉及，应得分 {plain(left)} 分，实得 {plain(got)} 分的，总分 {worth} 分。"


def _targets(rubric: Rubric) -> Iterator[str]:
    for year, share in sorted(rubric.targets.items()):
        needed = math.ceil(share * _AGENCIES)
        yield (
            f"{year} 年底应认定名录中机关的 {provisions.percent(share)}，不足一家按一家计："
            f"名录有 {_AGENCIES} 家的，应认定 {needed} 家。"
        )
