"""What happens to the total: bonus units, conversion, grades, targets, forfeits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.cautions.parts import Caution, bonus, inside, listed
from jieyue_cli.rubric.meaning.whole import needed
from jieyue_cli.rubric.model import Item, Rubric, Unit
from jieyue_cli.text.numbers import plain


def bonus_lifts(rubric: Rubric) -> Iterator[Caution]:
    """A bonus unit makes a failing base pass."""
    mark = needed(rubric)
    for unit in rubric.units:
        if not unit.bonus:
            continue
        base, entry = max(Fraction(0), mark - Fraction(unit.points)), unit.entry
        if entry and entry.of is None and not entry.opens(base):
            base = (entry.mark + mark) / 2 if entry.above is not None else entry.mark
        if base < mark and base <= rubric.points:
            yield Caution(
                f"{unit.id} {unit.name}",
                f"附加分能把不够的基础分补到达标线：基础分 {plain(base)} 分 + 附加分 {plain(mark - base)} 分 = "
                f"{plain(mark)} 分，达标",
                f"基础分先要达标的，给 {unit.id} 写 entry: {{at_least: {plain(mark)}}}",
            )


def bonus_needed(rubric: Rubric) -> Iterator[Caution]:
    """A mark that cannot be reached without a bonus."""
    beyond = [name for name, start in rubric.levels if rubric.base < start <= rubric.full]
    if beyond and bonus(rubric):
        named = "、".join(f"“{name}”" for name in beyond)
        yield Caution(
            "pass_mark、grades",
            f"不算附加分总分最高 {plain(rubric.base)} 分，没有附加分的得不到{named}",
            "核对 points、pass_mark 和 grades",
        )


def rounded_up(rubric: Rubric) -> Iterator[Caution]:
    """Rounding makes a total pass."""
    if scale := rubric.scale:
        mark = needed(rubric)
        exact = mark * Fraction(scale.points) / Fraction(rubric.points)
        yield Caution(
            "scale",
            f"换算后先四舍五入再与达标线比：换算得 {plain(exact)} 分的取为 {plain(rubric.converted(mark))} 分，算达标",
            "不取整比较的，在 scale 里多写几位小数，或把达标线定在换算前",
        )


def entry_before_conversion(rubric: Rubric) -> Iterator[Caution]:
    """An entry condition is held against the sum that is not converted."""
    for unit in rubric.units:
        if rubric.scale and unit.entry and unit.entry.of is None:
            after = plain(rubric.converted(unit.entry.mark))
            yield Caution(
                f"{unit.id} {unit.name}",
                f"进入条件 {plain(unit.entry.mark)} 分按换算前的合计比，换算后是 {after} 分",
                "条文说的是换算后的分的，按满分折成换算前的分再写",
            )


def grades_joined(rubric: Rubric) -> Iterator[Caution]:
    """Grades that are printed with a gap in which no total lies."""
    grades = sorted(rubric.grades, key=lambda grade: grade.start)
    gaps = [(low, high) for low, high in pairwise(grades) if low.to is not None and low.to < high.start]
    if gaps:
        named = "，".join(f"{plain(low.to or Decimal(0))} 与 {plain(high.start)}" for low, high in gaps)
        yield Caution(
            "grades",
            f"等级印出的界限之间有空隙（{named}），按分值的最小一档没有总分落在里面，照收",
            "以后有半分的条文时，至多少分改写成不到多少分",
        )


def grade_out_of_reach(rubric: Rubric) -> Iterator[Caution]:
    """A grade that nobody can get."""
    for name, start in rubric.levels:
        if start > rubric.full:
            does = f"“{name}”从 {plain(start)} 分起，总分最高 {plain(rubric.full)} 分，谁也得不到"
            yield Caution("grades", does, "核对这一等从几分起，或去掉这一等")


def mark_is_a_share(rubric: Rubric) -> Iterator[Caution]:
    """A pass mark like 0.8: a spreadsheet program keeps 80% as that."""
    mark, most = rubric.pass_mark, rubric.scale.points if rubric.scale else rubric.points
    if mark < 1 < most:
        share = provisions.percent(Fraction(mark))
        yield Caution(
            "pass_mark",
            f"{plain(mark)} 分就达标，满分是 {plain(most)} 分",
            f"原来写的是 {share} 的，改成分数 {plain(mark * most)}",
        )


def target_stands(rubric: Rubric) -> Iterator[Caution]:
    """A target that is the same as the one before."""
    for (before, earlier), (after, later) in pairwise(sorted(rubric.targets.items())):
        if earlier == later:
            share = provisions.percent(later)
            yield Caution("targets", f"{after} 年的目标与 {before} 年一样，都是 {share}", f"核对 {after} 年的目标")


def forfeit_is_wide(rubric: Rubric) -> Iterator[Caution]:
    """One false claim takes points of other criteria."""
    parts: tuple[Unit | Item, ...] = rubric.items if rubric.forfeit == "item" else rubric.units
    several = [part for part in parts if len(inside(part)) > 1]
    if rubric.forfeit in ("item", "unit") and several:
        widest = max(several, key=lambda part: part.points)
        first = inside(widest)[0].id
        yield Caution(
            "forfeit",
            f"一条弄虚作假，同一{'项目' if rubric.forfeit == 'item' else '单元'}的分全部不得：{first} 虚假的，"
            f"{widest.id} 的 {plain(widest.points)} 分都不得",
            "只扣该条的，写 forfeit: criterion",
        )


def deduction_is_blank(rubric: Rubric) -> Iterator[Caution]:
    """A unit waits for the inputs that are deducted from it."""
    for unit in rubric.units:
        if unit.deductions:
            inputs = listed(each.input for each in unit.deductions)
            yield Caution(
                f"{unit.id} {unit.name}",
                f"扣分用的 {inputs} 空着的，本单元 {plain(unit.points)} 分先都不计，填了才能定",
                "没有这种情形的请机关填 0 或“否”（写进 guidance）",
            )
