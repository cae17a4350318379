"""What stands around a typed table: who, which year, and the totals and grades that somebody wrote."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jieyue_cli.form import agency
from jieyue_cli.form.answers import written
from jieyue_cli.form.typed.labels import Label, labelled
from jieyue_cli.form.typed.rows import Rows
from jieyue_cli.form.typed.scores import stated_number
from jieyue_cli.form.typed.table import Role, TypedTable
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Agency, Stated, StatedGrade, Sum
from jieyue_cli.text.folding import label, narrow
from jieyue_cli.workbook.cells import Cell, address

PASSES = ("达标", "合格", "通过", "优秀", "良好")
FAILS = ("未达标", "不达标", "不合格", "未通过")
_TOTALS = {Role.SELF: Label.TOTAL, Role.OFFICE: Label.OFFICE_TOTAL}
_GRADES = {Role.SELF: Label.GRADE, Role.OFFICE: Label.OFFICE_GRADE}
_TITLE_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年(?!\s*[0-9]{1,2}\s*月)")
"""Not a date: that is the day a standard was issued on."""
_TEXT_DATE = re.compile(r"((?:19|20)[0-9]{2})\s*[年./-]\s*[0-9]{1,2}\s*(?:$|[月./-])")
_FARTHEST = 40
"""Rows above and below the table in which a label is looked for."""
_TITLE = 100


@dataclass
class Notes:
    """What was found around the table."""

    agency: Agency = field(default_factory=lambda: Agency(None, None, None))
    problems: list[Problem] = field(default_factory=list)
    totals: dict[Role, list[Stated]] = field(default_factory=dict)
    grades: dict[Role, list[StatedGrade]] = field(default_factory=dict)


def read_notes(table: TypedTable, rows: Rows, rubric: Rubric) -> Notes:
    """Read what is neither a row of the standard nor a sum in its columns."""
    last = max(entry.row for entry in rows.entries)
    above = range(max(1, table.header_row - _FARTHEST), table.header_row)
    below = [
        row for row in range(last + 1, min(len(table.sheet.rows), last + _FARTHEST) + 1) if row not in rows.headers
    ]
    summed = {row for row, kind in rows.sums.items() if kind is not Sum.LABELS}
    found: dict[Label, list[Cell]] = {}
    for kind, cell in labelled(table.sheet, (*above, *below)):
        if not (kind is Label.TOTAL and cell.row in summed):
            found.setdefault(kind, []).append(cell)
    notes = Notes()
    notes.agency = Agency(
        _name(table, found, rubric, notes),
        _category(table, found, rubric, notes),
        _year(table, found, above, rubric, notes),
    )
    everything = frozenset(criterion.id for criterion in rubric.criteria)
    for role, kind in _TOTALS.items():
        notes.totals[role] = [
            Stated(Sum.TOTAL.value, everything, points, table.sheet.name, cell.address)
            for cell in found.get(kind, ())
            if (points := stated_number(cell)) is not None
        ]
        notes.grades[role] = [
            StatedGrade(word, word in PASSES, table.sheet.name, cell.address)
            for cell in found.get(_GRADES[role], ())
            if (word := label(written(cell.value))) in {*PASSES, *FAILS}
        ]
    return notes


def _name(table: TypedTable, found: Mapping[Label, list[Cell]], rubric: Rubric, notes: Notes) -> str | None:
    cells = found.get(Label.NAME, [])
    said = [cell for cell in cells if cell.value is not None]
    if len({label(written(cell.value)) for cell in said}) > 1:
        names = "、".join(written(cell.value) for cell in said)
        notes.problems.append(Code.AGENCY_SEVERAL.at(table.place(said[1]), names=names))
        return None
    cell = next(iter([*said, *cells]), None)
    name, findings = agency.read_name(cell, rubric)
    notes.problems += [code.at(table.place(cell), **facts) for code, facts in findings]
    return name


def _category(table: TypedTable, found: Mapping[Label, list[Cell]], rubric: Rubric, notes: Notes) -> str | None:
    cell = next((cell for cell in found.get(Label.CATEGORY, ()) if cell.value is not None), None)
    if cell is None:
        return None
    category, findings = agency.read_category(cell, rubric)
    notes.problems += [code.at(table.place(cell), **facts) for code, facts in findings]
    return category


def _year(
    table: TypedTable, found: Mapping[Label, list[Cell]], above: Sequence[int], rubric: Rubric, notes: Notes
) -> int | None:
    """The year of its label, else of the title, else of the date."""
    labels = [cell for cell in found.get(Label.YEAR, ()) if cell.value is not None]
    dates = [_dated(cell) for cell in found.get(Label.DATE, ()) if cell.value is not None]
    cell = next(iter([*labels, *_titled(table, above, found), *dates]), None)
    year, findings = agency.read_year(cell, rubric)
    notes.problems += [code.at(table.place(cell), **facts) for code, facts in findings]
    return year


def _titled(table: TypedTable, above: Sequence[int], found: Mapping[Label, list[Cell]]) -> list[Cell]:
    """The one year that the lines above the table name; nothing where they name several."""
    taken = {cell.address for cells in found.values() for cell in cells}
    years: dict[str, Cell] = {}
    for row in above:
        for column, value in enumerate(table.sheet.rows[row - 1], 1):
            if not isinstance(value, str) or len(value) > _TITLE or address(row, column) in taken:
                continue
            for year in _TITLE_YEAR.finditer(narrow(value)):
                years.setdefault(year[1], Cell(row, column, f"{year[1]}年"))
    return list(years.values()) if len(years) == 1 else []


def _dated(cell: Cell) -> Cell:
    """A date typed as text, as its year."""
    if isinstance(cell.value, dt.date):
        return cell
    match = _TEXT_DATE.match(written(cell.value))
    return Cell(cell.row, cell.column, f"{match[1]}年") if match else cell
