"""Reads .ods: its XML is surveyed and bounded, then calamine reads the values.

LibreOffice stores a result with every formula; a formula without a result is UNCALCULATED. Repeat counts are the
danger of an .ods: a hundred bytes can declare a thousand million cells with a value (docs/hazards.md, 3).
"""

from __future__ import annotations

import datetime as dt
import re
from xml.parsers import expat

from jieyue_cli.problems import Code
from jieyue_cli.workbook.calamine import calamine_book
from jieyue_cli.workbook.cells import Area, CellState, FileKind, Workbook
from jieyue_cli.workbook.containers.xmlpart import plain_xml
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import Survey, bound
from jieyue_cli.writing.container import pack, stored

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_NAMESPACE}{name}:1.0 " for name in ("table", "office", "text"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_LONG = re.compile(r"PT(2[4-9]|[3-9]\d|\d{3,5})H(\d\d)M(\d\d)(?:\.\d+)?S")
"""A duration of a day or more, which is no time of day; calamine leaves it as this text."""
_MANIFEST = (
    b'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="%b"/>'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
) % MIMETYPE


def read_ods(container: Container, limits: Limits) -> Workbook:
    """Read a checked container; raise RefusedError where it has a password or its content is broken."""
    manifest = "META-INF/manifest.xml"
    if manifest in container and b"encryption-data" in container.read(manifest):
        raise RefusedError(Code.FILE_PASSWORD)
    if "content.xml" not in container:
        raise RefusedError(Code.FILE_DAMAGED, detail="缺少内容部件")
    content = plain_xml(container.read("content.xml"), "content.xml")
    tables = _Tables(limits)
    try:
        tables.parse(content)
    except (expat.ExpatError, ValueError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="内容部件有误") from cause
    bound([(None, survey) for survey in tables.surveys], limits)
    data = pack((stored("mimetype", MIMETYPE), stored(manifest, _MANIFEST), stored("content.xml", content)))
    return calamine_book(FileKind.ODS, data, tables.surveys, limits)


class _Tables:
    """An expat handler that follows the tables of a spreadsheet."""

    def __init__(self, limits: Limits) -> None:
        self.surveys: list[Survey] = []
        self._limits = limits
        self._inside = 0
        self._row = self._column = 0
        self._rows = 1
        self._cell: dict[str, str] | None = None
        self._text = ""
        self._has_text = False

    def parse(self, xml: bytes) -> None:
        """Survey every table, in order."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._inside += 1
            if self._inside == 1:
                self.surveys.append(Survey())
                self._row = self._column = 0
        elif self._inside != 1:
            return
        elif name == f"{_TABLE}table-column":
            count = _repeats(attributes, "columns")
            if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
                self.surveys[-1].hide_columns(self._column + 1, self._column + count)
            self._column += count
        elif name == f"{_TABLE}table-row":
            self._column = 0
            self._rows = _repeats(attributes, "rows")
            if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
                last = min(self._row + self._rows, self._limits.box_cells)
                self.surveys[-1].hidden_rows.update(range(self._row + 1, last + 1))
        elif name in _CELLS:
            self._cell, self._text, self._has_text = attributes, "", False
        elif name == f"{_TEXT}p":
            self._has_text = True

    def _characters(self, text: str) -> None:
        if self._has_text and len(self._text) < 64:  # noqa: PLR2004 - no error has a longer name
            self._text += text

    def _end(self, name: str) -> None:
        if name == f"{_TABLE}table":
            self._inside -= 1
        elif self._inside == 1 and name == f"{_TABLE}table-row":
            self._row += self._rows
        elif self._inside == 1 and name in _CELLS and self._cell is not None:
            self._see_cell(self._cell)
            self._cell = None

    def _see_cell(self, cell: dict[str, str]) -> None:
        count = _repeats(cell, "columns")
        row, column = self._row + 1, self._column + 1
        self._column += count
        down, right = (int(cell.get(f"{_TABLE}number-{what}-spanned", 1)) for what in ("rows", "columns"))
        if down > 1 or right > 1:
            self.surveys[-1].merge(Area(row, column, row + down - 1, column + right - 1), self._limits)
        kind = cell.get(f"{_CALC}value-type") or cell.get(f"{_OFFICE}value-type")
        formula = f"{_TABLE}formula" in cell
        if not (kind or formula or self._has_text):
            return
        survey = self.surveys[-1]
        survey.last_row = max(survey.last_row, row + self._rows - 1)
        survey.last_column = max(survey.last_column, self._column)
        is_error = kind == "error" or (formula and self._text.startswith("#") and kind in {None, "string", "float"})
        duration = _LONG.fullmatch(cell.get(f"{_OFFICE}time-value", ""))
        if duration and not is_error:
            hours, minutes, seconds = map(int, duration.groups())
            survey.values[row, column] = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if not (formula or is_error):
            return
        bound([(None, survey)], self._limits)
        for place in ((r, c) for r in range(row, row + self._rows) for c in range(column, column + count)):
            if is_error:
                survey.mark_error(*place, self._text)
            else:
                survey.states[place] = CellState.FORMULA if kind else CellState.UNCALCULATED


def _repeats(attributes: dict[str, str], what: str) -> int:
    count = int(attributes.get(f"{_TABLE}number-{what}-repeated", 1))
    if count < 1:
        raise ValueError
    return count
