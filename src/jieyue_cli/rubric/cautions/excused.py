"""What 不涉及 does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.cautions.parts import Caution, bonus, inside, leaves, listed, required
from jieyue_cli.rubric.meaning.whole import needed
from jieyue_cli.rubric.model import Criterion, NotApplicable, Rubric
from jieyue_cli.text.numbers import plain

_EXCUSES = re.compile("不涉及|不扣分|不评分|不计入总分|不参与评分|(?:按|视为|视同|计)满分|合理缺项|不适用")


def _left_out(rubric: Rubric, policy: NotApplicable) -> list[Criterion]:
    """What can be left out of the base units, all of it, in this way."""
    base = (criterion for unit in rubric.units if not unit.bonus for criterion in inside(unit))
    return [each for each in base if each.omissible and all(leaf.not_applicable is policy for leaf in each.leaves)]


def out_of_reach(rubric: Rubric) -> Iterator[Caution]:
    """With so much left out, nobody reaches the pass mark."""
    if NotApplicable.RESCALED in rubric.policies:
        return
    own = [rubric.of(group) for group in rubric.classes] or [rubric]
    most = max(sum((each.points for each in _left_out(one, NotApplicable.DROPPED)), Decimal(0)) for one in own)
    spare = Fraction(rubric.points + bonus(rubric)) - needed(rubric)
    if most > spare:
        yield Caution(
            "not_applicable",
            f"不评分的条文最多 {plain(most)} 分，达标线不变：去掉超过 {plain(spare)} 分的，剩下的全得也不能达标",
            "按剩下的分值折算的，写 not_applicable: rescaled",
        )


def bonus_not_rescaled(rubric: Rubric) -> Iterator[Caution]:
    """What bonus units bring is added after the rest is scaled up."""
    out = _left_out(rubric, NotApplicable.RESCALED)
    more = bonus(rubric)
    if out and more and out[0].points < rubric.points:
        left = Fraction(rubric.points - out[0].points)
        got = left * Fraction(3, 4)
        total = got / left * Fraction(rubric.points) + Fraction(more)
        yield Caution(
            "not_applicable",
            f"附加分不折算：{out[0].id} 不涉及，基础分 {plain(got)} ÷ {plain(left)} × {plain(rubric.points)} + 附加分 "
            f"{plain(more)} = {plain(total)} 分",
            "附加分不能另外规定折算",
        )


def excused_from_what_is_required(rubric: Rubric) -> Iterator[Caution]:
    """不涉及 counts as done where something is required."""
    allowed = NotApplicable.NOT_ALLOWED
    gates = [gate.id for gate in rubric.gates if gate.omissible]
    parts = [
        part.id
        for _, part, must in required(rubric)
        if all(each.omissible for each in inside(part))
        and all(leaf.not_applicable is not allowed for each in inside(part) for leaf in each.leaves)
    ]
    if found := [*gates, *parts]:
        yield Caution(
            listed(found),
            "都填“不涉及”的视为做到，不影响达标",
            "不许填不涉及的，写 not_applicable: not_allowed",
        )


def gates_do_not_follow(rubric: Rubric) -> Iterator[Caution]:
    """The general policy is not that of the gates."""
    strict = [gate.id for gate in rubric.gates if not gate.excusable]
    if strict and rubric.not_applicable is not NotApplicable.NOT_ALLOWED:
        does = f"总则的“{rubric.not_applicable.chinese}”不管达标前提：填“不涉及”的算不符合，不能达标"
        yield Caution(listed(strict), does, "可以不涉及的前提，自己写 not_applicable: dropped")


def two_ways(rubric: Rubric) -> Iterator[Caution]:
    """Two ways of leaving out beside each other."""
    ways = [[each.id for each in _left_out(rubric, way)] for way in (NotApplicable.DROPPED, NotApplicable.RESCALED)]
    dropped, rescaled = ways
    if dropped and rescaled:
        yield Caution(
            listed([*dropped, *rescaled]),
            f"两种不涉及并存：{listed(dropped)} 不评分、达标线不变，{listed(rescaled)} 按缺项折算",
            "条文只有一种的，统一写在总则的 not_applicable",
        )


def words_that_excuse(rubric: Rubric) -> Iterator[Caution]:
    """The sentence speaks of 不涉及, the rule does not."""
    for criterion in (*rubric.gates, *leaves(rubric)):
        words = _EXCUSES.search(criterion.text)
        if words and not criterion.excusable:
            yield Caution(
                criterion.id,
                f"条文写“{words[0]}”，但填“不涉及”的{'算不符合' if criterion in rubric.gates else '得 0 分'}",
                "得满分的写 not_applicable: full，不评分的写 not_applicable: dropped，"
                "折算的写 not_applicable: rescaled",
            )
