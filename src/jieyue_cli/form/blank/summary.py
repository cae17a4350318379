"""Below the form's table: unit, item and grand totals in the columns they sum, and the lines to sign on."""

from __future__ import annotations

from xlsxwriter.format import Format

from jieyue_cli.form.blank.canvas import Canvas
from jieyue_cli.form.blank.formulas import totals
from jieyue_cli.form.layout import BRIEF_COLUMN, SUMMARY, Column
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.model import Item, Rubric, Unit
from jieyue_cli.workbook.cells import address
from jieyue_cli.writing.kit import CELL, HEAD
from jieyue_cli.writing.rows import line_count, row_height

_NAMES = {Turn.AGENCY: Column.ITEM, Turn.OFFICE: Column.TEXT}
"""Where the name of the item begins; the unit's stands left of it."""
_AGENCY = {
    Turn.AGENCY: (Column.RULE, Column.POINTS, Column.SELF_SCORE),
    Turn.OFFICE: (Column.TEXT, Column.TEXT, Column.POINTS),
}
_SEAL = (Column.EVIDENCE, Column.EVIDENCE, Column.REMARK)
_OFFICE = (Column.FINDING, Column.VERIFIED_SCORE, Column.OPINION)
"""For each who signs, the first and the last column of the label, and the last to write in."""
_SIGNATURE_HEIGHT = 30


def draw_summary(canvas: Canvas) -> None:
    """Draw the sums below the table, and below them the lines to sign on."""
    r = canvas.ranges.last_row + 1
    middle: dict[str, object] = {**CELL, "align": "center"}
    head = canvas.kit.format(**middle, bold=True, bg_color=HEAD, text_wrap=canvas.office)
    canvas.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, SUMMARY, head)
    if canvas.office:
        canvas.sheet.set_row(r, row_height(2))
    _brief(canvas, r, SUMMARY, head)
    for column in (Column.POINTS, Column.SELF_SCORE, Column.VERIFIED_SCORE):
        canvas.sheet.write_string(r, column.number - 1, column.word, head)
    for unit in canvas.rubric.units:
        r += 1
        _subtotal(canvas, r, unit, None, canvas.kit.format(**middle, bold=True, text_wrap=True))
        for item in unit.items:
            r += 1
            _subtotal(canvas, r, unit, item, canvas.kit.format(**middle, text_wrap=True))
    r += 1
    bold = canvas.kit.format(**middle, bold=True, top=2)
    name = canvas.rubric.total_name
    canvas.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, name, bold)
    _brief(canvas, r, name, bold)
    canvas.sheet.write_number(r, Column.POINTS.number - 1, canvas.rubric.full, bold)
    for side in canvas.ranges.sides:
        canvas.sheet.write_formula(r, side.score.number - 1, f"={side.total}", bold, canvas.stored(side, 0))
    agency = _AGENCY[canvas.turn]
    signed = {"单位负责人（签字）：": agency, "填报单位（盖章）：": _SEAL, "核查人（签字）：": _OFFICE}
    for line, signatures in enumerate((signed, {"日期：": agency, "日期： ": _OFFICE}), r + 2):
        canvas.sheet.set_row(line, _SIGNATURE_HEIGHT)
        for label, columns in signatures.items():
            _signature(canvas, line, label, *columns)


def _signature(canvas: Canvas, r: int, label: str, first: Column, last: Column, end: Column) -> None:
    """A label and a line to write on by hand."""
    written = canvas.kit.format(align="right", valign="bottom")
    line = canvas.kit.format(align="left", valign="bottom", bottom=1)
    for start, stop, text, look in (
        (first.number, last.number, label, written),
        (last.number + 1, end.number, "", line),
    ):
        if stop > start:
            canvas.sheet.merge_range(r, start - 1, r, stop - 1, text, look)
        else:
            canvas.sheet.write(r, start - 1, text, look)


def _subtotal(canvas: Canvas, r: int, unit: Unit, item: Item | None, style: Format) -> None:
    whole: Unit | Item = item or unit
    name = item.name if item else _subtotal_name(canvas.rubric, unit)
    first = _NAMES[canvas.turn].number
    columns = list(Column)[Column.UNIT.number - 1 : first - 1]
    named = list(Column)[first - 1 : Column.RULE.number]
    lines = (line_count(unit.name, sum(map(canvas.width, columns))), line_count(name, sum(map(canvas.width, named))))
    canvas.sheet.set_row(r, row_height(max(lines)))
    if len(columns) > 1:
        canvas.sheet.merge_range(r, columns[0].number - 1, r, columns[-1].number - 1, unit.name, style)
    else:
        canvas.sheet.write_string(r, columns[0].number - 1, unit.name, style)
    canvas.sheet.merge_range(r, first - 1, r, Column.RULE.number - 1, name, style)
    _brief(canvas, r, f"{unit.name}　{name}", style)
    canvas.sheet.write_number(r, Column.POINTS.number - 1, whole.points, style)
    conditions = [(canvas.ranges.own.units, address(r + 1, Column.UNIT.number))]
    if item:
        conditions.append((canvas.ranges.own.items, address(r + 1, first)))
    cap = unit.points if unit.bonus and item is None else None
    for side in canvas.ranges.sides:
        limited = item is None and unit.id in side.counted
        formula = totals.counted(side, unit) if limited else totals.subtotal(side, *conditions, cap=cap)
        canvas.sheet.write_formula(r, side.score.number - 1, formula, style, canvas.stored(side, 0))


def _brief(canvas: Canvas, r: int, text: str, style: Format) -> None:
    """Say on the office's own pages what a row of sums is."""
    if not canvas.office:
        canvas.sheet.write_string(r, BRIEF_COLUMN - 1, text, style)


def _subtotal_name(rubric: Rubric, unit: Unit) -> str:
    """With why it may be less than the items below it come to."""
    terms = provisions.unit_terms(rubric, unit)
    return f"单元小计（{terms}）" if terms else "单元小计"
