"""One sheet of a report workbook, written cell after cell: its looks, its paper, and nothing of what it says.

XlsxWriter keeps silent when a text is too long, a row is past the end or a sheet is full; here such things are
shortened or said, never lost in silence.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import decimal
from jieyue_cli.writing.kit import CELL, GREEN, HEAD, LINE_HEIGHT, PAGE_OF_PAGES, RED, SOFT, Kit, landscape, line_count

_LONGEST = 32_000
"""A cell holds 32,767 characters."""
_LAST_ROW = 1_048_000
_AROUND = 5
_HIGHEST = 409
"""Points; no row is higher."""


class Look(Enum):
    """How a cell appears."""

    TEXT = (("text_wrap", True), ("align", "left"), ("indent", 1))
    STRONG = (("text_wrap", True), ("align", "left"), ("indent", 1), ("bold", True))
    MIDDLE = (("align", "center"),)
    NUMBER = (("align", "right"), ("indent", 1))
    TOTAL = (("align", "right"), ("indent", 1), ("bold", True))
    PERCENT = (("align", "right"), ("indent", 1), ("bold", True), ("num_format", "0.0%"))
    LOST = (("align", "right"), ("indent", 1), ("font_color", "#B91C1C"), ("bg_color", "#FEF2F2"))
    GOOD = (("align", "center"), ("bold", True), *GREEN.items())
    BAD = (("align", "center"), ("bold", True), *RED.items())
    OPEN = (("align", "center"), ("bold", True), ("font_color", "#92400E"), ("bg_color", "#FEF3C7"))


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column's head and its width in characters."""

    head: str
    width: float


class Book:
    """One workbook in the making; the same calls always give the same bytes."""

    def __init__(self, stream: io.BytesIO, rubric: Rubric) -> None:
        self._kit = Kit(stream, title=clean(f"{rubric.title}汇总"), subject=rubric.mark, created=rubric.issued)
        self._sheets: list[ReportSheet] = []

    def sheet(self, name: str, columns: Sequence[ReportColumn], *, pages_wide: int = 1) -> ReportSheet:
        """Add a sheet."""
        self._sheets.append(ReportSheet(self._kit, name, columns, pages_wide))
        return self._sheets[-1]

    def close(self) -> None:
        """Finish every sheet and write the bytes."""
        for sheet in self._sheets:
            sheet.finish()
        self._kit.close()


class ReportSheet:
    """A sheet written from its top: title, subtitle, head, then row by row and cell by cell."""

    def __init__(self, kit: Kit, name: str, columns: Sequence[ReportColumn], pages_wide: int) -> None:
        self._kit = kit
        self._sheet: Worksheet = kit.sheet(name)
        self._columns = columns
        self._looks = {look: kit.format(**CELL, **dict(look.value)) for look in Look}
        self._row = 0
        self._column = 0
        self._lines = 1
        self._filtered_from: int | None = None
        self._dropped = 0
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width)
        self._sheet.hide_gridlines(2)
        landscape(self._sheet, left="&A", right=PAGE_OF_PAGES, pages_wide=pages_wide)

    def title(self, text: str) -> None:
        """The line that names the sheet."""
        self._line(text, 24, bold=True, font_size=16)

    def subtitle(self, text: str) -> None:
        """The line that says how to read the sheet."""
        self._line(text, 18, font_size=9, font_color=SOFT)

    def head(self) -> None:
        """The heads of the columns."""
        look = self._kit.format(**CELL, bold=True, bg_color=HEAD, align="center", text_wrap=True)
        most = max(line_count(column.head, column.width) for column in self._columns)
        self._sheet.set_row(self._row, most * LINE_HEIGHT + _AROUND)
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
            self._lines = max(self._lines, line_count(tidy, width))
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
        height = min(self._lines * LINE_HEIGHT + _AROUND, _HIGHEST)
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
                self._lines = max(self._lines, line_count(_tidy(why), rest - 2))
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

    def _write(self, write: Callable[..., object], value: str | Decimal | int | None, look: Look) -> None:
        if self._row < _LAST_ROW:
            write(self._row, self._column, value, self._looks[look])
        self._column += 1

    def _line(self, text: str, height: float, **look: object) -> None:
        self._sheet.set_row(self._row, height)
        self._sheet.write_string(self._row, 0, clean(text), self._kit.format(**look))
        self._row += 1


def _clean_lines(text: str) -> str:
    """Harmless text that keeps its line breaks."""
    return "\n".join(map(clean, text.split("\n")))


def _tidy(text: str) -> str:
    tidy = clean(text)
    return tidy if len(tidy) <= _LONGEST else tidy[:_LONGEST] + "…"
