"""Claim and finding line by line: where the office's findings bring other points than the agency's claims."""

from __future__ import annotations

from fractions import Fraction

from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard


def pairs(claimed: Scorecard, found: Scorecard) -> list[tuple[Line, Line]]:
    """Every line that both sides have; in tables typed by hand, one side may score several criteria together."""
    own = {line.id: line for line in found.lines}
    return [(line, own[line.id]) for line in claimed.lines if line.id in own]


def corrected(claimed: Scorecard, found: Scorecard) -> tuple[tuple[str, Fraction], ...]:
    """编号 and claimed − found points, of the lines that differ."""
    both = pairs(claimed, found)
    return tuple((claim.id, claim.score - finding.score) for claim, finding in both if claim.score != finding.score)
