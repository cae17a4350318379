"""Folders, archives and files → the workbooks in them, in a stable order; nothing is passed over in silence."""

from __future__ import annotations

import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path, PurePosixPath

import msgspec

from jieyue_cli.batch.evidence import PAPERS, Names, Trail
from jieyue_cli.files.output import is_part
from jieyue_cli.files.reaching import reachable
from jieyue_cli.files.source import (
    MOST_MEMBERS,
    Archives,
    Member,
    Source,
    begins,
    member_name,
    why_not,
)
from jieyue_cli.problems import Code, Problem

_SPREADSHEETS = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots", ".et", ".ett", ".fods"}
)
_ARCHIVES = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
_DOCUMENTS = frozenset({".docx", ".doc", ".pptx", ".ppt", ".wps", ".dps", ".odt", ".odp", ".vsdx", ".msg", ".ofd"})
_PACKAGES = frozenset({".jar", ".apk", ".epub", ".pages", ".numbers", ".key", ".msi", ".xps"})
_FOREIGN = _DOCUMENTS | _PACKAGES
"""Begin as spreadsheets do and are something else: evidence, handed in beside the form."""
_PLACES = frozenset(
    {
        Code.FILE_MISSING,
        Code.FOLDER_UNREADABLE,
        Code.FOLDER_LINK,
        Code.FILE_LOCK,
        Code.ARCHIVE_EMPTY,
        Code.EVIDENCE_LINK,
    }
)
"""What is said of places in which no file was found."""
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


class Discovery(msgspec.Struct, frozen=True):
    """What the given places hold."""

    sources: list[Source]
    problems: tuple[Problem, ...]
    """Places that could not be searched and things that look handed in but are no workbooks."""
    skipped: int
    """Other files (evidence, pictures …), left alone."""
    papers: tuple[str, ...] = ()
    """Files that are no spreadsheets but may have been meant as forms, in the order of their names."""
    places: tuple[str, ...] = ()
    """The places, in order."""
    others: tuple[Source, ...] = ()
    """Where they were asked for: those that are ``skipped`` as evidence, and the ``papers``."""

    @property
    def empty(self) -> bool:
        """Whether there is no file to report on: nothing but places that are not there or cannot be searched."""
        return not (self.sources or self.papers or any(problem.code not in _PLACES for problem in self.problems))


def discover(
    places: Sequence[Path],
    names: Names | None = None,
    *,
    others: bool = False,
    seen: Callable[[], None] = lambda: None,
) -> Discovery:
    """Find every workbook at or below ``places``, sub-folders and archives too, in the order of their names.

    The order of the places changes nothing, and what several of them lead to counts once. ``names`` are the agencies
    for whom something that is no spreadsheet may have been handed in. With ``others``, the files that are no
    spreadsheets are handed over too, and no link below the places is followed. ``seen`` is called for each file.
    """
    ordered = sorted(places)
    ways = tuple(dict.fromkeys(place.as_posix() for place in ordered))
    search = _Search(names or Names({}), ways, seen, others=others)
    for place in ordered:
        search.place(place)
    search.sources.sort(key=attrgetter("name"))
    search.others.sort(key=attrgetter("name"))
    papers = tuple(sorted(search.papers))
    return Discovery(
        search.sources, tuple(search.problems), search.skipped, papers, search.places, tuple(search.others)
    )


