"""Reads the streams of an OLE compound file (the container of .xls and .et) and writes a plain one with one stream.

As with zip containers, no parser sees the file that was sent; sector chains that loop or leave it are refused here.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping

from jieyue_cli.problems import Code
from jieyue_cli.workbook.refusal import RefusedError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<8s16x5H6x9L")
_ENTRY = struct.Struct("<64sHBxLLL36xLL4x")
_END, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
_LARGEST = 0xFFFFFFFA
_IN_HEADER = 109
_SHIFTS = frozenset({(9, 6), (12, 6)})
_STREAM, _ROOT = 2, 5


class Compound:
    """The streams of an OLE file that lie in its root folder."""

    def __init__(self, data: bytes) -> None:
        """Read the sector table and the folder; raise RefusedError where they are broken."""
        self._data = data
        try:
            fields = _HEADER.unpack_from(data)
            _, _, _, _, shift, mini_shift, _, _, first, _, self._cutoff, mini_fat, _, difat, _ = fields
        except (struct.error, ValueError) as cause:
            raise _damaged() from cause
        if (shift, mini_shift) not in _SHIFTS:
            raise _damaged()
        self._sector = 1 << shift
        self._fat = self._sector_table(difat)
        entries = self._directory(self._chain(first))
        self._mini_fat = array("I", self._chain(mini_fat))
        self._mini = self._chain(entries[0][4])
        self._streams: Mapping[str, tuple[int, int]] = _children(entries)
        """Folded name → first sector and size in bytes."""

    def __contains__(self, name: str) -> bool:
        """Whether there is such a stream; capitals do not matter in an OLE file."""
        return name.upper() in self._streams

    def read(self, name: str) -> bytes:
        """Return a stream's bytes; raise KeyError where there is none and RefusedError where it is cut off."""
        start, size = self._streams[name.upper()]
        stream = self._mini_chain(start, size) if size < self._cutoff else self._chain(start)
        if len(stream) < size:
            raise _damaged()
        return stream[:size]

    def _sector_table(self, difat: int) -> array[int]:
        words = self._sector // 4
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}L", self._data, 76))
        seen = set()
        while difat <= _LARGEST:
            if difat in seen:
                raise _damaged()
            seen.add(difat)
            *more, difat = struct.unpack(f"<{words}L", self._at(difat))
            sectors += more
        table = array("I")
        for sector in sectors:
            if sector <= _LARGEST:
                table.frombytes(self._at(sector))
        return table

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        content = self._data[start : start + self._sector]
        if not content:
            raise _damaged()
        # The last sector of a file that was cut at its end is filled up with zeros, as Excel does.
        return content.ljust(self._sector, b"\0")

    def _chain(self, sector: int) -> bytes:
        contents: list[bytes] = []
        left = len(self._data) // self._sector + 1
        while sector <= _LARGEST:
            if not left or sector >= len(self._fat):
                raise _damaged()
            left -= 1
            contents.append(self._at(sector))
            sector = self._fat[sector]
        return b"".join(contents)

    def _mini_chain(self, sector: int, size: int) -> bytes:
        contents: list[bytes] = []
        while sector <= _LARGEST and len(contents) * 64 < size:
            if sector >= len(self._mini_fat):
                raise _damaged()
            contents.append(self._mini[sector * 64 : sector * 64 + 64])
            sector = self._mini_fat[sector]
        return b"".join(contents)

    @staticmethod
    def _directory(chain: bytes) -> list[tuple[str, int, tuple[int, int, int], int, int]]:
        entries = []
        for raw, length, kind, left, right, child, start, size in _ENTRY.iter_unpack(chain):
            name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            entries.append((name, kind, (left, right, child), size, start))
        if not entries or entries[0][1] != _ROOT:
            raise _damaged()
        return entries


def _children(entries: list[tuple[str, int, tuple[int, int, int], int, int]]) -> dict[str, tuple[int, int]]:
    """Streams of the root folder only: an embedded object may hold a stream of the same name."""
    streams: dict[str, tuple[int, int]] = {}
    seen: set[int] = set()
    waiting = [entries[0][2][2]]
    while waiting:
        index = waiting.pop()
        if index == _NONE or index in seen:
            continue
        if index >= len(entries):
            raise _damaged()
        seen.add(index)
        name, kind, (left, right, _), size, start = entries[index]
        if kind == _STREAM and streams.setdefault(name.upper(), (start, size)) != (start, size):
            raise _damaged()
        waiting += (left, right)
    return streams


def single_stream(name: str, stream: bytes) -> bytes:
    """Return a compound file of 4,096-byte sectors that holds nothing but ``stream``."""
    sector = 4096
    used = max(-(-len(stream) // sector), 1)
    tables = 1
    while tables * (sector // 4) < used + tables + 1:
        tables += 1
    chain = array("I", [0xFFFFFFFD] * tables + [_END])
    chain.extend(range(tables + 2, tables + 1 + used))
    chain.append(_END)
    chain.extend([_FREE] * (tables * (sector // 4) - len(chain)))
    header = struct.pack(
        "<8s16x5H6x9L", MAGIC, 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0, 4096, _END, 0, _END, 0
    ) + struct.pack(f"<{_IN_HEADER}L", *range(tables), *[_FREE] * (_IN_HEADER - tables))
    # A stream below the cutoff would have to live in the mini stream, so it is declared as long as its sector.
    size = max(len(stream), sector)
    # Readers want a mini stream in a file of this version, so the root points at a sector that is never read as one.
    directory = _entry("Root Entry", _ROOT, 1, tables, 0) + _entry(name, _STREAM, _NONE, tables + 1, size)
    body = (header, chain.tobytes(), directory, stream.ljust(used * sector, b"\0"))
    return b"".join((body[0].ljust(sector, b"\0"), body[1], body[2].ljust(sector, b"\0"), body[3]))


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return _ENTRY.pack(raw, len(raw) + 2, kind, _NONE, _NONE, child, start, size)


def _damaged() -> RefusedError:
    return RefusedError(Code.FILE_DAMAGED, detail="扇区链断开或不完整")
