"""Hidden cells with what each unit counts, where that may be less than its items bring."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.form.blank.formulas import totals
from jieyue_cli.form.blank.formulas.answers import quoted
from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.rubric.model import Rubric, Unit
from jieyue_cli.text.numbers import plain


def counts(ranges: Ranges, side: Side) -> Iterator[tuple[str, str]]:
    """Each cell with its formula: what a unit counts as it stands, and once everything is mended."""
    rubric = ranges.rubric
    voiding = [
        minimum for unit in rubric.units for minimum in totals.minimums(unit, side) if minimum[0].zero == "total"
    ]
    for unit in rubric.units if side.counted else ():
        own = [minimum for minimum in totals.minimums(unit, side) if minimum[0].zero == "unit"]
        for most, cell in zip((False, True), side.counted[unit.id], strict=True):
            conditions = [possible if most else met for _, met, possible in (*voiding, *own)]
            conditions += _entered(rubric, unit, side, most=most)
            conditions += _told(unit, side) if not most else ()
            yield cell, f"={_where(conditions, _counted(unit, side, most=most))}"


def _counted(unit: Unit, side: Side, *, most: bool) -> str:
    own = f"ROUND({totals.summed(side, f'--({side.units}={quoted(unit.name)})', most=most)},9)"
    own = f"MIN({own},{plain(unit.points)})" if unit.bonus else own
    lost = "".join(f"-{plain(each.lose)}*N({side.understood_at[each.input]})" for each in unit.deductions)
    return f"MAX(0,ROUND({own}{lost},9))" if lost else own


def _told(unit: Unit, side: Side) -> Iterator[str]:
    """Whether it is known how much each deduction takes."""
    yield from (f"ISNUMBER({side.understood_at[each.input]})" for each in unit.deductions)


def _entered(rubric: Rubric, unit: Unit, side: Side, *, most: bool) -> Iterator[str]:
    if entry := unit.entry:
        score = side.counted[entry.of][most] if entry.of else totals.base_total(rubric, side, most=most)
        yield f"ROUND({score},9){'>' if entry.above is not None else '>='}{plain(entry.mark)}"


def _where(conditions: list[str], shown: str) -> str:
    return f"IF(AND({','.join(conditions)}),{shown},0)" if conditions else shown
