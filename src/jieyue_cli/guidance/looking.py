"""Looks at a folder: so many entries, so many files, so long, and not further."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import monotonic

from jieyue_cli.files.reaching import reachable
from jieyue_cli.guidance.glancing import TOLD_BY_CONTENT, glance, together
from jieyue_cli.guidance.sight import FORMS, Glimpse, Kind, Sight, Thing

SECONDS = 0.2
"""After which nothing more is opened: a network drive may take a tenth of a second for one file."""
MOST_ENTRIES = 3000
_MOST_INSIDE = 60
"""Entries of a folder below."""
_FILES_INSIDE = 4
"""Forms that tell what a folder below holds."""
_OPENED_INSIDE = 12
_DEEPEST = 3
_PEEKS, _MOST_LOOSE = 60, 30
"""Files that are opened at all, and of these in the folder itself."""
_CLUTTER = ("~$", ".", "$")
_TELLING = (("名录", "台账"), ("年", "表"))
_EVIDENCE = ("佐证", "附件", "证明材料")
_OF_AN_OFFICE = frozenset({Kind.ROSTER, Kind.UNFILLED, Kind.LEDGER})
GUIDE = "先看这里.txt"


def look(folder: Path, seconds: float | None = None) -> Sight:
    """What ``folder`` seems to hold, by what can be seen in so many seconds."""
    return _Look(SECONDS if seconds is None else seconds).folder(folder)


def glimpse(path: Path) -> Glimpse:
    """What one file seems to be."""
    try:
        place = reachable(path)
        if not place.is_file():  # a pipe would be waited for
            return Glimpse(Kind.OTHER)
        with place.open("rb") as stream:
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
            with os.scandir(reachable(folder)) as listing:
                entries = list(islice(listing, MOST_ENTRIES + 1))
        except OSError:
            return Sight(readable=False)
        if len(entries) > MOST_ENTRIES:
            self._cut = True
        names = frozenset(entry.name.lower() for entry in entries)
        shown = sorted((entry for entry in entries if _is_shown(entry.name)), key=_telling_first)
        folders = [entry for entry in shown if _is_folder(entry)]
        seen = self._loose([Path(entry.path) for entry in shown if not _is_folder(entry)]) | self._folders(folders)
        found = {name: glimpsed for name, glimpsed in seen.items() if glimpsed and glimpsed.kind is not Kind.OTHER}
        several = {entry.name for entry in folders} | {name for name in found if name.lower().endswith(".zip")}
        things = tuple(sorted(Thing(name, *glimpsed, name in several) for name, glimpsed in found.items()))
        return Sight(things, names, len(shown) - len(things), self._cut)

    def _loose(self, files: Sequence[Path]) -> dict[str, Glimpse | None]:
        """What the folder's own files are; not all are opened, so that some may be in the folders below."""
        told = [path for path in files if path.suffix.lower() in TOLD_BY_CONTENT]
        rest = told[_MOST_LOOSE:]
        self._cut = self._cut or bool(rest)
        opened = {path.name: self._file(path) for path in told[:_MOST_LOOSE]}
        return opened | {path.name: _by_name(path) for path in rest}

    def _folders(self, entries: Sequence[os.DirEntry[str]]) -> dict[str, Glimpse | None]:
        """What each folder holds: one form of every folder before a second one of any, for time may be up."""
        forms = {entry.name: self._forms(Path(entry.path)) for entry in entries}
        seen: dict[str, list[Glimpse]] = {entry.name: [] for entry in entries}
        for _ in range(_FILES_INSIDE):
            for name, further in forms.items():
                seen[name] += islice(further, 1)
        return {name: _whole(glimpses) for name, glimpses in seen.items()}

    def _file(self, path: Path) -> Glimpse | None:
        if path.suffix.lower() not in TOLD_BY_CONTENT:
            return None
        if self._peeks <= 0 or monotonic() > self._due:
            self._cut = True
            return _by_name(path)
        self._peeks -= 1
        return glimpse(path)

    def _forms(self, folder: Path) -> Iterator[Glimpse]:
        """What the first forms in a folder are, and whether it is an office's own."""
        opened = 0
        for path, depth in self._files(folder, 1):
            glimpsed = self._file(path)
            opened += glimpsed is not None
            if depth == 1 and (path.name == GUIDE or (glimpsed and glimpsed.kind in _OF_AN_OFFICE)):
                yield Glimpse(Kind.OFFICE)
            elif glimpsed and glimpsed.kind in {*FORMS, Kind.FEEDBACK}:
                yield glimpsed
            if opened == _OPENED_INSIDE:
                return

    def _files(self, folder: Path, depth: int) -> Iterator[tuple[Path, int]]:
        """Files below a folder, its own before those of its folders; no link is followed."""
        if monotonic() > self._due:
            self._cut = True
            return
        try:
            with os.scandir(reachable(folder)) as listing:
                entries = sorted(islice(listing, _MOST_INSIDE), key=_telling_first)
        except OSError:
            return
        shown = [entry for entry in entries if _is_shown(entry.name)]
        yield from ((Path(entry.path), depth) for entry in shown if not _is_folder(entry))
        if depth < _DEEPEST:
            for entry in shown:
                if _is_folder(entry) and not any(word in entry.name for word in _EVIDENCE):
                    yield from self._files(Path(entry.path), depth + 1)


def _whole(seen: Sequence[Glimpse]) -> Glimpse | None:
    """What a folder is by what it holds."""
    telling = next((glimpsed for glimpsed in seen if glimpsed.kind in {Kind.OFFICE, Kind.FEEDBACK}), None)
    return telling or together(seen)


def _telling_first(entry: os.DirEntry[str]) -> tuple[int, str]:
    """What decides most is opened first: there may be no time for all."""
    return next(
        (place for place, words in enumerate(_TELLING) if any(word in entry.name for word in words)), 9
    ), entry.name


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
