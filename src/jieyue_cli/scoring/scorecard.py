"""What scoring results in: lines, items, units, requirements, and the scorecard that adds them up.

A score is what is established; ``at_most`` adds what unreadable answers could still be worth once mended, so
that a verdict is given only where no mending could change it (docs/contract.md, Scores).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import msgspec

from jieyue_cli.rubric.model import Criterion, Gate, Item, Must, NotApplicable, Rubric, Unit
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.numbers import cut

ZERO = Decimal(0)
Exact = Decimal | Fraction
"""A total: a fraction only where it was rescaled."""


def less(total: Exact, other: Exact) -> Exact:
    """``total - other``; a fraction only where one of them is."""
    if isinstance(total, Decimal) and isinstance(other, Decimal):
        return total - other
    return Fraction(total) - Fraction(other)


class Verdict(Enum):
    """Whether a scorecard reaches the pass mark."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"pass": "达标", "fail": "未达标", "undetermined": "待更正"}[self.value]


class Line(NamedTuple):
    """The points of one criterion, or of several that a table scores together."""

    criteria: tuple[Criterion, ...]
    claims: tuple[Claim, ...]
    """One for each question of the criterion; or one for all the criteria."""
    points: Decimal
    """The most it can bring."""
    state: LineState
    score: Decimal
    at_most: Decimal
    forfeited: bool = False
    """Lost because a claim in the same criterion, item or unit (``Rubric.forfeit``) was marked 虚假."""

    @property
    def gate(self) -> bool:
        """Whether it is a condition without points."""
        return isinstance(self.criteria[0], Gate)

    @property
    def id(self) -> str:
        """The 编号, joined by ``+`` where there are several."""
        return "+".join(criterion.id for criterion in self.criteria)

    @property
    def claim(self) -> Claim:
        """The only claim, or the first one."""
        return self.claims[0]

    @property
    def excused(self) -> bool:
        """Whether 不涉及 was answered, and accepted."""
        return self.state is LineState.EXCLUDED or (
            self.claim.answer.kind is AnswerKind.NOT_APPLICABLE and self.policy is NotApplicable.FULL
        )

    @property
    def policy(self) -> NotApplicable:
        """What 不涉及 does here."""
        return self.criteria[0].leaves[0].not_applicable


class ItemScore(msgspec.Struct, frozen=True, dict=True):
    """The lines of one item."""

    item: Item
    lines: tuple[Line, ...]

    @cached_property
    def score(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.score for line in self.lines), ZERO)


class UnitScore(msgspec.Struct, frozen=True, dict=True):
    """The items of one unit."""

    unit: Unit
    items: tuple[ItemScore, ...]

    @cached_property
    def score(self) -> Decimal:
        """The sum of its items; of a bonus unit, not more than its points."""
        return self._counted(sum((item.score for item in self.items), ZERO))

    @cached_property
    def at_most(self) -> Decimal:
        """What the score could become once every unreadable answer is mended."""
        return self._counted(sum((line.at_most for line in self.lines), ZERO))

    @cached_property
    def beyond(self) -> Decimal:
        """What its items bring above a bonus unit's cap."""
        return sum((item.score for item in self.items), ZERO) - self.score

    @property
    def lines(self) -> Iterator[Line]:
        """Every line in the standard's order."""
        return (line for item in self.items for line in item.lines)

    def _counted(self, points: Decimal) -> Decimal:
        return min(points, self.unit.points) if self.unit.bonus else points


class Requirement(NamedTuple):
    """Something that has to be reached for any pass: a gate, or what is marked ★ or ※."""

    id: str
    text: str
    must: Must
    met: bool | None
    """None where mending unreadable answers could still change it."""
    lines: tuple[Line, ...]
    """Which have to reach it, without those that are left out as not applicable."""
    gate: bool = False


