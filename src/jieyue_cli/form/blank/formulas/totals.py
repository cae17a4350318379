"""Formulas above and below the table: subtotals, total, 应得满分, verdict, and what requirements let through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from jieyue_cli.form.blank.formulas.answers import quoted
from jieyue_cli.form.blank.formulas.verification import begun, finished
from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.form.layout import DROPPED, ELSEWHERE, MET, PENDING, RESCALED
from jieyue_cli.rubric.model import Gate, Item, Must, NotApplicable, NotApplicableLimit, Rubric, Unit
from jieyue_cli.text.numbers import plain


def total(rubric: Rubric, side: Side) -> str:
    """The total of a side; the office's is blank until the office has begun."""
    whole = _sum(rubric, side, most=False)
    return f"={begun(side, whole)}"


def due(rubric: Rubric, side: Side) -> str:
    """应得满分: the points without those that are left out; blank as long as the total is."""
    out = "-".join(_left_out(rubric, side, word) for word in (DROPPED, RESCALED))
    return f'=IF({side.total}="","",{plain(rubric.points)}-{out})'


def verdict(ranges: Ranges, side: Side) -> str:
    """The grade, or 达标 and 未达标; 待更正 where mending what is not valid could still change it.

    On the office's side 核查未完成 until it has finished.
    """
    rubric = ranges.rubric
    most = _sum(rubric, side, most=True)
    at_least, at_most = _level(rubric, side.total), _level(rubric, most)
    if rubric.demanding:
        at_least, at_most = f"MIN({at_least},{side.at_least})", f"MIN({at_most},{side.at_most})"
    names = ",".join(quoted(name) for name, _ in rubric.levels)
    known = finished(ranges, side, f'IF({at_least}={at_most},CHOOSE({at_least}+1,{names}),"{PENDING}")')
    if rubric.classes:
        known = f'IF({side.group}="","{PENDING}",{known})'
    return f'=IF({side.total}="","",{known})'


def subtotal(side: Side, *conditions: tuple[str, str], cap: Decimal | None = None) -> str:
    """The sum of the scores where each range equals its cell: it survives sorting and inserted rows."""
    # SUMIFS would take * ? < > = in a name for its own, and no name of more than 255 characters
    equal = "*".join(f"({area}={cell})" for area, cell in conditions)
    summed = f"ROUND(SUMPRODUCT(1*{equal},{side.scores}),9)"
    return _beside(side, f"MIN({summed},{plain(cap)})" if cap is not None else summed)


def counted(side: Side, unit: Unit) -> str:
    """What a unit counts, where that may be less than its items bring."""
    return _beside(side, side.counted[unit.id][0])


def _beside(side: Side, shown: str) -> str:
    """``shown``; blank as long as the total is."""
    return f'=IF({side.total}="","",{shown})' if side.office else f"={shown}"


def demands(ranges: Ranges, side: Side) -> Iterator[tuple[str, str]]:
    """Two hidden cells for each requirement: the best grade that it lets through, as it stands and once mended."""
    free = len(ranges.rubric.levels)
    for must, met, meetable in requirements(ranges, side):
        if must.zero:
            continue
        held = ranges.rubric.held_at(must)
        yield f"=IF({met},{free},{held})", f"=IF({meetable},{free},{held})"


# -- sums ----------------------------------------------------------------------------------------------------


def _sum(rubric: Rubric, side: Side, *, most: bool) -> str:
    """The total as it stands, or at most, once everything is mended."""
    base, extra = _base_and_bonus(rubric, side, most=most)
    base = _rescaled(rubric, side, base)
    if scale := rubric.scale:
        # a quotient is settled first: what is 86.45 must not be 86.4499999 when it is rounded
        converted = f"({base}{extra})*{plain(scale.points)}/{plain(rubric.points)}"
        return f"ROUND(ROUND({converted},9),{scale.decimals})"
    # cut, not rounded: 79.996 must not be shown, nor taken, for 80
    return f"ROUNDDOWN(ROUND({base}{extra},9),2)" if extra or _fine(rubric) else f"ROUND({base},2)"


def base_total(rubric: Rubric, side: Side, *, most: bool) -> str:
    """What the units without the bonus ones come to."""
    return _rescaled(rubric, side, _base_and_bonus(rubric, side, most=most)[0])


def _base_and_bonus(rubric: Rubric, side: Side, *, most: bool) -> tuple[str, str]:
    if side.counted:
        cells = {unit.id: side.counted[unit.id][most] for unit in rubric.units}
        base = "+".join(cells[unit.id] for unit in rubric.units if not unit.bonus)
        return f"({base})", "".join(f"+{cells[unit.id]}" for unit in rubric.units if unit.bonus)
    base, extra = summed(side, "", most=most), ""
    for unit in rubric.units:
        if unit.bonus:
            own = summed(side, f"--({side.units}={quoted(unit.name)})", most=most)
            base += f"-({own})"
            extra += f"+MIN({own},{plain(unit.points)})"
    return base, extra


