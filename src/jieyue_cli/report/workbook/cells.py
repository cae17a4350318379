"""The rows of a report sheet, written cell after cell from top to bottom; a row is as high as its texts need.

XlsxWriter keeps silent when a text is too long, a row is past the end or a sheet has too many links; here such things
are shortened, written without the link or counted, never lost in silence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jieyue_cli.report.workbook.looks import Look
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import decimal
from jieyue_cli.writing.kit import CELL, Kit
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count

_LONGEST = 32_000
"""A cell holds 32,767 characters."""
_LAST_ROW = 1_048_000
_MOST_LINKS = 65_000
"""A sheet holds 65,530."""
AROUND = 5
"""Points above and below the lines of a row."""
_HIGHEST = 409
"""Points; no row of a spreadsheet is higher."""


class _Cell(NamedTuple):
    """A cell of the row that is being written."""

    write: Callable[..., object]
    last: int
    """The column of the sheet at which it ends."""
    values: tuple[object, ...]
    """A value or a link's target, its format, and a link's text."""


class Cells:
    """The cells of one sheet in columns of these widths (characters)."""

    def __init__(self, kit: Kit, worksheet: Worksheet, widths: Sequence[float]) -> None:
        self.worksheet = self._sheet = worksheet
        self._widths = widths
        self._looks = {look: kit.format(**CELL, **dict(look.value)) for look in Look}
        self._row = 0
        self._cells: list[_Cell] = []
        self._lines = 1
        self._links = 0
        self._dropped = 0

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self._sheet.get_name())

    @property
    def row(self) -> int:
        """The number of the row that is written next, as a reader counts."""
        return self._row + 1

    def text(self, text: str, look: Look = Look.TEXT) -> None:
        """A cell of text, whatever it begins with."""
        self.lines([text], look)

    def lines(self, texts: Iterable[str], look: Look = Look.TEXT) -> None:
        """A cell of several texts, each on lines of its own."""
        tidy = "\n".join(map(tidied, texts))
        write = self._sheet.write_string if tidy else self._sheet.write_blank
        self._add(write, tidy, self._looks[look], needs=tidy)

    def link(self, text: str, sheet: Cells, row: int) -> None:
        """A cell that leads to a row of a sheet of this workbook."""
        self.leading(text, sheet.name, f"A{row}")

    def leading(self, text: str, sheet: str, cell: str) -> None:
        """A cell that leads to a cell of a sheet of this name; where there are too many, it only shows its text.

        The text is short: LibreOffice does not wrap what leads somewhere.
        """
        self._links += 1
        if self._links > _MOST_LINKS:
            self.text(text, Look.MIDDLE)
            return
        tidy = tidied(text)
        self._add(self._sheet.write_url, _target(sheet, cell), self._looks[Look.LINK], tidy, needs=tidy)

    def number_link(self, number: Fraction, sheet: Cells, row: int) -> None:
        """As ``link``, with a number."""
        self._links += 1
        if self._links > _MOST_LINKS:
            self.number(number, Look.TOTAL)
            return
        self._add(
            self._write_number_link, _exact(number), self._looks[Look.NUMBER_LINK], _target(sheet.name, f"A{row}")
        )

    def wide(self, text: str, look: Look = Look.TEXT) -> None:
        """A cell of text that takes the rest of the row."""
        tidy, last = tidied(text), len(self._widths) - 1
        write = self._sheet.write_string if tidy else self._sheet.write_blank
        self._add(write, tidy, self._looks[look], needs=tidy, last=last)

    def number(self, number: Decimal | Fraction | int | None, look: Look = Look.NUMBER) -> None:
        """A cell that can be summed and sorted; an empty one for None."""
        if number is None:
            self._add(self._sheet.write_blank, None, self._looks[look])
        else:
            self._add(self._sheet.write_number, _exact(number), self._looks[look])

    def numbers(self, numbers: Iterable[Fraction]) -> None:
        """Several cells."""
        for number in numbers:
            self.number(number)

    def end(self) -> None:
        """Write the row, over several of the sheet's where it is higher than one can be.

        Rows that no spreadsheet can hold are counted and said to be missing.
        """
        height = self._lines * LINE_HEIGHT + AROUND
        rows = math.ceil(height / _HIGHEST)
        cells, self._cells, self._lines = self._cells, [], 1
        if self._row + rows > _LAST_ROW:
            self._dropped += 1
            return
        for row in range(self._row, self._row + rows):
            self._sheet.set_row(row, height / rows)
            self._write(row, cells, begins=row == self._row)
        first = 0
        for cell in cells:
            if rows > 1 or cell.last > first:
                # merge_range writes all its rows at once, which a sheet that keeps one row in memory cannot
                self._sheet.merge.append([self._row, first, self._row + rows - 1, cell.last])
            first = cell.last + 1
        self._row += rows

    def _write_number_link(self, row: int, column: int, number: Decimal | int, look: Format, target: str) -> None:
        self._sheet.write_url(row, column, target, look, str(number))
        self._sheet.write_number(row, column, number, look)

    def _write(self, row: int, cells: Iterable[_Cell], *, begins: bool) -> None:
        """Write one row of the sheet; where it is not the first one of these cells, it only has their look."""
        first = 0
        for cell in cells:
            if begins:
                cell.write(row, first, *cell.values)
            for column in range(first + begins, cell.last + 1):
                self._sheet.write_blank(row, column, None, cell.values[1])
            first = cell.last + 1

    def _add(self, write: Callable[..., object], *values: object, needs: str = "", last: int | None = None) -> None:
        """Add a cell, through the column ``last``, to the row, which becomes as high as the text it ``needs``."""
        first = self._cells[-1].last + 1 if self._cells else 0
        last = first if last is None else last
        if needs:
            self._lines = max(self._lines, line_count(needs, sum(self._widths[first : last + 1]) - 1))
        self._cells.append(_Cell(write, last, values))


def _exact(number: Decimal | Fraction | int) -> Decimal | int:
    """What is written: a whole number as such, for most are and it is quicker."""
    if isinstance(number, Fraction):
        return number.numerator if number.denominator == 1 else decimal(number)
    return number


def _target(sheet: str, cell: str) -> str:
    return "internal:'{}'!{}".format(sheet.replace("'", "''"), cell)


def tidied(text: str) -> str:
    """Harmless text that a cell can hold."""
    tidy = clean(text)
    return tidy if len(tidy) <= _LONGEST else tidy[:_LONGEST] + "…"
