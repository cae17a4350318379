"""The machine contract (docs/contract.md, Programs) as types; other programs rely on every key.

Numbers are exact: a ``Decimal`` is written as a JSON number with its own digits. Only a rate that has no finite
decimal form is rounded, to six digits, with its numerator and denominator beside it. Where a row may also be
``Raw``, it can have been encoded before.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from jieyue_cli.report.batch_contract import ProgressRow, StandingRow

Number = Decimal
Answered = Annotated[Any, msgspec.Meta(extra_json_schema={"type": ["number", "string", "null"]})]
"""``Decimal | str | None``; msgspec has no schema for a union of the first two."""
_REACH = r"^(nonzero|full|limit|\d+(\.\d+)?%?)$"
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


class InputRow(msgspec.Struct, frozen=True):
    """One input (基本数据): asked once, without points."""

    id: str
    text: str
    answer: Answered
    """As a criterion's."""
    cell: str | None


class ItemRow(msgspec.Struct, frozen=True):
    """One item; its score is the sum of its criteria's."""

    id: str
    name: str
    points: Number
    score: Number
    criteria: list[CriterionRow | msgspec.Raw]


class UnitRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One unit; its score is what counts of the sum of its items'. One for other classes of agency has no items."""

    id: str
    name: str
    points: Number
    score: Number
    items: list[ItemRow]
    uncounted: list[str] = []
    """Why it counts less than its items bring, besides a bonus unit's cap."""


class NotApplicableRow(msgspec.Struct, frozen=True):
    """A criterion that does not apply."""

    id: str
    points: Number
    policy: Literal["not_allowed", "full", "dropped", "rescaled"]


class RequirementRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A gate, what is marked ★ (not 0 points) or ※ (full points) or has a minimum, or the limit on 不涉及."""

    id: str
    text: str
    reach: Annotated[str, msgspec.Meta(pattern=_REACH)]
    """``nonzero``, ``full``, ``limit``, a share such as ``85%`` or an amount of points such as ``40``."""
    met: bool | None
    """Null where mending could still change it."""
    zero: Literal["unit", "total"] | None = None
    """What counts no points where it is missed, instead of a lower grade; left out where nothing does."""


class ScaleRow(msgspec.Struct, frozen=True):
    """How the total came from the sum of points (总分换算): ``raw`` ÷ ``of`` × ``points``, rounded half up."""

    raw: Number
    """The sum of the units, rescaled where 不涉及 leaves points out that way."""
    of: Number
    """The standard's points."""
    points: Number
    """What these become."""
    decimals: int


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
    scale: ScaleRow | None = None
    """Where the standard converts its totals; ``total``, ``at_most`` and ``points`` are then on that scale."""
    inputs: list[InputRow] = []


class TotalRow(msgspec.Struct, frozen=True):
    """What one side's answers are worth, without their lines."""

    total: Number
    at_most: Number
    verdict: VerdictName


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
