"""What is answered and scored: Criterion, its questions, and what must be reached for any pass."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator

from jieyue_cli.rubric.fields import Frozen, Identifier, Name, NotApplicable, Short, Text
from jieyue_cli.rubric.must import AnyMust, Must
from jieyue_cli.rubric.rules import AllOrNothing, AnyRule, Asked, Branch, Combination, Points, Rule, SumOf, Words


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
    own: bool = True
    """Whether it stands in a row of the criterion's own; not where an input or another criterion is asked for it."""

    @classmethod
    def elsewhere(cls, identifier: str, asked: Asked) -> Question:
        """A question that is asked under another 编号."""
        return cls(identifier, "", asked, "", excusable=False, evidence=False, own=False)


def _cases(value: object) -> object:
    return [value] if isinstance(value, str) else value


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
    """What a combining rule (either, all_of, sum, branch) is made of; 4. → 1) 2) 3)."""
    case: Annotated[tuple[Words, ...], BeforeValidator(_cases, json_schema_input_type=Words | tuple[Words, ...])] = ()
    """Of a part of a branch: the answers for which it counts."""
    method: Short | None = None
    """考评方法: how the office checks it (查资料、现场、问卷)."""
    guidance: Text | None = None
    """填报说明: what the agency is to enter, and to hand in."""
    note: Text | None = None
    """备注 for whoever keeps the standard; never shown in the form."""

    @property
    def describe(self) -> str:
        """The rule in a few words, for the 计分方式 column."""
        text = self.in_case(self.rule.describe(self.points))
        return f"{text}（{self.must.chinese}）" if self.must else text

    def in_case(self, text: str) -> str:
        """A description, with the answers for which it holds where it is a part of a branch."""
        return f"填“{'”“'.join(self.case)}”时：{text}" if self.case else text

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that have answers of their own: itself, or those below it."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every row that is answered for this criterion, in order."""
        if self.parts:
            return tuple(question for part in self.parts for question in part.questions)
        return tuple(question for question in self.needs if question.own)

    @cached_property
    def needs(self) -> tuple[Question, ...]:
        """Every question whose answer its score depends on, its own and others; of a leaf in the order of its rule."""
        if isinstance(self.rule, Rule):
            return tuple(self._asked(self.rule))
        every = (*(question for part in self.parts for question in part.needs), *self.borrowed)
        own = {question.id: question for question in every if question.own}
        return tuple((own | {question.id: question for question in every if question.id not in own}).values())

    @cached_property
    def borrowed(self) -> tuple[Question, ...]:
        """What its own rule, not those of its parts, needs to know and asks for nowhere in its rows."""
        if isinstance(self.rule, Rule):
            return tuple(question for question in self.needs if not question.own)
        if isinstance(self.rule, Branch):
            return (Question.elsewhere(self.rule.on.input or "", self.rule.on.asked),)
        return ()

    def _asked(self, rule: Rule) -> Iterator[Question]:
        excusable = self.not_applicable is not NotApplicable.NOT_ALLOWED
        number = 0
        for inquiry in rule.asks(self.points):
            if inquiry.elsewhere is not None:
                yield Question.elsewhere(inquiry.elsewhere, inquiry.asked)
                continue
            number += 1
            identifier = self.id if inquiry.text is None else f"{self.id}/{number}"
            text, evidence = inquiry.text or self.text, self.evidence and number == 1
            yield Question(identifier, text, inquiry.asked, inquiry.prompt, excusable, evidence)

    def case_of(self, value: Decimal) -> tuple[Criterion, ...]:
        """Of a branch: the parts that count where this is answered, one for each class of agency."""
        assert isinstance(self.rule, Branch), "only a branch has cases"  # noqa: S101 -- our own fault
        return tuple(part for part in self.parts if value in map(self.rule.value, part.case))

    @cached_property
    def excusable(self) -> bool:
        """Whether 不涉及 may be answered anywhere in it."""
        return any(leaf.not_applicable is not NotApplicable.NOT_ALLOWED for leaf in self.leaves)

    @cached_property
    def omissible(self) -> bool:
        """Whether all of it may be answered 不涉及."""
        return all(leaf.not_applicable is not NotApplicable.NOT_ALLOWED for leaf in self.leaves)

    @cached_property
    def steps(self) -> tuple[Decimal, ...] | None:
        """Every score that is possible, ascending; None where any amount is."""
        if isinstance(self.rule, Combination):
            steps = self.rule.steps([part.steps for part in self.parts], self.points)
        else:
            steps = self.rule.steps(self.points)
        return None if steps is None else tuple(steps)

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
            yield self.replaced(parts=parts) if self.parts else self


GATES = "达标前提"
"""What a person calls the gates."""


class Gate(Criterion):
    """达标前提: a condition without points; what it brings is 1 where it is met."""

    parts: tuple[Gate, ...] = ()
    must: AnyMust = Must(reach="full")

    @property
    def describe(self) -> str:
        """When it is met, for the 计分方式 column."""
        return self.in_case(self.rule.condition(self.points))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every row that is answered, asked for without points."""
        plainly = isinstance(self.rule, AllOrNothing)
        return tuple(
            question._replace(prompt="符合选“是”，不符合选“否”。") if plainly else question
            for question in super().questions
        )
