"""The report on the evidence: one row an agency, one a file, one a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from jieyue_cli.office.evidence.model import AgencyEvidence, Loose, Placed, Review, Same
from jieyue_cli.office.evidence.telling import prospect
from jieyue_cli.problems import Problem
from jieyue_cli.report.contract import RubricRow, TotalRow
from jieyue_cli.report.encoding import rubric_row, total_row
from jieyue_cli.report.office.model import Cell, Head, OfficeReport, Table
from jieyue_cli.report.phrases import numbered, sentences
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Verdict
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.listing import abridged

_TITLE = "佐证材料核对"
_MIB = 1 << 20
_MOST_NUMBERS = 6
"""Criteria that are named of one file; the document for programs has all."""


class AgencyRow(msgspec.Struct, frozen=True, rename={"own": "self"}):
    """One agency whose form of the year counts."""

    name: str
    category: str | None
    file: str
    """Its form."""
    claimed: list[str]
    """编号 of what brings points by its own answers."""
    lacking: list[str]
    """Those with neither a file nor a citation."""
    missing: list[Loose]
    outside: list[Loose]
    documents: list[Loose]
    files: int
    uncited: list[str]
    own: TotalRow
    without: TotalRow
    """The same without what lacks evidence."""


class FindingRow(msgspec.Struct, frozen=True):
    """One thing to look at."""

    code: str
    severity: Literal["error", "warning", "note"]
    file: str | None
    criterion: str | None
    message: str


class Document(msgspec.Struct, frozen=True):
    """The whole output of ``evidence``."""

    rubric: RubricRow
    year: int | None
    agencies: list[AgencyRow]
    files: list[Placed]
    shared: list[Same]
    reused: list[Same]
    problems: list[FindingRow]


def report(rubric: Rubric, review: Review, problems: Sequence[Problem]) -> OfficeReport:
    """Report a review; ``problems`` are all findings, those of reading the files too."""
    document = Document(
        rubric_row(rubric),
        review.year,
        [_agency_row(agency) for agency in review.agencies],
        review.files,
        review.shared,
        review.reused,
        [_finding_row(problem) for problem in problems],
    )
    tables = (_agencies(review), _lacking(rubric, review), _files(review), _findings(problems))
    return OfficeReport(rubric, _TITLE, document, list(_facts(review).items()), tables)


def _agency_row(agency: AgencyEvidence) -> AgencyRow:
    form = agency.form
    return AgencyRow(
        form.name,
        form.category,
        in_utf8(form.file),
        agency.claimed,
        agency.lacking,
        agency.missing,
        agency.outside,
        agency.documents,
        agency.files,
        agency.uncited,
        total_row(form.card),
        total_row(agency.without),
    )


def _finding_row(problem: Problem) -> FindingRow:
    place = problem.location
    file = in_utf8(place.file) if place.file else None
    return FindingRow(problem.code.slug, problem.severity.value, file, place.criterion, in_utf8(problem.message))


def _facts(review: Review) -> dict[str, str]:
    agencies, files = review.agencies, review.files
    whole, tenth = divmod(-(-sum(placed.size or 0 for placed in files) * 10 // _MIB), 10)
    nobodys = sum(placed.agency is None for placed in files)
    lacking = [agency for agency in agencies if agency.lacking]
    passing = [agency for agency in agencies if agency.form.card.verdict is Verdict.PASS]
    still = sum(agency.without.verdict is Verdict.PASS for agency in passing)
    return {
        "统计年度": str(review.year) if review.year else "没有能计入的表",
        "自评表": f"{len(agencies)} 份计入",
        "文件": f"{len(files)} 个，共 {whole}.{tenth} MB；看不出是哪个机关的 {nobodys} 个",
        "无佐证": f"{len(lacking)} 个机关，共 {sum(len(agency.lacking) for agency in lacking)} 条得分",
        "自评达标": f"{len(passing)} 个；去掉无佐证的得分，仍达标的 {still} 个",
    }


def _agencies(review: Review) -> Table:
    heads = (
        Head("机关", 16),
        *(Head(text, 9, right=True) for text in ("条目", "有佐证", "无佐证", "缺文件", "文号", "文件", "未引用")),
        *(Head(text, 9, right=True) for text in ("自评", "去掉后")),
        Head("结论", 10),
    )
    note = (
        "条目：自评得分的，有佐证的有文件或引用，无佐证的两样都没有；缺文件：引用了却没有的；文号：没有附件的；"
        "去掉后：无佐证的条目不计分时的总分。"
    )
    return Table("机关", heads, [*map(_agency_cells, review.agencies)], note)


def _agency_cells(agency: AgencyEvidence) -> list[Cell]:
    card, without = agency.form.card, agency.without
    return [
        agency.form.name,
        len(agency.claimed),
        len(agency.claimed) - len(agency.lacking),
        len(agency.lacking),
        len(agency.missing),
        len(agency.documents),
        agency.files,
        len(agency.uncited),
        card.written(card.total),
        without.written(without.total),
        prospect(without),
    ]


def _lacking(rubric: Rubric, review: Review) -> Table:
    heads = (Head("机关", 22), Head("编号", 10), Head("得分", 8, right=True), Head("评价标准", 84))
    rows: list[list[Cell]] = [
        [agency.form.name, numbered(rubric, line.id), line.score, "；".join(sentences(line.criteria))]
        for agency in review.agencies
        for line in agency.form.card.lines
        if line.id in agency.lacking
    ]
    return Table("无佐证的条目", heads, rows, "自评得了分，既没有佐证文件，表中也没有引用。", most=0)


def _files(review: Review) -> Table:
    heads = (
        Head("文件", 46),
        Head("机关", 20),
        Head("条目", 12),
        Head("引用", 8),
        Head("字节", 12, right=True),
        Head("SHA-256", 34),
    )
    rows = [
        [
            placed.file,
            placed.agency,
            _criteria(placed.criteria),
            "表或报告" if placed.form else "有" if placed.cited else "没有",
            placed.size,
            placed.sha256,
        ]
        for placed in review.files
    ]
    return Table("文件", heads, rows, "条目：文件名、文件夹或表中的引用指明的编号。", most=0)


def _criteria(numbers: Sequence[str]) -> str:
    """A report is cited for nearly all of them: the first say enough."""
    return abridged(numbers, _MOST_NUMBERS, "条") or "未指明条目"


def _findings(problems: Sequence[Problem]) -> Table:
    heads = (Head("程度", 8), Head("文件", 38), Head("编号", 10), Head("发现", 74))
    rows = [
        [problem.severity.chinese, problem.location.file, problem.location.criterion, problem.message]
        for problem in problems
    ]
    return Table("发现", heads, rows, most=0)
