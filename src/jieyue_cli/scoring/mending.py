"""What a scorecard would come to if some of its lines were done in full: scored anew, with all that is required."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec.structs import replace

from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.cases import gain
from jieyue_cli.scoring.counted import counted
from jieyue_cli.scoring.lines import ItemScore, Line, UnitScore
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import BLANK, Answer, AnswerKind, Claim


def unanswered(card: Scorecard) -> tuple[str, ...]:
    """编号 of the inputs by which units would lose points, and that nobody can tell how much."""
    if not card.inputs:
        return ()
    told = {claim.criteria[0] for claim in card.inputs if claim.answer.value is not None}
    deductions = (deduction for unit in card.units if unit.items for deduction in unit.unit.deductions)
    return tuple(dict.fromkeys(deduction.input for deduction in deductions if deduction.input not in told))


def spared(card: Scorecard) -> Scorecard:
    """What the card would be if these inputs were answered so that they take nothing."""
    nothing, asked = Answer(AnswerKind.VALUE, Decimal(0)), unanswered(card)
    if not asked:
        return card
    inputs = (claim._replace(answer=nothing) if claim.criteria[0] in asked else claim for claim in card.inputs)
    return counted(card.rubric, card.units, card.gates, tuple(inputs))


def _not_applicable(claim: Claim) -> bool:
    """Whether it says 不涉及: what is done is no longer left out."""
    return claim.answer.kind is AnswerKind.NOT_APPLICABLE


def mended(card: Scorecard, lines: Iterable[Line]) -> Scorecard:
    """The scorecard with full points on these of its lines, gates among them."""
    done = {line.id for line in lines}

    def full(line: Line) -> Line:
        if line.id not in done:
            return line
        most = line.score + gain(line)
        claims = tuple(claim._replace(answer=BLANK) if _not_applicable(claim) else claim for claim in line.claims)
        return replace(line, claims=claims, state=LineState.SCORED, score=most, at_most=most)

    def among(scored: ItemScore | UnitScore) -> bool:
        return any(line.id in done for line in scored.lines)

    def item_of(item: ItemScore) -> ItemScore:  # what nothing is mended in keeps the score that it has worked out
        return ItemScore(item.item, tuple(map(full, item.lines))) if among(item) else item

    units = tuple(UnitScore(unit.unit, tuple(map(item_of, unit.items))) if among(unit) else unit for unit in card.units)
    gates = tuple(map(full, card.gates))
    return counted(card.rubric, units, gates, card.inputs)