class _Search:
    def __init__(self, names: Names, places: tuple[str, ...], seen: Callable[[], None], *, others: bool) -> None:
        self._looked_at = seen
        self.places = places
        self.others: list[Source] = []
        self._keeps_others = others
        self.papers: list[str] = []
        self._names = names
        self.sources: list[Source] = []
        self.problems: list[Problem] = []
        self.skipped = 0
        self._archives = Archives()
        self._folders: list[Path] = []
        self._seen: set[int] = set()
        """Device and inode number packed into one integer, which takes less memory than a pair."""

    def place(self, place: Path) -> None:
        """Search one place that a person named; a file is taken as it is."""
        try:
            status = reachable(place).stat()
        except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
            self._problem(why_not(error), place.as_posix())
            return
        if not self._is_new(status):
            return
        if stat.S_ISDIR(status.st_mode):
            self._folders.append(place)
            while self._folders:
                self._folder(self._folders.pop())
        elif stat.S_ISREG(status.st_mode) and self._archives.holds_files(place):
            self._archive(place)
        else:
            self._take(place)

    def _folder(self, folder: Path) -> None:
        try:
            with os.scandir(reachable(folder)) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except Exception:  # nothing that one place provokes may end the run (docs/hazards.md, 39)
            self._problem(Code.FOLDER_UNREADABLE, folder.as_posix())
            return
        for entry in entries:
            path = folder / entry.name
            try:
                self._entry(path, entry)
            except Exception as error:  # as above
                held = isinstance(error, OSError) and why_not(error) is Code.FILE_HELD
                self._problem(Code.FILE_HELD if held else Code.FILE_UNREADABLE, path.as_posix())

    def _entry(self, path: Path, entry: os.DirEntry[str]) -> None:
        if self._keeps_others and entry.is_symlink():
            self._problem(Code.EVIDENCE_LINK, path.as_posix())
            return
        if entry.is_symlink() and reachable(path).is_dir():
            self._problem(Code.FOLDER_LINK, path.as_posix())
            return
        status = reachable(path).stat()
        if not self._is_new(status):
            return
        if stat.S_ISDIR(status.st_mode):
            self._folders.append(path)
        elif stat.S_ISREG(status.st_mode):
            self._looked_at()
            self._file(path)
        else:
            self.skipped += 1

    def _file(self, path: Path) -> None:
        name, suffix = path.name.lower(), path.suffix.lower()
        if name in _CLUTTER or name.startswith("._") or is_part(name):
            return
        if name.startswith("~$"):
            self._problem(Code.FILE_LOCK, path.as_posix())
        elif suffix in _SPREADSHEETS:
            self._take(path)
        elif suffix in _ARCHIVES:
            self._closed(Code.ARCHIVE_FOREIGN, Source(path.as_posix()))
        elif suffix != ".zip" and (suffix in _FOREIGN or not begins(path)):
            self._other(Source(path.as_posix()), suffix)
        elif self._archives.holds_files(path):
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
        before = len(self.sources) + len(self.others)
        try:
            members = self._archives.open(path).infolist()
            if len(members) > MOST_MEMBERS:
                self._problem(Code.ARCHIVE_TOO_MANY, path.as_posix(), most=MOST_MEMBERS)
                return
            taken: Counter[str] = Counter()
            for index, info in enumerate(members):
                if not info.filename.endswith("/"):  # ZipInfo.is_dir fails for an empty name
                    self._member(Member(path, index), info, _distinct(member_name(info), taken))
        except Exception:  # as above; what was found before it counts
            self._problem(Code.ARCHIVE_DAMAGED, path.as_posix())
            return
        if len(self.sources) + len(self.others) == before:
            self._problem(Code.ARCHIVE_EMPTY, path.as_posix())

    def _member(self, member: Member, info: zipfile.ZipInfo, name: str) -> None:
        self._looked_at()
        inner = PurePosixPath(name)
        lower, suffix = inner.name.lower(), inner.suffix.lower()
        label = f"{member.archive.as_posix()}/{name}"
        if lower in _CLUTTER or lower.startswith("._") or "__MACOSX" in inner.parts:
            return
        if lower.startswith("~$"):
            self._problem(Code.FILE_LOCK, label)
        elif suffix in _SPREADSHEETS:
            self.sources.append(Source(label, member))
        elif suffix == ".zip" or suffix in _ARCHIVES:
            self._closed(Code.ARCHIVE_NESTED, Source(label, member))
        elif suffix not in _FOREIGN and self._archives.member_begins(member.archive, info):
            self.sources.append(Source(label, member))
        else:
            self._other(Source(label, member), suffix)

    def _other(self, source: Source, suffix: str) -> None:
        """What is no spreadsheet: a return all the same, or evidence."""
        if suffix in PAPERS and Trail.of(source.name, self.places).is_return(self._names):
            self.papers.append(source.name)
        else:
            self.skipped += 1
        self._keep(source)

    def _closed(self, code: Code, source: Source) -> None:
        """An archive that cannot be opened."""
        if Trail.of(source.name, self.places).in_evidence:
            self.skipped += 1
            self._keep(source)
        else:
            self._problem(code, source.name)

    def _keep(self, source: Source) -> None:
        if self._keeps_others:
            self.others.append(source)

    def _problem(self, code: Code, name: str, **facts: object) -> None:
        self.problems.append(code.at(**facts).inside(name))


def _distinct(name: str, taken: Counter[str]) -> str:
    """A name of its own for one more member, as a file manager would make it; an archive may repeat names."""
    suffix, own = PurePosixPath(name).suffix, name
    while own in taken:
        taken[name] += 1
        own = f"{name.removesuffix(suffix)}（{taken[name]}）{suffix}"
    taken[own] += 1
    return own
