"""Each file with everything said about it, and the rank of the scored forms among those of their year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from jieyue_cli.agencies.remarks import PLAIN, Reason, Remark
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem, Severity, by_weight
from jieyue_cli.report.findings import Findings
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean

NAMELESS = "（没有单位名称）"
_RANKED = (None, Reason.UNDETERMINED, Reason.EARLIER_YEAR)
"""Why a form may not count and be ranked all the same."""


class FileRow(msgspec.Struct, frozen=True):
    """One file with everything said about it, also by comparison with the other files."""

    result: Result
    problems: tuple[Problem, ...]
    """Its own and those between the files, errors first."""
    standing: Remark = PLAIN
    """Whether it counts in a batch, and why not."""

    @property
    def name(self) -> str:
        """The agency, as a reader is shown it."""
        agency = self.result.agency
        return clean(agency.name) if agency and agency.name else NAMELESS

    @property
    def called(self) -> str:
        """The agency, and the file where that names none."""
        return self.name if self.name != NAMELESS else f"{NAMELESS}{self.result.file}"

    @property
    def year(self) -> int | None:
        """The year the form is for; None where it could not be read."""
        return self.result.agency.year if self.result.agency else None

    @property
    def remark(self) -> str:
        """Why the form does not count in the progress, or what else there is to say; usually empty."""
        return self.standing.text

    @property
    def ranked(self) -> bool:
        """Whether it can be told to be its agency's one form for a year."""
        known = self.name != NAMELESS and self.year is not None
        return known and not self.result.blank and self.standing.reason in _RANKED

    def count(self, severity: Severity) -> int:
        """The number of problems of this severity."""
        return sum(problem.severity is severity for problem in self.problems)


class Ranked(msgspec.Struct, frozen=True):
    """A scored form with its rank among those of its year."""

    row: FileRow
    card: Scorecard
    """The score that decides."""
    rank: int | None
    """None where the form cannot be told to be the agency's one form."""


def rows(findings: Findings[Result]) -> list[FileRow]:
    """One row a file, in the findings' order."""
    between, account = findings.between(), findings.account
    return [
        FileRow(
            result,
            tuple(by_weight((*result.problems, *between.get(result.file, ())))),
            account.remark(result.file) if account else PLAIN,
        )
        for result in findings.results
    ]


def ranking(findings: Findings[Result], files: Sequence[FileRow]) -> Mapping[int | None, list[Ranked]]:
    """Year → its scored forms by deciding total; the year of the progress first, then the latest, unknown last.

    Equal totals share a rank and keep their order. What is not its agency's one form, or of nobody in the roster, has
    no rank and stands last: with a rank, it could come first.
    """
    years: dict[int | None, list[tuple[FileRow, Scorecard]]] = {}
    for row in files:
        if card := row.result.deciding:
            years.setdefault(row.year, []).append((row, card))
    of_progress = findings.progress.year if findings.progress else None
    order = sorted(years, key=lambda year: (year is None, year != of_progress, -(year or 0)))
    return {year: _ranked(years[year]) for year in order}


def _ranked(forms: Iterable[tuple[FileRow, Scorecard]]) -> list[Ranked]:
    ranked: list[Ranked] = []
    unranked: list[Ranked] = []
    for row, card in sorted(forms, key=lambda form: -form[1].total):
        if not row.ranked:
            unranked.append(Ranked(row, card, None))
            continue
        tied = ranked and ranked[-1].card.total == card.total
        ranked.append(Ranked(row, card, ranked[-1].rank if tied else len(ranked) + 1))
    return ranked + unranked
