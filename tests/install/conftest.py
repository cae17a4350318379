"""What is released, built once for all tests of this folder that one process runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from install.building import SCRIPTS, Released, build, wheelhouse


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The sdist, and the wheel built from it."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def offline(released: Released) -> Path:
    """The zip that installs on this machine."""
    return wheelhouse(released.wheel)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the programs pipx and uv are, installed for these tests alone."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=120)
    install: list[str | Path] = [folder / SCRIPTS / "python", "-m", "pip", "install", "--quiet", "pipx", "uv"]
    subprocess.run(install, check=True, timeout=300)
    return folder / SCRIPTS
