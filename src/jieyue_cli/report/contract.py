"""The machine contract (docs/contract.md, Programs) as types, and how results become them; other programs rely on
every key.

Numbers are exact: a ``Decimal`` is written as a JSON number with its own digits. Only a rate that has no finite
decimal form is rounded, to six digits, with its numerator and denominator beside it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
from jieyue_cli.remembering import by_identity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.scorecard import ItemScore, Line, Requirement, Scorecard, UnitScore
from jieyue_cli.text.numbers import decimal

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress

encoder = msgspec.json.Encoder(decimal_format="number")
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
    """The office found a claim near it to be false."""
    parts: list[PartRow] = []
    """Where it has several answers; ``answer`` then puts them in one line."""


class ItemRow(msgspec.Struct, frozen=True):
    """One item; its score is the sum of its criteria's."""

    id: str
    name: str
    points: Number
    score: Number
    criteria: list[CriterionRow]


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


class ResultRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """One file."""

    file: str
    sha256: str | None
    agency: AgencyRow | None
    status: Literal["pass", "fail", "undetermined", "unreadable"]
    claimed: ScoreRow | None
    verified: ScoreRow | None
    problems: list[ProblemRow]


class LostRow(msgspec.Struct, frozen=True):
    """A criterion on which agencies lost points."""

    criterion: str
    agencies: int
    points: Number


class DuplicateRow(msgspec.Struct, frozen=True):
    """Several different forms of one agency for one year; none counts."""

    name: str
    year: int
    files: list[str]


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
    missing: list[str]
    withdrawn: list[str]
    duplicates: list[DuplicateRow]
    lost: list[LostRow]


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole output of ``score`` (without ``progress``) and ``batch``."""

    rubric: RubricRow
    results: list[ResultRow]
    progress: ProgressRow | None = None


def rubric_row(rubric: Rubric) -> RubricRow:
    """Name the standard."""
    return RubricRow(rubric.id, rubric.version, decimal(rubric.pass_mark))


def result_row(result: Result) -> ResultRow:
    """One file's row."""
    agency = result.agency
    return ResultRow(
        file=_whole(result.file),
        sha256=result.sha256,
        agency=AgencyRow(agency.name, agency.category, agency.year, agency.group) if agency else None,
        status=result.status.value,
        claimed=_score(result.self),
        verified=_score(result.verified),
        problems=[problem_row(problem) for problem in result.problems],
    )


def progress_row(progress: Progress) -> ProgressRow:
    """The progress table."""
    return ProgressRow(
        year=progress.year,
        target_rate=_rate(progress.target_rate),
        agencies=progress.agencies,
        denominator=progress.denominator.value,
        required=progress.required,
        recognised=progress.recognised,
        self_assessed=progress.self_assessed,
        rate=_rate(progress.rate),
        gap=progress.gap,
        gap_if_confirmed=progress.gap_if_confirmed,
        handed_in=progress.handed_in,
        files=progress.files,
        unreadable=progress.unreadable,
        missing=list(progress.missing),
        withdrawn=list(progress.withdrawn),
        duplicates=[
            DuplicateRow(double.name, double.year, [*map(_whole, double.files)]) for double in progress.duplicates
        ],
        lost=[LostRow(row.criterion, row.agencies, decimal(row.points)) for row in progress.lost],
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of ``Document``."""
    made: dict[str, Any] = _numbers(msgspec.json.schema(Document))
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "jieyue score / batch --format json"
    return made


def _numbers(part: Any) -> Any:
    """Say number where msgspec takes every ``Decimal`` for a string."""
    if isinstance(part, dict):
        if part.get("format") == "decimal":
            return {"type": "number"}
        return {name: _numbers(value) for name, value in part.items()}
    return [_numbers(value) for value in part] if isinstance(part, list) else part


def _whole(text: str) -> str:
    """Text that UTF-8 can hold: a file's name may have bytes that are no character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _rate(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return decimal(round(Decimal(value.numerator) / Decimal(value.denominator), 6))


def _score(card: Scorecard | None) -> ScoreRow | None:
    if card is None:
        return None
    units = [_unit(unit) for unit in card.units]
    rubric = card.rubric
    return ScoreRow(
        total=decimal(card.written(card.total)),
        at_most=decimal(card.written(card.at_most)),
        points=decimal(rubric.full),
        verdict=card.verdict.value,
        units=units,
        grade=card.grade if rubric.grades else None,
        raw=decimal(card.raw) if rubric.policies else None,
        denominator=decimal(card.denominator) if rubric.policies else None,
        not_applicable=[NotApplicableRow(line.id, decimal(line.points), line.policy.value) for line in card.excused],
        requirements=[_requirement(requirement) for requirement in card.requirements],
    )


def _requirement(row: Requirement) -> RequirementRow:
    return RequirementRow(row.id, row.text, row.must.reach, row.met)


def _unit(row: UnitScore) -> UnitRow:
    items = [_item(item) for item in row.items]
    return UnitRow(row.unit.id, row.unit.name, decimal(row.unit.points), decimal(row.score), items)


def _item(row: ItemScore) -> ItemRow:
    lines = [_written(line) for line in row.lines]
    return ItemRow(row.item.id, row.item.name, decimal(row.item.points), decimal(row.score), lines)


@by_identity(2048)
def _written(line: Line) -> CriterionRow:
    """The row of a line as it is written: the encoder takes what is written already for a row."""
    return cast(CriterionRow, msgspec.Raw(encoder.encode(_line(line))))


def _line(line: Line) -> CriterionRow:
    answer = reasons.answer(line)
    row = CriterionRow(
        line.id, decimal(line.points), _shown(answer), decimal(line.score), line.claim.cell, reasons.why(line),
        line.state is LineState.EXCLUDED, line.forfeited,
    )  # fmt: skip
    if len(line.claims) == 1:
        return row
    parts = [
        PartRow(claim.criteria[0], _shown(reasons.answered(line.criteria[0], claim)), claim.cell)
        for claim in line.claims
    ]
    return msgspec.structs.replace(row, parts=parts)


def _shown(answer: Decimal | str | None) -> Decimal | str | None:
    return decimal(answer) if isinstance(answer, Decimal) else answer


def problem_row(problem: Problem) -> ProblemRow:
    """One finding's row."""
    place = problem.location
    return ProblemRow(
        problem.code.slug, problem.severity.value, place.sheet, place.cell, place.criterion, _whole(problem.message)
    )
