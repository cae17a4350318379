"""The standard as frozen data: Rubric → Unit → Item → Criterion.

No I/O. What makes a whole rubric sound (sums, unique ids …) is checked by ``invariants`` before a model is built.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from jieyue_cli.rubric.rules import AllOrNothing, AnyRule, Points


def _one_line(text: str) -> str:
    """Refuse what neither a worksheet nor a console can show: line breaks and other control characters."""
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise PydanticCustomError("one_line", "not one line")
    return text


Text = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_one_line)]
Identifier = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")]


_FINEST, _LONGEST = 5, 20
"""The least power of ten, and the most characters, of a percentage: a fraction of more could exhaust the memory."""


def _share(value: Any) -> Any:
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


Share = Annotated[Fraction, BeforeValidator(_share)]


class NotApplicable(Enum):
    """What a 不涉及 answer does."""

    NOT_ALLOWED = "not_allowed"
    """It brings no points and a warning that says so."""


class Frozen(BaseModel):
    """A part of the standard: immutable, and no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Criterion(Frozen):
    """得分点: one separately priced sentence of the standard."""

    id: Identifier
    """The 编号 that the form prints and the reader looks for."""
    text: Text
    """The sentence, word for word as published."""
    points: Points
    """The most it can bring."""
    rule: AnyRule = AllOrNothing()
    clause: str = ""
    """The number printed before the sentence; several criteria may share one."""

    @property
    def describe(self) -> str:
        """The rule in a few words, for the 计分方式 column."""
        return self.rule.describe(self.points)


class Item(Frozen):
    """评价项目."""

    id: Identifier
    name: Text
    points: Points
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    printed_under: str | None = None
    """The id of the unit under which the published table prints this item, where that is a misprint."""


class Unit(Frozen):
    """评价单元."""

    id: Identifier
    name: Text
    points: Points
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Deadline(Frozen):
    """One date of the office's year, as printed."""

    what: Text
    by: Text


class Rubric(Frozen):
    """评价标准: the whole standard."""

    id: Identifier
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,20}$")]
    title: Text
    document: Text
    """The document number, 文号."""
    issuers: Annotated[tuple[Text, ...], Field(min_length=1)]
    issued: dt.date
    points: Points
    pass_mark: Points
    """Inclusive, compared exactly."""
    targets: Annotated[dict[Annotated[int, Field(ge=1949, le=2099)], Share], Field(min_length=1)]
    """年度目标: the year → the share of the roster to be recognised by its end."""
    not_applicable: NotApplicable = NotApplicable.NOT_ALLOWED
    scope: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The categories of agency (单位类别)."""
    calendar: tuple[Deadline, ...] = ()
    units: Annotated[tuple[Unit, ...], Field(min_length=1)]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in the standard's order."""
        return tuple(item for unit in self.units for item in unit.items)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in the standard's order."""
        return tuple(criterion for item in self.items for criterion in item.criteria)

    @cached_property
    def by_id(self) -> dict[str, Criterion]:
        """Criteria by their 编号."""
        return {criterion.id: criterion for criterion in self.criteria}

    @property
    def mark(self) -> str:
        """Id and version as the form carries them."""
        return f"{self.id} / {self.version}"

    def target(self, year: int) -> Fraction | None:
        """The share asked for by the end of ``year``: the last target set by then, None before the first."""
        reached = [share for when, share in sorted(self.targets.items()) if when <= year]
        return reached[-1] if reached else None
