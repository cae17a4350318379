"""One zip that installs the program where there is no network: our wheel, all that it needs, and what installs them.

    python install/wheelhouse.py dist/jieyue-0.2.0-py3-none-any.whl --platform win_amd64 --python 3.12

Which wheels a system needs is worked out here and not by pip: told to download for another system, pip still asks its
own whether a marker holds, and colorama would be missing on Windows. With all versions pinned nothing is left to solve.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).parent
ROOT = HERE.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
TOP = "jieyue-离线安装"
"""The one folder that the zip unpacks to; without a version, so that a newer zip lands on the older one."""
_LONG_AGO = 1580601600
"""The time of every file without SOURCE_DATE_EPOCH: the one that hatchling gives to those in our wheel."""


class Platform(NamedTuple):
    """A kind of machine: what it can load, and what a marker is told about it."""

    tags: tuple[str, ...]
    """As pip's ``--platform``, the most modest first: of two wheels, the one that runs on more systems."""
    sys_platform: str
    machine: str
    system: str
    """What Python's ``platform.system()`` says there."""


def _linux(machine: str) -> Platform:
    """Both spellings of the oldest, for a wheel may have either; then what some of today's wheels ask for."""
    tags = (f"manylinux_2_17_{machine}", f"manylinux2014_{machine}", f"manylinux_2_28_{machine}")
    return Platform(tags, "linux", machine, "Linux")


PLATFORMS = {
    "win_amd64": Platform(("win_amd64",), "win32", "AMD64", "Windows"),
    "linux_x86_64": _linux("x86_64"),
    "linux_aarch64": _linux("aarch64"),
    "macos_arm64": Platform(("macosx_11_0_arm64",), "darwin", "arm64", "Darwin"),
    "macos_x86_64": Platform(("macosx_10_15_x86_64",), "darwin", "x86_64", "Darwin"),
}


def this_platform() -> str:
    """The name in ``PLATFORMS`` of the machine that this runs on."""
    here = (sys.platform, platform.machine())
    names = [name for name, known in PLATFORMS.items() if (known.sys_platform, known.machine) == here]
    if not names:
        sys.exit(f"no wheelhouse is made for {' '.join(here)}; name one of {', '.join(PLATFORMS)} with --platform")
    return names[0]


def markers(target: Platform, python: str) -> dict[str, str]:
    """What an environment marker is compared with on the machine that will install."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt" if target.sys_platform == "win32" else "posix",
        "platform_machine": target.machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": target.system,
        "platform_version": "",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": target.sys_platform,
    }


def requirements(wheel: Path, extras: frozenset[str], environment: dict[str, str]) -> Iterator[Requirement]:
    """What a wheel needs on a machine with these markers, when these extras of it are asked for."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for line in metadata.get_all("Requires-Dist", ()):
        needed = Requirement(line)
        asked = [{**environment, "extra": extra} for extra in ("", *extras)]
        if needed.marker is None or any(needed.marker.evaluate(each) for each in asked):
            yield needed


def pins(constraints: Path) -> dict[str, str]:
    """The one version of each package, by its normal name."""
    lines = (line.split("==") for line in constraints.read_text("utf-8").splitlines() if "==" in line)
    return {canonicalize_name(name): version for name, version in lines}


def gather(wheel: Path, target: Platform, python: str, folder: Path) -> list[Path]:
    """Every wheel that ``wheel`` needs there, downloaded; round by round, since a wheel's needs stand in the wheel."""
    versions = pins(ROOT / "constraints.txt")
    environment = markers(target, python)
    have: dict[str, Path] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    fresh = list(requirements(wheel, frozenset(), environment))
    while fresh:
        for needed in fresh:
            pinned = versions.get(canonicalize_name(needed.name))
            if pinned is None or not needed.specifier.contains(pinned, prereleases=True):
                sys.exit(f"constraints.txt has no version of {needed}: run  make constraints")
        round_ = {(canonicalize_name(needed.name), frozenset(needed.extras)) for needed in fresh} - asked
        asked |= round_
        lacking = sorted({name for name, _ in round_} - have.keys())
        if lacking:
            _download([f"{name}=={versions[name]}" for name in lacking], target, python, folder)
        have = {parse_wheel_filename(path.name)[0]: path for path in sorted(folder.glob("*.whl"))}
        fresh = [
            more for name, extras in sorted(round_, key=str) for more in requirements(have[name], extras, environment)
        ]
    return list(have.values())


