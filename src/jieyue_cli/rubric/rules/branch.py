"""若设置室外吸烟区…，若不设…: an answer given elsewhere decides which one of the parts counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.fields import Identifier
from jieyue_cli.rubric.rules.base import Combination, Flaw, LineState, Operand, Outcome
from jieyue_cli.text.numbers import ZERO, plain

Parts = Sequence[tuple[Outcome, Decimal]]


def _on(value: object) -> object:
    return {"input": value} if isinstance(value, str) else value


class Branch(Combination):
    """Exactly the part whose ``case`` was answered counts; what stands in the others is not looked at."""

    kind: Literal["branch"] = "branch"
    on: Annotated[Operand, BeforeValidator(_on, json_schema_input_type=Identifier)]
    """An input, or an earlier criterion, that is answered 是 or 否, or by choice."""

    def value(self, case: str) -> Decimal | None:
        """The answer, as it is understood, that a ``case`` names; None where nobody can answer that."""
        return self.on.asked.answers.get(case)

    @override
    def combine(self, parts: Parts, points: Decimal) -> Outcome:
        """What the only part that counts is worth; while it is to be mended, all the points are open."""
        ((outcome, _),) = parts
        if outcome.state is LineState.PENDING:
            return Outcome(LineState.PENDING, ZERO, Fraction(points))
        return outcome

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        return parts[0][1]

    @override
    def steps(self, parts: Sequence[Iterable[Decimal] | None], points: Decimal) -> Iterable[Decimal] | None:
        known = [set(steps) for steps in parts if steps is not None]
        return sorted({Decimal(0)}.union(*known)) if len(known) == len(parts) else None

    @override
    def describe(self, points: Decimal) -> str:
        return f"按“{self.on.name}”的填报分情形，最高{plain(points)}分"

    @override
    def condition(self, points: Decimal) -> str:
        return f"按“{self.on.name}”的填报分情形，该情形下的一条须符合"

    @override
    def examples(self, parts: Sequence[tuple[str, Decimal]], points: Decimal) -> Iterator[tuple[str, Fraction]]:
        """None: the parts say for themselves what their case brings."""
        yield from ()

    @override
    def formula(self, parts: Sequence[tuple[str, str, Decimal]], points: Decimal) -> str:
        """For one case: of its parts, each for other classes of agency, those that are not asked are left out."""
        return "+".join(f"IF({out},0,{part})" for part, out, _ in parts)

    @override
    def flaws(self, parts: Sequence[Decimal], points: Decimal) -> Iterator[Flaw]:
        if max(parts) != points:
            yield Flaw(("..", "points"), Code.RUBRIC_TOP, {"top": plain(max(parts)), "points": plain(points)})
