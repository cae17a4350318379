"""Rubric → the form with nothing filled in, as .xlsx bytes.

Drawn with XlsxWriter because it stores a value beside each formula (a telephone's preview shows 0, not a blank)
and, with the creation date pinned, writes the same bytes every time (docs/hazards.md, 29).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from jieyue_cli.form.answers import ABSENT, LARGEST, MOST, UNTRUE
from jieyue_cli.form.blank import formulas
from jieyue_cli.form.blank.guide import Guide, guide
from jieyue_cli.form.layout import (
    ELSEWHERE,
    FIRST_ROW,
    HEADER_ROW,
    HELP_SHEET,
    HINT_ROW,
    PENDING,
    SHEET,
    TITLE_ROW,
    UNMET,
    WORKING,
    Column,
    Field,
    FormRow,
    fields,
    rows,
)
from jieyue_cli.rubric.model import Item, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType, Asked
from jieyue_cli.rubric.rules.ladder import NONE
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import address, letters

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_INK, _LINE, _HEAD, _INPUT, _OFFICE, _SOFT = "#1F2937", "#9CA3AF", "#E5EDE8", "#FFFBE6", "#EAF2FB", "#6B7280"
_SUBHEAD = "#F3F4F6"
_LISTS = 3
"""Columns of the second sheet that are taken: its text, the categories, the classes."""
_INPUTS = (Column.ANSWER, Column.EVIDENCE, Column.REMARK)
_OFFICE_INPUTS = (Column.FINDING, Column.OPINION)
_FILLED_ABOVE = (Field.NAME, Field.CATEGORY, Field.YEAR, Field.FILLED_BY, Field.PHONE, Field.DATE, Field.GROUP)
_LINE_HEIGHT = 13.5
_HELP_WIDTH = 68
_LONGEST_LIST = 255
"""Characters a spreadsheet allows in a drop-down list that is written into its cell."""
_LONGEST_TITLE = 32
"""Characters a spreadsheet allows in the title of a prompt."""


def draw(rubric: Rubric, *, grouped: bool, answered: bool) -> bytes:
    """Make the form of docs/contract.md, Form; the same arguments always give the same bytes.

    ``grouped`` and ``answered`` say whether the agency's class, and answers, will be filled in: the results stored
    beside the formulas depend on it.
    """
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
    form = _Form(book, rubric, grouped=grouped, answered=answered)
    form.write()
    book.close()
    return stream.getvalue()


class _Form:
    """One workbook in the making."""

    def __init__(self, book: xlsxwriter.Workbook, rubric: Rubric, *, grouped: bool, answered: bool) -> None:
        self.book = book
        self.rubric = rubric
        self.grouped = grouped
        self.answered = answered
        self.sheet = book.add_worksheet(SHEET)
        self.help = book.add_worksheet(HELP_SHEET)
        self.rows = rows(rubric)
        self.lists = 0
        """Lists on the second sheet, besides categories and classes."""
        self.places = {column: self._place(column) for column in (Column.ANSWER, Column.FINDING)}
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        self._columns()
        self._head()
        self._table()
        self._demands()
        self._summary()
        self._checks()
        self._paper()
        _write_help(self, guide(self.rubric))
        self.sheet.activate()

    def _place(self, column: Column) -> formulas.Place:
        """Where one side's answers stand and are worked out."""
        hidden = WORKING[column]
        combined = {part.id for row in self.rows if row.scored for part in row.criterion.nested[1:]}
        return formulas.Place(
            answers={row.id: row.address(column) for row in self.rows if row.question},
            values={row.id: address(row.number, hidden.values) for row in self.rows if formulas.worked(row)},
            parts={row.id: address(row.number, hidden.parts) for row in self.rows if row.id in combined},
        )

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
        if self.last > len(Column):
            self.sheet.set_column(len(Column), self.last - 1, 9, None, {"hidden": True})

    @property
    def last(self) -> int:
        """The last column that is used, hidden ones too."""
        hidden = self.rubric.demanding or any(place.values or place.parts for place in self.places.values())
        return max(max(columns) for columns in WORKING.values()) if hidden else len(Column)

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
        used = fields(rubric)
        for row in {field.row for field in used}:
            self.sheet.set_row(row - 1, 19)
        for field in used:
            self.sheet.write_string(
                field.row - 1,
                field.column - 1,
                field.label,
                self.style(border=1, border_color=_LINE, bg_color=_HEAD, align="center"),
            )
            self._above(field)

    def _above(self, field: Field) -> None:
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
            self.sheet.write_formula(row, first, formula[0], style, self._stored(formula[1]))
        elif field is Field.RUBRIC:
            self.sheet.write_string(row, first, self.rubric.mark, style)
        else:
            self.sheet.write_blank(row, first, None, style)

    def _total_formula(self, field: Field) -> tuple[str, str | int | float] | None:
        own, office = self.side(Column.ANSWER, Column.SELF_SCORE), self.side(Column.FINDING, Column.VERIFIED_SCORE)
        match field:
            case Field.SELF_TOTAL:
                return formulas.total(self.rubric, own, begun=False), 0
            case Field.VERIFIED_TOTAL:
                return formulas.total(self.rubric, office, begun=True), ""
            case Field.SELF_VERDICT:
                worst = PENDING if self.rubric.classes and not self.grouped else self.rubric.levels[0][0]
                return formulas.verdict(self.rubric, own, _cell(Field.SELF_TOTAL)), worst
            case Field.VERIFIED_VERDICT:
                return formulas.verdict(self.rubric, office, _cell(Field.VERIFIED_TOTAL)), ""
            case Field.SELF_DUE:
                return formulas.due(self.rubric, own, _cell(Field.SELF_TOTAL)), _number(self.rubric.points)
            case Field.VERIFIED_DUE:
                return formulas.due(self.rubric, office, _cell(Field.VERIFIED_TOTAL)), ""
        return None

    def _stored(self, result: str | float) -> str | float:
        """The result beside a formula, for programs that do not calculate; none where answers will be filled in."""
        return "" if self.answered else result

    def side(self, answers: Column, scores: Column) -> formulas.Side:
        """One side's ranges."""
        return formulas.Side(
            ids=self.area(Column.ID),
            answers=self.area(answers),
            scores=self.area(scores),
            points=self.area(Column.POINTS),
            units=self.area(Column.UNIT),
            items=self.area(Column.ITEM),
            group=_cell(Field.GROUP),
            sure=self.area(WORKING[answers].sure, len(self.rubric.items)),
            could=self.area(WORKING[answers].could, len(self.rubric.items)),
        )

    def area(self, column: Column | int, more: int = 0) -> str:
        """The absolute range of a column over all criteria, and so many rows more."""
        name = letters(column.number if isinstance(column, Column) else column)
        return f"${name}${FIRST_ROW}:${name}${self.rows[-1].number + more}"

    # -- the table -------------------------------------------------------------------------------------------

    def _table(self) -> None:
        self.sheet.set_row(HEADER_ROW - 1, 24)
        head = self.style(bold=True, border=1, border_color=_LINE, bg_color=_HEAD, align="center", text_wrap=True)
        for column in Column:
            self.sheet.write_string(HEADER_ROW - 1, column.number - 1, column.word, head)
        before: FormRow | None = None
        for row in self.rows:
            self._criterion(row, before)
            before = row

    def _criterion(self, row: FormRow, before: FormRow | None) -> None:
        new_unit = before is None or before.unit != row.unit
        new_item = before is None or new_unit or before.item != row.item
        top: dict[str, Any] = {"border": 1, "border_color": _LINE, "text_wrap": True}
        if new_item:
            top |= {"top": 2 if new_unit else 1, "top_color": _INK}
        if row.question is None:
            top["bg_color"] = _SUBHEAD
        middle = {**top, "align": "center"}
        faint = {**middle, "font_color": _SOFT, "font_size": 8}
        indent = 0 if row.scored or row.question is None else 1
        texts = {
            Column.ID: (row.id, {**middle, "num_format": "@"}),
            Column.UNIT: (row.unit, {**middle, "bold": True} if new_unit else faint),
            Column.ITEM: (row.item, {**middle, "bold": True} if new_item else faint),
            Column.TEXT: (row.text, {**top, "align": "left", "indent": indent} if indent else {**top, "align": "left"}),
            Column.RULE: (row.rule, {**middle, "font_size": 9}),
        }
        r = row.number - 1
        self.sheet.set_row(r, _height(row))
        for column, (text, form) in texts.items():
            self.sheet.write_string(r, column.number - 1, text, self.style(**form))
        points = self.style(**middle) if row.scored else self.style(**faint)
        if row.gate or row.id != row.criterion.id:
            self.sheet.write_blank(r, Column.POINTS.number - 1, None, points)
        else:
            self.sheet.write_number(r, Column.POINTS.number - 1, row.criterion.points, points)
        self._inputs(row, top)
        for column in (Column.SELF_SCORE, Column.VERIFIED_SCORE):
            self._score(row, column, self.style(**middle, bold=True))
        for answers, scores in ((Column.ANSWER, Column.SELF_SCORE), (Column.FINDING, Column.VERIFIED_SCORE)):
            self._work(row, answers, self.side(answers, scores))

    def _inputs(self, row: FormRow, top: Mapping[str, Any]) -> None:
        for column in (*_INPUTS, *_OFFICE_INPUTS):
            answer = column in (Column.ANSWER, Column.FINDING)
            form = {**top, "align": "center" if answer else "left"}
            if row.question:
                form |= {"bg_color": _INPUT if column in _INPUTS else _OFFICE, "locked": False}
                if answer and row.question.asked.type is AnswerType.PERCENT:
                    form["num_format"] = "0.##%"
            self.sheet.write_blank(row.number - 1, column.number - 1, None, self.style(**form))

    def _score(self, row: FormRow, column: Column, style: Any) -> None:
        r, c = row.number - 1, column.number - 1
        if not row.scored:
            self.sheet.write_blank(r, c, None, style)
        elif column is Column.SELF_SCORE:
            side = self.side(Column.ANSWER, column)
            formula = formulas.line_score(row, self.places[Column.ANSWER], side)
            nothing = (PENDING if row.groups and not self.grouped else ELSEWHERE) if row.groups else 0
            stored = UNMET if row.gate and not row.groups else nothing
            self.sheet.write_formula(r, c, formula, style, self._stored(stored))
        else:
            side = self.side(Column.FINDING, column)
            formula = formulas.verified_line_score(self.rubric, row, self.places[Column.FINDING], side, self.rows)
            self.sheet.write_formula(r, c, formula, style, "")

    def _work(self, row: FormRow, column: Column, side: formulas.Side) -> None:
        """The hidden cells of a row that has any."""
        place = self.places[column]
        if row.question and row.id in place.values:
            formula = formulas.understood(row.question, place.answers[row.id])
            self.sheet.write_formula(place.values[row.id], formula, None, "")
        if row.id in place.parts:
            self.sheet.write_formula(place.parts[row.id], formulas.part_score(row, place, side), None, self._stored(0))

    def _demands(self) -> None:
        """The hidden cells that hold a grade down."""
        for answers, scores in ((Column.ANSWER, Column.SELF_SCORE), (Column.FINDING, Column.VERIFIED_SCORE)):
            hidden = WORKING[answers]
            for at, (sure, could) in enumerate(formulas.demands(self.rubric, self.side(answers, scores), self.rows)):
                self.sheet.write_formula(address(FIRST_ROW + at, hidden.sure), sure, None, "")
                self.sheet.write_formula(address(FIRST_ROW + at, hidden.could), could, None, "")

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
            self._subtotal(r, unit, None, self.style(**bordered, bold=True, shrink=True))
            for item in unit.items:
                r += 1
                self._subtotal(r, unit, item, self.style(**bordered, shrink=True))
        r += 1
        bold = self.style(**bordered, bold=True, top=2)
        self.sheet.merge_range(r, Column.UNIT.number - 1, r, Column.RULE.number - 1, "总分", bold)
        self.sheet.write_number(r, Column.POINTS.number - 1, self.rubric.full, bold)
        self.sheet.write_formula(r, Column.SELF_SCORE.number - 1, f"={_cell(Field.SELF_TOTAL)}", bold, self._stored(0))
        self.sheet.write_formula(r, Column.VERIFIED_SCORE.number - 1, f"={_cell(Field.VERIFIED_TOTAL)}", bold, "")

    def _subtotal(self, r: int, unit: Unit, item: Item | None, style: Any) -> None:
        whole: Unit | Item = item or unit
        self.sheet.write_string(r, Column.UNIT.number - 1, unit.name, style)
        self.sheet.merge_range(
            r, Column.ITEM.number - 1, r, Column.RULE.number - 1, item.name if item else _subtotal_name(unit), style
        )
        self.sheet.write_number(r, Column.POINTS.number - 1, whole.points, style)
        conditions = [(self.area(Column.UNIT), address(r + 1, Column.UNIT.number))]
        if item:
            conditions.append((self.area(Column.ITEM), address(r + 1, Column.ITEM.number)))
        cap = unit.points if unit.bonus and item is None else None
        own = formulas.subtotal(self.area(Column.SELF_SCORE), *conditions, cap=cap)
        self.sheet.write_formula(r, Column.SELF_SCORE.number - 1, own, style, self._stored(0))
        checked = formulas.subtotal(self.area(Column.VERIFIED_SCORE), *conditions, cap=cap).removeprefix("=")
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
        if self.rubric.classes:
            check(
                _cell(Field.GROUP),
                {
                    "validate": "list",
                    "source": f"={HELP_SHEET}!$C$1:$C${len(self.rubric.classes)}",
                    "input_title": "适用类型",
                    "input_message": "请从下拉列表中选择；各类型的条目不同。",
                    "error_title": "适用类型",
                    "error_message": "请从下拉列表中选择适用类型。",
                },
            )
        for row in self.rows:
            if row.question:
                check(row.address(Column.ANSWER), self._answer_check(row, false=False))
                check(row.address(Column.FINDING), self._answer_check(row, false=self.rubric.forfeit is not None))
        self._marks()

    def _answer_check(self, row: FormRow, *, false: bool) -> dict[str, Any]:
        """What may be entered in an answer's cell; ``false`` where the office may write 虚假."""
        question = row.question
        assert question is not None, "headings are not answered"  # noqa: S101 -- our own fault
        words = [*((ABSENT[0],) if question.excusable else ()), *((UNTRUE,) if false else ())]
        also = f"不涉及填“{ABSENT[0]}”。" if question.excusable else ""
        title = f"编号 {row.id}"[:_LONGEST_TITLE]
        message = f"{question.prompt}{also}"[:_LONGEST_LIST]
        common = {"input_title": title, "input_message": message, "error_title": title, "error_message": message}
        asked = question.asked
        if asked.type in (AnswerType.YES_NO, AnswerType.CHOICE):
            choices = [*(("是", "否") if asked.type is AnswerType.YES_NO else (*asked.choices, NONE)), *words]
            inline = len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices)
            return {**common, "validate": "list", "source": choices if inline else self._listed(choices)}
        low, high = _range(asked)
        if not words:
            kind = "integer" if asked.type is AnswerType.COUNT else "decimal"
            return {**common, "validate": kind, "criteria": "between", "minimum": low, "maximum": high}
        cell = row.address(Column.FINDING if false else Column.ANSWER)
        whole = f",{cell}=INT({cell})" if asked.type is AnswerType.COUNT else ""
        listed = ",".join(f'{cell}="{word}"' for word in words)
        formula = f"=OR(IF(ISNUMBER({cell}),AND({cell}>={low},{cell}<={high}{whole}),FALSE),{listed})"
        return {**common, "validate": "custom", "value": formula}

    def _listed(self, choices: Sequence[str]) -> str:
        """A list on the second sheet, for choices that do not fit into their cell."""
        self.lists += 1
        column = _LISTS + self.lists
        self.help.set_column(column - 1, column - 1, 30, None, {"hidden": True})
        for r, choice in enumerate(choices):
            self.help.write_string(r, column - 1, choice)
        name = letters(column)
        return f"={HELP_SHEET}!${name}$1:${name}${len(choices)}"

    def _marks(self) -> None:
        """Colours that follow what is entered."""
        warn = self.book.add_format({"font_color": "#B91C1C", "bg_color": "#FEE2E2"})
        good = self.book.add_format({"font_color": "#166534", "bg_color": "#DCFCE7"})
        for area in (
            self.area(Column.SELF_SCORE),
            self.area(Column.VERIFIED_SCORE),
            _cell(Field.SELF_VERDICT),
            _cell(Field.VERIFIED_VERDICT),
        ):
            passing = [name for name, start in self.rubric.levels if start >= self.rubric.pass_mark]
            for text, look in ((PENDING, warn), *((name, good) for name in passing)):
                self.sheet.conditional_format(
                    area.replace("$", ""), {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look}
                )

        faint = self.book.add_format({"font_color": _LINE, "bg_color": "#F3F4F6"})
        for row in self.rows:
            if row.groups:
                area = f"{row.address(Column.ID)}:{row.address(Column.OPINION)}"
                listed = ",".join(f'{_cell(Field.GROUP)}<>"{group}"' for group in row.groups)
                other = f'=AND({_cell(Field.GROUP)}<>"",{listed})'
                self.sheet.conditional_format(area, {"type": "formula", "criteria": other, "format": faint})
            if row.question and row.question.evidence:
                answer, evidence = row.address(Column.ANSWER), row.address(Column.EVIDENCE)
                lacking = f'=AND({answer}<>"",{answer}<>"否",{answer}<>0,{answer}<>"不涉及",{evidence}="")'
                self.sheet.conditional_format(evidence, {"type": "formula", "criteria": lacking, "format": warn})

    def _paper(self) -> None:
        """Screen and paper: protection, the first input, A4 landscape with the header on every page."""
        sheet = self.sheet
        sheet.protect("", {"autofilter": True, "sort": True, "format_rows": True, "format_columns": True})
        sheet.autofilter(HEADER_ROW - 1, 0, self.rows[-1].number - 1, self.last - 1)
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.set_selection(_cell(Field.NAME).replace("$", ""))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW - 1)
        sheet.set_footer("&L&8" + self.rubric.document + "&C&8第 &P 页，共 &N 页&R&8填报单位（盖章）：　　　　　　　")


