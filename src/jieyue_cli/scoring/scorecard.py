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

from jieyue_cli.rubric.model import Criterion, Gate, Item, Must, NotApplicable, NotApplicableLimit, Rubric, Unit
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.numbers import ZERO, add, cut, decimal

SETTLED = 9
"""Decimals to which a score that may be any amount is held against what a form's formula shows."""


class Verdict(Enum):
    """Whether a scorecard reaches the pass mark."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"pass": "达标", "fail": "未达标", "undetermined": "待更正"}[self.value]


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


class Requirement(NamedTuple):
    """Something that has to be reached: a gate, a minimum such as ★ and ※, the limit on 不涉及."""

    id: str
    text: str
    must: Must | NotApplicableLimit
    met: bool | None
    """None where mending unreadable answers could still change it."""
    lines: tuple[Line, ...]
    """Which have to reach it, without those that are left out as not applicable; of the limit those alone, and what has
    to be mended where that still decides.
    """
    gate: bool = False
    unit: str | None = None
    """The 编号 of the unit that it stands in; None for a gate and the limit on 不涉及."""

    @property
    def wanted(self) -> Fraction | None:
        """The least score of its lines; None where any score above 0 is enough."""
        return self.must.wanted(add(line.points for line in self.lines))


class Scorecard(msgspec.Struct, frozen=True, dict=True):
    """What one side's answers are worth, down to the last point."""

    rubric: Rubric
    """As it stands for the agency's class."""
    units: tuple[UnitScore, ...]
    gates: tuple[Line, ...] = ()
    """Scored 1 where met; these are no points."""
    requirements: tuple[Requirement, ...] = ()
    """Every gate, every mark ★ or ※ and the limit on 不涉及 with what became of it."""
    inputs: tuple[Claim, ...] = ()
    """One for each input (基本数据) that is asked of the agency's class."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in the standard's order."""
        return tuple(line for unit in self.units for line in unit.lines)

    @cached_property
    def raw(self) -> Fraction:
        """The sum of the units, before any rescaling."""
        return add(unit.score for unit in self.units)

    @cached_property
    def unconverted(self) -> Fraction:
        """The sum of the units, rescaled where something was left out that way; before any 总分换算."""
        return self._rescaled(unit.score for unit in self.units)

    @cached_property
    def total(self) -> Fraction:
        """What is established, on the scale of the pass mark."""
        return self.rubric.converted(self.unconverted)

    @cached_property
    def unconverted_at_most(self) -> Fraction:
        """What ``unconverted`` could become once every unreadable answer is mended."""
        return self._rescaled(unit.at_most for unit in self.units)

    @cached_property
    def at_most(self) -> Fraction:
        """What the total could become once every unreadable answer is mended."""
        return self.rubric.converted(self.unconverted_at_most)

    @cached_property
    def rescaled(self) -> bool:
        """Whether the total was scaled up to all the points, because something was left out that way."""
        return 0 < self._left_out(NotApplicable.RESCALED) < self.rubric.points

    def written(self, amount: Fraction) -> Fraction:
        """An amount on the scale of the total as it is written: cut after two decimals where that is rescaled."""
        return cut(amount) if self.rescaled else amount

    @cached_property
    def excused(self) -> tuple[Line, ...]:
        """Where 不涉及 was accepted."""
        return tuple(line for line in self.lines if line.excused) if self.rubric.policies else ()

    @cached_property
    def denominator(self) -> Fraction:
        """应得满分: the rubric's points without those that are left out."""
        return Fraction(self.rubric.points) - self._left_out(NotApplicable.DROPPED, NotApplicable.RESCALED)

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

    @property
    def said(self) -> Iterator[str]:
        """What is answered, item by item: equal for two scorecards of the same answers."""
        yield "\n".join(claim.said for claim in (*self.inputs, *(own for line in self.gates for own in line.answers)))
        for unit in self.units:
            for item in unit.items:
                yield item.said

    @property
    def blank(self) -> bool:
        """Whether nothing at all is answered."""
        answers = (claim for line in (*self.gates, *self.lines) for claim in line.answers)
        return all(claim.answer.kind is AnswerKind.BLANK for claim in (*self.inputs, *answers))

    def count(self, kind: AnswerKind) -> int:
        """How many lines have an answer of this kind."""
        return sum(any(claim.answer.kind is kind for claim in line.claims) for line in self.lines)

    @property
    def shown(self) -> Fraction:
        """The total cut after two decimals."""
        return cut(self.total)

    def reaching(self, gains: Mapping[str, Fraction]) -> Fraction:
        """What ``unconverted`` would be with more points on some lines; ``gains`` by ``Line.id``."""
        return self._rescaled(unit.raised(gains) for unit in self.units)

    def _rescaled(self, scores: Iterable[Fraction]) -> Fraction:
        """The sum of these scores of the units; what bonus units bring is not rescaled."""
        if not self.rescaled:
            return add(scores)
        base: list[Fraction] = []
        bonus: list[Fraction] = []
        for unit, score in zip(self.units, scores, strict=True):
            (bonus if unit.unit.bonus else base).append(score)
        points = Fraction(self.rubric.points)
        return add(base) * points / (points - self._left_out(NotApplicable.RESCALED)) + add(bonus)

    def _left_out(self, *policies: NotApplicable) -> Fraction:
        """The points of the base units' lines that are left out under these policies."""
        if not self.excused:
            return ZERO
        base = (line for unit in self.units if not unit.unit.bonus for line in unit.lines)
        return add(line.points for line in base if line.state is LineState.EXCLUDED and line.policy in policies)

    @cached_property
    def _levels(self) -> tuple[int, int]:
        """The places of the least and of the best grade that are possible."""
        holding = [requirement for requirement in self.requirements if not requirement.must.zero]
        missed = [requirement for requirement in holding if requirement.met is False]
        not_met = [requirement for requirement in holding if not requirement.met]
        return self._level(self.total, not_met), self._level(self.at_most, missed)

    def _level(self, total: Fraction, missed: Iterable[Requirement]) -> int:
        """The place of the grade for a total, with every missed requirement holding it down."""
        levels = self.rubric.levels
        level = max((at for at, (_, start) in enumerate(levels) if start <= total), default=0)
        return min((level, *(self.rubric.held_at(requirement.must) for requirement in missed)))
