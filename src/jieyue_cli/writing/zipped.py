"""Zip containers from parts that are mostly packed already.

``zipfile`` packs every part anew each time; of a blank form only one part in ten differs from the next one's.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_UTF8 = 0x800
_DEFLATED = 8
_VERSION = 20
_MIDNIGHT, _FIRST_DAY = 0, 0x21
"""1980-01-01 00:00, the earliest time a zip can tell."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One part, deflated."""

    name: bytes
    data: bytes
    size: int
    """Before packing."""
    crc: int


def pack(name: str, data: bytes) -> Packed:
    """Deflate one part as spreadsheet programs do."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(name.encode(), packer.compress(data) + packer.flush(), len(data), zlib.crc32(data))


def join(parts: Iterable[Packed]) -> bytes:
    """The parts as one container."""
    body, directory, offset, count = [], [], 0, 0
    for part in parts:
        facts = (_VERSION, _UTF8, _DEFLATED, _MIDNIGHT, _FIRST_DAY, part.crc, len(part.data), part.size, len(part.name))
        body += [_LOCAL.pack(0x04034B50, *facts, 0), part.name, part.data]
        directory += [_CENTRAL.pack(0x02014B50, _VERSION, *facts, 0, 0, 0, 0, 0, offset), part.name]
        offset += _LOCAL.size + len(part.name) + len(part.data)
        count += 1
    size = sum(map(len, directory))
    return b"".join([*body, *directory, _END.pack(0x06054B50, 0, 0, count, count, size, offset, 0)])
