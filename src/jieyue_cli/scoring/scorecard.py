"""What scoring results in: requirements, and the scorecard that adds up its lines, items and units.

A score is what is established; ``at_most`` adds what unreadable answers could still be worth once mended, so
that a verdict is given only where no mending could change it (docs/contract.md, Scores).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import msgspec

from jieyue_cli.rubric.model import Must, NotApplicable, NotApplicableLimit, Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.lines import Line, UnitScore
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.numbers import ZERO, add, cut


class Verdict(Enum):
    """Whether a scorecard reaches the pass mark."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"pass": "达标", "fail": "未达标", "undetermined": "待更正"}[self.value]


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
