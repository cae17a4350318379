"""Surveys the tables of an .ods, and writes them anew as calamine understands them: one way for each thing."""

from __future__ import annotations

import datetime as dt
import math
import re
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from jieyue_cli.workbook.cells import Area, CellState
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.ods.text import CellText
from jieyue_cli.workbook.survey import Survey, bound

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _STYLE = (f"{_NAMESPACE}{name}:1.0 " for name in ("table", "office", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = {f"{_TABLE}table-cell": "table-cell", f"{_TABLE}covered-table-cell": "covered-table-cell"}
_LONG = re.compile(r"PT(2[4-9]|[3-9]\d|\d{3,5})H(\d\d)M(\d\d)(?:\.\d+)?S")
"""A duration of a day or more, which is no time of day; calamine leaves it as this text."""
_NUMBER = re.compile(r"[-+]?[0-9]{1,64}(?:\.[0-9]{0,64})?(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_STORED = {
    **dict.fromkeys(("float", "percentage", "currency"), ("value", _NUMBER)),
    "date": ("date-value", re.compile(r"-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,30}Z?)?")),
    "time": ("time-value", re.compile(r"-?P[0-9DTHMS.]{2,30}")),
    "boolean": ("boolean-value", re.compile("true|false")),
}
"""Type → the attribute that holds its value, and how that is written."""
_HEAD = (
    "<office:document-content "
    + " ".join(f'xmlns:{name}="{_NAMESPACE}{name}:1.0"' for name in ("office", "table", "text", "style"))
    + '><office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_LONGEST_SHOWN = 20


class Tables:
    """An expat handler that follows the tables of a spreadsheet."""

    def __init__(self, limits: Limits) -> None:
        self.surveys: list[Survey] = []
        self._limits = limits
        self._written = [_HEAD]
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._inside = 0
        self._row = self._column = 0
        self._rows = 1
        self._cell: tuple[str, dict[str, str], CellText] | None = None
        self._depth = 0

    def parse(self, xml: bytes) -> bytes:
        """Survey every table, in order; returns the same content with nothing that calamine takes amiss."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
        return "".join((*self._written, _TAIL)).encode()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell:
            self._depth += 1
            self._cell[2].start(name, attributes)
        elif name == f"{_TABLE}table":
            self._inside += 1
            if self._inside == 1:
                self._start_table(attributes)
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)
        elif self._inside == 1:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table-column":
            count = _repeats(attributes, "columns")
            if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
                self.surveys[-1].hide_columns(self._column + 1, self._column + count)
            self._column += count
        elif name == f"{_TABLE}table-row":
            self._start_row(attributes)
        elif name in _CELLS:
            self._cell, self._depth = (_CELLS[name], attributes, CellText()), 0

    def _end(self, name: str) -> None:
        if self._cell and self._depth:
            self._depth -= 1
            self._cell[2].end()
        elif self._cell:
            cell, self._cell = self._cell, None
            self._see_cell(*cell)
        elif name == f"{_TABLE}table":
            if self._inside == 1:
                self._written.append("</table:table>")
            self._inside -= 1
        elif self._inside == 1 and name == f"{_TABLE}table-row":
            self._row += self._rows
            self._written.append("</table:table-row>")

    def _characters(self, text: str) -> None:
        if self._cell:
            self._cell[2].characters(text)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.surveys.append(Survey())
        self._row = self._column = 0
        hidden = attributes.get(f"{_TABLE}style-name") in self._hidden_styles
        style = ' table:style-name="hidden"' if hidden else ""
        self._written.append(f"<table:table table:name={quoteattr(attributes.get(f'{_TABLE}name', ''))}{style}>")

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._column = 0
        self._rows = _repeats(attributes, "rows")
        self._written.append(f'<table:table-row table:number-rows-repeated="{self._rows}">')
        if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
            last = min(self._row + self._rows, self._limits.box_cells)
            self.surveys[-1].hidden_rows.update(range(self._row + 1, last + 1))

    def _see_cell(self, element: str, cell: dict[str, str], text: CellText) -> None:
        count = _repeats(cell, "columns")
        row, column = self._row + 1, self._column + 1
        self._column += count
        down, right = (int(cell.get(f"{_TABLE}number-{what}-spanned", 1)) for what in ("rows", "columns"))
        if down > 1 or right > 1:
            self.surveys[-1].merge(Area(row, column, row + down - 1, column + right - 1), self._limits)
        kind = cell.get(f"{_CALC}value-type") or cell.get(f"{_OFFICE}value-type")
        formula = f"{_TABLE}formula" in cell
        stored, damage = _stored(kind, cell, text, formula=formula)
        self._written.append(f'<table:{element} table:number-columns-repeated="{count}"{stored}/>')
        if not (kind or formula or text.given or damage):
            return
        survey = self.surveys[-1]
        survey.last_row = max(survey.last_row, row + self._rows - 1)
        survey.last_column = max(survey.last_column, self._column)
        shown = text.value
        is_error = kind == "error" or (formula and shown.startswith("#") and kind in {None, "string", "float"})
        duration = _LONG.fullmatch(cell.get(f"{_OFFICE}time-value", ""))
        if not (formula or is_error or damage or duration):
            return
        bound([(None, survey)], self._limits)
        for place in ((r, c) for r in range(row, row + self._rows) for c in range(column, column + count)):
            if is_error:
                survey.mark_error(*place, shown)
            elif damage:
                survey.mark_damaged(*place, damage)
            elif formula:
                survey.states[place] = CellState.FORMULA if kind else CellState.UNCALCULATED
            if duration and not (is_error or damage):
                hours, minutes, seconds = map(int, duration.groups())
                survey.values[place] = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _stored(kind: str | None, cell: dict[str, str], text: CellText, *, formula: bool) -> tuple[str, str | None]:
    """The attributes that hold a cell's value, and what is wrong with it, None where nothing is."""
    if not text.sound:
        return "", "内容写法有误"
    if kind == "error" or (kind is None and formula):
        return "", None
    if kind in {None, "string"}:
        value = cell.get(f"{_OFFICE}string-value", text.value)
        written = quoteattr(value, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
        return (f' office:value-type="string" office:string-value={written}' if value else ""), None
    if kind not in _STORED:
        return "", f"类型“{kind[:_LONGEST_SHOWN]}”无法识别"
    attribute, pattern = _STORED[kind]
    value = cell.get(f"{_OFFICE}{attribute}", "")
    if not pattern.fullmatch(value) or (attribute == "value" and not math.isfinite(float(value))):
        return "", value[:_LONGEST_SHOWN] or "类型与内容不符"
    return f' office:value-type="{kind}" office:{attribute}="{value}"', None


def _repeats(attributes: dict[str, str], what: str) -> int:
    count = int(attributes.get(f"{_TABLE}number-{what}-repeated", 1))
    if count < 1:
        raise ValueError
    return count
