"""Formulas for what is answered 不涉及 (空项), where a standard limits it: hidden cells with its points."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.form.answers import ABSENT
from jieyue_cli.form.blank.formulas.answers import absent, among, quoted
from jieyue_cli.form.blank.formulas.verification import adopted
from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.form.layout import DROPPED, PENDING, RESCALED, Column, FormRow
from jieyue_cli.rubric.model import NotApplicable
from jieyue_cli.workbook.cells import address


def empties(ranges: Ranges, side: Side) -> Iterator[tuple[str, str]]:
    """Cell and formula of every hidden cell that the limit on 不涉及 needs; none where there is no limit.

    A scored row has two: its points where it is a 空项, and where it may be one once it is mended. Another row that
    is answered has 不涉及 in the first of them where that is its answer: a sum passes over it.
    """
    if ranges.rubric.not_applicable_limit is None:
        return
    extra = {unit.name for unit in ranges.rubric.units if unit.bonus}
    for row in ranges.rows:
        if row.scored and not row.gate and row.unit not in extra and row.judged.omissible:
            yield from _of_criterion(row, ranges, side)


def _of_criterion(row: FormRow, ranges: Ranges, side: Side) -> Iterator[tuple[str, str]]:
    cell, most = (address(row.number, column) for column in (side.working.empty, side.working.empty_at_most))
    score, points = row.address(side.score), row.address(Column.POINTS)
    left_out = ",".join(f"{score}={quoted(word)}" for word in (DROPPED, RESCALED))
    empty = f"IF(OR({left_out}),{points},0)"
    if any(leaf.not_applicable is NotApplicable.FULL for leaf in row.judged.leaves):
        asked = {question.id: question.own for question in row.judged.needs}
        listed = []
        for other in ranges.rows:
            if other.id not in asked or not other.question:
                continue
            apart = asked[other.id] and other is not row
            listed.append(_answered(other, ranges, side, inline=not apart))
            if apart:
                shown = f'=IF({_absent(other, ranges, side)},{quoted(ABSENT[0])},"")'
                yield address(other.number, side.working.empty), shown
        # a claim that was found to be false brings nothing, whatever else is answered there
        empty = f"IF(OR({left_out}),{points},IF(N({score})>0,IF(AND({','.join(listed)}),{points},0),0))"
    yield cell, f"={empty}"
    yield most, f"=IF({score}={quoted(PENDING)},{points},{cell})"


def _answered(row: FormRow, ranges: Ranges, side: Side, *, inline: bool) -> str:
    """Whether a row says 不涉及, or is for another class of agency."""
    cell = address(row.number, side.working.empty)
    said = _absent(row, ranges, side) if inline else f"{cell}={quoted(ABSENT[0])}"
    return f"OR(NOT({among(side.group, row.groups)}),{said})" if row.groups else said


def _absent(row: FormRow, ranges: Ranges, side: Side) -> str:
    assert row.question is not None, "only what is answered is asked about"  # noqa: S101 -- our own fault
    said = absent(row.question, side)
    if row.id in side.read_at:
        said = adopted(side, row.address(side.answer), absent(row.question, ranges.own), said)
    return f"IFERROR({said},FALSE)"
