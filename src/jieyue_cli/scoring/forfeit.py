"""弄虚作假: what a false claim costs beyond its own points."""

from __future__ import annotations

from collections.abc import Iterable, Set

import msgspec

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.lines import ItemScore, Line, UnitScore
from jieyue_cli.text.numbers import ZERO

Scored = tuple[tuple[UnitScore, ...], tuple[Line, ...]]
"""The units, and the gates."""


def without_forfeited(rubric: Rubric, units: Iterable[UnitScore], gates: Iterable[Line], false: Set[str]) -> Scored:
    """Take away the points of each criterion, item or unit with a false claim; and let no such gate be met."""

    def held(line: Line) -> bool:
        return any(claim.criteria[0] in false for claim in line.claims)

    def lost(line: Line) -> Line:
        return msgspec.structs.replace(line, state=LineState.SCORED, score=ZERO, at_most=ZERO, forfeited=True)

    left = []
    for unit in units:
        whole_unit = rubric.forfeit == "unit" and any(map(held, unit.lines))
        items = []
        for item in unit.items:
            all_of_it = whole_unit or (rubric.forfeit == "item" and any(map(held, item.lines)))
            lines = tuple(lost(line) if all_of_it or held(line) else line for line in item.lines)
            items.append(ItemScore(item.item, lines))
        left.append(UnitScore(unit.unit, tuple(items)))
    return tuple(left), tuple(lost(gate) if held(gate) else gate for gate in gates)
