"""得2分: all the points or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from jieyue_cli.rubric.rules.base import YES_NO, Answers, Inquiry, Rule
from jieyue_cli.text.numbers import ZERO, plain


class AllOrNothing(Rule):
    """是 brings all the points, 否 none."""

    kind: Literal["all_or_nothing"] = "all_or_nothing"

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        return (Inquiry(None, YES_NO, f"做到了选“是”（得{plain(points)}分），没有做到选“否”。"),)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return Fraction(points) if answers[0] else ZERO

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        return "填“是”" if answers[0] else "填“否”"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        return (Decimal(0), points)

    @override
    def describe(self, points: Decimal) -> str:
        return f"是得{plain(points)}分，否不得分"

    @override
    def condition(self, points: Decimal) -> str:
        return "是为符合"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        return (Decimal(1),), (Decimal(0),)

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        return f"{cells[0]}*{plain(points)}"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return "做到即得"
