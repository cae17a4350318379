"""The form's table: the header, one row a criterion, and the hidden cells in which long rules are worked out."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.format import Format

from jieyue_cli.form.blank.canvas import INPUT, OFFICE_INPUT, Canvas
from jieyue_cli.form.blank.formulas import answers, limits, lines, totals, units, verification
from jieyue_cli.form.blank.ranges import Side
from jieyue_cli.form.layout import (
    BRIEF_COLUMN,
    CAPTION_ROW,
    ELSEWHERE,
    FIRST_ROW,
    HEADER_ROW,
    PENDING,
    UNMET,
    Column,
    FormRow,
)
from jieyue_cli.rubric.model import Input
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.workbook.cells import address
from jieyue_cli.writing.kit import CELL, HEAD, INK
from jieyue_cli.writing.rows import line_count, row_height

_CLAIMS = (Column.ANSWER, Column.EVIDENCE, Column.REMARK)
_INPUTS = {**dict.fromkeys(_CLAIMS, INPUT), Column.FINDING: OFFICE_INPUT, Column.OPINION: OFFICE_INPUT}
_SUBHEAD = "#F3F4F6"
BRIEF_WIDTH = 40
_BRIEFEST = 38
"""Characters of a sentence that two lines of the brief column hold."""
_FORMATS = {
    AnswerType.PERCENT: {"num_format": "0.##%"},
    AnswerType.DATE: {"num_format": "yyyy-mm-dd"},
    AnswerType.TEXT: {"num_format": "@"},
}
_Look = Mapping[str, object]
"""Properties of a format."""


def draw_table(canvas: Canvas) -> None:
    """Draw the header and one row a criterion, part or question."""
    canvas.sheet.set_row(HEADER_ROW - 1, row_height(2) if canvas.office else 24)
    head = canvas.kit.format(**CELL, bold=True, bg_color=HEAD, align="center", text_wrap=True)
    for column in Column:
        canvas.sheet.write_string(HEADER_ROW - 1, column.number - 1, column.word, head)
    before: FormRow | None = None
    for row in canvas.ranges.rows:
        _criterion(canvas, row, before)
        before = row


def _criterion(canvas: Canvas, row: FormRow, before: FormRow | None) -> None:
    new_unit = before is None or before.unit != row.unit
    new_item = before is None or new_unit or before.item != row.item
    top: dict[str, object] = {**CELL, "text_wrap": True}
    if new_item:
        top |= {"top": 2 if new_unit else 1, "top_color": INK}
    if row.question is None:
        top["bg_color"] = _SUBHEAD
    _texts(canvas, row, top, new_unit=new_unit, new_item=new_item)
    _inputs(canvas, row, top)
    score = canvas.kit.format(**top, align="center", bold=True)
    for side in canvas.ranges.sides:
        _score(canvas, row, side, score)
    for side in canvas.ranges.sides:
        _work(canvas, row, side)


def _texts(canvas: Canvas, row: FormRow, top: _Look, *, new_unit: bool, new_item: bool) -> None:
    """What the standard says: the columns up to 分值."""
    middle = {**top, "align": "center"}
    flush = row.scored or row.question is None or isinstance(row.criterion, Input)
    left = {**top, "align": "left"} if flush else {**top, "align": "left", "indent": 1}
    texts = {
        Column.ID: (row.id, {**middle, "num_format": "@"}),
        Column.UNIT: (row.unit, {**middle, "bold": new_unit}),
        Column.ITEM: (row.item, {**middle, "bold": new_item}),
        Column.TEXT: (row.text, left),
        Column.RULE: (row.rule, middle),
    }
    r = row.number - 1
    canvas.sheet.set_row(
        r, row_height(max(2, *(line_count(text, canvas.width(column)) for column, (text, _) in texts.items())))
    )
    for column, (text, look) in texts.items():
        canvas.sheet.write_string(r, column.number - 1, text, canvas.kit.format(**look))
    points = canvas.kit.format(**middle)
    if row.points is None:
        canvas.sheet.write_blank(r, Column.POINTS.number - 1, None, points)
    else:
        canvas.sheet.write_number(r, Column.POINTS.number - 1, row.points, points)


def _inputs(canvas: Canvas, row: FormRow, top: _Look) -> None:
    for column, colour in _INPUTS.items():
        answer = column in (Column.ANSWER, Column.FINDING)
        look = {**top, "align": "center" if answer else "left"}
        given = canvas.office and column in _CLAIMS
        if row.question and not given:
            look |= {"bg_color": colour, "locked": False}
        if row.question and answer:
            look |= _FORMATS.get(row.question.asked.type, {})
        canvas.sheet.write_blank(row.number - 1, column.number - 1, None, canvas.kit.format(**look))


def _score(canvas: Canvas, row: FormRow, side: Side, style: Format) -> None:
    cell = row.address(side.score)
    if not row.scored:
        canvas.sheet.write_blank(cell, None, style)
        return
    stored: str | float = 0
    if row.groups:
        stored = ELSEWHERE if canvas.grouped else PENDING
    elif row.gate:
        stored = UNMET
    formula = lines.line_score(row, side, canvas.ranges)
    canvas.sheet.write_formula(cell, formula, style, canvas.stored(side, stored))


def _work(canvas: Canvas, row: FormRow, side: Side) -> None:
    """The hidden cells of a row that has any."""
    if row.question and (cell := side.understood_at.get(row.id)):
        finding, own = side.answer_of[row.id], canvas.ranges.own.understood_at[row.id]
        shown = verification.adopted(side, finding, own, answers.understood(row.question, finding))
        canvas.sheet.write_formula(cell, f"={shown}", None, "")
    if cell := side.part_points.get(row.id):
        canvas.sheet.write_formula(cell, lines.part_score(row, side, canvas.ranges), None, "" if canvas.answered else 0)


def draw_brief(canvas: Canvas) -> None:
    """Write each criterion in a few words beside the office's columns.

    What they are stands a row above the header: the header has the table's words and no other.
    """
    head = {**CELL, "bold": True, "bg_color": HEAD, "align": "center"}
    column = BRIEF_COLUMN - 1
    canvas.sheet.write_string(CAPTION_ROW - 1, column, "条文（摘要）", canvas.kit.format(**head | {"bottom": 0}))
    canvas.sheet.write_blank(HEADER_ROW - 1, column, None, canvas.kit.format(**head | {"top": 0}))
    style = canvas.kit.format(**CELL, align="left", text_wrap=True)
    for row in canvas.ranges.rows:
        short = row.text if len(row.text) <= _BRIEFEST else f"{row.text[: _BRIEFEST - 1]}…"
        canvas.sheet.write_string(row.number - 1, column, short, style)


def draw_demands(canvas: Canvas) -> None:
    """Write the hidden cells with the grades that requirements let through, and with what limits are about."""
    for side in canvas.ranges.sides:
        for cell, formula in (*limits.empties(canvas.ranges, side), *units.counts(canvas.ranges, side)):
            canvas.sheet.write_formula(cell, formula, None, "" if canvas.answered else 0)
        for number, (at_least, at_most) in enumerate(totals.demands(canvas.ranges, side), FIRST_ROW):
            canvas.sheet.write_formula(address(number, side.working.at_least), at_least, None, "")
            canvas.sheet.write_formula(address(number, side.working.at_most), at_most, None, "")
