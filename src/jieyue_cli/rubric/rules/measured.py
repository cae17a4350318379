"""What rules about a measured value share: its unit, percentages written as such, and a mean or quota beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import msgspec
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Flaw, Inquiry, Measure, Rule, Words
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


class Reference(BaseModel):
    """The mean or quota that a value is divided by."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    name: Words
    value: Annotated[Decimal, Field(gt=0, le=10**9)] | None = None
    """Fixed by the standard; where None, the form asks for it in a row of its own."""


def _reference(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class Measured(Rule):
    """A rule about one measured value, or its ratio to a mean or quota."""

    unit: Measure | None = None
    """What the value is measured in; ``%`` only with bounds written as percentages."""
    relative_to: Annotated[Reference, BeforeValidator(_reference, json_schema_input_type=str | Reference)] | None = None
    negative: bool = False
    """Values below 0 make sense (a rate of growth)."""

    @abstractmethod
    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Amount]]:
        """Every bound with its path inside the rule."""

    @property
    def percent(self) -> bool:
        """Whether the value is a percentage."""
        return not self.relative_to and any(amount.percent for _, amount in self.amounts())

    def farthest(self, *, high: bool) -> Fraction | None:
        """The highest (or lowest) value that anybody can enter; None where there is no end."""
        if high:
            return Fraction(100) if self.percent else None
        return None if self.negative else Fraction(0)

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        unit = f"，单位：{self.unit}" if self.unit else ""
        if self.percent:
            prompt = "填百分数，如 95%。"
            return (Inquiry(None, Asked(AnswerType.PERCENT, negative=self.negative), prompt),)
        asked = Asked(AnswerType.NUMBER, self.unit or "", negative=self.negative)
        own = Inquiry(None, asked, f"填数值{unit}，只填数字，如 12.5。")
        if self.relative_to is None or self.relative_to.value is not None:
            return (own,)
        beside = Asked(AnswerType.NUMBER, self.unit or "", positive=True)
        prompt = f"填{self.relative_to.name}{unit}，只填数字，大于 0。"
        return own, Inquiry(f"对照值：{self.relative_to.name}", beside, prompt)

    def value(self, answers: Answers) -> Fraction:
        """What is held against the bounds: percentage points, the value itself, or its ratio."""
        if self.relative_to is None:
            return Fraction(answers[0])
        below = self.relative_to.value if self.relative_to.value is not None else answers[1]
        ratio = Fraction(answers[0]) / Fraction(below)
        return ratio * 100 if any(amount.percent for _, amount in self.amounts()) else ratio

    def said(self, answers: Answers) -> str:
        """Say what was answered."""
        value, unit = plain(answers[0]), f" {self.unit}" if self.unit and self.unit != "%" else ""
        if self.relative_to is None:
            return f"填 {value}{'%' if self.percent else unit}"
        below = self.relative_to.value if self.relative_to.value is not None else answers[1]
        sign = "%" if any(amount.percent for _, amount in self.amounts()) else ""
        ratio = plain(cut(self.value(answers)))
        return f"填 {value}{unit}，{self.relative_to.name} {plain(below)}{unit}，比值 {ratio}{sign}"

    def measured(self, cells: Sequence[str]) -> str:
        """``value`` as a spreadsheet expression, brought to the digits it means."""
        if self.relative_to is None:
            return f"ROUND({cells[0]},{SETTLED})"
        below = plain(self.relative_to.value) if self.relative_to.value is not None else cells[1]
        scale = "*100" if any(amount.percent for _, amount in self.amounts()) else ""
        return f"ROUND({cells[0]}{scale}/{below},{SETTLED})"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        written = list(self.amounts())
        percent = self.unit == "%" or any(amount.percent for _, amount in written)
        for path, amount in written:
            if amount.percent != percent:
                like = f"百分数（如 {plain(amount.value)}%），因为这一计分方式里别处带 %"
                facts = {"key": str(path[-1]), "seen": f"“{amount}”", "expected": like}
                yield Flaw(path, Code.RUBRIC_VALUE, facts)
