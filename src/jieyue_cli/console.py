"""The only place that writes to the terminal: results to stdout, problems and progress bars to stderr.

A Chinese Windows console speaks GBK; a character it does not know is replaced instead of ending the run
(docs/hazards.md, 26).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_DUMB = frozenset({"dumb", "unknown"})
"""What terminals are called on which nothing can be written over."""
PIPED_WIDTH = 80
"""Columns where the output is not a terminal, so that a saved page looks the same everywhere."""

_manner = SimpleNamespace(quiet=False, bar=None)


def quiet(*, wanted: bool = True) -> None:
    """Say from here on only what went wrong: no remarks, no progress bar."""
    _manner.quiet = wanted


def is_quiet() -> bool:
    """Whether only errors are told besides the result."""
    return bool(_manner.quiet)


def survive_any_encoding() -> None:
    """Make both streams replace what their encoding lacks; a stream that is closed swallows what it is given."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def silence() -> None:
    """Let stdout go nowhere from here on: nobody takes what Python still flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show(*renderables: RenderableType) -> None:
    """Print what was asked for, on stdout."""
    _print(sys.stdout, renderables)


def tell(*renderables: RenderableType) -> None:
    """Print what the person should know besides, on stderr."""
    _print(sys.stderr, renderables)


def spell(text: str) -> None:
    """Print lines of plain text on stdout, none of them folded: they hold commands that are copied."""
    _write(sys.stdout, text)


def say(line: str) -> None:
    """Print one line or a few on stderr, clean, without loading what tables need."""
    _write(sys.stderr, line)


def remark(line: str) -> None:
    """As ``say``, of something that a quiet run leaves out."""
    if not is_quiet():
        say(line)


def on_one_screen() -> bool:
    """Whether a person sees both streams together."""
    return sys.stdout.isatty() and sys.stderr.isatty()


def columns() -> int:
    """How wide what is printed on stdout may be."""
    try:
        return (sys.stdout.isatty() and os.get_terminal_size(sys.stdout.fileno()).columns) or PIPED_WIDTH
    except OSError:
        return PIPED_WIDTH


def emit(data: bytes) -> None:
    """Write bytes for another program on stdout, and nothing else."""
    with _tolerant(sys.stdout):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def counting(what: str, total: int | None, unit: str = "份") -> Iterator[Callable[[], None]]:
    """A progress bar on stderr where that is a terminal; call the given function once for each thing done.

    Without ``total`` nobody knows how long it will take; such a bar comes only when it does take long.
    """
    if is_quiet() or _manner.bar or os.environ.get("TERM") in _DUMB or not sys.stderr.isatty():
        yield lambda: None
        return
    from jieyue_cli.bar import Bar

    _manner.bar = bar = Bar(sys.stderr, what, total, unit)
    try:
        with bar.shown():
            yield bar.advance
    finally:
        _manner.bar = None


def working(what: str) -> AbstractContextManager[Callable[[], None]]:
    """``counting`` where there is nothing to count."""
    return counting(what, None, "")


def _write(stream: TextIO, text: str) -> None:
    from jieyue_cli.text.cleaning import clean

    with _tolerant(stream):
        stream.write("".join(f"{clean(part)}\n" for part in text.split("\n")))
        stream.flush()


def _print(stream: TextIO, renderables: Iterable[RenderableType]) -> None:
    from jieyue_cli.text.cleaning import clean

    console = _rich(stream)
    for renderable in renderables:
        console.print(clean(renderable) if isinstance(renderable, str) else renderable)


@contextmanager
def _tolerant(stream: TextIO) -> Iterator[None]:
    """Write beside the bar. Where nobody takes what is said on stderr any more, the work goes on unheard."""
    with _manner.bar.aside() if _manner.bar else nullcontext():
        try:
            yield
        except OSError:
            if stream is not sys.stderr:
                raise
            sys.stderr = _nowhere()


class _Beside:
    """A stream for rich, which works long before it writes: only then does the bar stand aside."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _tolerant(self._stream):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with _tolerant(self._stream):
            self._stream.flush()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _rich(stream: TextIO) -> Console:
    from rich.console import Console

    width = None if stream.isatty() else PIPED_WIDTH
    file: Any = _Beside(stream)
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
