"""基本数据: what is asked once, without points, and used by any number of criteria."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from jieyue_cli.rubric.criterion import Question
from jieyue_cli.rubric.fields import Frozen, Identifier, Name, NotApplicable, Short, Text
from jieyue_cli.rubric.rules import AnswerType, Asked, Measure, Words

INPUTS = "基本数据"
"""What a person calls the inputs."""
Answered = Literal["yes_no", "count", "number", "percent", "choice", "text", "date"]

_PROMPTS = {
    AnswerType.YES_NO: "按实际情况选“是”或“否”。",
    AnswerType.COUNT: "填数量{unit}，只填数字，{least}。",
    AnswerType.NUMBER: "填数值{unit}，只填数字，{least}。",
    AnswerType.PERCENT: "填百分数，如 95%。",
    AnswerType.CHOICE: "从下拉列表选一项。",
    AnswerType.TEXT: "填文字。",
    AnswerType.DATE: "填日期，如 2020-10-20。",
}


class Input(Frozen):
    """One question without points."""

    id: Identifier
    text: Words
    """What is asked; it stands in the sentences about every criterion that uses it."""
    answer: Answered
    unit: Measure | None = None
    """Of a number or count."""
    choices: Annotated[tuple[Words, ...], Field(max_length=20)] = ()
    positive: bool = False
    """Of a number or count: 0 makes no sense, for something is divided by it."""
    when: tuple[Name, ...] = ()
    """The classes of agency it is asked of; empty for all."""
    evidence: bool = False
    method: Short | None = None
    """考评方法: how the office checks it."""
    guidance: Text | None = None
    """填报说明: what the agency is to enter."""
    note: Text | None = None
    """备注 for whoever keeps the standard; never shown in the form."""
    not_applicable: NotApplicable = NotApplicable.NOT_ALLOWED
    """Nobody writes it: the first policy that allows 不涉及, of the criteria that use it."""

    @property
    def asked(self) -> Asked:
        """What its cell may hold."""
        return Asked(AnswerType(self.answer), self.unit or "", self.choices, none=False, positive=self.positive)

    @property
    def describe(self) -> str:
        """For the 计分方式 column."""
        return f"不计分{f'，单位：{self.unit}' if self.unit else ''}"

    @property
    def prompt(self) -> str:
        """One line that tells a clerk what to enter."""
        unit, least = f"（单位：{self.unit}）" if self.unit else "", "大于 0" if self.positive else "没有填 0"
        return _PROMPTS[self.asked.type].format(unit=unit, least=least)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Its only row."""
        excusable = self.not_applicable is not NotApplicable.NOT_ALLOWED
        return (Question(self.id, self.text, self.asked, self.prompt, excusable, self.evidence),)

    def of(self, group: str) -> Iterator[Input]:
        """The input where it is asked of this class of agency; nothing where it is not."""
        if not self.when or group in self.when:
            yield self
