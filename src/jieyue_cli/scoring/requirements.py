"""Gates, and what is marked ★ or ※ or has a minimum: which of them a scorecard reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jieyue_cli.rubric.model import Criterion, Must, Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.scorecard import Line, Requirement, UnitScore
from jieyue_cli.text.numbers import add


def requirements(rubric: Rubric, units: Iterable[UnitScore], gates: Iterable[Line]) -> tuple[Requirement, ...]:
    """Every requirement of the standard in its order: gates, units, items, then criteria."""
    return tuple(_all(list(units), gates)) if rubric.demanding else ()


def _all(units: list[UnitScore], gates: Iterable[Line]) -> Iterator[Requirement]:
    for line in gates:
        gate = line.criteria[0]
        if gate.must:
            yield _required(gate.id, gate.text, gate.must, [line])._replace(gate=True)
    for unit in units:
        if unit.unit.must:
            yield _required(unit.unit.id, unit.unit.name, unit.unit.must, unit.lines)._replace(unit=unit.unit.id)
    scored = [(unit.unit.id, item) for unit in units for item in unit.items]
    for unit_id, item in scored:
        if item.item.must:
            yield _required(item.item.id, item.item.name, item.item.must, item.lines)._replace(unit=unit_id)
    by_first = {line.criteria[0].id: line for _, item in scored for line in item.lines}
    for unit_id, item in scored:
        for criterion in item.item.outline:
            for requirement in _of_criterion(criterion, by_first):
                yield requirement._replace(unit=unit_id)


def _of_criterion(criterion: Criterion, lines: Mapping[str, Line]) -> Iterator[Requirement]:
    if criterion.must:
        own = [lines[priced.id] for priced in criterion.priced if priced.id in lines]
        yield _required(criterion.id, criterion.text, criterion.must, own)
    if criterion.id not in lines:  # a heading: what stands under it may be marked too
        for part in criterion.parts:
            yield from _of_criterion(part, lines)


def _required(identifier: str, text: str, must: Must, lines: Iterable[Line]) -> Requirement:
    """Hold lines against a mark; what is left out as not applicable is not asked for."""
    asked = tuple(line for line in lines if line.state is not LineState.EXCLUDED)
    points = add(line.points for line in asked)
    at_least, at_most = add(line.score for line in asked), add(line.at_most for line in asked)
    wanted = must.wanted(points)
    if wanted is None or not asked:
        sure, possible = at_least > 0 or not asked, at_most > 0 or not asked
    else:
        sure, possible = at_least >= wanted, at_most >= wanted
    return Requirement(identifier, text, must, sure if sure == possible else None, asked)
