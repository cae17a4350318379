"""The markup that Excel, WPS, LibreOffice, openpyxl and XlsxWriter share, as patterns that match all of it or nothing.

What matches is well-formed XML and can be read in one way only, so the quick reader may have it; calamine itself
notices neither ``< t>`` nor a cell that is given twice (docs/hazards.md, 5, 33 and 34).
"""

from __future__ import annotations

import re
from functools import cache
from xml.parsers import expat

from jieyue_cli.workbook.survey import column_number

_NEAR = (16, 26)
"""Columns, from A on, whose order within a row is part of the pattern: no other check of it is as fast."""

_MAIN = rb"http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"
_BEYOND_ASCII = rb"\#(?:1[6-9]\d|[2-9]\d\d|[1-9]\d{3}|[1-4]\d{4}|5[0-4]\d{3}|6[0-4]\d{3}|65[0-4]\d\d|[1-9]\d{5});"
"""A character as its number, as openpyxl writes it beside lxml; neither half of a pair nor what XML does not allow."""
_TEXT = rb"(?:[^<&\x00-\x08\x0b\x0c\x0e-\x1f]++|&(?:amp;|lt;|gt;|quot;|apos;|\#1[03];|%s))*+" % _BEYOND_ASCII
_T = rb'<t(?:\ xml:space="preserve")?+(?:\ ?/>|>%s</t>)' % _TEXT
_NUMBER = (
    rb"(?:<v>[-+]?+\d{1,64}+(?:\.\d{0,64}+)?+(?:[eE](?:-\d{1,3}+|\+?+(?:[01]?+\d)?+\d))?+</v>|<v\ ?/>|<v></v>)?+</c>"
)
"""A finite number, or none."""
_AFTER_ADDRESS = rb"""(?:\ s="\d+")?+
    (?: \ ?/>
      | >%(number)s
      | \ t="s"><v>\d{1,9}+</v></c>
      | \ t="str">(?:<v>%(text)s</v>|<v\ ?/>)?+</c>
      | \ t="n"(?:\ ?/>|>%(number)s)
      | \ t="b"><v>[01]</v></c>
      | \ t="e"><v>\#[^<&\s\x00-\x1f]*+</v></c>
      | \ t="inlineStr"><is>%(t)s</is></c>
    )""" % {b"number": _NUMBER, b"text": _TEXT, b"t": _T}
_HEAD = (
    rb"""(?:<\?xml\ version="1\.0"(?:\ encoding="[\w-]++")?+(?:\ standalone="(?:yes|no)")?+\ ?\?>)?+\s*+
    <sst\ xmlns="%s"\s*+"""
    % _MAIN
)
_STRINGS_HEAD = re.compile(_HEAD + rb"><si><t>", re.VERBOSE)
_STRINGS = re.compile(
    rb"""%(head)s(?:/>|>
    (?:<si\ ?/>|<si>
      (?:%(t)s|(?:<r>(?:<rPr>%(properties)s</rPr>)?+%(t)s</r>)++)
      (?:<rPh\ sb="\d++"\ eb="\d++">%(t)s</rPh>)*+
      (?:<phoneticPr\ fontId="\d++"(?:\ type="\w++")?+(?:\ alignment="\w++")?+\ ?/>)?+
    </si>)*+
    </sst>)\s*+"""
    % {
        b"head": _HEAD,
        b"t": _T,
        b"properties": rb'(?:<[a-z][A-Za-z]*+(?:\ (?:val|rgb|theme|indexed|auto)="[^"<&]*+")?+'
        rb'(?:\ tint="[^"<&]*+")?+\ ?/>)*+',
    },
    re.VERBOSE,
)
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
_FORBIDDEN = ("\ufffe".encode(), "\uffff".encode())
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32)))
_FIRST, _BETWEEN, _LAST = b"<si><t>", b"</t></si><si><t>", b"</t></si></sst>"


def near_columns(body: bytes) -> int | None:
    """The columns that hold all of ``body`` (``<sheetData>`` to its end, without formulas), 26 at most.

    None where it is not known or reaches farther.
    """
    columns = next((columns for columns in _NEAR if _near(columns).fullmatch(body)), None)
    return columns if columns and _is_text(body) else None


def far_cells(body: bytes) -> bool:
    """Whether ``body``, as in ``near_columns``, is known, wherever its cells lie."""
    if not (_far().fullmatch(body) and _is_text(body)):
        return False
    rows = ([column_number(letters) for letters in _COLUMN.findall(row)] for row in body.split(b"<row ")[1:])
    return not any(any(map(int.__ge__, row, row[1:])) for row in rows)


def known_strings(part: bytes) -> bool:
    """Whether the part of shared strings, or none, is known."""
    return not part or ((_are_plain(part) or _STRINGS.fullmatch(part) is not None) and _is_text(part))


def _are_plain(part: bytes) -> bool:
    """Whether every shared string is a text without a style, as most are: counting is faster than matching."""
    start = part.find(_FIRST) + len(_FIRST)
    texts = part[start : -len(_LAST)]
    return (
        part.endswith(_LAST)
        and texts.count(b"<") == _BETWEEN.count(b"<") * texts.count(_BETWEEN)
        and b"&" not in texts
        and len(texts.translate(None, _CONTROLS)) == len(texts)
        and _STRINGS_HEAD.fullmatch(part[:start]) is not None
    )


def well_formed(document: bytes) -> bool:
    """Whether an XML parser accepts ``document``."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(document, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError:
        return False
    return True


def _is_text(part: bytes) -> bool:
    """Whether nothing is in ``part`` that a pattern for bytes cannot see and XML does not allow."""
    # rfind is three times as fast as find
    if (b"]" in part and b"]]>" in part) or any(part.rfind(character) >= 0 for character in _FORBIDDEN):
        return False
    try:
        part.decode()
    except UnicodeError:
        return False
    return True


@cache
def _near(columns: int) -> re.Pattern[bytes]:
    return _rows(_in_order(range(columns)), rb"[1-9]\d{0,3}+")


@cache
def _far() -> re.Pattern[bytes]:
    return _rows(rb'(?:<c\ r="[A-Z]{1,3}+(?P=row)"%s)*+' % _AFTER_ADDRESS, rb"[1-9]\d{0,6}+")


def _rows(cells: bytes, number: bytes) -> re.Pattern[bytes]:
    """A pattern of everything from ``<sheetData>`` to its end, without formulas."""
    row = rb'<row\ r="(?P<row>%s)"(?:\ (?!xmlns)[\w:]+="[^"<>]*+")*+\ ?(?:/>|>%s</row>)' % (number, cells)
    return re.compile(rb"(?:<sheetData>(?:%s)*+)?+" % row, re.VERBOSE)


def _in_order(columns: range) -> bytes:
    """A pattern of cells, each column at most once, from the left; halves are passed over where nothing is left."""
    if len(columns) == 1:
        return rb'(?:<c\ r="%c(?P=row)"%s)?+' % (ord("A") + columns[0], _AFTER_ADDRESS)
    middle = len(columns) // 2
    return rb"%s(?:(?=<c)%s)?+" % (_in_order(columns[:middle]), _in_order(columns[middle:]))
