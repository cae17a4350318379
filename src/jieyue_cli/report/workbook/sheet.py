"""One sheet of a report workbook, written cell after cell: its looks, its paper, and nothing of what it says.

XlsxWriter keeps silent when a text is too long, a row is past the end or a sheet is full; here such things are
shortened or said, never lost in silence.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import xlsxwriter

from jieyue_cli.report.tables import clean
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import decimal

_INK, _LINE, _HEAD, _SOFT = "#1F2937", "#9CA3AF", "#E5EDE8", "#6B7280"
_FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "font_color": _INK, "valign": "vcenter"}
_CELL: dict[str, Any] = {"border": 1, "border_color": _LINE}
_LONGEST = 32_000
"""A cell holds 32,767 characters."""
_LAST_ROW = 1_048_000
_LINE_HEIGHT = 13.5
_AROUND = 5
_HIGHEST = 409
"""Points; no row is higher."""
_A4 = 9


class Look(Enum):
    """How a cell appears."""

    TEXT = (("text_wrap", True), ("align", "left"), ("indent", 1))
    STRONG = (("text_wrap", True), ("align", "left"), ("indent", 1), ("bold", True))
    MIDDLE = (("align", "center"),)
    NUMBER = (("align", "right"), ("indent", 1))
    TOTAL = (("align", "right"), ("indent", 1), ("bold", True))
    PERCENT = (("align", "right"), ("indent", 1), ("bold", True), ("num_format", "0.0%"))
    LOST = (("align", "right"), ("indent", 1), ("font_color", "#B91C1C"), ("bg_color", "#FEF2F2"))
    GOOD = (("align", "center"), ("bold", True), ("font_color", "#166534"), ("bg_color", "#DCFCE7"))
    BAD = (("align", "center"), ("bold", True), ("font_color", "#B91C1C"), ("bg_color", "#FEE2E2"))
    OPEN = (("align", "center"), ("bold", True), ("font_color", "#92400E"), ("bg_color", "#FEF3C7"))


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column's head and its width in characters."""

    head: str
    width: float


