"""What a scorecard would come to if some of its lines were done in full: scored anew, with all that is required."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.requirements import requirements
from jieyue_cli.scoring.scorecard import ItemScore, Line, Scorecard, UnitScore


def mended(card: Scorecard, lines: Iterable[Line]) -> Scorecard:
    """The scorecard with full points on these of its lines, gates among them."""
    done = {line.id for line in lines}

    def full(line: Line) -> Line:
        if line.id not in done:
            return line
        return replace(line, state=LineState.SCORED, score=line.points, at_most=line.points)

    units = tuple(
        UnitScore(unit.unit, tuple(ItemScore(item.item, tuple(map(full, item.lines))) for item in unit.items))
        for unit in card.units
    )
    gates = tuple(map(full, card.gates))
    return Scorecard(card.rubric, units, gates, requirements(card.rubric, units, gates))
