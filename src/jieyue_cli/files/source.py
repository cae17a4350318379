"""One file to be read: on the disk by its path, or a member of a zip archive."""

from __future__ import annotations

import errno
import stat
import zipfile
from pathlib import Path
from typing import NamedTuple

import msgspec

from jieyue_cli.files.names import HELD
from jieyue_cli.files.reaching import reachable
from jieyue_cli.problems import Code, Problem

_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a spreadsheet of any name begins: a zip container or an OLE file."""
_WORKBOOK_PARTS = {"[content_types].xml", "xl/workbook.xml", "xl/workbook.bin", "content.xml", "mimetype"}
"""Members that make a zip file a spreadsheet, in lower case."""
MOST_MEMBERS = 300_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class Source(msgspec.Struct, frozen=True, gc=False):
    """One file to be read; small, because a run may hold 130,000 of them."""

    name: str
    """As a person would look for it: ``submissions/a.xlsx``, which is also its path, or ``returns.zip/a.xlsx``."""
    member: Member | None = None
    """Where the name leads into an archive."""


class Member(NamedTuple):
    """A file in an archive."""

    archive: Path
    place: int
    """Its index in the archive's directory: names may repeat."""


class DamagedArchiveError(Exception):
    """A zip archive cannot be opened, or one of its members cannot be read."""


class Archives:
    """Opens zip archives and keeps the last one open: reading its directory for each member would be quadratic."""

    def __init__(self) -> None:
        self._last: tuple[tuple[Path, float, int], zipfile.ZipFile] | None = None

    def open(self, path: Path) -> zipfile.ZipFile:
        """The archive; raise DamagedArchiveError where it is none, OSError where it cannot be had."""
        place = reachable(path)
        status = place.stat()
        identity = (path, status.st_mtime, status.st_size)
        if self._last is None or self._last[0] != identity:
            try:
                opened = zipfile.ZipFile(place)
            except OSError:
                raise
            except Exception as cause:  # zipfile raises almost anything for a damaged archive (docs/hazards.md, 24)
                raise DamagedArchiveError from cause
            if self._last:
                self._last[1].close()
            self._last = (identity, opened)
        return self._last[1]

    def holds_files(self, path: Path) -> bool:
        """Whether this is a zip archive that is not itself a spreadsheet, by the parts it has."""
        if not zipfile.is_zipfile(reachable(path)):
            return False
        try:
            members = self.open(path).infolist()[:MOST_MEMBERS]
        except (DamagedArchiveError, OSError):
            return False
        return _WORKBOOK_PARTS.isdisjoint(info.filename.replace("\\", "/").lower() for info in members)

    def member_begins(self, path: Path, info: zipfile.ZipInfo) -> bool:
        """Whether a member begins as a spreadsheet does; False where it cannot be read."""
        try:
            with self.open(path).open(info) as stream:
                return stream.read(8).startswith(_MAGIC)
        except Exception:  # as above
            return False

    def read(self, member: Member, most: int) -> tuple[bytes | None, Problem | None]:
        """Bytes of a member, at most ``most``; raise FileNotFoundError where the archive is gone."""
        try:
            archive = self.open(member.archive)
            info = archive.infolist()[member.place]
            if is_encrypted(info):
                return None, Code.ARCHIVE_ENCRYPTED.at()
            if info.file_size > most:
                return None, _too_large(most)
            with archive.open(info) as stream:
                data = stream.read(most + 1)
        except FileNotFoundError:
            raise
        except Exception:  # as above: one damaged archive must not end a batch
            return None, Code.ARCHIVE_DAMAGED.at()
        return (None, _too_large(most)) if len(data) > most else (data, None)


def read(source: Source, most: int, archives: Archives) -> tuple[bytes | None, Problem | None]:
    """Bytes of a source, at most ``most`` of them; None with the reason where they cannot be had."""
    try:
        if source.member:
            return archives.read(source.member, most)
        path = reachable(Path(source.name))
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return None, Code.FOLDER_GIVEN.at()
        if not stat.S_ISREG(status.st_mode):
            return None, Code.FILE_NOT_REGULAR.at()
        if status.st_size > most:
            return None, _too_large(most)
        return path.read_bytes(), None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        return None, why_not(error).at()


def read_path(path: Path, most: int) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Bytes of one file that a person named, or the problem at that name."""
    data, problem = read(Source(str(path)), most, Archives())
    return data, (problem.inside(str(path)),) if problem else ()


def _too_large(most: int) -> Problem:
    return Code.FILE_TOO_LARGE.at(limit=most >> 20)


def why_not(error: OSError | ValueError) -> Code:
    """Say why a file cannot be had: a name that no file can have is a file that does not exist."""
    if getattr(error, "winerror", None) in HELD:
        return Code.FILE_HELD
    nowhere = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}
    missing = isinstance(error, ValueError) or error.errno in nowhere
    return Code.FILE_MISSING if missing else Code.FILE_UNREADABLE


def begins(path: Path) -> bool:
    """Whether a file begins as a spreadsheet does."""
    with reachable(path).open("rb") as stream:
        return stream.read(8).startswith(_MAGIC)


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Whether a member needs a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: a Chinese Windows writes GBK without saying so, some Unix tools UTF-8."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        for encoding in ("utf-8", "gbk"):
            try:
                name = info.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")
