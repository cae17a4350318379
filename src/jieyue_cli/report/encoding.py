"""How results become the rows of the machine contract, encoded as JSON."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
from jieyue_cli.report import batch_contract, contract
from jieyue_cli.report.amounts import written
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import ItemScore, Line, UnitScore
from jieyue_cli.scoring.scorecard import Requirement, Scorecard
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.numbers import decimal

if TYPE_CHECKING:
    from jieyue_cli.agencies.corrections import Corrections
    from jieyue_cli.agencies.groups import Part
    from jieyue_cli.agencies.progress import Progress
    from jieyue_cli.agencies.remarks import Remark
    from jieyue_cli.agencies.standings import Standing

_encode = msgspec.json.Encoder(decimal_format="number").encode
_MOST_LINES = 2048
_OBEYED = re.compile(
    rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]",
)
"""In UTF-8, what JSON allows and a terminal obeys: U+007F to U+009F, and line, paragraph and direction marks."""


def encode(value: object) -> bytes:
    """JSON in which no character that a terminal obeys stands for itself; the content is the same."""
    return _OBEYED.sub(_escaped, _encode(value))


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match[0].decode())


class ResultEncoder:
    """Encodes results; make one for a run and one for each worker, because it keeps the lines it has encoded.

    The scorecards of a batch share most of their lines; a line that is another object is encoded anew.
    """

    def __init__(self) -> None:
        self._lines: dict[int, tuple[Line, msgspec.Raw]] = {}

    def __call__(self, result: Result) -> bytes:
        """One result as a ``ResultRow`` without line breaks."""
        agency, verification = result.agency, result.verification
        row = contract.ResultRow(
            file=in_utf8(result.file),
            sha256=result.sha256,
            agency=contract.AgencyRow(agency.name, agency.category, agency.year, agency.group) if agency else None,
            status=result.status.value,
            claimed=self._score(result.self),
            verified=self._score(result.verified),
            verification=contract.VerificationRow(verification.state.value, verification.found, verification.of),
            problems=[problem_row(problem) for problem in result.problems],
        )
        return encode(row)

    def _score(self, card: Scorecard | None) -> contract.ScoreRow | None:
        if card is None:
            return None
        units = [self._unit(unit) for unit in card.units]
        rubric = card.rubric
        return contract.ScoreRow(
            total=decimal(written(card.total, card)),
            at_most=decimal(written(card.at_most, card)),
            points=decimal(rubric.full),
            verdict=card.verdict.value,
            units=units,
            grade=card.grade if rubric.grades else None,
            raw=decimal(card.raw) if rubric.policies else None,
            denominator=decimal(card.denominator) if rubric.policies else None,
            not_applicable=[
                contract.NotApplicableRow(line.id, decimal(line.points), line.policy.value) for line in card.excused
            ],
            scale=_scale(card),
            requirements=[_requirement(requirement) for requirement in card.requirements],
            inputs=[
                contract.InputRow(asked.id, asked.text, _answer(reasons.answered(asked, claim)), claim.cell)
                for asked, claim in reasons.inputs(card)
            ],
        )

    def _unit(self, unit: UnitScore) -> contract.UnitRow:
        items = [self._item(item) for item in unit.items]
        points, score = decimal(unit.unit.points), decimal(unit.score)
        uncounted = [limit.reason for limit in unit.limits]
        return contract.UnitRow(unit.unit.id, unit.unit.name, points, score, items, uncounted)

    def _item(self, item: ItemScore) -> contract.ItemRow:
        lines = [self._line(line) for line in item.lines]
        return contract.ItemRow(item.item.id, item.item.name, decimal(item.item.points), decimal(item.score), lines)

    def _line(self, line: Line) -> contract.CriterionRow | msgspec.Raw:
        known = self._lines.get(id(line))
        if known is None or known[0] is not line:  # an id is another object's after unpickling
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            known = self._lines[id(line)] = line, msgspec.Raw(encode(_criterion(line)))
        return known[1]


def total_row(card: Scorecard) -> contract.TotalRow:
    """What one side's answers are worth."""
    total, at_most = (decimal(written(amount, card)) for amount in (card.total, card.at_most))
    return contract.TotalRow(total, at_most, card.verdict.value)


def rubric_row(rubric: Rubric) -> contract.RubricRow:
    """Name the standard."""
    return contract.RubricRow(rubric.id, rubric.version, decimal(rubric.pass_mark))


