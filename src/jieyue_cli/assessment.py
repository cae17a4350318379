"""One file from its bytes to its result: read, recognise, score, compare; everything about a file that can be said.

Pure apart from the clock of the libraries that read spreadsheets: the same bytes always give the same result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

import msgspec

from jieyue_cli.form.recognise import FormReader
from jieyue_cli.problems import Code, Location, Problem, by_weight, has_errors
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.lines import SETTLED
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import Scorer
from jieyue_cli.submission import UNVERIFIED, Agency, Statement, Submission, Sum, Verification, VerificationState
from jieyue_cli.text.numbers import add, cut, plain
from jieyue_cli.workbook import DEFAULT_LIMITS, Limits, read_workbook


class Status(Enum):
    """What became of a file, by the verified score where the verification is complete."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    UNREADABLE = "unreadable"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"pass": "达标", "fail": "未达标", "undetermined": "待更正", "unreadable": "无法读取"}[self.value]


class Result(msgspec.Struct, frozen=True):
    """Everything that is known about one file."""

    file: str
    """As the person named it, or ``archive.zip/inner.xlsx``."""
    sha256: str | None
    """Of the file's bytes; None where they could not be had."""
    submission: Submission | None
    """What was read; None where the file is not a form that can be read."""
    self: Scorecard | None
    verified: Scorecard | None
    problems: tuple[Problem, ...]
    """Errors first."""

    @property
    def agency(self) -> Agency | None:
        """Who handed it in."""
        return self.submission.agency if self.submission else None

    @property
    def verification(self) -> Verification:
        """How far the office is with it."""
        return self.submission.verification if self.submission else UNVERIFIED

    @property
    def deciding(self) -> Scorecard | None:
        """The score that recognition follows: the verified one where the verification is complete."""
        return self.verified if self.verification.state is VerificationState.COMPLETE else self.self

    @property
    def blank(self) -> bool:
        """Whether it is a form in which neither the agency nor the office has filled in anything."""
        return self.self is not None and self.verified is None and self.self.blank

    @property
    def status(self) -> Status:
        """Unreadable where no score could be made."""
        return Status(self.deciding.verdict.value) if self.deciding else Status.UNREADABLE

    @property
    def failed(self) -> bool:
        """Whether it could not be scored or something in it does not count."""
        return self.self is None or has_errors(self.problems)


class Reading(msgspec.Struct, frozen=True):
    """One file as read, before scoring; small and plain, so that a worker process can hand it over."""

    file: str
    sha256: str | None
    submission: Submission | None
    """None where the file is not a form that can be read; a problem then says why."""
    problems: tuple[Problem, ...]


def assess(file: str, data: bytes, rubric: Rubric, limits: Limits = DEFAULT_LIMITS) -> Result:
    """Read and score one file's bytes; whoever has many files makes one ``Assessor`` for all of them."""
    return Assessor(rubric, limits).assess(file, data)


class Assessor:
    """Reads and scores files by one rubric, one after another; remembers what they share.

    There is one for a run, and one for each worker process.
    """

    def __init__(self, rubric: Rubric, limits: Limits = DEFAULT_LIMITS) -> None:
        self.rubric = rubric
        self.limits = limits
        self._reader = FormReader(rubric)
        self._scorers = {group: Scorer(rubric.of(group)) for group in (None, *rubric.classes)}

    def assess(self, file: str, data: bytes) -> Result:
        """Read and score one file's bytes; whatever they hold, there is a result."""
        return self.conclude(self.read(file, data))

    def read(self, file: str, data: bytes) -> Reading:
        """Read one file's bytes: the part that may meet hostile input."""
        digest = hashlib.sha256(data).hexdigest()
        workbook, problems = read_workbook(data, self.limits)
        if workbook is None:
            return Reading(file, digest, None, problems)
        submission, form_problems = self._reader.read(workbook)
        return Reading(file, digest, submission, (*problems, *form_problems))

    def conclude(self, reading: Reading) -> Result:
        """Score what was read; pure."""
        submission, problems = reading.submission, list(reading.problems)
        claimed = verified = None
        if submission:
            scorer = self._scorers[submission.agency.group]
            claimed = scorer.score(submission.self.claims)
            problems += _disagreements(submission.self, claimed)
            if submission.verified:
                verified = scorer.score(submission.verified.claims)
                problems += _disagreements(submission.verified, verified)
            elif claimed.blank:
                problems.append(Code.FORM_BLANK.at())
        placed = tuple(problem.inside(reading.file) for problem in by_weight(problems))
        return Result(reading.file, reading.sha256, submission, claimed, verified, placed)


_SUMS = frozenset(kind.value for kind in Sum)
"""What a stated sum is called; anything else is one criterion's stored formula result."""


def _disagreements(statement: Statement, card: Scorecard) -> Iterator[Problem]:
    """Yield where what the form itself states differs from the score of record, with both figures.

    A sum or a grade that could still come true once unreadable answers are mended is no disagreement.
    """
    lines = {line.id: line for line in card.lines}
    for stated in statement.stated:
        only = None if stated.what in _SUMS else next(iter(stated.criteria))
        if only is None:
            (computed, _), *_ = sums = _summed(card, stated.criteria)
            figure, readings = cut(stated.points), [(cut(at_least), cut(at_most)) for at_least, at_most in sums]
        else:
            computed, figure = lines[only].score, Fraction(round(stated.points, SETTLED))
            readings = [(Fraction(lines[only].shown), Fraction(lines[only].shown))]
        if not any(at_least <= figure <= at_most for at_least, at_most in readings):
            code = Code.SCORE_DISAGREES if only else Code.TOTAL_DISAGREES
            place = Location(sheet=stated.sheet, cell=stated.cell, criterion=only)
            yield code.at(place, what=stated.what, stored=plain(stated.points), computed=plain(computed))
    for grade in statement.grades:
        wrong = card.verdict is (Verdict.FAIL if grade.passes else Verdict.PASS)
        other = card.rubric.grades and card.grade and grade.written != card.grade
        if wrong or other:
            place = Location(sheet=grade.sheet, cell=grade.cell)
            facts = {"seen": grade.written, "total": plain(card.written(card.total)), "verdict": card.conclusion}
            yield Code.GRADE_DISAGREES.at(place, **facts)


def _summed(card: Scorecard, criteria: frozenset[str]) -> list[tuple[Fraction, Fraction]]:
    """What the lines of these criteria come to, at least and at most; a total may be written without its 换算 too."""
    if criteria.issuperset(card.rubric.by_id):
        totals = [(card.total, card.at_most)]
        if card.rubric.scale:
            totals.append((card.unconverted, card.unconverted_at_most))
        return [(card.written(at_least), card.written(at_most)) for at_least, at_most in totals]
    lines = [line for line in card.lines if criteria.issuperset(criterion.id for criterion in line.criteria)]
    return [(add(line.score for line in lines), add(line.at_most for line in lines))]
