"""A statement, and the parts of a standard that statements look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.rubric.meaning.examples import examples
from jieyue_cli.rubric.model import Criterion, Item, Must, Rubric, Unit
from jieyue_cli.rubric.rules import Combination

_MANY = 6


class Caution(NamedTuple):
    """What the standard will do."""

    where: str
    """编号 and name, or the general part."""
    does: str
    """In a sentence, with figures."""
    otherwise: str
    """How it is written where the text means something else."""


def every(rubric: Rubric) -> Iterator[Criterion]:
    """Every criterion and part of one, without the gates."""
    for item in rubric.items:
        for top in item.outline:
            yield from top.nested


def leaves(rubric: Rubric) -> Iterator[Criterion]:
    """Those with answers of their own."""
    return (criterion for criterion in every(rubric) if not criterion.parts)


def required(rubric: Rubric) -> Iterator[tuple[Unit, Unit | Item | Criterion, Must]]:
    """Every unit, item and criterion with a minimum, and the unit that it stands in."""
    for unit in rubric.units:
        inner = (each for item in unit.items for top in item.outline for each in top.nested)
        parts: tuple[Unit | Item | Criterion, ...] = (unit, *unit.items, *inner)
        for part in parts:
            if part.must:
                yield unit, part, part.must


def inside(part: Unit | Item | Criterion) -> tuple[Criterion, ...]:
    """What is scored one by one in it."""
    if isinstance(part, Unit):
        return tuple(criterion for item in part.items for criterion in item.criteria)
    return part.criteria if isinstance(part, Item) else part.priced


def worst(criterion: Criterion) -> Fraction:
    """The least that a criterion brings once it is answered; 0 where that depends on parts."""
    if isinstance(criterion.rule, Combination):
        return Fraction(0)
    shown = examples(criterion)
    return min(each.score for each in shown) if shown else Fraction(criterion.points)


def bonus(rubric: Rubric) -> Decimal:
    """The most that bonus units bring."""
    return sum((unit.points for unit in rubric.units if unit.bonus), Decimal(0))


def listed(identifiers: Iterable[str]) -> str:
    """``1.1、1.2``; of very many the first few."""
    known = list(dict.fromkeys(identifiers))
    return "、".join(known) if len(known) <= _MANY else f"{'、'.join(known[:_MANY])} 等 {len(known)} 处"
