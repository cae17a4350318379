"""How a run is ended from outside: Ctrl-C, and the signals of a system that shuts down or a terminal that is closed.

The first of them ends what is under way, in good order; one more ends everything at once (docs/contract.md, Programs).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType, SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

EXIT_CODE = 130
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""The last is Ctrl-Break of Windows."""
_SOON = 0.05
"""Seconds until an interruption that Python could not raise is tried again."""

_run = SimpleNamespace(times=0, by="Ctrl-C", patient=[])


def _nothing() -> None:
    pass


def watch() -> None:
    """Take the signals from here on, but not that of a closed terminal where ``nohup`` has it ignored."""
    _run.times, _run.patient = 0, []
    for number in _SIGNALS:
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _asked)
    sys.unraisablehook = _lost


@contextmanager
def watched() -> Iterator[None]:
    """``watch`` for a while."""
    before, hook = {number: signal.getsignal(number) for number in _SIGNALS}, sys.unraisablehook
    watch()
    try:
        yield
    finally:
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)


def finished() -> None:
    """From here on a signal ends the process at once: nothing is left to be put in order.

    Python ends itself by SIGINT, whatever the exit code, once a KeyboardInterrupt has passed through text that it was
    executing, as namedtuples do at an import; executing some more makes it forget that.
    """
    exec("")  # noqa: S102 -- as said above
    for number in _SIGNALS:
        if signal.getsignal(number) is _asked:
            signal.signal(number, lambda *_: os._exit(EXIT_CODE))


def asked() -> bool:
    """Whether the run was asked to end."""
    return bool(_run.times)


def told_by(error: Exception) -> bool:
    """Whether this is an interruption that a library put into words: pydantic's core does, while it builds a model."""
    return asked() and KeyboardInterrupt.__name__ in str(error)


def cause() -> str:
    """What a person is told that it was asked by."""
    return str(_run.by)


@contextmanager
def noticed(act: Callable[[], object] = _nothing) -> Iterator[None]:
    """Only note the first signal, and call ``act`` then: the work inside looks at ``asked`` and ends by itself."""
    _run.patient.append(act)
    try:
        yield
    finally:
        _run.patient.remove(act)


@contextmanager
def held() -> Iterator[None]:
    """Do what is inside as a whole, and be interrupted after it."""
    before = _run.times
    with noticed():
        yield
    if _run.times > before and not _run.patient:
        raise KeyboardInterrupt


@contextmanager
def blocked() -> Iterator[None]:
    """Let signals wait, and processes that are started meanwhile never get one: they are their parent's to handle."""
    if sys.platform == "win32":
        with _ignored():
            yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        with held():
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextmanager
def _ignored() -> Iterator[None]:
    handled = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handled)


def _asked(number: int, _: FrameType | None) -> None:
    _run.times += 1
    _run.by = "结束信号" if number != signal.SIGINT else "Ctrl-C"
    if _run.times > 1 or not _run.patient:
        raise KeyboardInterrupt
    for act in list(_run.patient):
        act()


def _lost(unraisable: UnraisableHookArgs) -> None:
    """What was raised where nothing can catch it, such as while an object is deleted: interrupt once more, soon."""
    if not isinstance(unraisable.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
        return
    from _thread import interrupt_main
    from threading import Timer

    _run.times -= 1
    # only a real signal wakes a program that waits; Windows knows none that one process could be sent
    again = interrupt_main if sys.platform == "win32" else partial(os.kill, os.getpid(), signal.SIGINT)
    Timer(_SOON, again).start()
