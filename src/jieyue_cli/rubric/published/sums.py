"""Whether the printed points close on every level, and the one item whose move to the next unit closes both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.rubric.published.table import Item, Unit
from jieyue_cli.text.numbers import plain


class Move(NamedTuple):
    """An item printed under one unit whose points belong to another."""

    item: Item
    source: Unit
    target: Unit
    said: str
    """The arithmetic."""


def total(parts: Iterable[Decimal | None]) -> Decimal:
    """The sum of the points that are known."""
    return sum((part for part in parts if part is not None), Decimal(0))


def added(parts: Iterable[Decimal | None]) -> str:
    """``9+6+4=19``."""
    known = [part for part in parts if part is not None]
    return f"{'+'.join(map(plain, known))}={plain(total(known))}" if len(known) > 1 else plain(total(known))


def moved(units: Sequence[Unit]) -> list[Move]:
    """Move every item for which exactly one move closes both units; the moves that were made."""
    made = []
    for at, unit in enumerate(units):
        found = list(_moves(unit, [units[n] for n in (at - 1, at + 1) if 0 <= n < len(units)]))
        if len(found) == 1:
            move = found[0]
            unit.items.remove(move.item)
            move.target.items.insert(len(move.target.items) if move.target is units[at - 1] else 0, move.item)
            move.item.printed_under = unit
            made.append(move)
    return made


def _moves(source: Unit, neighbours: Iterable[Unit]) -> Iterator[Move]:
    own = [item.points for item in source.items]
    for target in neighbours:
        if source.points is None or target.points is None or len(own) == 1:
            continue
        over, others = total(own) - source.points, [item.points for item in target.items]
        for item in source.items:
            if item.points == over == target.points - total(others) > 0:
                stays = [other.points for other in source.items if other is not item]
                yield Move(item, source, target, _said(item, source, target, (own, stays, [item.points, *others])))


def _said(item: Item, source: Unit, target: Unit, figures: tuple[Sequence[Decimal | None], ...]) -> str:
    before, stays, joined = map(added, figures)
    return (
        f"{item.name} {_of(item.points)} 分印在“{source.name}”({_of(source.points)} 分)下，{before}；"
        f"移到“{target.name}”({_of(target.points)} 分)后 {stays}、{joined}，两边都相等"
    )


def _of(points: Decimal | None) -> str:
    return plain(points or Decimal(0))


def unequal(stated: Decimal | None, parts: Sequence[Decimal | None], called: str) -> str:
    """What is said where points are not the sum of their parts; nothing where they are."""
    if stated is None or stated == total(parts):
        return ""
    return f"{called}合计 {added(parts)} 分，印的是 {plain(stated)} 分，两边不等"
