"""What a scorecard would come to if some of its lines were done in full: scored anew, with all that is required."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.cases import gain
from jieyue_cli.scoring.requirements import requirements
from jieyue_cli.scoring.scorecard import ItemScore, Line, Scorecard, UnitScore


def mended(card: Scorecard, lines: Iterable[Line]) -> Scorecard:
    """The scorecard with full points on these of its lines, gates among them."""
    done = {line.id for line in lines}

    def full(line: Line) -> Line:
        if line.id not in done:
            return line
        most = line.score + gain(line)
        return replace(line, state=LineState.SCORED, score=most, at_most=most)

    def among(scored: ItemScore | UnitScore) -> bool:
        return any(line.id in done for line in scored.lines)

    def item_of(item: ItemScore) -> ItemScore:  # what nothing is mended in keeps the score that it has worked out
        return ItemScore(item.item, tuple(map(full, item.lines))) if among(item) else item

    units = tuple(UnitScore(unit.unit, tuple(map(item_of, unit.items))) if among(unit) else unit for unit in card.units)
    gates = tuple(map(full, card.gates))
    return Scorecard(card.rubric, units, gates, requirements(card.rubric, units, gates), card.inputs)
