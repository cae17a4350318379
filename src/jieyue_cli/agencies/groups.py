"""The progress in parts: by 级别, 单位类别 and 批次年度, as far as the roster has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.agencies.roster import Roster
from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.rubric.model import Rubric


class Part(NamedTuple):
    """The agencies that share one value; every number counts them."""

    name: str | None
    """None for those without a value."""
    agencies: int
    recognised: int
    self_assessed: int
    handed_in: int
    missing: int

    @property
    def rate(self) -> Fraction:
        """Recognised / agencies, exact."""
        return Fraction(self.recognised, self.agencies)


class Groups(NamedTuple):
    """Each grouping adds up to the whole; empty where the roster has no value for it."""

    level: tuple[Part, ...] = ()
    """级别, in the order of the roster."""
    category: tuple[Part, ...] = ()
    """单位类别, in the order of the standard's scope."""
    batch: tuple[Part, ...] = ()
    """批次年度, the earliest first."""


def groups_of(rubric: Rubric, standings: Iterable[Standing], roster: Roster | None) -> Groups:
    """Group the agencies of the roster by what it has; those without a value come last."""
    if roster is None:
        return Groups()
    listed = [standing for standing in standings if standing.listed]
    scope = {category: place for place, category in enumerate(rubric.scope)}
    level = any(entry.level for entry in roster.entries)
    category = any(entry.category for entry in roster.entries)
    batch = any(entry.batch for entry in roster.entries)
    return Groups(
        _parts(listed, lambda standing: standing.level) if level else (),
        _parts(listed, lambda standing: standing.category, lambda name: scope.get(name, len(scope)))
        if category
        else (),
        _parts(listed, lambda standing: str(standing.batch or "") or None, int) if batch else (),
    )


def _parts(
    standings: Iterable[Standing], name: Callable[[Standing], str | None], order: Callable[[str], int] = lambda _: 0
) -> tuple[Part, ...]:
    """One part a value: by ``order``, and of one order by first appearance."""
    together: dict[str | None, list[Standing]] = {}
    for standing in standings:
        together.setdefault(name(standing) or None, []).append(standing)
    named = sorted((value for value in together if value is not None), key=order)
    return tuple(_part(value, together[value]) for value in (*named, None) if value in together)


def _part(name: str | None, standings: Sequence[Standing]) -> Part:
    return Part(
        name,
        len(standings),
        sum(standing.state is State.RECOGNISED for standing in standings),
        sum(standing.self_assessed for standing in standings),
        sum(standing.handed_in for standing in standings),
        sum(standing.state is State.MISSING for standing in standings),
    )
