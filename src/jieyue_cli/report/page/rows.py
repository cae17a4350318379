"""What the page is told, as types; ``data.js`` reads the same names.

Every amount is text with its exact digits. What many forms have in common stands once in a table of ``Data``, and
forms point to its place there: ten thousand forms with 42 lines each then fit into a megabyte.
"""

from __future__ import annotations

import msgspec


class LineRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of a score; ``points`` is empty for a condition without points, and ``why`` begins with the answer."""

    id: str
    points: str
    score: str
    why: str
    lost: bool = False
    """Whether points are missing, or the condition is not met for certain."""


class ItemRow(msgspec.Struct, frozen=True):
    """One item's score."""

    id: str
    score: str
    lines: tuple[int, ...]
    """Places in ``Data.lines``."""


class ProblemRow(msgspec.Struct, frozen=True):
    """One problem."""

    kind: int
    """Place in ``Data.kinds``."""
    place: str
    message: str


class KindRow(msgspec.Struct, frozen=True):
    """All problems of one kind."""

    severity: str
    message: str
    """Of the first one."""
    places: int
    files: int


class SideRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one side's answers are worth."""

    total: str
    at_most: str
    units: tuple[str, ...]
    items: tuple[int, ...]
    """Places in ``Data.items``."""
    gates: tuple[int, ...] = ()
    """Places in ``Data.lines``."""


class FormRow(msgspec.Struct, frozen=True, omit_defaults=True, rename={"claimed": "self"}):
    """One file."""

    file: str
    name: str
    """Empty where it is its agency's own."""
    year: int | None = None
    claimed: SideRow | None = None
    verified: SideRow | None = None
    decides: str = ""
    """``self`` or ``verified``."""
    counts: bool = True
    """Whether it counts in the progress."""
    told: tuple[int, ...] = ()
    """Sentences about it: places in ``Data.texts``."""
    problems: tuple[int, ...] = ()
    """Places in ``Data.problems``."""


class AgencyRow(msgspec.Struct, frozen=True, omit_defaults=True, rename={"claimed": "self"}):
    """One agency, as the contract's standing."""

    name: str
    category: int
    """Place in ``Data.categories``."""
    state: int
    """Place in ``Data.states``."""
    forms: tuple[int, ...] = ()
    """Places in ``Data.forms``; the one that is ranked comes first."""
    rank: int | None = None
    since: int | None = None
    claimed: str = ""
    verified: str = ""
    remark: str = ""
    level: str = ""
    batch: int | None = None
    filled_on: str = ""
    checked_on: str = ""
    plan_filed: str = ""
    late: int = 0
    """By how many days its form was late."""


class CriterionRow(msgspec.Struct, frozen=True):
    """A criterion, or a condition without points, of the standard."""

    id: str
    text: str
    points: str


class ItemOfStandard(msgspec.Struct, frozen=True):
    """An item of the standard."""

    id: str
    name: str
    points: str
    criteria: list[CriterionRow]


class UnitOfStandard(msgspec.Struct, frozen=True):
    """A unit of the standard."""

    id: str
    name: str
    points: str
    items: list[ItemOfStandard]


class TargetRow(msgspec.Struct, frozen=True):
    """One year's target, and how far the city is."""

    year: int
    rate: str
    required: int | None
    recognised: int | None
    """Whose recognition holds since that year or an earlier one; None for a year that is still to come."""
    self_assessed: int
    """Of the run's year only."""


class BandRow(msgspec.Struct, frozen=True):
    """How many agencies' totals are from ``start`` on and below ``end``."""

    start: str
    end: str
    agencies: int
    passes: bool
    """Whether it is at the mark or above."""


class LostRow(msgspec.Struct, frozen=True):
    """A line on which agencies lost points."""

    id: str
    name: str
    """Its 编号 for people."""
    text: str
    points: str
    agencies: int
    lost: str


class Data(msgspec.Struct, frozen=True):
    """Everything that is drawn."""

    year: int | None
    agencies_in_all: int
    mark: str
    units: list[UnitOfStandard]
    gates: list[CriterionRow]
    targets: list[TargetRow]
    distribution: list[BandRow]
    lost: list[LostRow]
    states: list[str]
    categories: list[str]
    agencies: list[AgencyRow]
    others: list[int]
    """Forms that are no agency's."""
    forms: list[FormRow]
    kinds: list[KindRow]
    problems: list[ProblemRow]
    texts: list[str]
    items: list[ItemRow]
    lines: list[LineRow]
