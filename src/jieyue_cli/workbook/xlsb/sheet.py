"""Surveys one worksheet of an .xlsb and writes its cells anew, with one way for each kind of value.

A record may be longer than its kind and swallow the next one; some programs leave out the column of a cell, and
calamine then reads a blank (docs/hazards.md, 43).
"""

from __future__ import annotations

import math
import struct

from jieyue_cli.workbook.cells import Area, CellState, address
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.survey import ERROR_NAMES, LAST_COLUMN, LAST_ROW, Survey
from jieyue_cli.workbook.xlsb.records import record, records, rich_text, text

_ROW, _COLUMN, _MERGE = 0, 60, 176
_BEGIN, _END, _BEGIN_CELLS, _END_CELLS, _DIMENSION = 129, 130, 145, 146, 148
_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(1, 8)
_RICH = 62
_FORMULAS = {8: _TEXT, 9: _REAL, 10: _BOOL, 11: _ERROR}
_SHORT = range(12, 19)
"""The kinds from ``_BLANK`` to ``_SHARED`` without a column: it is the next one."""
_SIZES = {_BLANK: 0, _RK: 4, _ERROR: 1, _BOOL: 1, _REAL: 8, _SHARED: 4}


class SheetRecords:
    """The records of one worksheet; ``survey`` and ``plain`` are known after ``read``."""

    def __init__(self, strings: int, limits: Limits) -> None:
        self.survey = Survey()
        self._strings = strings
        self._limits = limits
        self._inside = False
        self._row = self._column = 0
        self._seen: set[int] = set()
        self._written = bytearray(record(_BEGIN) + record(_DIMENSION, bytes(16)) + record(_BEGIN_CELLS))

    @property
    def reached(self) -> str | None:
        """The address of the cell that was read last, None before the first row."""
        return address(self._row, self._column or 1) if self._row else None

    @property
    def plain(self) -> bytes:
        """A part with the cells that have a value, and nothing else; the box of the cells is checked apart."""
        return bytes(self._written) + record(_END_CELLS) + record(_END)

    def read(self, part: bytes) -> None:
        """Read a part; raise struct.error or UnicodeError where a record is not as long as its kind must be."""
        for kind, content in records(part):
            if kind in {_BEGIN_CELLS, _END_CELLS}:
                self._inside = kind == _BEGIN_CELLS
            elif kind == _ROW:
                self._start_row(content)
            elif kind in _SIZES or kind in _FORMULAS or kind in _SHORT or kind in {_TEXT, _RICH}:
                self._see_cell(kind, content)
            elif kind == _COLUMN:
                first, last, flags = struct.unpack_from("<2L8xH", content)
                if flags & 1:
                    self.survey.hide_columns(first + 1, last + 1)
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4L", content)
                self.survey.merge(Area(top + 1, left + 1, bottom + 1, right + 1), self._limits)

    def _start_row(self, content: bytes) -> None:
        row, flags, spans = struct.unpack_from("<L7xBxL", content)
        if not (self._inside and self._row <= row < LAST_ROW and len(content) == 17 + 8 * spans):
            raise struct.error
        self._row, self._column = row + 1, 0
        self._seen.clear()
        self._written += record(_ROW, content)
        if flags & 0x10:
            self.survey.hidden_rows.add(self._row)

    def _see_cell(self, kind: int, content: bytes) -> None:
        if kind in _SHORT:
            kind, content = kind - _SHORT.start + _BLANK, struct.pack("<L", self._column) + content
        self._column = struct.unpack_from("<L", content)[0] + 1
        if not (self._inside and self._row and self._column <= LAST_COLUMN):
            raise struct.error
        stored = _FORMULAS.get(kind, _TEXT if kind == _RICH else kind)
        value = _value(kind, stored, content[8:])
        if stored == _BLANK:
            return
        survey, place = self.survey, (self._row, self._column)
        survey.last_row, survey.last_column = self._row, max(survey.last_column, self._column)
        if kind in _FORMULAS:
            survey.states[place] = CellState.FORMULA
        if damage := "同一格出现了两次" if self._column in self._seen else self._damage(stored, value):
            survey.mark_damaged(*place, damage)
        elif stored == _ERROR:
            survey.mark_error(*place, ERROR_NAMES.get(value[0]))
        else:
            self._written += record(stored, content[:8] + value)
        self._seen.add(self._column)

    def _damage(self, stored: int, value: bytes) -> str | None:
        """What is wrong with a value, for a person; None where it has one meaning."""
        if stored == _SHARED and (index := struct.unpack("<L", value)[0]) >= self._strings:
            return f"共享文字 {index}"
        if stored == _BOOL and value[0] > 1:
            return str(value[0])
        if stored == _REAL and not math.isfinite(number := struct.unpack("<d", value)[0]):
            return str(number)
        return None


def _value(kind: int, stored: int, content: bytes) -> bytes:
    """What a cell of a kind stores, given all that follows its head; struct.error unless that is all there is."""
    if kind == _RICH:
        return rich_text(content)
    size = text(content)[1] if stored == _TEXT else _SIZES[stored]
    after = size
    if kind in _FORMULAS:
        tokens = 4 + int(struct.unpack_from("<L", content, size + 2)[0])
        after += 2 + tokens + 4 + int(struct.unpack_from("<L", content, size + 2 + tokens)[0])
    padded = kind == _ERROR and content[1:] == bytes(3)  # by a widespread library
    if len(content) != after and not padded:
        raise struct.error
    return content[:size]
