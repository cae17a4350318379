"""Reads .xlsb: its binary records are surveyed, bounded and written anew, then calamine reads the values.

As in .xls a result is stored with every formula, so no cell of an .xlsb is in state UNCALCULATED.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.calamine import calamine_book
from jieyue_cli.workbook.cells import FileKind, Workbook
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey, bound
from jieyue_cli.workbook.xlsb.records import plain_strings, records, text
from jieyue_cli.workbook.xlsb.sheet import SheetRecords
from jieyue_cli.workbook.xlsx.package import relations, target
from jieyue_cli.writing.container import pack, stored

_BOOK = "xl/workbook.bin"
_SHEET = 156


def read_xlsb(container: Container, limits: Limits) -> Workbook:
    """Read a checked container; raise RefusedError where a sheet is missing or its records are broken."""
    try:
        return _read(container, limits)
    except (struct.error, UnicodeError, IndexError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="记录不完整") from cause


def _read(container: Container, limits: Limits) -> Workbook:
    book = container.read(_BOOK)
    related = {relation.get("Id"): relation for relation in relations(container, _BOOK)}
    parts, strings = _beside(container, related.values())
    surveys: list[tuple[str | None, Survey]] = []
    for kind, content in records(book):
        if kind != _SHEET:
            continue
        identifier, after = text(content, 8)
        name = text(content, after)[0][4:].decode("utf-16-le")
        relation = related.get(identifier[4:].decode("utf-16-le"))
        if relation is None or not relation.get("Type", "").endswith("/worksheet"):
            continue
        part = target(_BOOK, relation.get("Target", ""))
        if part not in container or part in parts:
            raise RefusedError(Code.FILE_SHEET_LOST, Location(sheet=name), sheet=name)
        survey, parts[part] = _surveyed(container.read(part), name, strings, limits)
        surveys.append((name, survey))
    bound(surveys, limits)
    parts |= {_BOOK: book, "xl/_rels/workbook.bin.rels": container.read("xl/_rels/workbook.bin.rels")}
    data = pack(stored(container.spelling(name), part) for name, part in parts.items())
    return calamine_book(FileKind.XLSB, data, [survey for _, survey in surveys], limits)


def _beside(container: Container, related: Iterable[ET.Element]) -> tuple[dict[str, bytes], int]:
    """The styles and the shared strings, and how many of these there are."""
    parts, strings = {}, 0
    for relation in related:
        kind, part = relation.get("Type", ""), target(_BOOK, relation.get("Target", ""))
        if part not in container:
            continue
        if kind.endswith("/styles"):
            parts[part] = container.read(part)
        elif kind.endswith("/sharedStrings"):
            parts[part], strings = plain_strings(container.read(part))
    return parts, strings


def _surveyed(part: bytes, name: str, strings: int, limits: Limits) -> tuple[Survey, bytes]:
    sheet = SheetRecords(strings, limits)
    try:
        sheet.read(part)
    except (struct.error, UnicodeError, IndexError) as cause:
        where = Location(sheet=name, cell=sheet.reached)
        raise RefusedError(Code.FILE_DAMAGED, where, detail="记录的长度不对") from cause
    return sheet.survey, sheet.plain
