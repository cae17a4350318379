"""The standard as frozen data: Rubric → Unit → Item → Criterion, and what surrounds the points.

No I/O. What makes a whole rubric sound (sums, unique ids …) is checked by ``invariants`` before a model is built.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from jieyue_cli.rubric.rules import AllOrNothing, AnyRule, Asked, Combination, Points, Rule, SumOf
from jieyue_cli.text.numbers import plain


def _one_line(text: str) -> str:
    """Refuse what neither a worksheet nor a console can show: line breaks and other control characters."""
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise PydanticCustomError("one_line", "not one line")
    return text


Text = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_one_line)]
Identifier = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=30, pattern=r"^[^\x00-\x1f\x7f\",，]+$")]
"""A short word that stands in a drop-down list and in formulas."""


_FINEST, _LONGEST = 5, 20
"""The least power of ten, and the most characters, of a percentage: a fraction of more could exhaust the memory."""


def _share(value: Any) -> Fraction:
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


def _must(value: Any) -> Any:
    return {"reach": value} if isinstance(value, str) else value


class Must(Frozen):
    """What has to be reached for any pass: ★ 不得为0分, ※ 必须完成."""

    reach: Literal["nonzero", "full"]
    otherwise: Name | None = None
    """The grade that cannot be exceeded where it is not; None for the best one below the pass mark."""

    @property
    def chinese(self) -> str:
        """The mark and what it means, for the 计分方式 column."""
        return "★不得为0分" if self.reach == "nonzero" else "※必须得满分"


AnyMust = Annotated[Must, BeforeValidator(_must, json_schema_input_type=Literal["nonzero", "full"] | Must)]


class Question(NamedTuple):
    """One row of the form that is answered."""

    id: str
    """The 编号 that the form prints and the reader looks for."""
    text: str
    """What the row says, word for word."""
    asked: Asked
    prompt: str
    excusable: bool
    """Whether 不涉及 may be answered."""
    evidence: bool
    """Whether the 佐证材料 must be named."""


class Criterion(Frozen):
    """得分点: one separately priced sentence of the standard; or several such under one heading."""

    id: Identifier
    """The 编号 that the form prints and the reader looks for."""
    text: Text
    """The sentence, word for word as published."""
    points: Points
    """The most it can bring."""
    rule: AnyRule = AllOrNothing()
    clause: str = ""
    """The number printed before the sentence; several criteria may share one."""
    not_applicable: NotApplicable = NotApplicable.NOT_ALLOWED
    """Where the text gives none, that of the part around it."""
    evidence: bool = False
    """以上需提供佐证资料: a claim without 佐证材料 is reported."""
    must: AnyMust | None = None
    when: tuple[Name, ...] = ()
    """The classes of agency it belongs to; empty for all."""
    parts: tuple[Criterion, ...] = ()
    """What a combining rule (either, all_of, sum) is made of; 4. → 1) 2) 3)."""

    @property
    def describe(self) -> str:
        """The rule in a few words, for the 计分方式 column."""
        text = self.rule.describe(self.points)
        return f"{text}（{self.must.chinese}）" if self.must else text

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that have answers of their own: itself, or those below it."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every row that is answered for this criterion, in order."""
        if self.parts:
            return tuple(question for part in self.parts for question in part.questions)
        assert isinstance(self.rule, Rule), "a combination has parts"  # noqa: S101 -- invariants saw to it
        inquiries = self.rule.asks(self.points)
        excusable = self.not_applicable is not NotApplicable.NOT_ALLOWED
        return tuple(
            Question(
                self.id if inquiry.text is None else f"{self.id}/{number}",
                inquiry.text or self.text,
                inquiry.asked,
                inquiry.prompt,
                excusable,
                self.evidence and number == 1,
            )
            for number, inquiry in enumerate(inquiries, 1)
        )

    @cached_property
    def steps(self) -> tuple[Decimal, ...] | None:
        """Every score that is possible, ascending; None where any amount is."""
        if isinstance(self.rule, Combination):
            found = self.rule.steps([part.steps for part in self.parts], self.points)
        else:
            found = self.rule.steps(self.points)
        return None if found is None else tuple(found)

    @cached_property
    def priced(self) -> tuple[Criterion, ...]:
        """The criteria that are scored one by one: itself, or those under a heading whose parts add up."""
        if not isinstance(self.rule, SumOf):
            return (self,)
        return tuple(criterion for part in self.parts for criterion in part.priced)

    @cached_property
    def nested(self) -> tuple[Criterion, ...]:
        """Itself and everything below it."""
        return (self, *(inner for part in self.parts for inner in part.nested))

    def of(self, group: str) -> Iterator[Criterion]:
        """The criterion as it stands for one class of agency; nothing where it is another's."""
        if not self.when or group in self.when:
            parts = tuple(own for part in self.parts for own in part.of(group))
            yield type(self).model_construct(**{**_fields(self), "parts": parts}) if self.parts else self


