"""≤0.9×平均值 7分 / ≤平均值 6分 / 其余 0: bands of a measured value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, Flaw, Points
from jieyue_cli.rubric.rules.measured import Amount, AnyAmount, Measured, finer
from jieyue_cli.text.numbers import ZERO, plain

_SIGNS = {"up_to": "≤", "below": "<", "at_least": "≥", "above": ">"}
_ASCII = {"up_to": "<=", "below": "<", "at_least": ">=", "above": ">"}
_LOW = {"up_to", "below"}
_HOLDS_BOUND = {"up_to", "at_least"}


class Band(BaseModel):
    """One band: exactly one bound, and what reaching it brings."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    up_to: AnyAmount | None = None
    below: AnyAmount | None = None
    at_least: AnyAmount | None = None
    above: AnyAmount | None = None
    points: Points

    @property
    def bounds(self) -> list[tuple[str, Amount]]:
        """The bounds that are given; a sound band has one."""
        every = {"up_to": self.up_to, "below": self.below, "at_least": self.at_least, "above": self.above}
        return [(name, amount) for name, amount in every.items() if amount is not None]

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies in this band, taken alone."""
        ((name, amount),) = self.bounds
        bound = Fraction(amount.value)
        match name:
            case "up_to":
                return value <= bound
            case "below":
                return value < bound
            case "at_least":
                return value >= bound
            case _:
                return value > bound

    def __str__(self) -> str:
        """As a person writes it: ``≤0.9``."""
        return "".join(f"{_SIGNS[name]}{amount}" for name, amount in self.bounds)


class Bands(Measured):
    """The first band that holds counts, best first; outside all of them there are no points."""

    kind: Literal["bands"] = "bands"
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=20)]

    @override
    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Amount]]:
        for at, band in enumerate(self.bands):
            for name, amount in band.bounds:
                yield ("bands", at, name), amount

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        value = self.value(answers)
        return next((Fraction(band.points) for band in self.bands if band.holds(value)), ZERO)

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        value = self.value(answers)
        place = next((f"属于“{band}”一档" for band in self.bands if band.holds(value)), "不在得分的各档内")
        return f"{self.said(answers)}，{place}"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        return (Decimal(0), *(band.points for band in reversed(self.bands)))

    @override
    def describe(self, points: Decimal) -> str:
        return self.about + "，".join(f"{band} {plain(band.points)}分" for band in self.bands) + "，其余不得分"

    @override
    def condition(self, points: Decimal) -> str:
        return f"{self.about}{self.bands[0]}为符合"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        values = []
        for band in self.bands:
            ((name, amount),) = band.bounds
            aside = finer(amount.value) if name in {"up_to", "above"} else -finer(amount.value)
            values += (
                [amount.value, amount.value + aside] if name in _HOLDS_BOUND else [amount.value + aside, amount.value]
            )
        return [self.answering(value) for value in values]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        value, expression = self.measured(cells), "0"
        for band in reversed(self.bands):
            ((name, amount),) = band.bounds
            expression = f"IF({value}{_ASCII[name]}{plain(amount.value)},{plain(band.points)},{expression})"
        return expression

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return f"达到 {self.bands[0]}"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        yield from super().flaws(points)
        if any(len(band.bounds) != 1 for band in self.bands):
            for at, band in enumerate(self.bands):
                if len(band.bounds) != 1:
                    yield Flaw(("bands", at), Code.RUBRIC_EITHER, {"names": "、".join(_SIGNS)})
            return
        if len({amount.percent for _, amount in self.amounts()}) > 1:
            return  # told above; what is mixed cannot be put in order
        if self.bands[0].points != points:
            facts = {"top": plain(self.bands[0].points), "points": plain(points)}
            yield Flaw(("bands", 0, "points"), Code.RUBRIC_TOP, facts)
        ((name, _),) = self.bands[0].bounds
        best = self.farthest(high=name not in _LOW)
        if best is not None and not self.bands[0].holds(best):
            why = f"填报的值最{'小' if name in _LOW else '大'}是 {plain(best)}{'%' if self.percent else ''}"
            yield Flaw(("bands", 0), Code.RUBRIC_UNREACHABLE, {"name": str(self.bands[0]), "why": why})
        for at, (better, worse) in enumerate(pairwise(self.bands), 1):
            if reason := _unreachable(better, worse):
                facts = {"name": str(worse), "why": reason}
                yield Flaw(("bands", at), Code.RUBRIC_UNREACHABLE, facts)


def _unreachable(better: Band, worse: Band) -> str:
    """Why nobody can land in the worse of two neighbouring bands; nothing where somebody can."""
    ((first, above), (second, below)) = (*better.bounds, *worse.bounds)
    if (first in _LOW) != (second in _LOW):
        return f"它与前一档“{better}”方向相反"
    further = below.value - above.value if second in _LOW else above.value - below.value
    wider = (first, second) in {("below", "up_to"), ("above", "at_least")}
    if further < 0 or (further == 0 and not wider):
        return f"前一档“{better}”已经包含它"
    if worse.points >= better.points:
        return f"它不比前一档“{better}”的分少"
    return ""
