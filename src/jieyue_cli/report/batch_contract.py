"""What a batch adds to the machine contract, as types: which files count, where each agency stands, the progress.

Numbers are as in ``contract``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

StateName = Literal["recognised", "withdrawn", "failed", "verifying", "self_pass", "self_fail", "returned", "missing"]
"""The value of an ``agencies.standings.State``."""


class CountsRow(msgspec.Struct, frozen=True):
    """What a batch adds to a result."""

    counts: bool
    remark: str | None


class StandingRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """Where one agency stands in the year; every figure of the progress that is of agencies counts these."""

    name: str
    category: str | None
    state: StateName
    since: int | None
    handed_in: bool
    claimed: Decimal | None
    verified: Decimal | None
    files: list[str]
    listed: bool
    remark: str | None
    level: str | None
    batch: int | None
    filled_on: dt.date | None
    checked_on: dt.date | None
    plan_filed: dt.date | None


class RequestRow(msgspec.Struct, frozen=True):
    """One agency's 不涉及."""

    criterion: str
    policy: Literal["not_allowed", "full", "dropped", "rescaled"]
    name: str
    file: str


class LostRow(msgspec.Struct, frozen=True):
    """A criterion on which agencies lost points."""

    criterion: str
    agencies: int
    points: Decimal


class CorrectedRow(msgspec.Struct, frozen=True):
    """A criterion on which findings bring other points than claims; ``points`` are claimed − found."""

    criterion: str
    agencies: int
    points: Decimal


class CorrectionsRow(msgspec.Struct, frozen=True):
    """Claim and finding of the agencies whose verification is complete; ``points`` are claimed − verified totals."""

    agencies: int
    lowered: int
    raised: int
    mean: Decimal | None
    """points / agencies; null where there is no agency."""
    points: Decimal
    unexplained: int
    """Findings that differ from the claim without 核查意见."""
    criteria: list[CorrectedRow]


class DuplicateRow(msgspec.Struct, frozen=True):
    """Several different forms of one agency for one year; none counts."""

    name: str
    year: int
    files: list[str]


class OutsideRow(msgspec.Struct, frozen=True):
    """An agency that the roster lists as not assessed; in no count."""

    name: str
    reason: str


class DueRow(msgspec.Struct, frozen=True):
    """One step of the year, and how the agencies in scope kept its date."""

    step: Literal["plan", "self_assessment", "verification"]
    what: str
    due: dt.date | None
    late: tuple[str, ...]
    missing: tuple[str, ...]
    undated: int


class GroupRow(msgspec.Struct, frozen=True):
    """The agencies that share one value, counted as the whole is."""

    name: str | None
    agencies: int
    recognised: int
    self_assessed: int
    handed_in: int
    missing: int
    rate: Decimal


class GroupsRow(msgspec.Struct, frozen=True):
    """The progress in parts; a list is empty where the roster has no such column."""

    level: list[GroupRow]
    category: list[GroupRow]
    batch: list[GroupRow]


class ProgressRow(msgspec.Struct, frozen=True):
    """The batch against the year's target; every count is of agencies."""

    year: int | None
    target_rate: Decimal | None
    agencies: int
    denominator: Literal["roster", "given", "submissions"]
    required: int | None
    recognised: int
    self_assessed: int
    rate: Decimal | None
    gap: int | None
    gap_if_confirmed: int | None
    handed_in: int
    files: int
    unreadable: int
    missing: tuple[str, ...]
    withdrawn: tuple[str, ...]
    duplicates: list[DuplicateRow]
    not_applicable: list[RequestRow]
    lost: list[LostRow]
    outside: list[OutsideRow]
    calendar: list[DueRow]
    groups: GroupsRow
    corrections: CorrectionsRow
