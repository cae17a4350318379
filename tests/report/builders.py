"""Results and findings from small tables of answers: everything is answered in full but what a test names."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from rich.console import Console, RenderableType

from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.report.findings import Findings
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.rubric.source import find
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import (
    BLANK,
    UNREADABLE,
    Agency,
    Answer,
    AnswerKind,
    Claim,
    Statement,
    Submission,
    Verification,
)


def _standard() -> Rubric:
    rubric, problems = find(DEFAULT)
    assert rubric is not None, problems
    return rubric


RUBRIC = _standard()
PLACES = {row.criterion.id: row for row in rows(RUBRIC)}
Changes = Mapping[str, str]
"""编号 → 是, 否, a number, empty for a blank, or anything else for what cannot be understood."""
NO_CHANGES: Changes = MappingProxyType({})


def card(changes: Changes = NO_CHANGES, side: Column = Column.ANSWER) -> Scorecard:
    return score(RUBRIC, [_claim(criterion, changes.get(criterion.id, "full"), side) for criterion in RUBRIC.criteria])


def _claim(criterion: Criterion, written: str, side: Column) -> Claim:
    answer = UNREADABLE
    if written == "full":
        written = "是" if criterion.questions[0].asked.type is AnswerType.YES_NO else "9"
    if not written:
        answer = BLANK
    elif written in {"是", "否"} or written.isdigit():
        answer = Answer(AnswerKind.VALUE, Decimal({"是": "1", "否": "0"}.get(written, written)))
    return Claim((criterion.id,), answer, written or None, SHEET, PLACES[criterion.id].address(side))


def result(
    name: str | None = "示例市统计局",
    changes: Changes = NO_CHANGES,
    verified: Changes | None = None,
    *,
    file: str | None = None,
    year: int | None = 2020,
    problems: Sequence[Problem] = (),
) -> Result:
    file = file or f"交表/{name}.xlsx"
    checked = card(verified, Column.FINDING) if verified is not None else None
    placed = tuple(problem.inside(file) for problem in problems)
    digest = hashlib.sha256(ascii(file).encode()).hexdigest()
    found = (
        sum(bool(verified.get(criterion.id, "full")) for criterion in RUBRIC.criteria) if verified is not None else 0
    )
    verification = Verification.judged(found, len(RUBRIC.criteria))
    submission = Submission(Agency(name, "行政机关", year), Statement(()), None, verification)
    return Result(file, digest, submission, card(changes), checked, placed)


def unreadable(file: str, problem: Problem) -> Result:
    return Result(file, None, None, None, None, (problem.inside(file),))


def at(code: Code, cell: str, criterion: str | None = None, /, **facts: object) -> Problem:
    return code.at(Location(None, SHEET, cell, criterion), **facts)


def batch(
    results: Iterable[Result],
    roster: Sequence[str] | None = None,
    year: int | None = 2020,
    outside: Changes = NO_CHANGES,
) -> Findings[Result]:
    """``outside``: whom the roster leaves out, each with the reason."""
    listed = sorted(results, key=lambda result: result.file)
    tally = Tally()
    for form in listed:
        tally.add(form)
    left_out = tuple(RosterEntry(name, None, outside=reason) for name, reason in outside.items())
    names = Roster(tuple(RosterEntry(name, None) for name in roster), left_out) if roster is not None else None
    return Findings(RUBRIC, listed, account_of(RUBRIC, tally, names, None, year))


def printed(view: RenderableType, width: int = 80) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, highlight=False, markup=False, emoji=False).print(view)
    return stream.getvalue()


HOSTILE = "=1+1[red]x[/]\x00\x1b[31m\u202e\ud800" + "长" * 200
"""A formula, markup, control characters, a reversed direction, half a character, and no end."""


def varied() -> Findings[Result]:
    """A batch with a bit of everything."""
    return batch(
        [
            result("示例市统计局"),
            result("示例市教育局", {"1.1.1": "否", "2.2.3": "4", "5.1.1": "1"}, {"1.1.1": "否", "2.2.3": "2"}),
            result("示例市水务局", {"1.1.1": "否", "2.2.3": "4", "5.1.1": "1", "2.2.4": "否"}, year=2020),
            result(
                "示例市档案馆",
                {"1.1.1": "不清楚", "2.2.3": "", "2.2.5": "否", "2.2.4": "否", "3.2.1": "否"},
                problems=[at(Code.ANSWER_NOT_YES_NO, "G7", "1.1.1", seen="不清楚")],
            ),
            result("示例市林业局", file="交表/林业局.xlsx"),
            result("示例市林业局", {"2.2.3": "0"}, file="交表/林业局（新）.xlsx"),
            unreadable("交表/扫描件.pdf.xlsx", Code.FILE_EMPTY.at()),
        ],
        roster=["示例市统计局", "示例市教育局", "示例市水务局", "示例市档案馆", "示例市林业局", "示例市审计局"],
    )
