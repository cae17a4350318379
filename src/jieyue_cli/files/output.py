"""Files the program writes: checked before work starts, written whole or not at all, never over an input.

Written beside their target under another name and then renamed, so that an interrupted run leaves no half a file
(docs/hazards.md, 28). What of this differs on Windows: docs/hazards.md, 46 to 48.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from time import sleep
from typing import IO, NamedTuple

from jieyue_cli.files.names import HELD, alike, unfit_part
from jieyue_cli.files.reaching import reachable
from jieyue_cli.interruption import held
from jieyue_cli.problems import Code, Problem

_PART = ".part"
"""How the name of a file ends that is not finished yet."""
_DENIED = 5
"""What Windows says too where a virus scanner looks at a new file, or somebody has the old one open."""
_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds to wait before a file that was held is tried again: a scanner lets go of it soon, Excel does not."""


def check(target: Path, *, inputs: Iterable[Path] = (), replace: bool = True) -> Problem | None:
    """Say why ``target`` cannot be written; None where nothing stands in the way.

    ``inputs`` are files and folders that are being read: no report may land on one or inside one, for the next run
    would read it as a form.
    """
    problem = _misnamed(target)
    if problem is None:
        code = _obstacle(target, inputs, replace=replace)
        problem = code.at() if code else None
    return problem.inside(str(target)) if problem else None


def write(target: Path, data: bytes) -> Problem | None:
    """Replace ``target`` with ``data`` in one step; a link keeps pointing to where it does."""
    return write_pieces(target, [data])


def write_pieces(target: Path, pieces: Iterable[bytes]) -> Problem | None:
    """As ``write``, for what is too large to be held as a whole."""
    try:
        place = _place(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = None
        try:
            with held():
                part, stream = _new_in(place.parent)
            with stream:
                stream.writelines(pieces)
            _put(part, place)
        finally:
            if part is not None:
                part.unlink(missing_ok=True)
    except (OSError, UnicodeError) as error:
        return refusal(error).at().inside(str(target))
    return None


def same(target: Path, other: Path) -> bool:
    """Whether two paths lead to one file, or would on a system that does not tell capitals from small letters."""
    return _spot(_real(target)).meets(_spot(_real(other)))


def is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that no file can have names none."""
    try:
        return reachable(path).is_dir()
    except (OSError, ValueError):
        return False


def is_full(path: Path) -> bool:
    """Whether there is a folder that holds something, or does not let anyone look."""
    try:
        return is_folder(path) and any(reachable(path).iterdir())
    except OSError:
        return True


def is_other(path: Path) -> bool:
    """Whether something stands there that is no folder."""
    try:
        place = reachable(path)
        return place.exists() and not place.is_dir()
    except (OSError, ValueError):
        return False


def is_part(name: str) -> bool:
    """Whether this is what a run leaves that is killed while it writes, as when its window is closed."""
    return name.startswith(".") and name.endswith(_PART)


def refusal(error: OSError | RuntimeError | ValueError) -> Code:
    """Say why something cannot be written."""
    from jieyue_cli.files.scratch import ScratchError  # start-up is measured

    if isinstance(error, ScratchError):
        return Code.OUTPUT_NO_SCRATCH
    if getattr(error, "winerror", None) in HELD:
        return Code.OUTPUT_HELD
    if isinstance(error, UnicodeError):
        return Code.OUTPUT_LOCALE
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return Code.OUTPUT_NO_SPACE if full else Code.OUTPUT_REFUSED


class _Spot(NamedTuple):
    """Where a path leads."""

    number: tuple[int, int] | None
    """Device and file number of what stands there; None where nothing does, or nothing is numbered."""
    nearest: tuple[int, int] | None
    """The same of the nearest folder around it that there is."""
    below: str
    """The way from there, as the least particular system compares names."""

    def meets(self, other: _Spot) -> bool:
        """Whether both lead to one place: of two that are there, the system tells, whatever they are called."""
        if self.number and other.number:
            return self.number == other.number
        return (self.nearest, self.below) == (other.nearest, other.below)


def _real(path: Path) -> Path:
    """The path without links; as it stands where the system's language cannot write it."""
    try:
        return Path(os.path.realpath(reachable(path)))
    except (OSError, ValueError):
        return Path(os.path.abspath(path))  # noqa: PTH100 -- pathlib's way asks the system for that name


def _place(target: Path) -> Path:
    """Where a file is to be written; raise OSError where links lead in a circle."""
    place = reachable(_real(target))
    if any(part.is_symlink() for part in (place, *place.parents)):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return place


def _spot(place: Path) -> _Spot:
    folder, below = place.parent, [place.name]
    while (nearest := _number(folder)) is None and folder != folder.parent:
        below.append(folder.name)
        folder = folder.parent
    return _Spot(_number(place), nearest, alike("/".join(reversed(below))))


def _number(place: Path) -> tuple[int, int] | None:
    try:
        status = reachable(place).stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


def _misnamed(target: Path) -> Problem | None:
    """A name that some system does not allow, of the file or of a folder that would be made for it."""
    for part in (target, *target.parents):
        if part != target and is_folder(part):
            return None
        if any("\ud800" <= char <= "\udfff" for char in part.name):
            return Code.OUTPUT_LOCALE.at()
        if why := unfit_part(part):
            return Code.OUTPUT_NAME.at(why=why)
    return None


def _obstacle(target: Path, inputs: Iterable[Path], *, replace: bool) -> Code | None:
    try:
        place = reachable(target)
        if place.is_dir():
            return Code.OUTPUT_IS_FOLDER
        _place(target)
        if _meets_any(target, inputs):
            return Code.OUTPUT_IS_INPUT
        if place.exists():
            if not replace:
                return Code.OUTPUT_EXISTS
            if not place.is_file():
                return Code.OUTPUT_REFUSED
            if not place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
                return Code.OUTPUT_READ_ONLY
            with place.open("r+b"):
                pass
        return _folder_obstacle(target.parent)
    except (OSError, UnicodeError) as error:
        return refusal(error)


def _meets_any(target: Path, inputs: Iterable[Path]) -> bool:
    """Whether a target is one of these, or would lie in one of them."""
    real = _real(target)
    own = _spot(real)
    for source in inputs:
        read = _spot(_real(source))
        if own.meets(read) or (is_folder(source) and any(_spot(folder).meets(read) for folder in real.parents)):
            return True
    return False


def _folder_obstacle(folder: Path) -> Code | None:
    """Try the nearest folder that exists: only writing tells whether it can be written."""
    while not (place := reachable(folder)).exists() and folder != folder.parent:
        folder = folder.parent
    if not place.exists():
        return Code.OUTPUT_NOWHERE
    if not place.is_dir():
        return Code.OUTPUT_IS_FOLDER
    try:
        with held():
            part, stream = _new_in(place)
            stream.close()
            part.unlink()
    except PermissionError:
        return Code.OUTPUT_NO_ACCESS
    return None


def _new_in(folder: Path) -> tuple[Path, IO[bytes]]:
    """A new file under a name of its own; ``tempfile`` would try ten thousand names where Windows allows none."""
    part = folder / f".{os.urandom(6).hex()}{_PART}"
    return part, part.open("xb")


def _put(part: Path, place: Path) -> None:
    """Let a finished file take its place; on Windows a scanner or a reader may stand in the way for a moment."""
    for pause in _PAUSES:
        try:
            part.replace(place)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in {*HELD, _DENIED}:
                raise
            sleep(pause)
        else:
            return
    part.replace(place)
