"""无计划扣1分，每发现1个烟头扣1分: full points less what each fault costs, never below 0."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import (
    YES_NO,
    Answers,
    AnswerType,
    Asked,
    Flaw,
    Inquiry,
    MeasureWord,
    Points,
    Rule,
    Words,
)
from jieyue_cli.text.numbers import ZERO, plain

_SHOWN = 4
"""With more faults, what each costs alone is not shown by examples."""


class Fault(BaseModel):
    """One sort of fault: what it is and what it costs."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    text: Words
    lose: Points
    measure: MeasureWord | None = None
    """Counted in this; None where it is there or not."""

    def counted(self, number: Decimal) -> str:
        """How many were found: `` 3 处``; nothing where the fault is there or not."""
        return f" {plain(number)} {self.measure}" if self.measure else ""

    def __str__(self) -> str:
        """As a person writes it: ``缺标识每处扣2分``."""
        return f"{self.text}{f'每{self.measure}' if self.measure else ''}扣{plain(self.lose)}分"


class Deductions(Rule):
    """Every fault is asked for; only when all are answered does the rest score."""

    absent: ClassVar[Decimal | None] = Decimal(0)
    """There is no such fault."""
    instead: ClassVar[str] = "请按实际填写有没有扣分情形"
    kind: Literal["deductions"] = "deductions"
    faults: Annotated[tuple[Fault, ...], Field(min_length=1, max_length=20)]

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        several = len(self.faults) > 1
        return tuple(
            Inquiry(f"扣分情形：{fault}" if several else None, _asked(fault), _prompt(fault)) for fault in self.faults
        )

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        lost = sum(fault.lose * number for fault, number in zip(self.faults, answers, strict=True))
        return max(ZERO, Fraction(points) - Fraction(lost))

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        costs = [
            f"{fault.text}{fault.counted(number)}扣 {plain(fault.lose * number)} 分"
            for fault, number in zip(self.faults, answers, strict=True)
            if number
        ]
        return f"满分 {plain(points)} 分，{'，'.join(costs) or '没有扣分情形'}"

    @override
    def steps(self, points: Decimal) -> Iterable[Decimal]:
        left = {points}
        for fault in self.faults:
            waiting = list(left)
            while waiting:
                less = max(Decimal(0), waiting.pop() - fault.lose)
                if less not in left:
                    left.add(less)
                    waiting += [less] if fault.measure else []
        return sorted(left | {Decimal(0)})

    @override
    def describe(self, points: Decimal) -> str:
        return f"满分{plain(points)}分，{'，'.join(map(str, self.faults))}，扣完为止"

    @override
    def examples(self, points: Decimal) -> Iterable[Answers]:
        none, once = [Decimal(0)] * len(self.faults), [Decimal(1)] * len(self.faults)
        most = math.ceil(Fraction(points) / Fraction(self.faults[-1].lose))
        alone = [[*none[:at], Decimal(1), *none[at + 1 :]] for at in range(len(none))] if len(none) <= _SHOWN else []
        used_up = [[*none[:-1], Decimal(most)]] if self.faults[-1].measure else []
        return [none, *alone, *([once] if len(once) > 1 else []), *used_up]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        lost = "".join(f"-{cell}*{plain(fault.lose)}" for fault, cell in zip(self.faults, cells, strict=True))
        return f"MAX(0,{plain(points)}{lost})"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return "消除扣分情形" if answers else "填清各扣分情形"

    @override
    def flaws(self, points: Decimal) -> Iterator[Flaw]:
        seen: set[str] = set()
        for at, fault in enumerate(self.faults):
            if fault.text in seen:
                yield Flaw(("faults", at, "text"), Code.RUBRIC_DUPLICATE_NAME, {"name": fault.text})
            seen.add(fault.text)


def _asked(fault: Fault) -> Asked:
    return Asked(AnswerType.COUNT, fault.measure) if fault.measure else YES_NO


def _prompt(fault: Fault) -> str:
    if fault.measure:
        return f"填发现的数量（{fault}），只填数字；没有填 0。"
    return f"有这种情形选“是”（扣{plain(fault.lose)}分），没有选“否”。"
