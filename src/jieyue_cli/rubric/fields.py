"""What the keys of a standard may hold: short names, one line of text, percentages, and the ways of taking 不涉及."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError


def _one_line(text: str) -> str:
    """Refuse what neither a worksheet nor a console can show: line breaks and other control characters."""
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise PydanticCustomError("one_line", "not one line")
    return text


Text = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_one_line)]
Short = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_one_line)]
"""A few words of one line."""
IDENTIFIER = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$"
VERSION = r"^[0-9A-Za-z._-]{1,20}$"
NAME = r"^[^\x00-\x1f\x7f\",，]+$"
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Name = Annotated[str, Field(min_length=1, max_length=30, pattern=NAME)]
"""A short word that stands in a drop-down list and in formulas."""

_FINEST, _LONGEST = 5, 20
"""The least power of ten, and the most characters, of a percentage: a fraction of more could exhaust the memory."""


def _share(value: object) -> Fraction:
    """Read ``25%`` exactly; 25 and 0.25 are refused because each could mean the other."""
    if isinstance(value, Fraction):
        return value
    text = str(value).strip().replace("％", "%")
    try:
        number = Decimal(text.removesuffix("%").strip())
    except ArithmeticError:
        number = Decimal("NaN")
    fits = number.is_finite() and 0 < number <= 100 and number.adjusted() > -_FINEST  # noqa: PLR2004 -- per cent
    if not text.endswith("%") or not fits or len(text) > _LONGEST:
        raise PydanticCustomError("percentage", "not a percentage")
    return Fraction(number) / 100


Share = Annotated[
    Fraction,
    PlainValidator(_share),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9.]+\s*[%％]$"}),
]


class NotApplicable(Enum):
    """What a 不涉及 answer does."""

    NOT_ALLOWED = "not_allowed"
    """It brings no points and a warning that says so."""
    FULL = "full"
    """It brings all the points: 没有新建项目，不扣分."""
    DROPPED = "dropped"
    """The criterion is not scored and the pass mark stays: 无中央空调此项不评分."""
    RESCALED = "rescaled"
    """The criterion is not scored and the rest is scaled up to all the points: 标化分=得分÷应得最高分×100."""

    @property
    def chinese(self) -> str:
        """Say it to a clerk."""
        return {
            "not_allowed": "不设不涉及",
            "full": "不涉及按满分计",
            "dropped": "不涉及不评分",
            "rescaled": "不涉及按缺项折算",
        }[self.value]

    @property
    def leaves_out(self) -> bool:
        """Whether the criterion's points leave the denominator."""
        return self in (NotApplicable.DROPPED, NotApplicable.RESCALED)


class Frozen(BaseModel):
    """A part of the standard: immutable, and no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, str_strip_whitespace=True)

    def replaced(self, **changes: object) -> Self:
        """The same part with other values for some fields; what was cached on the old one is not carried over."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        values.update(changes)
        return self.model_construct(**values)
