"""The roster: agencies in its own order, each known by its name and by the other names it goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jieyue_cli.problems import Problem
from jieyue_cli.text.folding import essence


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One agency of the list."""

    name: str
    """As its roster writes it."""
    category: str | None
    """One of the scope's categories."""
    aliases: tuple[str, ...] = ()
    """曾用名、简称, and names of agencies in the same office that have no row of their own."""
    together: tuple[str, ...] = ()
    """合署: names of the other entries that are assessed as one with this one, in the roster's order."""
    level: str | None = None
    """级别: 市, 县, 乡 …, as its roster writes it."""
    batch: int | None = None
    """批次年度: the year whose batch it belongs to."""
    code: str | None = None
    """统一社会信用代码, checked."""
    contact: str | None = None
    """联系人."""
    phone: str | None = None
    """联系电话."""
    plan_filed: dt.date | None = None
    """实施方案报送日期."""
    outside: str = ""
    """垂管/不参评原因: why it is not assessed here; empty for who is in scope."""
    row: int | None = field(default=None, compare=False)
    """The row of the file, from 1; None where the entry was not read from one."""


@dataclass(frozen=True)
class Roster:
    """Every agency in scope, in the list's own order; all names and aliases differ by ``key``."""

    entries: tuple[RosterEntry, ...]
    outside: tuple[RosterEntry, ...] = ()
    """Who is listed and not assessed here, each with its reason; in no denominator."""
    plans: bool = False
    """Whether there is a column for 实施方案报送日期."""
    columns: tuple[str, ...] = ()
    """The headers of columns that were read, from the left."""
    ignored: tuple[str, ...] = ()
    """The headers of columns that were not read."""
    notes: tuple[Problem, ...] = ()
    """What was told while it was read; no error is among them."""
    sha256: str = ""
    """Of its file; empty where it was not read from one."""

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, name: str) -> RosterEntry | None:
        """Return the agency with this name or alias, however it is spelled (``key``); None where there is none."""
        return self.by_key.get(key(name))

    def together(self, entry: RosterEntry) -> tuple[RosterEntry, ...]:
        """Return every entry for which a form of this one counts: itself, then those of the same office (合署)."""
        others = (self.find(name) for name in entry.together)
        return (entry, *(other for other in others if other is not None))

    @cached_property
    def by_key(self) -> Mapping[str, RosterEntry]:
        """``key`` of every name and alias → its entry."""
        return {key(name): entry for entry in self.entries for name in (entry.name, *entry.aliases)}

    @cached_property
    def outside_by_key(self) -> Mapping[str, RosterEntry]:
        """The same of those that are not assessed here."""
        return {key(name): entry for entry in self.outside for name in (entry.name, *entry.aliases)}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """``key`` of every name and alias → that of its agency's name."""
        return {same: key(entry.name) for same, entry in self.by_key.items()}

    def owner_of(self, name: str) -> str:
        """``key`` of the agency that goes by a name; of a name that is not listed its own."""
        same = key(name)
        return self.owners.get(same, same)


def key(name: str) -> str:
    """One spelling for one agency: width, spaces and brackets do not make another agency."""
    return essence(name)
