"""The program on a terminal of its own, as wide as a test likes, on which somebody may press Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from program import PROGRAM, environment

_PATIENCE = 60


@dataclass(frozen=True)
class Shown:
    """What was to be seen, and how the run ended."""

    code: int
    raw: str
    """Everything the terminal was sent."""
    restored: bool
    """Whether the terminal is as it was."""
    seconds: float
    """From the first signal to the end."""
    group: int
    """The processes that the run started, and itself."""

    @property
    def drawn(self) -> list[str]:
        """Every state of the last line that was drawn."""
        return [part for line in self.raw.split("\n") for part in line.split("\r") if part.strip()]

    @property
    def lines(self) -> list[str]:
        """The lines that are left to be read."""
        return [shown for line in self.raw.split("\n") if (shown := line.rpartition("\r")[2].strip())]

    def left(self) -> bool:
        """Whether a process of the run goes on; what is still importing ends when that is done."""
        for _ in range(60):
            listed = subprocess.run(["ps", "-eo", "sid=,stat="], capture_output=True, text=True, check=True).stdout
            if not any(row.split()[0] == str(self.group) and "Z" not in row.split()[1] for row in listed.splitlines()):
                return False
            time.sleep(0.05)
        return True


def on_terminal(
    *arguments: str,
    cwd: Path,
    columns: int = 80,
    press: Sequence[signal.Signals] = (),
    when: str = "",
    after: float = 0,
    out: bool = True,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Shown:
    """Run ``jieyue`` on a terminal; once ``when`` (a pattern) is to be seen, each signal of ``press`` comes to all.

    That is not before ``after`` seconds. Without ``out``, only its error stream is the terminal.
    """
    screen, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    before = termios.tcgetattr(theirs)
    with subprocess.Popen(
        [str(PROGRAM), *arguments],
        cwd=cwd,
        env=environment(**{"TERM": "xterm", "NO_COLOR": "1", **more}),
        stdin=theirs,
        stdout=theirs if out else subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
    ) as ran:
        raw, due, pressed = b"", list(press), time.monotonic()
        ready = pressed + after
        while ran.poll() is None:
            raw += _read(screen)
            if due and time.monotonic() >= ready and re.search(when, raw.decode("utf-8", "replace")):
                pressed = pressed if len(due) < len(press) else time.monotonic()
                os.killpg(ran.pid, due.pop(0))
            assert time.monotonic() - pressed < _PATIENCE
    seconds = time.monotonic() - pressed
    while more_of_it := _read(screen):
        raw += more_of_it
    restored = termios.tcgetattr(theirs) == before
    os.close(theirs)
    os.close(screen)
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    return Shown(ran.returncode, text, restored, seconds, ran.pid)


def _read(screen: int) -> bytes:
    return os.read(screen, 1 << 16) if select.select([screen], [], [], 0.02)[0] else b""
