"""Rubric → the blank form as .xlsx bytes, for one agency.

Written with XlsxWriter because it stores a value beside each formula (a telephone's preview shows 0, not a blank)
and, with the creation date pinned, writes the same bytes every time (hazard 29).
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from jieyue_cli.form import formulas
from jieyue_cli.form.answers import MOST
from jieyue_cli.form.guide import Guide, guide
from jieyue_cli.form.layout import (
    FIRST_ROW,
    HEADER_ROW,
    HELP_SHEET,
    HINT_ROW,
    PENDING,
    SHEET,
    TITLE_ROW,
    Column,
    Field,
    Row,
    rows,
)
from jieyue_cli.rubric.model import Item, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType, plain
from jieyue_cli.workbook.cells import address, letters

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_INK, _LINE, _HEAD, _INPUT, _OFFICE, _SOFT = "#1F2937", "#9CA3AF", "#E5EDE8", "#FFFBE6", "#EAF2FB", "#6B7280"
_INPUTS = (Column.ANSWER, Column.EVIDENCE, Column.REMARK)
_OFFICE_INPUTS = (Column.FINDING, Column.OPINION)
_FILLED_ABOVE = (Field.NAME, Field.CATEGORY, Field.YEAR, Field.FILLED_BY, Field.PHONE, Field.DATE)
_LINE_HEIGHT = 13.5
_HELP_WIDTH = 68
_LONGEST_TITLE = 32
"""Characters a spreadsheet allows in the title of a prompt."""


@dataclass(frozen=True, slots=True)
class Prefill:
    """What is already known about the agency that will fill in the form."""

    name: str | None = None
    category: str | None = None
    year: int | None = None


def blank_form(rubric: Rubric, prefill: Prefill = Prefill()) -> bytes:
    """Make the form of design §5; the same arguments always give the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"{rubric.title}{SHEET}",
            "subject": rubric.mark,
            "author": "、".join(rubric.issuers),
            "created": dt.datetime.combine(rubric.issued, dt.time(), tzinfo=dt.UTC),
        }
    )
    book.set_size(24000, 14000)
    form = _Form(book, rubric, prefill)
    form.write()
    book.close()
    return stream.getvalue()