class Scorecard(msgspec.Struct, frozen=True, dict=True):
    """What one side's answers are worth, down to the last point."""

    rubric: Rubric
    """As it stands for the agency's class."""
    units: tuple[UnitScore, ...]
    gates: tuple[Line, ...] = ()
    """Scored 1 where met; these are no points."""
    requirements: tuple[Requirement, ...] = ()
    """Every gate and every mark ★ or ※ with what became of it."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in the standard's order."""
        return tuple(line for unit in self.units for line in unit.lines)

    @cached_property
    def raw(self) -> Decimal:
        """The sum of the units, before any rescaling."""
        return sum((unit.score for unit in self.units), ZERO)

    @cached_property
    def total(self) -> Exact:
        """What is established: the sum of the units; rescaled where something was left out that way."""
        return self._rescaled(*self._sums("score"))

    @cached_property
    def at_most(self) -> Exact:
        """What the total could become once every unreadable answer is mended."""
        return self._rescaled(*self._sums("at_most"))

    @cached_property
    def excused(self) -> tuple[Line, ...]:
        """Where 不涉及 was accepted."""
        return tuple(line for line in self.lines if line.excused) if self.rubric.policies else ()

    @cached_property
    def denominator(self) -> Decimal:
        """应得满分: the rubric's points without those that are left out."""
        return self.rubric.points - self._left_out(NotApplicable.DROPPED, NotApplicable.RESCALED)

    @cached_property
    def grade(self) -> str | None:
        """The grade by its name; None where mending could still change it."""
        at_least, at_most = self._levels
        return self.rubric.levels[at_least][0] if at_least == at_most else None

    @cached_property
    def verdict(self) -> Verdict:
        """The pass mark is inclusive and compared exactly; a missed requirement is no pass."""
        at_least, at_most = map(self.rubric.passes, self._levels)
        if at_least:
            return Verdict.PASS
        return Verdict.UNDETERMINED if at_most else Verdict.FAIL

    @property
    def conclusion(self) -> str:
        """The grade where the standard has grades, else 达标, 未达标; 待更正 where it is not settled."""
        return self.grade or Verdict.UNDETERMINED.chinese

    def count(self, kind: AnswerKind) -> int:
        """How many lines have an answer of this kind."""
        return sum(any(claim.answer.kind is kind for claim in line.claims) for line in self.lines)

    @property
    def shown(self) -> Decimal:
        """The total as it is written down."""
        return cut(self.total)

    def reaching(self, gains: Mapping[str, Decimal]) -> Exact:
        """What the total would be with more points on some lines."""
        base, bonus = ZERO, ZERO
        for unit in self.units:
            points = sum((line.score + gains.get(line.id, ZERO) for line in unit.lines), ZERO)
            if unit.unit.bonus:
                bonus += min(points, unit.unit.points)
            else:
                base += points
        return self._rescaled(base, bonus)

    def _sums(self, which: str) -> tuple[Decimal, Decimal]:
        """The base units together, and the bonus units."""
        base = sum((getattr(unit, which) for unit in self.units if not unit.unit.bonus), ZERO)
        return base, sum((getattr(unit, which) for unit in self.units if unit.unit.bonus), ZERO)

    def _rescaled(self, base: Decimal, bonus: Decimal) -> Exact:
        out = self._left_out(NotApplicable.RESCALED)
        if not out:
            return base + bonus
        due = self.rubric.points - out
        if not due:
            return bonus
        return Fraction(base) * Fraction(self.rubric.points) / Fraction(due) + Fraction(bonus)

    def _left_out(self, *policies: NotApplicable) -> Decimal:
        if not self.excused:
            return ZERO
        base = (line for unit in self.units if not unit.unit.bonus for line in unit.lines)
        return sum((line.points for line in base if line.state is LineState.EXCLUDED and line.policy in policies), ZERO)

    @cached_property
    def _levels(self) -> tuple[int, int]:
        """The places of the least and of the best grade that are possible."""
        missed = [requirement for requirement in self.requirements if requirement.met is False]
        not_met = [requirement for requirement in self.requirements if not requirement.met]
        return self._level(self.total, not_met), self._level(self.at_most, missed)

    def _level(self, total: Exact, missed: Iterable[Requirement]) -> int:
        """The place of the grade for a total, with every missed requirement holding it down."""
        levels = self.rubric.levels
        level = max((at for at, (_, start) in enumerate(levels) if start <= total), default=0)
        return min((level, *(self.rubric.held_at(requirement.must) for requirement in missed)))
