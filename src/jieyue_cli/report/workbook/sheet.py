"""One sheet of a report workbook, written cell after cell: its looks, its paper, and nothing of what it says.

XlsxWriter keeps silent when a text is too long, a row is past the end or a sheet is full; here such things are
shortened or said, never lost in silence.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from xlsxwriter.format import Format

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import decimal
from jieyue_cli.writing.kit import CELL, GREEN, HEAD, PAGE_OF_PAGES, RED, SOFT, Kit, landscape
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count

_LONGEST = 32_000
"""A cell holds 32,767 characters."""
_LAST_ROW = 1_048_000
_LONGEST_FOOT = 60
"""Of the 255 characters that a foot holds together with its codes."""
_AROUND = 5
_HIGHEST = 409
"""Points; no row of a spreadsheet is higher."""


class Look(Enum):
    """How a cell appears."""

    TEXT = (("text_wrap", True), ("align", "left"), ("indent", 1))
    STRONG = (("text_wrap", True), ("align", "left"), ("indent", 1), ("bold", True))
    MIDDLE = (("text_wrap", True), ("align", "center"))
    NUMBER = (("align", "right"), ("indent", 1))
    TOTAL = (("align", "right"), ("indent", 1), ("bold", True))
    PERCENT = (("align", "right"), ("indent", 1), ("bold", True), ("num_format", "0.0%"))
    LOST = (("align", "right"), ("indent", 1), ("font_color", "#B91C1C"), ("bg_color", "#FEF2F2"))
    GOOD = (("align", "center"), ("bold", True), *GREEN.items())
    BAD = (("align", "center"), ("bold", True), *RED.items())
    OPEN = (("align", "center"), ("bold", True), ("font_color", "#92400E"), ("bg_color", "#FEF3C7"))
    LINK = (("text_wrap", True), ("align", "center"), ("font_color", "#1D4ED8"), ("underline", 1))
    PART = (("text_wrap", True), ("align", "left"), ("indent", 1), ("bold", True), ("bg_color", HEAD))
    PART_NUMBER = (("align", "right"), ("indent", 1), ("bold", True), ("bg_color", HEAD))


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column's head and its width in characters."""

    head: str
    width: float


class Book:
    """One workbook in the making; the same calls always give the same bytes."""

    def __init__(self, stream: io.BytesIO, rubric: Rubric, what: str) -> None:
        self._kit = Kit(stream, title=clean(f"{rubric.title}{what}"), subject=rubric.mark, created=rubric.issued)
        self._sheets: list[ReportSheet] = []

    def sheet(
        self, name: str, columns: Sequence[ReportColumn], *, pages_wide: int = 1, foot: str | None = None
    ) -> ReportSheet:
        """Add a sheet; every page has ``foot``, or the sheet's name, beside its number."""
        sheet = ReportSheet(self._kit, name, columns)
        left = "&A" if foot is None else f" {clean(foot)[:_LONGEST_FOOT].replace('&', '&&')}"
        landscape(sheet.worksheet, left=left, right=PAGE_OF_PAGES, pages_wide=pages_wide)
        self._sheets.append(sheet)
        return sheet

    def close(self) -> None:
        """Finish every sheet and write the bytes."""
        for sheet in self._sheets:
            sheet.finish()
        self._kit.close()


class _Cell(NamedTuple):
    """A cell of the row that is being written."""

    write: Callable[..., object]
    last: int
    """The column of the sheet at which it ends."""
    values: tuple[object, ...]
    """What it shows: a value and its look, or a link's target, look and text."""


