"""What the comment at each cell says: what to mend there, what the cell lost and why, and what the office found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jieyue_cli.report.feedback import Feedback, FeedbackLine
from jieyue_cli.text.numbers import plain

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


def notes(feedback: Feedback) -> Mapping[str, Mapping[str, str]]:
    """Sheet → address → text, for every cell of the form that there is something to say of."""
    said: dict[str, dict[str, str]] = {}
    for sheet, cell, text in _told(feedback):
        if sheet and cell and _CELL.fullmatch(cell):
            cells = said.setdefault(sheet, {})
            cells[cell] = f"{cells[cell]}\n{text}" if cell in cells else text
    return said


def _told(feedback: Feedback) -> Iterator[tuple[str | None, str | None, str]]:
    how = {step.line.id: step.how for step in feedback.steps}
    for line in feedback.lines:
        yield line.place.sheet, line.place.cell, "\n".join(_line(line, how.get(line.line.id)))
    for problem in feedback.row.problems:
        place = problem.location
        yield place.sheet, place.cell, f"{problem.severity.chinese}：{problem.message}"


def _line(line: FeedbackLine, how: str | None) -> Iterator[str]:
    lost = f"，失 {plain(line.line.lost)} 分" if line.line.lost > 0 else ""
    yield f"编号 {line.number}：分值 {plain(line.points)} 分，得 {plain(line.line.score)} 分{lost}"
    if line.differs and line.verified is not None:
        yield f"核查与自评不同：自评 {plain(line.claimed)} 分，核查 {plain(line.verified)} 分"
    yield from line.reasons
    if how:
        yield f"办法：{how}"
