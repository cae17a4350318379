"""Reads the xlsx family: the quick reader where the scan is sure of every cell, the careful one everywhere else."""

from __future__ import annotations

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.workbook.cells import FileKind, Sheet, Workbook, address
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.package import Package, Part, open_package
from jieyue_cli.workbook.quick import Rows, calamine_rows
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey, scan
from jieyue_cli.workbook.zipped import Container


def read_xlsx(container: Container, limits: Limits) -> tuple[Workbook, tuple[Problem, ...]]:
    """Read a checked container; raise RefusedError where neither reader can."""
    package = open_package(container, limits)
    read = read_quick(package, limits)
    if read is None:
        raise NotImplementedError
    return Workbook(FileKind.XLSX, read), ()


def read_quick(package: Package, limits: Limits) -> tuple[Sheet, ...] | None:
    """Read with the scan and calamine; None unless both are sure of every sheet."""
    surveys = [scan(part.xml) for part in package.sheets]
    sure = [survey for survey in surveys if survey is not None]
    if len(sure) < len(surveys):
        return None
    for part, survey in zip(package.sheets, sure, strict=True):
        bound(part.name, survey, limits)
    tables = calamine_rows(package.repacked(only_cells(part.xml) for part in package.sheets), limits)
    if tables is None or len(tables) != len(sure):
        return None
    return tuple(map(assembled, package.sheets, tables, sure))


def only_cells(xml: bytes) -> bytes:
    """Cut a scanned sheet after its cells: what follows has been read and can only do harm (hazard 5)."""
    # An error read as text keeps its name, also one that calamine does not know and would refuse the book for.
    return xml[: xml.find(b"</sheetData>")].replace(b' t="e"', b' t="str"') + b"</sheetData></worksheet>"


def bound(name: str, survey: Survey, limits: Limits) -> None:
    """Raise RefusedError where a value lies so far out that the box would not fit into memory (hazard 3)."""
    if survey.last_row * survey.last_column > limits.box_cells:
        cell = address(survey.last_row, survey.last_column)
        raise RefusedError(Code.SHEET_TOO_LARGE, Location(sheet=name, cell=cell), cell=cell, limit=limits.box_cells)


def assembled(part: Part, rows: Rows, survey: Survey) -> Sheet:
    """Join values and survey."""
    return Sheet(
        part.name, rows, survey.states, survey.merged, part.hidden, survey.hidden_rows, survey.hidden_columns
    )
