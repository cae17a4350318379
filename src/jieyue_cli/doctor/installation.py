"""The program itself: its version, its files and its standard."""

from __future__ import annotations

import platform
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jieyue_cli
from jieyue_cli.doctor.finding import Finding, good, wrong

if TYPE_CHECKING:
    from importlib.metadata import Distribution

NAME = "jieyue"
HOME = Path(jieyue_cli.__file__).parent
_LETTERS = ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels")
_WORD = ("document", "styles", "settings", "fontTable", "footer1", "footer2")
_SCRIPTS = ("dom", "data", "pictures", "columns", "table", "choice", "print", "list", "problems", "detail", "main")
DATA = (
    *("rubric/starter.yaml", "rubric/starter_difference.yaml", "demo/city.yaml", "demo/guide.txt"),
    *("report/page/template.html", "report/page/style.css"),
    *(f"report/page/{name}.js" for name in _SCRIPTS),
    *(f"report/letters/layout/{name}" for name in _LETTERS),
    *(f"report/letters/layout/word/{name}.xml" for name in _WORD),
    *(f"report/letters/texts/{name}.txt" for name in ("feedback", "mending", "progress", "publicity", "self_report")),
)
"""Files beside the modules, below the package."""
_LIST = "files.txt"
"""Of every file in the program folder, held against it at each start; install/program/ makes and reads it."""
_SHOWN = 3
_LEAST_PYTHON = (3, 11)
REINSTALL = "请重新安装或重新解压程序；如被杀毒软件删除，先把程序文件夹加入它的信任名单。"
UPGRADE_PYTHON = "请安装 Python 3.11 或更新的版本，再重新安装程序。"


class Version(NamedTuple):
    """Which program runs on which Python."""

    program: str
    recorded: str | None
    """What the installer wrote down; None where nobody installed it."""
    python: tuple[int, int, int]
    bits: int


def look_at_version() -> Version:
    """The versions, as they are and as they were installed."""
    installed = record()
    bits = 64 if sys.maxsize > 1 << 32 else 32
    return Version(jieyue_cli.__version__, installed.version if installed else None, sys.version_info[:3], bits)


def judge_version(seen: Version) -> Finding:
    """Python is new enough, and the last upgrade was not left half done."""
    python = f"Python {'.'.join(map(str, seen.python))}（{seen.bits} 位）"
    if seen.python < _LEAST_PYTHON:
        return wrong(f"{python} 太旧", UPGRADE_PYTHON)
    if seen.recorded and seen.recorded != seen.program:
        return wrong(f"程序是 {seen.program}，安装记录是 {seen.recorded}：升级没有做完", REINSTALL)
    return good(f"jieyue {seen.program}，{python}")


class Files(NamedTuple):
    """The program's files against what was released."""

    known: int
    compared: str | None
    """What is held against the release: ``大小``, or all where it is empty; None where there is no record of it."""
    lost: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def look_at_files() -> Files:
    """Compare every file with the installer's record; without one, look whether the data files are there.

    The program folder has compared itself: where a file is lost, it says so at its start and goes no further.
    """
    if getattr(sys, "frozen", False):
        listed = Path(getattr(sys, "_MEIPASS", ""), _LIST)
        return Files(len(listed.read_text("utf-8").splitlines()), "大小")
    recorded = tuple(_recorded())
    if not recorded:
        lost = tuple(name for name in DATA if not _size(HOME / name))
        return Files(len(DATA), None, lost)
    lost = tuple(name for name, path, _ in recorded if not path.is_file())
    changed = tuple(name for name, path, digest in recorded if name not in lost and _digest(path) != digest)
    return Files(len(recorded), "", lost, changed)


def judge_files(seen: Files) -> Finding:
    """Nothing is missing and nothing was changed."""
    if seen.lost:
        return wrong(f"少了 {some(seen.lost)}", REINSTALL)
    if seen.changed:
        return wrong(f"与发布时不同：{some(seen.changed)}", REINSTALL)
    if seen.compared is None:
        return good(f"{seen.known} 个数据文件都在（没有安装记录，未比对内容）")
    return good(f"{seen.known} 个文件齐全，{seen.compared}与发布时相同")


class Standard(NamedTuple):
    """The standard that comes with the program."""

    name: str
    digest: str
    problem: str = ""
    """Why it does not hold."""


def look_at_standard() -> Standard:
    """Load it as every command does."""
    from hashlib import sha256

    from jieyue_cli.rubric.catalogue import DEFAULT, shipped
    from jieyue_cli.rubric.source import find

    rubric, problems = find(DEFAULT)
    if rubric is None:
        return Standard(DEFAULT, "", problems[0].message)
    return Standard(f"{DEFAULT}（{rubric.version} 版）", sha256(shipped()[DEFAULT].read_bytes()).hexdigest())


def judge_standard(seen: Standard) -> Finding:
    """It is there and holds; the digest tells a maintainer which one it is."""
    if seen.problem:
        return wrong(seen.problem.partition("；")[0].rstrip("。"), REINSTALL)
    return good(f"{seen.name}，校验码 {seen.digest[:16]}")


def system() -> str:
    """The system in a few words, for whoever reads the page elsewhere."""
    return f"{platform.system()} {platform.release()} {platform.machine() or sysconfig.get_platform()}"


def record() -> Distribution | None:
    """What the installer wrote down about this copy of the program, and no other copy."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        return None
    there = Path(str(installed.locate_file("jieyue_cli")))
    return installed if there.is_dir() and there.samefile(HOME) else None


def _recorded() -> Iterator[tuple[str, Path, str]]:
    """Name, place and digest of every file of the package in the installer's record."""
    installed = record()
    for file in (installed.files or ()) if installed else ():
        if file.hash and file.parts[0] == "jieyue_cli":
            yield "/".join(file.parts[1:]), Path(str(file.locate())), file.hash.value


def _digest(path: Path) -> str:
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    return urlsafe_b64encode(sha256(path.read_bytes()).digest()).decode().rstrip("=")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def some(names: Sequence[str]) -> str:
    """The first few of many names."""
    shown = "、".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} 等 {len(names)} 个"
