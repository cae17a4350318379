"""Surveys the record stream of an .xls workbook, and resets or refuses the two counts that could make a parser abort.

xls stores a result with every formula and does not say whether it was ever calculated, so no cell of an .xls is
in state UNCALCULATED: a documented limit of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from jieyue_cli.problems import Code
from jieyue_cli.workbook.cells import Area, CellState
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import ERROR_NAMES, Survey

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST = 0x809, 0x0A, 0x2F, 0x85, 0xFC
_DIMENSIONS, _ROW, _COLINFO, _MERGED = 0x200, 0x208, 0x7D, 0xE5
_FORMULA, _BOOLERR, _MULRK = 0x06, 0x205, 0xBD
_VALUED = frozenset({_FORMULA, _BOOLERR, _MULRK, 0x203, 0x27E, 0xFD, 0x204, 0xD6})
_WORKSHEET = 0
_NO_NUMBER, _IS_ERROR = 0xFFFF, 2


def survey_records(stream: bytearray, limits: Limits) -> list[Survey]:
    """Survey each worksheet of a Workbook stream in order, and reset its counts; raise RefusedError if it is broken."""
    try:
        return [_survey_sheet(stream, start, limits) for start in _sheet_starts(stream)]
    except (struct.error, IndexError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="记录不完整") from cause


def _records(stream: bytearray, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset of the content and its length, until the end of the substream."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, start)
        start += 4
        if start + length > len(stream):
            break
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:
            yield kind, start, length
        start += length
    raise RefusedError(Code.FILE_DAMAGED, detail="记录不完整")


def _sheet_starts(stream: bytearray) -> list[int]:
    if struct.unpack_from("<H", stream)[0] != _BOF:
        raise RefusedError(Code.FILE_OTHER_TABLE, what="Excel 4.0 或更早格式的表格")
    starts = []
    for kind, at, _ in _records(stream, 0):
        if kind == _FILEPASS:
            raise RefusedError(Code.FILE_PASSWORD)
        if kind == _BOUNDSHEET:
            start, _, sheet_type = struct.unpack_from("<LBB", stream, at)
            if sheet_type == _WORKSHEET:
                if start >= len(stream) or struct.unpack_from("<H", stream, start)[0] != _BOF:
                    raise RefusedError(Code.FILE_DAMAGED, detail="找不到工作表的内容")
                starts.append(start)
        elif kind == _SST and struct.unpack_from("<L", stream, at + 4)[0] * 3 > len(stream):
            # Each string takes three bytes at least; parsers reserve memory for any count (docs/hazards.md, 6).
            raise RefusedError(Code.FILE_SUSPECT, detail="共享文字的个数不实")
    return starts


def _survey_sheet(stream: bytearray, start: int, limits: Limits) -> Survey:
    survey = Survey()
    for kind, at, length in _records(stream, start):
        if kind in _VALUED:
            _see_cell(survey, stream, kind, at, length)
        elif kind == _DIMENSIONS:
            # Parsers reserve what it declares; the box of the real cells is checked apart (docs/hazards.md, 10).
            wide = length >= 14  # noqa: PLR2004 - BIFF8 counts rows in four bytes, older versions in two
            struct.pack_into("<2L2H" if wide else "<4H", stream, at, 0, 1, 0, 1)
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xB", stream, at)
            if flags & 0x20:
                survey.hidden_rows.add(row + 1)
        elif kind == _COLINFO:
            first, last, flags = struct.unpack_from("<2H4xH", stream, at)
            if flags & 1:
                survey.hide_columns(first + 1, min(last, 255) + 1)
        elif kind == _MERGED:
            count = struct.unpack_from("<H", stream, at)[0]
            for n in range(min(count, (length - 2) // 8)):
                top, bottom, left, right = struct.unpack_from("<4H", stream, at + 2 + 8 * n)
                survey.merge(Area(top + 1, left + 1, bottom + 1, right + 1), limits)
    return survey


def _see_cell(survey: Survey, stream: bytearray, kind: int, at: int, length: int) -> None:
    row, column = struct.unpack_from("<2H", stream, at)
    place = (row + 1, column + 1)
    if kind == _MULRK:
        column = max(column, struct.unpack_from("<H", stream, at + length - 2)[0])
    survey.last_row = max(survey.last_row, row + 1)
    survey.last_column = max(survey.last_column, column + 1)
    if kind == _BOOLERR:
        value, is_error = struct.unpack_from("<2B", stream, at + 6)
        if is_error:
            survey.mark_error(*place, ERROR_NAMES.get(value))
    elif kind == _FORMULA:
        kind_of_result, code, tail = struct.unpack_from("<BxB3xH", stream, at + 6)
        if tail == _NO_NUMBER and kind_of_result == _IS_ERROR:
            survey.mark_error(*place, ERROR_NAMES.get(code))
        else:
            survey.states[place] = CellState.FORMULA
