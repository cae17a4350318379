"""How one sentence of a standard turns an answer into points: one small class a rule kind.

A rule knows everything that differs between kinds and nothing else: what may be answered, what an answer brings,
the sentence that explains it, the live formula of the form, and what would bring more. Points are exact decimals.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

Points = Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)]


def plain(number: Decimal) -> str:
    """Write an exact decimal without exponent or trailing zeros: ``4.50`` as ``4.5``, ``1E+2`` as ``100``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class AnswerType(Enum):
    """What the 完成情况 of a criterion may hold."""

    YES_NO = "yes_no"
    """是 or 否."""
    COUNT = "count"
    """A whole number, 0 or more."""


class Rule(BaseModel, ABC):
    """One way to turn an answer into points; ``points`` is always the most the criterion can bring."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    @abstractmethod
    def answer_type(self) -> AnswerType:
        """What this rule asks for."""

    @abstractmethod
    def score(self, answer: Decimal, points: Decimal) -> Decimal:
        """Points for an answer that was understood: 0 ≤ result ≤ points. 是 is 1 and 否 is 0."""

    @abstractmethod
    def why(self, answer: Decimal, points: Decimal) -> str:
        """Say what was answered and which rule applies, up to the arrow before the points."""

    @abstractmethod
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        """Every score that is possible, ascending, from 0 to the most that can be reached."""

    @abstractmethod
    def describe(self, points: Decimal) -> str:
        """The 计分方式 column: the rule in a few words."""

    @abstractmethod
    def prompt(self, points: Decimal) -> str:
        """One line that tells a clerk what to enter."""

    @abstractmethod
    def formula(self, cell: str, points: Decimal) -> str:
        """A spreadsheet expression for the points of the valid answer in ``cell``."""

    @abstractmethod
    def improve(self, answer: Decimal, points: Decimal) -> str:
        """Say what would bring the points still open."""


class AllOrNothing(Rule):
    """是 brings all the points, 否 none."""

    kind: Literal["all_or_nothing"] = "all_or_nothing"

    @property
    @override
    def answer_type(self) -> AnswerType:
        return AnswerType.YES_NO

    @override
    def score(self, answer: Decimal, points: Decimal) -> Decimal:
        return points if answer else Decimal(0)

    @override
    def why(self, answer: Decimal, points: Decimal) -> str:
        return "填“是”" if answer else "填“否”"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        return (Decimal(0), points)

    @override
    def describe(self, points: Decimal) -> str:
        return f"是得{plain(points)}分，否不得分"

    @override
    def prompt(self, points: Decimal) -> str:
        return f"做到了选“是”（得{plain(points)}分），没有做到选“否”。"

    @override
    def formula(self, cell: str, points: Decimal) -> str:
        return f"{cell}*{plain(points)}"

    @override
    def improve(self, answer: Decimal, points: Decimal) -> str:
        return "做到即得"


class Count(Rule):
    """So many points each, up to the criterion's points."""

    kind: Literal["count"] = "count"
    each: Points
    """Points one occurrence brings."""
    measure: Annotated[str, Field(min_length=1, max_length=4)]
    """The measure word: 项, 次, 类 …"""
    distinct: bool = False
    """Only different kinds count, not repetitions."""

    @property
    @override
    def answer_type(self) -> AnswerType:
        return AnswerType.COUNT

    @override
    def score(self, answer: Decimal, points: Decimal) -> Decimal:
        return min(answer * self.each, points)

    @override
    def why(self, answer: Decimal, points: Decimal) -> str:
        return f"填 {plain(answer)} {self.measure}，每{self.measure} {plain(self.each)} 分，最高 {plain(points)} 分"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        whole = int(points / self.each)
        ladder = [self.each * n for n in range(whole + 1)]
        return ladder if ladder[-1] == points else [*ladder, points]

    @override
    def describe(self, points: Decimal) -> str:
        kinds = "（同类只计一次）" if self.distinct else ""
        return f"每{self.measure}{plain(self.each)}分，最高{plain(points)}分{kinds}"

    @override
    def prompt(self, points: Decimal) -> str:
        kinds = "不同种类的数量" if self.distinct else "数量"
        return f"填{kinds}，如 3，只填数字（{self.describe(points)}）；没有填 0。"

    @override
    def formula(self, cell: str, points: Decimal) -> str:
        return f"MIN({cell}*{plain(self.each)},{plain(points)})"

    @override
    def improve(self, answer: Decimal, points: Decimal) -> str:
        enough = -(-points // self.each)
        return f"再增加 {plain(enough - answer)} {self.measure}"


AnyRule = Annotated[AllOrNothing | Count, Field(discriminator="kind")]