class Book:
    """One workbook in the making; the same calls always give the same bytes."""

    def __init__(self, stream: io.BytesIO, rubric: Rubric) -> None:
        self._book = xlsxwriter.Workbook(stream, {"in_memory": True})
        self._book.set_properties(
            {
                "title": clean(f"{rubric.title}汇总"),
                "subject": rubric.mark,
                "created": dt.datetime.combine(rubric.issued, dt.time(), tzinfo=dt.UTC),
            }
        )
        self._book.set_size(24000, 14000)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._sheets: list[ReportSheet] = []

    def sheet(self, name: str, columns: Sequence[ReportColumn], *, pages_wide: int = 1) -> ReportSheet:
        """Add a sheet."""
        self._sheets.append(ReportSheet(self, self._book.add_worksheet(name), columns, pages_wide))
        return self._sheets[-1]

    def format(self, **properties: Any) -> Any:
        """One format per set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **properties})
        return self._formats[key]

    def close(self) -> None:
        """Finish every sheet and write the bytes."""
        for sheet in self._sheets:
            sheet.finish()
        self._book.close()


class ReportSheet:
    """A sheet written from its top: title, subtitle, head, then row by row and cell by cell."""

    def __init__(self, book: Book, sheet: Any, columns: Sequence[ReportColumn], pages_wide: int) -> None:
        self._book = book
        self._sheet = sheet
        self._columns = columns
        self._looks = {look: book.format(**_CELL, **dict(look.value)) for look in Look}
        self._row = 0
        self._column = 0
        self._lines = 1
        self._filtered_from: int | None = None
        self._dropped = 0
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(pages_wide, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer("&L&8&A&R&8第 &P 页，共 &N 页")

    def title(self, text: str) -> None:
        """The line that names the sheet."""
        self._line(text, 24, bold=True, font_size=16)

    def subtitle(self, text: str) -> None:
        """The line that says how to read the sheet."""
        self._line(text, 18, font_size=9, font_color=_SOFT)

    def head(self) -> None:
        """The heads of the columns."""
        look = self._book.format(**_CELL, bold=True, bg_color=_HEAD, align="center", text_wrap=True)
        lines = max(_lines(column.head, column.width) for column in self._columns)
        self._sheet.set_row(self._row, lines * _LINE_HEIGHT + _AROUND)
        for index, column in enumerate(self._columns):
            self._sheet.write_string(self._row, index, _clean_lines(column.head), look)
        self._row += 1

    def filtered_head(self, keep: int = 0) -> None:
        """Heads that filter, and stay in sight and on every page, as do the first ``keep`` columns."""
        self._filtered_from = self._row
        self._sheet.repeat_rows(self._row)
        if keep:
            self._sheet.repeat_columns(0, keep - 1)
        self.head()
        self._sheet.freeze_panes(self._row, keep)

    def text(self, text: str, look: Look = Look.TEXT) -> None:
        """A cell of text, whatever it begins with."""
        tidy = _tidy(text)
        if tidy:
            width = self._columns[self._column].width - 1
            self._lines = max(self._lines, _lines(tidy, width))
            self._write(self._sheet.write_string, tidy, look)
        else:
            self._write(self._sheet.write_blank, None, look)

    def number(self, number: Decimal | Fraction | int | None, look: Look = Look.NUMBER) -> None:
        """A cell that can be summed and sorted; an empty one for None."""
        if number is None:
            self._write(self._sheet.write_blank, None, look)
        else:
            self._write(self._sheet.write_number, decimal(number) if isinstance(number, Fraction) else number, look)

    def numbers(self, numbers: Iterable[Fraction]) -> None:
        """Several cells."""
        for number in numbers:
            self.number(number)

    def end(self) -> None:
        """End the row; rows that no spreadsheet can hold are counted and said to be missing."""
        height = min(self._lines * _LINE_HEIGHT + _AROUND, _HIGHEST)
        self._column, self._lines = 0, 1
        if self._row < _LAST_ROW:
            self._sheet.set_row(self._row, height)
            self._row += 1
        else:
            self._dropped += 1

    def listing(self, heading: str, entries: Sequence[tuple[str, str]]) -> None:
        """A heading with its number of entries and below it, one a row, what and why; nothing where there are none."""
        if not entries:
            return
        self._row += 1
        self._line(f"{heading}：{len(entries)} 个", 20, bold=True, font_size=11)
        rest = sum(column.width for column in self._columns[1:])
        for what, why in entries:
            self.text(what)
            if why:
                self._lines = max(self._lines, _lines(_tidy(why), rest - 2))
                last = len(self._columns) - 1
                self._sheet.merge_range(self._row, 1, self._row, last, "", self._looks[Look.TEXT])
                self._sheet.write_string(self._row, 1, _tidy(why), self._looks[Look.TEXT])
            self.end()

    def finish(self) -> None:
        """What can only be said when all rows are known."""
        if self._dropped:
            self._line(f"表格已满，另有 {self._dropped} 行没有列出，请用 json 格式输出。", 18, bold=True)
        if self._filtered_from is not None:
            last = max(self._row - 1, self._filtered_from)
            self._sheet.autofilter(self._filtered_from, 0, last, len(self._columns) - 1)

    def _write(self, write: Any, value: str | Decimal | int | None, look: Look) -> None:
        if self._row < _LAST_ROW:
            write(self._row, self._column, value, self._looks[look])
        self._column += 1

    def _line(self, text: str, height: float, **look: Any) -> None:
        self._sheet.set_row(self._row, height)
        self._sheet.write_string(self._row, 0, clean(text), self._book.format(**look))
        self._row += 1


def _clean_lines(text: str) -> str:
    """Harmless text that keeps its line breaks."""
    return "\n".join(map(clean, text.split("\n")))


def _tidy(text: str) -> str:
    tidy = clean(text)
    return tidy if len(tidy) <= _LONGEST else tidy[:_LONGEST] + "…"


def _lines(text: str, width: float) -> int:
    """How many lines ``text`` takes when wrapped."""
    wide = (sum(1 if char.isascii() else 2 for char in line) for line in text.split("\n"))
    return sum(max(1, -(-units // max(1, int(width - 1)))) for units in wide)
