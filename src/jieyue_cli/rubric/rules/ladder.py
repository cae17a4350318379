"""三级计量得5分，分户计量得1分: of several steps that exclude each other only the best counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import NONE, Answers, AnswerType, Asked, Flaw, Inquiry, Points, Rule, Words
from jieyue_cli.text.folding import narrow
from jieyue_cli.text.numbers import ZERO, plain

_NUMBER = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(%?)")
_RUNS_ON = re.compile(r"[0-9A-Za-z%]$")
"""The end of a name that would run together with the points behind it."""


def same_name(text: str) -> str:
    """Fold a name as it is compared: no spaces, no width, no case."""
    return narrow(text).replace(" ", "").casefold()


def stored(name: str) -> Decimal | None:
    """The number that a spreadsheet program makes of a name that is chosen: 50% becomes 0.5."""
    match = _NUMBER.fullmatch(same_name(name))
    return Decimal(match[1]) / (100 if match[2] else 1) if match else None


class Step(BaseModel):
    """One step: what it is called in the drop-down, and what it brings."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    name: Words
    points: Points


class Ladder(Rule):
    """The best step that is reached counts; best first."""

    kind: Literal["ladder"] = "ladder"
    ladder: Annotated[tuple[Step, ...], Field(alias="steps", min_length=1, max_length=20)]

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        asked = Asked(AnswerType.CHOICE, choices=tuple(step.name for step in self.ladder))
        return (Inquiry(None, asked, f"从下拉列表选达到的最高一档，都没有达到选“{NONE}”。"),)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return Fraction(self.ladder[int(answers[0]) - 1].points) if answers[0] else ZERO

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        chosen = self.ladder[int(answers[0]) - 1].name if answers[0] else NONE
        return f"选“{chosen}”，{self.describe(points)}"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        return (Decimal(0), *(step.points for step in reversed(self.ladder)))

    @override
    def describe(self, points: Decimal) -> str:
        runs_on = any(_RUNS_ON.search(narrow(step.name)) for step in self.ladder)
        named = "“{}”得{}分" if runs_on else "{}{}分"
        return "，".join(named.format(step.name, plain(step.points)) for step in self.ladder)

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        return [(Decimal(place),) for place in (*range(1, len(self.ladder) + 1), 0)]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        listed = ",".join(plain(step.points) for step in self.ladder)
        return f"CHOOSE({cells[0]}+1,0,{listed})"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return f"达到“{self.ladder[0].name}”"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        if self.ladder[0].points != points:
            facts = {"top": plain(self.ladder[0].points), "points": plain(points)}
            yield Flaw(("steps", 0, "points"), Code.RUBRIC_TOP, facts)
        seen: set[str | Decimal] = {NONE}
        for at, step in enumerate(self.ladder):
            number = stored(step.name)
            meanings = {same_name(step.name), *(() if number is None else (number,))}
            if not seen.isdisjoint(meanings):
                yield Flaw(("steps", at, "name"), Code.RUBRIC_DUPLICATE_NAME, {"name": step.name})
            seen |= meanings
        for at, (above, below) in enumerate(pairwise(self.ladder), 1):
            if below.points >= above.points:
                facts = {"name": below.name, "why": f"它不比前一档“{above.name}”的分少"}
                yield Flaw(("steps", at, "points"), Code.RUBRIC_UNREACHABLE, facts)
