"""What makes a whole rubric sound, beyond the shape of its parts: sums that close, ids that are unique, marks in reach,
dates that exist.

Works on plain nested data, so that these faults are found together with misspelt keys and wrong types, not only
after those are mended; where a part it needs is missing or malformed it stays silent, for the model reports that.
"""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness import criteria, dates, inputs, limits, marks, minimums, names, sums
from jieyue_cli.rubric.tree import Node


def flaws(written: Node, data: Node) -> Iterator[Flaw]:
    """Every flaw of a rubric as it was ``written``, and ``data`` as ``defaults`` completed it.

    The paths of the flaws begin at the whole document.
    """
    built = criteria.built(data)
    yield from names.flaws(data)
    yield from sums.flaws(data)
    yield from criteria.flaws(data, built)
    yield from criteria.priced_gates(written)
    yield from inputs.flaws(written, data)
    yield from marks.flaws(data, [criterion for _, criterion in built])
    yield from limits.flaws(data, built)
    yield from minimums.flaws(data)
    yield from dates.flaws(data)
