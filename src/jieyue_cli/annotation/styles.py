"""The formats of a workbook with those of another one behind them; what is there keeps its number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jieyue_cli.annotation.markup import Edit, Element, appended, edited, outline
from jieyue_cli.annotation.package import Draft
from jieyue_cli.problems import Code
from jieyue_cli.workbook.refusal import RefusedError

_REFERENCES = {"fonts": b"fontId", "fills": b"fillId", "borders": b"borderId"}
"""What a cell's format is made of → how the format names it."""
_COUNT = re.compile(rb"""(\scount\s*=\s*["'])\d+""")
_OPENED = re.compile(rb"<(/?)(?=\w)")
Numbers = Mapping[int, int]
"""The number in the other workbook → the number here."""


def with_formats(draft: Draft, part: str, other: bytes) -> Numbers:
    """Add the formats of the cells of ``other``, a part written by us, to a part; returns where each is now."""
    source = outline(other, part, 2)
    moved: dict[str, Numbers] = {}
    for kind, reference in (*_REFERENCES.items(), ("cellXfs", b"")):
        listed = source.find(kind)
        raw = [other[entry.start : entry.end] for entry in listed.children] if listed else []
        if not reference:
            raw = [_renumbered(entry, moved) for entry in raw]
        moved[kind] = _added(draft, part, kind, raw)
    return moved["cellXfs"]


def _renumbered(entry: bytes, moved: Mapping[str, Numbers]) -> bytes:
    for kind, reference in _REFERENCES.items():
        numbers = moved[kind]
        entry = re.sub(
            rb'(?<=\s%b=")\d+' % reference,
            lambda match, numbers=numbers: b"%d" % numbers[int(match[0])],  # type: ignore[misc]
            entry,
        )
    return entry


def _added(draft: Draft, part: str, kind: str, entries: list[bytes]) -> Numbers:
    """Add what is not there yet to one of the lists of a part."""
    xml, root = draft.outline(part, 2)
    listed = root.find(kind)
    if listed is None or listed.close == listed.end:
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 缺少格式")
    known = [xml[entry.start : entry.end] for entry in listed.children]
    spelled = [_OPENED.sub(rb"<\1%b" % root.prefix.encode(), entry) for entry in entries]
    new = [entry for entry in dict.fromkeys(spelled) if entry not in known]
    if new:
        draft.write(part, edited(xml, [_count(xml, listed, len(known + new)), appended(xml, listed, b"".join(new))]))
    known += new
    return {number: known.index(entry) for number, entry in enumerate(spelled)}


def _count(xml: bytes, listed: Element, count: int) -> Edit:
    return Edit(listed.start, listed.inside, _COUNT.sub(rb"\g<1>%d" % count, xml[listed.start : listed.inside]))
