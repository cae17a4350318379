"""Which forms are of agencies in the roster; a name that is not in it gets a hint, and is never merged with another."""

from __future__ import annotations

import difflib
import heapq
from collections import Counter
from collections.abc import Iterable

from jieyue_cli.agencies.roster import Roster, key
from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.problems import Code, Location, Problem


def listed(outcomes: Iterable[FormOutcome], roster: Roster | None) -> tuple[list[FormOutcome], list[Problem]]:
    """Keep the forms of agencies in the roster (all where there is none), and name each agency that is not in it."""
    if roster is None:
        return list(outcomes), []
    names = {key(entry.name): entry.name for entry in roster.entries}
    near = NearNames(names)
    kept, problems = [], []
    for outcome in outcomes:
        if outcome.key in names:
            kept.append(outcome)
            continue
        likeliest = near.to(outcome.key)
        hint = f"名录中相近的是“{names[likeliest]}”，" if likeliest else ""
        problems.append(Code.AGENCY_NOT_LISTED.at(Location(outcome.file), name=outcome.name, hint=hint))
    return kept, problems


class NearNames:
    """Finds the likeliest entry for an unknown name without comparing every unknown name with the whole roster.

    Only the entries that share the name's rarest pairs of characters are compared; and only the first ``MOST_UNKNOWN``
    names are looked up: with more, the roster is the wrong one, and hints would help nobody.
    """

    MOST_UNKNOWN = 500
    MOST_SHARING = 5000
    """A pair of characters that more entries share says little."""
    MOST_COMPARED = 50

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names
        self._by_pair: dict[str, list[str]] = {}
        self._answers: dict[str, str | None] = {}

    def to(self, unknown: str) -> str | None:
        """Return the key of the likeliest entry; None where none is likely."""
        if unknown not in self._answers:
            self._answers[unknown] = self._search(unknown) if len(self._answers) < self.MOST_UNKNOWN else None
        return self._answers[unknown]

    def _search(self, unknown: str) -> str | None:
        if not self._by_pair:
            for name in self._names:
                for pair in _pairs(name):
                    self._by_pair.setdefault(pair, []).append(name)
        sharing = sorted((self._by_pair.get(pair, []) for pair in _pairs(unknown)), key=len)
        shared: Counter[str] = Counter()
        for at, entries in enumerate(sharing):
            if at == 0 or len(entries) <= self.MOST_SHARING:
                shared.update(entries[: self.MOST_SHARING])
        # most pairs in common first, then by the alphabet: the choice must not change from run to run
        likely = heapq.nsmallest(self.MOST_COMPARED, shared, key=lambda name: (-shared[name], name))
        containing = [name for name in likely if name.endswith(unknown) or unknown.endswith(name)]
        close = containing or difflib.get_close_matches(unknown, likely, n=1, cutoff=0.7)
        return close[0] if close else None


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(max(1, len(name) - 1))}
