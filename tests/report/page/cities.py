"""Cities of any size: what invented agencies answer, scored as in a run, without a file for each."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from any_form import Filled, at_random, book_of, checked, scored
from bench.agencies import Answer as Entered
from bench.agencies import filling
from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.form.layout import SHEET, Column
from jieyue_cli.problems import Code, Location
from jieyue_cli.report.findings import Findings
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import Scorer
from jieyue_cli.submission import BLANK, Agency, Answer, AnswerKind, Claim, Statement, Submission, Verification
from report.builders import PLACES, RUBRIC, batch

_SCORER = Scorer(RUBRIC)


def city(agencies: int, roster: Sequence[str] | None = None) -> Findings[Result]:
    """A batch of this many forms, the office finished with about a third; every form has a note."""
    return batch([_result(number) for number in range(agencies)], roster=roster)


def one_form(rubric: Rubric, seed: int) -> Findings[Result]:
    """A batch of one form of any standard, filled in at random by the agency and the office."""
    chance = random.Random(seed)  # noqa: S311 -- plausible, not secret
    group = next(iter(rubric.classes), None)
    filled = Filled(group, at_random(rubric, chance), checked(rubric, chance, seed))
    form = scored(rubric, book_of(rubric, filled))
    tally = Tally()
    tally.add(form)
    return Findings(rubric, [form], account_of(rubric, tally))


def _result(number: int) -> Result:
    filled = filling(RUBRIC, number, 2020)
    file = f"{number // 1000:04d}/{number:06d} {filled.name}.xlsx"
    claimed = [identifier for identifier, answer in filled.answers.items() if answer]
    absent = [identifier for identifier in claimed if identifier not in filled.evidence]
    note = Code.EVIDENCE_ABSENT.at(
        Location(None, SHEET), claimed=len(claimed), absent=len(absent), criteria="、".join(absent[:3])
    )
    found = len(RUBRIC.criteria) if filled.findings else 0
    verification = Verification.judged(found, len(RUBRIC.criteria))
    return Result(
        file,
        hashlib.sha256(file.encode()).hexdigest(),
        Submission(Agency(filled.name, filled.category, 2020), Statement(()), None, verification),
        _card(filled.answers, Column.ANSWER),
        _card(filled.findings, Column.FINDING) if filled.findings else None,
        (note.inside(file),),
    )


def _card(answers: Mapping[str, Entered], side: Column) -> Scorecard:
    return _SCORER.score([_claim(identifier, answer, side) for identifier, answer in answers.items()])


def _claim(identifier: str, filled: Entered, side: Column) -> Claim:
    written = None if filled is None else "是" if filled is True else "否" if filled is False else str(filled)
    answer = BLANK if filled is None else Answer(AnswerKind.VALUE, Decimal(int(filled)))
    return Claim((identifier,), answer, written, SHEET, PLACES[identifier].address(side))
