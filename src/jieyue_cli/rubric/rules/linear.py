"""低于96%不得分，每高1个百分点得2分; 每高1%扣2分，直至扣完: points gained or lost for every whole step of a value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Answers, Flaw, Points
from jieyue_cli.rubric.rules.measured import SETTLED, Amount, AnyAmount, Measured, finer
from jieyue_cli.text.numbers import plain

_MOST_STEPS = 100_000


class Linear(Measured):
    """For every whole ``per`` above (or below) a value: ``gain`` from the least up, or ``lose`` from full down."""

    kind: Literal["linear"] = "linear"
    above: AnyAmount | None = None
    """Steps are counted upward from here …"""
    below: AnyAmount | None = None
    """… or downward from here."""
    per: AnyAmount
    """How much of the value is one step; parts of a step do not count."""
    gain: Points | None = None
    lose: Points | None = None
    least: Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)] = Decimal(0)
    """The floor: what remains however bad the value is."""

    @override
    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Amount]]:
        for name, amount in (("above", self.above), ("below", self.below), ("per", self.per)):
            if amount is not None:
                yield (name,), amount

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return self._at(self.value(answers), points)

    def _at(self, value: Fraction, points: Decimal) -> Fraction:
        steps = self._steps(value)
        if self.gain is not None:
            return Fraction(min(points, self.least + steps * self.gain))
        return Fraction(max(self.least, points - steps * (self.lose or 0)))

    def _steps(self, value: Fraction) -> int:
        beyond = value - Fraction(self.above.value) if self.above else Fraction(self.start.value) - value
        return max(0, math.floor(beyond / Fraction(self.per.value)))

    @property
    def start(self) -> Amount:
        """Where steps are counted from."""
        start = self.above or self.below
        assert start is not None, "flaws() lets no rule without a start through"  # noqa: S101 -- our own fault
        return start

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        way = "高于" if self.above else "低于"
        beyond = f"{way} {self.start} 满 {self._steps(self.value(answers))} 个 {self.per}"
        return f"{self.said(answers)}，{beyond}，{self._each(points)}"

    def _each(self, points: Decimal) -> str:
        if self.gain is not None:
            return f"每个得 {plain(self.gain)} 分，最高 {plain(points)} 分"
        return f"每个扣 {plain(self.lose or Decimal(0))} 分，最低 {plain(self.least)} 分"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        size = self.gain or self.lose or points
        number = min(_MOST_STEPS, math.ceil((points - self.least) / size))
        if self.gain is not None:
            reached = {min(points, self.least + size * n) for n in range(number + 1)}
        else:
            reached = {max(self.least, points - size * n) for n in range(number + 1)}
        return sorted(reached | {Decimal(0)})

    @override
    def describe(self, points: Decimal) -> str:
        way = "高于" if self.above else "低于"
        if self.gain is not None:
            floor = f"得{plain(self.least)}分" if self.least else "不得分"
            other = "低于" if self.above else "高于"
            step = "高" if self.above else "低"
            each = f"每{step}{self.per}得{plain(self.gain)}分，最高{plain(points)}分"
            return f"{self.about}{other}{self.start}{floor}，{each}"
        floor = f"最低{plain(self.least)}分" if self.least else "扣完为止"
        return f"{self.about}{way}{self.start}的，每{self.per}扣{plain(self.lose or Decimal(0))}分，{floor}"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        start, per, size = self.start.value, self.per.value, self.gain or self.lose or points
        way = per if self.above else -per
        enough = math.ceil((points - self.least) / size)
        just = start + way - (finer(per) if self.above else -finer(per))
        values = (start - way, start, just, start + way, start + way * enough, start + way * (enough + 1))
        return [self.answering(value) for value in values]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        value, start, per = self.measured(cells), plain(self.start.value), plain(self.per.value)
        beyond = f"{value}-({start})" if self.above else f"({start})-{value}"
        steps = f"MAX(0,INT(ROUND(({beyond})/{per},{SETTLED})))"
        if self.gain is not None:
            return f"MIN({plain(points)},{plain(self.least)}+{steps}*{plain(self.gain)})"
        return f"MAX({plain(self.least)},{plain(points)}-{steps}*{plain(self.lose or Decimal(0))})"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        if self.gain is None:
            return f"控制在 {self.start} {'以内' if self.above else '以上'}"
        steps = math.ceil((points - self.least) / self.gain)
        distance = steps * self.per.value
        value = self.start.value + distance if self.above else self.start.value - distance
        return f"达到 {Amount(value, self.per.percent)}"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        yield from super().flaws(points)
        if (self.above is None) == (self.below is None):
            yield Flaw((), Code.RUBRIC_EITHER, {"names": "above、below"})
        if (self.gain is None) == (self.lose is None):
            yield Flaw((), Code.RUBRIC_EITHER, {"names": "gain、lose"})
        if self.per.value <= 0:
            facts = {"key": "per", "seen": f"“{self.per}”", "expected": "大于 0 的数"}
            yield Flaw(("per",), Code.RUBRIC_VALUE, facts)
        if self.least >= points:
            facts = {"key": "least", "seen": f"“{plain(self.least)}”", "expected": f"小于分值 {plain(points)} 的数"}
            yield Flaw(("least",), Code.RUBRIC_VALUE, facts)
        size = self.gain or self.lose
        if size is not None and size > points:
            yield Flaw(("..", "points"), Code.RUBRIC_CAP, {"points": plain(points), "each": plain(size)})
        yield from self._out_of_reach(points)

    def _out_of_reach(self, points: Decimal) -> Iterator[Flaw]:
        """The full points must be possible: no percentage is above 100 %, and few values below 0."""
        best = self.farthest(high=(self.above is None) == (self.gain is None))
        sound = (self.above is None) != (self.below is None) and self.per.value > 0
        if sound and best is not None and (top := self._at(best, points)) < points:
            start = "below" if self.above is None else "above"
            yield Flaw((start,), Code.RUBRIC_TOP, {"top": plain(top), "points": plain(points)})
