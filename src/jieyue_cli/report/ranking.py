"""Each file with everything said about it, and the rank of the scored forms among those of their year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code, Problem, Severity, by_weight
from jieyue_cli.report.findings import Findings
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean

NAMELESS = "（没有单位名称）"
_REMARKS = {
    Code.SUBMISSION_DOUBLED: "重复，未计入",
    Code.SUBMISSION_COPIED: "内容相同，只计一次",
    Code.AGENCY_NOT_LISTED: "不在名录，未计入",
    Code.YEAR_LATER: "晚于统计年度，未计入",
}


class FileRow(msgspec.Struct, frozen=True):
    """One file with everything said about it, also by comparison with the other files."""

    result: Result
    problems: tuple[Problem, ...]
    """Its own and those between the files, errors first."""

    @property
    def name(self) -> str:
        """The agency, as a reader is shown it."""
        agency = self.result.agency
        return clean(agency.name) if agency and agency.name else NAMELESS

    @property
    def year(self) -> int | None:
        """The year the form is for; None where it could not be read."""
        return self.result.agency.year if self.result.agency else None

    @property
    def remark(self) -> str:
        """Why the form does not count in the progress, or not alone; usually empty."""
        remarks = {_REMARKS[problem.code]: None for problem in self.problems if problem.code in _REMARKS}
        return "；".join(remarks)

    def count(self, severity: Severity) -> int:
        """The number of problems of this severity."""
        return sum(problem.severity is severity for problem in self.problems)

    def has(self, code: Code) -> bool:
        """Whether there is such a problem."""
        return any(problem.code is code for problem in self.problems)


class Ranked(msgspec.Struct, frozen=True):
    """A scored form with its rank among those of its year."""

    row: FileRow
    card: Scorecard
    """The score that decides."""
    rank: int | None
    """None where the form cannot be told to be the agency's one form."""


def rows(findings: Findings[Result]) -> list[FileRow]:
    """One row a file, in the findings' order."""
    between = findings.between()
    return [
        FileRow(result, tuple(by_weight((*result.problems, *between.get(result.file, ())))))
        for result in findings.results
    ]


def ranking(findings: Findings[Result], files: Sequence[FileRow]) -> Mapping[int | None, list[Ranked]]:
    """Year → its scored forms by deciding total; the year of the progress first, then the latest, unknown last.

    Equal totals share a rank and keep their order. A form whose agency or year is unknown, one of several different
    forms of an agency, and a second copy have no rank and stand last: with a rank, one of them could come first.
    """
    years: dict[int | None, list[tuple[FileRow, Scorecard]]] = {}
    for row in files:
        if card := row.result.deciding:
            years.setdefault(row.year, []).append((row, card))
    of_progress = findings.progress.year if findings.progress else None
    order = sorted(years, key=lambda year: (year is None, year != of_progress, -(year or 0)))
    return {year: _ranked(years[year]) for year in order}


def _ranked(forms: Iterable[tuple[FileRow, Scorecard]]) -> list[Ranked]:
    from jieyue_cli.agencies.roster import key

    ranked: list[Ranked] = []
    unranked: list[Ranked] = []
    copies: set[tuple[str, str | None]] = set()
    for row, card in sorted(forms, key=lambda form: -form[1].total):
        copy = (key(row.name), row.result.sha256)
        second = row.has(Code.SUBMISSION_COPIED) and copy in copies
        if second or row.name == NAMELESS or row.year is None or row.has(Code.SUBMISSION_DOUBLED):
            unranked.append(Ranked(row, card, None))
            continue
        copies.add(copy)
        tied = ranked and ranked[-1].card.total == card.total
        ranked.append(Ranked(row, card, ranked[-1].rank if tied else len(ranked) + 1))
    return ranked + unranked
