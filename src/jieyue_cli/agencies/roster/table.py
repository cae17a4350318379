"""A roster's file as sheets of cells: a workbook, or a text with commas, semicolons or tabs in any usual encoding.

A text is one sheet. What divides its columns is told by its header line alone: names and remarks may hold any of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import islice

from jieyue_cli.problems import Code, Problem
from jieyue_cli.text.decoding import UTF_16_MARKS
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import Sheet

_DIVIDERS = ",;\t"
_CONTAINERS = (b"PK", b"\xd0\xcf\x11\xe0")

IsList = Callable[[Sheet], bool]
"""Whether a sheet has the header of a roster."""


def sheets_of(data: bytes, is_list: IsList) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Every sheet of the file that has rows; none, with an error, where it cannot be read."""
    text = _text(data)
    if text is None:
        workbook, problems = read_workbook(data)
        return tuple(sheet for sheet in workbook.sheets if sheet.rows) if workbook else (), problems
    if not text.strip():
        return (), ()
    for divider in _DIVIDERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
        try:
            beginning = _sheet(list(islice(reader, 40)))
        except csv.Error:
            continue
        if is_list(beginning):
            return _divided(text, divider)
    return _divided(text, _DIVIDERS[0])


def _divided(text: str, divider: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The text as one sheet; an error where a quotation mark without its pair would make one row of several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    rows: list[list[str]] = []
    line = 1
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error:
        if '"' not in text:
            return (), (Code.ROSTER_NO_HEADER.at(),)
        return (), (Code.ROSTER_QUOTE.at(line=line),)
    return (_sheet(rows),), ()


def _sheet(rows: list[list[str]]) -> Sheet:
    return Sheet("", [[value or None for value in row] for row in rows])


def _text(data: bytes) -> str | None:
    """The file as text; None where it is a workbook, or a page or document that is to be named for what it is."""
    if data.startswith(UTF_16_MARKS):
        encodings: tuple[str, ...] = ("utf-16",)
    elif data.startswith(_CONTAINERS) or b"\0" in data[:4096]:
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if text.lstrip().startswith("<") else text
    return None