GATES = "达标前提"
"""What a person calls the gates."""


class Gate(Criterion):
    """达标前提: a condition without points; what it brings is 1 where it is met."""

    parts: tuple[Gate, ...] = ()
    must: AnyMust = Must(reach="full")

    @property
    def describe(self) -> str:
        """When it is met, for the 计分方式 column."""
        return self.rule.condition(self.points)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every row that is answered, asked for without points."""
        plainly = isinstance(self.rule, AllOrNothing)
        return tuple(
            question._replace(prompt="符合选“是”，不符合选“否”。") if plainly else question
            for question in super().questions
        )


class Item(Frozen):
    """评价项目."""

    id: Identifier
    name: Text
    points: Points
    outline: Annotated[tuple[Criterion, ...], Field(min_length=1, alias="criteria")]
    """As published, headings and all."""
    must: AnyMust | None = None
    when: tuple[Name, ...] = ()
    printed_under: str | None = None
    """The id of the unit under which the published table prints this item, where that is a misprint."""
    not_applicable: NotApplicable | None = None
    """For its criteria; None for the rubric's."""

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """What is scored one by one."""
        return tuple(criterion for entry in self.outline for criterion in entry.priced)


class Unit(Frozen):
    """评价单元."""

    id: Identifier
    name: Text
    points: Points
    """Of a bonus unit: the most that counts, which may be less than its items bring together."""
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    bonus: bool = False
    """附加分: on top of the rubric's points."""


