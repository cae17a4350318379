"""What an agency is told about its form: the conclusion, what to mend, what it lost and why, the way to the pass mark.

Content only. The feedback workbook, the sheet in the agency's own workbook and the letters show it, each in its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePath

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import reach
from jieyue_cli.report.phrases import (
    besides,
    compared,
    decided,
    finished,
    numbered,
    prospect,
    qualified,
    sentences,
    way,
)
from jieyue_cli.report.ranking import NAMELESS, FileRow
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import Advice, advise
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import plain


class Place(msgspec.Struct, frozen=True):
    """A cell of the form that was handed in; both None where the answer has none."""

    sheet: str | None
    cell: str | None


class Step(msgspec.Struct, frozen=True):
    """One step of the way to the pass mark."""

    line: Line
    number: str
    """编号, as a person reads it."""
    sentences: tuple[str, ...]
    """The standard's words."""
    gain: Fraction
    """Points; 0 for a gate."""
    reaches: Fraction
    """The total after this step and those before it."""
    place: Place
    how: str


class FeedbackLine(msgspec.Struct, frozen=True):
    """A line that brings less than its points by the score that decides, or that the office found to differ."""

    line: Line
    """Of the side that decides."""
    number: str
    """编号, as a person reads it."""
    sentences: tuple[str, ...]
    """The standard's words."""
    points: Fraction
    claimed: Fraction
    """By the agency's own answer."""
    verified: Fraction | None
    """By the office's finding; None where the office has not finished."""
    reasons: tuple[str, ...]
    """Why it brings what it brings: one sentence, or one for each side."""
    differs: bool
    """Whether the office, having finished, found otherwise than the agency claimed."""
    place: Place


class Feedback(msgspec.Struct, frozen=True):
    """What one agency is told about one form."""

    row: FileRow
    card: Scorecard | None
    """The score that decides; None for a file without one."""
    advice: Advice | None
    """None where the mark is reached, or there is no score."""
    facts: tuple[tuple[str, str], ...]
    """Label and text of everything that is said of the form as a whole, the conclusion (结论) among it."""
    way: str
    """The heading of the way to the pass mark; empty where it is reached."""
    steps: tuple[Step, ...]
    besides: str
    """What else lacks points; empty where nothing does."""
    lines: tuple[FeedbackLine, ...]
    """What lacks points or differs, in the order of the standard."""

    @property
    def lost(self) -> list[FeedbackLine]:
        """The lines that lack points by the score that decides."""
        return [entry for entry in self.lines if entry.line.lost > 0]

    @property
    def differing(self) -> list[FeedbackLine]:
        """The lines that the office found otherwise than the agency claimed."""
        return [entry for entry in self.lines if entry.differs]

    @property
    def result(self) -> Result:
        """What it is about."""
        return self.row.result

    @property
    def name(self) -> str:
        """The agency; where it could not be read, the file."""
        return self.row.name if self.row.name != NAMELESS else f"{NAMELESS}{self.file}"

    @property
    def file(self) -> str:
        """The file's name without its folders."""
        return PurePath(self.row.result.file).name

    def title(self, what: str) -> str:
        """The agency, its year and ``what`` as a heading."""
        return f"{self.name}　{f'{self.row.year} 年度' if self.row.year else '年度不明'}　{what}"


def feedback_of(row: FileRow) -> Feedback:
    """Gather what the agency is told about this file."""
    result, card = row.result, row.result.deciding
    advice = advise(card) if card else None
    return Feedback(
        row=row,
        card=card,
        advice=advice,
        facts=tuple(_told(row, card) if card else _refused(row)),
        way=way(card, advice) if card and advice else "",
        steps=tuple(_steps(card, advice)) if card and advice else (),
        besides=besides(card, advice) if card and advice else "",
        lines=tuple(_told_lines(result, card)) if card else (),
    )


def _refused(row: FileRow) -> Iterator[tuple[str, str]]:
    """What is told of a file without a score."""
    yield "文件", PurePath(row.result.file).name
    yield "结论", row.result.status.chinese
    for problem in row.problems:
        if problem.severity is Severity.ERROR:
            yield "原因", problem.message


def _told(row: FileRow, card: Scorecard) -> Iterator[tuple[str, str]]:
    result, agency, rubric = row.result, row.result.agency, card.rubric
    yield "单位名称", row.name
    yield "单位类别", (agency.category if agency else None) or "不明"
    if agency and agency.group:
        yield "适用类型", agency.group
    yield "评价标准", f"{rubric.title}（{rubric.document}），{plain(rubric.pass_mark)} 分（含）以上达标"
    yield "文件", PurePath(result.file).name
    sides = (("自评", result.self), ("核查", finished(result)))
    totals = "，".join(f"{side} {reach(scored)} 分" for side, scored in sides if scored)
    yield "总分", f"{totals}（满分 {rubric.full_marks}）"
    yield "结论", f"{decided(result, card)}{prospect(card)}"
    yield "依据", compared(result)
    yield from qualified(result, card)


def _steps(card: Scorecard, advice: Advice) -> Iterator[Step]:
    for step in advice.enough:
        yield Step(
            line=step.line,
            number=numbered(card.rubric, step.line.id),
            sentences=tuple(sentences(step.line.criteria)),
            gain=card.written(step.gain),
            reaches=card.written(step.reaches),
            place=_place(step.line),
            how=step.how,
        )


def _told_lines(result: Result, card: Scorecard) -> Iterator[FeedbackLine]:
    own = {line.id: line for line in _lines(result.self)}
    checked = {line.id: line for line in _lines(finished(result))}
    for line in _lines(card):
        claim, finding = own.get(line.id, line), checked.get(line.id)
        differs = finding is not None and (finding.score, finding.state) != (claim.score, claim.state)
        if line.lost > 0 or differs:
            sides = [("自评：", claim), ("核查：", finding)] if finding is not None else [("", line)]
            yield FeedbackLine(
                line=line,
                number=numbered(card.rubric, line.id),
                sentences=tuple(sentences(line.criteria)),
                points=line.points,
                claimed=claim.score,
                verified=finding.score if finding else None,
                reasons=tuple(f"{side}{reasons.why(scored)}" for side, scored in sides),
                differs=differs,
                place=_place(line),
            )


def _lines(card: Scorecard | None) -> Iterator[Line]:
    if card:
        yield from card.lines


def _place(line: Line) -> Place:
    return Place(line.claim.sheet, line.claim.cell)
