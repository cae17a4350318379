"""Reads the xlsx family: quickly where the scan knows the dialect of every sheet, else carefully."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jieyue_cli.problems import Code
from jieyue_cli.workbook.calamine import CellRows, calamine_rows
from jieyue_cli.workbook.cells import FileKind, Sheet, Workbook
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey, bound
from jieyue_cli.workbook.xlsx.calendar import calendar
from jieyue_cli.workbook.xlsx.dialect import known_strings
from jieyue_cli.workbook.xlsx.package import Package, open_package
from jieyue_cli.workbook.xlsx.scan import find_last, scan


def read_xlsx(container: Container, limits: Limits) -> Workbook:
    """Read a checked container; raise RefusedError where neither reader can."""
    package = open_package(container, limits)
    return Workbook(FileKind.XLSX, read_quick(package, limits) or read_carefully(package, limits))


def read_carefully(package: Package, limits: Limits) -> tuple[Sheet, ...]:
    """Read with expat and openpyxl; raise RefusedError where they refuse."""
    from jieyue_cli.workbook.xlsx.careful import careful_rows, survey_exactly
    from jieyue_cli.workbook.xlsx.richtext import read_strings

    if sum(part.xml.count(b"<") for part in package.sheets) > limits.careful_tags:
        raise RefusedError(Code.FILE_TOO_MANY_CELLS, limit=limits.careful_cells)
    strings = read_strings(package.strings)
    days = calendar(package.styles, epoch_1904=package.epoch_1904)
    exact = [survey_exactly(part, strings, days, limits) for part in package.sheets]
    surveys = [part.survey for part in exact]
    bound(_named(package, surveys), limits)
    return _joined(package, surveys, careful_rows(package, strings, exact))


def read_quick(package: Package, limits: Limits) -> tuple[Sheet, ...] | None:
    """Read with the scan and calamine; None where either refuses a sheet or the strings."""
    if not known_strings(package.strings):
        return None
    scans = [scan(part.xml, limits) for part in package.sheets]
    known = [scanned for scanned in scans if scanned is not None]
    days = calendar(package.styles, epoch_1904=package.epoch_1904)
    if len(known) < len(scans) or any(days.lacks_any(scanned.cells) for scanned in known):
        return None
    surveys = [scanned.survey for scanned in known]
    try:
        bound(_named(package, surveys), limits)
    except RefusedError:
        for part, survey in zip(package.sheets, surveys, strict=True):
            find_last(survey, part.xml)
        bound(_named(package, surveys), limits)
    tables = calamine_rows(package.repacked(scanned.cells for scanned in known), limits)
    if tables is None or len(tables) != len(surveys):
        return None
    return _joined(package, surveys, tables)


def _named(package: Package, surveys: Iterable[Survey]) -> Iterator[tuple[str, Survey]]:
    return zip((part.name for part in package.sheets), surveys, strict=True)


def _joined(package: Package, surveys: list[Survey], tables: list[CellRows]) -> tuple[Sheet, ...]:
    return tuple(
        survey.sheet(part.name, rows, hidden=part.hidden)
        for part, survey, rows in zip(package.sheets, surveys, tables, strict=True)
    )
