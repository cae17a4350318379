"""Whom the office goes to check: its plan of visits, as JSON or workbook, or any list with a column 单位名称."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jieyue_cli.agencies.roster.columns import blocks_of, header_of
from jieyue_cli.agencies.roster.rows import RowKind, rows_of
from jieyue_cli.agencies.roster.table import sheets_of
from jieyue_cli.form.agency import YEAR
from jieyue_cli.office.ledger.entry import Year
from jieyue_cli.problems import Code, Problem, has_errors
from jieyue_cli.text.decoding import unicode_of
from jieyue_cli.text.folding import label
from jieyue_cli.workbook.cells import Sheet

VISITS = "核查名单"
"""The sheet of a plan's workbook that lists whom to visit."""
_YEAR, _RUBRIC = "年度", "评价标准"
"""What its first sheet calls the year and the standard."""


class _Named(msgspec.Struct):
    name: str


class _Rubric(msgspec.Struct):
    id: str
    version: str


class _Plan(msgspec.Struct):
    """What of a plan's JSON matters here."""

    visits: list[_Named]
    year: Year | None = None
    rubric: _Rubric | None = None


class VisitList(msgspec.Struct, frozen=True):
    """Names of agencies, each once."""

    names: tuple[str, ...]
    year: int | None = None
    """For which the plan was made; None where the list does not say."""
    rubric: str | None = None
    """The standard it was made by, as ``Rubric.mark``."""


def read_visits(data: bytes, name: str) -> tuple[VisitList | None, tuple[Problem, ...]]:
    """Read a list of agencies from the bytes of ``name``; None with an error where it is none."""
    text = (unicode_of(data) or "").lstrip()
    visits, problems = _of_json(text) if text.startswith("{") else _of_sheets(data)
    if visits is None or not visits.names:
        visits, problems = None, problems if has_errors(problems) else (*problems, Code.VISITS_NOT_FOUND.at())
    return visits, tuple(problem.inside(name) for problem in problems)


def _of_json(text: str) -> tuple[VisitList | None, tuple[Problem, ...]]:
    try:
        plan = msgspec.json.decode(text, type=_Plan)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None, ()
    mark = f"{plan.rubric.id} / {plan.rubric.version}" if plan.rubric else None
    return VisitList(tuple(dict.fromkeys(visit.name for visit in plan.visits)), plan.year, mark), ()


def _of_sheets(data: bytes) -> tuple[VisitList | None, tuple[Problem, ...]]:
    sheets, problems = sheets_of(data, lambda sheet: header_of(sheet) is not None)
    lists = [sheet for sheet in sheets if header_of(sheet)]
    chosen = [sheet for sheet in lists if sheet.name == VISITS] or lists[:1]
    if has_errors(problems) or not chosen:
        return None, problems
    facts = {name: value for sheet in sheets if sheet is not chosen[0] for name, value in _facts(sheet)}
    year = YEAR.fullmatch(facts.get(_YEAR, ""))
    names = tuple(dict.fromkeys(_names(chosen[0])))
    return VisitList(names, int(year[1]) if year else None, facts.get(_RUBRIC)), problems


def _names(sheet: Sheet) -> Iterator[str]:
    if header := header_of(sheet):
        for block in blocks_of(sheet, header):
            yield from (row.text for row in rows_of(sheet, block, header.last + 1) if row.kind is RowKind.AGENCY)


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What stands right of each label of a sheet with labels and values."""
    for row in sheet.rows[:40]:
        if len(row) > 1 and isinstance(row[0], str) and row[1] is not None:
            yield label(row[0]), str(row[1])
