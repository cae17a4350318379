"""Above the form's table: the title, the hint, the fields and the caption of the printed pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jieyue_cli.form.blank.canvas import INPUT, OFFICE_INPUT, Canvas
from jieyue_cli.form.blank.formulas import totals
from jieyue_cli.form.head import EntryKind, Field, Filler, fields
from jieyue_cli.form.layout import CAPTION_ROW, HINT_ROW, PENDING, TITLE_ROW, Column
from jieyue_cli.form.turn import Turn
from jieyue_cli.text.numbers import plain
from jieyue_cli.writing.kit import CELL, HEAD, SOFT
from jieyue_cli.writing.rows import row_height

_LOOKS: dict[Filler, dict[str, object]] = {
    Filler.AGENCY: {"locked": False, "bg_color": INPUT},
    Filler.OFFICE: {"locked": False, "bg_color": OFFICE_INPUT},
    Filler.FORMULA: {"bold": True, "align": "center", "indent": 0},
    Filler.PROGRAM: {},
}

_PAGES = (
    (Column.UNIT.number - 1, Column.REMARK.number - 1),
    (Column.FINDING.number - 1, Column.OPINION.number - 1),
)
"""First and last column, from 0, of the agency's pages and of the office's; both also show 编号."""
_PAGE = ((Column.UNIT.number - 1, Column.OPINION.number - 1),)
"""The same where both parts share their pages."""
_HINTS = {
    Turn.AGENCY: "只填浅黄色格；浅蓝色格由核查单位填写；得分自动计算，{mark} 分（含）以上达标。",
    Turn.OFFICE: "只填浅蓝色格：对照自评和佐证材料填核查情况，与自评不同的写明核查意见；{mark} 分（含）以上达标。",
}


def draw_head(canvas: Canvas) -> None:
    """Draw what stands above the table."""
    rubric = canvas.rubric
    title = canvas.kit.format(bold=True, font_size=16, align="left")
    titles = f"{rubric.title}{canvas.turn.value}", "核查部分（核查单位填写）"
    for (first, last), text in zip(_pages(canvas), titles, strict=False):
        canvas.sheet.merge_range(TITLE_ROW - 1, first, TITLE_ROW - 1, last, text, title)
    hint = canvas.kit.format(font_color=SOFT, align="left")
    mark = f"{'总分换算后 ' if rubric.scale else ''}{plain(rubric.pass_mark)}"
    text = f"{rubric.document}　{_HINTS[canvas.turn].format(mark=mark)}"
    canvas.sheet.merge_range(HINT_ROW - 1, Column.UNIT.number - 1, HINT_ROW - 1, Column.REMARK.number - 1, text, hint)
    canvas.sheet.set_row(TITLE_ROW - 1, 26)
    used = fields(rubric)
    chosen = {field.row for field in used if field.entry and field.entry.choices}
    for row in {field.row for field in used}:
        canvas.sheet.set_row(row - 1, row_height(2) if row in chosen else 19)
    label = canvas.kit.format(**CELL, bg_color=HEAD, align="center")
    formulas = _field_formulas(canvas)
    for field in used:
        canvas.sheet.write_string(field.row - 1, field.column - 1, field.label, label)
        _field(canvas, field, formulas)
    _caption(canvas)


def _pages(canvas: Canvas) -> tuple[tuple[int, int], ...]:
    return _PAGE if canvas.office else _PAGES


def _caption(canvas: Canvas) -> None:
    """Write a line that every page shows; a page's own header could not know who fills in the form."""
    name, year = Field.NAME.absolute, Field.YEAR.absolute
    formula = f'={name}&IF({year}="","","　"&{year}&" 年度")'
    style = canvas.kit.format(bold=True, align="left")
    for first, last in _pages(canvas):
        canvas.sheet.merge_range(CAPTION_ROW - 1, first, CAPTION_ROW - 1, last, "", style)
        canvas.sheet.write_formula(CAPTION_ROW - 1, first, formula, style, "")


def _field(canvas: Canvas, field: Field, formulas: Mapping[Field, tuple[str, str | float]]) -> None:
    look: dict[str, object] = {**CELL, "align": "left", "indent": 1}
    if field.filler is not Filler.AGENCY or not canvas.office:
        look |= _LOOKS[field.filler]
    if (canvas.office and field is Field.NAME) or (field.entry and field.entry.choices):
        look["text_wrap"] = True
    if field.entry and field.entry.kind is EntryKind.DATE:
        look["indent"] = 0  # a date that does not fit is shown as ###
    if field.entry and field.entry.number_format:
        look["num_format"] = field.entry.number_format
    style = canvas.kit.format(**look)
    row, first, last = field.row - 1, field.column, field.last - 1
    if last > first:
        canvas.sheet.merge_range(row, first, row, last, "", style)
    match field.filler:
        case Filler.FORMULA:
            formula, stored = formulas[field]
            canvas.sheet.write_formula(row, first, formula, style, stored)
        case Filler.PROGRAM:
            canvas.sheet.write_string(row, first, canvas.rubric.mark, style)
        case _:
            canvas.sheet.write_blank(row, first, None, style)


def _field_formulas(canvas: Canvas) -> dict[Field, tuple[str, str | float]]:
    """The formulas above the table, each with the result that is stored beside it."""
    rubric, own, office = canvas.rubric, canvas.ranges.own, canvas.ranges.office
    worst = PENDING if rubric.classes and not canvas.grouped else rubric.levels[0][0]
    return {
        Field.SELF_TOTAL: (totals.total(rubric, own), canvas.stored(own, 0)),
        Field.SELF_VERDICT: (totals.verdict(canvas.ranges, own), canvas.stored(own, worst)),
        Field.SELF_DUE: (totals.due(rubric, own), canvas.stored(own, _number(rubric.points))),
        Field.VERIFIED_TOTAL: (totals.total(rubric, office), ""),
        Field.VERIFIED_VERDICT: (totals.verdict(canvas.ranges, office), ""),
        Field.VERIFIED_DUE: (totals.due(rubric, office), ""),
    }


def _number(points: Decimal) -> int | float:
    """A stored value that a spreadsheet shows until it calculates."""
    return int(points) if points == int(points) else float(points)
