"""The other names of a roster's agencies: 曾用名, 简称, and 合署 for those that are assessed as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jieyue_cli.agencies.roster.model import RosterEntry, key
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.text.folding import narrow

_BETWEEN_NAMES = re.compile(r"[、；;，,\r\n]")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_TOGETHER = 50
"""Agencies in one office: more are a column that was filled with something else."""
_NO_NAME = frozenset({"", key("无"), key("没有"), key("N/A")})


@dataclass(frozen=True, slots=True)
class OtherName:
    """One name in a cell of 曾用名, 简称 or 合署."""

    name: str
    key: str
    """``key`` of the name."""
    cell: str
    row: int
    owner: str
    """``key`` of the agency whose row it is."""
    together: bool
    """Whether it stands under 合署."""


def names_in(text: str) -> list[tuple[str, str]]:
    """The names in one cell, each with its ``key``; a stroke or 无 is none."""
    parts = (narrow(part) for part in _BETWEEN_NAMES.split(text) if part)
    return [(part, same) for part in parts if _LETTER.search(part) and (same := key(part)) not in _NO_NAME]


def with_other_names(
    entries: Mapping[str, RosterEntry], others: Iterable[OtherName]
) -> tuple[list[RosterEntry], list[Problem]]:
    """Give each entry its aliases and those assessed with it; an error for each name that two agencies would share.

    ``entries`` are by ``key``. A name under 合署 that has a row of its own joins the two; another is an alias.
    """
    others = sorted(others, key=lambda other: other.together)  # an alias is somebody's, whoever else mentions it
    offices, problems = _offices(entries, others)
    owners: dict[str, OtherName] = {}
    aliases: dict[str, list[str]] = {}
    for other in others:
        same = other.key
        rival = entries.get(same)
        taken = owners.get(same)
        here = Location(cell=other.cell)
        if rival is not None:
            if same != other.owner and not other.together:
                problems.append(Code.ROSTER_ALIAS_LISTED.at(here, row=other.row, name=other.name, other=rival.row))
        elif taken is None:
            owners[same] = other
            aliases.setdefault(other.owner, []).append(other.name)
            if other.together:
                problems.append(Code.ROSTER_TOGETHER_ALIAS.at(here, name=other.name, listed=entries[other.owner].name))
        elif taken.owner != other.owner and not (other.together and taken.owner in offices.get(other.owner, ())):
            problems.append(Code.ROSTER_ALIAS_SHARED.at(here, row=other.row, name=other.name, other=taken.row))
    order = {same: place for place, same in enumerate(entries)}
    complete = []
    for same, entry in entries.items():
        office = sorted(offices.get(same, {same}) - {same}, key=order.__getitem__)
        together = tuple(entries[member].name for member in office)
        complete.append(replace(entry, aliases=tuple(aliases.get(same, ())), together=together))
    return complete, problems


def _offices(
    entries: Mapping[str, RosterEntry], others: Iterable[OtherName]
) -> tuple[dict[str, set[str]], list[Problem]]:
    """``key`` of an agency → the keys of all in its office, for those that share one; an error for each too many."""
    problems = []
    by_any = {other.key: other.owner for other in others if not other.together}
    offices: dict[str, set[str]] = {}
    for other in others:
        if other.together:
            member = other.key if other.key in entries else by_any.get(other.key, other.owner)
            office = offices.get(other.owner, {other.owner}) | offices.get(member, {member})
            if len(office) > _MOST_TOGETHER:
                here = Location(cell=other.cell)
                problems.append(Code.ROSTER_TOGETHER_MANY.at(here, name=other.name, most=_MOST_TOGETHER))
            else:
                offices.update(dict.fromkeys(office, office))
    return offices, problems
