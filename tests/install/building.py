"""Building what is released, as the Makefile does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
"""Where an environment has its programs."""


class Released(NamedTuple):
    """What ``make distributions`` leaves in dist/."""

    sdist: Path
    wheel: Path


def command(*words: str | Path, umask: int = 0o022, **variables: str) -> str:
    """Run something that must not fail, and give back what it says."""
    done = subprocess.run(
        words,
        env={**os.environ, **variables},
        umask=umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(into: Path, source: Path = ROOT, umask: int = 0o022, **variables: str) -> Released:
    """Build the sdist, and the wheel from it."""
    command(sys.executable, "-m", "build", "--no-isolation", "--outdir", into, source, umask=umask, **variables)
    (sdist,), (wheel,) = into.glob("*.tar.gz"), into.glob("*.whl")
    return Released(sdist, wheel)


def wheelhouse(wheel: Path, *options: str, root: Path = ROOT, umask: int = 0o022, **variables: str) -> Path:
    """Build the zip for a system, by default for this one; it lands beside the wheel."""
    before = set(wheel.parent.glob("*.zip"))
    command(sys.executable, root / "install" / "wheelhouse.py", wheel, *options, umask=umask, **variables)
    (made,) = set(wheel.parent.glob("*.zip")) - before
    return made


def unpack(archive: Path, into: Path) -> Path:
    """Unpack a zip as any program does, and give back its one folder."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into)
    (folder,) = into.iterdir()
    return folder
