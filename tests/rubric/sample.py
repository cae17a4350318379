"""What the tests know of a rule kind: samples of its rules, rules at random, and what makes an answer better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from jieyue_cli.rubric.rules import Asked
from jieyue_cli.submission import BLANK, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind

Data = dict[str, Any]
_WORDS = {"空": BLANK, "不涉及": NOT_APPLICABLE, "？": UNREADABLE}
_TOLD = re.compile("([a-z-]+) «([^»]+)» (.+)")
POINTS = tuple(map(Decimal, ("0.5", "1", "1.5", "2", "2.5", "3", "4", "5", "7", "8", "22.5")))

_WHOLE = """\
id: one
version: "1"
title: 示例
document: 示例〔2030〕1号
issuers: [示例市]
issued: 2030-01-02
points: {points}
pass_mark: {points}
targets: {{2030: 25%}}
scope: [行政机关]
{inputs}units:
  - {{id: U, name: 甲, points: {points}, items: [{{id: I, name: 乙, points: {points}, criteria: [
      {criteria}]}}]}}
"""
_CRITERION = "{{id: {id}, text: 做一件事, points: {points}, rule: {rule}}}"


class Fault:
    """A damage to a standard, and all that is reported then, each as ``code «text at its place» message``.

    The text occurs once in the damaged standard, so that it is as good as a line and a column.
    """

    def __init__(self, before: str, after: str, *told: str) -> None:
        self.before = before
        self.after = after
        matches = [_TOLD.fullmatch(problem) for problem in told]
        self.told = [match.groups() for match in matches if match]
        assert len(self.told) == len(told)


@dataclass(frozen=True)
class Sample:
    """One rule, and what the program makes of it."""

    name: str
    """What the sample shows; the name of its tests."""
    points: str
    rule: str
    """As it is written in YAML, on one line."""
    describe: str
    """The 计分方式 column."""
    steps: str | None
    """Every score that is possible, ascending; None where any amount is."""
    answers: Mapping[str, str]
    """Answers (是 is 1, a choice its place; 空, 不涉及, ？), those to inputs first → what the line says.

    One row brings all the points.
    """
    improve: Mapping[str, str]
    """Answers, none where nothing is answered yet → what would bring the rest."""
    faults: tuple[Fault, ...] = ()
    inputs: str = ""
    """The inputs that it borrows, as entries of a list in braces; their 编号 are no other sample's."""

    @property
    def text(self) -> str:
        """The sample as a standard of one criterion."""
        return of_one(self.points, self.rule, self.inputs)


def of_one(points: str, rule: str, inputs: str = "") -> str:
    """A standard of one criterion."""
    criterion = _CRITERION.format(id="C", points=points, rule=rule)
    return _WHOLE.format(points=points, criteria=criterion, inputs=f"inputs: [{inputs}]\n" if inputs else "")


def together(samples: Iterable[Sample]) -> str:
    """A standard with a criterion for each sample, S0 and following."""
    every = list(samples)
    criteria = [
        _CRITERION.format(id=f"S{at}", points=sample.points, rule=sample.rule) for at, sample in enumerate(every)
    ]
    points = sum((Decimal(sample.points) for sample in every), Decimal(0))
    inputs = ", ".join(sample.inputs for sample in every if sample.inputs)
    return _WHOLE.format(points=points, criteria=",\n      ".join(criteria), inputs=f"inputs: [{inputs}]\n")


@dataclass(frozen=True)
class Kind:
    """One rule kind."""

    samples: tuple[Sample, ...]
    at_random: Callable[[Random, Decimal], Data]
    """A sound rule for so many points."""
    better: Callable[[Any, Asked, Decimal], Decimal | None]
    """The rule, the first answer and what it may hold → an answer that is better; None where that cannot be said."""


def understood(said: str) -> list[Answer]:
    """A row of answers as it reaches the scoring."""
    return [_WORDS.get(word) or Answer(AnswerKind.VALUE, Decimal(word)) for word in said.split("；")]


def maybe(chance: Random, share: float) -> bool:
    """Whether something happens that happens to this share."""
    return chance.random() < share


def falling(chance: Random, points: Decimal) -> list[str]:
    """The points themselves and up to two smaller amounts, falling."""
    lower = sorted((amount for amount in POINTS if amount < points), reverse=True)
    return [str(amount) for amount in (points, *lower[: chance.randint(0, 2)])]


def beside(chance: Random, *, percent: bool) -> Data:
    """What a rule about a measured value may say besides its bounds."""
    if maybe(chance, 0.3):
        return {"relative_to": chance.choice(["平均值", {"name": "定额", "value": "12.5"}])}
    if percent:
        return {"negative": True} if maybe(chance, 0.2) else {}
    return {"unit": "立方米"} | ({"negative": True} if maybe(chance, 0.2) else {})


def nearer(asked: Asked, answer: Decimal, *, up: bool) -> Decimal | None:
    """A value a little further up or down; None where nobody can enter it."""
    moved = answer + (Decimal("0.7") if up else Decimal("-0.7"))
    return moved if (asked.negative or moved >= 0) and moved <= 100 else None
