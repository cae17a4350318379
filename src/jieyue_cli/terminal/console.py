"""The only place that writes to the terminal: results to stdout, problems and progress bars to stderr.

A Chinese Windows console speaks GBK; a character it does not know is replaced instead of ending the run
(docs/hazards.md, 26). What a stream can show is decided here, once (docs/hazards.md, 45).
"""

from __future__ import annotations

import codecs
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

_CHINESE_PAGES = (936, 950)
"""Of the consoles of a simplified and of a traditional Chinese Windows."""
_MODERN = {"WT_SESSION", "TERM_PROGRAM"}
"""What newer terminals put into the environment: they have every character, each as wide as Unicode says."""
_OURS = "节约型机关"
"""What an encoding of simplified Chinese has."""
_NEAREST = "jieyue-nearest"
_ALIKE = {"✓": "√", "✔": "√", "☑": "√", "✗": "×", "✘": "×", "☒": "×", "•": "·", "–": "-", "‑": "-", "−": "-", "¥": "￥"}
"""For characters that GBK lacks, those of the same meaning that it has."""

_manner = SimpleNamespace(quiet=False, bar=None)


def quiet(*, wanted: bool = True) -> None:
    """Say from here on only what went wrong: no remarks, no progress bar."""
    _manner.quiet = wanted


def is_quiet() -> bool:
    """Whether only errors are told besides the result."""
    return bool(_manner.quiet)


def survive_any_encoding() -> None:
    """Make both streams replace what their encoding lacks; a stream that is closed swallows what it is given.

    An encoding without our Chinese that nobody asked for (the locale ``C``, output of an English Windows into a file)
    gives way to UTF-8: a page of question marks is of use to nobody.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            foreign = not os.environ.get("PYTHONIOENCODING") and not encodes(_OURS, stream.encoding)
            reconfigure(errors=_NEAREST, encoding="utf-8" if foreign else None)


def spoken(stream: TextIO) -> str:
    """The encoding whose characters a stream can show.

    Python sends UTF-16 to a console of Windows, but an old Chinese one has the characters of GBK and its widths.
    """
    page = _code_page() if stream.isatty() and not _MODERN & set(os.environ) else None
    return f"cp{page}" if page in _CHINESE_PAGES else stream.encoding or "utf-8"


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


def encodes(text: str, encoding: str) -> bool:
    """Whether an encoding has every character of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def encoding() -> str:
    """The encoding of what is printed on stdout."""
    return sys.stdout.encoding or "utf-8"


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
    from jieyue_cli.terminal.bar import Bar

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


def _code_page() -> int | None:
    """The code page of the console; None where there is no such thing."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetConsoleOutputCP())
    return None


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands in for characters that an encoding lacks: a like one, or a question mark of the same width."""
    import unicodedata

    if not isinstance(error, UnicodeEncodeError):
        raise error

    def stand_in(char: str) -> str:
        wide = unicodedata.east_asian_width(char) in "WF"
        blank = " " if char.isspace() else ""
        choices = (blank, _ALIKE.get(char, ""), unicodedata.normalize("NFKC", char), "？" if wide else "?")
        return next((choice for choice in choices if choice and encodes(choice, error.encoding)), "?")

    return "".join(map(stand_in, error.object[error.start : error.end])), error.end


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

    class Spoken(Console):
        @property
        def encoding(self) -> str:
            return spoken(stream).lower()

    width = None if stream.isatty() else PIPED_WIDTH
    file: Any = _Beside(stream)
    return Spoken(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
