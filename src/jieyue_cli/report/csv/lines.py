"""One row a line of a score: what an office puts into a pivot table."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.report.csv.cells import Row
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import basis, sentences
from jieyue_cli.report.ranking import FileRow, rows
from jieyue_cli.rubric.model import GATES, INPUTS
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import plain

_FILE = ("文件", "单位名称", "单位类别", "评价年度", "计入", "核查状态", "认定依据")
_LINE = ("评价单元", "评价项目", "编号", "评价标准", "分值")
_SIDES = ("自评填报", "自评得分", "核查情况", "核查得分")
_DECIDING = ("失分", "计分依据", "单元格")


def lines(findings: Findings[Result]) -> Iterator[Row]:
    """The head, then inputs and lines file by file; what has no points has neither points nor scores."""
    yield (*_FILE, *_LINE, *_SIDES, *_DECIDING)
    for row in rows(findings):
        if row.result.deciding:
            about = _file(row, counted=findings.account is not None)
            yield from ((*about, *cells) for cells in _lines(row.result, row.result.deciding))


def _file(row: FileRow, *, counted: bool) -> tuple[str, ...]:
    """Whose form it is, whether it counts in the batch, and which side decides."""
    result, agency = row.result, row.result.agency
    return (
        result.file,
        (agency.name if agency else None) or "",
        (agency.category if agency else None) or "",
        str(row.year or ""),
        ("是" if row.standing.counts else "否") if counted else "",
        result.verification.state.chinese,
        basis(result),
    )


def _lines(result: Result, card: Scorecard) -> Iterator[Row]:
    yield from _inputs(result, card)
    own, checked = _by_id(result.self), _by_id(result.verified)
    for heading, line in _under_headings(card):
        yield (
            *heading,
            line.id,
            " ".join(sentences(line.criteria)),
            "" if line.gate else plain(line.points),
            *_side(own.get(line.id)),
            *_side(checked.get(line.id)),
            "" if line.gate else plain(line.lost),
            reasons.why(line),
            "、".join(f"{claim.sheet}!{claim.cell}" for claim in line.claims if claim.cell),
        )


def _inputs(result: Result, card: Scorecard) -> Iterator[Row]:
    """One row an input: it has neither points nor scores."""
    sides = [dict(_noted(side)) for side in (result.self, result.verified)]
    for asked, claim in reasons.inputs(card):
        said = (side.get(asked.id, "") for side in sides)
        cells = (cell for answer in said for cell in (answer, ""))
        place = f"{claim.sheet}!{claim.cell}" if claim.cell else ""
        yield (INPUTS, "", asked.id, asked.text, "", *cells, "", f"{asked.text} {reasons.noted(asked, claim)}", place)


def _noted(card: Scorecard | None) -> Iterator[tuple[str, str]]:
    """编号 of each input that is answered → the answer."""
    for asked, claim in reasons.inputs(card) if card else ():
        value = reasons.answered(asked, claim)
        if value is not None:
            yield asked.id, reasons.words(value)


def _by_id(card: Scorecard | None) -> dict[str, Line]:
    return {line.id: line for line in (*card.gates, *card.lines)} if card else {}


def _under_headings(card: Scorecard) -> Iterator[tuple[tuple[str, str], Line]]:
    """Every line with the names of its unit and item, the conditions without points first."""
    yield from (((GATES, ""), gate) for gate in card.gates)
    for unit in card.units:
        for item in unit.items:
            yield from (((unit.unit.name, item.item.name), line) for line in item.lines)


def _side(line: Line | None) -> tuple[str, str]:
    """An answer and what it brings."""
    if line is None:
        return "", ""
    answer = reasons.answer(line)
    said = reasons.words(answer) if answer is not None else ""
    return said, "" if line.gate else plain(line.score)
