"""What stands around a typed table: who, which year, and the totals and grades that somebody wrote."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

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
"""A year without a month behind it: a date is the day on which a standard was issued."""
_TEXT_DATE = re.compile(r"((?:19|20)[0-9]{2})\s*[年./-]\s*[0-9]{1,2}\s*(?:$|[月./-])")
_FARTHEST = 40
"""Rows above and below the table in which a label is looked for."""
_LONGEST_TITLE = 100


class Surroundings:
    """What is neither a row of the standard nor a sum in its columns; collects the problems while reading it."""

    def __init__(self, table: TypedTable, rows: Rows, rubric: Rubric) -> None:
        self._table = table
        self._rubric = rubric
        self._above = range(max(1, table.header_row - _FARTHEST), table.header_row)
        self._cells = self._labelled(rows)
        self.problems: list[Problem] = []
        self.agency = Agency(self._name(), self._category(), self._year())
        self._dates()

    def totals(self, role: Role) -> list[Stated]:
        """The totals that labels announce for one side."""
        everything, sheet = frozenset(self._rubric.by_id), self._table.sheet.name
        return [
            Stated(Sum.TOTAL.value, everything, points, sheet, cell.address)
            for cell in self._cells.get(_TOTALS[role], ())
            if (points := stated_points(cell)) is not None
        ]

    def grades(self, role: Role) -> tuple[StatedGrade, ...]:
        """The grades that labels announce for one side; only words that say whether the mark was reached."""
        return tuple(
            StatedGrade(word, word in PASSES, self._table.sheet.name, cell.address)
            for cell in self._cells.get(_GRADES[role], ())
            if (word := label(written(cell.value))) in {*PASSES, *FAILS}
        )

    def _labelled(self, rows: Rows) -> Mapping[Label, list[Cell]]:
        """Label → the cells of its values, from the top down; a total in a row of sums is not read twice."""
        last = max(entry.row for entry in rows.entries)
        below = range(last + 1, min(len(self._table.sheet.rows), last + _FARTHEST) + 1)
        summed = {row for row, kind in rows.sums.items() if kind is not Sum.LABELS}
        cells: dict[Label, list[Cell]] = {}
        for kind, cell in labelled(
            self._table.sheet, (*self._above, *(row for row in below if row not in rows.headers))
        ):
            if not (kind is Label.TOTAL and cell.row in summed):
                cells.setdefault(kind, []).append(cell)
        return cells

    def _filled(self, kind: Label) -> list[Cell]:
        return [cell for cell in self._cells.get(kind, ()) if cell.value is not None]

    def _name(self) -> str | None:
        cells = self._filled(Label.NAME)
        if len({label(written(cell.value)) for cell in cells}) > 1:
            names = "、".join(written(cell.value) for cell in cells)
            self.problems.append(Code.AGENCY_SEVERAL.at(self._table.place(cells[1]), names=names))
            return None
        cell = next(iter([*cells, *self._cells.get(Label.NAME, ())]), None)
        name, findings = agency.read_name(cell, self._rubric)
        self._report(cell, findings)
        return name

    def _category(self) -> str | None:
        cells = self._filled(Label.CATEGORY)
        if not cells:
            return None
        category, findings = agency.read_category(cells[0], self._rubric)
        self._report(cells[0], findings)
        return category

    def _year(self) -> int | None:
        """The year of its label, else of the title, else of the date."""
        dates = [_dated(cell) for cell in self._filled(Label.DATE)]
        cell = next(iter([*self._filled(Label.YEAR), *self._titled(), *dates]), None)
        year, findings = agency.read_year(cell, self._rubric)
        self._report(cell, findings)
        return year

    def _dates(self) -> None:
        """Report each date of filling in that is in another year than the form."""
        for cell in self._filled(Label.DATE):
            year = _year_of(cell)
            if year and self.agency.year and year != self.agency.year:
                facts = {"date": written(cell.value), "year": self.agency.year}
                self.problems.append(Code.DATE_OTHER_YEAR.at(self._table.place(cell), **facts))

    def _report(self, cell: Cell | None, findings: Iterable[Finding]) -> None:
        self.problems += [code.at(self._table.place(cell), **facts) for code, facts in findings]

    def _titled(self) -> list[Cell]:
        """The one year that the lines above the table name; nothing where they name several."""
        labelled_cells = {cell.address for cells in self._cells.values() for cell in cells}
        years: dict[str, Cell] = {}
        for row in self._above:
            for column, value in enumerate(self._table.sheet.rows[row - 1], 1):
                if not isinstance(value, str) or len(value) > _LONGEST_TITLE or address(row, column) in labelled_cells:
                    continue
                for year in _TITLE_YEAR.finditer(narrow(value)):
                    years.setdefault(year[1], Cell(row, column, f"{year[1]}年"))
        return list(years.values()) if len(years) == 1 else []


def _dated(cell: Cell) -> Cell:
    """A date typed as text, as its year."""
    year = _year_of(cell) if isinstance(cell.value, str) else None
    return Cell(cell.row, cell.column, f"{year}年") if year else cell


def _year_of(cell: Cell) -> int | None:
    """The year of a date, which may be typed as text."""
    if isinstance(cell.value, dt.date):
        return cell.value.year
    match = _TEXT_DATE.match(written(cell.value))
    return int(match[1]) if match else None
