"""Surveys the record stream of an .xls workbook, and makes it one that calamine can read.

What calamine takes amiss is reset (the dimensions, the code page of BIFF8, an older number of formula records) or
refused (false counts and lengths, docs/hazards.md, 6, 35 and 36). xls stores a result with every formula and does not
say whether it was ever calculated: a documented limit of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.cells import Area, CellState, address
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import ERROR_NAMES, Survey
from jieyue_cli.workbook.xls.strings import continued_text, sheet_name, stored_text

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST, _CODEPAGE = 0x809, 0x0A, 0x2F, 0x85, 0xFC, 0x42
_DIMENSIONS, _ROW, _COLINFO, _MERGED = 0x200, 0x208, 0x7D, 0xE5
_FORMULA, _OLDER_FORMULAS = 0x06, frozenset({0x206, 0x406})
_NUMBER, _RK, _MULRK, _BOOLERR, _LABEL, _RICH, _LABELSST = 0x203, 0x27E, 0xBD, 0x205, 0x204, 0xD6, 0xFD
_BLANK, _MULBLANK, _STRING, _CONTINUE = 0x201, 0xBE, 0x207, 0x3C
_VALUED = frozenset({_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR, _LABEL, _RICH, _LABELSST})
_LENGTHS = {_NUMBER: 14, _RK: 10, _BOOLERR: 8, _LABELSST: 10, _BLANK: 6, _ROW: 16}
_WIDTHS = {_MULRK: 6, _MULBLANK: 2}
"""Bytes that each of several cells takes."""
_BIFF8, _UTF_16 = 0x600, 1200
_WORKSHEET = 0
_LAST_COLUMN = 256
_NO_NUMBER, _IS_TEXT, _IS_ERROR = 0xFFFF, 0, 2
_EXTRA_TOKENS = frozenset({0x18, *(token | kind for token in (0, 6, 7) for kind in (0x20, 0x40, 0x60))})
"""Parts of a formula, such as a constant array, of which more follows after its end."""


class Listed(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    start: int
    """Where its records start in the stream."""


def survey_records(stream: bytearray, limits: Limits) -> list[tuple[str, Survey]]:
    """Survey each worksheet of a Workbook stream in order, with its name, and mend what calamine takes amiss.

    Raises RefusedError where the stream is broken.
    """
    try:
        biff8, strings, sheets = _globals(stream)
        return [(sheet.name, _SheetRecords(stream, sheet, limits, biff8, strings).survey()) for sheet in sheets]
    except (struct.error, IndexError, UnicodeError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="记录不完整") from cause


def _records(stream: bytearray, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset of the content and its length, until the end of the substream, which has no content."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, start)
        start += 4
        if start + length > len(stream):
            break
        if kind == _BOF:
            depth += 1
        elif kind == _EOF and not length:
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:
            yield kind, start, length
        start += length
    raise RefusedError(Code.FILE_DAMAGED, detail="记录不完整")


def _globals(stream: bytearray) -> tuple[bool, int, list[Listed]]:
    """Whether texts are of BIFF8, how many shared ones there are, and the worksheets."""
    kind, _, version = struct.unpack_from("<3H", stream)
    if kind != _BOF:
        raise RefusedError(Code.FILE_OTHER_TABLE, what="Excel 4.0 或更早格式的表格")
    biff8 = version >= _BIFF8
    sheets, strings = [], 0
    for kind, at, length in _records(stream, 0):
        if kind == _FILEPASS:
            raise RefusedError(Code.FILE_PASSWORD)
        if kind == _CODEPAGE and biff8 and length >= 2:  # noqa: PLR2004 - a number
            # The texts of BIFF8 are UTF-16 whatever this says, and many programs write 1252 or 936.
            struct.pack_into("<H", stream, at, _UTF_16)
        elif kind == _BOUNDSHEET:
            start, _, sheet_type = struct.unpack_from("<LBB", stream, at)
            if sheet_type == _WORKSHEET:
                if start >= len(stream) or struct.unpack_from("<H", stream, start)[0] != _BOF:
                    raise RefusedError(Code.FILE_DAMAGED, detail="找不到工作表的内容")
                sheets.append(Listed(sheet_name(stream[at + 6 : at + length], biff8=biff8), start))
        elif kind == _SST:
            strings = struct.unpack_from("<L", stream, at + 4)[0]
            if strings * 3 > len(stream):
                # Each string takes three bytes at least; parsers reserve memory for any count (docs/hazards.md, 6).
                raise RefusedError(Code.FILE_SUSPECT, detail="共享文字的个数不实")
    return biff8, strings, sheets


class _SheetRecords:
    """The records of one worksheet."""

    def __init__(self, stream: bytearray, sheet: Listed, limits: Limits, biff8: bool, strings: int) -> None:  # noqa: FBT001 - a fact about the stream
        self._stream = stream
        self._sheet = sheet
        self._limits = limits
        self._biff8 = biff8
        self._strings = strings
        self._survey = Survey()
        self._seen: dict[int, int] = {}
        """Row → the columns that hold something, as bits."""
        self._awaits: tuple[int, int] | None = None
        """The formula whose text is stored in the next record."""

    def survey(self) -> Survey:
        """Survey the sheet; raise RefusedError where a record is not as long as its kind must be."""
        for kind, at, length in _records(self._stream, self._sheet.start):
            if kind in _OLDER_FORMULAS:
                struct.pack_into("<H", self._stream, at - 4, _FORMULA)
                kind = _FORMULA  # noqa: PLW2901 - from here on it is one
            if kind in _LENGTHS and length != _LENGTHS[kind]:
                raise self._damaged(at, length)
            if kind in _VALUED:
                self._see_cell(kind, at, length)
            elif kind == _STRING:
                self._see_result(at, length)
            elif kind == _EOF or (kind == _MULBLANK and not self._is_whole(kind, at, length)):
                raise self._damaged(at, length)
            else:
                self._see_other(kind, at, length)
        self._leave_formula()
        return self._survey

    def _see_other(self, kind: int, at: int, length: int) -> None:
        survey, stream = self._survey, self._stream
        if kind == _DIMENSIONS:
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
                survey.merge(Area(top + 1, left + 1, bottom + 1, right + 1), self._limits)

    def _damaged(self, at: int, length: int) -> RefusedError:
        """The refusal of a record that may have swallowed the cells after it."""
        row, column = struct.unpack_from("<2H", self._stream, at) if length >= 4 else (0, 0)  # noqa: PLR2004 - two numbers
        where = Location(sheet=self._sheet.name, cell=address(row + 1, min(column, _LAST_COLUMN - 1) + 1))
        return RefusedError(Code.FILE_DAMAGED, where, detail="记录的长度不对")

    def _see_cell(self, kind: int, at: int, length: int) -> None:
        survey, stream = self._survey, self._stream
        self._leave_formula()
        row, column = struct.unpack_from("<2H", stream, at)
        last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MULRK else column
        if last >= _LAST_COLUMN or not self._is_whole(kind, at, length):
            raise self._damaged(at, length)
        place = (row + 1, column + 1)
        survey.last_row = max(survey.last_row, row + 1)
        survey.last_column = max(survey.last_column, last + 1)
        if kind == _BOOLERR:
            value, is_error = struct.unpack_from("<2B", stream, at + 6)
            if is_error:
                survey.mark_error(*place, ERROR_NAMES.get(value))
        elif kind == _FORMULA:
            self._see_formula(place, at)
        elif kind in {_LABEL, _RICH} and self._biff8:
            # calamine misreads one that has styles inside; a blank one stays with it.
            text, _ = stored_text(stream[at + 6 : at + length])
            survey.values |= {place: text} if text else {}
        elif kind == _LABELSST and (index := struct.unpack_from("<L", stream, at + 6)[0]) >= self._strings:
            survey.mark_damaged(*place, f"共享文字 {index}")
        self._see_twice(row, column, last)

    def _see_twice(self, row: int, first: int, last: int) -> None:
        columns = (1 << last + 1) - (1 << first)
        twice = self._seen.get(row, 0) & columns
        self._seen[row] = self._seen.get(row, 0) | columns
        for column in range(first, last + 1) if twice else ():
            if twice >> column & 1:
                self._survey.mark_damaged(row + 1, column + 1, "同一格出现了两次")

    def _is_whole(self, kind: int, at: int, length: int) -> bool:
        """Whether a record of several cells, a text or a formula is as long as its content."""
        if kind in _WIDTHS:
            first, last = (struct.unpack_from("<H", self._stream, place)[0] for place in (at + 2, at + length - 2))
            return bool(first <= last and length == 6 + _WIDTHS[kind] * (last - first + 1))
        if kind in {_LABEL, _RICH}:
            content = self._stream[at + 6 : at + length]
            size = stored_text(content)[1] if self._biff8 else 2 + struct.unpack_from("<H", content)[0]
            if kind == _RICH:
                # The places where the style changes follow the text.
                number, place = (
                    struct.unpack_from("<H" if self._biff8 else "<B", content, size)[0],
                    2 if self._biff8 else 1,
                )
                size += place + number * 2 * place
            return len(content) == size
        if kind == _FORMULA:
            size = struct.unpack_from("<H", self._stream, at + 20)[0]
            tokens = self._stream[at + 22 : at + 22 + size]
            return length == 22 + size or (length > 22 + size and not _EXTRA_TOKENS.isdisjoint(tokens))
        return True

    def _see_formula(self, place: tuple[int, int], at: int) -> None:
        kind_of_result, code, tail = struct.unpack_from("<BxB3xH", self._stream, at + 6)
        if tail == _NO_NUMBER and kind_of_result == _IS_ERROR:
            self._survey.mark_error(*place, ERROR_NAMES.get(code))
            return
        self._survey.states[place] = CellState.FORMULA
        if tail == _NO_NUMBER and kind_of_result == _IS_TEXT:
            self._awaits = place

    def _see_result(self, at: int, length: int) -> None:
        place, self._awaits = self._awaits, None
        if place is None:
            # calamine would give it to whatever formula came before, or to A1.
            raise RefusedError(Code.FILE_DAMAGED, Location(sheet=self._sheet.name), detail="文字不属于任何公式")
        pieces = [self._stream[at : at + length]]
        after = at + length
        while struct.unpack_from("<H", self._stream, after)[0] == _CONTINUE:
            size = struct.unpack_from("<H", self._stream, after + 2)[0]
            pieces.append(self._stream[after + 4 : after + 4 + size])
            after += 4 + size
        if self._biff8:
            text = continued_text(pieces)
            if text is None:
                self._survey.mark_damaged(*place, "文字不完整")
            elif len(pieces) > 1:
                self._survey.values[place] = text

    def _leave_formula(self) -> None:
        if self._awaits:
            # A result that is text and stored nowhere is none.
            self._survey.states[self._awaits] = CellState.UNCALCULATED
            self._awaits = None