def _download(pinned: list[str], target: Platform, python: str, folder: Path) -> None:
    tags = [word for tag in target.tags for word in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", *tags]
    done = subprocess.run(
        [*command, "--implementation", "cp", "--python-version", python, "--dest", str(folder), *pinned], check=False
    )
    if done.returncode:
        sys.exit(f"not every package has a wheel for {target.tags[0]} and Python {python}; see pip's words above")


def oldest_system(target: Platform, wheels: list[Path]) -> str:
    """The oldest system that can load every one of these wheels, in the words of 说明.txt."""
    if target.sys_platform == "win32":
        return "64 位的 Windows 10 或更新版本"
    pattern, system = {
        "linux": (r"manylinux_(\d+)_(\d+)", "glibc {} 以上的 Linux"),
        "darwin": (r"macosx_(\d+)_(\d+)", "macOS {} 以上"),
    }[target.sys_platform]
    needs = []
    for wheel in wheels:
        found = [(int(major), int(minor)) for major, minor in re.findall(pattern, wheel.name)]
        needs += [min(found)] if found else []
    return f"{system.format('.'.join(map(str, max(needs))))}（{target.machine}）"


def written(text: str, ending: str, encoding: str = "utf-8") -> bytes:
    """A text as the system that opens it expects it, whatever the checkout made of its ends of lines."""
    return text.replace("\r\n", "\n").replace("\n", ending).encode(encoding)


def contents(
    wheel: Path, target: Platform, python: str, wheels: list[Path], pages: Path
) -> Iterator[tuple[str, bytes]]:
    """Every file of the zip, by its place in it."""
    windows = target.sys_platform == "win32"
    version = str(parse_wheel_filename(wheel.name)[1])
    exact = [f"{name}=={number}" for name, number, *_ in (parse_wheel_filename(path.name) for path in [wheel, *wheels])]
    start = "双击“安装.bat”" if windows else "在终端里进入本文件夹，运行 sh install.sh"
    words = {"version": version, "python": python, "system": oldest_system(target, wheels), "start": start}
    explained = (HERE / "说明.txt").read_text("utf-8").format(**words)
    yield "说明.txt", written(explained, "\r\n", "utf-8-sig") if windows else written(explained, "\n")
    if windows:
        yield "安装.bat", written((HERE / "安装.bat").read_text("utf-8"), "\r\n")
        yield "wheels/打开命令行.bat", written((HERE / "打开命令行.bat").read_text("utf-8"), "\r\n")
    else:
        yield "install.sh", written((HERE / "install.sh").read_text("utf-8"), "\n")
    for name in ("fits.py", "offline.py"):
        yield f"wheels/{name}", written((HERE / name).read_text("utf-8"), "\n")
    yield "wheels/target.txt", written(f"{python} {target.sys_platform} {target.machine.lower()} 64\n", "\n")
    yield "wheels/requirements.txt", written("".join(f"{line}\n" for line in sorted(exact)), "\n")
    for path in [wheel, *wheels]:
        yield f"wheels/{path.name}", path.read_bytes()
    for path in pages.rglob("*"):
        if path.is_file():
            yield f"文档/{path.relative_to(pages).as_posix()}", path.read_bytes()


def pack(files: Iterator[tuple[str, bytes]], into: Path) -> None:
    """Write the zip: the same bytes for the same files, whoever builds it and when."""
    moment = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or _LONG_AGO))
    into.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in sorted(files):
            entry = zipfile.ZipInfo(f"{TOP}/{name}", moment[:6])
            entry.create_system = 3  # else Windows writes no permissions, and other bytes
            entry.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def main(arguments: list[str] | None = None) -> None:
    """Make one zip and say where it is and what is in it."""
    parser = argparse.ArgumentParser(description="One zip that installs jieyue without network.")
    parser.add_argument("wheel", type=Path, help="our own wheel, as  make distributions  builds it")
    parser.add_argument("--platform", choices=PLATFORMS, help="default: this machine's")
    parser.add_argument("--python", choices=PYTHONS, help="default: the Python that runs this")
    asked = parser.parse_args(arguments)
    name = asked.platform or this_platform()
    python = asked.python or "{}.{}".format(*sys.version_info)
    if python not in PYTHONS:
        parser.error(f"no wheelhouse is made for Python {python}")
    target = PLATFORMS[name]
    version = parse_wheel_filename(asked.wheel.name)[1]
    with TemporaryDirectory() as folder:
        wheels = gather(asked.wheel, target, python, Path(folder))
        into = asked.wheel.parent / f"jieyue-{version}-离线安装-{name}-cp{python.replace('.', '')}.zip"
        pack(contents(asked.wheel, target, python, wheels, ROOT / "dist" / "文档"), into)
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a pipe on Windows has no Chinese
        size = into.stat().st_size / 1e6
        print(f"{into}: {len(wheels) + 1} wheels, {size:.1f} MB, {oldest_system(target, wheels)}")


if __name__ == "__main__":
    main()
