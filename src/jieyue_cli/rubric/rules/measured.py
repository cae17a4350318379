"""What rules about a measured value share: its unit, percentages written as such, and a mean or quota beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, TypeVar

import msgspec
from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Flaw, Inquiry, Measure, Operand, Rule
from jieyue_cli.text.numbers import cut, plain

_LONGEST = 20
_LARGEST = 9
"""Powers of ten, either way, beyond which no measured value lies."""
SETTLED = 9
"""Decimal places to which a formula rounds its binary quotient before it compares it with a bound."""


class Amount(msgspec.Struct, frozen=True):
    """An exact amount; percentages are written with their sign, because 25 and 0.25 could mean each other."""

    value: Decimal
    percent: bool

    def __str__(self) -> str:
        """As a person writes it: ``96%`` or ``0.9``."""
        return plain(self.value) + ("%" if self.percent else "")


def read_amount(value: object) -> Amount:
    """Read ``0.9`` or ``96%``; an error of pydantic's where it is neither."""
    if isinstance(value, Amount):
        return value
    text = str(value).strip().replace("％", "%")
    percent = text.endswith("%")
    try:
        number = Decimal(text.removesuffix("%").strip())
    except ArithmeticError:
        number = Decimal("NaN")
    if not number.is_finite() or len(text) > _LONGEST or not -_LARGEST < number.adjusted() < _LARGEST:
        raise PydanticCustomError("amount", "not an amount")
    return Amount(number, percent)


AnyAmount = Annotated[
    Amount,
    PlainValidator(read_amount),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9.]+\s*[%％]?$"}]}),
]


def finer(amount: Decimal) -> Decimal:
    """A small difference beside an amount: one more decimal than it is written with."""
    return Decimal(1).scaleb(min(0, int(amount.normalize().as_tuple().exponent)) - 1)


Value = TypeVar("Value")


class Reference(Operand):
    """The mean or quota that a value is divided by."""

    value: Annotated[Decimal, Field(gt=0, le=10**9)] | None = None
    """Fixed by the standard; where None, it is an input, or the form asks for it in a row of its own."""


