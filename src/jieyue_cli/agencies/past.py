"""What was recorded of the agencies in earlier years, found again under the names they have now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from jieyue_cli.agencies.roster import Roster, key
from jieyue_cli.agencies.standings import History, Past, Standing, State
from jieyue_cli.problems import Code, Problem

PRINTED = 16
"""Of the 64 hexadecimal digits of a ledger's hash, those that people compare by eye."""


class Recorded(Protocol):
    """Where one agency stood in a recorded year."""

    @property
    def name(self) -> str: ...  # noqa: D102 -- as a ``Standing``
    @property
    def category(self) -> str | None: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> int | None: ...  # noqa: D102
    @property
    def withdrawn(self) -> tuple[int, int] | None: ...  # noqa: D102
    @property
    def failed(self) -> int | None: ...  # noqa: D102


class Record(NamedTuple):
    """What a ledger holds of every recorded year."""

    head: str
    """The hash of its last entry."""
    entries: int
    years: Mapping[int, Sequence[Recorded]]
    """Year → what holds of it."""
    inputs: Collection[bytes]
    """SHA-256 of every file that was read for it."""

    @property
    def mark(self) -> str:
        """Which ledger, and how far it goes, as letters and reports print it."""
        return f"{self.head[:PRINTED]}，共 {self.entries} 条"

    @property
    def names(self) -> set[str]:
        """``key`` of every name that is recorded."""
        return {key(agency.name) for agencies in self.years.values() for agency in agencies}

    def last(self, year: int | None) -> int:
        """The last recorded year before ``year``; 0 where there is none."""
        return max((known for known in self.years if year is not None and known < year), default=0)


class Pasts(NamedTuple):
    """The recorded past of the agencies, by the ``key`` of the name each has now."""

    known: Mapping[str, Past]
    problems: Sequence[Problem]
    """Agencies that are gone, and those that became one."""


NO_PAST = Pasts({}, ())


def pasts(record: Record, roster: Roster | None, year: int | None) -> Pasts:
    """What was recorded before ``year``: of each agency what the last recorded year that names it says.

    Without a roster, only agencies that ever handed in are known, as in a run over their forms.
    """
    latest: dict[str, tuple[int, list[Recorded]]] = {}
    handed: dict[str, int] = {}
    for known in sorted(known for known in record.years if year is not None and known < year):
        for owner, agencies in _by_owner(record.years[known], roster).items():
            latest[owner] = known, agencies
            if any(agency.state != State.MISSING.value for agency in agencies):
                handed[owner] = known
    made: dict[str, Past] = {}
    problems: list[Problem] = []
    for owner, (known, agencies) in latest.items():
        first, history = _joined(owner, agencies)
        if roster and owner not in roster.by_key:
            problems += [Code.RECORDED_GONE.at(name=first.name, since=history.since)] if history.since else []
        elif roster or owner in handed:
            made[owner] = Past(first.name, first.category, history, handed.get(owner))
            problems += [_merged(known, agencies, history)] if len(agencies) > 1 else []
    return Pasts(made, problems)


def differing(
    record: Record, standings: Iterable[Standing], roster: Roster | None, year: int | None
) -> Iterator[Problem]:
    """Name the agencies that stand elsewhere than was recorded for the run's own year."""
    own = _by_owner(record.years.get(year or 0, ()), roster)
    for standing in standings:
        recorded = own.get(key(standing.name), [])
        if standing.listed and len(recorded) == 1:
            facts = [_said(side.state, side.since) for side in (recorded[0], standing)]
            if facts[0] != facts[1]:
                yield Code.RECORDED_OTHERWISE.at(name=standing.name, year=year, recorded=facts[0], now=facts[1])


def _said(state: str | State, since: int | None) -> str:
    return f"{State(state).chinese}（自 {since}）" if since else State(state).chinese


def _by_owner(agencies: Iterable[Recorded], roster: Roster | None) -> dict[str, list[Recorded]]:
    """``key`` of the name that each agency has now → what is recorded of it: several where agencies became one."""
    owner = roster.owner_of if roster else key
    made: dict[str, list[Recorded]] = {}
    for agency in agencies:
        made.setdefault(owner(agency.name), []).append(agency)
    return made


def _joined(owner: str, agencies: Sequence[Recorded]) -> tuple[Recorded, History]:
    """Whose past an agency has, and which: of several that became one its own, else what holds of all of them."""
    first = next((agency for agency in agencies if key(agency.name) == owner), agencies[0])
    if len(agencies) == 1 or key(first.name) == owner:
        return first, History(first.since, first.withdrawn, first.failed)
    years = [agency.since for agency in agencies if agency.since]
    return first, History(max(years)) if len(years) == len(agencies) else History()


def _merged(year: int, agencies: Sequence[Recorded], history: History) -> Problem:
    names = "、".join(f"“{agency.name}”" for agency in agencies)
    kept = f" {history.since} 年认定" if history.since else "没有认定"
    return Code.RECORDED_MERGED.at(names=names, year=year, kept=kept)
