"""Whom to draw: agencies in an order that a seed decides and anybody can work out again, and how many of them.

The order is that of the SHA-256 of ``seed,name``. An agency's place against another one depends on these two alone,
so one name more or less in a roster changes nothing but that name (docs/office/verification.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import msgspec

from jieyue_cli.text.cleaning import in_utf8

CONFIDENCE = Fraction(95, 100)
FALSE_CLAIMS = Fraction(10, 100)
"""The share of false claims that a draw by the table would miss with a chance of at most 1 − ``CONFIDENCE``."""


class Ranked(NamedTuple):
    """An agency in its place."""

    hash: str
    """SHA-256 of the seed, a comma and the name in UTF-8, in hexadecimal."""
    name: str


class Size(NamedTuple):
    """How many to draw: a number in all, a share of each category, or by the zero-defect table where neither is set."""

    number: int | None = None
    share: Fraction | None = None

    def of(self, frames: Sequence[int]) -> list[int]:
        """How many of each category, which have so many agencies."""
        if self.share is not None:
            return [ceil(self.share * frame) for frame in frames]
        number = zero_defect(sum(frames)) if self.number is None else self.number
        return split(number, frames)


class Drawn(msgspec.Struct, frozen=True):
    """One agency among which was drawn."""

    category: str | None
    rank: int
    """Within its category, from 1."""
    hash: str
    """As of ``Ranked``."""
    name: str
    drawn: bool


def ranked(seed: str, names: Iterable[str]) -> list[Ranked]:
    """The agencies in the order in which they are drawn."""
    return sorted(Ranked(hashlib.sha256(in_utf8(f"{seed},{name}").encode()).hexdigest(), name) for name in names)


def draw(seed: str, frames: Mapping[str | None, Sequence[str]], size: Size) -> list[Drawn]:
    """Every agency of the ``frames``, which are by category, in its place; the first ones of each are drawn."""
    numbers = size.of([len(names) for names in frames.values()])
    return [
        Drawn(category, rank, *one, drawn=rank <= number)
        for (category, names), number in zip(frames.items(), numbers, strict=True)
        for rank, one in enumerate(ranked(seed, names), 1)
    ]


def zero_defect(population: int) -> int:
    """The fewest to draw so that none of them is false with a chance of at most 5 %, where a tenth of all are.

    A tenth is rounded up to whole agencies; the chance is exact (hypergeometric).
    """
    false = ceil(FALSE_CLAIMS * population)
    number, chance = 0, Fraction(1)
    while population and chance > 1 - CONFIDENCE:
        chance *= Fraction(population - false - number, population - number)
        number += 1
    return number


def split(number: int, frames: Sequence[int]) -> list[int]:
    """Share ``number`` out in proportion to the ``frames``, by the largest remainder, never more than there are.

    Each frame that is not empty gets one at least, where the number allows; of equal remainders the first goes before.
    """
    whole = sum(frames)
    number = min(number, whole)
    if not number:
        return [0] * len(frames)
    least = int(number >= sum(map(bool, frames)))
    quotas = [Fraction(number * frame, whole) for frame in frames]
    made = [max(int(quota), least if frame else 0) for quota, frame in zip(quotas, frames, strict=True)]
    while (rest := number - sum(made)) != 0:
        step = 1 if rest > 0 else -1
        able = [at for at, frame in enumerate(frames) if (made[at] < frame if rest > 0 else made[at] > least)]
        made[max(able, key=lambda at: (step * (quotas[at] - made[at]), -at))] += step
    return made
