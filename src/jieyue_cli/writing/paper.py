"""How many pages of A4 a sheet has to be wide for its letters to stay readable."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

SMALLEST = 9
"""Points of the smallest letters that are printed."""
_BASE_SIZE = 10
_ACROSS = 1064
"""Pixels between the margins of A4 across, at full size."""
_DIGIT, _AROUND = 8.5, 6
"""Pixels of a digit in the widest font that stands in for the base font where that is missing; and around a text."""
_READABLE = _ACROSS * _BASE_SIZE // SMALLEST


def pixels(widths: Iterable[float]) -> int:
    """How wide columns of so many characters are together."""
    return sum(math.ceil(width * _DIGIT) + _AROUND for width in widths)


def pages_wide(widths: Sequence[float], repeated: int) -> int:
    """The fewest pages on which these columns are readable; the first ``repeated`` stand on each."""
    return _laid(widths, repeated)[0]


def rest(widths: Sequence[float], repeated: int, least: float) -> int:
    """Characters for one more column: what the last page has left, or a new one where ``least`` is not left."""
    left = _characters(_laid(widths, repeated)[1])
    return left if left >= least else _characters(pixels(widths[:repeated]))


def _laid(widths: Sequence[float], repeated: int) -> tuple[int, int]:
    """Pages, and the pixels that the columns take on the last of them."""
    again = pixels(widths[:repeated])
    pages, used = 1, 0
    for width in widths:
        used += pixels([width])
        if used > _READABLE:
            pages, used = pages + 1, again + pixels([width])
    return pages, used


def _characters(used: int) -> int:
    return int((_READABLE - used - _AROUND) / _DIGIT)
