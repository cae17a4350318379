"""One spelling for every value, whichever reader found it."""

from __future__ import annotations

import datetime as dt

from jieyue_cli.workbook.cells import Value

_EXACT = float(2**53)
"""Beyond it a binary float no longer tells neighbouring whole numbers apart, so it stays a float."""


def plain(value: Value | None) -> Value | None:
    """Return ``value`` as ``Sheet.rows`` promises it: whole numbers as int, blanks as None, midnights as dates."""
    if value == "":
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and -_EXACT <= value <= _EXACT else value
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, int) and not isinstance(value, bool) and not -_EXACT <= value <= _EXACT:
        return float(value)
    return value
