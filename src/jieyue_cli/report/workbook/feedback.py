"""One agency's result as a workbook that goes back to it: conclusion, way to the mark, what to mend, every line.

Several files give several such sets of sheets in one workbook, one after another.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jieyue_cli.assessment import Result
from jieyue_cli.report.amounts import written
from jieyue_cli.report.feedback import Feedback, feedback_of
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import finished, numbered, sentences
from jieyue_cli.report.ranking import FileRow, rows
from jieyue_cli.report.workbook import looks
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import ItemScore, Line, UnitScore
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import AnswerKind

_LONGEST_NAME = 31
"""Characters of a sheet's name."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_COVER = (("编号", 14), ("评价单元和项目", 76), ("分值", 11), ("自评", 11), ("核查", 11), ("差", 11))
_COVER_OF_ONE = 4
"""Columns of the scores on the cover where there is no verification."""
_WAY = (("编号", 14), ("评价标准", 66), ("可增", 8), ("累计", 8), ("单元格", 10), ("办法", 28))
_PROBLEMS = (("程度", 7), ("位置", 24), ("编号", 14), ("问题和处理办法", 90))
_SELF = (("编号", 14), ("条文", 55), ("满分值", 7), ("填报", 13), ("得分", 7), ("计分依据", 38))
_BOTH = (
    *(("编号", 13), ("条文", 38), ("满分值", 6), ("自评填报", 10.5), ("自评得分", 6.5)),
    *(("核查情况", 10.5), ("核查得分", 6.5), ("计分依据", 42)),
)
"""Heads and widths; together not too wide for letters of 9 points on A4 across.

Those of the lines are not those of the standard's table: a feedback that comes back must not be scored as a form.
"""


def render(findings: Findings[Result]) -> bytes:
    """The whole workbook."""
    return _written(findings.rubric, rows(findings))


def alone(rubric: Rubric, row: FileRow, more: Iterable[tuple[str, str]]) -> bytes:
    """A workbook about one file, with ``more`` facts (label and text) on its cover."""
    return _written(rubric, [row], more)


def _written(rubric: Rubric, files: Sequence[FileRow], more: Iterable[tuple[str, str]] = ()) -> bytes:
    stream = io.BytesIO()
    book = Book(stream, rubric, "反馈")
    for number, row in enumerate(files, 1):
        _Feedback(book, row, number if len(files) > 1 else None).write(more)
    book.close()
    return stream.getvalue()


class _Feedback:
    """The sheets of one file; the lines are written first, because the other sheets lead to them."""

    def __init__(self, book: Book, row: FileRow, number: int | None) -> None:
        self._book = book
        self._feedback = feedback_of(row)
        self._number = number
        self._places: dict[str, tuple[ReportSheet, int, str]] = {}
        """编号 or ``sheet!cell`` of an answer → the sheet and the row of its line, and how the line is called."""

    def write(self, more: Iterable[tuple[str, str]]) -> None:
        """Write every sheet there is something for: a pass needs no way to the mark, a faultless form no problems."""
        told, result = self._feedback, self._feedback.result
        own, verified = result.self, result.verified
        cover = self._sheet("反馈", _COVER)
        path = self._sheet("达标途径", _WAY) if told.advice else None
        problems = self._sheet("问题清单", _PROBLEMS) if own and told.row.problems else None
        if own:
            self._lines(self._sheet("逐条得分", _BOTH if verified else _SELF), own, verified)
        if problems:
            self._listed(problems)
        cover.title(told.title("节约型机关评价反馈"))
        facts(cover, told, more)
        if own and told.card:
            cover.heading("各评价单元和项目的得分")
            _units(cover, own, finished(result))
        if path:
            self._way(path)

    def _sheet(self, what: str, columns: Iterable[tuple[str, float]]) -> ReportSheet:
        name = what
        if self._number:
            agency = _NOT_IN_A_NAME.sub("", self._feedback.name)
            name = f"{f'{self._number} {agency}'[: _LONGEST_NAME - len(what) - 1]} {what}"
        widths = [ReportColumn(head, width) for head, width in columns]
        return self._book.sheet(name, widths, foot=f"{self._feedback.name}　{what}")

    def _way(self, sheet: ReportSheet) -> None:
        """The way to the pass mark."""
        told = self._feedback
        sheet.title(told.title("达标途径"))
        sheet.remark(f"{told.way}。“单元格”是交回的表中的位置，点“编号”可转到该条得分。")
        if told.steps:
            sheet.repeated_head()
        for step in told.steps:
            self._link(sheet, step.line.id)
            sheet.lines(step.sentences)
            sheet.number(step.gain or None)
            sheet.number(step.reaches)
            sheet.text(step.place.cell or "", Look.MIDDLE)
            sheet.text(step.how)
            sheet.end()
        if told.besides:
            sheet.remark(f"{told.besides}，见“逐条得分”。")

    def _listed(self, sheet: ReportSheet) -> None:
        """What to mend."""
        sheet.title(self._feedback.title("问题清单"))
        sheet.remark(
            "“位置”是交回的表中的工作表和单元格，点“编号”可转到该条得分。"
            "错误：该处或整份表没有计分；提醒：已计分，请核对；说明：已按惯例读取。"
        )
        sheet.repeated_head()
        for problem in self._feedback.row.problems:
            place = problem.location
            cell = "!".join(part for part in (place.sheet, place.cell) if part)
            sheet.text(problem.severity.chinese, looks.SEVERITY[problem.severity])
            sheet.text(cell)
            self._link(sheet, place.criterion or cell)
            sheet.text(problem.message)
            sheet.end()

    def _link(self, sheet: ReportSheet, place: str) -> None:
        """A cell that leads to a line; an empty one where the place belongs to none."""
        if place in self._places:
            target, row, called = self._places[place]
            sheet.link(called, target, row)
        else:
            sheet.text("")

    def _lines(self, sheet: ReportSheet, own: Scorecard, verified: Scorecard | None) -> None:
        """Every line with both sides' answers, points and reasons."""
        sheet.title(self._feedback.title("逐条得分"))
        sheet.remark("条文为全文；计分依据写明填报内容、计分规则、得分和交回的表中的单元格。")
        sheet.repeated_head()
        checked = {line.id: line for line in (*verified.gates, *verified.lines)} if verified else {}
        for gate in own.gates:
            self._line(sheet, own, gate, checked.get(gate.id))
        for index, unit in enumerate(own.units):
            for at, item in enumerate(unit.items):
                _part(sheet, unit, item, verified.units[index].items[at] if verified else None)
                for line in item.lines:
                    self._line(sheet, own, line, checked.get(line.id))

    def _line(self, sheet: ReportSheet, own: Scorecard, line: Line, checked: Line | None) -> None:
        place = (sheet, sheet.row, numbered(own.rubric, line.id))
        for side in filter(None, (line, checked)):
            keys = [f"{claim.sheet}!{claim.cell}" for claim in side.answers if claim.cell]
            names = (name for claim in side.answers for name in claim.criteria)
            self._places |= dict.fromkeys([side.id, *names], place)
            self._places |= dict.fromkeys(keys, place)
        sheet.text(place[2], Look.MIDDLE)
        sheet.lines(sentences(line.criteria))
        sheet.number(None if line.gate else line.points)
        _answer(sheet, line)
        if checked:
            _answer(sheet, checked)
            sheet.lines([f"自评：{reasons.why(line)}", f"核查：{reasons.why(checked)}"])
        else:
            sheet.text(reasons.why(line))
        sheet.end()


