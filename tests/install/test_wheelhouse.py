"""The zip holds what its system needs, no more and no less, and is the same whoever builds it."""

from __future__ import annotations

import shutil
import sys
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename

from install.building import ROOT, Released, command, unpack, wheelhouse

pytestmark = pytest.mark.install

WINDOWS = {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"}
LINUX = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"}
MAC = {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"}
ARM, INTEL = ({**MAC, "platform_machine": machine} for machine in ("arm64", "x86_64"))
SYSTEMS = {
    "win_amd64": (WINDOWS, ["win_amd64"], "x86_64-pc-windows-msvc"),
    "linux_x86_64": (LINUX, [f"manylinux_2_{minor}_x86_64" for minor in range(5, 29)], "x86_64-manylinux_2_28"),
    "macos_arm64": (ARM, list(mac_platforms((11, 0), "arm64")), "aarch64-apple-darwin"),
    "macos_x86_64": (INTEL, list(mac_platforms((10, 15), "x86_64")), "x86_64-apple-darwin"),
}
"""What markers are compared with there, what a system of some years ago can load, and the name that uv has for it."""
PAIRS = [("win_amd64", "3.12"), ("linux_x86_64", "3.14"), ("macos_arm64", "3.13"), ("macos_x86_64", "3.11")]


class Made:
    """An unpacked wheelhouse and what it was made for."""

    def __init__(self, system: str, python: str, folder: Path) -> None:
        self.system, self.python, self.folder = system, python, folder
        self.markers, self.platforms, self.triple = SYSTEMS[system]
        self.wheels: dict[str, Path] = {
            parse_wheel_filename(path.name)[0]: path for path in (folder / "wheels").glob("*.whl")
        }

    @property
    def environment(self) -> dict[str, str]:
        """What a marker is compared with there."""
        versions = {"python_version": self.python, "python_full_version": f"{self.python}.5", "extra": ""}
        implementation = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        return {**self.markers, **versions, **implementation}

    @property
    def tags(self) -> set[Tag]:
        """What can be loaded there."""
        major, minor = map(int, self.python.split("."))
        version = (major, minor)
        compatible = compatible_tags(version, f"cp{major}{minor}", self.platforms)
        return {*cpython_tags(version, platforms=self.platforms), *compatible}


@pytest.fixture(scope="module", params=PAIRS, ids=" ".join)
def made(request: pytest.FixtureRequest, released: Released, tmp_path_factory: pytest.TempPathFactory) -> Made:
    system, python = request.param
    archive = wheelhouse(released.wheel, "--platform", system, "--python", python)
    return Made(system, python, unpack(archive, tmp_path_factory.mktemp("zip")))


def needs(wheel: Path, extra: str, environment: dict[str, str]) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = HeaderParser().parsestr(archive.read(name).decode()).get_all("Requires-Dist", ())
    for needed in map(Requirement, lines):
        if needed.marker is None or needed.marker.evaluate({**environment, "extra": extra}):
            yield needed


def test_it_holds_exactly_what_our_wheel_needs_there(made: Made) -> None:
    seen: set[tuple[str, str]] = set()
    open_ = [("jieyue", "")]
    while open_:
        name, extra = one = open_.pop()
        if one in seen:
            continue
        seen.add(one)
        for needed in needs(made.wheels[name], extra, made.environment):
            version = parse_wheel_filename(made.wheels[canonicalize_name(needed.name)].name)[1]
            assert needed.specifier.contains(version, prereleases=True), (name, needed)
            open_ += [(canonicalize_name(needed.name), each) for each in ("", *needed.extras)]
    assert {name for name, _ in seen} == set(made.wheels)
    assert ("colorama" in made.wheels) == (made.system == "win_amd64")


def test_it_holds_what_another_resolver_would_take(made: Made, tools: Path, tmp_path: Path) -> None:
    (tmp_path / "wanted.in").write_text(f"jieyue @ {made.wheels['jieyue'].as_uri()}\n", "utf-8")
    resolving: list[str | Path] = [
        tools / "uv",
        "pip",
        "compile",
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--only-binary",
        ":all:",
    ]
    target: list[str | Path] = [
        "--python-platform",
        made.triple,
        "--python-version",
        made.python,
        "-c",
        ROOT / "constraints.txt",
    ]
    resolved = command(*resolving, *target, tmp_path / "wanted.in").splitlines()
    wanted = {line for line in resolved if "==" in line}
    named = (made.folder / "wheels" / "requirements.txt").read_text("utf-8").split()
    assert wanted == {line for line in named if not line.startswith("jieyue==")}


def test_its_system_can_load_every_wheel(made: Made) -> None:
    loads = made.tags
    assert [path.name for path in made.wheels.values() if not parse_wheel_filename(path.name)[3] & loads] == []


def test_it_says_what_it_is_for(made: Made) -> None:
    explained = (made.folder / "说明.txt").read_bytes()
    assert f"Python {made.python}（64 位）" in explained.decode("utf-8-sig")
    target = (made.folder / "wheels" / "target.txt").read_text("ascii")
    starters = {path.name for path in made.folder.iterdir()} & {"安装.bat", "install.sh"}
    if made.system == "win_amd64":
        assert (target, starters) == (f"{made.python} win32 amd64 64\n", {"安装.bat"})
        for batch in (made.folder / "安装.bat", made.folder / "wheels" / "打开命令行.bat"):
            lines = batch.read_bytes().split(b"\n")
            assert all(line.endswith(b"\r") for line in lines[:-1]), batch
        assert explained.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in explained
    else:
        assert target.split()[:2] == [made.python, made.markers["sys_platform"]]
        assert starters == {"install.sh"}


def test_it_is_the_same_whoever_builds_it(offline: Path, released: Released, tmp_path: Path) -> None:
    elsewhere = tmp_path / "checkout"
    elsewhere.mkdir()
    shutil.copytree(ROOT / "install", elsewhere / "install", copy_function=shutil.copyfile)
    shutil.copyfile(ROOT / "constraints.txt", elsewhere / "constraints.txt")
    if (pages := ROOT / "dist" / "文档").is_dir():  # what `make docs` has built
        shutil.copytree(pages, elsewhere / "dist" / "文档", copy_function=shutil.copyfile)
    wheel = Path(shutil.copy(released.wheel, tmp_path))
    again = wheelhouse(wheel, root=elsewhere, umask=0o077, TZ="Asia/Shanghai")
    assert (again.name, again.read_bytes()) == (offline.name, offline.read_bytes())
    again.unlink()
    dated = wheelhouse(wheel, root=elsewhere, SOURCE_DATE_EPOCH="1700000000")
    with zipfile.ZipFile(dated) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        modes = {entry.filename.rsplit(".", 1)[-1]: entry.external_attr >> 16 & 0o777 for entry in archive.infolist()}
    assert (modes["sh"], modes["whl"], modes["py"]) == (0o755, 0o644, 0o644)


def test_pages_that_were_built_are_in_it(released: Released, tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "install"))
    try:
        import wheelhouse as maker
    finally:
        sys.path.pop(0)
    pages = tmp_path / "文档"
    (pages / "图").mkdir(parents=True)
    (pages / "index.html").write_bytes(b"<p>")
    (pages / "图" / "1.svg").write_bytes(b"<svg/>")
    files = dict(maker.contents(released.wheel, maker.PLATFORMS["win_amd64"], "3.12", [], pages))
    assert (files["文档/index.html"], files["文档/图/1.svg"]) == (b"<p>", b"<svg/>")
