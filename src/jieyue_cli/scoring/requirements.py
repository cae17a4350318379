"""Gates, minimums such as ★ and ※, and the limit on 不涉及: which of them a scorecard reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jieyue_cli.rubric.model import Criterion, Must, NotApplicableLimit, Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.lines import Line, UnitScore
from jieyue_cli.scoring.scorecard import Requirement
from jieyue_cli.text.numbers import add


def requirements(rubric: Rubric, units: Iterable[UnitScore], gates: Iterable[Line]) -> tuple[Requirement, ...]:
    """Every requirement of the standard in its order: gates, units, items, criteria, then the limit on 不涉及."""
    if not rubric.demanding:
        return ()
    listed = list(units)
    limit = rubric.not_applicable_limit
    return (*_all(listed, gates), *([_within(limit, listed)] if limit else ()))


def _all(units: list[UnitScore], gates: Iterable[Line]) -> Iterator[Requirement]:
    for line in gates:
        gate = line.criteria[0]
        if gate.must:
            yield _required(gate.id, gate.text, gate.must, [line])._replace(gate=True)
    for unit in units:
        if unit.unit.must and unit.items:
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
    if not asked:
        sure = possible = True
    elif (wanted := must.wanted(points)) is None:
        sure, possible = at_least > 0, at_most > 0
    else:
        sure, possible = at_least >= wanted, at_most >= wanted
    return Requirement(identifier, text, must, sure if sure == possible else None, asked)


LIMIT = "空项上限"
"""What a person calls the limit on 不涉及; in place of a 编号."""


def _within(limit: NotApplicableLimit, units: Iterable[UnitScore]) -> Requirement:
    """Hold the points of what was answered 不涉及 against the limit; what cannot be read could be answered so too."""
    base = [line for unit in units if not unit.unit.bonus for line in unit.lines]
    empty = tuple(line for line in base if line.empty)
    undecided = [line for line in base if line.state is LineState.PENDING and line.may_be_empty]
    points = add(line.points for line in empty)
    sure, possible = points + add(line.points for line in undecided) <= limit.points, points <= limit.points
    if sure == possible:
        return Requirement(LIMIT, limit.chinese, limit, sure, empty)
    return Requirement(LIMIT, limit.chinese, limit, None, (*empty, *undecided))
