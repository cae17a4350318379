"""The quick survey of a worksheet: regular expressions over its XML, which is also cut down to what calamine needs.

Only formulas, errors and merges are handled one by one. The scan returns None where the markup is not of the dialect
that Excel, WPS, LibreOffice, openpyxl and XlsxWriter share; ``careful`` then reads the sheet instead. It never guesses.
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
    """A pattern of everything from ``<sheetData>`` to its end, without formulas; ``column`` and ``number`` match names.

    The whole text must match: other markup could be read in two ways, or hide a cell from the patterns below and make
    calamine reserve memory for all that lies before it (docs/hazards.md, 5).
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
    """The part as calamine needs it: without the texts of formulas, which are long, and without what follows the
    cells, which the scan has read and which can only do harm (docs/hazards.md, 5)."""


def scan(xml: bytes, limits: Limits) -> Scanned | None:
    """Survey a worksheet part in plain UTF-8; None where its dialect is not known."""
    start = xml.find(b"<sheetData>")
    end = xml.find(b"</sheetData>", start)
    if start < 0:
        start = end = xml.find(b"<sheetData/>")
    if start < 0 or end < 0:
        return None
    survey = Survey()
    head, whole, tail = xml[:start], xml[start:end], xml[end:]
    # Formulas are most of a form, so they are cut out first: the patterns below search the rest only.
    body = _mark_formulas(survey, whole)
    if body is None or _is_foreign(head, tail):
        return None
    listed = _ROW.findall(body)
    rows = [int(row) for row, _ in listed]
    if any(map(int.__ge__, rows, rows[1:])):
        return None
    survey.last_row, survey.last_column = (rows[-1] if rows else 0), _NEAR_COLUMNS
    if not _NEAR_CELLS.fullmatch(body):
        if not _CELLS.fullmatch(body):
            return None
        find_last(survey, whole)
        if survey.last_row > LAST_ROW or survey.last_column > LAST_COLUMN:
            return None
    known = _mark_errors(survey, body) and _mark_merges(survey, tail, limits) and _mark_columns(survey, head)
    if not known:
        return None
    shown = _HIDDEN not in body
    survey.hidden_rows = set() if shown else {int(row) for row, attributes in listed if _IS_HIDDEN.search(attributes)}
    if CellState.ERROR in survey.states.values():
        # An error read as text keeps its name, also one that calamine does not know and would refuse the book for.
        body = body.replace(b' t="e"', b' t="str"')
    return Scanned(survey, b"".join((head, body or b"<sheetData>", b"</sheetData></worksheet>")))


def _is_foreign(head: bytes, tail: bytes) -> bool:
    """Tell whether prefixes, comments or a second table could hide from a reader what is outside the cells."""
    return (
        b'xmlns="' + _MAIN not in head
        or head.count(_MAIN) != 1
        or b"sheetData" in head
        or b"mergeCell" in head
        or b"<!" in head
        # rfind is four times as fast as find
        or tail.rfind(b"sheetData") > len("</")
        or tail.rfind(b"<!") >= 0
    )


def find_last(survey: Survey, body: bytes) -> None:
    """Shrink the box of ``survey`` to the last row and column with a value or a formula, by looking at every cell."""
    survey.last_row = survey.last_column = 0
    for cell in _VALUED.finditer(body):
        survey.last_row = max(survey.last_row, int(cell[2]))
        survey.last_column = max(survey.last_column, column_number(cell[1]))


def _mark_formulas(survey: Survey, body: bytes) -> bytes | None:
    """Record every formula; returns ``body`` without them, or None where a formula is not of the known dialect."""
    split = _FORMULA.split(body)
    rest, stored, odd = split[::3], split[1::3], split[2::3]
    if any(formula is not None for formula in odd):
        return None
    for before, value in zip(rest, stored, strict=False):  # nothing follows the last piece
        opened = _OPENED[before[before.rfind(b"<c ") :]]
        if opened is None:
            return None
        place, is_text = opened
        # Excel stores an empty text as t="str" with an empty value: that formula was calculated.
        survey.states[place] = CellState.FORMULA if value or is_text else CellState.UNCALCULATED
    return b"".join(rest)


def _opened(tag: bytes) -> tuple[tuple[int, int], bool] | None:
    """The row and column of the cell that ``tag`` opens, and whether it is of type ``str``; None for any other tag."""
    match = _OPENING.fullmatch(tag)
    if match is None:
        return None
    return (int(match[2]), column_number(match[1])), b't="str"' in match[3]


_OPENED = Remembered(_opened, 4096)


def _mark_errors(survey: Survey, body: bytes) -> bool:
    # Every error name starts with #, and searching for a single byte costs almost nothing.
    if b"#" not in body:
        return True
    expected = body.count(b't="e"')
    matches = _ERROR.findall(body)
    for column, row in matches:
        survey.states[int(row), column_number(column)] = CellState.ERROR
    return len(matches) == expected


def _mark_merges(survey: Survey, tail: bytes, limits: Limits) -> bool:
    expected = tail.count(b"<mergeCell ")
    if 0 < expected <= limits.merges:
        first, last = tail.find(b"<mergeCell "), tail.rfind(b"<mergeCell ")
        survey.merged = list(_MERGED[tail[first : last + _LONGEST_MERGE]])
    return len(survey.merged) == expected


def _areas(listed: bytes) -> tuple[Area, ...]:
    return tuple(
        Area(int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGE.findall(listed)
    )


_MERGED = Remembered(_areas, 16, longest=8192)


def _mark_columns(survey: Survey, head: bytes) -> bool:
    if _HIDDEN not in head:
        return True
    for column in _COLUMN.findall(head):
        attributes = dict(_ATTRIBUTE.findall(column))
        first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
        if not (first.isdigit() and last.isdigit()):
            return False
        if attributes.get(b"hidden") in {b"1", b"true"} and not survey.hide_columns(int(first), int(last)):
            return False
    return True
