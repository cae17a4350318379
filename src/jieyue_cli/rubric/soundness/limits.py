"""The limit on what may be left out (空项上限): whether anybody can ever be above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Criterion
from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness.nodes import Part, get, number, tops, units
from jieyue_cli.rubric.tree import Node
from jieyue_cli.text.numbers import plain

_KEY = "not_applicable_limit"


def flaws(data: Node, built: Sequence[tuple[Part, Criterion]]) -> Iterator[Flaw]:
    """A limit that cannot be passed; nothing is said as long as a criterion does not hold for itself."""
    limit = number(get(get(data, _KEY), "points"))
    if limit is None or len(built) < sum(1 for _ in tops(data)):
        return
    base = {unit.path for unit in units(data) if get(unit.node, "bonus") != "true"}
    priced = (criterion for top, whole in built if top.path[:2] in base for criterion in whole.priced)
    most = sum((criterion.points for criterion in priced if criterion.omissible), Decimal(0))
    if most <= limit:
        yield Flaw((_KEY, "points"), Code.RUBRIC_LIMIT, {"sum": plain(most), "points": plain(limit)})
