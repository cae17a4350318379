"""若不设室外吸烟区，得4分: points that come with a case, without a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from jieyue_cli.rubric.rules.base import Answers, Inquiry, Rule
from jieyue_cli.text.numbers import plain


class Granted(Rule):
    """All the points, as soon as its case holds; it stands only on a part of a branch."""

    kind: Literal["granted"] = "granted"

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        return ()

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return Fraction(points)

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        return "直接得分"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        return (points,)

    @override
    def describe(self, points: Decimal) -> str:
        return f"直接得{plain(points)}分"

    @override
    def condition(self, points: Decimal) -> str:
        return "视为符合"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        return ()

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        return plain(points)

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return "直接得分"
