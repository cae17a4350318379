"""Keeps quiet what writes to the error stream past Python: native code, and processes that are started meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_STDERR = 2


@contextmanager
def muted() -> Iterator[None]:
    """Let the error stream of the process go nowhere; where it is closed or no more files may be open, it stays."""
    try:
        saved = os.dup(_STDERR)
    except OSError:
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere, suppress(OSError):
            os.dup2(nowhere.fileno(), _STDERR)
        yield
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)
