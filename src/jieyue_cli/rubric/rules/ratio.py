"""执行数÷预算数×10分: the quotient of two values, of the points; the target brings all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Flaw, Inquiry, Measure, Operand, Rule, Words
from jieyue_cli.rubric.rules.measured import Amount, AnyAmount
from jieyue_cli.text.numbers import cut, decimal, plain


def _operand(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


AnyOperand = Annotated[Operand, BeforeValidator(_operand, json_schema_input_type=Words | Operand)]
"""An input, or the name of what is asked in a row of its own."""


class Ratio(Rule):
    """``of`` ÷ ``by`` × points, never more than the points."""

    kind: Literal["ratio"] = "ratio"
    of: AnyOperand
    by: AnyOperand
    unit: Measure | None = None
    """What a value that is asked in a row of its own is measured in."""
    target: AnyAmount | None = None
    """The quotient that brings all the points; None for 100%."""
    reverse: bool = False
    """The less, the better: target ÷ quotient."""

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        return self._inquiry(self.of, "没有填 0", positive=False), self._inquiry(self.by, "大于 0", positive=True)

    def _inquiry(self, operand: Operand, least: str, *, positive: bool) -> Inquiry:
        if operand.input:
            return Inquiry.of(operand)
        unit = f"，单位：{self.unit}" if self.unit else ""
        asked = Asked(AnswerType.NUMBER, self.unit or "", positive=positive)
        return Inquiry(operand.name, asked, f"填{operand.name}{unit}，只填数字，{least}。")

    @property
    def _asked_for(self) -> Amount:
        return self.target or Amount(Decimal(100), percent=True)

    @property
    def _goal(self) -> Fraction:
        return Fraction(self._asked_for.value) / (100 if self._asked_for.percent else 1)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        above, below = map(Fraction, answers)
        asked = self._goal * below
        if (above <= asked) if self.reverse else (above >= asked):
            return Fraction(points)
        return Fraction(points) * (asked / above if self.reverse else above / asked)

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        values = f"{self._told(self.of, answers[0])} ÷ {self._told(self.by, answers[1])}"
        quotient = Fraction(answers[0]) / Fraction(answers[1])
        shown = f"{plain(cut(quotient * 100))}%" if self._asked_for.percent else plain(cut(quotient))
        way = self._full if self.score(answers, points) == points else f"{self._scale}{plain(points)} 分"
        return f"{values} = {shown}，{way}"

    def _told(self, operand: Operand, value: Decimal) -> str:
        unit = "" if operand.input or not self.unit else f" {self.unit}"
        return f"{operand.told(value)}{unit}"

    @property
    def _full(self) -> str:
        return f"不高于 {self._asked_for}，得满分" if self.reverse else f"达到 {self._asked_for}，得满分"

    @property
    def _scale(self) -> str:
        """What the points are multiplied with, behind the quotient."""
        if self.reverse:
            return f"{self._asked_for}÷比值×"
        return "×" if self._goal == 1 else f"÷{self._asked_for}×"

    @override
    def steps(self, points: Decimal) -> None:
        return None

    @override
    def describe(self, points: Decimal) -> str:
        quotient = f"{self.of.name}÷{self.by.name}"
        if self.reverse:
            return f"{self._asked_for}÷（{quotient}）×{plain(points)}分，最高{plain(points)}分"
        return f"{quotient}{self._scale}{plain(points)}分，最高{plain(points)}分"

    @override
    def condition(self, points: Decimal) -> str:
        return f"{self.of.name}÷{self.by.name}{'不高于' if self.reverse else '达到'}{self._asked_for}为符合"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        below = Decimal(10) ** (2 - min(0, int(self._asked_for.value.as_tuple().exponent)) + 2)
        asked = decimal(self._goal * Fraction(below))
        return [(asked * share, below) for share in map(Decimal, ("0", "0.5", "1", "1.2"))]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        above, below = cells
        most, goal = plain(points), f"({plain(self._asked_for.value)}{'/100' if self._asked_for.percent else ''})"
        if self.reverse:
            return f"IF({above}=0,{most},MIN({most},{goal}*{below}/{above}*{most}))"
        return f"MIN({most},{above}/{below}/{goal}*{most})"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return f"{self.of.name}÷{self.by.name}{'降到' if self.reverse else '达到'} {self._asked_for}"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        if self._asked_for.value <= 0:
            facts = {"key": "target", "seen": f"“{self._asked_for}”", "expected": "大于 0 的数或百分数"}
            yield Flaw(("target",), Code.RUBRIC_VALUE, facts)
        if (self.of.input, self.of.name) == (self.by.input, self.by.name):
            facts = {"key": "by", "seen": f"“{self.by.name}”", "expected": "与 of 不同的一项，否则比值总是 1"}
            yield Flaw(("by",), Code.RUBRIC_VALUE, facts)
