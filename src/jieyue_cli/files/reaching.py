r"""Paths as the disk takes them: Windows wants ``\\?\`` before a path of more than 260 characters.

Every path that is opened, listed or written goes through ``reachable``; every path that is shown does not.
"""

from __future__ import annotations

import os
from pathlib import Path

_LONG = 240
"""From here on: 260 less the 12 that Windows keeps for a short name in a new folder, and a few for what is written
beside a file before it takes its place."""
PREFIX, _SHARE = "\\\\?\\", "UNC\\"


def reachable(path: Path) -> Path:
    """The same place for the system's own functions, however long its name is."""
    return path if os.name != "nt" else Path(extended(os.path.abspath(path)))  # noqa: PTH100 -- without asking the disk


def extended(path: str) -> str:
    r"""A whole path of Windows, with ``\\?\`` before it where it is long and has none."""
    if len(path) < _LONG or path.startswith((PREFIX, "\\\\.\\")):
        return path
    return f"{PREFIX}{_SHARE}{path[2:]}" if path.startswith("\\\\") else f"{PREFIX}{path}"
