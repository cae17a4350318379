"""What happens to those who miss a gate or a minimum."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.cautions.parts import Caution, bonus, inside, listed, required, worst
from jieyue_cli.rubric.model import Item, Must, NotApplicableLimit, Rubric, Unit
from jieyue_cli.text.numbers import add, plain

_LIMIT = "空项上限"


def _every(rubric: Rubric) -> Iterator[tuple[str, Must | NotApplicableLimit]]:
    """Every gate and minimum by its 编号, and the limit on 不涉及."""
    yield from ((gate.id, gate.must) for gate in rubric.gates)
    yield from ((part.id, must) for _, part, must in required(rubric))
    if rubric.not_applicable_limit:
        yield _LIMIT, rubric.not_applicable_limit


def held_below_the_mark(rubric: Rubric) -> Iterator[Caution]:
    """With several grades that pass, a miss takes them all away and not one."""
    passing = [name for at, (name, _) in enumerate(rubric.levels) if rubric.passes(at)]
    missed = [identifier for identifier, must in _every(rubric) if must.otherwise is None and must.zero is None]
    if len(passing) > 1 and missed:
        left = rubric.levels[rubric.held_at(Must(reach="full"))][0]
        key = "not_applicable_limit: {points: …" if missed == [_LIMIT] else "must: {reach: …"
        yield Caution(
            listed(missed),
            f"没有做到的最高定为“{left}”，不是降一等：总分够“{passing[-1]}”的也不能评为“{passing[0]}”",
            f"只降一等的，写 {key}, otherwise: {passing[-2]}}}",
        )


def holds_nothing_down(rubric: Rubric) -> Iterator[Caution]:
    """The best grade is left to those who miss it."""
    best = rubric.levels[-1][0]
    idle = [identifier for identifier, must in _every(rubric) if must.otherwise == best]
    if idle:
        yield Caution(listed(idle), f"没有做到的最高定为“{best}”，已是最高一等，不受影响", "写低一等的等级")


def never_missed(rubric: Rubric) -> Iterator[Caution]:
    """A minimum that every answer reaches."""
    for _, part, must in required(rubric):
        asked = inside(part)
        least, full = add(map(worst, asked)), add(Fraction(criterion.points) for criterion in asked)
        wanted = must.wanted(full)
        if (least > 0) if wanted is None else (least >= wanted):
            yield Caution(
                part.id,
                f"“{must.chinese}”谁都做得到：填得最差也有 {plain(least)} 分，只有空着的算没有做到",
                "核对 must，或核对 least 和各档的分",
            )


def partly_met(rubric: Rubric) -> Iterator[Caution]:
    """A gate that is met in part only."""
    for gate in rubric.gates:
        between = gate.steps is None or any(0 < step < gate.points for step in gate.steps)
        if gate.must.reach == "nonzero" and between:
            yield Caution(gate.id, "做到一部分（得分不为 0）就算符合，不要求全部做到", "全部做到才算的，去掉 must")


def takes_more(rubric: Rubric) -> Iterator[Caution]:
    """A minimum of one part takes the points of others."""
    for unit, part, must in required(rubric):
        if must.zero == "total":
            more = "，附加分也不计" if bonus(rubric) else ""
            does = f"没有做到的总分计 0 分{more}，定为“{rubric.levels[0][0]}”"
            yield Caution(part.id, does, "只是本单元计零分的，写 must: {reach: …, zero: unit}")
        elif must.zero == "unit" and not isinstance(part, Unit):
            own = f"{'项目' if isinstance(part, Item) else '条'}的 {plain(part.points)} 分"
            yield Caution(
                part.id,
                f"没有做到的，整个单元 {unit.id} 的 {plain(unit.points)} 分计零分，不只是这一{own}",
                "只限制等级的，不写计零分；单元的最低分写在单元上",
            )


def share_of_what_is_left(rubric: Rubric) -> Iterator[Caution]:
    """A share is asked of the points that are left."""
    for _, part, must in required(rubric):
        out = [criterion for criterion in inside(part) if criterion.leaves[0].not_applicable.leaves_out]
        full = sum((criterion.points for criterion in inside(part)), Decimal(0))
        if must.reach in ("nonzero", "full") or not out or out[0].points == full:
            continue
        before, after = must.wanted(Fraction(full)), must.wanted(Fraction(full - out[0].points))
        if before is not None and after is not None:
            fixed = "仍要" if before == after else "只要"
            yield Caution(
                part.id,
                f"{out[0].id}（{plain(out[0].points)} 分）不涉及时，应得 {plain(full - out[0].points)} 分，"
                f"{fixed} {plain(after)} 分；都涉及时要 {plain(before)} 分",
                "比例随应得分变的写百分数，不变的写分数",
            )
