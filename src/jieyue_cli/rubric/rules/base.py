"""What every rule kind is: what it asks, what answers bring, how that is explained, and the live formula.

A ``Rule`` turns answers into points; a ``Combination`` makes one score of several parts that have rules of their
own. Points and answers that somebody wrote are decimals; what is worked out from them is a fraction. A new kind is
one class in a module of its own, listed in ``rules.AnyRule``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, ClassVar, NamedTuple

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from jieyue_cli.problems import Code
from jieyue_cli.rubric.fields import Identifier
from jieyue_cli.text.numbers import plain

Points = Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)]
WORDS = r"^[^\x00-\x1f\x7f\"]+$"
_MOST_OF_WORDS = 60
Words = Annotated[str, Field(min_length=1, max_length=_MOST_OF_WORDS, pattern=WORDS)]
"""A short name that stands in a drop-down or a formula."""
MeasureWord = Annotated[str, Field(min_length=1, max_length=4, pattern=WORDS)]
Measure = Annotated[str, Field(min_length=1, max_length=12, pattern=WORDS)]


def fit(text: str) -> bool:
    """Whether a text may be ``Words``."""
    return len(text) <= _MOST_OF_WORDS and re.search(WORDS, text) is not None


Answers = Sequence[Decimal]
"""One understood answer per question of the rule, in order: 是 is 1, 否 is 0, a choice is its place from 1."""


class AnswerType(Enum):
    """What sort of answer a question asks for."""

    YES_NO = "yes_no"
    """是 or 否."""
    COUNT = "count"
    """A whole number, 0 or more."""
    NUMBER = "number"
    """A measured value."""
    PERCENT = "percent"
    """A share between 0 and 100 %; understood as percentage points."""
    CHOICE = "choice"
    """One of some names, or none of them."""
    POINTS = "points"
    """Points judged within a range."""
    TEXT = "text"
    """Any words; they are kept and never reckoned with."""
    DATE = "date"
    """A day; it is kept and never reckoned with."""


NONE = "无"
"""The choice of those who reach no step."""


class Asked(msgspec.Struct, frozen=True):
    """What a question's cell may hold."""

    type: AnswerType
    unit: str = ""
    """Of a NUMBER or COUNT: 立方米/人, 项; it may stand behind the number."""
    choices: tuple[str, ...] = ()
    """Of a CHOICE, best first."""
    none: bool = True
    """Of a CHOICE: whether 无 may be chosen too."""
    most: Decimal | None = None
    """Of POINTS."""
    step: Decimal | None = None
    """Of POINTS: only its multiples."""
    negative: bool = False
    """Of a NUMBER or PERCENT: values below 0 make sense."""
    positive: bool = False
    """Of a NUMBER or COUNT: 0 makes no sense, for something is divided by it."""

    @property
    def offered(self) -> tuple[str, ...]:
        """All that may be chosen."""
        return (*self.choices, NONE) if self.none else self.choices

    def said(self, value: Decimal) -> str:
        """A valid answer in words."""
        named = {number: words for words, number in self.answers.items()}
        if value in named:
            return f"“{named[value]}”"
        unit = {AnswerType.PERCENT: "%", AnswerType.POINTS: " 分"}.get(self.type) or (
            f" {self.unit}" if self.unit else ""
        )
        return f"{plain(value)}{unit}"

    def holds(self, value: Decimal) -> bool:
        """Whether somebody can enter this number."""
        if self.type in (AnswerType.YES_NO, AnswerType.CHOICE):
            return value in self.answers.values()
        whole = self.type is not AnswerType.COUNT or value == value.to_integral_value()
        most = Decimal(100) if self.type is AnswerType.PERCENT else self.most
        return (
            whole
            and (self.negative or value >= 0)
            and not (self.positive and value <= 0)
            and (most is None or value <= most)
        )

    @property
    def answers(self) -> dict[str, Decimal]:
        """Each answer in words → as it is understood; empty where there are too many to name."""
        if self.type is AnswerType.YES_NO:
            return {"是": Decimal(1), "否": Decimal(0)}
        numbered = {choice: Decimal(place) for place, choice in enumerate(self.choices, 1)}
        return numbered | ({NONE: Decimal(0)} if self.none and numbered else {})


YES_NO = Asked(AnswerType.YES_NO)


class Operand(BaseModel):
    """A value that a rule works with: an input (基本数据), or a value asked in a row of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    input: Identifier | None = None
    """The 编号 of what is asked elsewhere; None where the rule asks for it itself."""
    name: Words = ""
    """What it is called."""
    answer: AnswerType = AnswerType.NUMBER
    unit: str = ""
    choices: tuple[str, ...] = ()
    none: bool = False
    positive: bool = False

    @property
    def asked(self) -> Asked:
        """What its cell may hold."""
        return Asked(self.answer, self.unit, self.choices, self.none, positive=self.positive)

    def told(self, value: Decimal) -> str:
        """Its name with a value: ``年用水量 480 立方米``."""
        return f"{self.name} {plain(value)}{f' {self.unit}' if self.unit else ''}"


class Inquiry(NamedTuple):
    """One question of a rule."""

    text: str | None
    """What the question's row says; None where it is the criterion's own sentence."""
    asked: Asked
    prompt: str = ""
    """One line that tells a clerk what to enter."""
    elsewhere: str | None = None
    """The 编号 under which it is asked, where that is not a row of the criterion's own."""

    @classmethod
    def of(cls, operand: Operand) -> Inquiry:
        """The question to which an input, or another criterion, has the answer."""
        return cls(operand.name, operand.asked, elsewhere=operand.input)


