"""The time of a run, which is no file's: ``SOURCE_DATE_EPOCH`` pins it, so that the same run makes the same bytes."""

from __future__ import annotations

import datetime as dt
import os

PINNED = "SOURCE_DATE_EPOCH"
ZONE = dt.timezone(dt.timedelta(hours=8))
"""China has one time zone: an office's day is the same on every machine."""


def now() -> dt.datetime:
    """The time to the second; raise ValueError where what pins it is no number of seconds since 1970."""
    pinned = os.environ.get(PINNED)
    try:
        return dt.datetime.fromtimestamp(int(pinned), ZONE) if pinned else dt.datetime.now(ZONE).replace(microsecond=0)
    except (OverflowError, OSError) as cause:
        raise ValueError(pinned) from cause
