"""Texts as the records of an .xls workbook store them: UTF-16 whose upper halves are left out where all are 0."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_WIDE, _SPOKEN, _RICH = 0x1, 0x4, 0x8
_MORE = _SPOKEN | _RICH


def sheet_name(content: bytes | bytearray, *, biff8: bool) -> str:
    """Return a name that is stored with its length in the first byte."""
    if not biff8:
        return content[1 : 1 + content[0]].decode("gb18030", "replace")
    return _units(content[2:], content[0], wide=content[1] & _WIDE).decode("utf-16-le", "replace")


def continued_text(pieces: Sequence[bytes | bytearray]) -> str | None:
    """Return a text of BIFF8 that fills a record and those that continue it; None where characters lack.

    Each piece says anew how wide its characters are.
    """
    length, flags = struct.unpack_from("<HB", pieces[0])
    units = _units(pieces[0][3:], length, wide=flags & _WIDE)
    for piece in pieces[1:]:
        units += _units(piece[1:], length - len(units) // 2, wide=piece[0] & _WIDE)
    return units.decode("utf-16-le", "replace") if len(units) == 2 * length and not flags & _MORE else None


def stored_text(content: bytes | bytearray) -> tuple[str, int]:
    """Return the text of BIFF8 at the start of ``content``, and the bytes it takes, with its styles."""
    length, flags = struct.unpack_from("<HB", content)
    if flags & ~(_WIDE | _MORE):
        raise struct.error
    start, after = 3, 0
    if flags & _RICH:
        after += 4 * int(struct.unpack_from("<H", content, start)[0])
        start += 2
    if flags & _SPOKEN:
        after += int(struct.unpack_from("<L", content, start)[0])
        start += 4
    units = _units(content[start:], length, wide=flags & _WIDE)
    return units.decode("utf-16-le", "replace"), start + length * (1 + (flags & _WIDE)) + after


def _units(stored: bytes | bytearray, most: int, *, wide: int) -> bytes:
    if wide:
        return bytes(stored[: 2 * most])
    units = bytearray(2 * len(stored[:most]))
    units[::2] = stored[:most]
    return bytes(units)
