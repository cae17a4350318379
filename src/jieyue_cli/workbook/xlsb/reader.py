"""Reads .xlsb: its binary records are surveyed and bounded, then calamine reads the values.

As in .xls a result is stored with every formula, so no cell of an .xlsb is in state UNCALCULATED.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.calamine import calamine_book
from jieyue_cli.workbook.cells import Area, CellState, FileKind, Workbook
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import ERROR_NAMES, LAST_COLUMN, LAST_ROW, Survey, bound
from jieyue_cli.workbook.xlsx.package import relations, target
from jieyue_cli.writing.container import pack, stored

_BOOK = "xl/workbook.bin"
_ROW, _CELLS, _ERRORS, _FORMULAS = 0, range(2, 12), frozenset({3, 11}), range(8, 12)
_COLUMN, _DIMENSION, _SHEET, _STRINGS, _MERGE = 60, 148, 156, 159, 176


def read_xlsb(container: Container, limits: Limits) -> Workbook:
    """Read a checked container; raise RefusedError where a sheet is missing or its records are broken."""
    try:
        return _read(container, limits)
    except (struct.error, UnicodeError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="记录不完整") from cause


def _read(container: Container, limits: Limits) -> Workbook:
    book = container.read(_BOOK)
    related = {relation.get("Id"): relation for relation in relations(container, _BOOK)}
    parts: dict[str, bytes | bytearray] = {_BOOK: book}
    surveys: list[tuple[str | None, Survey]] = []
    for kind, at, length in _records(book):
        if kind != _SHEET:
            continue
        identifier, after = _text(book, at + 8, at + length)
        name, _ = _text(book, after, at + length)
        relation = related.get(identifier)
        if relation is None or not relation.get("Type", "").endswith("/worksheet"):
            continue
        part = target(_BOOK, relation.get("Target", ""))
        if part not in container or part in parts:
            raise RefusedError(Code.FILE_SHEET_LOST, Location(sheet=name), sheet=name)
        content = bytearray(container.read(part))
        surveys.append((name, _survey(content, limits)))
        parts[part] = content
    bound(surveys, limits)
    for relation in related.values():
        part = target(_BOOK, relation.get("Target", ""))
        if relation.get("Type", "").endswith(("/sharedStrings", "/styles")) and part in container:
            parts[part] = _checked_strings(container.read(part))
    parts["xl/_rels/workbook.bin.rels"] = container.read("xl/_rels/workbook.bin.rels")
    data = pack(stored(container.spelling(name), bytes(part)) for name, part in parts.items())
    return calamine_book(FileKind.XLSB, data, [survey for _, survey in surveys], limits)


def _records(part: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset of the content and its length; both numbers are stored seven bits to a byte."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            if at == end:
                raise struct.error
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            if at == end or shift > 21:  # noqa: PLR2004 - four bytes of seven bits
                raise struct.error
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > end:
            raise struct.error
        yield kind, at, length
        at += length


def _text(part: bytes, at: int, end: int) -> tuple[str, int]:
    after = at + 4 + 2 * struct.unpack_from("<L", part, at)[0]
    if after > end:
        raise struct.error
    return part[at + 4 : after].decode("utf-16-le"), after


def _checked_strings(part: bytes) -> bytes:
    for kind, at, _ in _records(part):
        # Parsers reserve memory for the count of distinct strings; each takes six bytes (docs/hazards.md, 6).
        if kind == _STRINGS and struct.unpack_from("<L", part, at + 4)[0] * 6 > len(part):
            raise RefusedError(Code.FILE_SUSPECT, detail="共享文字的个数不实")
        if kind == _STRINGS:
            break
    return part


def _survey(part: bytearray, limits: Limits) -> Survey:
    survey = Survey()
    row = 0
    for kind, at, _ in _records(part):
        if kind in _CELLS:
            _see_cell(survey, part, kind, at, row)
        elif kind == _ROW:
            row = struct.unpack_from("<L", part, at)[0] + 1
            if row > LAST_ROW:
                raise struct.error
            if struct.unpack_from("<B", part, at + 11)[0] & 0x10:
                survey.hidden_rows.add(row)
        elif kind == _DIMENSION:
            # Parsers reserve what it declares; the box of the real cells is checked apart (docs/hazards.md, 10).
            struct.pack_into("<4L", part, at, 0, 0, 0, 0)
        elif kind == _COLUMN:
            first, last, flags = struct.unpack_from("<2L8xH", part, at)
            if flags & 1:
                survey.hide_columns(first + 1, last + 1)
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4L", part, at)
            survey.merge(Area(top + 1, left + 1, bottom + 1, right + 1), limits)
    return survey


def _see_cell(survey: Survey, part: bytearray, kind: int, at: int, row: int) -> None:
    column = struct.unpack_from("<L", part, at)[0] + 1
    if column > LAST_COLUMN:
        raise struct.error
    survey.last_row, survey.last_column = max(survey.last_row, row), max(survey.last_column, column)
    if kind in _ERRORS:
        survey.mark_error(row, column, ERROR_NAMES.get(struct.unpack_from("<B", part, at + 8)[0]))
    elif kind in _FORMULAS:
        survey.states[row, column] = CellState.FORMULA
