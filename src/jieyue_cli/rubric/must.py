"""What has to be reached in a part of the standard, and what happens to those who miss it."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from jieyue_cli.rubric.fields import Frozen, Name
from jieyue_cli.rubric.rules.measured import Amount, read_amount

_MARKS = {"nonzero": "★不得为0分", "full": "※必须得满分"}
"""Marks that a published table prints, and what they mean."""
Zero = Literal["unit", "total"]
"""What counts no points where a minimum is missed."""
_ZERO: dict[Zero, str] = {"unit": "本单元计零分", "total": "总分计零分"}


def _reach(value: object) -> object:
    if isinstance(value, str) and value in _MARKS:
        return value
    try:
        return read_amount(value)
    except PydanticCustomError:
        raise PydanticCustomError("minimum", "not a minimum") from None


Reach = Annotated[
    Literal["nonzero", "full"] | Amount,
    PlainValidator(_reach),
    WithJsonSchema(
        {"anyOf": [{"enum": list(_MARKS)}, {"type": ["number", "string"], "pattern": r"^[0-9.]+\s*[%％]?$"}]}
    ),
]


class Must(Frozen):
    """★ 不得为0分, ※ 必须完成, 达标要求比例 ≥85%, 小计得分不足40分的计零分."""

    reach: Reach
    """Any points, all of them, a share of those that are asked for, or an amount."""
    otherwise: Name | None = None
    """The best grade for those who miss it; None for the best grade below the pass mark."""
    zero: Zero | None = None
    """What counts no points for those who miss it; then no grade is held down."""

    @property
    def chinese(self) -> str:
        """The mark and what it means, for the 计分方式 column."""
        if not isinstance(self.reach, Amount):
            least = _MARKS[self.reach]
        elif self.reach.percent:
            least = f"达标比例不低于{self.reach}"
        else:
            least = f"最低{self.reach}分"
        return f"{least}，否则{_ZERO[self.zero]}" if self.zero else least

    @property
    def below(self) -> str:
        """What is said of a score that misses it."""
        if not isinstance(self.reach, Amount):
            return {"nonzero": "不得为 0 分", "full": "没有得满分"}[self.reach]
        return f"不足应得分的 {self.reach}" if self.reach.percent else f"不足 {self.reach} 分"

    def wanted(self, points: Fraction) -> Fraction | None:
        """The least score, of these points that are asked for; None where any score above 0 is enough."""
        if isinstance(self.reach, Amount):
            return Fraction(self.reach.value) * (points / 100 if self.reach.percent else 1)
        return points if self.reach == "full" else None


def _must(value: object) -> object:
    return {"reach": value} if isinstance(value, str) else value


AnyMust = Annotated[Must, BeforeValidator(_must, json_schema_input_type=Reach | Must)]
