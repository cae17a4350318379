"""Rubric → the form with nothing filled in, as .xlsx bytes: the sheet as it looks on screen and paper."""

from __future__ import annotations

import io

from jieyue_cli.form.blank.above import draw_head
from jieyue_cli.form.blank.canvas import Canvas
from jieyue_cli.form.blank.checks import add_checks, add_marks
from jieyue_cli.form.blank.help_sheet import HelpSheet
from jieyue_cli.form.blank.ranges import Ranges
from jieyue_cli.form.blank.summary import draw_summary
from jieyue_cli.form.blank.table import BRIEF_WIDTH, draw_brief, draw_demands, draw_table
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import BRIEF_COLUMN, CAPTION_ROW, HEADER_ROW, SHEET, Column
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.writing.kit import PAGE_OF_PAGES, Kit, landscape

_SCALES = {Turn.AGENCY: 92, Turn.OFFICE: 90}
"""Per cent at which the columns up to 备注, or all of them, are as wide as the paper; 10 points are then 9 or more."""


def draw(rubric: Rubric, turn: Turn, *, grouped: bool, answered: bool) -> bytes:
    """Make the form of docs/contract.md, Form; the same arguments always give the same bytes.

    ``grouped`` and ``answered`` say whether the agency's class, and answers, will be filled in: the results stored
    beside the formulas depend on it.
    """
    stream = io.BytesIO()
    title, authors = f"{rubric.title}{turn.value}", "、".join(rubric.issuers)
    kit = Kit(stream, title=title, subject=rubric.mark, created=rubric.issued, author=authors)
    canvas = Canvas(kit, kit.sheet(SHEET), Ranges(rubric), grouped, answered, turn)
    help_sheet = HelpSheet(kit, rubric, turn)
    _columns(canvas)
    draw_head(canvas)
    draw_table(canvas)
    if not canvas.office:
        draw_brief(canvas)
    draw_demands(canvas)
    draw_summary(canvas)
    add_checks(canvas, help_sheet)
    add_marks(canvas)
    _paper(canvas)
    help_sheet.write()
    canvas.sheet.activate()
    kit.close()
    return stream.getvalue()


def _columns(canvas: Canvas) -> None:
    for column in Column:
        canvas.sheet.set_column(column.number - 1, column.number - 1, canvas.width(column))
    if not canvas.office:
        canvas.sheet.set_column(BRIEF_COLUMN - 1, BRIEF_COLUMN - 1, BRIEF_WIDTH)
    if canvas.ranges.last_column > BRIEF_COLUMN:
        canvas.sheet.set_column(BRIEF_COLUMN, canvas.ranges.last_column - 1, 9, None, {"hidden": True})


def _paper(canvas: Canvas) -> None:
    """Screen and paper: protection, the first input; A4 landscape, the agency's columns first, then the office's.

    When it is the office's turn, all of them stand side by side.

    The office's pages repeat 编号; the sums and the lines to sign on share a page. Page breaks need a fixed scale: a
    spreadsheet program that fits a sheet to pages ignores them.
    """
    sheet = canvas.sheet
    sheet.protect("", {"autofilter": True, "sort": True, "format_rows": True, "format_columns": True})
    sheet.autofilter(HEADER_ROW - 1, 0, canvas.ranges.last_row - 1, canvas.ranges.last_column - 1)
    sheet.freeze_panes(HEADER_ROW, 0)
    findings = canvas.ranges.office.answer_of.values()
    sheet.set_selection(next(iter(findings)) if canvas.office else Field.NAME.cell)
    sheet.repeat_rows(CAPTION_ROW - 1, HEADER_ROW - 1)
    sheet.repeat_columns(Column.ID.number - 1)
    landscape(sheet, left=canvas.rubric.document, centre=PAGE_OF_PAGES, scale=_SCALES[canvas.turn])
    if not canvas.office:
        sheet.set_v_pagebreaks([Column.REMARK.number])
    sheet.set_h_pagebreaks([canvas.ranges.last_row + 1])
