"""Rubric → the form with nothing filled in, as .xlsx bytes: the sheet as it looks on screen and paper."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal

from xlsxwriter.format import Format

from jieyue_cli.form.blank.checks import add_checks, add_marks
from jieyue_cli.form.blank.formulas import answers, lines, totals
from jieyue_cli.form.blank.help_sheet import HelpSheet
from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.form.head import Field, Filler, fields
from jieyue_cli.form.layout import (
    ELSEWHERE,
    FIRST_ROW,
    HEADER_ROW,
    HINT_ROW,
    PENDING,
    SHEET,
    TITLE_ROW,
    UNMET,
    Column,
    FormRow,
)
from jieyue_cli.rubric.model import Item, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType, plain
from jieyue_cli.workbook.cells import address
from jieyue_cli.writing.kit import CELL, HEAD, INK, LINE_HEIGHT, PAGE_OF_PAGES, SOFT, Kit, landscape
from jieyue_cli.writing.kit import lines as lines_of

_INPUT, _OFFICE, _SUBHEAD = "#FFFBE6", "#EAF2FB", "#F3F4F6"
_INPUTS = {
    Column.ANSWER: _INPUT,
    Column.EVIDENCE: _INPUT,
    Column.REMARK: _INPUT,
    Column.FINDING: _OFFICE,
    Column.OPINION: _OFFICE,
}
_FIELD_LOOKS: dict[Filler, dict[str, object]] = {
    Filler.AGENCY: {"locked": False, "bg_color": _INPUT},
    Filler.OFFICE: {"locked": False, "bg_color": _OFFICE},
    Filler.FORMULA: {"bold": True, "align": "center", "indent": 0},
    Filler.PROGRAM: {},
}
_Look = Mapping[str, object]
"""Properties of a format."""


def draw(rubric: Rubric, *, grouped: bool, answered: bool) -> bytes:
    """Make the form of docs/contract.md, Form; the same arguments always give the same bytes.

    ``grouped`` and ``answered`` say whether the agency's class, and answers, will be filled in: the results stored
    beside the formulas depend on it.
    """
    stream = io.BytesIO()
    title, authors = f"{rubric.title}{SHEET}", "、".join(rubric.issuers)
    kit = Kit(stream, title=title, subject=rubric.mark, created=rubric.issued, author=authors)
    _Drawing(kit, Ranges(rubric), grouped=grouped, answered=answered).write()
    kit.close()
    return stream.getvalue()


class _Drawing:
    """One form in the making."""

    def __init__(self, kit: Kit, ranges: Ranges, *, grouped: bool, answered: bool) -> None:
        self.kit = kit
        self.ranges = ranges
        self.rubric = ranges.rubric
        self.grouped = grouped
        self.answered = answered
        self.sheet = kit.sheet(SHEET)
        self.help = HelpSheet(kit, ranges.rubric)

    def write(self) -> None:
        self._columns()
        self._head()
        self._table()
        self._demands()
        self._summary()
        add_checks(self.sheet, self.ranges, self.help)
        add_marks(self.sheet, self.ranges, self.kit)
        self._paper()
        self.help.write()
        self.sheet.activate()

    def _columns(self) -> None:
        for column in Column:
            self.sheet.set_column(column.number - 1, column.number - 1, column.width)
        if self.ranges.last_column > len(Column):
            self.sheet.set_column(len(Column), self.ranges.last_column - 1, 9, None, {"hidden": True})

    def _stored(self, result: str | float) -> str | float:
        """The result beside a formula, for programs that do not calculate; none where answers will be filled in."""
        return "" if self.answered else result

    # -- above the table -------------------------------------------------------------------------------------

    def _head(self) -> None:
        last = len(Column) - 1
        rubric = self.rubric
        title = self.kit.format(bold=True, font_size=16, align="center")
        self.sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, last, f"{rubric.title}{SHEET}", title)
        hint = self.kit.format(font_color=SOFT, font_size=9, align="center")
        mark = plain(rubric.pass_mark)
        text = f"{rubric.document}　只填浅黄色格；浅蓝色格由核查单位填写；得分自动计算，{mark} 分（含）以上达标。"
        self.sheet.merge_range(HINT_ROW - 1, 0, HINT_ROW - 1, last, text, hint)
        self.sheet.set_row(TITLE_ROW - 1, 26)
        used = fields(rubric)
        for row in {field.row for field in used}:
            self.sheet.set_row(row - 1, 19)
        label = self.kit.format(**CELL, bg_color=HEAD, align="center")
        formulas = self._field_formulas()
        for field in used:
            self.sheet.write_string(field.row - 1, field.column - 1, field.label, label)
            self._field(field, formulas)

    def _field(self, field: Field, formulas: Mapping[Field, tuple[str, str | float]]) -> None:
        look: dict[str, object] = {**CELL, "align": "left", "indent": 1, **_FIELD_LOOKS[field.filler]}
        if field.entry and field.entry.number_format:
            look["num_format"] = field.entry.number_format
        style = self.kit.format(**look)
        row, first, last = field.row - 1, field.column, field.last - 1
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        match field.filler:
            case Filler.FORMULA:
                formula, stored = formulas[field]
                self.sheet.write_formula(row, first, formula, style, self._stored(stored))
            case Filler.PROGRAM:
                self.sheet.write_string(row, first, self.rubric.mark, style)
            case _:
                self.sheet.write_blank(row, first, None, style)

    def _field_formulas(self) -> dict[Field, tuple[str, str | float]]:
        """The formulas above the table, each with its result while nothing is entered."""
        rubric, own, office = self.rubric, self.ranges.own, self.ranges.office
        worst = PENDING if rubric.classes and not self.grouped else rubric.levels[0][0]
        return {
            Field.SELF_TOTAL: (totals.total(rubric, own), 0),
            Field.SELF_VERDICT: (totals.verdict(rubric, own), worst),
            Field.SELF_DUE: (totals.due(rubric, own), _number(rubric.points)),
            Field.VERIFIED_TOTAL: (totals.total(rubric, office), ""),
            Field.VERIFIED_VERDICT: (totals.verdict(rubric, office), ""),
            Field.VERIFIED_DUE: (totals.due(rubric, office), ""),
        }

    # -- the table -------------------------------------------------------------------------------------------

    def _table(self) -> None:
        self.sheet.set_row(HEADER_ROW - 1, 24)
        head = self.kit.format(**CELL, bold=True, bg_color=HEAD, align="center", text_wrap=True)
        for column in Column:
            self.sheet.write_string(HEADER_ROW - 1, column.number - 1, column.word, head)
        before: FormRow | None = None
        for row in self.ranges.rows:
            self._criterion(row, before)
            before = row

    def _criterion(self, row: FormRow, before: FormRow | None) -> None:
        new_unit = before is None or before.unit != row.unit
        new_item = before is None or new_unit or before.item != row.item
        top: dict[str, object] = {**CELL, "text_wrap": True}
        if new_item:
            top |= {"top": 2 if new_unit else 1, "top_color": INK}
        if row.question is None:
            top["bg_color"] = _SUBHEAD
        self._texts(row, top, new_unit=new_unit, new_item=new_item)
        self._inputs(row, top)
        score = self.kit.format(**top, align="center", bold=True)
        for side in self.ranges.sides:
            self._score(row, side, score)
        for side in self.ranges.sides:
            self._work(row, side)

    def _texts(self, row: FormRow, top: _Look, *, new_unit: bool, new_item: bool) -> None:
        """What the standard says: the columns up to 分值."""
        middle = {**top, "align": "center"}
        faint = {**middle, "font_color": SOFT, "font_size": 8}
        left = {**top, "align": "left"} if row.scored or row.question is None else {**top, "align": "left", "indent": 1}
        texts = {
            Column.ID: (row.id, {**middle, "num_format": "@"}),
            Column.UNIT: (row.unit, {**middle, "bold": True} if new_unit else faint),
            Column.ITEM: (row.item, {**middle, "bold": True} if new_item else faint),
            Column.TEXT: (row.text, left),
            Column.RULE: (row.rule, {**middle, "font_size": 9}),
        }
        r = row.number - 1
        self.sheet.set_row(r, _height(row))
        for column, (text, look) in texts.items():
            self.sheet.write_string(r, column.number - 1, text, self.kit.format(**look))
        points = self.kit.format(**(middle if row.scored else faint))
        if row.gate or row.id != row.criterion.id:
            self.sheet.write_blank(r, Column.POINTS.number - 1, None, points)
        else:
            self.sheet.write_number(r, Column.POINTS.number - 1, row.criterion.points, points)

    def _inputs(self, row: FormRow, top: _Look) -> None:
        for column, colour in _INPUTS.items():
            answer = column in (Column.ANSWER, Column.FINDING)
            look = {**top, "align": "center" if answer else "left"}
            if row.question:
                look |= {"bg_color": colour, "locked": False}
                if answer and row.question.asked.type is AnswerType.PERCENT:
                    look["num_format"] = "0.##%"
            self.sheet.write_blank(row.number - 1, column.number - 1, None, self.kit.format(**look))

    def _score(self, row: FormRow, side: Side, style: Format) -> None:
        cell = row.address(side.score)
        if not row.scored:
            self.sheet.write_blank(cell, None, style)
            return
        stored: str | float = 0
        if row.groups:
            stored = ELSEWHERE if self.grouped else PENDING
        elif row.gate:
            stored = UNMET
        formula = lines.line_score(row, side, self.ranges)
        self.sheet.write_formula(cell, formula, style, "" if side.office else self._stored(stored))

    def _work(self, row: FormRow, side: Side) -> None:
        """The hidden cells of a row that has any."""
        if row.question and (cell := side.understood_at.get(row.id)):
            formula = answers.understood(row.question, side.answer_of[row.id])
            self.sheet.write_formula(cell, formula, None, "")
        if cell := side.part_points.get(row.id):
            self.sheet.write_formula(cell, lines.part_score(row, side), None, self._stored(0))

    def _demands(self) -> None:
        """The hidden cells that hold a grade down."""
        for side in self.ranges.sides:
            for number, (at_least, at_most) in enumerate(totals.demands(self.ranges, side), FIRST_ROW):
                self.sheet.write_formula(address(number, side.working.at_least), at_least, None, "")
                self.sheet.write_formula(address(number, side.working.at_most), at_most, None, "")

    # -- below the table -------------------------------------------------------------------------------------

    def _summary(self) -> None:
        """Unit, item and grand totals below the table, in the columns they sum."""
        r = self.ranges.last_row + 1
        middle: dict[str, object] = {**CELL, "align": "center"}
        head = self.kit.format(**middle, bold=True, bg_color=HEAD)
        self.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, "得分汇总", head)
        for column in (Column.POINTS, Column.SELF_SCORE, Column.VERIFIED_SCORE):
            self.sheet.write_string(r, column.number - 1, column.word, head)
        for unit in self.rubric.units:
            r += 1
            self._subtotal(r, unit, None, self.kit.format(**middle, bold=True, shrink=True))
            for item in unit.items:
                r += 1
                self._subtotal(r, unit, item, self.kit.format(**middle, shrink=True))
        r += 1
        bold = self.kit.format(**middle, bold=True, top=2)
        self.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, "总分", bold)
        self.sheet.write_number(r, Column.POINTS.number - 1, self.rubric.full, bold)
        for side in self.ranges.sides:
            stored = "" if side.office else self._stored(0)
            self.sheet.write_formula(r, side.score.number - 1, f"={side.total}", bold, stored)

    def _subtotal(self, r: int, unit: Unit, item: Item | None, style: Format) -> None:
        whole: Unit | Item = item or unit
        name = item.name if item else _subtotal_name(unit)
        self.sheet.write_string(r, Column.UNIT.number - 1, unit.name, style)
        self.sheet.merge_range(r, Column.ITEM.number - 1, r, Column.RULE.number - 1, name, style)
        self.sheet.write_number(r, Column.POINTS.number - 1, whole.points, style)
        conditions = [(self.ranges.of(Column.UNIT), address(r + 1, Column.UNIT.number))]
        if item:
            conditions.append((self.ranges.of(Column.ITEM), address(r + 1, Column.ITEM.number)))
        cap = unit.points if unit.bonus and item is None else None
        for side in self.ranges.sides:
            stored = "" if side.office else self._stored(0)
            formula = totals.subtotal(side, *conditions, cap=cap)
            self.sheet.write_formula(r, side.score.number - 1, formula, style, stored)

    def _paper(self) -> None:
        """Screen and paper: protection, the first input, A4 landscape with the header on every page."""
        sheet = self.sheet
        sheet.protect("", {"autofilter": True, "sort": True, "format_rows": True, "format_columns": True})
        sheet.autofilter(HEADER_ROW - 1, 0, self.ranges.last_row - 1, self.ranges.last_column - 1)
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.set_selection(Field.NAME.cell)
        sheet.repeat_rows(HEADER_ROW - 1)
        landscape(sheet, left=self.rubric.document, centre=PAGE_OF_PAGES, right="填报单位（盖章）：　　　　　　　")


def _subtotal_name(unit: Unit) -> str:
    return f"单元小计（附加分，最多计 {plain(unit.points)} 分）" if unit.bonus else "单元小计"


def _number(points: Decimal) -> int | float:
    """A stored value that a spreadsheet shows until it calculates."""
    return int(points) if points == int(points) else float(points)


def _height(row: FormRow) -> float:
    """A row as high as its longest wrapped text."""
    texts = (
        (row.text, Column.TEXT),
        (row.rule, Column.RULE),
        (row.unit, Column.UNIT),
        (row.item, Column.ITEM),
    )
    return max(2, *(lines_of(text, column.width) for text, column in texts)) * LINE_HEIGHT + 4
