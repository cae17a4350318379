"""The standard as frozen data: Rubric → Unit → Item → Criterion, and what surrounds the points.

No I/O. What makes a whole rubric sound (sums, unique ids …) is checked by ``soundness`` before a model is built.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from jieyue_cli.rubric.calendar import Deadline
from jieyue_cli.rubric.criterion import GATES, Criterion, Gate, Question
from jieyue_cli.rubric.fields import VERSION, Frozen, Identifier, Name, NotApplicable, Share, Text
from jieyue_cli.rubric.inputs import INPUTS, Input
from jieyue_cli.rubric.limits import Entry, UnitDeduction
from jieyue_cli.rubric.must import AnyMust, Must
from jieyue_cli.rubric.rules import Points, Words
from jieyue_cli.rubric.totals import NotApplicableLimit, Scale
from jieyue_cli.text.numbers import decimal, plain

__all__ = [
    "GATES",
    "INPUTS",
    "Criterion",
    "Deadline",
    "Entry",
    "Gate",
    "Grade",
    "Input",
    "Item",
    "Must",
    "NotApplicable",
    "NotApplicableLimit",
    "Question",
    "Rubric",
    "Scale",
    "Unit",
]


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
    note: Text | None = None
    """备注 for whoever keeps the standard."""

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
    must: AnyMust | None = None
    when: tuple[Name, ...] = ()
    """The classes of agency it is for, as its items say too (``defaults``); for the others it has no points."""
    entry: Entry | None = None
    deductions: Annotated[tuple[UnitDeduction, ...], Field(max_length=20)] = ()
    note: Text | None = None
    """备注 for whoever keeps the standard."""

    @property
    def musts(self) -> tuple[Must, ...]:
        """Every minimum of the unit, its items and criteria."""
        criteria = (inner for item in self.items for top in item.outline for inner in top.nested)
        every = (self.must, *(item.must for item in self.items), *(criterion.must for criterion in criteria))
        return tuple(must for must in every if must)


class Grade(Frozen):
    """等级: a name for totals from ``from`` on, up to ``to`` (that too) or ``below`` (not that) where printed."""

    name: Name
    start: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2, alias="from")]
    to: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2)] | None = None
    below: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2)] | None = None


class Rubric(Frozen):
    """评价标准: the whole standard."""

    id: Identifier
    version: Annotated[str, Field(pattern=VERSION)]
    title: Text
    document: Text
    """The document number, 文号."""
    issuers: Annotated[tuple[Text, ...], Field(min_length=1)]
    issued: dt.date
    points: Points
    """Without the bonus units."""
    scale: Scale | None = None
    """总分换算; None where the total is the sum of the points."""
    pass_mark: Points
    """Inclusive, compared exactly; like the grades on the scale of totals."""
    targets: Annotated[dict[Annotated[int, Field(ge=1949, le=2099)], Share], Field(min_length=1)]
    """年度目标: the year → the share of the roster to be recognised by its end."""
    not_applicable: NotApplicable = NotApplicable.NOT_ALLOWED
    """For every criterion that has no policy of its own."""
    not_applicable_limit: NotApplicableLimit | None = None
    """空项上限."""
    forfeit: Literal["criterion", "item", "unit"] | None = None
    """弄虚作假: what loses all its points where the office finds a claim to be false."""
    grades: tuple[Grade, ...] = ()
    """Best first; empty for 达标 and 未达标 only."""
    classes: tuple[Name, ...] = ()
    """Kinds of agency with criteria of their own (独立办公 / 集中办公)."""
    scope: Annotated[tuple[Words, ...], Field(min_length=1)]
    """The categories of agency (单位类别)."""
    calendar: tuple[Deadline, ...] = ()
    inputs: tuple[Input, ...] = ()
    """基本数据: asked once, without points."""
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
        """Everything that is answered, the inputs and the gates' first, by its 编号."""
        return {question.id: question for top in self.tops for question in top.questions}

    @cached_property
    def judged(self) -> tuple[Criterion, ...]:
        """Everything that has a result of its own: the gates, then every criterion that is scored."""
        return (*self.gates, *self.criteria)

    @cached_property
    def tops(self) -> tuple[Input | Criterion, ...]:
        """Everything that has rows in the form, in the form's order."""
        return (*self.inputs, *self.judged)

    @cached_property
    def used(self) -> dict[str, tuple[str, ...]]:
        """编号 of an answer that rules borrow → the 编号 of the gates and criteria that they belong to."""
        users: dict[str, dict[str, None]] = {}
        for top in self.judged:
            for question in (question for inner in top.nested for question in inner.borrowed):
                users.setdefault(question.id, {})[top.id] = None
        for unit in self.units:
            for deduction in unit.deductions:
                users.setdefault(deduction.input, {})[unit.id] = None
        return {identifier: tuple(own) for identifier, own in users.items()}

    @cached_property
    def full(self) -> Decimal:
        """The most that a total can come to, with the bonus units."""
        return decimal(self.converted(Fraction(self._sum)))

    @property
    def base(self) -> Decimal:
        """Full marks without the bonus units, on the scale of totals."""
        return self.scale.points if self.scale else self.points

    @cached_property
    def _sum(self) -> Decimal:
        return self.points + sum((unit.points for unit in self.units if unit.bonus), Decimal(0))

    def converted(self, amount: Fraction) -> Fraction:
        """The total that a sum of points is worth (总分换算)."""
        return self.scale.converted(amount, self.points) if self.scale else amount

    @cached_property
    def policies(self) -> tuple[NotApplicable, ...]:
        """The ways in which 不涉及 is taken, other than not at all."""
        leaves = (leaf for criterion in self.criteria for leaf in criterion.leaves)
        used = {leaf.not_applicable for leaf in leaves} - {NotApplicable.NOT_ALLOWED}
        return tuple(policy for policy in NotApplicable if policy in used)

    @cached_property
    def demanding(self) -> bool:
        """Whether anything besides points decides: a gate, a minimum or a limit on 不涉及."""
        return any((*self.gates, *self.musts, self.not_applicable_limit))

    @cached_property
    def musts(self) -> tuple[Must, ...]:
        """Every minimum of units, items and criteria."""
        return tuple(must for unit in self.units for must in unit.musts)

    @cached_property
    def limited(self) -> bool:
        """Whether a unit may count less than its items bring, other than by a bonus unit's cap."""
        return any(must.zero for must in self.musts) or any(unit.entry or unit.deductions for unit in self.units)

    @cached_property
    def levels(self) -> tuple[tuple[str, Decimal], ...]:
        """Every grade, worst first, with the total from which it holds."""
        if not self.grades:
            return (("未达标", Decimal(0)), ("达标", self.pass_mark))
        return tuple(sorted(((grade.name, grade.start) for grade in self.grades), key=lambda level: level[1]))

    def passes(self, level: int) -> bool:
        """Whether the grade at this place in ``levels`` is a pass."""
        return self.levels[level][1] >= self.pass_mark

    def held_at(self, must: Must | NotApplicableLimit) -> int:
        """The place in ``levels`` of the best grade that is left when ``must`` is not reached."""
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
        more = self._sum - self.points
        parts = f"基础 {plain(self.points)}，附加 {plain(more)}" if more else ""
        if self.scale:
            parts = f"由 {plain(self._sum)} 分换算{f'，{parts}' if parts else ''}"
        return f"{plain(self.full)} 分{f'（{parts}）' if parts else ''}"

    @property
    def passing(self) -> str:
        """From which total on it is a pass, where nothing else says how totals come about."""
        scale = self.scale
        how = f"，总分由 {plain(self.points)} 分换算为 {plain(scale.points)} 分" if scale else ""
        return f"{plain(self.pass_mark)} 分（含）以上达标{how}"

    @property
    def total_name(self) -> str:
        """What the total is called below the sums of points that it is made of."""
        return "总分（换算后）" if self.scale else "总分"

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
            unit.replaced(
                points=unit.points if not unit.when or group in unit.when else Decimal(0),
                items=tuple(
                    item.replaced(outline=_own(item.outline, group))
                    for item in unit.items
                    if not item.when or group in item.when
                ),
            )
            for unit in self.units
        )
        inputs = tuple(own for asked in self.inputs for own in asked.of(group))
        return self.replaced(inputs=inputs, gates=_own(self.gates, group), units=units)


def _own(criteria: Iterable[Criterion], group: str) -> tuple[Criterion, ...]:
    return tuple(own for criterion in criteria for own in criterion.of(group))
