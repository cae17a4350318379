"""What a ledger amounts to: each recorded year against its target, and what every correction changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from jieyue_cli.agencies.roster import key
from jieyue_cli.agencies.standings import State
from jieyue_cli.office.ledger.entry import Entry, Recorded
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.rubric.model import Rubric

_RECOGNISED = State.RECOGNISED.value


class Share(NamedTuple):
    """Recognised agencies among some."""

    name: str
    agencies: int
    recognised: int

    @property
    def rate(self) -> Fraction | None:
        """Exact; None of no agency."""
        return Fraction(self.recognised, self.agencies) if self.agencies else None


class Year(NamedTuple):
    """A year by its last entry."""

    entry: Entry
    whole: Share
    """Of the roster."""
    target: Fraction | None
    """The rubric's; None before its first."""
    groups: tuple[tuple[Grouping, Share], ...]
    """What they are grouped by, with each group; nothing by what no agency has."""

    @property
    def required(self) -> int | None:
        """The whole number of agencies that the target asks for."""
        return None if self.target is None else math.ceil(self.target * self.whole.agencies)

    @property
    def gap(self) -> int | None:
        """How many are missing to it."""
        return None if self.required is None else max(0, self.required - self.whole.recognised)

    @property
    def recognised(self) -> list[str]:
        """Who was recognised in this year."""
        entry = self.entry
        return [one.name for one in entry.agencies if one.state == _RECOGNISED and one.since == entry.year]

    @property
    def withdrawn(self) -> list[str]:
        """Whose recognition ended in this year."""
        return [one.name for one in self.entry.agencies if one.withdrawn and one.withdrawn[1] == self.entry.year]


class Change(NamedTuple):
    """What a correction changed of one agency; None where it was, or is, not recorded."""

    name: str
    before: Recorded | None
    after: Recorded | None


Grouping = Literal["level", "category", "batch"]
_GROUPS: dict[Grouping, Callable[[Recorded], str | int | None]] = {
    "level": lambda one: one.level,
    "category": lambda one: one.category,
    "batch": lambda one: one.batch,
}


def years(rubric: Rubric, ledger: Ledger) -> Iterator[Year]:
    """Every recorded year, the earliest first."""
    for year in ledger.years:
        if entry := ledger.last(year):
            recognised = sum(one.state == _RECOGNISED for one in entry.agencies)
            listed = entry.roster.agencies if entry.roster else len(entry.agencies)
            yield Year(entry, Share("", listed, recognised), rubric.target(year), tuple(_groups(entry)))


def _groups(entry: Entry) -> Iterator[tuple[Grouping, Share]]:
    """In the roster's order, batches by year; who has no such column stands last, without a name."""
    for by, of in _GROUPS.items():
        numbers: dict[str, list[int]] = {}
        for one in entry.agencies:
            value = of(one)
            count = numbers.setdefault("" if value is None else str(value), [0, 0])
            count[0] += 1
            count[1] += one.state == _RECOGNISED
        if set(numbers) - {""}:
            are_years = by == "batch"  # a level may be digits as well, and any number of them
            names = sorted(numbers, key=lambda name: (not name, int(name) if name and are_years else 0))
            yield from ((by, Share(name, *numbers[name])) for name in names)


def corrections(ledger: Ledger) -> Iterator[tuple[Entry, list[Change]]]:
    """Every entry of a year that was recorded before, with what it changed."""
    last: dict[int, Entry] = {}
    for entry in ledger.entries:
        if entry.year in last:
            yield entry, changes(last[entry.year], entry)
        last[entry.year] = entry


def changes(before: Entry, after: Entry) -> list[Change]:
    """The agencies that two entries record differently, in the order of the later one."""
    old, new = ({key(one.name): one for one in entry.agencies} for entry in (before, after))
    return [
        Change((new.get(same) or old[same]).name, old.get(same), new.get(same))
        for same in {**new, **old}
        if old.get(same) != new.get(same)
    ]
