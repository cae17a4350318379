"""The only place that writes to the terminal: results to stdout, problems and progress bars to stderr.

A Chinese Windows console speaks GBK; a character it does not know is replaced instead of ending the run
(docs/hazards.md, 26).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_REDRAWN = 1.0
"""Seconds between two drawings of a progress bar: more would cost what a form costs."""
PIPED_WIDTH = 80
"""Columns where the output is not a terminal, so that a saved page looks the same everywhere."""

_manner = SimpleNamespace(quiet=False)


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
            # what a broken locale chose holds no Chinese at all; what a person chose stays
            chosen = os.environ.get("PYTHONIOENCODING") or "节".encode(stream.encoding, "ignore")
            reconfigure(encoding=None if chosen else "utf-8", errors="replace")


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


def encoding() -> str:
    """The encoding of what is printed on stdout."""
    return sys.stdout.encoding or "utf-8"


def emit(data: bytes) -> None:
    """Write bytes for another program on stdout, and nothing else."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr where that is a terminal; call the given function once for each thing done."""
    if is_quiet() or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_rich(sys.stderr), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=total)
        done, due = 0, 0.0

        def advance() -> None:
            nonlocal done, due
            done += 1
            if (now := monotonic()) >= due:
                due = now + _REDRAWN
                bar.update(task, completed=done, refresh=True)

        yield advance


def _write(stream: TextIO, text: str) -> None:
    from jieyue_cli.text.cleaning import clean

    stream.write("".join(f"{clean(part)}\n" for part in text.split("\n")))
    stream.flush()


def _print(stream: TextIO, renderables: Iterable[RenderableType]) -> None:
    from jieyue_cli.text.cleaning import clean

    console = _rich(stream)
    for renderable in renderables:
        console.print(clean(renderable) if isinstance(renderable, str) else renderable)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _rich(stream: TextIO) -> Console:
    from rich.console import Console

    width = None if stream.isatty() else PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
