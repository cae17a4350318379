"""Windows' command interpreter, as wine has it: batch files run in a console of their own."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import struct
import subprocess
import termios
import time
import tty
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path

import pytest

_ESCAPES = re.compile(r"\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x07]*\x07")
_WAITS = re.compile(rb"Press any key to continue\.\.\.|[A-Z]:\\[^<>\r\n]*>")
_SECONDS = 60
_WIDE = struct.pack("HHHH", 50, 400, 0, 0)
"""The console's lines and columns: none of our lines is broken."""


class Wine:
    """A Windows with a drive of its own."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.drive = prefix / "drive_c"

    def environment(self, **variables: str) -> dict[str, str]:
        """Nothing of ours but where programs are; wine says nothing of itself."""
        quiet = {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
        return {"PATH": os.environ["PATH"], "HOME": str(self.prefix), "LC_ALL": "C.UTF-8", **quiet, **variables}

    def cmd(self, *words: str, cwd: Path, typed: Sequence[str] = (), **variables: str) -> tuple[int, str]:
        """Run ``cmd /c`` in a console, and give back what was seen.

        A key is pressed wherever it waits for one, and at each prompt the next line is ``typed``.
        """
        ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, _WIDE)
        tty.setraw(theirs)  # the console itself, not the line discipline, takes the keys
        running = subprocess.Popen(
            ["wine", "cmd", "/c", *words],
            cwd=cwd,
            env=self.environment(**variables),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        seen = _watched(ours, running, list(typed))
        os.close(ours)
        return running.wait(timeout=_SECONDS), _plain(seen)


def _watched(ours: int, running: subprocess.Popen[bytes], typed: list[str]) -> bytes:
    seen, answered, until = b"", 0, time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
            if _WAITS.search(seen, answered):
                answered = len(seen)
                prompted = not seen.rstrip().endswith(b"...")
                os.write(ours, typed.pop(0).encode() + b"\r" if prompted and typed else b" ")
        elif running.poll() is not None:
            break
    else:
        running.kill()
    return seen


def _plain(seen: bytes) -> str:
    """What a person would read. Wine's cmd reads a batch file as code page 437 whatever chcp says: undone here."""
    lines = _ESCAPES.sub("", seen.decode("utf-8", "replace")).replace("\r", "").split("\n")
    return "\n".join(_meant(line).rstrip() for line in lines)


def _meant(line: str) -> str:
    try:
        return line.encode("cp437").decode("utf-8")
    except UnicodeError:
        return line


def start(prefix: Path) -> Wine:
    """Make the drive; where wine is not installed, the test is skipped."""
    if shutil.which("wine") is None:
        pytest.skip("wine is not installed")
    wine = Wine(prefix)
    made = subprocess.run(
        ["wine", "cmd", "/c", "exit 0"], env=wine.environment(), capture_output=True, check=False, timeout=300
    )
    if made.returncode:
        pytest.skip("wine does not start here")
    return wine
