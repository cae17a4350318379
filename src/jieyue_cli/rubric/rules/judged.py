"""酌情得0~3分: points judged within a range, in steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Flaw, Inquiry, Points, Rule
from jieyue_cli.text.numbers import plain


class Judged(Rule):
    """The answer is the points themselves, a multiple of the step."""

    kind: Literal["judged"] = "judged"
    step: Points = Decimal(1)

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        prompt = f"填应得的分，0 到 {plain(points)}，以 {plain(self.step)} 分为一档。"
        return (Inquiry(None, Asked(AnswerType.POINTS, most=points, step=self.step), prompt),)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return Fraction(answers[0])

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        return f"酌情 {plain(answers[0])} 分，最高 {plain(points)} 分"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        return [self.step * n for n in range(int(points / self.step) + 1)]

    @override
    def describe(self, points: Decimal) -> str:
        return f"酌情得0～{plain(points)}分，{plain(self.step)}分一档"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        return (Decimal(0),), (self.step,), (points,)

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        return cells[0]

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return "做得更好"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        if points % self.step:
            top = points - points % self.step
            yield Flaw(("..", "points"), Code.RUBRIC_TOP, {"top": plain(top), "points": plain(points)})
