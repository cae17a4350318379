"""Takes a zip container apart within limits.

No parser ever sees the container that was sent: what is handed on is packed anew (``writing.container``) from parts
whose size, CRC and uniqueness were checked here, so that lying headers and overlapping or doubled entries end in this
module.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from jieyue_cli.problems import Code
from jieyue_cli.remembering import Remembered
from jieyue_cli.workbook.limits import MIB, Limits
from jieyue_cli.workbook.refusal import RefusedError

_ENCRYPTED = 0x1
_LOCAL = struct.Struct("<26s2H")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Container:
    """A zip file whose directory was checked; parts are inflated one by one, each at most once."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Read the directory of ``data``; raise RefusedError where it cannot be trusted."""
        self._data = data
        self._limits = limits
        self._left = limits.inflated_bytes
        try:
            entries = zipfile.ZipFile(BytesIO(data)).infolist()
        except Exception as cause:
            raise RefusedError(Code.FILE_DAMAGED, detail="压缩结构不完整") from cause
        if len(entries) > limits.entries:
            raise RefusedError(Code.FILE_SUSPECT, detail=f"内含 {len(entries)} 个部件")
        self._directory = entries
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._doubled: set[str] = set()
        for entry in entries:
            name = canonical(entry.filename)
            first = self._entries.setdefault(name, entry)
            if first is not entry and (first.CRC, first.file_size) != (entry.CRC, entry.file_size):
                self._doubled.add(name)

    @property
    def declared_bytes(self) -> int:
        """Inflated size that all entries declare, in bytes; ``read`` refuses an entry that differs."""
        return sum(entry.file_size for entry in self._entries.values())

    def spelling(self, name: str) -> str:
        """Return a part's name as the container spells it, with forward slashes; readers follow relations by it."""
        return self._entries[canonical(name)].filename.replace("\\", "/").lstrip("/")

    def __contains__(self, name: str) -> bool:
        return canonical(name) in self._entries

    def __iter__(self) -> Iterator[str]:
        """Every part's name as the container spells it, in the order of its directory."""
        return (entry.filename for entry in self._directory)

    def members(self) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        """Every part as it stands in the container, still packed; raise RefusedError where a copy cannot be trusted."""
        if len(self._entries) < len(self._directory):
            raise RefusedError(Code.FILE_SUSPECT, detail="有部件出现了两次")
        for entry in self._directory:
            packed = self._packed(entry)
            if packed is None or entry.flag_bits & _ENCRYPTED or len(packed) < entry.compress_size:
                raise RefusedError(Code.FILE_DAMAGED, detail=f"部件 {entry.filename} 无法照抄")
            yield entry, packed

    def read(self, name: str) -> bytes:
        """Inflate one part; raise RefusedError where there is none or where it cannot be trusted."""
        entry = self._entries.get(canonical(name))
        if entry is None:
            raise RefusedError(Code.FILE_DAMAGED, detail=f"缺少部件 {name}")
        if canonical(name) in self._doubled:
            raise RefusedError(Code.FILE_SUSPECT, detail=f"部件 {name} 出现了两次，内容不同")
        if entry.flag_bits & _ENCRYPTED:
            raise RefusedError(Code.FILE_PASSWORD)
        if entry.compress_type not in _METHODS:
            raise RefusedError(Code.FILE_DAMAGED, detail=f"部件 {name} 的压缩方式未知")
        size = entry.file_size
        self._left -= size
        if self._left < 0:
            raise RefusedError(Code.FILE_TOO_LARGE, limit=self._limits.inflated_bytes // MIB)
        if size > self._limits.ratio_from_bytes and size > self._limits.ratio * max(entry.compress_size, 1):
            raise RefusedError(Code.FILE_SUSPECT, detail=f"部件 {name} 解开后膨胀到 {size // MIB} MB")
        packed = self._packed(entry)
        if packed is not None:
            declared = entry.compress_type, size, entry.CRC, packed
            part = _UNPACKED[declared] if size <= SHARED else _unpacked(declared)
            if part is not None:
                return part
        raise RefusedError(Code.FILE_DAMAGED, detail=f"部件 {name} 校验不符")

    def _packed(self, entry: zipfile.ZipInfo) -> bytes | None:
        header = self._data[entry.header_offset : entry.header_offset + _LOCAL.size]
        if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
            return None
        _, name_length, extra_length = _LOCAL.unpack(header)
        start = entry.header_offset + _LOCAL.size + name_length + extra_length
        return self._data[start : start + entry.compress_size]


def _unpacked(declared: tuple[int, int, int, bytes]) -> bytes | None:
    """Inflate no more than was declared; None unless it is what was declared.

    ZipFile.read would inflate an entry of any size whole, and is slower.
    """
    method, size, crc, packed = declared
    part = packed
    if method != zipfile.ZIP_STORED:
        try:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
        except zlib.error:
            return None
    return part if len(part) == size and zlib.crc32(part) == crc else None


SHARED = 64 * 1024
"""Inflated size in bytes up to which a part may be one that all forms share: styles, relations, the help sheet."""
_UNPACKED = Remembered(_unpacked, 64, longest=4096)


def canonical(name: str) -> str:
    r"""Return the name by which parts are compared: some writers use backslashes or capitals (docs/hazards.md, 8)."""
    return name.replace("\\", "/").lstrip("/").lower()