class ReportSheet:
    """A sheet written from its top: title, subtitle, head, then row by row and cell by cell."""

    def __init__(self, kit: Kit, name: str, columns: Sequence[ReportColumn]) -> None:
        self._kit = kit
        self.name = name
        self.worksheet = self._sheet = kit.sheet(name)
        self._columns = columns
        self._looks = {look: kit.format(**CELL, **dict(look.value)) for look in Look}
        self._row = 0
        self._cells: list[_Cell] = []
        self._lines = 1
        self._filtered_from: int | None = None
        self._dropped = 0
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width)
        self._sheet.hide_gridlines(2)

    def title(self, text: str) -> None:
        """The line that names the sheet."""
        self._line(text, 24, bold=True, font_size=16)

    def subtitle(self, text: str) -> None:
        """The line that says how to read the sheet."""
        self._line(text, 18, font_size=9, font_color=SOFT)

    @property
    def row(self) -> int:
        """The number of the row that is written next, as a reader counts."""
        return self._row + 1

    def head(self, columns: int | None = None) -> None:
        """The heads of the columns, or of the first so many."""
        look = self._kit.format(**CELL, bold=True, bg_color=HEAD, align="center", text_wrap=True)
        shown = self._columns[:columns]
        most = max(line_count(column.head, column.width) for column in shown)
        self._sheet.set_row(self._row, most * LINE_HEIGHT + _AROUND)
        for index, column in enumerate(shown):
            self._sheet.write_string(self._row, index, _clean_lines(column.head), look)
        self._row += 1

    def repeated_head(self) -> None:
        """Heads that stand on every page from here on."""
        self._sheet.repeat_rows(self._row)
        self.head()

    def heading(self, text: str) -> None:
        """A blank row, and a line above a part of the sheet."""
        self._row += 1
        self._line(text, 20, bold=True, font_size=11)

    def remark(self, text: str) -> None:
        """A line of its own over the sheet's width, without borders, as high as it needs."""
        tidy = _tidy(text)
        look = self._kit.format(text_wrap=True, font_color=SOFT, align="left")
        width = sum(column.width for column in self._columns)
        self._sheet.merge_range(self._row, 0, self._row, len(self._columns) - 1, "", look)
        self._sheet.write_string(self._row, 0, tidy, look)
        self._lines = line_count(tidy, width - 2)
        self.end()

    def filtered_head(self, keep: int = 0) -> None:
        """Heads that filter, and stay in sight and on every page, as do the first ``keep`` columns."""
        self._filtered_from = self._row
        if keep:
            self._sheet.repeat_columns(0, keep - 1)
        self.repeated_head()
        self._sheet.freeze_panes(self._row, keep)

    def text(self, text: str, look: Look = Look.TEXT) -> None:
        """A cell of text, whatever it begins with."""
        self.lines([text], look)

    def lines(self, texts: Iterable[str], look: Look = Look.TEXT) -> None:
        """A cell of several texts, each on lines of its own."""
        tidy = "\n".join(map(_tidy, texts))
        if tidy:
            self._add(self._sheet.write_string, tidy, self._looks[look], needs=tidy)
        else:
            self._add(self._sheet.write_blank, None, self._looks[look])

    def link(self, text: str, sheet: ReportSheet, row: int) -> None:
        """A cell that leads to a row of a sheet of this workbook."""
        self.leading(text, sheet.name, f"A{row}")

    def leading(self, text: str, sheet: str, cell: str) -> None:
        """A cell that leads to a cell of a sheet of this name."""
        tidy, target = _tidy(text), "internal:'{}'!{}".format(sheet.replace("'", "''"), cell)
        self._add(self._sheet.write_url, target, self._looks[Look.LINK], tidy, needs=tidy)

    def wide(self, text: str, look: Look = Look.TEXT) -> None:
        """A cell of text that takes the rest of the row."""
        if tidy := _tidy(text):
            last = len(self._columns) - 1
            self._add(self._sheet.write_string, tidy, self._looks[look], needs=tidy, last=last)

    def number(self, number: Decimal | Fraction | int | None, look: Look = Look.NUMBER) -> None:
        """A cell that can be summed and sorted; an empty one for None."""
        if number is None:
            self._add(self._sheet.write_blank, None, self._looks[look])
        else:
            exact = decimal(number) if isinstance(number, Fraction) else number
            self._add(self._sheet.write_number, exact, self._looks[look])

    def numbers(self, numbers: Iterable[Fraction]) -> None:
        """Several cells."""
        for number in numbers:
            self.number(number)

    def end(self) -> None:
        """Write the row, over several of the sheet's where it is higher than one can be.

        Rows that no spreadsheet can hold are counted and said to be missing.
        """
        height = self._lines * LINE_HEIGHT + _AROUND
        rows = math.ceil(height / _HIGHEST)
        cells, self._cells, self._lines = self._cells, [], 1
        if self._row + rows > _LAST_ROW:
            self._dropped += 1
            return
        first = 0
        for cell in cells:
            if rows > 1 or cell.last > first:
                blank = next(value for value in cell.values if isinstance(value, Format))
                self._sheet.merge_range(self._row, first, self._row + rows - 1, cell.last, "", blank)
            cell.write(self._row, first, *cell.values)
            first = cell.last + 1
        for _ in range(rows):
            self._sheet.set_row(self._row, height / rows)
            self._row += 1

    def listing(self, heading: str, entries: Sequence[tuple[str, str]]) -> None:
        """A heading with its number of entries and below it, one a row, what and why; nothing where there are none."""
        if not entries:
            return
        self.heading(f"{heading}：{len(entries)} 个")
        for what, why in entries:
            self.text(what)
            self.wide(why)
            self.end()

    def finish(self) -> None:
        """What can only be said when all rows are known."""
        if self._dropped:
            self._line(f"表格已满，另有 {self._dropped} 行没有列出，请用 json 格式输出。", 18, bold=True)
        if self._filtered_from is not None:
            last = max(self._row - 1, self._filtered_from)
            self._sheet.autofilter(self._filtered_from, 0, last, len(self._columns) - 1)

    def _add(self, write: Callable[..., object], *values: object, needs: str = "", last: int | None = None) -> None:
        """Add a cell, through the column ``last``, to the row, which becomes as high as the text it ``needs``."""
        first = self._cells[-1].last + 1 if self._cells else 0
        last = first if last is None else last
        width = sum(column.width for column in self._columns[first : last + 1]) - 1
        self._lines = max(self._lines, line_count(needs, width))
        self._cells.append(_Cell(write, last, values))

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
