"""Rubric × answers → Scorecard, a pure function in which every point has its reason.

``total`` is what is established; ``at_most`` adds what unreadable answers could still be worth once mended, so
that a verdict is given only where no mending could change it (design §4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType, plain
from jieyue_cli.submission import BLANK, Answer, Claim, Kind

ZERO = Decimal(0)


class Verdict(Enum):
    """Whether a scorecard reaches the pass mark."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"pass": "达标", "fail": "未达标", "undetermined": "待更正"}[self.value]


class Line(NamedTuple):
    """The points of one claim: a criterion, or several that a table scores together."""

    criteria: tuple[Criterion, ...]
    claim: Claim
    points: Decimal
    """The most it can bring."""
    score: Decimal
    at_most: Decimal

    @property
    def id(self) -> str:
        """The 编号, joined by ``+`` where there are several."""
        return "+".join(criterion.id for criterion in self.criteria)

    @property
    def answer(self) -> str | Decimal | None:
        """The answer as understood: 是, 否, 不涉及, a number; as written where it was not; None for a blank."""
        answer = self.claim.answer
        match answer.kind:
            case Kind.VALUE if self.criteria[0].rule.answer_type is AnswerType.YES_NO:
                return "是" if answer.value else "否"
            case Kind.VALUE | Kind.SCORE:
                return answer.value
            case Kind.NOT_APPLICABLE:
                return "不涉及"
            case Kind.BLANK:
                return None
            case Kind.UNREADABLE:
                return self.claim.written

    @property
    def why(self) -> str:
        """One sentence: the answer, the rule, the points and the cell they come from."""
        place = f"（{self.claim.place}）" if self.claim.place else ""
        return f"{_reason(self)} → {plain(self.score)} 分{place}"


@dataclass(frozen=True)
class ItemScore:
    """The lines of one item."""

    item: Item
    lines: tuple[Line, ...]

    @cached_property
    def score(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.score for line in self.lines), ZERO)


@dataclass(frozen=True)
class UnitScore:
    """The items of one unit."""

    unit: Unit
    items: tuple[ItemScore, ...]

    @cached_property
    def score(self) -> Decimal:
        """The sum of its items."""
        return sum((item.score for item in self.items), ZERO)


@dataclass(frozen=True)
class Scorecard:
    """What one side's answers are worth, down to the last point."""

    rubric: Rubric
    units: tuple[UnitScore, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in the standard's order."""
        return tuple(line for unit in self.units for item in unit.items for line in item.lines)

    @cached_property
    def total(self) -> Decimal:
        """What is established: the sum of the lines."""
        return sum((line.score for line in self.lines), ZERO)

    @cached_property
    def at_most(self) -> Decimal:
        """What the total could become once every unreadable answer is mended."""
        return sum((line.at_most for line in self.lines), ZERO)

    @property
    def verdict(self) -> Verdict:
        """The pass mark is inclusive and compared exactly."""
        if self.total >= self.rubric.pass_mark:
            return Verdict.PASS
        return Verdict.FAIL if self.at_most < self.rubric.pass_mark else Verdict.UNDETERMINED

    def count(self, kind: Kind) -> int:
        """How many lines have an answer of this kind."""
        return sum(line.claim.answer.kind is kind for line in self.lines)


def score(rubric: Rubric, claims: Iterable[Claim]) -> Scorecard:
    """Score one side's answers; a criterion that no claim covers counts as not claimed."""
    by_criterion = {claim.criteria[0]: claim for claim in claims}
    covered = {identifier for claim in by_criterion.values() for identifier in claim.criteria[1:]}

    def lines(item: Item) -> tuple[Line, ...]:
        return tuple(
            _line(rubric, by_criterion.get(criterion.id) or Claim((criterion.id,), BLANK))
            for criterion in item.criteria
            if criterion.id not in covered
        )

    return Scorecard(
        rubric,
        tuple(UnitScore(unit, tuple(ItemScore(item, lines(item)) for item in unit.items)) for unit in rubric.units),
    )


def _line(rubric: Rubric, claim: Claim) -> Line:
    criteria = tuple(rubric.by_id[identifier] for identifier in claim.criteria)
    points = sum((criterion.points for criterion in criteria), ZERO) if len(criteria) > 1 else criteria[0].points
    score = _points(criteria, claim.answer)
    return Line(criteria, claim, points, score, points if claim.answer.kind is Kind.UNREADABLE else score)


def _points(criteria: tuple[Criterion, ...], answer: Answer) -> Decimal:
    if answer.value is None:
        return ZERO
    if answer.kind is Kind.SCORE:
        return answer.value
    return criteria[0].rule.score(answer.value, criteria[0].points)


def _reason(line: Line) -> str:
    answer, written = line.claim.answer, line.claim.written
    match answer.kind:
        case Kind.VALUE if answer.value is not None:
            return line.criteria[0].rule.why(answer.value, line.criteria[0].points)
        case Kind.NOT_APPLICABLE:
            return "填“不涉及”，本标准不设不涉及"
        case Kind.BLANK:
            return "未填报"
        case Kind.UNREADABLE:
            seen = f"“{written}”" if written else "这一条"
            return f"{seen}无法采信，更正后最多 {plain(line.at_most)} 分"
        case _:
            return f"表中自填 {plain(line.score)} 分，满分 {plain(line.points)} 分"