class _Form:
    """One workbook in the making."""

    def __init__(self, book: xlsxwriter.Workbook, rubric: Rubric, prefill: Prefill) -> None:
        self.book = book
        self.rubric = rubric
        self.prefill = prefill
        self.sheet = book.add_worksheet(SHEET)
        self.help = book.add_worksheet(HELP_SHEET)
        self.rows = list(rows(rubric))
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        self._columns()
        self._head()
        self._table()
        self._summary()
        self._checks()
        self._paper()
        _write_help(self, guide(self.rubric))
        self.sheet.activate()

    # -- cells -----------------------------------------------------------------------------------------------

    def style(self, **properties: Any) -> Any:
        """One format per set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**_FONT, "font_color": _INK, **properties})
        return self.formats[key]

    def _columns(self) -> None:
        for column in Column:
            self.sheet.set_column(column.number - 1, column.number - 1, column.width)

    def _head(self) -> None:
        last = len(Column) - 1
        rubric = self.rubric
        title = self.style(bold=True, font_size=16, align="center")
        self.sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, last, f"{rubric.title}{SHEET}", title)
        hint = self.style(font_color=_SOFT, font_size=9, align="center")
        mark = plain(rubric.pass_mark)
        text = f"{rubric.document}　只填浅黄色格；浅蓝色格由核查单位填写；得分自动计算，{mark} 分（含）以上达标。"
        self.sheet.merge_range(HINT_ROW - 1, 0, HINT_ROW - 1, last, text, hint)
        self.sheet.set_row(TITLE_ROW - 1, 26)
        for row in {field.row for field in Field}:
            self.sheet.set_row(row - 1, 19)
        known = {
            Field.NAME: self.prefill.name,
            Field.CATEGORY: self.prefill.category,
            Field.YEAR: self.prefill.year,
            Field.RUBRIC: rubric.mark,
        }
        for field in Field:
            self.sheet.write_string(
                field.row - 1,
                field.column - 1,
                field.label,
                self.style(border=1, border_color=_LINE, bg_color=_HEAD, align="center"),
            )
            self._above(field, known.get(field))

    def _above(self, field: Field, value: str | int | None) -> None:
        form: dict[str, Any] = {"border": 1, "border_color": _LINE, "align": "left", "indent": 1}
        if field in _FILLED_ABOVE:
            form |= {"locked": False, "bg_color": _INPUT}
        if field in (Field.PHONE, Field.NAME):
            form["num_format"] = "@"
        if field is Field.DATE:
            form["num_format"] = "yyyy-mm-dd"
        formula = self._total_formula(field)
        if formula:
            form |= {"bold": True, "align": "center", "indent": 0}
        row, first, last = field.row - 1, field.value_column - 1, field.last - 1
        style = self.style(**form)
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        if formula:
            self.sheet.write_formula(row, first, formula[0], style, formula[1])
        elif isinstance(value, int):
            self.sheet.write_number(row, first, value, style)
        elif value:
            self.sheet.write_string(row, first, value, style)
        else:
            self.sheet.write_blank(row, first, None, style)

    def _total_formula(self, field: Field) -> tuple[str, str | int] | None:
        scores, checked = self.area(Column.SELF_SCORE), self.area(Column.VERIFIED_SCORE)
        points, findings = self.area(Column.POINTS), self.area(Column.FINDING)
        match field:
            case Field.SELF_TOTAL:
                return formulas.total(scores), 0
            case Field.VERIFIED_TOTAL:
                return formulas.total(checked, findings), ""
            case Field.SELF_VERDICT:
                return formulas.verdict(_cell(Field.SELF_TOTAL), scores, points, self.rubric), "未达标"
            case Field.VERIFIED_VERDICT:
                return formulas.verdict(_cell(Field.VERIFIED_TOTAL), checked, points, self.rubric), ""
        return None

    def area(self, column: Column) -> str:
        """The absolute range of a column over all criteria."""
        name = letters(column.number)
        return f"${name}${FIRST_ROW}:${name}${self.rows[-1].number}"

    # -- the table -------------------------------------------------------------------------------------------

    def _table(self) -> None:
        self.sheet.set_row(HEADER_ROW - 1, 24)
        head = self.style(bold=True, border=1, border_color=_LINE, bg_color=_HEAD, align="center", text_wrap=True)
        for column in Column:
            self.sheet.write_string(HEADER_ROW - 1, column.number - 1, column.word, head)
        before: Row | None = None
        for row in self.rows:
            self._criterion(row, before)
            before = row

    def _criterion(self, row: Row, before: Row | None) -> None:
        new_unit = before is None or before.unit is not row.unit
        new_item = before is None or before.item is not row.item
        top: dict[str, Any] = {"border": 1, "border_color": _LINE, "text_wrap": True}
        if new_item:
            top |= {"top": 2 if new_unit else 1, "top_color": _INK}
        middle = {**top, "align": "center"}
        faint = {**middle, "font_color": _SOFT, "font_size": 8}
        unit_text = f"{row.unit.name}"
        texts = {
            Column.ID: (row.criterion.id, {**middle, "num_format": "@"}),
            Column.UNIT: (unit_text, {**middle, "bold": True} if new_unit else faint),
            Column.ITEM: (row.item.name, {**middle, "bold": True} if new_item else faint),
            Column.TEXT: (row.criterion.text, {**top, "align": "left"}),
            Column.RULE: (row.criterion.describe, {**middle, "font_size": 9}),
        }
        r = row.number - 1
        self.sheet.set_row(r, _height(row))
        for column, (text, form) in texts.items():
            self.sheet.write_string(r, column.number - 1, text, self.style(**form))
        self.sheet.write_number(r, Column.POINTS.number - 1, row.criterion.points, self.style(**middle))
        for column in (*_INPUTS, *_OFFICE_INPUTS):
            color = _INPUT if column in _INPUTS else _OFFICE
            align = "center" if column in (Column.ANSWER, Column.FINDING) else "left"
            form = {**top, "align": align, "bg_color": color, "locked": False}
            self.sheet.write_blank(r, column.number - 1, None, self.style(**form))
        score = self.style(**middle, bold=True)
        self.sheet.write_formula(r, Column.SELF_SCORE.number - 1, formulas.line_score(row, Column.ANSWER), score, 0)
        checked = formulas.verified_line_score(row, self.area(Column.FINDING))
        self.sheet.write_formula(r, Column.VERIFIED_SCORE.number - 1, checked, score, "")

    def _summary(self) -> None:
        """Unit, item and grand totals below the table, in the columns they sum."""
        r = self.rows[-1].number + 1
        bordered: dict[str, Any] = {"border": 1, "border_color": _LINE, "align": "center"}
        head = self.style(**bordered, bold=True, bg_color=_HEAD)
        self.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, "得分汇总", head)
        for column in (Column.POINTS, Column.SELF_SCORE, Column.VERIFIED_SCORE):
            self.sheet.write_string(r, column.number - 1, column.word, head)
        for unit in self.rubric.units:
            r += 1
            self._subtotal(r, unit, None, self.style(**bordered, bold=True))
            for item in unit.items:
                r += 1
                self._subtotal(r, unit, item, self.style(**bordered))
        r += 1
        bold = self.style(**bordered, bold=True, top=2)
        self.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, "总分", bold)
        self.sheet.write_number(r, Column.POINTS.number - 1, self.rubric.points, bold)
        self.sheet.write_formula(r, Column.SELF_SCORE.number - 1, f"={_cell(Field.SELF_TOTAL)}", bold, 0)
        self.sheet.write_formula(r, Column.VERIFIED_SCORE.number - 1, f"={_cell(Field.VERIFIED_TOTAL)}", bold, "")

    def _subtotal(self, r: int, unit: Unit, item: Item | None, style: Any) -> None:
        whole: Unit | Item = item or unit
        self.sheet.write_string(r, Column.UNIT.number - 1, unit.name, style)
        self.sheet.merge_range(
            r, Column.ITEM.number - 1, r, Column.RULE.number - 1, item.name if item else "单元小计", style
        )
        self.sheet.write_number(r, Column.POINTS.number - 1, whole.points, style)
        conditions = [(self.area(Column.UNIT), address(r + 1, Column.UNIT.number))]
        if item:
            conditions.append((self.area(Column.ITEM), address(r + 1, Column.ITEM.number)))
        own = formulas.subtotal(self.area(Column.SELF_SCORE), *conditions)
        self.sheet.write_formula(r, Column.SELF_SCORE.number - 1, own, style, 0)
        checked = formulas.subtotal(self.area(Column.VERIFIED_SCORE), *conditions).removeprefix("=")
        begun = f'=IF({_cell(Field.VERIFIED_TOTAL)}="","",{checked})'
        self.sheet.write_formula(r, Column.VERIFIED_SCORE.number - 1, begun, style, "")

    # -- what may be entered ---------------------------------------------------------------------------------

    def _checks(self) -> None:
        check = self.sheet.data_validation
        scope = f"={HELP_SHEET}!$B$1:$B${len(self.rubric.scope)}"
        check(
            _cell(Field.CATEGORY),
            {
                "validate": "list",
                "source": scope,
                "input_title": "单位类别",
                "input_message": "请从下拉列表中选择。",
                "error_title": "单位类别",
                "error_message": "请从下拉列表中选择单位类别。",
            },
        )
        first = self.rubric.issued.year
        check(
            _cell(Field.YEAR),
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": first,
                "maximum": 2099,
                "input_title": "评价年度",
                "input_message": f"填四位年份，如 {first}。",
                "error_title": "评价年度",
                "error_message": f"请填写四位年份，如 {first}。",
            },
        )
        check(
            _cell(Field.NAME),
            {"validate": "any", "input_title": "单位名称", "input_message": "填单位全称，与公章一致。"},
        )
        check(
            _cell(Field.DATE),
            {
                "validate": "date",
                "criteria": ">=",
                "value": self.rubric.issued,
                "input_title": "填报日期",
                "input_message": "如 2020-10-20。",
                "error_title": "填报日期",
                "error_message": "请填写日期，如 2020-10-20。",
            },
        )
        for row in self.rows:
            for column in (Column.ANSWER, Column.FINDING):
                check(row.address(column), _answer_check(row))
        warn = self.book.add_format({"font_color": "#B91C1C", "bg_color": "#FEE2E2"})
        good = self.book.add_format({"font_color": "#166534", "bg_color": "#DCFCE7"})
        for area in (
            self.area(Column.SELF_SCORE),
            self.area(Column.VERIFIED_SCORE),
            _cell(Field.SELF_VERDICT),
            _cell(Field.VERIFIED_VERDICT),
        ):
            for text, look in ((PENDING, warn), ("达标", good)):
                self.sheet.conditional_format(
                    area.replace("$", ""), {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look}
                )

    def _paper(self) -> None:
        """Screen and paper: protection, the first input, A4 landscape with the header on every page."""
        sheet = self.sheet
        sheet.protect("", {"autofilter": True, "sort": True, "format_rows": True, "format_columns": True})
        sheet.autofilter(HEADER_ROW - 1, 0, self.rows[-1].number - 1, len(Column) - 1)
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.set_selection(_cell(Field.NAME).replace("$", ""))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW - 1)
        sheet.set_footer("&L&8" + self.rubric.document + "&C&8第 &P 页，共 &N 页&R&8填报单位（盖章）：　　　　　　　")


def _answer_check(row: Row) -> dict[str, Any]:
    prompt = row.criterion.rule.prompt(row.criterion.points)
    title = f"编号 {row.criterion.id}"[:_LONGEST_TITLE]
    common = {
        "input_title": title,
        "input_message": prompt[:255],
        "error_title": title,
        "error_message": prompt[:255],
    }
    if row.criterion.rule.answer_type is AnswerType.YES_NO:
        return {**common, "validate": "list", "source": ["是", "否"]}
    return {**common, "validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST}


def _cell(field: Field) -> str:
    return f"${letters(field.value_column)}${field.row}"


def _height(row: Row) -> float:
    """A row as high as its longest wrapped text."""
    texts = (
        (row.criterion.text, Column.TEXT),
        (row.criterion.describe, Column.RULE),
        (row.unit.name, Column.UNIT),
        (row.item.name, Column.ITEM),
    )
    return max(2, *(_lines(text, column.width) for text, column in texts)) * _LINE_HEIGHT + 4


def _lines(text: str, width: float) -> int:
    """How many lines ``text`` takes when wrapped."""
    units = sum(1 if char.isascii() else 2 for char in text)
    return -(-units // int(width - 1))


def _write_help(form: _Form, text: Guide) -> None:
    """The second sheet; the list behind the drop-down of categories stands in its column B, out of sight."""
    sheet = form.help
    sheet.set_column(0, 0, _HELP_WIDTH)
    sheet.set_column(1, 1, 30, None, {"hidden": True})
    for r, category in enumerate(form.rubric.scope):
        sheet.write_string(r, 1, category)
    for r, line in enumerate(text):
        size = 16 if r == 0 else 12 if line.heading else 10
        look = {"bold": True} if line.heading else {"text_wrap": True}
        sheet.set_row(r, _lines(line.text, _HELP_WIDTH) * _LINE_HEIGHT * size / 10 + 4)
        sheet.write_string(r, 0, line.text, form.style(**look, font_size=size))
    sheet.protect("")
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
