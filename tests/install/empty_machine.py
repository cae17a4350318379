"""A machine that holds the system and one folder: no network, no home, none of this checkout's packages.

Made with bubblewrap where it is installed; else with ``unshare``, which takes away the network and leaves the
disk as it is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from program import Ran

_CONTAINER = ("bwrap", "--die-with-parent", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")
_NO_NETWORK = ("unshare", "--net", "--map-root-user")
_SYSTEM = "/usr/local/bin:/usr/bin:/bin"
_KEPT = {"bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr", "etc", "var", "dev", "proc", "sys", "run"}
"""The folders of the system; every other one at the top is empty inside."""


@dataclass(frozen=True)
class EmptyMachine:
    """One folder of somebody's, on a system where nobody has installed anything."""

    home: Path
    """The only folder that can be written in; it has the same path inside and outside."""
    visible: tuple[Path, ...] = ()
    """What else is there, to be read: a Python's own folder."""
    path: str = _SYSTEM

    def run(self, *command: str | Path, cwd: Path | None = None, seconds: float = 300, **variables: str) -> Ran:
        """Run a program there to its end."""
        environment = {"HOME": str(self.home), "PATH": self.path, "LANG": "C.UTF-8", **variables}
        inside = ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in environment.items()), *command]
        done = subprocess.run(
            [*_walls(self.home, self.visible), *inside],
            cwd=cwd or self.home,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


def _walls(home: Path, visible: Sequence[Path]) -> Iterator[str]:
    """The command that everything is started by."""
    if _works(*_CONTAINER):
        yield from _CONTAINER
        for folder in sorted(Path("/").iterdir()):
            if folder.is_dir() and not folder.is_symlink() and folder.name not in _KEPT:
                yield from ("--tmpfs", str(folder))
        for seen in visible:
            yield from ("--ro-bind", str(seen), str(seen))
        yield from ("--bind", str(home), str(home), "--")
    else:
        yield from (*_NO_NETWORK, "--")


@cache
def _works(*walls: str) -> bool:
    if shutil.which(walls[0]) is None:
        return False
    return subprocess.run([*walls, "/bin/true"], capture_output=True, check=False, timeout=30).returncode == 0


def hides_the_disk() -> bool:
    """Whether the machine is a container, where only its own folder can be written in."""
    return _works(*_CONTAINER)


def skip_where_there_is_none() -> None:
    """Skip the test, with the reason, where this system lets nobody shut out the network."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the network can be taken from a program on Linux only")
    if not hides_the_disk() and not _works(*_NO_NETWORK):
        pytest.skip("neither bubblewrap nor unshare may shut out the network here")