class Flaw(NamedTuple):
    """What makes a rule, or a standard, unsound: where, which fault, and the facts its sentence needs.

    The path of a rule's flaw begins inside the rule; a first ``..`` leads from there to the criterion.
    """

    path: tuple[str | int, ...]
    code: Code
    facts: Mapping[str, object] = {}


class Rule(BaseModel, ABC):
    """One way to turn answers into points; ``points`` is always the most the criterion can bring."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    absent: ClassVar[Decimal | None] = None
    """What 不涉及 to some of several questions means, as an answer; None where it contradicts the others."""
    instead: ClassVar[str] = "如已做到请改填，否则填“否”或 0"
    """What to write where 不涉及 is not allowed."""

    @abstractmethod
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        """What this rule wants to know; each becomes a row of the form."""

    @abstractmethod
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        """Points for answers that were understood: 0 ≤ result ≤ points."""

    @abstractmethod
    def why(self, answers: Answers, points: Decimal) -> str:
        """Say what was answered and which rule applies, up to the arrow before the points."""

    @abstractmethod
    def steps(self, points: Decimal) -> Iterable[Decimal] | None:
        """Every score that is possible, ascending from 0; None where any amount up to the points is."""

    @abstractmethod
    def describe(self, points: Decimal) -> str:
        """The 计分方式 column: the rule in a few words."""

    @abstractmethod
    def examples(self, points: Decimal) -> Iterable[Answers]:
        """Answers that show what the rule does at its bounds, and beyond them; ``score`` says what they bring."""

    def condition(self, points: Decimal) -> str:
        """The same where there are no points, only a condition that is met where all of them are reached."""
        return f"得满分为符合（{self.describe(points)}）"

    @abstractmethod
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        """A spreadsheet expression for the points of the valid answers in ``cells``."""

    @abstractmethod
    def improve(self, answers: Answers, points: Decimal) -> str:
        """Say what would bring the points still open; nothing is answered yet where ``answers`` is empty."""

    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        """What makes the rule unsound as a whole: unreachable steps, a cap below one unit."""
        del points
        yield from ()


class LineState(Enum):
    """How far a score is settled."""

    SCORED = "scored"
    BLANK = "blank"
    """Not claimed."""
    EXCLUDED = "excluded"
    """Not applicable, and left out of the reckoning."""
    PENDING = "pending"
    """Something cannot be understood: 0 points, but could be worth all of them once mended."""


class Outcome(NamedTuple):
    """What a part, or a whole criterion, is worth."""

    state: LineState
    at_least: Fraction
    at_most: Fraction
    """More than ``at_least`` only where something is still to be mended."""


class Combination(BaseModel, ABC):
    """One way to make one score of several parts."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @abstractmethod
    def combine(self, parts: Sequence[tuple[Outcome, Decimal]], points: Decimal) -> Outcome:
        """What the parts, each with the most it can bring, are worth together; left-out parts are not among them."""

    @abstractmethod
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        """Say which part decided, given what each part says for itself."""

    @abstractmethod
    def steps(self, parts: Sequence[Iterable[Decimal] | None], points: Decimal) -> Iterable[Decimal] | None:
        """Like ``Rule.steps``, from the steps of the parts."""

    @abstractmethod
    def describe(self, points: Decimal) -> str:
        """The 计分方式 column."""

    def examples(self, parts: Sequence[tuple[str, Decimal]], points: Decimal) -> Iterator[tuple[str, Fraction]]:
        """Which parts, given by 编号 and points, are done in full, and what they bring together."""

        def brought(done: Iterable[int]) -> Fraction:
            outcomes = [Fraction(most) if at in done else Fraction(0) for at, (_, most) in enumerate(parts)]
            settled = [Outcome(LineState.SCORED, amount, amount) for amount in outcomes]
            return self.combine(list(zip(settled, (most for _, most in parts), strict=True)), points).at_least

        if len(parts) > 1:
            yield "各部分都得满分", brought(range(len(parts)))
            for at, (identifier, _) in enumerate(parts):
                yield f"只有 {identifier} 得满分", brought([at])

    @abstractmethod
    def condition(self, points: Decimal) -> str:
        """Like ``Rule.condition``."""

    @abstractmethod
    def formula(self, parts: Sequence[tuple[str, str, Decimal]], points: Decimal) -> str:
        """An expression for the points; a part is its expression, whether it is left out, and the most it brings.

        A part's expression is an error where its answer is not valid, and so is the whole where that matters.
        """

    @abstractmethod
    def flaws(self, parts: Sequence[Decimal], points: Decimal) -> Iterator[Flaw]:
        """What is wrong with these points."""