def _reference(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class Measured(Rule):
    """A rule about one measured value, a quotient of inputs, or the ratio of either to a mean or quota."""

    unit: Measure | None = None
    """What the value is measured in; ``%`` only with bounds written as percentages."""
    of: Operand | None = None
    """The input that has the value; None where the criterion asks for it itself …"""
    by: Operand | None = None
    """… and the input that it is divided by."""
    relative_to: Annotated[Reference, BeforeValidator(_reference, json_schema_input_type=str | Reference)] | None = None
    negative: bool = False
    """Values below 0 make sense (a rate of growth)."""

    @abstractmethod
    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Amount]]:
        """Every bound with its path inside the rule."""

    @property
    def divided(self) -> bool:
        """Whether the bounds are those of a quotient."""
        return self.by is not None or self.relative_to is not None

    @property
    def in_percent(self) -> bool:
        """Whether the bounds are percentages."""
        return any(amount.percent for _, amount in self.amounts())

    @property
    def percent(self) -> bool:
        """Whether the value is a percentage."""
        return not self.divided and self.in_percent

    @property
    def about(self) -> str:
        """What is held against the bounds, as a description begins; empty for the answer itself."""
        whole = f"{self.of.name}{f'÷{self.by.name}' if self.by else ''}" if self.of else ""
        return f"{whole}与{self.relative_to.name}之比" if self.relative_to else whole and f"{whole}："

    def farthest(self, *, high: bool) -> Fraction | None:
        """The highest (or lowest) value that anybody can enter; None where there is no end."""
        if high:
            return Fraction(100) if self.percent else None
        return None if self.negative else Fraction(0)

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        asked = [Inquiry.of(self.of) if self.of else self._own()]
        asked += [Inquiry.of(self.by)] if self.by else []
        beside = self.relative_to
        if beside and beside.input:
            asked.append(Inquiry.of(beside))
        elif beside and beside.value is None:
            prompt = f"填{beside.name}{self._in_unit}，只填数字，大于 0。"
            number = Asked(AnswerType.NUMBER, self.unit or "", positive=True)
            asked.append(Inquiry(f"对照值：{beside.name}", number, prompt))
        return tuple(asked)

    @property
    def _in_unit(self) -> str:
        return f"，单位：{self.unit}" if self.unit else ""

    def _own(self) -> Inquiry:
        """The question for the value itself."""
        if self.percent:
            return Inquiry(None, Asked(AnswerType.PERCENT, negative=self.negative), "填百分数，如 95%。")
        asked = Asked(AnswerType.NUMBER, self.unit or "", negative=self.negative)
        return Inquiry(None, asked, f"填数值{self._in_unit}，只填数字，如 12.5。")

    def _divisors(self, answers: Sequence[Value]) -> list[Value | Decimal]:
        """What the first answer is divided by, among the answers or fixed."""
        number = len(self.asks(Decimal(1)))
        fixed = self.relative_to.value if self.relative_to else None
        return [*answers[1:number], *([] if fixed is None else [fixed])]

    def value(self, answers: Answers) -> Fraction:
        """What is held against the bounds: percentage points, the value itself, or a quotient."""
        value = Fraction(answers[0])
        for below in self._divisors(answers):
            value /= Fraction(below)
        return value * 100 if self.divided and self.in_percent else value

    def answering(self, value: Decimal) -> Answers:
        """Answers for a value that is held against the bounds: what it is divided by is a power of ten, or fixed."""
        fixed = self.relative_to.value if self.relative_to else None
        shown = value / 100 if self.divided and self.in_percent else value
        below = [Decimal(10) ** max(2, -int(shown.normalize().as_tuple().exponent))]
        below += [Decimal(10)] * (len(self.asks(Decimal(1))) - 2)
        below = below[: len(self.asks(Decimal(1))) - 1]
        for each in (*below, *([] if fixed is None else [fixed])):
            shown *= each
        return shown, *below

    def said(self, answers: Answers) -> str:
        """Say what was answered."""
        unit = f" {self.unit}" if self.unit and self.unit != "%" else ""
        sign = "%" if self.in_percent else ""
        written = plain(answers[0])
        if self.of is None:
            told = f"填 {written}{sign if self.percent else unit}"
        elif self.by is None:
            told = f"{self.of.name} {written}%" if self.percent else self.of.told(answers[0])
        else:
            quotient = Fraction(answers[0]) / Fraction(answers[1])
            shown = f"{plain(cut(quotient))}{unit}" if self.relative_to else f"{plain(cut(self.value(answers)))}{sign}"
            told = f"{self.of.told(answers[0])} ÷ {self.by.told(answers[1])} = {shown}"
        if self.relative_to is None:
            return told
        beside = self.relative_to.told(self._divisors(answers)[-1])
        also = "" if self.relative_to.input else unit
        return f"{told}，{beside}{also}，比值 {plain(cut(self.value(answers)))}{sign}"

    def measured(self, cells: Sequence[str]) -> str:
        """``value`` as a spreadsheet expression, brought to the digits it means."""
        scale = "*100" if self.divided and self.in_percent else ""
        below = [plain(each) if isinstance(each, Decimal) else each for each in self._divisors(cells)]
        return f"ROUND({'/'.join((f'{cells[0]}{scale}', *below))},{SETTLED})"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        written = list(self.amounts())
        percent = self.unit == "%" or any(amount.percent for _, amount in written)
        for path, amount in written:
            if amount.percent != percent:
                like = f"百分数（如 {plain(amount.value)}%），因为这一计分方式里别处带 %"
                facts = {"key": str(path[-1]), "seen": f"“{amount}”", "expected": like}
                yield Flaw(path, Code.RUBRIC_VALUE, facts)