def _rescaled(rubric: Rubric, side: Side, base: str) -> str:
    if NotApplicable.RESCALED not in rubric.policies:
        return base
    asked = f"({plain(rubric.points)}-{_left_out(rubric, side, RESCALED)})"
    return f"IF({asked}=0,0,({base})*{plain(rubric.points)}/{asked})"


def summed(side: Side, scope: str, *, most: bool) -> str:
    """The scores of the rows of a scope (a condition; empty for all), at most with those that show 待更正."""
    established = f"SUMPRODUCT({scope},{side.scores})" if scope else f"SUM({side.scores})"
    return f"{established}+{_pending(side, scope)}" if most else established


def _pending(side: Side, scope: str) -> str:
    """The points of the rows that show 待更正."""
    if not scope:
        return f'SUMIF({side.scores},"{PENDING}",{side.points})'
    return f'SUMPRODUCT({scope},--({side.scores}="{PENDING}"),{side.points})'


def _left_out(rubric: Rubric, side: Side, word: str) -> str:
    """The points of the base units' criteria whose score cell shows this word."""
    out = f'SUMIF({side.scores},"{word}",{side.points})'
    for unit in rubric.units:
        if unit.bonus:
            out += f'-SUMPRODUCT(--({side.units}={quoted(unit.name)}),--({side.scores}="{word}"),{side.points})'
    return f"({out})"


def _fine(rubric: Rubric) -> bool:
    """Whether a total may have more than two decimals."""
    return NotApplicable.RESCALED in rubric.policies or any(criterion.steps is None for criterion in rubric.criteria)


# -- grades --------------------------------------------------------------------------------------------------


def _level(rubric: Rubric, total_value: str) -> str:
    """The place of the grade for a total, 0 for the worst."""
    chain = "0"
    for level, (_, start) in list(enumerate(rubric.levels))[1:]:
        chain = f"IF({total_value}>={plain(start)},{level},{chain})"
    return chain


def requirements(ranges: Ranges, side: Side) -> Iterator[tuple[Must | NotApplicableLimit, str, str]]:
    """Each requirement with whether it is met as it stands, and whether it can be once everything is mended."""
    for row in ranges.rows:
        if row.scored and isinstance(row.criterion, Gate):
            cell = row.address(side.score)
            met = f"OR({cell}={quoted(MET)},{cell}={quoted(ELSEWHERE)})"
            yield row.criterion.must, met, f"OR({met},{cell}={quoted(PENDING)})"
    for unit in ranges.rubric.units:
        yield from minimums(unit, side)
    if limit := ranges.rubric.not_applicable_limit:
        most = plain(limit.points)
        yield limit, f"SUM({side.empty_at_most})<={most}", f"SUM({side.empty})<={most}"


def minimums(unit: Unit, side: Side) -> Iterator[tuple[Must, str, str]]:
    """Those of ``requirements`` that stand in a unit."""
    if unit.must:
        yield (unit.must, *_reached(unit.must, f"--({side.units}={quoted(unit.name)})", _points(unit.items), side))
    for item in unit.items:
        if item.must:
            yield (item.must, *_reached(item.must, f"--({side.items}={quoted(item.name)})", _points([item]), side))
        for criterion in (inner for entry in item.outline for inner in entry.nested):
            if criterion.must:
                listed = "+".join(f"({side.ids}={quoted(priced.id)})" for priced in criterion.priced)
                points = sum((priced.points for priced in criterion.priced), Decimal(0))
                yield (criterion.must, *_reached(criterion.must, f"--({listed})", points, side))


def _points(items: Iterable[Item]) -> Decimal:
    """Of all their criteria, those for one class of agency too."""
    return sum((criterion.points for item in items for criterion in item.criteria), Decimal(0))


def _reached(must: Must, scope: str, points: Decimal, side: Side) -> tuple[str, str]:
    """Whether the rows of a scope have all their points, enough or any; what is left out is not asked for."""
    words = "+".join(f"({side.scores}={quoted(word)})" for word in (DROPPED, RESCALED, ELSEWHERE))
    asked = f"({plain(points)}-SUMPRODUCT({scope},{words},{side.points}))"
    at_least, at_most = (summed(side, scope, most=most) for most in (False, True))
    if must.reach == "nonzero":
        return f"OR({at_least}>0,{asked}<=0)", f"OR({at_most}>0,{asked}<=0)"
    if must.reach == "full":
        return f"ROUND({at_least}-{asked},9)>=0", f"ROUND({at_most}-{asked},9)>=0"
    wanted = f"{asked}*{plain(must.reach.value)}/100" if must.reach.percent else plain(must.reach.value)
    enough, possible = (f"OR(ROUND({score}-{wanted},9)>=0,{asked}<=0)" for score in (at_least, at_most))
    return enough, possible
