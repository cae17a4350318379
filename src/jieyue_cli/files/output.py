"""Files the program writes: checked before work starts, written whole or not at all, never over an input.

Written beside their target under another name and then renamed, so that an interrupted run leaves no half a file
(docs/hazards.md, 28).
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from jieyue_cli.interruption import held
from jieyue_cli.problems import Code, Problem


def check(target: Path, *, inputs: Iterable[Path] = (), replace: bool = True) -> Problem | None:
    """Say why ``target`` cannot be written; None where nothing stands in the way.

    ``inputs`` are files and folders that are being read: no report may land on one or inside one, for the next run
    would read it as a form.
    """
    code = _obstacle(target, inputs, replace=replace)
    return code.at().inside(str(target)) if code else None


def write(target: Path, data: bytes) -> Problem | None:
    """Replace ``target`` with ``data`` in one step; a link keeps pointing to where it does."""
    return write_pieces(target, [data])


def write_pieces(target: Path, pieces: Iterable[bytes]) -> Problem | None:
    """As ``write``, for what is too large to be held as a whole."""
    try:
        place = target.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        part = None
        try:
            with held():
                handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
                part = Path(name)
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(pieces)
            part.chmod(0o666 & ~_umask())
            part.replace(place)
        finally:
            if part is not None:
                part.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        return refusal(error).at().inside(str(target))
    return None


def same(target: Path, other: Path) -> bool:
    """Whether two paths lead to one file, there or not."""
    places = (os.path.normcase(os.path.realpath(path)) for path in (target, other))
    return len(set(places)) == 1


def is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that no file can have names none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_full(path: Path) -> bool:
    """Whether there is a folder that holds something, or does not let anyone look."""
    try:
        return is_folder(path) and any(path.iterdir())
    except OSError:
        return True


def is_other(path: Path) -> bool:
    """Whether something stands there that is no folder."""
    try:
        return path.exists() and not path.is_dir()
    except OSError:
        return False


def _obstacle(target: Path, inputs: Iterable[Path], *, replace: bool) -> Code | None:
    try:
        if target.is_dir():
            return Code.OUTPUT_IS_FOLDER
        place = target.resolve()
        for source in inputs:
            real = Path(os.path.realpath(source))
            if place == real or (real in place.parents and real.is_dir()):
                return Code.OUTPUT_IS_INPUT
        if target.exists():
            if not replace:
                return Code.OUTPUT_EXISTS
            if not target.is_file():
                return Code.OUTPUT_REFUSED
            with target.open("r+b"):
                pass
        return _folder_obstacle(target.parent)
    except (OSError, RuntimeError) as error:  # as above
        return refusal(error)


def _folder_obstacle(folder: Path) -> Code | None:
    """Try the nearest folder that exists: only writing tells whether it can be written."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return Code.OUTPUT_IS_FOLDER
    with tempfile.TemporaryFile(dir=folder):
        return None


def refusal(error: OSError | RuntimeError) -> Code:
    """Say why something cannot be written."""
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return Code.OUTPUT_NO_SPACE if full else Code.OUTPUT_REFUSED


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
