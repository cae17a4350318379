"""The machine contract (docs/contract.md, Programs) as types; other programs rely on every key.

Numbers are exact: a ``Decimal`` is written as a JSON number with its own digits. Only a rate that has no finite
decimal form is rounded, to six digits, with its numerator and denominator beside it. Where a row may also be
``Raw``, it can have been encoded before.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

Number = Decimal
Answered = Annotated[Any, msgspec.Meta(extra_json_schema={"type": ["number", "string", "null"]})]
"""``Decimal | str | None``; msgspec has no schema for a union of the first two."""
VerdictName = Literal["pass", "fail", "undetermined"]


class RubricRow(msgspec.Struct, frozen=True):
    """Which standard was applied."""

    id: str
    version: str
    pass_mark: Number


class PartRow(msgspec.Struct, frozen=True):
    """One of several answers to one criterion."""

    id: str
    answer: Answered
    cell: str | None


class CriterionRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: a criterion, or several joined by ``+`` where a table scores them together."""

    id: str
    points: Number
    answer: Answered
    """是, 否, 不涉及 or a number; the text as written where it was not understood; null for a blank."""
    score: Number
    cell: str | None
    why: str
    excluded: bool = False
    """不涉及 takes its points out of the denominator."""
    forfeited: bool = False
    """Lost because a claim in the same criterion, item or unit was found to be false (虚假)."""
    parts: list[PartRow] = []
    """Where it has several answers; ``answer`` then puts them in one line."""


class ItemRow(msgspec.Struct, frozen=True):
    """One item; its score is the sum of its criteria's."""

    id: str
    name: str
    points: Number
    score: Number
    criteria: list[CriterionRow | msgspec.Raw]


class UnitRow(msgspec.Struct, frozen=True):
    """One unit; its score is the sum of its items'."""

    id: str
    name: str
    points: Number
    score: Number
    items: list[ItemRow]


class NotApplicableRow(msgspec.Struct, frozen=True):
    """A criterion that does not apply."""

    id: str
    points: Number
    policy: Literal["not_allowed", "full", "dropped", "rescaled"]


class RequirementRow(msgspec.Struct, frozen=True):
    """A gate, or what is marked ★ (not 0 points) or ※ (full points)."""

    id: str
    text: str
    reach: Literal["nonzero", "full"]
    met: bool | None
    """Null where mending could still change it."""


class ScoreRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one side's answers are worth; keys that a standard has no use for are left out."""

    total: Number
    at_most: Number
    points: Number
    verdict: VerdictName
    units: list[UnitRow]
    grade: str | None = None
    """By its name; left out where the standard has no grades, or mending could still change it."""
    raw: Number | None = None
    """The sum of the units, where 不涉及 may leave points out."""
    denominator: Number | None = None
    """The points without those that are left out."""
    not_applicable: list[NotApplicableRow] = []
    """Where 不涉及 was accepted, and what it did."""
    requirements: list[RequirementRow] = []


class AgencyRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who is assessed."""

    name: str | None
    category: str | None
    year: int | None
    group: str | None = None
    """The class of agency; left out where the standard has none."""


class ProblemRow(msgspec.Struct, frozen=True):
    """One finding, for a person to act on."""

    code: str
    severity: Literal["error", "warning", "note"]
    sheet: str | None
    cell: str | None
    criterion: str | None
    message: str


class VerificationRow(msgspec.Struct, frozen=True):
    """How far the office is: complete or not, and how many questions have a finding, of those that need one."""

    state: Literal["none", "partial", "complete"]
    found: int
    of: int


class ResultRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """One file."""

    file: str
    sha256: str | None
    agency: AgencyRow | None
    status: Literal["pass", "fail", "undetermined", "unreadable"]
    claimed: ScoreRow | None
    verified: ScoreRow | None
    """Present for a partial verification too; ``status`` follows it only where ``verification`` is complete."""
    verification: VerificationRow
    problems: list[ProblemRow]
    counts: bool | msgspec.UnsetType = msgspec.UNSET
    """Whether it counts in the progress; of a batch only, as is the next."""
    remark: str | msgspec.UnsetType | None = msgspec.UNSET
    """Why not, or what else there is to say."""


class CountsRow(msgspec.Struct, frozen=True):
    """What a batch adds to a result."""

    counts: bool
    remark: str | None


class StandingRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """Where one agency stands in the year; every figure of the progress that is of agencies counts these."""

    name: str
    category: str | None
    state: Literal["recognised", "withdrawn", "failed", "verifying", "self_pass", "self_fail", "returned", "missing"]
    since: int | None
    handed_in: bool
    claimed: Number | None
    verified: Number | None
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
    points: Number


class CorrectedRow(msgspec.Struct, frozen=True):
    """A criterion on which findings bring other points than claims; ``points`` are claimed − found."""

    criterion: str
    agencies: int
    points: Number


class CorrectionsRow(msgspec.Struct, frozen=True):
    """Claim and finding of the agencies whose verification is complete; ``points`` are claimed − verified totals."""

    agencies: int
    lowered: int
    raised: int
    mean: Number | None
    """points / agencies; null where there is no agency."""
    points: Number
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
    rate: Number


class GroupsRow(msgspec.Struct, frozen=True):
    """The progress in parts; a list is empty where the roster has no such column."""

    level: list[GroupRow]
    category: list[GroupRow]
    batch: list[GroupRow]


class ProgressRow(msgspec.Struct, frozen=True):
    """The batch against the year's target; every count is of agencies."""

    year: int | None
    target_rate: Number | None
    agencies: int
    denominator: Literal["roster", "given", "submissions"]
    required: int | None
    recognised: int
    self_assessed: int
    rate: Number | None
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


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole output of ``batch``, and of ``score`` (without ``agencies`` and ``progress``)."""

    rubric: RubricRow
    results: list[ResultRow | msgspec.Raw]
    agencies: list[StandingRow] | msgspec.UnsetType = msgspec.UNSET
    progress: ProgressRow | None = None


def schema(document: type[msgspec.Struct] = Document, commands: str = "score / batch") -> dict[str, Any]:
    """The JSON Schema of what these commands print."""
    made: dict[str, Any] = _as_written(msgspec.json.schema(document))
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = f"jieyue {commands} --format json"
    return made


def _as_written(part: Any) -> Any:
    """A part of a schema without what msgspec cannot know: a ``Decimal`` is a number, and ``Raw`` holds a row."""
    if isinstance(part, list):
        return [_as_written(value) for value in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "decimal":
        return {"type": "number"}
    if part.get("anyOf", ())[:1] == [{}]:
        return part["anyOf"][1]
    return {name: _as_written(value) for name, value in part.items()}
