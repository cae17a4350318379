"""Reads cell values with calamine, which is ten times as fast as openpyxl and reads every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import python_calamine

from jieyue_cli.muting import muted
from jieyue_cli.problems import Code
from jieyue_cli.workbook.cells import FileKind, Value, Workbook, plain
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey

_WHOLE = 1e15
"""Below it, a float without a fraction is exactly a whole number."""

CellRows = list[list[Value | None]]


def calamine_rows(data: bytes, limits: Limits) -> list[CellRows] | None:
    """Return the rows of every worksheet in order, from A1; None where calamine refuses the file."""
    try:
        with python_calamine.load_workbook(BytesIO(data)) as book:
            return _tables(book, range(len(book.sheet_names)), limits)
    except (RefusedError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # a Rust panic is one, and every other is a refusal too
        return None


def calamine_book(kind: FileKind, data: bytes, surveys: list[Survey], limits: Limits) -> Workbook:
    """Read a workbook of a format that only calamine reads, and join it with its surveys, one a worksheet."""
    refused = RefusedError(Code.FILE_DAMAGED, detail="内容有误，无法读取")
    try:
        # A Rust panic prints its trace: it is caught, and only means that the file is damaged. Damaged xls and xlsb
        # files do this; nobody has seen it of a rebuilt xlsx package.
        with muted(), python_calamine.load_workbook(BytesIO(data)) as book:
            listed = [
                (index, sheet.name, sheet.visible != python_calamine.SheetVisibleEnum.Visible)
                for index, sheet in enumerate(book.sheets_metadata)
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            tables = _tables(book, [index for index, _, _ in listed], limits)
    except (RefusedError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as cause:
        raise refused from cause
    if not listed:
        raise RefusedError(Code.FILE_NO_SHEETS)
    names = [name for _, name, _ in listed]
    # calamine finds sheets by name, so the second of two namesakes could not be had (docs/hazards.md, 12).
    if len(listed) != len(surveys) or len(set(names)) != len(names):
        raise refused
    sheets = (
        survey.sheet(name, rows, hidden=hidden)
        for (_, name, hidden), survey, rows in zip(listed, surveys, tables, strict=True)
    )
    return Workbook(kind, tuple(sheets))


def _tables(book: python_calamine.CalamineWorkbook, indices: Iterable[int], limits: Limits) -> list[CellRows]:
    tables = []
    left = limits.box_cells
    for index in indices:
        rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        left -= len(rows) * len(rows[0]) if rows else 0
        if left < 0:
            raise RefusedError(Code.FILE_TOO_MANY_CELLS, limit=limits.box_cells)
        tables.append([_plain_row(row) for row in rows])
    return tables


def _plain_row(row: Sequence[Value]) -> list[Value | None]:
    # Most cells are text, blank or a whole number, which need no call of ``plain``.
    return [
        (value or None)
        if value.__class__ is str
        else int(value)
        if value.__class__ is float and -_WHOLE < value < _WHOLE and value.is_integer()
        else plain(value)
        for value in row
    ]
