"""Whether a run may be recorded, and as what: a year's first entry, a correction with its reason, or nothing new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from jieyue_cli.agencies.roster import Roster, key
from jieyue_cli.office.ledger.entry import Entry
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.problems import Code, Problem
from jieyue_cli.text.listing import abridged

_MOST_NAMED = 5
_UNVERIFIED = {"verifying", "self_pass", "self_fail", "returned", "missing"}
"""The states that no finished verification leads to."""


def ruled(entry: Entry, ledger: Ledger) -> tuple[Entry | None, list[Problem]]:
    """The entry as the next one of a ledger; None where it may not be one or says nothing new, with why.

    A reason is asked for where a year was recorded before, where later ones were, where no form of it counts, and
    where a recognition ends.
    """
    last = ledger.last(entry.year)
    if last and _essence(entry) == _essence(last):
        return None, [Code.LEDGER_SAME.at(number=last.number)]
    if not entry.note and (needing := list(_needing(entry, last, ledger))):
        return None, [Code.LEDGER_NOTE.at(what="；".join(needing))]
    later = [year for year in ledger.years if year > entry.year]
    problems = [Code.LEDGER_LATER_YEARS.at(years="、".join(map(str, later)), year=entry.year)] if later else []
    return replace(entry, number=len(ledger.entries) + 1, previous=ledger.head), problems


def whole(entry: Entry, ledger: Ledger) -> tuple[Entry | None, list[Problem]]:
    """The entry; None where a recognition recorded for its year would end though no verification says so.

    That is a folder left out; a recognition that was a mistake is taken back for that agency alone (``singled``).
    """
    last = ledger.last(entry.year)
    now = {key(agency.name): agency.state for agency in entry.agencies}
    recognised = [one.name for one in (last.agencies if last else ()) if one.since == entry.year]
    if last and (names := [name for name in recognised if now.get(key(name)) in _UNVERIFIED]):
        return None, [Code.LEDGER_UNVERIFIED.at(number=last.number, names=_listing(names))]
    return entry, []


def singled(entry: Entry, names: Sequence[str], roster: Roster, ledger: Ledger) -> tuple[Entry | None, list[Problem]]:
    """The last entry of the year with the standings of these agencies, and of no other, taken from ``entry``."""
    last = ledger.last(entry.year)
    if last is None:
        return None, [Code.LEDGER_NOT_RECORDED.at(what=f"台账中没有 {entry.year} 年")]
    owner = roster.owner_of
    now = {owner(agency.name): agency for agency in entry.agencies}
    recorded = {owner(agency.name) for agency in last.agencies}
    wanted = {owner(name): name for name in names}
    if unknown := [name for same, name in wanted.items() if same not in now or same not in recorded]:
        what = f"{_listing(unknown)}不在名录里，或台账 {entry.year} 年没有记它"
        return None, [Code.LEDGER_NOT_RECORDED.at(what=what)]
    agencies = tuple(now[same] if (same := owner(one.name)) in wanted else one for one in last.agencies)
    return replace(entry, roster=last.roster, agencies=agencies), []


def _essence(entry: Entry) -> tuple[object, ...]:
    """What makes one entry say the same as another: neither time nor program, nor where the files lay."""
    digests = sorted(read.sha256 or "" for read in entry.inputs)
    return entry.rubric, entry.roster, entry.agencies, digests


def _needing(entry: Entry, last: Entry | None, ledger: Ledger) -> Iterator[str]:
    """What asks for a reason."""
    if not any(agency.handed_in for agency in entry.agencies):
        yield f"没有一份 {entry.year} 年的表计入，年份可能写错了"
    if last:
        yield f"{entry.year} 年已经记过（第 {last.number} 条），再记是更正"
    elif later := [year for year in ledger.years if year > entry.year]:
        yield f"台账已记到 {later[-1]} 年，{entry.year} 年是补记"
    before = max((year for year in ledger.years if year < entry.year), default=0)
    ended = {key(one.name): one.withdrawn for one in last.agencies} if last else {}
    new = (one for one in entry.agencies if one.withdrawn and one.withdrawn != ended.get(key(one.name)))
    if names := [one.name for one in new if one.withdrawn and one.withdrawn[1] > before]:
        yield f"要撤销{_listing(names)}的认定"


def _listing(names: Sequence[str]) -> str:
    return abridged([f"“{name}”" for name in names], _MOST_NAMED, "个单位")
