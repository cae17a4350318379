"""The cheapest ways from a score below the pass mark up to it: open criteria, dearest first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jieyue_cli.scoring import ZERO, Line, Scorecard, Verdict
from jieyue_cli.submission import Kind


@dataclass(frozen=True)
class Step:
    """One open criterion: what it could still bring, and what the total would then be."""

    line: Line
    gain: Decimal
    how: str
    reaches: Decimal
    """The total after this step and all the steps before it."""


@dataclass(frozen=True)
class Advice:
    """The way to the pass mark."""

    gap: Decimal
    """Points missing."""
    enough: tuple[Step, ...]
    """The fewest criteria that close the gap."""
    others: tuple[Step, ...]
    """What else is open, in the same order."""


def advise(card: Scorecard) -> Advice | None:
    """Name the fewest open criteria that reach the pass mark; None where it is reached already.

    Taking the largest gains first gives the fewest criteria; equal gains keep the standard's order.
    """
    if card.verdict is Verdict.PASS:
        return None
    gap = card.rubric.pass_mark - card.total
    open_lines = sorted(
        (line for line in card.lines if line.score < line.points), key=lambda line: line.score - line.points
    )
    steps: list[Step] = []
    needed = 0
    total = card.total
    for line in open_lines:
        if total < card.rubric.pass_mark:
            needed += 1
        gain = line.points - line.score
        total += gain
        steps.append(Step(line, gain, _how(line), total))
    return Advice(gap, tuple(steps[:needed]), tuple(steps[needed:]))


def _how(line: Line) -> str:
    answer = line.claim.answer
    if answer.kind is Kind.UNREADABLE:
        return "更正填写"
    if len(line.criteria) > 1 or answer.kind is Kind.SCORE:
        return "补足未得的分"
    criterion = line.criteria[0]
    done = answer.value if answer.value is not None else ZERO
    return criterion.rule.improve(done, criterion.points)
