"""Surveys the XML of a worksheet at the speed of ``re``, and leaves out of it what a reader of values can do without.

Only the cells that matter are touched one by one. The scan answers None wherever the markup is not of the dialect that
Excel, WPS, LibreOffice, openpyxl and XlsxWriter share, and then ``careful`` reads the sheet instead: it never guesses.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jieyue_cli.remembering import Remembered
from jieyue_cli.workbook.cells import Area, CellState
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.survey import LAST_COLUMN, LAST_ROW, Survey, column_number

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _dialect(column: bytes, number: bytes) -> re.Pattern[bytes]:
    """All that may stand from ``<sheetData>`` to its end, without its formulas, with such columns and numbers of rows.

    It is matched whole: what it does not know could be read in two ways, or hide a cell from the patterns below and
    make the quick reader reserve memory for all that lies before it (docs/hazards.md, 5).
    """
    # In an inlineStr "<" is tried first: before Python 3.11.5, re loses its place where a lookahead fails in the last
    # branch of a possessive repeat.
    rest = rb"(?:<v>[-+.\deE]*+</v>|<v\ ?/>)?+</c>"
    cell = rb"""
        <c\ r="%(column)s(?P=row)"(?:\ s="\d+")?+
        (?: \ ?/>
          | >%(rest)s
          | \ t="s"><v>\d++</v></c>
          | \ t="str">(?:<v>[^<]*+</v>|<v\ ?/>)?+</c>
          | \ t="n"(?:\ ?/>|>%(rest)s)
          | \ t="[be]"><v>[^<\s]*+</v></c>
          | \ t="inlineStr"><is>(?:<(?!/?(?:is|c|row|v)\b)|[^<]++)*+</is></c>
        )
    """ % {b"column": column, b"rest": rest}
    row = rb'<row\ r="(?P<row>%s)"(?:\ (?!xmlns)[\w:]+="[^"<>]*+")*+\ ?(?:/>|>(?:%s)*+</row>)' % (number, cell)
    return re.compile(rb"(?:<sheetData>(?:%s)*+)?+" % row, re.VERBOSE)


_NEAR_CELLS = _dialect(rb"[A-Z]", rb"[1-9]\d{0,3}+")
_CELLS = _dialect(rb"[A-Z]{1,3}+", rb"[1-9]\d{0,6}+")
_ROW = re.compile(rb'<row r="(\d{1,7})"([^>]*)')
_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_FORMULA = re.compile(
    rb"<f(?:(?:>[^<]*+</f>|[ /][^>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>))(?=(<v>[^<]++)</v>|<v></v>|<v ?/>|</c>)|())"
)
"""A formula before its stored value, which is the first group unless it is empty; the second is there for any other."""
_OPENING = re.compile(rb'<c r="([A-Z]{1,3}+)(\d{1,7}+)"([^>]*+)>')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = b" hidden="
_IS_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_NEAR_COLUMNS = 26
_LONGEST_MERGE = 64


class Scanned(NamedTuple):
    """A worksheet part that was surveyed."""

    survey: Survey
    cells: bytes
    """The part as a reader of values needs it: the texts of formulas are left out, for they are long, and what
    follows the cells, for it has been read and can only do harm (docs/hazards.md, 5)."""


def scan(xml: bytes, limits: Limits) -> Scanned | None:
    """Survey a plain UTF-8 worksheet part; None where its dialect is not surely understood."""
    start = xml.find(b"<sheetData>")
    end = xml.find(b"</sheetData>", start)
    if start < 0:
        start = end = xml.find(b"<sheetData/>")
    if start < 0 or end < 0:
        return None
    found = Survey()
    head, whole, tail = xml[:start], xml[start:end], xml[end:]
    # Formulas are most of a form, and long: what comes after them looks at the rest only.
    body = _mark_formulas(found, whole)
    if body is None or _is_foreign(head, tail):
        return None
    listed = _ROW.findall(body)
    rows = [int(row) for row, _ in listed]
    if any(map(int.__ge__, rows, rows[1:])):
        return None
    found.last_row, found.last_column = (rows[-1] if rows else 0), _NEAR_COLUMNS
    if not _NEAR_CELLS.fullmatch(body):
        if not _CELLS.fullmatch(body):
            return None
        find_last(found, whole)
        if found.last_row > LAST_ROW or found.last_column > LAST_COLUMN:
            return None
    understood = _mark_errors(found, body) and _mark_merges(found, tail, limits) and _mark_columns(found, head)
    if not understood:
        return None
    shown = _HIDDEN not in body
    found.hidden_rows = set() if shown else {int(row) for row, attributes in listed if _IS_HIDDEN.search(attributes)}
    if CellState.ERROR in found.states.values():
        # An error read as text keeps its name, also one that calamine does not know and would refuse the book for.
        body = body.replace(b' t="e"', b' t="str"')
    return Scanned(found, b"".join((head, body or b"<sheetData>", b"</sheetData></worksheet>")))


def _is_foreign(head: bytes, tail: bytes) -> bool:
    """Tell whether prefixes, comments or a second table could hide from a reader what stands around the cells."""
    return (
        b'xmlns="' + _MAIN not in head
        or head.count(_MAIN) != 1
        or b"sheetData" in head
        or b"mergeCell" in head
        or b"<!" in head
        # from the right, because that is four times as fast
        or tail.rfind(b"sheetData") > len("</")
        or tail.rfind(b"<!") >= 0
    )


def find_last(found: Survey, body: bytes) -> None:
    """Make the box of ``found`` no larger than needed, one cell after the other."""
    found.last_row = found.last_column = 0
    for cell in _VALUED.finditer(body):
        found.last_row = max(found.last_row, int(cell[2]))
        found.last_column = max(found.last_column, column_number(cell[1]))


def _mark_formulas(found: Survey, body: bytes) -> bytes | None:
    """Note every formula; returns the rest of ``body``, or None where one is not understood."""
    split = _FORMULA.split(body)
    rest, stored, odd = split[::3], split[1::3], split[2::3]
    if any(each is not None for each in odd):
        return None
    for before, value in zip(rest, stored, strict=False):  # nothing follows the last piece
        opened = _OPENED[before[before.rfind(b"<c ") :]]
        if opened is None:
            return None
        place, is_text = opened
        # Excel stores an empty text as t="str" with an empty value: that formula was calculated.
        found.states[place] = CellState.FORMULA if value or is_text else CellState.UNCALCULATED
    return b"".join(rest)


def _opened(tag: bytes) -> tuple[tuple[int, int], bool] | None:
    """Where the cell stands that ``tag`` opens, and whether it holds a formula's text; None for any other tag."""
    match = _OPENING.fullmatch(tag)
    if match is None:
        return None
    return (int(match[2]), column_number(match[1])), b't="str"' in match[3]


