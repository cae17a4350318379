"""Refuses a workbook whose values span more cells than memory can hold (docs/hazards.md, 3)."""

from __future__ import annotations

from collections.abc import Iterable

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.cells import address
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey


def bound(surveyed: Iterable[tuple[str | None, Survey]], limits: Limits) -> None:
    """Raise RefusedError where the boxes of all sheets, given with their names, exceed ``limits.box_cells``."""
    left = limits.box_cells
    for name, survey in surveyed:
        left -= survey.last_row * survey.last_column
        if left < 0:
            cell = address(survey.last_row, survey.last_column)
            where = Location(sheet=name, cell=cell)
            raise RefusedError(Code.SHEET_TOO_LARGE, where, cell=cell, limit=limits.box_cells)
