"""What there is to tell of the evidence, agency by agency and file by file; notes and warnings, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jieyue_cli.office.evidence.dates import is_of_another_year
from jieyue_cli.office.evidence.model import AgencyEvidence, Placed, Same
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.text.listing import abridged
from jieyue_cli.text.numbers import plain

_MOST_NAMED = 5
_MOST_FILES = 3


def told(
    year: int | None,
    files: Sequence[Placed],
    agencies: Sequence[AgencyEvidence],
    shared: Iterable[Same],
    reused: Iterable[Same],
) -> list[Problem]:
    """Everything there is to tell: agencies in their order, then what shows between them, then files by name."""
    problems = [problem for agency in agencies for problem in _agency(agency, year)]
    problems += (_shared(same) for same in shared)
    problems += (_reused(same) for same in reused)
    problems += (problem for placed in files for problem in _file(placed, year))
    if nobodys := [placed.file for placed in files if placed.agency is None]:
        problems.append(Code.EVIDENCE_NOBODYS.at(count=len(nobodys), files=_short(nobodys)))
    if agencies and not files:
        problems.append(Code.EVIDENCE_NONE.at())
    return problems


def prospect(without: Scorecard) -> str:
    """Whether the mark is reached without what lacks evidence."""
    return {Verdict.PASS: "仍达标", Verdict.FAIL: "不达标", Verdict.UNDETERMINED: "待更正"}[without.verdict]


def _agency(agency: AgencyEvidence, year: int | None) -> Iterator[Problem]:
    form, without = agency.form, agency.without
    file = form.file
    if agency.lacking:
        yield Code.EVIDENCE_LACKING.at(
            Location(file),
            name=form.name,
            count=len(agency.lacking),
            criteria=abridged(agency.lacking, _MOST_NAMED, "条"),
            total=plain(form.card.written(form.card.total)),
            without=plain(without.written(without.total)),
            verdict=prospect(without),
        )
    for cited in agency.missing:
        yield Code.EVIDENCE_NOT_FOUND.at(Location(file, criterion=cited.criterion), cited=cited.text)
    for cited in agency.outside:
        yield Code.EVIDENCE_OUTSIDE.at(Location(file, criterion=cited.criterion), cited=cited.text)
    for cited in (*agency.missing, *agency.documents, *agency.words):
        if year and is_of_another_year(cited.text, year):
            yield Code.EVIDENCE_OTHER_YEAR.at(Location(file, criterion=cited.criterion), seen=cited.text, year=year)
    if agency.documents:
        yield Code.EVIDENCE_DOCUMENTS.at(Location(file), name=form.name, count=len(agency.documents))
    if agency.uncited:
        unplaced = f"，其中 {agency.unplaced} 个看不出是哪一条的" if agency.unplaced else ""
        facts = {"name": form.name, "count": len(agency.uncited), "files": _short(agency.uncited), "unplaced": unplaced}
        yield Code.EVIDENCE_UNCITED.at(Location(file), **facts)


def _file(placed: Placed, year: int | None) -> Iterator[Problem]:
    place, name = Location(placed.file), placed.file.rpartition("/")[2]
    if placed.size == 0:
        yield Code.EVIDENCE_EMPTY.at(place)
    if year and placed.agency and placed.year == year and is_of_another_year(name, year):
        yield Code.EVIDENCE_OTHER_YEAR.at(place, seen=name, year=year)


def _shared(same: Same) -> Problem:
    agencies = abridged([f"“{agency}”" for agency in same.agencies], _MOST_NAMED, "个单位")
    return Code.EVIDENCE_SHARED.at(Location(same.files[0]), agencies=agencies, files=_short(same.files))


def _reused(same: Same) -> Problem:
    criteria = abridged(same.criteria, _MOST_NAMED, "条")
    facts = {"name": same.agencies[0], "count": len(same.criteria), "criteria": criteria}
    return Code.EVIDENCE_REUSED.at(Location(same.files[0]), **facts)


def _short(files: Sequence[str]) -> str:
    """The first of these files by their own names."""
    return abridged([file.rpartition("/")[2] for file in files], _MOST_FILES, "个")