class Grade(Frozen):
    """等级: a name for totals from ``from`` on, up to ``to`` (that too) or ``below`` (not that) where printed."""

    name: Name
    start: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2, alias="from")]
    to: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2)] | None = None
    below: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2)] | None = None


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
    """Without the bonus units."""
    pass_mark: Points
    """Inclusive, compared exactly."""
    targets: Annotated[dict[Annotated[int, Field(ge=1949, le=2099)], Share], Field(min_length=1)]
    """年度目标: the year → the share of the roster to be recognised by its end."""
    not_applicable: NotApplicable = NotApplicable.NOT_ALLOWED
    """For every criterion that has no policy of its own."""
    forfeit: Literal["criterion", "item", "unit"] | None = None
    """弄虚作假: what loses all its points where the office finds a claim to be false."""
    grades: tuple[Grade, ...] = ()
    """Best first; empty for 达标 and 未达标 only."""
    classes: tuple[Name, ...] = ()
    """Kinds of agency with criteria of their own (独立办公 / 集中办公)."""
    scope: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The categories of agency (单位类别)."""
    calendar: tuple[Deadline, ...] = ()
    gates: tuple[Gate, ...] = ()
    """Conditions without points; whoever misses one does not pass."""
    units: Annotated[tuple[Unit, ...], Field(min_length=1)]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in the standard's order."""
        return tuple(item for unit in self.units for item in unit.items)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion that is scored, in the standard's order."""
        return tuple(criterion for item in self.items for criterion in item.criteria)

    @cached_property
    def by_id(self) -> dict[str, Criterion]:
        """Scored criteria by their 编号."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Everything that is answered, the gates' first, by its 编号."""
        return {question.id: question for each in (*self.gates, *self.criteria) for question in each.questions}

    @cached_property
    def full(self) -> Decimal:
        """The most that anybody can have, with the bonus units."""
        return self.points + sum((unit.points for unit in self.units if unit.bonus), Decimal(0))

    @cached_property
    def policies(self) -> tuple[NotApplicable, ...]:
        """The ways in which 不涉及 is taken, other than not at all."""
        leaves = (leaf for each in self.criteria for leaf in each.leaves)
        found = {leaf.not_applicable for leaf in leaves} - {NotApplicable.NOT_ALLOWED}
        return tuple(policy for policy in NotApplicable if policy in found)

    @cached_property
    def demanding(self) -> bool:
        """Whether anything besides points decides: a gate, ★ or ※."""
        criteria = (inner for item in self.items for each in item.outline for inner in each.nested)
        return any((*self.gates, *(item.must for item in self.items), *(each.must for each in criteria)))

    @cached_property
    def levels(self) -> tuple[tuple[str, Decimal], ...]:
        """Every grade, worst first, with the total from which it holds."""
        if not self.grades:
            return (("未达标", Decimal(0)), ("达标", self.pass_mark))
        return tuple(sorted(((grade.name, grade.start) for grade in self.grades), key=lambda level: level[1]))

    def passes(self, level: int) -> bool:
        """Whether the grade at this place of ``levels`` is a pass."""
        return self.levels[level][1] >= self.pass_mark

    def held_at(self, must: Must) -> int:
        """The place in ``levels`` of the best grade for those who miss what ``must`` asks for."""
        if must.otherwise is not None:
            return [name for name, _ in self.levels].index(must.otherwise)
        return max((level for level in range(len(self.levels)) if not self.passes(level)), default=0)

    @property
    def mark(self) -> str:
        """Id and version as the form carries them."""
        return f"{self.id} / {self.version}"

    @property
    def full_marks(self) -> str:
        """What full marks are, as a person would say it: ``100 分`` or ``110 分（基础 100，附加 10）``."""
        if self.full == self.points:
            return f"{plain(self.points)} 分"
        return f"{plain(self.full)} 分（基础 {plain(self.points)}，附加 {plain(self.full - self.points)}）"

    def target(self, year: int) -> Fraction | None:
        """The share asked for by the end of ``year``: the last target set by then, None before the first."""
        reached = [share for when, share in sorted(self.targets.items()) if when <= year]
        return reached[-1] if reached else None

    def of(self, group: str | None) -> Rubric:
        """The rubric as it stands for one class of agency; where that is not known, for the first one."""
        return self._variants[group if group in self._variants else self.classes[0]] if self.classes else self

    @cached_property
    def _variants(self) -> dict[str, Rubric]:
        return {group: self._variant(group) for group in self.classes}

    def _variant(self, group: str) -> Rubric:
        units = tuple(
            unit.model_copy(
                update={
                    "items": tuple(
                        Item.model_construct(**{**_fields(item), "outline": _own(item.outline, group)})
                        for item in unit.items
                        if not item.when or group in item.when
                    )
                }
            )
            for unit in self.units
        )
        return Rubric.model_construct(**{**_fields(self), "gates": _own(self.gates, group), "units": units})


def _own(criteria: Iterable[Criterion], group: str) -> tuple[Criterion, ...]:
    return tuple(own for criterion in criteria for own in criterion.of(group))


def _fields(model: BaseModel) -> dict[str, Any]:
    """The fields of a model without what it has worked out from them, which another model would have to forget."""
    return {name: getattr(model, name) for name in type(model).model_fields}
