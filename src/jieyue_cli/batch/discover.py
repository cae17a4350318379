"""Folders, archives and files → the workbooks in them, in a stable order; nothing is passed over in silence."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

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


@dataclass(frozen=True, slots=True)
class Source:
    """One workbook to be read: a file, or a member of an archive."""

    name: str
    """As a person would look for it: ``submissions/a.xlsx`` or ``returns.zip/a.xlsx``."""
    path: Path
    member: int | None = None
    """Its place in the archive's directory, for names may repeat."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the given places hold."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    """Places that could not be searched and things that look handed in but are no workbooks."""
    skipped: int
    """Other files (evidence, pictures …), left alone."""


def discover(places: Sequence[Path]) -> Found:
    """Find every workbook at or below ``places``, sub-folders and archives too, in the order of their names."""
    search = _Search()
    for place in places:
        search.place(place)
    return Found(tuple(search.sources), tuple(search.problems), search.skipped)


class _Search:
    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.problems: list[Problem] = []
        self.skipped = 0
        self._seen: set[tuple[int, int]] = set()

    def place(self, place: Path) -> None:
        """One place a person named; a file is taken as it is."""
        try:
            is_folder = place.is_dir()
            exists = place.exists()
        except OSError:
            exists = is_folder = False
        if is_folder:
            self._folder(place)
        elif not exists:
            self._problem(Code.FILE_MISSING, str(place))
        elif zipfile.is_zipfile(place) and not _is_workbook_zip(place):
            self._archive(place)
        else:
            self._take(place)

    def _folder(self, folder: Path) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self._problem(Code.FOLDER_UNREADABLE, str(folder))
            return
        for entry in entries:
            path = folder / entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    self._folder(path)
                elif entry.is_symlink() and path.is_dir():
                    self._problem(Code.FOLDER_LINK, str(path))
                elif stat.S_ISREG(entry.stat().st_mode):
                    self._file(path)
                else:
                    self.skipped += 1
            except OSError:
                self._problem(Code.FILE_UNREADABLE, str(path))

    def _file(self, path: Path) -> None:
        name, suffix = path.name.lower(), path.suffix.lower()
        if name in _CLUTTER or name.startswith("._"):
            return
        if name.startswith("~$"):
            self._problem(Code.FILE_LOCK, str(path))
        elif suffix in _SPREADSHEETS:
            self._take(path)
        elif suffix in _ARCHIVES:
            self._problem(Code.ARCHIVE_FOREIGN, str(path))
        elif suffix in _FOREIGN or not _begins(path):
            self.skipped += 1
        elif suffix == ".zip" or (zipfile.is_zipfile(path) and not _is_workbook_zip(path)):
            self._archive(path)
        else:
            self._take(path)

    def _take(self, path: Path) -> None:
        """A file counts once however many of the places lead to it."""
        status = path.stat()
        identity = (status.st_dev, status.st_ino)
        if status.st_ino and identity in self._seen:
            return
        self._seen.add(identity)
        self.sources.append(Source(str(path), path))

    def _archive(self, path: Path) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                members = archive.infolist()
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
            self._problem(Code.ARCHIVE_DAMAGED, str(path))
            return
        if len(members) > _MOST_MEMBERS:
            self._problem(Code.ARCHIVE_TOO_MANY, str(path), most=_MOST_MEMBERS)
            return
        named = sorted((member_name(info), index) for index, info in enumerate(members) if not info.is_dir())
        before = len(self.sources)
        for name, index in named:
            self._member(path, name, index)
        if len(self.sources) == before:
            self._problem(Code.ARCHIVE_EMPTY, str(path))

    def _member(self, archive: Path, name: str, index: int) -> None:
        inner = PurePosixPath(name)
        lower, suffix = inner.name.lower(), inner.suffix.lower()
        label = f"{archive}/{name}"
        if lower in _CLUTTER or lower.startswith("._") or "__MACOSX" in inner.parts:
            return
        if lower.startswith("~$"):
            self._problem(Code.FILE_LOCK, label)
        elif suffix in _SPREADSHEETS:
            self.sources.append(Source(label, archive, index))
        elif suffix == ".zip" or suffix in _ARCHIVES:
            self._problem(Code.ARCHIVE_NESTED, label)
        else:
            self.skipped += 1

    def _problem(self, code: Code, name: str, **facts: object) -> None:
        self.problems.append(code.at(**facts).inside(name))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: a Chinese Windows writes GBK without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gbk")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


_last: tuple[tuple[Path, float, int], zipfile.ZipFile] | None = None


def read(source: Source, most: int) -> tuple[bytes | None, Problem | None]:
    """Bytes of a source, at most ``most`` of them; None with the reason where they cannot be had."""
    try:
        if source.member is None:
            status = source.path.stat()
            if not stat.S_ISREG(status.st_mode):
                return None, Code.FILE_NOT_REGULAR.at()
            if status.st_size > most:
                return None, Code.FILE_TOO_LARGE.at(size=status.st_size >> 20, limit=most >> 20)
            return source.path.read_bytes(), None
        return _read_member(source, most)
    except FileNotFoundError:
        return None, Code.FILE_MISSING.at()
    except OSError:
        return None, Code.FILE_UNREADABLE.at()


def _read_member(source: Source, most: int) -> tuple[bytes | None, Problem | None]:
    try:
        archive = _archive(source.path)
        info = archive.infolist()[source.member or 0]
        if info.flag_bits & 0x1:
            return None, Code.ARCHIVE_ENCRYPTED.at()
        if info.file_size > most:
            return None, Code.FILE_TOO_LARGE.at(size=info.file_size >> 20, limit=most >> 20)
        with archive.open(info) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, IndexError, EOFError, zlib.error, RuntimeError):
        return None, Code.ARCHIVE_DAMAGED.at()
    if len(data) > most:
        return None, Code.FILE_TOO_LARGE.at(size=len(data) >> 20, limit=most >> 20)
    return data, None


def _archive(path: Path) -> zipfile.ZipFile:
    """The archive, kept open: reading its directory again for each member would be quadratic."""
    global _last  # noqa: PLW0603 -- one archive open a process, replaced by the next
    status = path.stat()
    identity = (path, status.st_mtime, status.st_size)
    if _last is None or _last[0] != identity:
        if _last:
            _last[1].close()
        _last = (identity, zipfile.ZipFile(path))
    return _last[1]


def _begins(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(8).startswith(_MAGIC)


def _is_workbook_zip(path: Path) -> bool:
    """Whether a zip is itself a spreadsheet, by the parts it has."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()[:_MOST_MEMBERS]}
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return True
    return bool(names & {"[content_types].xml", "xl/workbook.xml", "xl/workbook.bin", "content.xml", "mimetype"})
