"""Where the agencies stand after all their years.

Recognition follows the verified score, is cumulative over the years, and ends only when a later verification finds
the agency below the mark (docs/contract.md, Progress).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.scoring.scorecard import Verdict


class Standings(NamedTuple):
    """Where the agencies stand after all their years."""

    recognised: set[str]
    """Their keys."""
    self_assessed: int
    """Agencies not recognised whose latest form is at the mark by its own score and not verified."""
    withdrawn: tuple[str, ...]
    """Their names, in the order of their first forms."""


def standings(outcomes: Iterable[FormOutcome]) -> Standings:
    """Follow each agency through its years; the forms are sorted by agency, the earliest first."""
    recognised: set[str] = set()
    self_assessed = 0
    withdrawn: list[tuple[int, str, str]] = []
    for agency, together in groupby(outcomes, attrgetter("key")):
        forms = list(together)
        holds = lost = False
        for form in forms:
            if form.verified is Verdict.PASS:
                holds, lost = True, False
            elif form.verified is Verdict.FAIL:
                holds, lost = False, holds or lost
        first, last = forms[0], forms[-1]
        if holds:
            recognised.add(agency)
        elif last.verified is None and last.claimed is Verdict.PASS:
            self_assessed += 1
        if lost:
            withdrawn.append((first.year, first.file, last.name))
    return Standings(recognised, self_assessed, tuple(name for _, _, name in sorted(withdrawn)))
