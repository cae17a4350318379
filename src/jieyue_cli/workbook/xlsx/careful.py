"""The careful reader, for worksheets of any dialect: expat surveys the markup, openpyxl reads the values.

openpyxl is used in its streaming mode, where it neither creates blank cells nor looks at merges and hyperlinks,
which would make it hang (docs/hazards.md, 4 and 5), and never trusts ``<dimension>`` (docs/hazards.md, 10). It is
given only what has one meaning: a cell of an unknown type, one whose content is not of its type, and one that is given
twice are marked in the survey and cut out (docs/hazards.md, 34).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from jieyue_cli.problems import Code, Location
from jieyue_cli.workbook.calamine import CellRows
from jieyue_cli.workbook.cells import Area, CellState, Value, address, plain
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import LAST_COLUMN, LAST_ROW, Survey, column_number
from jieyue_cli.workbook.xlsx.calendar import Calendar
from jieyue_cli.workbook.xlsx.content import Content
from jieyue_cli.workbook.xlsx.package import MAIN, Package, Part

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""Not half a character, which no text may hold."""
_LONGEST_SHOWN = 20
_UNDERSCORE = "\ufdd0"
"""A Unicode noncharacter, which no text contains."""
_TABLE, _ROW, _CELL = f"{MAIN} sheetData", f"{MAIN} row", f"{MAIN} c"


class MarkupError(Exception):
    """The markup contradicts itself; a reader could only guess."""


class Exact(NamedTuple):
    """A worksheet part that was surveyed."""

    survey: Survey
    xml: bytes
    """The part as openpyxl may read it."""


def survey_exactly(part: Part, strings: Sequence[str | None], days: Calendar, limits: Limits) -> Exact:
    """Survey a worksheet of any dialect; raise RefusedError where it contradicts itself or exceeds a limit.

    ``strings`` are the shared strings, None for those that cannot be read.
    """
    markup = _Markup(strings, days, limits)
    try:
        markup.parse(part.xml)
    except (expat.ExpatError, MarkupError, ValueError) as cause:
        where = Location(sheet=part.name, cell=markup.reached)
        raise RefusedError(Code.FILE_DAMAGED, where, detail="工作表内容有误") from cause
    if markup.cells > limits.careful_cells:
        raise RefusedError(Code.FILE_TOO_MANY_CELLS, Location(sheet=part.name), limit=limits.careful_cells)
    return Exact(markup.survey, markup.without_cuts(part.xml))


def careful_rows(package: Package, strings: Sequence[str | None], exact: Sequence[Exact]) -> list[CellRows]:
    """Return the rows of every worksheet; raise RefusedError where openpyxl refuses too."""
    import openpyxl  # 100 ms, and most runs never need it

    # openpyxl undoes only the escape of the underscore, which would make a false escape out of what follows.
    texts = "".join(f'<si><t xml:space="preserve">{escape(text or "")}</t></si>' for text in strings)
    package = package.with_strings(_guarded(f'<sst xmlns="{MAIN}">{texts}</sst>'.encode()) if texts else b"")
    data = package.repacked(_guarded(part.xml) for part in exact)
    try:
        # openpyxl warns about what it leaves out; none of it changes a value that is read.
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            return [list(_rows(sheet, part.survey)) for sheet, part in zip(book.worksheets, exact, strict=True)]
    except (RefusedError, MemoryError, RecursionError, ImportError):
        raise
    except Exception as cause:  # openpyxl raises a dozen kinds of exception (docs/hazards.md, 24)
        raise RefusedError(Code.FILE_DAMAGED, detail="单元格内容有误") from cause


def _guarded(xml: bytes) -> bytes:
    return xml.replace(b"_x005F_", _UNDERSCORE.encode())


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
    return text.replace(_UNDERSCORE, "_") or None


