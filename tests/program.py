"""The program as a user has it: started as a process of its own, with nothing of this terminal in its environment."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sysconfig.get_path("scripts"), "jieyue.exe" if sys.platform == "win32" else "jieyue")
_TELLS_OF_THE_TERMINAL = {"COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "CLICOLOR_FORCE", "TERM", "TTY_COMPATIBLE"}


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """What was asked for."""
        return self.stdout.decode("utf-8").replace("\r\n", "\n")

    @property
    def err(self) -> str:
        """What was said besides."""
        return self.stderr.decode("utf-8").replace("\r\n", "\n")


def environment(encoding: str = "utf-8", **more: str) -> dict[str, str]:
    """Ours, without what would change how the output looks."""
    kept = {name: value for name, value in os.environ.items() if name not in _TELLS_OF_THE_TERMINAL}
    return {**kept, "PYTHONIOENCODING": encoding, **more}


def run(
    *arguments: str | Path, cwd: Path | None = None, encoding: str = "utf-8", program: Sequence[str | Path] = (PROGRAM,)
) -> Ran:
    """Run ``jieyue`` to its end."""
    done = subprocess.run(
        [*program, *arguments], cwd=cwd, env=environment(encoding), capture_output=True, timeout=60, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


Call = Callable[..., Ran]
"""The command line called within the test's own process; the fixture ``call`` is one."""
