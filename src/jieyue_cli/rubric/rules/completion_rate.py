"""完成率×分值: the share that is done, of the points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from jieyue_cli.rubric.rules.base import Answers, AnswerType, Asked, Inquiry, Rule
from jieyue_cli.text.numbers import plain


class CompletionRate(Rule):
    """A percentage of the points, exactly."""

    kind: Literal["completion_rate"] = "completion_rate"

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        return (Inquiry(None, Asked(AnswerType.PERCENT), "填完成率，如 95%；没有完成填 0%。"),)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return Fraction(answers[0]) * Fraction(points) / 100

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        return f"填 {plain(answers[0])}%，完成率×{plain(points)} 分"

    @override
    def steps(self, points: Decimal) -> None:
        return None

    @override
    def describe(self, points: Decimal) -> str:
        return f"完成率×{plain(points)}分"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        return [(Decimal(share),) for share in ("0", "50", "99.5", "100")]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        return f"{cells[0]}*{plain(points)}/100"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return "全部完成"
