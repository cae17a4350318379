"""The quick survey of a worksheet: regular expressions over its XML, which is also cut down to what calamine needs.

Only formulas, errors and merges are handled one by one. The scan returns None where the markup is not of the known
``dialect``; ``careful`` then reads the sheet instead. It never guesses.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jieyue_cli.remembering import Remembered
from jieyue_cli.workbook.cells import Area, CellState
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.survey import LAST_COLUMN, LAST_ROW, Survey, column_number
from jieyue_cli.workbook.xlsx.dialect import far_cells, near_columns, well_formed

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW = re.compile(rb'<row r="(\d{1,7})"([^>]*)')
_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_FORMULA = re.compile(
    rb"<f(?:((?:>[^<]*+</f>|[ /][^>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>)))(?=(<v>[^<]++)</v>|<v></v>|<v ?/>|</c>)|())"
)
"""A formula after ``<f``, then its stored value unless that is empty; the third group is there for any other one."""
_OPENING = re.compile(rb'<c r="([A-Z]{1,3}+)(\d{1,7}+)"([^>]*+)>')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = b" hidden="
_IS_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')


class Scanned(NamedTuple):
    """A worksheet part that was surveyed."""

    survey: Survey
    cells: bytes
    """The part as calamine needs it: without formulas, which are long, and without what stands before and after the
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
    body, formulas = _mark_formulas(survey, whole)
    if body is None:
        return None
    listed = _ROW.findall(body)
    rows = [int(row) for row, _ in listed]
    root = _HEADS[head]
    if root is None or any(map(int.__ge__, rows, rows[1:])) or not _mark_merges(survey, root, tail, limits):
        return None
    attributes = b"".join(b'<row r="1"%b/>' % row.rstrip(b"/") for row in dict.fromkeys(row for _, row in listed))
    # Apart, because the forms of a batch share each of these and seldom all.
    if not (_SOUND[root + attributes + _END] and _SOUND[root + formulas + _END]):
        return None
    if not _mark_extent(survey, rows[-1] if rows else 0, body, whole):
        return None
    if not (_mark_errors(survey, body) and _mark_columns(survey, head)):
        return None
    shown = _HIDDEN not in body
    survey.hidden_rows = set() if shown else {int(row) for row, attributes in listed if _IS_HIDDEN.search(attributes)}
    if CellState.ERROR in survey.states.values():
        # An error read as text keeps its name, also one that calamine does not know and would refuse the book for.
        body = body.replace(b' t="e"', b' t="str"')
    return Scanned(survey, b"".join((root, body or b"<sheetData>", b"</sheetData></worksheet>")))


def _mark_extent(survey: Survey, last_row: int, body: bytes, whole: bytes) -> bool:
    """Record how far the cells reach; False where they are not of the known dialect or lie beyond a sheet's edge."""
    columns = near_columns(body)
    if columns:
        survey.last_row, survey.last_column = last_row, columns
        return True
    if not far_cells(body):
        return False
    find_last(survey, whole)
    return survey.last_row <= LAST_ROW and survey.last_column <= LAST_COLUMN


def find_last(survey: Survey, body: bytes) -> None:
    """Shrink the box of ``survey`` to the last row and column with a value or a formula, by looking at every cell."""
    survey.last_row = survey.last_column = 0
    for cell in _VALUED.finditer(body):
        survey.last_row = max(survey.last_row, int(cell[2]))
        survey.last_column = max(survey.last_column, column_number(cell[1]))


def _mark_formulas(survey: Survey, body: bytes) -> tuple[bytes | None, bytes]:
    """Record every formula; returns ``body`` without them and them; None where one is not of the known dialect."""
    split = _FORMULA.split(body)
    if any(formula is not None for formula in split[3::4]):
        return None, b""
    formulas = b"<f".join((b"", *split[1::4]))
    del split[1::4]  # of millions of formulas the pieces are more than the text
    rest, stored = split[::3], split[1::3]
    for before, value in zip(rest, stored, strict=False):  # nothing follows the last piece
        opened = _OPENED[before[before.rfind(b"<") :]]
        if opened is None:
            return None, b""
        place, is_text = opened
        # Excel stores an empty text as t="str" with an empty value: that formula was calculated.
        survey.states[place] = CellState.FORMULA if value or is_text else CellState.UNCALCULATED
    return b"".join(rest), formulas


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


def _mark_merges(survey: Survey, root: bytes, tail: bytes, limits: Limits) -> bool:
    merged = _TAILS[root, tail]
    if merged is None or len(merged) > limits.merges:
        return False
    survey.merged = list(merged)
    return True


def _root(head: bytes) -> bytes | None:
    """The tag that opens the worksheet; None where the head of a part is not known.

    Prefixes, comments or a second table could hide from a reader what is outside the cells.
    """
    known = b'xmlns="%b"' % _MAIN in head and head.count(_MAIN) == 1
    if not known or any(sign in head for sign in (b"sheetData", b"mergeCell", b"<!")) or not well_formed(head + _END):
        return None
    return head[: head.find(b">", head.find(b"<worksheet")) + 1]


def _merged(frame: tuple[bytes, bytes]) -> tuple[Area, ...] | None:
    """The merged areas that follow the cells, given the root's tag before it; None where it is not known."""
    root, tail = frame
    after = tail[len(b"</sheetData>") :]
    if b"sheetData" in after or b"<!" in after or not well_formed(root + after):
        return None
    areas = tuple(
        Area(int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGE.findall(after)
    )
    return areas if len(areas) == after.count(b"<mergeCell ") else None


_END = b"</worksheet>"
_LONGEST = 256 * 1024
_HEADS = Remembered(_root, 16, longest=_LONGEST)
_TAILS = Remembered(_merged, 16, longest=_LONGEST)
_SOUND = Remembered(well_formed, 32, longest=_LONGEST)


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
