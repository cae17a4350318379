"""Hidden sheets, rows and columns of a form: they are read, and a note names them (docs/hazards.md, 18)."""

from __future__ import annotations

from collections.abc import Iterable

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.workbook.cells import Sheet, letters


def hidden(sheet: Sheet, rows: range, columns: Iterable[int]) -> list[Problem]:
    """One note if the sheet is hidden, or any of these rows and columns; else none."""
    parts = []
    if sheet.hidden:
        parts.append(f"工作表“{sheet.name}”")
    if hidden_rows := sorted(row for row in sheet.hidden_rows if row in rows):
        parts.append(f"第 {_ranges(hidden_rows)} 行")
    if hidden_columns := sorted(sheet.hidden_columns & set(columns)):
        parts.append("、".join(letters(column) for column in hidden_columns) + " 列")
    return [Code.FORM_HIDDEN.at(Location(sheet=sheet.name), what="，".join(parts))] if parts else []


def _ranges(numbers: list[int]) -> str:
    """Write runs of numbers as ranges: [3, 4, 5, 9] as ``3-5、9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)
