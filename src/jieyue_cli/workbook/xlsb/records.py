"""The records of an .xlsb part, and the texts in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_RICH, _SPOKEN = 0x1, 0x2
_ITEM, _STRINGS, _END = 19, 159, 160


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content; both numbers before the content are stored seven bits to a byte."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            if at == end:
                raise struct.error
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            if at == end or shift > 21:  # noqa: PLR2004 - four bytes of seven bits
                raise struct.error
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > end:
            raise struct.error
        yield kind, part[at : at + length]
        at += length


def record(kind: int, content: bytes = b"") -> bytes:
    """One record."""
    head = [kind] if kind < 0x80 else [kind & 0x7F | 0x80, kind >> 7]  # noqa: PLR2004 - seven bits
    length = len(content)
    while length >= 0x80:  # noqa: PLR2004 - as above
        head.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes((*head, length)) + content


def text(content: bytes, at: int = 0) -> tuple[bytes, int]:
    """The text at an offset, with its length before it, and where it ends; struct.error where it is cut off."""
    after = at + 4 + 2 * int(struct.unpack_from("<L", content, at)[0])
    if after > len(content):
        raise struct.error
    content[at + 4 : after].decode("utf-16-le")
    return content[at:after], after


def rich_text(content: bytes) -> bytes:
    """The text of a record that may have styles after it; struct.error where it is not as long as they need."""
    stored, after = text(content, 1)
    if content[0] & _RICH:
        after += 4 + 4 * int(struct.unpack_from("<L", content, after)[0])
    if after != len(content) and (after > len(content) or not content[0] & _SPOKEN):
        raise struct.error
    return stored


def plain_strings(part: bytes) -> tuple[bytes, int]:
    """The shared strings without styles, and how many there are.

    Readers reserve memory for the number of them that is declared (docs/hazards.md, 6). Fewer mean that one has
    swallowed another, and every later one would stand for its neighbour.
    """
    declared, stored = 0, []
    for kind, content in records(part):
        if kind == _STRINGS:
            declared = struct.unpack_from("<L", content, 4)[0]
        elif kind == _ITEM:
            stored.append(record(_ITEM, b"\0" + rich_text(content)))
    if len(stored) < declared:
        raise struct.error
    count = struct.pack("<2L", len(stored), len(stored))
    return b"".join((record(_STRINGS, count), *stored, record(_END))), len(stored)