def _range(asked: Asked) -> tuple[int | Decimal, int | Decimal]:
    """The least and the largest number that may be entered; a percentage's cell holds its share of 1."""
    match asked.type:
        case AnswerType.COUNT:
            return 0, MOST
        case AnswerType.PERCENT:
            return (-1 if asked.negative else 0), 1
        case AnswerType.POINTS:
            return 0, asked.most or Decimal(0)
    return (-LARGEST if asked.negative else 0), LARGEST


def _subtotal_name(unit: Unit) -> str:
    return f"单元小计（附加分，最多计 {plain(unit.points)} 分）" if unit.bonus else "单元小计"


def _number(points: Decimal) -> int | float:
    """A stored value that a spreadsheet shows until it calculates."""
    return int(points) if points == int(points) else float(points)


def _cell(field: Field) -> str:
    return f"${letters(field.value_column)}${field.row}"


def _height(row: FormRow) -> float:
    """A row as high as its longest wrapped text."""
    texts = (
        (row.text, Column.TEXT),
        (row.rule, Column.RULE),
        (row.unit, Column.UNIT),
        (row.item, Column.ITEM),
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
    if form.rubric.classes:
        sheet.set_column(2, 2, 30, None, {"hidden": True})
    for r, group in enumerate(form.rubric.classes):
        sheet.write_string(r, 2, group)
    for r, line in enumerate(text):
        size = 16 if r == 0 else 12 if line.heading else 10
        look = {"bold": True} if line.heading else {"text_wrap": True}
        sheet.set_row(r, _lines(line.text, _HELP_WIDTH) * _LINE_HEIGHT * size / 10 + 4)
        sheet.write_string(r, 0, line.text, form.style(**look, font_size=size))
    sheet.protect("")
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
