"""Lines added to the end of a file that many runs and several people add to: under a lock, and on the disk when done.

What was there before is never written again; an addition that fails or is killed leaves at most a last line without
its line break.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import filelock

from jieyue_cli.files.output import refusal
from jieyue_cli.files.reaching import PREFIX, reachable
from jieyue_cli.interruption import held
from jieyue_cli.problems import Code, Problem

SUFFIX = ".lock"
PATIENCE = 10
"""Seconds to wait for another writer."""
_REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "davfs")
"""How the types of file systems begin that are another machine's."""
_WINDOWS_REMOTE = 4
MOUNTS = Path("/proc/self/mounts")


@contextmanager
def locked(path: Path) -> Iterator[Problem | None]:
    """Keep other writers of ``path`` out; gives why nothing may be written where that cannot be done."""
    place = reachable(path).resolve()
    lock = filelock.FileLock(place.with_name(place.name + SUFFIX), timeout=PATIENCE)
    problem = _taken(lock)
    try:
        yield problem.inside(str(path)) if problem else None
    finally:
        lock.release()


def _taken(lock: filelock.BaseFileLock) -> Problem | None:
    """Take a lock, or say why it cannot be had."""
    try:
        lock.acquire()
    except filelock.Timeout:
        return Code.FILE_IN_USE.at(lock=Path(lock.lock_file).name, seconds=PATIENCE)
    except (OSError, NotImplementedError) as error:  # the latter where a file system knows no locks
        return refusal(error).at()
    return None


def append(path: Path, kept: int, data: bytes) -> Problem | None:
    """Cut a file to its first bytes, ``kept`` of them, and add ``data``; where that fails, it is only cut.

    The file is made where there is none, and all of it is on the disk when this returns.
    """
    with held():
        return _appended(reachable(path).resolve(), kept, data, str(path))


def _appended(place: Path, kept: int, data: bytes, name: str) -> Problem | None:
    new = not place.exists()
    try:
        with place.open("ab", buffering=0) as stream:
            try:
                stream.truncate(kept)
                _write(stream, data)
                os.fsync(stream.fileno())
            except OSError:
                stream.truncate(kept)
                raise
        if new:
            _synchronise(place.parent)
    except OSError as error:
        if new:
            place.unlink(missing_ok=True)
        return refusal(error).at().inside(name)
    return None


def _write(stream: IO[bytes], data: bytes) -> None:
    """Write all of it, however little the system takes at once."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]


def _synchronise(folder: Path) -> None:
    """Put the name of a new file on the disk as well, where the system can; Windows does that with the file."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_remote(path: Path) -> bool:
    """Whether a file lies on another machine, where a lock may keep nobody out, as far as the system says."""
    place = os.path.realpath(path)
    if place.startswith("\\\\") and not place.startswith(PREFIX):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(place)[0] + "\\") == _WINDOWS_REMOTE)
    with suppress(OSError):
        return _type_of(place, MOUNTS.read_text("utf-8", "surrogateescape")).startswith(_REMOTE)
    return False


def _type_of(place: str, mounts: str) -> str:
    """The type of the file system that a path lies on, by the system's list of what is mounted where."""
    best, found = "", ""
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ").rstrip("/")
        if len(point) >= len(best) and f"{place}/".startswith(f"{point}/"):
            best, found = point, kind
    return found
