"""时间安排: the dates of the office's year as printed, and what the program makes of them.

A date stands for the whole day: 10月31日前 and 10月底前 include the last day that they name.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Literal, NamedTuple

from jieyue_cli.rubric.fields import Frozen, Text
from jieyue_cli.text.folding import narrow

Step = Literal["plan", "self_assessment", "verification"]
STEPS: Mapping[Step, str] = {"plan": "报送实施方案", "self_assessment": "自评报送", "verification": "核查"}
"""The steps of the year that the program follows, as a clerk calls them."""
_BEFORE = "(?:以前|之前|前)?"
_IN_WORDS = re.compile(rf"(?:([0-9]{{4}})年|每年)?([0-9]{{1,2}})月(?:([0-9]{{1,2}})[日号]|底){_BEFORE}")
_IN_FIGURES = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_BEFORE}")
_COMMON_YEAR = 2001


class Day(NamedTuple):
    """A date of one year, or of every year."""

    year: int | None
    month: int
    day: int | None
    """None for the last one of the month."""

    @property
    def exists(self) -> bool:
        """Whether there is such a date: of one for every year, whether every year has it."""
        try:
            dt.date(_COMMON_YEAR if self.year is None else self.year, self.month, self.day or 1)
        except ValueError:
            return False
        return True

    def of(self, year: int) -> dt.date:
        """The date that is meant in ``year``; only of a day that ``exists``."""
        own = self.year or year
        return dt.date(own, self.month, self.day or monthrange(own, self.month)[1])


def read_day(by: str) -> Day | None:
    """Read 2020-08-15, 2020年8月15日, 每年10月31日, 10月31日 or 10月底前; None for what is no such date."""
    text = "".join(narrow(by).split())
    found = _IN_WORDS.fullmatch(text) or _IN_FIGURES.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    return Day(year, month or 0, day)


class Deadline(Frozen):
    """One date of the office's year."""

    what: Text
    by: Text
    """As printed."""
    step: Step | None = None
    """Which step of the year it ends; None for a date that is only printed."""

    def due(self, year: int | None) -> dt.date | None:
        """The last day of the step in ``year``; None where there is no step, or the year would have to be known."""
        day = read_day(self.by) if self.step else None
        if day is None or (year is None and day.year is None):
            return None
        return day.of(year or 0)