class _Markup:
    """An expat handler that follows one worksheet."""

    def __init__(self, strings: Sequence[str | None], days: Calendar, limits: Limits) -> None:
        self.survey = Survey()
        self.cells = 0
        self._strings = strings
        self._days = days
        self._limits = limits
        self._path: list[str] = []
        self._row = self._column = 0
        self._columns: dict[int, bool] = {}
        """Column of each cell of the row → whether it holds something."""
        self._cell: Content | None = None
        self._style = 0
        self._cuts: list[tuple[int, int]] = []
        self._outside = 0
        self._names = {
            f"{MAIN} {name}": handler
            for name, handler in (
                ("row", self._start_row),
                ("c", self._start_cell),
                ("mergeCell", self._merge),
                ("col", self._hide_columns),
            )
        }

    @property
    def reached(self) -> str | None:
        """The address of the cell that was read last, None before the first row."""
        return address(self._row, self._column or 1) if self._row else None

    def parse(self, xml: bytes) -> None:
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature

    def without_cuts(self, xml: bytes) -> bytes:
        """Return ``xml`` without the content of cells whose value is in the survey, and with nothing but the table."""
        if not self._cuts:
            return xml
        starts, ends = zip(*self._cuts, strict=True)
        return b"".join(xml[after:before] for after, before in zip((0, *ends), (*starts, len(xml)), strict=True))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell:
            self._cell.start(name, attributes, self._parser.CurrentByteIndex)
            return
        parent = self._path[-1] if self._path else ""
        # One reader takes any child of a row for a cell, another passes over cells that lie anywhere else.
        inside = _TABLE in self._path
        if inside and ((name == _CELL) != (parent == _ROW) or (name == _ROW and parent != _TABLE)):
            raise MarkupError
        if len(self._path) == 1:
            self._start_outside(name)
        self._path.append(name)
        handler = self._names.get(name)
        if handler and (inside or name not in {_ROW, _CELL}):
            handler(attributes)

    def _end(self, _: str) -> None:
        if self._cell and self._cell.end():
            return
        if self._cell:
            self._end_cell(self._cell)
            self._cell = None
        self._path.pop()
        if not self._path:
            self._start_outside(_TABLE)

    def _start_outside(self, name: str) -> None:
        """Cut out what lies before and after the table: it has been read, and openpyxl refuses books for it."""
        byte = self._parser.CurrentByteIndex
        if name != _TABLE:
            self._outside = self._outside or byte
        elif self._outside:
            self._cuts.append((self._outside, byte))
            self._outside = 0

    def _text(self, text: str) -> None:
        if self._cell:
            self._cell.characters(text)
        elif self._path and self._path[-1] == _ROW and text.strip():
            raise MarkupError

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self._row + 1))
        before, self._row, self._column = self._row, max(row, 1), 0
        if not before < row <= LAST_ROW:
            raise MarkupError
        self._columns = {}
        if attributes.get("hidden") in {"1", "true"}:
            self.survey.hidden_rows.add(row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            column, row = _position(attributes["r"])
            if row != self._row:
                raise MarkupError
            self._column = column
        if self._column > LAST_COLUMN:
            raise MarkupError
        self._style = int(attributes.get("s", 0))
        self._cell = Content(attributes.get("t", "n"))

    def _end_cell(self, cell: Content) -> None:
        filled = cell.filled
        twice = self._column in self._columns
        contradicted = twice and (filled or self._columns[self._column])
        self._columns[self._column] = filled or contradicted
        if not (filled or contradicted):
            return
        self.cells += 1
        survey, place = self.survey, (self._row, self._column)
        survey.last_row = max(survey.last_row, self._row)
        survey.last_column = max(survey.last_column, self._column)
        damage = "同一格出现了两次" if contradicted else cell.damage(self._strings) or self._no_day(cell)
        if damage:
            survey.mark_damaged(*place, damage)
        elif cell.kind == "e":
            survey.mark_error(*place, cell.text)
        elif cell.formula:
            calculated = cell.stored or cell.kind == "str"
            survey.states[place] = CellState.FORMULA if calculated else CellState.UNCALCULATED
        if not damage and cell.rich:
            text = _decoded(cell.rich.value.replace("_x005F_", _UNDERSCORE))
            if text:
                survey.values[place] = text
        if cell.start_byte and (damage or cell.rich):
            self._cuts.append((cell.start_byte, self._parser.CurrentByteIndex))

    def _no_day(self, cell: Content) -> str | None:
        """What is wrong with a sound cell that shows a date."""
        lacks = cell.kind == "n" and cell.text and self._days.lacks(self._style, cell.text)
        return f"日期 {cell.text[:_LONGEST_SHOWN]}" if lacks else None

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
