"""Reads the xlsx family: the quick reader where the scan is sure of every cell, the careful one everywhere else."""

from __future__ import annotations

from collections.abc import Iterable

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.careful import careful_rows, survey_exactly
from jieyue_cli.workbook.cells import FileKind, Sheet, Workbook, address
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.package import Package, Part, open_package
from jieyue_cli.workbook.quick import Rows, calamine_rows
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey, scan
from jieyue_cli.workbook.zipped import Container


def read_xlsx(container: Container, limits: Limits) -> Workbook:
    """Read a checked container; raise RefusedError where neither reader can."""
    package = open_package(container, limits)
    return Workbook(FileKind.XLSX, read_quick(package, limits) or read_carefully(package, limits))


def read_carefully(package: Package, limits: Limits) -> tuple[Sheet, ...]:
    """Read with expat and openpyxl; raise RefusedError where they refuse."""
    surveys = [survey_exactly(part.xml, part.name, limits) for part in package.sheets]
    bound(zip(package.sheets, surveys, strict=True), limits)
    return tuple(map(assembled, package.sheets, careful_rows(package, surveys), surveys))


def read_quick(package: Package, limits: Limits) -> tuple[Sheet, ...] | None:
    """Read with the scan and calamine; None unless both are sure of every sheet."""
    surveys = [scan(part.xml) for part in package.sheets]
    sure = [survey for survey in surveys if survey is not None]
    if len(sure) < len(surveys):
        return None
    bound(zip(package.sheets, sure, strict=True), limits)
    tables = calamine_rows(package.repacked(only_cells(part.xml) for part in package.sheets), limits)
    if tables is None or len(tables) != len(sure):
        return None
    return tuple(map(assembled, package.sheets, tables, sure))


def only_cells(xml: bytes) -> bytes:
    """Cut a scanned sheet after its cells: what follows has been read and can only do harm (hazard 5)."""
    # An error read as text keeps its name, also one that calamine does not know and would refuse the book for.
    return xml[: xml.find(b"</sheetData>")].replace(b' t="e"', b' t="str"') + b"</sheetData></worksheet>"


def bound(surveyed: Iterable[tuple[Part, Survey]], limits: Limits) -> None:
    """Raise RefusedError where values lie so far out that the boxes would not fit into memory (hazard 3)."""
    left = limits.box_cells
    for part, survey in surveyed:
        left -= survey.last_row * survey.last_column
        if left < 0:
            cell = address(survey.last_row, survey.last_column)
            raise RefusedError(
                Code.SHEET_TOO_LARGE, Location(sheet=part.name, cell=cell), cell=cell, limit=limits.box_cells
            )


def assembled(part: Part, rows: Rows, survey: Survey) -> Sheet:
    """Join values and survey."""
    return Sheet(
        part.name,
        rows,
        survey.states,
        survey.merged,
        part.hidden,
        survey.hidden_rows,
        survey.hidden_columns,
    )
