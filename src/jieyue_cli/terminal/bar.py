"""The line at the end of a terminal that shows that long work goes on, how far it is and how long it will take.

ASCII and carriage returns are all that it needs of a terminal: every encoding has them, and nothing has to be restored
when a run is killed. A thread draws it, so that it lives while one file takes long; counting costs one addition.
Why it is no library's: docs/adr/0009-speed-of-a-batch.md.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread, main_thread
from time import monotonic
from typing import NamedTuple, TextIO

from jieyue_cli.text.typesetting import cells

_REDRAWN = 0.25
"""Seconds between two drawings."""
_QUIETLY = 1.0
"""Seconds that work of unknown length goes on unseen: most of it is done by then."""
_SAMPLES = 40
"""Drawings that the rate is taken from: the last ten seconds."""
_BAR, _LEAST_BAR = 30, 6
"""Cells of the bar, and the fewest that show anything."""
_WIDTH = 80
"""Columns of a terminal that does not say how many it has."""
_ECHO = 2
"""Cells of the ``^C`` that a terminal shows."""
_GAP = "  "
_WHOLE = 10
"""From here on a rate is shown without decimals."""
_MINUTE, _HOUR = 60, 3600


class State(NamedTuple):
    """How far the work is."""

    what: str
    done: int
    total: int | None
    """None where nobody knows."""
    unit: str
    """What is counted; empty where nothing is."""
    rate: float
    """Of the last seconds, in one second; 0 where it is not known."""
    seconds: float
    """Since the work began."""


def line(state: State, width: int) -> str:
    """The line for a terminal of ``width`` columns: the rate gives way first, then the bar, then the time."""
    count, rate, time = _count(state), _rate(state), _time(state)
    room = width - 1  # a terminal may go to the next line when its last column is filled
    without = count, time
    for has_bar, told in ((True, (count, rate, time)), (True, without), (False, without), (False, (count,))):
        parts = [state.what, *filter(None, told)]
        left = room - sum(map(cells, parts)) - len(_GAP) * (len(parts) - 1)
        if has_bar and (size := min(_BAR, left - len(_GAP) - 2)) >= _LEAST_BAR:
            return _GAP.join([state.what, _bar(state, size), *parts[1:]])
        if not has_bar and left >= 0:
            return _GAP.join(parts)
    return count if cells(count) <= room else ""


def _count(state: State) -> str:
    if state.total is None:
        return f"{state.done} {state.unit}" if state.done else ""
    return f"{state.done}/{state.total}"


def _time(state: State) -> str:
    if state.total is None:
        return f"已 {_duration(state.seconds)}"
    left = state.total - state.done
    return f"还需 {_duration(left / state.rate)}" if state.rate and left > 0 else ""


def _bar(state: State, width: int) -> str:
    if state.total is None:
        block = width // 3
        start = int(state.seconds / _REDRAWN) % (width - block + 1)
        return f"[{' ' * start}{'#' * block}{' ' * (width - block - start)}]"
    full = min(width, width * state.done // state.total) if state.total else width
    return f"[{'#' * full}{'-' * (width - full)}]"


def _rate(state: State) -> str:
    if not state.rate or state.total is None:
        return ""
    fast = state.rate >= 1
    number = state.rate if fast else 1 / state.rate
    shown = f"{number:.0f}" if number >= _WHOLE else f"{number:.1f}"
    return f"{shown} {state.unit}/秒" if fast else f"{shown} 秒/{state.unit}"


def _duration(seconds: float) -> str:
    whole = int(seconds + 0.999)
    if whole < _MINUTE:
        return f"{whole} 秒"
    if whole < _HOUR:
        return f"{whole // _MINUTE} 分 {whole % _MINUTE} 秒"
    return f"{whole // _HOUR} 小时 {whole % _HOUR // _MINUTE} 分"


class Bar:
    """One line on a terminal, from ``shown`` on drawn again and again by itself."""

    def __init__(self, stream: TextIO, what: str, total: int | None, unit: str) -> None:
        self.done = 0
        self._stream = stream
        self._about = what, total, unit
        self._begun = monotonic()
        self._samples = deque([(self._begun, 0)], _SAMPLES)
        self._drawn = 0
        """Cells that the line takes on the terminal now."""
        self._lock = Lock()
        self._ended = Event()

    def advance(self) -> None:
        """Count one more."""
        self.done += 1

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Draw until the end; then nothing of it is left."""
        what, total, _ = self._about
        thread = Thread(target=self._live, name=what)
        if total is not None:
            self._draw()
        with suppress(RuntimeError):  # the system has no thread to give: the line stands still
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            if thread.ident:
                thread.join()
            with self.aside():
                pass

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away while something else is written; the next drawing brings it back."""
        with self._lock:
            if self._drawn:
                width = min(self._drawn + _ECHO, _columns(self._stream) - 1)
                self._write(f"\r{' ' * width}\r")
                self._drawn = 0
            yield

    def _live(self) -> None:
        wait = _REDRAWN if self._about[1] is not None else _QUIETLY
        while not self._ended.wait(wait) and main_thread().is_alive():
            self._draw()
            wait = _REDRAWN

    def _draw(self) -> None:
        what, total, unit = self._about
        now, done = monotonic(), self.done
        then, before = self._samples[0]
        self._samples.append((now, done))
        rate = (done - before) / (now - then) if now > then else 0.0
        text = line(State(what, done, total, unit, rate, now - self._begun), _columns(self._stream))
        with self._lock:
            if text and not self._ended.is_set():
                used = cells(text)
                self._write(f"\r{text}{' ' * (self._drawn - used)}")
                self._drawn = used

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # the terminal is gone: whoever writes there next finds out
            self._stream.write(text)
            self._stream.flush()


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH
    except (OSError, ValueError):  # ValueError: a stream of tests, which has no number
        return _WIDTH
