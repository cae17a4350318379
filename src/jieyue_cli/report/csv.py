"""Results as CSV, one row a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.agencies import published, state
from jieyue_cli.report.amounts import shown
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import basis, inside
from jieyue_cli.report.ranking import FileRow, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.standings import Standing

_COMPUTES = tuple("=+-@＝＋－＠")
"""First characters that make a text a formula to a spreadsheet; some take the wide forms too."""
_LONGEST_ERROR = 300
"""Characters; a message may name thousands of other files."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def encoded(table: Iterable[Iterable[str]]) -> bytes:
    """A table as a Chinese Excel opens it: UTF-8 with a byte order mark, CRLF, and no cell that is a formula."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(map(_as_text, row) for row in table)
    return stream.getvalue().encode("utf-8-sig")


def render(findings: Findings[Result]) -> bytes:
    """One row a file; the same findings always give the same bytes."""
    return encoded([_head(findings.rubric), *(_cells(row, findings.rubric) for row in rows(findings))])


def beside(findings: Findings[Result]) -> list[bytes]:
    """Of a batch, one row an agency; and the list of the recognised, ready to be published."""
    account = findings.account
    if account is None:
        return []
    return [encoded([_AGENCY, *map(_agency, account.standings)]), encoded([_PUBLISHED, *_published(account)])]


_AGENCY = ("单位名称", "单位类别", "状态", "认定年度", "已交表", "自评总分", "核查总分", "在名录", "备注", "文件")
_PUBLISHED = ("序号", "单位名称", "单位类别", "认定年度", "说明")


def _agency(standing: Standing) -> list[str]:
    return [
        standing.name,
        standing.category or "",
        state(standing),
        str(standing.since or ""),
        "是" if standing.handed_in else "否",
        *("" if total is None else plain(total) for total in (standing.claimed, standing.verified)),
        "是" if standing.listed else "否",
        standing.remark,
        "、".join(standing.files),
    ]


def _published(account: Account) -> Iterator[list[str]]:
    new, earlier = published(account)
    told = [*((standing, "本年认定") for standing in new), *((standing, "以前年度认定") for standing in earlier)]
    for number, (standing, what) in enumerate(told, 1):
        yield [str(number), standing.name, standing.category or "", str(standing.since), what]


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
        result.status.chinese,
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
            yield plain(card.units[index].score) if card else ""


def _as_text(cell: str) -> str:
    """A cell that stays what it is: an apostrophe stands before a text that a spreadsheet would compute."""
    tidy = clean(cell)
    computes = cell[:1] in ("\t", "\r") or tidy.lstrip().startswith(_COMPUTES)
    return f"'{tidy}" if computes and not _NUMBER.fullmatch(tidy) else tidy
