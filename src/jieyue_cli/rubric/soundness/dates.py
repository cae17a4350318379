"""Dates that a calendar can reckon with: each a day that exists, and each step of the year only once."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.problems import Code
from jieyue_cli.rubric.calendar import STEPS, read_day
from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness.nodes import entries, get
from jieyue_cli.rubric.tree import Node

_MOST_SHOWN = 40
"""Characters of what was written."""


def flaws(data: Node) -> Iterator[Flaw]:
    """Every date that no calendar has, every step without a date, and every step that is given twice."""
    given: set[str] = set()
    for at, deadline in entries(data, "calendar"):
        by, step = get(deadline, "by"), get(deadline, "step")
        known = step if isinstance(step, str) and step in STEPS else None
        if isinstance(by, str):
            day = read_day(by)
            seen = {"by": by[:_MOST_SHOWN]}
            if day and not day.exists:
                yield Flaw(("calendar", at, "by"), Code.RUBRIC_NO_SUCH_DAY, seen)
            elif known and not day:
                yield Flaw(("calendar", at, "by"), Code.RUBRIC_NO_DATE, seen)
        if known in given:
            yield Flaw(("calendar", at, "step"), Code.RUBRIC_STEP_TWICE, {"step": known})
        if known:
            given.add(known)
