"""Writes zip containers from members that are packed already, or need no packing.

``zipfile`` compresses every member again each time; of a blank form only one member in ten differs from the next
form's, and what is handed to a parser need not be compressed at all.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from zipfile import ZipInfo

_VERSION, _UTF8 = 20, 0x800
_STORED, _DEFLATED = 0, 8
_SIZES_BEHIND = 0x8
"""Flag of a member whose sizes stand behind its data; written anew, they stand before it."""
_MIDNIGHT, _FIRST_DAY = 0, 0x21
"""1980-01-01 00:00, the earliest time that a zip can hold."""
_STAMP = struct.Struct("<5H")
"""Version, flags, method, time and date."""
_HEADER = struct.Struct("<10s3L2H")
"""The stamp; CRC, packed size, size; lengths of the name and of extra fields."""
_PLACE = struct.Struct("<10xL")
"""Of the central entry: no comment, first disk, no attributes; where the local entry starts."""
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIZE = 4 + _HEADER.size

_AS_STORED = _STAMP.pack(_VERSION, _UTF8, _STORED, _MIDNIGHT, _FIRST_DAY)
_AS_DEFLATED = _STAMP.pack(_VERSION, _UTF8, _DEFLATED, _MIDNIGHT, _FIRST_DAY)

Member = tuple[bytes, bytes, bytes]
"""The header that the local and the central entry share, the name, and the data as they stand in the container."""


def stored(name: str, data: bytes) -> Member:
    """A member that is not compressed."""
    raw, size = name.encode(), len(data)
    return _HEADER.pack(_AS_STORED, zlib.crc32(data), size, size, len(raw), 0), raw, data


def deflated(name: str, data: bytes) -> Member:
    """A member, compressed as spreadsheet programs do."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    raw, packed = name.encode(), packer.compress(data) + packer.flush()
    return _HEADER.pack(_AS_DEFLATED, zlib.crc32(data), len(packed), len(data), len(raw), 0), raw, packed


def copied(entry: ZipInfo, packed: bytes) -> Member:
    """A member of another container with its name, time and packed data; sizes are bounded far below 4 GiB."""
    raw = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
    year, month, day, hour, minute, second = entry.date_time
    time, date = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    stamp = _STAMP.pack(_VERSION, entry.flag_bits & ~_SIZES_BEHIND, entry.compress_type, time, date)
    return _HEADER.pack(stamp, entry.CRC, len(packed), entry.file_size, len(raw), 0), raw, packed


def pack(members: Iterable[Member]) -> bytes:
    """The bytes of a zip file with these members, in this order."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for header, name, data in members:
        body += (b"PK\3\4", header, name, data)
        directory += (b"PK\1\2\x14\0", header, _PLACE.pack(offset), name)
        offset += _LOCAL_SIZE + len(name) + len(data)
    index = b"".join(directory)
    count = len(directory) // 4
    return b"".join((*body, index, _END.pack(b"PK\5\6", 0, 0, count, count, len(index), offset, 0)))
