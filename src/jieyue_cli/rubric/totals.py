"""What a standard does to the total, and what bounds it: 总分换算, and the limit on what may be left out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from jieyue_cli.rubric.fields import Frozen, Name
from jieyue_cli.rubric.rules import Points
from jieyue_cli.text.numbers import plain


class Scale(Frozen):
    """总分换算: 换算成百分制，四舍五入取一位."""

    points: Points
    """What the standard's points become."""
    decimals: Annotated[int, Field(ge=0, le=2)]
    """To which the total is rounded, half up."""

    @property
    def step(self) -> Decimal:
        """Totals are multiples of it."""
        return Decimal(1).scaleb(-self.decimals)

    def converted(self, amount: Fraction, points: Decimal) -> Fraction:
        """The total for a sum of points, of which ``points`` are full marks."""
        steps = amount * Fraction(self.points) / Fraction(points) / Fraction(self.step)
        return floor(steps + Fraction(1, 2)) * Fraction(self.step)

    def sentence(self, amount: str, points: Decimal) -> str:
        """How an amount is converted: ``得分 432 ÷ 满分 500 × 100，四舍五入保留 1 位``."""
        rounded = f"保留 {self.decimals} 位" if self.decimals else "取整数"
        return f"{amount} ÷ 满分 {plain(points)} × {plain(self.points)}，四舍五入{rounded}"


class NotApplicableLimit(Frozen):
    """空项上限: 各空项分之和超过200分的，不得评为一级."""

    points: Points
    """The most that what is answered 不涉及 may come to, without the bonus units."""
    otherwise: Name | None = None
    """The best grade for those above it; None for the best grade below the pass mark."""
    zero: ClassVar[None] = None
    """It holds down a grade, and takes no points (``Must.zero``)."""

    @property
    def reach(self) -> Literal["limit"]:
        """What is asked for, beside ``Must.reach``."""
        return "limit"

    def wanted(self, points: Fraction) -> Fraction:
        """Of the lines that decide, all must be mended (``Must.wanted``)."""
        return points

    @property
    def chinese(self) -> str:
        """What is asked for, in words."""
        return f"空项分值合计不超过 {plain(self.points)} 分"
