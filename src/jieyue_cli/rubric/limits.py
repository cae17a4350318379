"""How much of a unit's points counts: an entry condition, and deductions across the unit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.rubric.fields import Frozen, Identifier
from jieyue_cli.rubric.rules import AnswerType, Operand, Points
from jieyue_cli.text.numbers import plain


class Entry(Frozen):
    """高于80分，则进入加分指标评分环节: a unit counts only where another score is high enough."""

    above: Points | None = None
    at_least: Points | None = None
    of: Identifier | None = None
    """The unit whose score decides; None for the total of the base units."""

    @property
    def mark(self) -> Fraction:
        """The score that decides."""
        return Fraction(self.above or self.at_least or 0)

    def opens(self, score: Fraction) -> bool:
        """Whether the unit counts."""
        return score > self.mark if self.above is not None else score >= self.mark

    @property
    def below(self) -> str:
        """What is said of a score that does not open it."""
        return f"{'不高于' if self.above is not None else '不足'} {plain(self.mark)} 分"

    def chinese(self, names: Mapping[str, str]) -> str:
        """The condition in words; ``names`` of the units by their 编号."""
        score = names[self.of] if self.of else "基础分"
        return f"{score}{'高于' if self.above is not None else '达到'} {plain(self.mark)} 分才计入"


class UnitDeduction(Operand):
    """发现一个烟头扣1分: points that are taken from a unit's score, for each of what an input counts or for 是."""

    input: Identifier
    lose: Points

    @property
    def chinese(self) -> str:
        """For the people who fill in the form."""
        each = "为“是”的" if self.answer is AnswerType.YES_NO else f"每{self.unit or '个'}"
        return f"{self.name}（{self.input}）{each}扣 {plain(self.lose)} 分，扣完为止"

    def lost(self, value: Decimal) -> Fraction:
        """What an answer takes, before the unit's score is used up."""
        return Fraction(self.lose) * Fraction(value)

    def why(self, value: Decimal) -> str:
        """How the answer takes so much."""
        lost = f"扣 {plain(self.lost(value))} 分"
        if self.answer is AnswerType.YES_NO:
            return f"{self.name}为“是”，{lost}"
        unit = self.unit or "个"
        return f"{self.name} {plain(value)} {unit}，每{unit}扣 {plain(self.lose)} 分，{lost}"
