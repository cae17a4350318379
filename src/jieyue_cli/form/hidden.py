"""What of a form is hidden in its workbook: read all the same, and said so (docs/hazards.md, 18)."""

from __future__ import annotations

from collections.abc import Iterable

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.workbook.cells import Sheet, letters


def hidden(sheet: Sheet, rows: range, columns: Iterable[int]) -> list[Problem]:
    """One note about a hidden sheet, and about hidden rows and columns among these."""
    what = []
    if sheet.hidden:
        what.append(f"工作表“{sheet.name}”")
    if unseen := sorted(row for row in sheet.hidden_rows if row in rows):
        what.append(f"第 {_ranges(unseen)} 行")
    if behind := sorted(sheet.hidden_columns & set(columns)):
        what.append("、".join(letters(column) for column in behind) + " 列")
    return [Code.FORM_HIDDEN.at(Location(sheet=sheet.name), what="，".join(what))] if what else []


def _ranges(numbers: list[int]) -> str:
    """Write runs short: [3, 4, 5, 9] as ``3-5、9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)
