"""The careful reader, for worksheets of any dialect: expat surveys the markup, openpyxl reads the values.

openpyxl is used in its streaming mode, where it neither creates blank cells nor looks at merges and hyperlinks,
which would make it hang (docs/hazards.md, 4 and 5), and never trusts ``<dimension>`` (docs/hazards.md, 10).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.calamine import CellRows
from jieyue_cli.workbook.cells import Area, CellState, Value, plain
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import LAST_COLUMN, LAST_ROW, Survey, column_number
from jieyue_cli.workbook.xlsx.package import MAIN, Package

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNDERSCORE = "\ufdd0".encode()
"""A Unicode noncharacter, which no text contains."""
_EDGES = re.compile(rb"(<(?:\w+:)?t>)([^<]*)")


class MarkupError(Exception):
    """The markup contradicts itself; a reader could only guess."""


def survey_exactly(xml: bytes, name: str, limits: Limits) -> Survey:
    """Survey a worksheet part of any dialect; raise RefusedError where it contradicts itself or exceeds a limit."""
    markup = _Markup(limits)
    try:
        markup.parse(xml)
    except (expat.ExpatError, MarkupError, ValueError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, Location(sheet=name), detail="工作表内容有误") from cause
    if markup.cells > limits.careful_cells:
        raise RefusedError(Code.FILE_TOO_MANY_CELLS, Location(sheet=name), limit=limits.careful_cells)
    return markup.survey


def careful_rows(package: Package, surveys: list[Survey]) -> list[CellRows]:
    """Return the rows of every worksheet; raise RefusedError where openpyxl refuses too."""
    import openpyxl  # 100 ms, and most runs never need it

    # Excel drops blanks at the edge of a text unless the part says to keep them; calamine does, openpyxl does not.
    strings = _EDGES.sub(lambda text: text[1] + text[2].strip(), package.strings)
    # openpyxl undoes only the escape of the underscore, which would make a false escape out of what follows.
    package = package.with_strings(strings.replace(b"_x005F_", _UNDERSCORE))
    data = package.repacked(part.xml.replace(b"_x005F_", _UNDERSCORE) for part in package.sheets)
    try:
        # openpyxl warns about what it leaves out, such as a date out of range; none of it changes a value that is read.
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            return [list(_rows(sheet, survey)) for sheet, survey in zip(book.worksheets, surveys, strict=True)]
    except (RefusedError, MemoryError, RecursionError):
        raise
    except Exception as cause:  # openpyxl raises a dozen kinds of exception (docs/hazards.md, 24)
        raise RefusedError(Code.FILE_DAMAGED, detail="单元格内容有误") from cause


def _rows(sheet: object, survey: Survey) -> Iterator[list[Value | None]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # the stubs do not tell worksheets of a read-only book
    if not survey.last_row:
        return
    box = {"max_row": survey.last_row, "max_col": survey.last_column, "values_only": True}
    for row in sheet.iter_rows(**box):  # type: ignore[attr-defined]
        yield [_decoded(value) if value.__class__ is str else plain(value) for value in row]


def _decoded(text: str) -> str | None:
    """Undo Excel's escapes of control characters, ``_x000D_``, as calamine does."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return text.replace(_UNDERSCORE.decode(), "_") or None


class _Markup:
    """An expat handler that follows one worksheet."""

    def __init__(self, limits: Limits) -> None:
        self.survey = Survey()
        self.cells = 0
        self._limits = limits
        self._row = self._column = 0
        self._kind = ""
        self._formula = self._stored = False
        self._in_value = False
        self._names = {
            f"{MAIN} {name}": handler
            for name, handler in (
                ("row", self._start_row),
                ("c", self._start_cell),
                ("f", self._see_formula),
                ("v", self._see_value),
                ("is", self._see_stored),
                ("mergeCell", self._merge),
                ("col", self._hide_columns),
            )
        }

    def parse(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._names.get(name)
        if handler:
            handler(attributes)

    def _end(self, name: str) -> None:
        if name == f"{MAIN} v":
            self._in_value = False
        elif name == f"{MAIN} c":
            self._end_cell()

    def _text(self, text: str) -> None:
        if self._in_value and text:
            self._stored = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self._row + 1))
        if not self._row < row <= LAST_ROW:
            raise MarkupError
        self._row, self._column = row, 0
        if attributes.get("hidden") in {"1", "true"}:
            self.survey.hidden_rows.add(row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        column = self._column + 1
        if "r" in attributes:
            column, row = _position(attributes["r"])
            if row != self._row:
                raise MarkupError
        if not self._column < column <= LAST_COLUMN:
            raise MarkupError
        self._column = column
        self._kind = attributes.get("t", "n")
        self._formula = self._stored = False

    def _see_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _see_value(self, _: dict[str, str]) -> None:
        self._in_value = True

    def _see_stored(self, _: dict[str, str]) -> None:
        self._stored = True

    def _end_cell(self) -> None:
        if not (self._formula or self._stored):
            return
        self.cells += 1
        survey, place = self.survey, (self._row, self._column)
        survey.last_row = max(survey.last_row, self._row)
        survey.last_column = max(survey.last_column, self._column)
        if self._kind == "e":
            survey.states[place] = CellState.ERROR
        elif self._formula:
            calculated = self._stored or self._kind == "str"
            survey.states[place] = CellState.FORMULA if calculated else CellState.UNCALCULATED

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        left, top = _position(first)
        right, bottom = _position(last or first)
        self.survey.merge(Area(top, left, bottom, right), self._limits)

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first = int(attributes.get("min", 1))
            if not self.survey.hide_columns(first, int(attributes.get("max", first))):
                raise MarkupError


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise MarkupError
    return column_number(match[1].encode()), int(match[2])
