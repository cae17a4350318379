"""名录: all agencies in scope, the denominator of every rate; read from a workbook or a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import Enum

from jieyue_cli.agencies.roster.model import Roster, RosterEntry, key
from jieyue_cli.problems import Code, Location, Problem, has_errors
from jieyue_cli.text.folding import label, narrow
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import CellState, Sheet, address
from jieyue_cli.workbook.headers import HeaderWords


class _RosterColumn(Enum):
    """What a column holds; the value lists its header words."""

    NAME = ("单位名称", "机关名称", "名称", "单位", "机关", "单位全称")
    CATEGORY = ("单位类别", "类别", "机关类别", "类型")


_HEADER = HeaderWords(
    {word: column for column in _RosterColumn for word in column.value},
    enough=lambda columns: _RosterColumn.NAME in columns,
    deepest=30,
)
_SUMS = {"合计", "总计", "小计", "总数", "共计"}
_LETTER = re.compile(r"[^\W\d_]")
_MOST = 1_000_000


def read_roster(data: bytes, scope: Sequence[str], name: str) -> tuple[Roster | None, tuple[Problem, ...]]:
    """Read a roster from the bytes of ``name``; None where any error makes it an unsafe denominator.

    It needs a header row with 单位名称 (and, if given, 单位类别); other columns are left alone. ``scope`` holds the
    categories that are known.
    """
    sheet, problems = _sheet(data)
    if sheet is None:
        return None, tuple(problem.inside(name) for problem in problems)
    entries, findings = _entries(sheet, scope)
    problems = (*problems, *findings)
    roster = None if has_errors(problems) else Roster(tuple(entries))
    return roster, tuple(problem.inside(name) for problem in problems)


def _sheet(data: bytes) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """The one sheet that lists agencies; a CSV file is one sheet."""
    text = None if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} or b"\0" in data[:4096] else _text(data)
    if text is not None:
        if not text.strip():
            return None, (Code.ROSTER_EMPTY.at(),)
        try:
            return Sheet("", list(csv.reader(io.StringIO(text, newline="")))), ()
        except csv.Error:
            return None, (Code.ROSTER_NO_HEADER.at(),)
    workbook, problems = read_workbook(data)
    if workbook is None:
        return None, problems
    filled = [sheet for sheet in workbook.sheets if sheet.rows]
    listing = [sheet for sheet in filled if _HEADER.first_in(sheet)]
    if len(listing) > 1:
        names = "、".join(sheet.name for sheet in listing)
        return None, (*problems, Code.ROSTER_SEVERAL.at(sheets=names))
    if filled:
        return (listing or filled)[0], problems
    return None, (*problems, Code.ROSTER_EMPTY.at())


def _grid(sheet: Sheet) -> list[list[str]]:
    """Cells as written, for a name is printed as its roster has it; only spaces are folded."""
    return [[_spaced(str(value)) if value is not None else "" for value in row] for row in sheet.rows]


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _entries(sheet: Sheet, scope: Sequence[str]) -> tuple[list[RosterEntry], list[Problem]]:
    header = _HEADER.first_in(sheet)
    if header is None:
        return [], [Code.ROSTER_NO_HEADER.at()]
    name_column = header.columns[_RosterColumn.NAME][0]
    category_column = next(iter(header.columns.get(_RosterColumn.CATEGORY, ())), None)
    known = {label(category): category for category in scope}
    problems: list[Problem] = []
    entries: dict[str, tuple[RosterEntry, int]] = {}
    for r, row in enumerate(_grid(sheet)[header.last :], header.last + 1):
        if broken := _broken(sheet, r, (name_column, category_column)):
            problems += broken
            continue
        if not any(row):
            continue
        name = _at(row, name_column)
        here = Location(cell=address(r, name_column))
        if objection := _objection(name, row, here):
            problems.append(objection)
            continue
        written = _at(row, category_column) if category_column else ""
        category = known.get(label(written))
        if written and category is None:
            place = Location(cell=address(r, category_column or 1))
            problems.append(Code.CATEGORY_UNKNOWN.at(place, seen=written))
        if key(name) in entries:
            first = entries[key(name)][1]
            problems.append(Code.ROSTER_DUPLICATE.at(here, name=name, first=first))
            continue
        entries[key(name)] = (RosterEntry(name, category, row=r), r)
        if len(entries) > _MOST:
            return [], [Code.ROSTER_TOO_LONG.at(here, most=_MOST)]
    if not entries:
        problems.append(Code.ROSTER_EMPTY.at())
    return [entry for entry, _ in entries.values()], problems


def _broken(sheet: Sheet, row: int, columns: Iterable[int | None]) -> list[Problem]:
    """Name the cells of a row that hold an error or a formula without a value."""
    return [
        Code.ROSTER_CELL.at(Location(sheet=sheet.name or None, cell=address(row, column)))
        for column in columns
        if column is not None and sheet.states.get((row, column)) in {CellState.ERROR, CellState.UNCALCULATED}
    ]


def _objection(name: str, row: Sequence[str], here: Location) -> Problem | None:
    """Why a row names no agency: one that counts agencies would raise the denominator of every rate."""
    if not name:
        return Code.ROSTER_BLANK_NAME.at(here)
    counts = not _LETTER.search(name) or not _SUMS.isdisjoint(label(cell) for cell in row)
    return Code.ROSTER_NOT_AGENCY.at(here, seen=name) if counts else None


def _spaced(text: str) -> str:
    return " ".join(text.replace("\u3000", " ").split()) if narrow(text) else ""


def _at(row: Sequence[str], column: int) -> str:
    return row[column - 1] if column <= len(row) else ""
