"""What stands around a typed table: who, which year, and the totals and grades that somebody wrote."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jieyue_cli.form import agency
from jieyue_cli.form.answers import Finding, written
from jieyue_cli.form.typed.labels import Label, labelled
from jieyue_cli.form.typed.rows import Rows
from jieyue_cli.form.typed.scores import stated_points
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
_LONGEST_TITLE = 100


@dataclass(frozen=True)
class Surroundings:
    """What was read around the table, and what there is to tell about it."""

    agency: Agency
    totals: Mapping[Role, Sequence[Stated]]
    grades: Mapping[Role, Sequence[StatedGrade]]
    problems: tuple[Problem, ...]


LabelledCells = Mapping[Label, Sequence[Cell]]


def read_surroundings(table: TypedTable, rows: Rows, rubric: Rubric) -> Surroundings:
    """Read what is neither a row of the standard nor a sum in its columns."""
    above = range(max(1, table.header_row - _FARTHEST), table.header_row)
    cells = _labelled_cells(table, rows, above)
    name, about_name = _name(table, cells)
    category, about_category = _category(table, cells, rubric)
    year, about_year = _year(table, cells, above, rubric)
    everything = frozenset(rubric.by_id)
    totals = {
        role: [
            Stated(Sum.TOTAL.value, everything, points, table.sheet.name, cell.address)
            for cell in cells.get(label_of_total, ())
            if (points := stated_points(cell)) is not None
        ]
        for role, label_of_total in _TOTALS.items()
    }
    grades = {
        role: [
            StatedGrade(word, word in PASSES, table.sheet.name, cell.address)
            for cell in cells.get(label_of_grade, ())
            if (word := label(written(cell.value))) in {*PASSES, *FAILS}
        ]
        for role, label_of_grade in _GRADES.items()
    }
    return Surroundings(Agency(name, category, year), totals, grades, (*about_name, *about_category, *about_year))


def _labelled_cells(table: TypedTable, rows: Rows, above: Iterable[int]) -> LabelledCells:
    """The cells that labels above and below the table announce, top down; a sum's row is not read twice."""
    last = max(entry.row for entry in rows.entries)
    below = range(last + 1, min(len(table.sheet.rows), last + _FARTHEST) + 1)
    summed = {row for row, kind in rows.sums.items() if kind is not Sum.LABELS}
    cells: dict[Label, list[Cell]] = {}
    for kind, cell in labelled(table.sheet, (*above, *(row for row in below if row not in rows.headers))):
        if not (kind is Label.TOTAL and cell.row in summed):
            cells.setdefault(kind, []).append(cell)
    return cells


def _name(table: TypedTable, cells: LabelledCells) -> tuple[str | None, list[Problem]]:
    announced = cells.get(Label.NAME, ())
    filled_in = [cell for cell in announced if cell.value is not None]
    if len({label(written(cell.value)) for cell in filled_in}) > 1:
        names = "、".join(written(cell.value) for cell in filled_in)
        return None, [Code.AGENCY_SEVERAL.at(table.place(filled_in[1]), names=names)]
    cell = next(iter([*filled_in, *announced]), None)
    name, findings = agency.read_name(cell)
    return name, _problems(table, cell, findings)


def _category(table: TypedTable, cells: LabelledCells, rubric: Rubric) -> tuple[str | None, list[Problem]]:
    cell = next((cell for cell in cells.get(Label.CATEGORY, ()) if cell.value is not None), None)
    if cell is None:
        return None, []
    category, findings = agency.read_category(cell, rubric)
    return category, _problems(table, cell, findings)


def _year(
    table: TypedTable, cells: LabelledCells, above: Iterable[int], rubric: Rubric
) -> tuple[int | None, list[Problem]]:
    """The year of its label, else of the title, else of the date."""
    years = [cell for cell in cells.get(Label.YEAR, ()) if cell.value is not None]
    dates = [_dated(cell) for cell in cells.get(Label.DATE, ()) if cell.value is not None]
    cell = next(iter([*years, *_titled(table, above, cells), *dates]), None)
    year, findings = agency.read_year(cell, rubric)
    return year, _problems(table, cell, findings)


def _problems(table: TypedTable, cell: Cell | None, findings: Iterable[Finding]) -> list[Problem]:
    return [code.at(table.place(cell), **facts) for code, facts in findings]


def _titled(table: TypedTable, above: Iterable[int], cells: LabelledCells) -> list[Cell]:
    """The one year that the lines above the table name; nothing where they name several."""
    taken = {cell.address for announced in cells.values() for cell in announced}
    years: dict[str, Cell] = {}
    for row in above:
        for column, value in enumerate(table.sheet.rows[row - 1], 1):
            if not isinstance(value, str) or len(value) > _LONGEST_TITLE or address(row, column) in taken:
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
