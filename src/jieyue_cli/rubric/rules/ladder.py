"""三级计量得5分，分户计量得1分: of several steps that exclude each other only the best counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Flaw, Inquiry, Points, Rule, Words
from jieyue_cli.text.numbers import ZERO, plain

NONE = "无"
"""The choice of those who reach no step."""


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
        return "，".join(f"{step.name}{plain(step.points)}分" for step in self.ladder)

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
        seen: set[str] = {NONE}
        for at, step in enumerate(self.ladder):
            if step.name in seen:
                yield Flaw(("steps", at, "name"), Code.RUBRIC_DUPLICATE_NAME, {"name": step.name})
            seen.add(step.name)
        for at, (above, below) in enumerate(pairwise(self.ladder), 1):
            if below.points >= above.points:
                facts = {"name": below.name, "why": f"它不比前一档“{above.name}”的分少"}
                yield Flaw(("steps", at, "points"), Code.RUBRIC_UNREACHABLE, facts)
