"""Numbers that are dates by their style and days of no calendar: a spreadsheet shows ##### for them.

One library reads a time of day, another a number, a third a text (docs/hazards.md, 17).
"""

from __future__ import annotations

import re

import msgspec

from jieyue_cli.remembering import Remembered
from jieyue_cli.workbook.containers.zipped import SHARED
from jieyue_cli.workbook.xlsx.styles import dated_styles

_DAYS, _TO_1904 = 2_958_466, 1462
"""Days from the first one to the end of the year 9999, and from one epoch to the other."""
_UNUSUAL = re.compile(rb"<v>(?:[-+]|\d{7}|[\d.]+[eE])")
"""Begins a number that may be no day; most sheets have none, and this finds out sooner."""
_STYLED = re.compile(rb' s="(\d+)"(?: t="n")?><v>([^<]+)<')


class Calendar(msgspec.Struct, frozen=True):
    """Which numbers are days."""

    dated: frozenset[int]
    """The cell styles that show a date or a duration."""
    days: int
    """Numbers from 0 up to here are days."""

    def lacks(self, style: int, number: str) -> bool:
        """Whether a number, as it is written in a cell of this style, is meant as a day and is none."""
        return style in self.dated and not 0 <= float(number) < self.days

    def lacks_any(self, cells: bytes) -> bool:
        """Whether it lacks any number in cells of the known dialect."""
        if not self.dated or not _UNUSUAL.search(cells):
            return False
        return any(self.lacks(int(style), number.decode()) for style, number in _STYLED.findall(cells))


def calendar(styles: bytes, *, epoch_1904: bool) -> Calendar:
    """The calendar of a workbook with these canonical styles."""
    return Calendar(_DATED[styles], _DAYS - _TO_1904 * epoch_1904)


_DATED = Remembered(dated_styles, 16, longest=SHARED)
