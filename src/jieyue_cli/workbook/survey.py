"""What a sheet's XML says beyond values: how each cell came by its value, merges, what is hidden, how far it goes.

calamine cannot tell a formula or an error from a typed value (hazards 13 and 14). The scan here runs over the
bytes at the speed of ``re`` and touches one by one only the cells that matter. It answers None wherever the
markup is not of the dialect that Excel, WPS, LibreOffice, openpyxl and XlsxWriter share, and then
``careful`` reads the sheet instead: the scan never guesses.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from jieyue_cli.problems import Code
from jieyue_cli.workbook.cells import Area, Sheet, State, Value
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.refusal import RefusedError


class Survey(msgspec.Struct):
    """Everything about a sheet but its values; positions are 1-based."""

    states: dict[tuple[int, int], State] = msgspec.field(default_factory=dict)
    merged: list[Area] = msgspec.field(default_factory=list)
    hidden_rows: set[int] = msgspec.field(default_factory=set)
    hidden_columns: set[int] = msgspec.field(default_factory=set)
    values: dict[tuple[int, int], Value] = msgspec.field(default_factory=dict)
    """Values that calamine lacks or spells otherwise, such as the text of an error outside the xlsx family."""
    last_row: int = 0
    last_column: int = 0
    """Every cell with a value or a formula lies in the box from A1 to here, which may be larger than needed."""

    def merge(self, area: Area, limits: Limits) -> None:
        """Note a merged area; raise RefusedError at one too many."""
        self.merged.append(area)
        if len(self.merged) > limits.merges:
            raise RefusedError(Code.FILE_SUSPECT, detail=f"一个工作表有 {limits.merges} 个以上的合并单元格")

    def hide_columns(self, first: int, last: int) -> bool:
        """Note a range of hidden columns; False where it does not follow the one before, as every program has it.

        A million ranges over the whole width would otherwise take minutes.
        """
        if first <= max(self.hidden_columns, default=0):
            return False
        self.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        return True

    def mark_error(self, row: int, column: int, text: str | None) -> None:
        """Note an error cell and what it shows."""
        self.states[row, column] = State.ERROR
        self.values[row, column] = text or "#ERROR!"

    def sheet(self, name: str, rows: list[list[Value | None]], *, hidden: bool) -> Sheet:
        """Join the survey with the values; what lies beyond the box of values is cut off, for it says nothing."""
        height, width = len(rows), len(rows[0]) if rows else 0
        if self.states:
            bottom, right = max(self.states)[0], max(column for _, column in self.states)
            if bottom > height or right > width:
                # Formulas and errors at the edge of the box have no value that a reader would tell.
                height, width = max(height, bottom), max(width, right)
                rows = [row + [None] * (width - len(row)) for row in rows]
                rows += [[None] * width for _ in range(height - len(rows))]
        for (row, column), value in self.values.items():
            if row <= height and column <= width:
                rows[row - 1][column - 1] = value
        return Sheet(
            name,
            rows,
            self.states,
            tuple(
                area
                if area.bottom <= height and area.right <= width
                else msgspec.structs.replace(area, bottom=min(area.bottom, height), right=min(area.right, width))
                for area in self.merged
                if area.top <= min(area.bottom, height) and area.left <= min(area.right, width)
            ),
            hidden,
            frozenset(row for row in self.hidden_rows if row <= height),
            frozenset(column for column in self.hidden_columns if column <= width),
        )


LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The edges of a worksheet since Excel 2007."""

ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""How the binary formats number the errors."""

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What every cell of a small sheet looks like; whatever else starts with `<c` is looked at twice.
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z][1-9][0-9]{0,3}"[ />])')
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}"[ />])')
_ROW = re.compile(rb'<row(?: r="(\d{1,7})"([^>]*))?')
_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}+)(\d{1,7}+)"([^>]*+)><f(?:>[^<]*+</f>|[ /][^>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>))'
    rb"(?:<v>([^<]*+)</v>|<v ?/>|(?=</c>))"
)
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = (b' hidden="1"', b' hidden="true"')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_NEAR_COLUMNS = 26
_RARE = 500


def scan(xml: bytes, limits: Limits) -> Survey | None:
    """Survey a plain UTF-8 worksheet part; None where its dialect is not surely understood."""
    start = xml.find(b"<sheetData>")
    end = xml.find(b"</sheetData>", start)
    if start < 0:
        start = end = xml.find(b"<sheetData/>")
    if start < 0 or end < 0:
        return None
    head, body, tail = xml[:start], xml[start:end], xml[end:]
    listed = _ROW.findall(body)
    rows = [int(row) for row, _ in listed if row]
    if _is_foreign(head, body) or len(rows) != len(listed) or any(map(int.__ge__, rows, rows[1:])):
        return None
    found = Survey()
    found.last_row, found.last_column = (rows[-1] if rows else 0), _NEAR_COLUMNS
    if _NOT_NEAR.search(body):
        if _ODD_CELL.search(body):
            return None
        find_last(found, body)
        if found.last_row > LAST_ROW or found.last_column > LAST_COLUMN:
            return None
    understood = (
        _mark_formulas(found, body)
        and _mark_errors(found, body)
        and _mark_merges(found, tail, limits)
        and _mark_columns(found, head)
    )
    if not understood:
        return None
    found.hidden_rows = {int(row) for row, attributes in listed if _HIDDEN[0] in attributes or _HIDDEN[1] in attributes}
    return found


def _is_foreign(head: bytes, body: bytes) -> bool:
    """Tell whether prefixes, comments, CDATA or apostrophes as quotes could hide a cell from the patterns above."""
    return (
        b'xmlns="' + _MAIN not in head
        or head.count(_MAIN) != 1
        or _MAIN in body
        or _has_pair(body, b"<", b"!")
        or _has_pair(body, b"=", b"'")
        or b"<!" in head
    )


def _has_pair(body: bytes, first: bytes, second: bytes) -> bool:
    """Return ``first + second in body``, ten times as fast where the second character is rare."""
    *before, rest = body.split(second, _RARE)
    return any(piece.endswith(first) for piece in before) or (second in rest and first + second in rest)


def find_last(found: Survey, body: bytes) -> None:
    """Make the box of ``found`` no larger than needed, one cell after the other."""
    found.last_row = found.last_column = 0
    for cell in _VALUED.finditer(body):
        found.last_row = max(found.last_row, int(cell[2]))
        found.last_column = max(found.last_column, column_number(cell[1]))


@cache
def column_number(letters: bytes) -> int:
    """Return the 1-based column: ``column_number(b"AA") == 27``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _mark_formulas(found: Survey, body: bytes) -> bool:
    expected = body.count(b"<f")
    if not expected:
        return True
    matches = _FORMULA.findall(body)
    # Excel stores an empty text as t="str" with an empty value: that formula was calculated.
    found.states = {
        (int(row), column_number(column)): State.FORMULA if stored or b't="str"' in attributes else State.UNCALCULATED
        for column, row, attributes, stored in matches
    }
    return len(matches) == expected


def _mark_errors(found: Survey, body: bytes) -> bool:
    # Every error starts with it, and a single character is sought at the speed of memory.
    if b"#" not in body:
        return True
    expected = body.count(b't="e"')
    matches = _ERROR.findall(body)
    for column, row in matches:
        found.states[int(row), column_number(column)] = State.ERROR
    return len(matches) == expected


def _mark_merges(found: Survey, tail: bytes, limits: Limits) -> bool:
    expected = tail.count(b"<mergeCell ")
    if 0 < expected <= limits.merges:
        found.merged = [
            Area(int(top), column_number(left), int(bottom), column_number(right))
            for left, top, right, bottom in _MERGE.findall(tail)
        ]
    return len(found.merged) == expected


def _mark_columns(found: Survey, head: bytes) -> bool:
    if b" hidden=" not in head:
        return True
    for column in _COLUMN.findall(head):
        attributes = dict(_ATTRIBUTE.findall(column))
        first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
        if not (first.isdigit() and last.isdigit()):
            return False
        if attributes.get(b"hidden") in {b"1", b"true"} and not found.hide_columns(int(first), int(last)):
            return False
    return True
