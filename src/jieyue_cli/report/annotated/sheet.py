"""The sheet 核查反馈: conclusion, what to mend, what was lost or found otherwise, the way to the mark, and proofs.

Made as a workbook of its own, with the looks of every report, and then put into the agency's. Its heads are not those
of the standard's table, so that no reader takes it for one that was filled in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from jieyue_cli.report.feedback import Feedback, FeedbackLine, Place
from jieyue_cli.report.workbook import looks
from jieyue_cli.report.workbook.feedback import facts
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.rubric.model import Rubric

TITLE = "核查反馈"
_COLUMNS = tuple(ReportColumn("", width) for width in (14, 8, 35, 8, 7, 7, 42))
"""Together not too wide for letters of 9 points on A4 across, where the agency's workbook has a font of 11 points."""
_PROBLEMS = ("程度", "位置", "问题和处理办法")
_LINES = ("编号", "位置", "条文", "满分值", "自评", "核查", "计分依据")
_STEPS = ("编号", "位置", "条文", "可增", "累计", "办法")


def sheet(rubric: Rubric, feedback: Feedback, proofs: Iterable[tuple[str, str]]) -> bytes:
    """A workbook of the one sheet; ``proofs`` are label and text of what it is about."""
    stream = io.BytesIO()
    book = Book(stream, rubric, TITLE)
    page = book.sheet(TITLE, _COLUMNS, foot=f"{feedback.name}　{TITLE}")
    page.title(feedback.title(TITLE))
    page.remark("“位置”是本表中的单元格，点一下可转到那里，那里有批注说明同样的内容。")
    facts(page, feedback, ())
    _problems(page, feedback)
    _lines(page, feedback.lines)
    _way(page, feedback)
    page.heading("这份反馈的依据")
    for label, text in proofs:
        page.text(label, Look.STRONG)
        page.wide(text)
        page.end()
    book.close()
    return stream.getvalue()


def _problems(page: ReportSheet, feedback: Feedback) -> None:
    problems = feedback.row.problems
    if not problems:
        return
    page.heading(f"需要更正或核对的地方：{len(problems)} 处")
    page.remark("错误：该处或整份表没有计分；提醒：已计分，请核对；说明：已按惯例读取。")
    _head(page, _PROBLEMS)
    for problem in problems:
        place = problem.location
        page.text(problem.severity.chinese, looks.SEVERITY[problem.severity])
        _link(page, Place(place.sheet, place.cell))
        page.wide(f"{place.criterion}　{problem.message}" if place.criterion else problem.message)
        page.end()


def _lines(page: ReportSheet, lines: Sequence[FeedbackLine]) -> None:
    if not lines:
        return
    differing = sum(line.differs for line in lines)
    page.heading(f"没有得满的条目：{len(lines)} 条" + (f"（核查与自评不同 {differing} 条）" if differing else ""))
    _head(page, _LINES)
    for line in lines:
        page.text(line.number)
        _link(page, line.place)
        page.lines(line.sentences)
        page.number(line.points)
        page.number(line.claimed, Look.NUMBER if line.verified is not None else Look.LOST)
        page.number(line.verified, Look.LOST if line.differs else Look.NUMBER)
        page.lines(line.reasons)
        page.end()


def _way(page: ReportSheet, feedback: Feedback) -> None:
    if not feedback.way:
        return
    page.heading("达标途径")
    page.remark(f"{feedback.way}。")
    if feedback.steps:
        _head(page, _STEPS)
    for step in feedback.steps:
        page.text(step.number)
        _link(page, step.place)
        page.lines(step.sentences)
        page.number(step.gain or None)
        page.number(step.reaches)
        page.wide(step.how)
        page.end()
    if feedback.besides:
        page.remark(f"{feedback.besides}。")


def _head(page: ReportSheet, heads: Sequence[str]) -> None:
    *first, last = heads
    for text in first:
        page.text(text, Look.PART)
    page.wide(last, Look.PART)
    page.end()


def _link(page: ReportSheet, place: Place) -> None:
    if place.sheet and place.cell:
        page.leading(place.cell, place.sheet, place.cell)
    else:
        page.text("")
