"""The sdist and the wheel: the same bytes whoever builds them, and everything in them that is needed to build them."""

from __future__ import annotations

import os
import sys
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from install.building import ROOT, Released, build, command

pytestmark = pytest.mark.install


def digests(released: Released) -> list[tuple[str, str]]:
    return [(path.name, sha256(path.read_bytes()).hexdigest()) for path in released]


def touched(folder: Path) -> Path:
    """As after another person's download: other times, and nothing for group and others."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o600 | (path.stat().st_mode & 0o100))
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return folder


def test_built_again_from_the_sdist_they_have_the_same_bytes(released: Released, tmp_path: Path) -> None:
    with tarfile.open(released.sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again = build(tmp_path / "dist", touched(source), umask=0o077, TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    assert digests(again) == digests(released)


def test_the_wheel_does_not_depend_on_the_way_over_the_sdist(released: Released, tmp_path: Path) -> None:
    command(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT)
    (direct,) = tmp_path.iterdir()
    assert direct.read_bytes() == released.wheel.read_bytes()


def test_an_index_would_take_them(released: Released) -> None:
    said = command(sys.executable, "-m", "twine", "--no-color", "check", "--strict", *released)
    assert said.count("PASSED") == 2


def test_the_sdist_holds_what_builds_releases(released: Released) -> None:
    with tarfile.open(released.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "install").iterdir() if path.is_file()}
    assert here <= names
    assert {"Makefile", "constraints.txt", "rubric/standard_2020.yaml"} <= names
