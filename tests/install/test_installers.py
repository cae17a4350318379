"""pip, pipx and uv install the wheel and the command runs: with an index, and on a machine without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import jieyue_cli
from install.building import ROOT, SCRIPTS, Released, command
from install.empty_machine import EmptyMachine, skip_where_there_is_none
from program import run

pytestmark = pytest.mark.install

CONSTRAINTS = ROOT / "constraints.txt"
VERSION = f"jieyue {jieyue_cli.__version__}\n"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def python(version: str) -> Path:
    """A Python of this version on the path or among pyenv's; where there is none, the test is skipped."""
    if version == "{}.{}".format(*sys.version_info):
        return Path(sys.executable)
    managed = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    for found in [shutil.which(f"python{version}"), *sorted(managed.glob(f"{version}.*/bin/python"))]:
        if (
            found
            and subprocess.run([found, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0
        ):
            return Path(found)
    pytest.skip(f"Python {version} is not installed here")


def works(program: Path, folder: Path) -> None:
    """It starts, finds its standard, and starts its workers."""
    assert run("--version", cwd=folder, program=[program]).out == VERSION
    assert run("demo", "示例市", cwd=folder, program=[program]).code == 0
    ranked = run("batch", "2020年", "--roster", "名录.xlsx", cwd=folder / "示例市", program=[program])
    assert "年度排名" in ranked.out


def works_alone(program: Path, folder: Path) -> None:
    """As ``works``, and it is the installed package that does it, not this checkout's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONPATH", raising=False)
        works(program, folder)


@pytest.mark.parametrize("version", PYTHONS)
def test_pip(released: Released, tmp_path: Path, version: str) -> None:
    place = tmp_path / "环 境"
    command(python(version), "-m", "venv", place, PYTHONPATH="")
    installing: list[str | Path] = [place / SCRIPTS / "python", "-m", "pip", "install", "--quiet"]
    command(*installing, "-c", CONSTRAINTS, released.wheel, PYTHONPATH="")
    works_alone(place / SCRIPTS / "jieyue", tmp_path)


def test_pipx(released: Released, tools: Path, tmp_path: Path) -> None:
    command(
        *(tools / "pipx", "install", f"--pip-args=-c '{CONSTRAINTS}'", released.wheel),
        PIPX_HOME=str(tmp_path / "pipx"),
        PIPX_BIN_DIR=str(tmp_path / "bin"),
        PYTHONPATH="",
    )
    works_alone(tmp_path / "bin" / "jieyue", tmp_path)


def test_uv(released: Released, tools: Path, tmp_path: Path) -> None:
    command(
        *(tools / "uv", "tool", "install", "--quiet", "--python", sys.executable, "-c", CONSTRAINTS, released.wheel),
        UV_TOOL_DIR=str(tmp_path / "uv"),
        UV_TOOL_BIN_DIR=str(tmp_path / "bin"),
        PYTHONPATH="",
    )
    works_alone(tmp_path / "bin" / "jieyue", tmp_path)


@pytest.mark.parametrize("by", ["pip", "pipx", "uv"])
def test_without_network(offline: Path, tools: Path, tmp_path: Path, by: str) -> None:
    """With the folder wheels/ of the zip in the place of an index."""
    skip_where_there_is_none()
    with zipfile.ZipFile(offline) as archive:
        archive.extractall(tmp_path)
    (wheels,) = tmp_path.glob("*/wheels")
    (wheel,) = wheels.glob("jieyue-*.whl")
    prefix = Path(sys.base_prefix)
    machine = EmptyMachine(tmp_path, (prefix, tools.parent), path=f"{prefix / 'bin'}:/usr/bin:/bin")
    only = ["--no-index", "--find-links", str(wheels)]
    installing: dict[str, list[list[str | Path]]] = {
        "pip": [["python3", "-m", "venv", ".local"], [".local/bin/pip", "install", *only, "jieyue"]],
        "pipx": [[tools / "pipx", "install", f"--pip-args=--no-index --find-links='{wheels}'", wheel]],
        "uv": [[tools / "uv", "tool", "install", "--offline", *only, "jieyue"]],
    }
    for words in installing[by]:
        ran = machine.run(*words)
        assert ran.code == 0, ran.out + ran.err
    assert machine.run(tmp_path / ".local" / "bin" / "jieyue", "--version").out == VERSION
    assert machine.run(tmp_path / ".local" / "bin" / "jieyue", "demo", "示例市").code == 0
