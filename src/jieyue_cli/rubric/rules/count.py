"""每项得1分，最高得5分: a fixed number of points for each occurrence, or each kind, up to a cap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Flaw, Inquiry, MeasureWord, Points, Rule
from jieyue_cli.text.numbers import plain


class Count(Rule):
    """A fixed number of points each, up to the criterion's points."""

    kind: Literal["count"] = "count"
    each: Points
    """Points one occurrence brings."""
    measure: MeasureWord
    """The measure word: 项, 次, 类 …"""
    distinct: bool = False
    """Only different kinds count, not repetitions."""

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        kinds = "不同种类的数量" if self.distinct else "数量"
        asked = Asked(AnswerType.COUNT, self.measure)
        return (Inquiry(None, asked, f"填{kinds}，如 3，只填数字（{self.describe(points)}）；没有填 0。"),)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return min(Fraction(answers[0]) * Fraction(self.each), Fraction(points))

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        each = f"每{self.measure} {plain(self.each)} 分"
        return f"填 {plain(answers[0])} {self.measure}，{each}，最高 {plain(points)} 分"

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
    def examples(self, points: Decimal) -> Iterable[Answers]:
        enough = math.ceil(Fraction(points) / Fraction(self.each))
        return [(Decimal(number),) for number in sorted({0, 1, enough - 1, enough, enough + 2})]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        return f"MIN({cells[0]}*{plain(self.each)},{plain(points)})"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        done = answers[0] if answers else Decimal(0)
        enough = math.ceil(Fraction(points) / Fraction(self.each))
        return f"再增加 {plain(enough - done)} {self.measure}"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        if points < self.each:
            yield Flaw(("..", "points"), Code.RUBRIC_CAP, {"points": plain(points), "each": plain(self.each)})
