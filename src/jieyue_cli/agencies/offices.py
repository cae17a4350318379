"""Which agency a form is of: by any of its names, and as one with those that are assessed together with it (合署)."""

from __future__ import annotations

from collections.abc import Container, Sequence

from jieyue_cli.agencies.roster import Roster, RosterEntry, key
from jieyue_cli.agencies.tally import FormOutcome


class Offices:
    """Every agency, or several that are assessed as one, under one key: that of the first of them in the roster."""

    def __init__(self, roster: Roster | None) -> None:
        self._roster = roster
        self.entries: Sequence[RosterEntry] = roster.entries if roster else ()
        self._other: dict[str, str] = {}
        """Key of a name → that of its office, where they differ."""
        for entry in self.entries:
            if roster and entry.together:
                own = self.of_entry(entry)
                self._other |= {key(other.name): own for other in roster.together(entry)}

    def of_entry(self, entry: RosterEntry) -> str:
        """Key of the office of an agency in the roster."""
        own = key(entry.name)
        return self._other.get(own, own)

    def owner(self, form: FormOutcome) -> str:
        """Key of the office whose form this is."""
        return self._found(form.key)

    def find(self, name: str | None, known: Container[str]) -> str | None:
        """Key of the office with a name that has this key, in the roster or else among the known; None without one."""
        names = self._roster.by_key if self._roster else known
        return self._found(name) if name and name in names else None

    def beside(self, form: FormOutcome) -> tuple[str, ...]:
        """Names of the other agencies for which this form counts."""
        entry = self._roster.by_key.get(form.key) if self._roster else None
        return entry.together if entry else ()

    def _found(self, name: str) -> str:
        entry = self._roster.by_key.get(name) if self._roster else None
        return self.of_entry(entry) if entry else name
