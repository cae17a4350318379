"""How much of a unit's points counts: an entry condition, and deductions across the unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from jieyue_cli.rubric.fields import Frozen, Identifier
from jieyue_cli.rubric.rules import Points
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
