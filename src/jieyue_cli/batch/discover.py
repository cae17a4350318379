"""Folders, archives and files → the workbooks in them, in a stable order; nothing is passed over in silence."""

from __future__ import annotations

import errno
import os
import stat
import struct
import zipfile
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from jieyue_cli.problems import Code, Problem

_SPREADSHEETS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots", ".et", ".ett", ".fods"}
_ARCHIVES = {".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a spreadsheet of any name begins: a zip container or an OLE file."""
_FOREIGN = {
    ".docx",
    ".doc",
    ".pptx",
    ".ppt",
    ".wps",
    ".dps",
    ".odt",
    ".odp",
    ".vsdx",
    ".msg",
    ".jar",
    ".apk",
    ".epub",
    ".ofd",
    ".pages",
    ".numbers",
    ".key",
    ".msi",
    ".xps",
}
"""Begin the same way and are something else: evidence, handed in beside the form."""
_CLUTTER = {"thumbs.db", "desktop.ini", ".ds_store"}
_MOST_MEMBERS = 300_000


class Source(msgspec.Struct, frozen=True, gc=False):
    """One workbook to be read: a file, or a member of an archive; small, for there may be a whole country of them."""

    name: str
    """As a person would look for it: ``submissions/a.xlsx``, which is also its path, or ``returns.zip/a.xlsx``."""
    member: Member | None = None
    """Where the name leads into an archive."""


class Member(NamedTuple):
    """A file in an archive."""

    archive: Path
    place: int
    """In the archive's directory, for names may repeat."""


class Discovery(msgspec.Struct, frozen=True):
    """What the given places hold."""

    sources: list[Source]
    problems: tuple[Problem, ...]
    """Places that could not be searched and things that look handed in but are no workbooks."""
    skipped: int
    """Other files (evidence, pictures …), left alone."""


def discover(places: Sequence[Path]) -> Discovery:
    """Find every workbook at or below ``places``, sub-folders and archives too, in the order of their names.

    The order of the places changes nothing, and what several of them lead to counts once.
    """
    search = _Search()
    for place in sorted(places):
        search.place(place)
    search.sources.sort(key=attrgetter("name"))  # stable: members of one name stay in their order
    return Discovery(search.sources, tuple(search.problems), search.skipped)


class _Search:
    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.problems: list[Problem] = []
        self.skipped = 0
        self._folders: list[Path] = []
        self._seen: set[int] = set()
        """Device and number on it in one, smaller than a pair of them."""

    def place(self, place: Path) -> None:
        """One place a person named; a file is taken as it is."""
        try:
            status = place.stat()
        except OSError as error:
            self._problem(why_not(error), place.as_posix())
            return
        if not self._is_new(status):
            return
        if stat.S_ISDIR(status.st_mode):
            self._folders.append(place)
            while self._folders:
                self._folder(self._folders.pop())
        elif stat.S_ISREG(status.st_mode) and _is_archive(place):
            self._archive(place)
        else:
            self._take(place)

    def _folder(self, folder: Path) -> None:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            self._problem(Code.FOLDER_UNREADABLE, folder.as_posix())
            return
        for entry in entries:
            path = folder / entry.name
            try:
                self._entry(path, entry)
            except OSError:
                self._problem(Code.FILE_UNREADABLE, path.as_posix())

    def _entry(self, path: Path, entry: os.DirEntry[str]) -> None:
        if entry.is_symlink() and path.is_dir():
            self._problem(Code.FOLDER_LINK, path.as_posix())
            return
        status = path.stat()
        if not self._is_new(status):
            return
        if stat.S_ISDIR(status.st_mode):
            self._folders.append(path)
        elif stat.S_ISREG(status.st_mode):
            self._file(path)
        else:
            self.skipped += 1

    def _file(self, path: Path) -> None:
        name, suffix = path.name.lower(), path.suffix.lower()
        if name in _CLUTTER or name.startswith("._"):
            return
        if name.startswith("~$"):
            self._problem(Code.FILE_LOCK, path.as_posix())
        elif suffix in _SPREADSHEETS:
            self._take(path)
        elif suffix in _ARCHIVES:
            self._problem(Code.ARCHIVE_FOREIGN, path.as_posix())
        elif suffix != ".zip" and (suffix in _FOREIGN or not _begins(path)):
            self.skipped += 1
        elif _is_archive(path):
            self._archive(path)
        else:
            self._take(path)

    def _is_new(self, status: os.stat_result) -> bool:
        """Whether this has not been met yet; some file systems number nothing."""
        known = len(self._seen)
        self._seen.add(status.st_dev << 128 | status.st_ino)
        return not status.st_ino or len(self._seen) > known

    def _take(self, path: Path) -> None:
        self.sources.append(Source(path.as_posix()))

    def _archive(self, path: Path) -> None:
        try:
            archive = _opened(path)
        except _BAD_ARCHIVE:
            self._problem(Code.ARCHIVE_DAMAGED, path.as_posix())
            return
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            self._problem(Code.ARCHIVE_TOO_MANY, path.as_posix(), most=_MOST_MEMBERS)
            return
        before = len(self.sources)
        for index, info in enumerate(members):
            if not info.is_dir():
                self._member(path, index, info)
        if len(self.sources) == before:
            self._problem(Code.ARCHIVE_EMPTY, path.as_posix())

    def _member(self, archive: Path, index: int, info: zipfile.ZipInfo) -> None:
        name = member_name(info)
        inner = PurePosixPath(name)
        lower, suffix = inner.name.lower(), inner.suffix.lower()
        label = f"{archive.as_posix()}/{name}"
        if lower in _CLUTTER or lower.startswith("._") or "__MACOSX" in inner.parts:
            return
        if lower.startswith("~$"):
            self._problem(Code.FILE_LOCK, label)
        elif suffix in _SPREADSHEETS:
            self.sources.append(Source(label, Member(archive, index)))
        elif suffix == ".zip" or suffix in _ARCHIVES:
            self._problem(Code.ARCHIVE_NESTED, label)
        elif suffix not in _FOREIGN and _member_begins(archive, info):
            self.sources.append(Source(label, Member(archive, index)))
        else:
            self.skipped += 1

    def _problem(self, code: Code, name: str, **facts: object) -> None:
        self.problems.append(code.at(**facts).inside(name))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: a Chinese Windows writes GBK without saying so, some Unix tools UTF-8."""
    name = info.filename
    if not info.flag_bits & 0x800:
        for encoding in ("utf-8", "gbk"):
            try:
                name = info.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")


def why_not(error: OSError) -> Code:
    """Say why a file cannot be had: a name that no file can have is a file that does not exist."""
    nowhere = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}
    return Code.FILE_MISSING if error.errno in nowhere else Code.FILE_UNREADABLE


def read(source: Source, most: int) -> tuple[bytes | None, Problem | None]:
    """Bytes of a source, at most ``most`` of them; None with the reason where they cannot be had."""
    try:
        if source.member:
            return _read_member(source.member, most)
        path = Path(source.name)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return None, Code.FOLDER_GIVEN.at()
        if not stat.S_ISREG(status.st_mode):
            return None, Code.FILE_NOT_REGULAR.at()
        if status.st_size > most:
            return None, Code.FILE_TOO_LARGE.at(limit=most >> 20)
        return path.read_bytes(), None
    except OSError as error:
        return None, why_not(error).at()


def _read_member(member: Member, most: int) -> tuple[bytes | None, Problem | None]:
    try:
        archive = _opened(member.archive)
        info = archive.infolist()[member.place]
        if info.flag_bits & 0x1:
            return None, Code.ARCHIVE_ENCRYPTED.at()
        if info.file_size > most:
            return None, Code.FILE_TOO_LARGE.at(limit=most >> 20)
        with archive.open(info) as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise
    except Exception:
        # Whatever else a damaged archive provokes in the library is the archive's fault: it must not cost a batch.
        return None, Code.ARCHIVE_DAMAGED.at()
    if len(data) > most:
        return None, Code.FILE_TOO_LARGE.at(limit=most >> 20)
    return data, None


_BAD_ARCHIVE = (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error)
_last: tuple[tuple[Path, float, int], zipfile.ZipFile] | None = None


def _opened(path: Path) -> zipfile.ZipFile:
    """The archive, kept open: reading its directory again for each member would be quadratic."""
    global _last  # noqa: PLW0603 -- one archive open a process, replaced by the next
    status = path.stat()
    identity = (path, status.st_mtime, status.st_size)
    if _last is None or _last[0] != identity:
        opened = zipfile.ZipFile(path)
        if _last:
            _last[1].close()
        _last = (identity, opened)
    return _last[1]


def _begins(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(8).startswith(_MAGIC)


def _member_begins(path: Path, info: zipfile.ZipInfo) -> bool:
    try:
        with _opened(path).open(info) as stream:
            return stream.read(8).startswith(_MAGIC)
    except Exception:  # as in _read_member; without a spreadsheet's name or beginning it is some other file
        return False


def _is_archive(path: Path) -> bool:
    """Whether this is a zip that is not itself a spreadsheet, by the parts it has."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        names = {info.filename.replace("\\", "/").lower() for info in _opened(path).infolist()[:_MOST_MEMBERS]}
    except _BAD_ARCHIVE:
        return False
    return not names & {"[content_types].xml", "xl/workbook.xml", "xl/workbook.bin", "content.xml", "mimetype"}
