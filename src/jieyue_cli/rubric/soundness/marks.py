"""Marks on the scale of totals: the pass mark in reach, grades from 0 to full marks, targets that do not fall.

Where a standard converts its totals (总分换算), all of them are on the scale that results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import msgspec
from pydantic import ValidationError

from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Criterion, NotApplicable, Scale
from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness.nodes import entries, get, name, number
from jieyue_cli.rubric.soundness.sums import full
from jieyue_cli.rubric.tree import Node, Path
from jieyue_cli.text.numbers import decimal, finest, plain

_YEAR = re.compile(r"[0-9]{4}")


def flaws(data: Node, built: Sequence[Criterion]) -> Iterator[Flaw]:
    """Every flaw of pass mark, grades and targets; ``built`` are the criteria and gates that hold for themselves."""
    yield from _pass_mark(data)
    yield from _grades(data, built)
    yield from _targets(data)


def _pass_mark(data: Node) -> Iterator[Flaw]:
    points, mark = _top(data), number(get(data, "pass_mark"))
    if points is not None and mark is not None and mark > points:
        yield Flaw(("pass_mark",), Code.RUBRIC_PASS_MARK, {"mark": plain(mark), "points": plain(points)})


def _scale(data: Node) -> Scale | None:
    """How totals are converted; None where they are not, or where that cannot be known."""
    try:
        return Scale.model_validate(get(data, "scale"))
    except ValidationError:
        return None


def _top(data: Node) -> Decimal | None:
    """The most that a total can come to; None where it cannot be known."""
    points, base = full(data), number(get(data, "points"))
    if points is None or get(data, "scale") is None:
        return points
    scale = _scale(data)
    return decimal(scale.converted(Fraction(points), base)) if scale and base and base > 0 else None


class _Band(msgspec.Struct, frozen=True):
    """One grade with all its figures understood."""

    at: int
    name: str
    start: Decimal
    to: Decimal | None
    below: Decimal | None

    def ends_before(self, total: Decimal) -> bool:
        """Whether the grade, as printed, does not reach this total."""
        return (self.to is not None and total > self.to) or (self.below is not None and total >= self.below)


def _grades(data: Node, built: Sequence[Criterion]) -> Iterator[Flaw]:
    """Grades that leave no total without a name and give none two, at the smallest step that totals have."""
    bands = []
    for at, grade in entries(data, "grades"):
        start, to, below = (number(get(grade, key)) for key in ("from", "to", "below"))
        if start is None or any(get(grade, key) is not None and n is None for key, n in (("to", to), ("below", below))):
            return
        bands.append(_Band(at, name(grade), start, to, below))
    top = _top(data)
    if not bands or top is None:
        return
    scale = _scale(data)
    step = scale.step if scale else smallest_step(built)
    bands.sort(key=lambda band: -band.start)
    for upper, lower in pairwise(bands):
        yield from _between(upper, lower, step)
    if bands[0].ends_before(top):
        yield Flaw(("grades", bands[0].at), Code.RUBRIC_GRADE_END, {"example": plain(top)})
    if bands[-1].start > 0:
        yield Flaw(("grades", bands[-1].at), Code.RUBRIC_GRADE_END, {"example": "0"})
    mark = number(get(data, "pass_mark"))
    if mark is not None and mark not in {band.start for band in bands}:
        yield Flaw(("pass_mark",), Code.RUBRIC_GRADE_MARK, {"mark": plain(mark)})


def _between(upper: _Band, lower: _Band, step: Decimal | None) -> Iterator[Flaw]:
    names = {"upper": upper.name, "lower": lower.name}
    place: Path = ("grades", lower.at)
    ends = lower.to is not None or lower.below is not None
    if lower.start == upper.start or (ends and not lower.ends_before(upper.start)):
        yield Flaw(place, Code.RUBRIC_GRADE_OVERLAP, {**names, "example": plain(upper.start)})
        return
    if lower.below is not None and lower.below < upper.start:
        example = lower.below
    elif lower.to is not None and step is not None:
        example = (lower.to // step + 1) * step
    elif lower.to is not None:
        example = (lower.to + upper.start) / 2
    else:
        return
    if example < upper.start:
        yield Flaw(place, Code.RUBRIC_GRADE_GAP, {**names, "example": plain(example)})


def smallest_step(built: Sequence[Criterion]) -> Decimal | None:
    """The step between possible sums of points; None where they may lie anywhere."""
    leaves = [leaf for criterion in built for leaf in criterion.leaves]
    if any(leaf.not_applicable is NotApplicable.RESCALED for leaf in leaves):
        return None
    scores = [criterion.steps for criterion in built]
    known = [score for possible in scores if possible is not None for score in possible]
    return finest(known) if None not in scores and any(known) else None


def _targets(data: Node) -> Iterator[Flaw]:
    targets = get(data, "targets")
    if not isinstance(targets, dict):
        return
    pairs = [
        (int(year), share)
        for year, text in targets.items()
        if _YEAR.fullmatch(year) and (share := number(str(text).strip().rstrip("%％"))) is not None
    ]
    for (before, earlier), (after, later) in pairwise(pairs):
        if after <= before or later < earlier:
            yield Flaw(("targets", str(after)), Code.RUBRIC_TARGETS, {"before": before, "after": after})