def problem_row(problem: Problem) -> contract.ProblemRow:
    """One finding's row."""
    place = problem.location
    return contract.ProblemRow(
        problem.code.slug, problem.severity.value, place.sheet, place.cell, place.criterion, in_utf8(problem.message)
    )


def progress_row(progress: Progress) -> batch_contract.ProgressRow:
    """The progress table under the same names; only what JSON has no type for is converted."""
    own = {name: getattr(progress, name) for name in batch_contract.ProgressRow.__struct_fields__}
    converted = {
        "target_rate": rate(progress.target_rate),
        "denominator": progress.denominator.value,
        "rate": rate(progress.rate),
        "duplicates": [
            batch_contract.DuplicateRow(form.name, form.year, [*map(in_utf8, form.files)])
            for form in progress.duplicates
        ],
        "not_applicable": [
            batch_contract.RequestRow(row.criterion, row.policy.value, row.name, in_utf8(row.file))
            for row in progress.not_applicable
        ],
        "lost": [batch_contract.LostRow(row.criterion, row.agencies, decimal(row.points)) for row in progress.lost],
        "outside": [batch_contract.OutsideRow(entry.name, entry.outside) for entry in progress.outside],
        "calendar": [
            batch_contract.DueRow(row.step, row.what, row.due, row.late, row.missing, row.undated)
            for row in progress.calendar
        ],
        "groups": batch_contract.GroupsRow(*([*map(_group_row, parts)] for parts in progress.groups)),
        "corrections": _corrections(progress.corrections),
    }
    return batch_contract.ProgressRow(**own | converted)


def _corrections(made: Corrections) -> batch_contract.CorrectionsRow:
    rows = [batch_contract.CorrectedRow(row.criterion, row.agencies, decimal(row.points)) for row in made.criteria]
    counts = made.agencies, made.lowered, made.raised
    return batch_contract.CorrectionsRow(*counts, rate(made.mean), decimal(made.points), made.unexplained, rows)


def standing_row(standing: Standing) -> batch_contract.StandingRow:
    """One agency's row."""
    return batch_contract.StandingRow(
        standing.name,
        standing.category,
        standing.state.value,
        standing.since,
        standing.handed_in,
        None if standing.claimed is None else decimal(standing.claimed),
        None if standing.verified is None else decimal(standing.verified),
        [*map(in_utf8, standing.files)],
        standing.listed,
        in_utf8(standing.remark) or None,
        standing.level,
        standing.batch,
        standing.filled_on,
        standing.checked_on,
        standing.plan_filed,
    )


def _group_row(part: Part) -> batch_contract.GroupRow:
    own = part._asdict() | {"rate": _rounded(part.rate)}
    return batch_contract.GroupRow(**own)


def counts_row(remark: Remark) -> batch_contract.CountsRow:
    """What a batch says of one file."""
    return batch_contract.CountsRow(remark.counts, in_utf8(remark.text) or None)


def rate(value: Fraction | None) -> Decimal | None:
    """A share to six decimals."""
    return None if value is None else _rounded(value)


def _rounded(value: Fraction) -> Decimal:
    return decimal(round(Decimal(value.numerator) / value.denominator, 6))


def _requirement(row: Requirement) -> contract.RequirementRow:
    return contract.RequirementRow(row.id, row.text, str(row.must.reach), row.met, row.must.zero)


def _scale(card: Scorecard) -> contract.ScaleRow | None:
    scale, of = card.rubric.scale, card.rubric.points
    if scale is None:
        return None
    return contract.ScaleRow(
        decimal(written(card.unconverted, card)), decimal(of), decimal(scale.points), scale.decimals
    )


def _criterion(line: Line) -> contract.CriterionRow:
    parts = [
        contract.PartRow(claim.criteria[0], _answer(reasons.answered(line.criteria[0], claim)), claim.cell)
        for claim in line.claims
        if len(line.claims) > 1
    ]
    return contract.CriterionRow(
        id=line.id,
        points=decimal(line.points),
        answer=_answer(reasons.answer(line)),
        score=decimal(line.score),
        cell=line.claim.cell,
        why=reasons.why(line),
        excluded=line.state is LineState.EXCLUDED,
        forfeited=line.forfeited,
        parts=parts,
    )


def _answer(answer: Decimal | str | None) -> Decimal | str | None:
    return decimal(answer) if isinstance(answer, Decimal) else answer
