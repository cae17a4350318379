"""Points that add up: the rubric is the sum of its units, a unit of its items, an item of its criteria."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness.nodes import applies, entries, get, listed, name, number, texts
from jieyue_cli.rubric.tree import Node, Path
from jieyue_cli.text.numbers import plain


class _Sum(NamedTuple):
    name: str
    bonus: bool
    """Whether the whole is a bonus unit, whose points may be less than its parts bring together."""
    stated: Decimal
    added: Decimal


def flaws(data: Node) -> Iterator[Flaw]:
    """Every sum that does not close; told for each class of agency where the classes differ."""
    classes = texts(data, "classes")
    of_class = [dict(_sums(data, group)) for group in classes] or [dict(_sums(data, None))]
    for path in dict.fromkeys(path for sums in of_class for path in sums):
        alternatives = [sums.get(path) for sums in of_class]
        if alternatives.count(alternatives[0]) == len(alternatives):
            yield from _open(path, alternatives[0], "")
            continue
        for group, alternative in zip(classes, alternatives, strict=True):
            yield from _open(path, alternative, f"（{group}）")


def full(data: Node) -> Decimal | None:
    """The rubric's points and its bonus units'; None where they cannot be known."""
    units = [unit for unit in listed(data, "units") if _bonus(unit)]
    points, bonus = number(get(data, "points")), _together(units) if units else Decimal(0)
    return points + bonus if points is not None and bonus is not None else None


def _sums(data: Node, group: str | None) -> Iterator[tuple[Path, _Sum]]:
    base = [unit for unit in listed(data, "units") if not _bonus(unit)]
    yield from _sum((), data, base, group, "总分")
    for u, unit in entries(data, "units"):
        if not applies(unit, group):
            continue
        yield from _sum(("units", u), unit, listed(unit, "items"), group, f"评价单元“{name(unit)}”")
        for i, item in entries(unit, "items"):
            if applies(item, group):
                path = ("units", u, "items", i)
                yield from _sum(path, item, listed(item, "criteria"), group, f"评价项目“{name(item)}”")


def _sum(path: Path, whole: Node, parts: list[Node], group: str | None, called: str) -> Iterator[tuple[Path, _Sum]]:
    own = [part for part in parts if applies(part, group)]
    # where there are parts, but none for this class, it has nothing to bring the points
    stated, added = number(get(whole, "points")), _together(own) if own or not parts else Decimal(0)
    if stated is not None and added is not None:
        yield (*path, "points"), _Sum(called, _bonus(whole), stated, added)


def _open(path: Path, total: _Sum | None, group: str) -> Iterator[Flaw]:
    """What is wrong with a sum: it does not close, or a bonus unit can never bring what it promises."""
    if total is None:
        return
    # one class of agency may have no bonus at all
    if 0 < total.added < total.stated if total.bonus else total.added != total.stated:
        code = Code.RUBRIC_BONUS if total.bonus else Code.RUBRIC_SUM
        facts = {"name": f"{total.name}{group}", "stated": plain(total.stated), "sum": plain(total.added)}
        yield Flaw(path, code, facts)


def _bonus(unit: Node) -> bool:
    return get(unit, "bonus") == "true"


def _together(parts: list[Node]) -> Decimal | None:
    """The sum of the parts' points; None where there are none, or one of them is no number."""
    shares = [number(get(part, "points")) for part in parts]
    known = [share for share in shares if share is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(shares) else None
