"""The program's own data files. One that is missing or damaged is no fault of the input: it ends the run as a missing
module does, with the one line that says the installation is incomplete.
"""

from __future__ import annotations

from pathlib import Path


class LostPartError(ImportError):
    """A file of the program cannot be had; an ``OSError`` would be taken for a fault of what is read or written."""


def text(path: Path) -> str:
    """The text of a file that comes with the program."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise LostPartError(str(cause), path=str(path)) from cause
