"""Scored lines, and the items and units that they add up to.

A score is what is established; ``at_most`` adds what unreadable answers could still be worth once mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import msgspec

from jieyue_cli.rubric.model import Criterion, Gate, Item, NotApplicable, Unit
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.numbers import ZERO, add, decimal

SETTLED = 9
"""Decimals to which a score that may be any amount is held against what a form's formula shows."""


class Line(msgspec.Struct, frozen=True, dict=True):
    """The points of one criterion, or of several that a table scores together."""

    criteria: tuple[Criterion, ...]
    claims: tuple[Claim, ...]
    """One for each answer that it depends on, those to its own questions first; or one for all the criteria."""
    points: Fraction
    """The most it can bring."""
    state: LineState
    score: Fraction
    at_most: Fraction
    forfeited: bool = False
    """Lost because a claim in the same criterion, item or unit (``Rubric.forfeit``) was marked 虚假."""
    own: int = 1
    """How many of the claims answer its own questions; the others are asked for elsewhere."""

    @cached_property
    def lost(self) -> Fraction:
        """The points that are missing; none where it is left out as not applicable."""
        return ZERO if self.state is LineState.EXCLUDED else self.points - self.score

    @cached_property
    def shown(self) -> Decimal:
        """The score as the form's formula shows it."""
        return decimal(round(self.score, SETTLED))

    @property
    def gate(self) -> bool:
        """Whether it is a condition without points."""
        return isinstance(self.criteria[0], Gate)

    @cached_property
    def id(self) -> str:
        """The 编号, joined by ``+`` where there are several."""
        return "+".join(criterion.id for criterion in self.criteria)

    @property
    def answers(self) -> tuple[Claim, ...]:
        """The claims to its own questions; none where all it depends on is asked for elsewhere."""
        return self.claims[: self.own]

    @property
    def claim(self) -> Claim:
        """The only claim, or the first one."""
        return self.claims[0]

    @property
    def excused(self) -> bool:
        """Whether 不涉及 was answered, and accepted."""
        return self.state is LineState.EXCLUDED or (
            len(self.criteria) == 1
            and AnswerKind.NOT_APPLICABLE in {claim.answer.kind for claim in self.claims[: 1 if self.own else None]}
            and self.policy is NotApplicable.FULL
        )

    @cached_property
    def empty(self) -> bool:
        """Whether it is a 空项: left out, or full marks because all that decides it was answered 不涉及."""
        if self.forfeited or not self.may_be_empty:
            return False
        return self.state is LineState.EXCLUDED or (bool(self.claims) and all(map(_not_applicable, self.claims)))

    @property
    def may_be_empty(self) -> bool:
        """Whether all that is asked in it may be answered 不涉及."""
        return len(self.criteria) == 1 and self.criteria[0].omissible

    @property
    def policy(self) -> NotApplicable:
        """What 不涉及 does here."""
        return self.criteria[0].leaves[0].not_applicable


def _not_applicable(claim: Claim) -> bool:
    return claim.answer.kind is AnswerKind.NOT_APPLICABLE


class ItemScore(msgspec.Struct, frozen=True, dict=True):
    """The lines of one item."""

    item: Item
    lines: tuple[Line, ...]

    @cached_property
    def score(self) -> Fraction:
        """The sum of its lines."""
        return add(line.score for line in self.lines)

    @cached_property
    def at_most(self) -> Fraction:
        """What the score could become once every unreadable answer is mended."""
        pending = any(line.state is LineState.PENDING for line in self.lines)
        return add(line.at_most for line in self.lines) if pending else self.score

    @cached_property
    def said(self) -> str:
        """Every ``Claim.said`` on a line of its own."""
        return "\n".join(claim.said for line in self.lines for claim in line.answers)


class Limit(NamedTuple):
    """Why a unit counts less than its items bring."""

    reason: str
    """In words, for a clerk."""
    certain: bool
    """Whether no mending of unreadable answers could lift it."""
    lost: Fraction | None = None
    """What it takes away; None for everything."""


class UnitScore(msgspec.Struct, frozen=True, dict=True):
    """The items of one unit."""

    unit: Unit
    items: tuple[ItemScore, ...]
    limits: tuple[Limit, ...] = ()
    """Besides a bonus unit's cap."""

    @cached_property
    def score(self) -> Fraction:
        """The sum of its items, as far as it counts; of a bonus unit, not more than its points."""
        return self._limited(self._counted(add(item.score for item in self.items)), self.limits)

    @property
    def at_most(self) -> Fraction:
        """What the score could become once every unreadable answer is mended."""
        certain = tuple(limit for limit in self.limits if limit.certain)
        return self._limited(self._counted(add(item.at_most for item in self.items)), certain)

    @property
    def beyond(self) -> Fraction:
        """What its items bring above a bonus unit's cap."""
        brought = add(item.score for item in self.items)
        return brought - self._counted(brought)

    def raised(self, gains: Mapping[str, Fraction]) -> Fraction:
        """The score with more points on some lines; ``gains`` by ``Line.id``."""
        more = (gains[line.id] for line in self.lines if line.id in gains)
        return self._counted(add((*(item.score for item in self.items), *more)))

    @property
    def lines(self) -> Iterator[Line]:
        """Every line in the standard's order."""
        return (line for item in self.items for line in item.lines)

    def _counted(self, points: Fraction) -> Fraction:
        return min(points, Fraction(self.unit.points)) if self.unit.bonus else points

    def _limited(self, points: Fraction, limits: Iterable[Limit]) -> Fraction:
        for limit in limits:
            points = ZERO if limit.lost is None else max(ZERO, points - limit.lost)
        return points
