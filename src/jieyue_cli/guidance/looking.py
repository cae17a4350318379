"""Looks at a folder: so many entries, so many files, so long, and not further."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import monotonic

from jieyue_cli.guidance.glancing import TOLD_BY_CONTENT, glance, together
from jieyue_cli.guidance.sight import FORMS, Glimpse, Kind, Sight, Thing

SECONDS = 0.15
"""After which nothing more is opened: a network drive may take a tenth of a second for one file."""
MOST_ENTRIES = 3000
_MOST_INSIDE = 60
"""Entries of a folder below."""
_FILES_INSIDE = 4
"""Forms that tell what a folder below holds."""
_DEEPEST = 3
_PEEKS = 60
_CLUTTER = ("~$", ".", "$")
_TELLING = (("名录", "台账"), ("年", "表"))
_EVIDENCE = ("佐证", "附件", "证明材料")
GUIDE = "先看这里.txt"


def look(folder: Path, seconds: float = SECONDS) -> Sight:
    """What ``folder`` seems to hold."""
    return _Look(seconds).folder(folder)


def glimpse(path: Path) -> Glimpse:
    """What one file seems to be."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return Glimpse(Kind.OTHER)
        with path.open("rb") as stream:
            return glance(path.name, stream)
    except (OSError, ValueError):
        return Glimpse(Kind.OTHER)


class _Look:
    def __init__(self, seconds: float) -> None:
        self._due = monotonic() + seconds
        self._peeks = _PEEKS
        self._cut = False

    def folder(self, folder: Path) -> Sight:
        try:
            with os.scandir(folder) as listing:
                entries = list(islice(listing, MOST_ENTRIES + 1))
        except OSError:
            return Sight(readable=False)
        if len(entries) > MOST_ENTRIES:
            self._cut = True
        names = frozenset(entry.name.lower() for entry in entries)
        shown = sorted((entry for entry in entries if _is_shown(entry.name)), key=_telling_first)
        found = [thing for entry in shown if (thing := self._thing(entry))]
        things = tuple(sorted(found))
        return Sight(things, names, len(shown) - len(things), self._cut)

    def _thing(self, entry: os.DirEntry[str]) -> Thing | None:
        seen = self._inside(entry) if _is_folder(entry) else self._file(Path(entry.path))
        if seen is None or seen.kind is Kind.OTHER:
            return None
        several = _is_folder(entry) or entry.name.lower().endswith(".zip")
        return Thing(entry.name, *seen, several)

    def _file(self, path: Path) -> Glimpse | None:
        if path.suffix.lower() not in TOLD_BY_CONTENT:
            return None
        if self._peeks <= 0 or monotonic() > self._due:
            self._cut = True
            return _by_name(path)
        self._peeks -= 1
        return glimpse(path)

    def _inside(self, entry: os.DirEntry[str]) -> Glimpse | None:
        """What a folder below holds, by the first forms in it."""
        seen: list[Glimpse] = []
        for path, depth in self._files(Path(entry.path), 1):
            glimpsed = self._file(path)
            if depth == 1 and (path.name == GUIDE or (glimpsed and glimpsed.kind in {Kind.ROSTER, Kind.LEDGER})):
                return Glimpse(Kind.OFFICE)
            if glimpsed and glimpsed.kind in {*FORMS, Kind.FEEDBACK}:
                seen.append(glimpsed)
            if len(seen) == _FILES_INSIDE:
                break
        if any(one.kind is Kind.FEEDBACK for one in seen):
            return Glimpse(Kind.FEEDBACK)
        return together(seen)

    def _files(self, folder: Path, depth: int) -> Iterator[tuple[Path, int]]:
        """Files below a folder, its own before those of its folders; no link is followed."""
        if monotonic() > self._due:
            self._cut = True
            return
        try:
            with os.scandir(folder) as listing:
                entries = sorted(islice(listing, _MOST_INSIDE), key=_telling_first)
        except OSError:
            return
        shown = [entry for entry in entries if _is_shown(entry.name)]
        yield from ((Path(entry.path), depth) for entry in shown if not _is_folder(entry))
        if depth < _DEEPEST:
            for entry in shown:
                if _is_folder(entry) and not any(word in entry.name for word in _EVIDENCE):
                    yield from self._files(Path(entry.path), depth + 1)


def _telling_first(entry: os.DirEntry[str]) -> tuple[int, str]:
    """What decides most is opened first: there may be no time for all."""
    return next((place for place, words in enumerate(_TELLING) if any(word in entry.name for word in words)), 9), entry.name


def _by_name(path: Path) -> Glimpse | None:
    """What a file is called, where there was no time to open it."""
    if "名录" in path.name:
        return Glimpse(Kind.ROSTER)
    return Glimpse(Kind.LEDGER) if path.suffix.lower() == ".jsonl" and "台账" in path.name else None


def _is_shown(name: str) -> bool:
    return name.isprintable() and not name.startswith(_CLUTTER)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
