"""Rows that wait in the temporary folder: what fails there is told apart from what fails at the target."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any


class ScratchError(OSError):
    """The temporary folder is full, or cannot be written to."""


@contextmanager
def blamed() -> Iterator[None]:
    """Whatever the system refuses meanwhile is the temporary folder's fault."""
    try:
        yield
    except OSError as error:
        raise ScratchError(error.errno, error.strerror) from error


def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone when it is cleaned up."""
    with blamed():
        return tempfile.TemporaryDirectory(prefix="jieyue-", ignore_cleanup_errors=True)


class Scratch:
    """A file of another library in the temporary folder."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """As the file does."""
        try:  # no ``blamed``: it is called for every tag of every cell
            return self._stream.write(text)
        except OSError as error:
            raise ScratchError(error.errno, error.strerror) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
