"""The console window in which the program runs: on Windows it closes with the program that opened it.

Who drops files on the program's icon or double-clicks it gets a window of the program's own, and would see nothing of
the result if it did not wait. In a console that was there before, nothing waits.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PureWindowsPath

from jieyue_cli.terminal import console

_MOST_LISTED = 16


@contextmanager
def kept(tell: Callable[[Exception], int]) -> Iterator[bool]:
    """Keep a window of the program's own open after what is done inside; yields whether it is one.

    What ends the program there is told by ``tell`` before the window closes, not after; it returns the exit code.
    """
    own = is_own()
    try:
        yield own
    except Exception as error:
        if not own:
            raise
        code = tell(error)
        wait_for_key()
        sys.exit(code)
    if own:
        wait_for_key()


def is_own() -> bool:
    """Whether the window was opened for this program alone, and somebody sits before it."""
    return sys.platform == "win32" and _is_watched() and is_alone(_attached)


def _is_watched() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def is_alone(attached: Callable[[], int]) -> bool:
    """Whether no more processes are attached to the console than this program consists of; 0 means there is none."""
    return 1 <= attached() <= own_processes()


def own_processes() -> int:
    """How many processes this program is.

    The launcher that pip makes and that of an environment are two more; so is, where the frozen program is one file,
    the process that unpacked it to a folder elsewhere.
    """
    if getattr(sys, "frozen", False):
        unpacked = PureWindowsPath(getattr(sys, "_MEIPASS", ""))
        return 1 if unpacked.is_relative_to(PureWindowsPath(sys.executable).parent) else 2
    launched = sys.argv[0].lower().endswith(".exe")
    in_environment = sys.prefix != sys.base_prefix
    return 1 + launched + in_environment


def wait_for_key() -> None:
    """Keep the window until a key is pressed."""
    console.say("\n按任意键关闭窗口……")
    _pressed()


def _attached() -> int:
    """How many processes have this console; 0 where there is no such thing."""
    if sys.platform == "win32":
        import ctypes

        listed = (ctypes.c_uint32 * _MOST_LISTED)()
        return int(ctypes.windll.kernel32.GetConsoleProcessList(listed, _MOST_LISTED))
    return 0


def _pressed() -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.getwch()
