"""Points written by hand: a number, not above the points of its sentences, and possible under the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jieyue_cli.form.answers import ABSENT, Finding, Understood, written
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Criterion
from jieyue_cli.submission import BLANK, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import Cell, CellState

_SCORE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*分?")
_MOST_SUMS = 200_000
"""Combinations of scores that are tried; beyond them any sum is accepted."""
_MOST_LISTED = 8
"""Possible scores that a message lists in full; of more it names the first two and the last."""


def understand_score(cell: Cell, criteria: Sequence[Criterion]) -> Understood:
    """Read the points written for one criterion, or for several scored together.

    Points that the rules cannot give are refused, not rounded: 3 where only 0, 2 and 4 exist, or 5 of 4.
    """
    if cell.state is CellState.UNCALCULATED:
        return UNREADABLE, [(Code.ANSWER_UNCALCULATED, {})]
    if cell.state is CellState.ERROR:
        return UNREADABLE, [(Code.ANSWER_ERROR_CELL, {"seen": cell.value})]
    seen = written(cell.value)
    if not seen:
        return BLANK, []
    if seen.upper() in ABSENT:
        return NOT_APPLICABLE, []
    number = stated_points(cell)
    if number is None:
        return UNREADABLE, [(Code.SCORE_NOT_NUMBER, {"seen": seen})]
    points = full_points(criteria)
    if number > points:
        return UNREADABLE, [(Code.SCORE_TOO_HIGH, {"seen": plain(number), "points": plain(points)})]
    possible = possible_scores(criteria)
    if possible is not None and number not in possible:
        return UNREADABLE, [(Code.SCORE_IMPOSSIBLE, {"seen": plain(number), "steps": _listed(possible)})]
    findings: list[Finding] = []
    if cell.state is CellState.FORMULA:
        findings = [(Code.ANSWER_FORMULA, {"seen": seen})]
    elif isinstance(cell.value, str) and cell.value != plain(number):
        findings = [(Code.ANSWER_SPELLING, {"seen": seen, "read": plain(number)})]
    return Answer(AnswerKind.SCORE, number), findings


def stated_points(cell: Cell) -> Decimal | None:
    """The points a cell states, 2 or ``2分``; None where it is anything else, negative numbers too."""
    if isinstance(cell.value, bool) or cell.value is None:
        return None
    match = _SCORE.fullmatch(written(cell.value))
    return Decimal(match[1]) if match else None


def full_points(criteria: Iterable[Criterion]) -> Decimal:
    """The most points that these can bring together (满分)."""
    return sum((criterion.points for criterion in criteria), Decimal(0))


def possible_scores(criteria: Iterable[Criterion]) -> set[Decimal] | None:
    """Every sum that these can bring together; None where any is possible, or there are too many to work out."""
    sums = {Decimal(0)}
    for criterion in criteria:
        steps = criterion.steps
        if steps is None or len(steps) * len(sums) > _MOST_SUMS:
            return None
        sums = {before + step for before in sums for step in steps}
    return sums


def _listed(possible: set[Decimal]) -> str:
    ordered = sorted(possible)
    if len(ordered) <= _MOST_LISTED:
        return "、".join(plain(step) for step in ordered)
    return f"{plain(ordered[0])}、{plain(ordered[1])} … {plain(ordered[-1])}"
