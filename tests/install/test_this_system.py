"""The zip installs on the very system that the tests run on: the workflow's Windows and macOS.

On Linux test_offline_install.py does more, without network.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from install.building import SCRIPTS, command, unpack
from install.test_installers import works_alone

pytestmark = [
    pytest.mark.install,
    pytest.mark.skipif(sys.platform.startswith("linux"), reason="done without network on Linux"),
]


def test_it_installs_and_runs(offline: Path, tmp_path: Path) -> None:
    folder = unpack(offline, tmp_path / "桌 面")
    starter = ["cmd", "/c", "安装.bat"] if sys.platform == "win32" else ["sh", "install.sh"]
    for _ in range(2):
        ran = subprocess.run(
            starter, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=600
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    works_alone(folder / "程序" / SCRIPTS / "jieyue", tmp_path)
    if sys.platform != "win32":
        assert command(folder / "jieyue", "--version").startswith("jieyue ")
