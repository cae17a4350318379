"""Reduces a workbook's styles to the one thing that changes a value: whether a number is a date, a duration or neither.

This is decided here for both readers: they would decide differently, and neither knows all of the built-in Chinese
formats 27 to 36 and 50 to 58 (docs/hazards.md, 17).
"""

from __future__ import annotations

import re

from jieyue_cli.remembering import Remembered
from jieyue_cli.workbook.containers.zipped import SHARED

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FORMATS = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b[^>]*>")
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_ID = re.compile(rb"""\bnumFmtId\s*=\s*["'](\d{1,9})["']""")
_CODE = re.compile(rb"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")

_GENERAL, _DATE, _DURATION = b"0", b"22", b"46"
_BUILT_IN = dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), _DATE) | {
    46: _DURATION
}  # 45 and 47 (mm:ss) are times of day to Excel, 46 ([h]:mm:ss) counts hours

# Quoted text, escaped characters, fill, padding, and brackets without elapsed time do not change the kind.
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CALENDAR = re.compile(r"[dmyhse]", re.IGNORECASE)


def canonical_styles(xml: bytes) -> bytes:
    """Return a styles part that gives each cell style the same number, and says only what kind of number it shows."""
    return _CANONICAL[xml]


def _canonical(xml: bytes) -> bytes:
    opening = _CELL_STYLES.search(xml)
    if not opening:
        return b""
    kinds = _BUILT_IN | dict(_custom(xml[: opening.start()]))
    styles = []
    for style in _STYLE.findall(xml[opening.end() :].partition(b"cellXfs>")[0]):
        number = _ID.search(style)
        styles.append(kinds.get(int(number[1]), _GENERAL) if number else _GENERAL)
    if set(styles) <= {_GENERAL}:
        return b""
    xfs = b"".join(b'<xf numFmtId="%b" applyNumberFormat="1"/>' % kind for kind in styles)
    return b'<styleSheet xmlns="%b"><cellXfs>%b</cellXfs></styleSheet>' % (_MAIN, xfs)


def dated_styles(canonical: bytes) -> frozenset[int]:
    """Which cell styles of a canonical styles part show a date or a duration."""
    return frozenset(style for style, kind in enumerate(_ID.findall(canonical)) if kind != _GENERAL)


_CANONICAL = Remembered(_canonical, 16, longest=SHARED)


def _custom(xml: bytes) -> list[tuple[int, bytes]]:
    formats = []
    for attributes in _FORMATS.findall(xml):
        number, code = _ID.search(attributes), _CODE.search(attributes)
        if number and code:
            text = (code[1] or code[2] or b"").decode("utf-8", "replace").replace("&quot;", '"').replace("&amp;", "&")
            formats.append((int(number[1]), _kind(text)))
    return formats


def _kind(code: str) -> bytes:
    """The kind of number a format code shows, by its first section, which is the one for positive numbers."""
    shown = _SILENT.sub("", code).split(";")[0]
    if _ELAPSED.search(shown):
        return _DURATION
    # "General" has an e, and an e after a digit is an exponent; a year written e stands without digits.
    shown = re.sub(r"general|[0#?.]e[+-]?", "", shown, flags=re.IGNORECASE)
    return _DATE if _CALENDAR.search(shown) else _GENERAL