def facts(sheet: ReportSheet, feedback: Feedback, more: Iterable[tuple[str, str]]) -> None:
    """What is told of the form as a whole, one fact a row."""
    conclusion = looks.conclusion(feedback.card, feedback.result) if feedback.card else Look.BAD
    for label, text in (*feedback.facts, *more):
        sheet.text(label, Look.STRONG)
        sheet.wide(text, conclusion if label == "结论" else Look.TEXT)
        sheet.end()


def _units(sheet: ReportSheet, own: Scorecard, verified: Scorecard | None) -> None:
    """What units and items bring, and the total."""
    sheet.head(None if verified else _COVER_OF_ONE)
    for index, unit in enumerate(own.units):
        if not unit.items:  # it is for other classes of agency
            continue
        checked = verified.units[index] if verified else None
        _scores(sheet, (unit.unit.id, unit.unit.name), unit.unit.points, (unit, checked), part=True)
        for at, item in enumerate(unit.items):
            beside = checked.items[at] if checked else None
            _scores(sheet, (item.item.id, item.item.name), item.item.points, (item, beside), part=False)
    sheet.text("", Look.PART)
    sheet.text(own.rubric.total_name, Look.PART)
    sheet.number(own.rubric.full, Look.PART_NUMBER)
    sheet.number(own.shown, Look.PART_NUMBER)
    if verified:
        sheet.number(verified.shown, Look.PART_NUMBER)
        sheet.number(written(verified.total - own.total, own, verified), Look.PART_NUMBER)
    sheet.end()


Sides = tuple[UnitScore, UnitScore | None] | tuple[ItemScore, ItemScore | None]


def _scores(sheet: ReportSheet, named: Sequence[str], points: Decimal, sides: Sides, *, part: bool) -> None:
    number = Look.PART_NUMBER if part else Look.NUMBER
    own, checked = sides
    for text in named:
        sheet.text(text, Look.PART if part else Look.TEXT)
    sheet.number(points, number)
    sheet.number(own.score, number)
    if checked:
        sheet.number(checked.score, number)
        sheet.number(checked.score - own.score or None, number)
    sheet.end()


def _part(sheet: ReportSheet, unit: UnitScore, item: ItemScore, checked: ItemScore | None) -> None:
    """The heading of an item's lines."""
    sheet.text(item.item.id, Look.PART)
    sheet.text(f"{unit.unit.name}　{item.item.name}", Look.PART)
    sheet.number(item.item.points, Look.PART_NUMBER)
    for side in filter(None, (item, checked)):
        sheet.text("", Look.PART)
        sheet.number(side.score, Look.PART_NUMBER)
    sheet.text("", Look.PART)
    sheet.end()


def _answer(sheet: ReportSheet, line: Line) -> None:
    """An answer and what it brings."""
    answer = reasons.answer(line)
    if answer is None:
        answer = "未填" if line.claim.answer.kind is AnswerKind.BLANK else "（无法读取）"
    sheet.text(reasons.words(answer), Look.MIDDLE)
    if line.gate:
        sheet.text(reasons.worth(line), Look.MIDDLE)
    elif line.state is LineState.EXCLUDED:
        sheet.text("不涉及", Look.MIDDLE)
    else:
        sheet.number(line.score, Look.LOST if line.lost else Look.NUMBER)
