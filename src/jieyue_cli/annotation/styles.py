"""The formats of a workbook with those of another one behind them; what is there keeps its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from jieyue_cli.annotation.markup import Edit, Element, appended, outline
from jieyue_cli.annotation.package import Draft
from jieyue_cli.problems import Code
from jieyue_cli.workbook.refusal import RefusedError

_REFERENCES = {"fonts": b"fontId", "fills": b"fillId", "borders": b"borderId"}
"""What a cell's format is made of → how the format names it."""
_COUNT = re.compile(rb"""(\scount\s*=\s*["'])\d+""")
_OPENED = re.compile(rb"<(/?)(?=\w)")
_CELLS = "cellXfs"
Numbers = Mapping[int, int]
"""The number in the other workbook → the number here."""


def with_formats(draft: Draft, part: str, other: bytes) -> Numbers:
    """Add the formats of the cells of ``other``, a part written by us, to a part; returns where each is now."""
    (xml, root), source = draft.outline(part, 2), outline(other, part, 2)
    moved: dict[str, Numbers] = {}
    edits: list[Edit] = []
    for kind in (*_REFERENCES, _CELLS):
        listed = root.find(kind)
        if listed is None or listed.close == listed.end:
            raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 缺少格式")
        known = [xml[entry.start : entry.end] for entry in listed.children]
        wanted = [_renumbered(entry, moved, root.prefix) for entry in _entries(other, source, kind)]
        new = [entry for entry in dict.fromkeys(wanted) if entry not in known]
        moved[kind] = {number: (known + new).index(entry) for number, entry in enumerate(wanted)}
        if new:
            edits += (_count(xml, listed, len(known + new)), appended(xml, listed, b"".join(new)))
    if edits:
        draft.edit(part, *edits)
    return moved[_CELLS]


def _entries(xml: bytes, root: Element, kind: str) -> list[bytes]:
    listed = root.find(kind)
    return [xml[entry.start : entry.end] for entry in listed.children] if listed else []


def _renumbered(entry: bytes, moved: Mapping[str, Numbers], prefix: str) -> bytes:
    """An entry as it is spelled in the part it is moved to, with the numbers that what it is made of has there."""
    for kind, numbers in moved.items():
        reference = re.compile(rb'(?<=\s%b=")\d+' % _REFERENCES[kind])
        entry = reference.sub(partial(_moved, numbers), entry)
    return _OPENED.sub(rb"<\1%b" % prefix.encode(), entry)


def _moved(numbers: Numbers, match: re.Match[bytes]) -> bytes:
    return b"%d" % numbers[int(match[0])]


def _count(xml: bytes, listed: Element, count: int) -> Edit:
    return Edit(listed.start, listed.inside, _COUNT.sub(rb"\g<1>%d" % count, xml[listed.start : listed.inside]))
