"""The dates that the name of a file or a citation shows, and whether they lie in the year that is assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jieyue_cli.text.folding import narrow

_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)[0-9]{2})", r"(?P<month>0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12][0-9]|3[01])"
_FORMS = (
    rf"{_YEAR}\s*年(?:\s*{_MONTH}\s*月)?",
    rf"[〔\[(【]\s*{_YEAR}\s*[〕\])】]",
    rf"{_YEAR}(?P<between>[-._/]){_MONTH}(?:(?P=between){_DAY})?(?![0-9])",
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{6})?(?![0-9])",
)
_PATTERNS = [re.compile(f"(?<![0-9])(?<![0-9][-._/]){form}") for form in _FORMS]
_SPAN = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年?\s*[-—–~～至到]\s*((?:19|20)[0-9]{2})\s*年")
_FIRST_BEFORE, _LAST_AFTER = 11, 1
"""Months: a form is due by the end of October, so papers of the last two months of the year before are the year's too,
and those that close a year are signed in the January after it."""


class Shown(NamedTuple):
    """A year, with its month where one is shown."""

    year: int
    month: int | None

    def within(self, year: int) -> bool:
        """Whether it lies in a year or close enough to it; without a month only the year itself does."""
        if self.month is not None and self.year == year - 1:
            return self.month >= _FIRST_BEFORE
        if self.month is not None and self.year == year + 1:
            return self.month <= _LAST_AFTER
        return self.year == year


def shown(text: str) -> Iterator[Shown]:
    """Every date: 2019年, 2019年3月, 〔2019〕, 2019-03-05, 20190305. A bare number of four digits is none."""
    plain = narrow(text)
    for first, last in _SPAN.findall(plain):
        yield from (Shown(year, None) for year in range(int(first), int(last) + 1))
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            month = match.groupdict().get("month")
            yield Shown(int(match["year"]), int(month) if month else None)


def is_of_another_year(text: str, year: int) -> bool:
    """Whether a text shows dates and none of them lies in ``year``."""
    dates = list(shown(text))
    return bool(dates) and not any(date.within(year) for date in dates)
