"""Whether a folder can be written to: only writing tells."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_ENOUGH = 4096
"""Bytes that a file system cannot keep beside the name."""


def probed(folder: Path) -> str:
    """Write a small file with a Chinese name and remove it; why that fails, nothing where it works."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".试写", suffix=".tmp") as file:
            file.write(os.urandom(_ENOUGH))
            file.flush()
    except (OSError, UnicodeEncodeError) as error:
        return (isinstance(error, OSError) and error.strerror) or type(error).__name__
    return ""
