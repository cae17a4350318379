"""One row a file: both sides' totals and units, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import shown
from jieyue_cli.report.csv.cells import Row
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import basis, inside
from jieyue_cli.report.ranking import FileRow, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import plain

_LONGEST_ERROR = 300
"""Characters; a message may name thousands of other files."""


def files(findings: Findings[Result]) -> Iterator[Row]:
    """The head, then the files in the findings' order."""
    yield _head(findings.rubric)
    yield from (_cells(row, findings.rubric) for row in rows(findings))


def _head(rubric: Rubric) -> list[str]:
    units = [f"{unit.name}（{side}）" for unit in rubric.units for side in ("自评", "核查")]
    return [
        *("文件", "单位名称", "单位类别", "评价年度", "结论", "认定依据"),
        *("核查状态", "已核查条数", "须核查条数"),
        *("自评总分", "自评最高", "核查总分", "核查最高"),
        *units,
        *(["适用类型"] if rubric.classes else []),
        *(f"{head}（{side}）" for side in ("自评", "核查") for head, _ in _around(rubric)),
        *("错误数", "提醒数", "首个错误"),
    ]


CsvCell = tuple[str, Callable[[Scorecard], str]]


def _around(rubric: Rubric) -> Iterator[CsvCell]:
    """Head and cell of what one side has besides points, where the standard has such things."""
    if rubric.grades:
        yield "等级", lambda card: card.conclusion
    if rubric.policies:
        yield "不涉及的条目", lambda card: "、".join(line.id for line in card.excused)
        yield "应得满分", lambda card: plain(card.denominator)
    if rubric.demanding:
        yield "没有做到的", lambda card: "、".join(asked.id for asked in card.requirements if not asked.met)


def _cells(row: FileRow, rubric: Rubric) -> list[str]:
    result = row.result
    agency = result.agency
    errors = [problem for problem in row.problems if problem.severity is Severity.ERROR]
    first = f"{inside(errors[0].location)} {errors[0].message}".strip()[:_LONGEST_ERROR] if errors else ""
    return [
        result.file,
        agency.name or "" if agency else "",
        agency.category or "" if agency else "",
        str(row.year or ""),
        "空表" if result.blank else result.status.chinese,
        basis(result),
        *_verification(result),
        *_totals(result.self),
        *_totals(result.verified),
        *_units(rubric, result.self, result.verified),
        *([agency.group or "" if agency else ""] if rubric.classes else []),
        *(cell(card) if card else "" for card in (result.self, result.verified) for _, cell in _around(rubric)),
        str(len(errors)),
        str(row.count(Severity.WARNING)),
        first,
    ]


def _verification(result: Result) -> tuple[str, str, str]:
    """How far the office is; nothing for what is not a form."""
    verification = result.verification
    return (verification.state.chinese, str(verification.found), str(verification.of)) if result.self else ("", "", "")


def _totals(card: Scorecard | None) -> tuple[str, str]:
    return (shown(card.total, card), shown(card.at_most, card)) if card else ("", "")


def _units(rubric: Rubric, *sides: Scorecard | None) -> Iterator[str]:
    for index in range(len(rubric.units)):
        for card in sides:
            yield plain(card.units[index].score) if card and card.units[index].items else ""