_OPENED = Remembered(_opened, 4096)


def _mark_errors(found: Survey, body: bytes) -> bool:
    # Every error starts with it, and a single character is sought at the speed of memory.
    if b"#" not in body:
        return True
    expected = body.count(b't="e"')
    matches = _ERROR.findall(body)
    for column, row in matches:
        found.states[int(row), column_number(column)] = CellState.ERROR
    return len(matches) == expected


def _mark_merges(found: Survey, tail: bytes, limits: Limits) -> bool:
    expected = tail.count(b"<mergeCell ")
    if 0 < expected <= limits.merges:
        first, last = tail.find(b"<mergeCell "), tail.rfind(b"<mergeCell ")
        found.merged = list(_MERGED[tail[first : last + _LONGEST_MERGE]])
    return len(found.merged) == expected


def _areas(listed: bytes) -> tuple[Area, ...]:
    return tuple(
        Area(int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGE.findall(listed)
    )


_MERGED = Remembered(_areas, 16, longest=8192)


def _mark_columns(found: Survey, head: bytes) -> bool:
    if _HIDDEN not in head:
        return True
    for column in _COLUMN.findall(head):
        attributes = dict(_ATTRIBUTE.findall(column))
        first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
        if not (first.isdigit() and last.isdigit()):
            return False
        if attributes.get(b"hidden") in {b"1", b"true"} and not found.hide_columns(int(first), int(last)):
            return False
    return True
