"""One file from its bytes to its result: read, recognise, score, compare; everything about a file that can be said.

Pure apart from the clock of the libraries that read spreadsheets: the same bytes always give the same result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import Enum

import msgspec

from jieyue_cli.form.recognise import read_form
from jieyue_cli.problems import Code, Location, Problem, by_weight, has_errors
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import ZERO, Exact, Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import Agency, Statement, Submission, Sum
from jieyue_cli.text.numbers import cut, plain
from jieyue_cli.workbook import DEFAULT_LIMITS, Limits, read_workbook


class Status(Enum):
    """What became of a file, by the verified score where there is one."""

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
    agency: Agency | None
    self: Scorecard | None
    verified: Scorecard | None
    problems: tuple[Problem, ...]
    """Errors first."""

    @property
    def deciding(self) -> Scorecard | None:
        """The score that recognition follows: the verified one where there is one."""
        return self.verified or self.self

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


def read(file: str, data: bytes, rubric: Rubric, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read one file's bytes: the part that may meet hostile input."""
    digest = hashlib.sha256(data).hexdigest()
    workbook, problems = read_workbook(data, limits)
    if workbook is None:
        return Reading(file, digest, None, problems)
    submission, findings = read_form(workbook, rubric)
    return Reading(file, digest, submission, (*problems, *findings))


def conclude(reading: Reading, rubric: Rubric) -> Result:
    """Score what was read; pure."""
    submission, problems = reading.submission, reading.problems
    own = rubric.of(submission.agency.group) if submission else rubric
    claimed = score(own, submission.self.claims) if submission else None
    verified = score(own, submission.verified.claims) if submission and submission.verified else None
    if submission and claimed:
        problems = (*problems, *_disagreements(submission.self, claimed))
    if submission and submission.verified and verified:
        problems = (*problems, *_disagreements(submission.verified, verified))
    placed = tuple(problem.inside(reading.file) for problem in by_weight(problems))
    agency = submission.agency if submission else None
    return Result(reading.file, reading.sha256, agency, claimed, verified, placed)


def assess(file: str, data: bytes, rubric: Rubric, limits: Limits = DEFAULT_LIMITS) -> Result:
    """Read and score one file's bytes; whatever they hold, there is a result."""
    return conclude(read(file, data, rubric, limits), rubric)


_SUMS = frozenset(kind.value for kind in Sum)
"""What a stated sum is called; anything else is one criterion's stored formula result."""


def _disagreements(statement: Statement, card: Scorecard) -> Iterator[Problem]:
    """Yield where what the form itself states differs from the score of record, with both figures.

    A sum or a grade that could still come true once unreadable answers are mended is no disagreement.
    """
    alone = {line.criteria[0].id: line for line in card.lines if len(line.criteria) == 1}
    everything = frozenset(card.rubric.by_id)
    for stated in statement.stated:
        summed = stated.what in _SUMS
        low: Exact
        high: Exact
        if len(stated.criteria) == 1 < len(everything) and (line := alone.get(next(iter(stated.criteria)))):
            low, high = line.score, line.at_most
        elif stated.criteria >= everything:
            low, high = card.total, card.at_most
        else:
            lines = [line for line in card.lines if stated.criteria.issuperset(each.id for each in line.criteria)]
            low, high = sum((line.score for line in lines), ZERO), sum((line.at_most for line in lines), ZERO)
        agrees = cut(low) <= cut(stated.points) <= cut(high) if summed else stated.points == low
        if not agrees:
            only = None if summed else next(iter(stated.criteria))
            place = Location(sheet=stated.sheet, cell=stated.cell, criterion=only)
            code = Code.TOTAL_DISAGREES if summed else Code.SCORE_DISAGREES
            yield code.at(place, what=stated.what, stored=plain(stated.points), computed=plain(low))
    for grade in statement.grades:
        wrong = card.verdict is (Verdict.FAIL if grade.passes else Verdict.PASS)
        other = card.rubric.grades and card.grade and grade.written != card.grade
        if wrong or other:
            place = Location(sheet=grade.sheet, cell=grade.cell)
            facts = {"seen": grade.written, "total": plain(card.total), "verdict": card.conclusion}
            yield Code.GRADE_DISAGREES.at(place, **facts)
