"""Size and SHA-256 of one file after another, in pieces and never beyond a bound; no document is opened."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import IO, NamedTuple

from jieyue_cli.files.reaching import reachable
from jieyue_cli.files.source import Archives, Member, Source, is_encrypted
from jieyue_cli.problems import Code, Problem

MOST_BYTES = 1 << 30
"""Of one file."""
_MOST_OF_ARCHIVE = 4
"""Files of that size, for all members of one archive together: a small archive may unfold without end."""
_PIECE = 1 << 20


class Digest(NamedTuple):
    """What the bytes of a file are known by."""

    size: int | None
    """In bytes; None where it could not be told."""
    sha256: str | None
    """None where the bytes were not read to their end."""
    problem: Problem | None = None
    """Why not."""


class _TooLargeError(Exception):
    pass


class Digester:
    """Digests files, members of one archive after another; ``most`` is in bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._archives = Archives()
        self._archive: Path | None = None
        self._left = 0
        """Bytes that may still be read of ``_archive``."""

    def digest(self, source: Source) -> Digest:
        """Digest one file or member; whatever it is, there is an answer. A link is not followed."""
        try:
            return self._member(source.member) if source.member else self._file(Path(source.name))
        except (OSError, ValueError):  # ValueError: a name with a zero byte
            return Digest(None, None, _unread("没有权限、被占用或已不在"))

    def _file(self, path: Path) -> Digest:
        path = reachable(path)
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return Digest(None, None, Code.EVIDENCE_LINK.at())
        if not stat.S_ISREG(status.st_mode):  # put there since it was found; a pipe would be waited for
            return Digest(None, None, _unread("不是普通文件"))
        size = status.st_size
        if size > self._most:
            return Digest(size, None, self._large())
        try:
            with path.open("rb") as stream:
                return Digest(size, _sha256(stream, self._most))
        except _TooLargeError:
            return Digest(size, None, self._large())
        except OSError:
            return Digest(size, None, _unread("没有权限或被其他程序占用"))

    def _member(self, member: Member) -> Digest:
        if member.archive != self._archive:
            self._archive, self._left = member.archive, _MOST_OF_ARCHIVE * self._most
        size = None
        try:
            archive = self._archives.open(member.archive)
            info = archive.infolist()[member.place]
            size = info.file_size
            if is_encrypted(info):
                return Digest(size, None, _unread("压缩包加了密码"))
            if size > self._most:
                return Digest(size, None, self._large())
            if size > self._left:
                return Digest(size, None, _unread("压缩包解开后过大"))
            self._left -= size
            with archive.open(info) as stream:
                return Digest(size, _sha256(stream, size))
        except Exception:  # zipfile raises almost anything for a damaged archive (docs/hazards.md, 24)
            return Digest(size, None, _unread("压缩包已损坏"))

    def _large(self) -> Problem:
        return _unread(f"超过 {self._most >> 20} MB")


def _sha256(stream: IO[bytes], most: int) -> str:
    digest, left = hashlib.sha256(), most
    while piece := stream.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise _TooLargeError
        digest.update(piece)
    return digest.hexdigest()


def _unread(why: str) -> Problem:
    return Code.EVIDENCE_UNREAD.at(why=why)
