"""What a sheet's XML says beyond values: how each cell came by its value, merges, what is hidden, how far it goes.

calamine cannot tell a formula or an error from a typed value (hazards 13 and 14). The scan here runs over the
bytes at the speed of ``re`` and touches one by one only the cells that matter. It answers None wherever the
markup is not of the dialect that Excel, WPS, LibreOffice, openpyxl and XlsxWriter share, and then
``careful`` reads the sheet instead: the scan never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jieyue_cli.workbook.cells import Area, State


@dataclass(slots=True)
class Survey:
    """Everything about a sheet but its values; positions are 1-based."""

    states: dict[tuple[int, int], State] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    last_row: int = 0
    last_column: int = 0
    """Every cell with a value or a formula lies in the box from A1 to here."""


# A prefix, a comment, CDATA, or apostrophes as quotes: not the common dialect.
_FOREIGN = (b"<!", b":c ", b":c>", b":row", b":f>", b":f ", b":v>", b":sheetData", b"='")
# A cell or a row whose address does not come first.
_ODD_CELL = re.compile(rb'<c(?: (?!r="[A-Z]{1,3}[1-9][0-9]{0,6}"[ />])|[\t\r\n/>])')
_ODD_ROW = re.compile(rb'<row(?: (?!r="[1-9][0-9]{0,6}"[ />])|[\t\r\n/>])')
_FAR_CELL = re.compile(rb'<c r="(?![A-Z][1-9][0-9]{0,3}")')
_ROW = re.compile(rb'<row r="(\d+)"')
_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)><f\b[^>]*(?:(?<=/)>|(?<!/)>[^<]*</f>)(?:<v>([^<]*)</v>|<v ?/>|(?=</c>))'
)
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]* hidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_NEAR = (9999, 26)


def scan(xml: bytes) -> Survey | None:
    """Survey a plain UTF-8 worksheet part; None where its dialect is not surely understood."""
    start = xml.find(b"<sheetData>")
    end = xml.find(b"</sheetData>", start)
    if start < 0 or end < 0 or any(mark in xml for mark in _FOREIGN):
        return None
    head, body, tail = xml[:start], xml[start:end], xml[end:]
    if b"<worksheet" not in head or _ODD_CELL.search(body) or _ODD_ROW.search(body):
        return None
    rows = [int(row) for row in _ROW.findall(body)]
    if any(map(int.__ge__, rows, rows[1:])):
        return None
    found = Survey()
    if _FAR_CELL.search(body):
        for cell in _VALUED.finditer(body):
            found.last_row = max(found.last_row, int(cell[2]))
            found.last_column = max(found.last_column, column_number(cell[1]))
    else:
        found.last_row, found.last_column = _NEAR
    understood = _mark_formulas(found, body) and _mark_errors(found, body) and _mark_merges(found, tail)
    if not understood:
        return None
    if b" hidden=" in body:
        found.hidden_rows = frozenset(int(row) for row in _HIDDEN_ROW.findall(body))
    if b" hidden=" in head:
        found.hidden_columns = frozenset(_hidden_columns(head))
    return found


def column_number(letters: bytes) -> int:
    """Return the 1-based column: ``column_number(b"AA") == 27``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _mark_formulas(found: Survey, body: bytes) -> bool:
    expected = body.count(b"<f>") + body.count(b"<f ") + body.count(b"<f/")
    if not expected:
        return True
    states = found.states
    matches = _FORMULA.findall(body)
    for column, row, attributes, stored in matches:
        # Excel stores an empty text as t="str" with an empty value: that formula was calculated.
        calculated = stored or b't="str"' in attributes
        states[int(row), column_number(column)] = State.FORMULA if calculated else State.UNCALCULATED
    return len(matches) == expected


def _mark_errors(found: Survey, body: bytes) -> bool:
    expected = body.count(b't="e"')
    matches = _ERROR.findall(body) if expected else ()
    for column, row in matches:
        found.states[int(row), column_number(column)] = State.ERROR
    return len(matches) == expected


def _mark_merges(found: Survey, tail: bytes) -> bool:
    expected = tail.count(b"<mergeCell ")
    if expected:
        found.merged = tuple(
            Area(int(top), column_number(left), int(bottom), column_number(right))
            for left, top, right, bottom in _MERGE.findall(tail)
        )
    return len(found.merged) == expected


def _hidden_columns(head: bytes) -> Iterator[int]:
    for column in _COLUMN.findall(head):
        attributes = dict(_ATTRIBUTE.findall(column))
        if attributes.get(b"hidden") in {b"1", b"true"}:
            yield from range(int(attributes[b"min"]), min(int(attributes[b"max"]), 16384) + 1)
