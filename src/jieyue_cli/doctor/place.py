"""Where the program lies: a folder that is cleared, synchronised or far away takes it away some day."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from jieyue_cli.doctor.finding import Finding, good, remark
from jieyue_cli.doctor.installation import HOME

_LONGEST_PLACE = 140
"""Characters of the program's folder on Windows: its longest file takes another hundred, and 260 is the limit."""
_SYNCHRONISED = ("onedrive", "dropbox", "nutstore", "坚果云", "baidusyncdisk", "icloud", "wpsdrive", "wps云盘")
_DOWNLOADS = ("downloads", "下载")
_ASIDE = "apptranslocation"
"""Where macOS runs a downloaded program from until it is moved."""
_ZONE = ":Zone.Identifier"

UNPACK = "请把程序解压到固定的文件夹（如 D:\\jieyue）再运行。"
MOVE = "请把程序移到不同步、不清理的本地文件夹（如 D:\\jieyue）。"
SHORTEN = "请把程序移到名称短的文件夹（如 D:\\jieyue），路径太长时 Windows 会找不到里面的文件。"
UNBLOCK = "请在下载的压缩包上按右键，选“属性”，勾选“解除锁定”，再重新解压。"


class Place(NamedTuple):
    """Where the program lies."""

    folder: str
    temporary: tuple[str, ...] = ()
    """Folders that are cleared without asking."""
    windows: bool = False
    blocked: bool = False
    """Whether Windows remembers that it was downloaded."""


def look_at_place() -> Place:
    """The folder of the frozen program, or of the package."""
    frozen = getattr(sys, "frozen", False)
    folder = Path(sys.executable).parent if frozen else HOME
    named = filter(None, map(os.environ.get, ("TMPDIR", "TEMP", "TMP")))
    temporary = {*named, *(() if sys.platform == "win32" else ("/tmp", "/var/tmp"))}  # noqa: S108 -- nothing is put there
    marked = sys.platform == "win32" and os.path.exists(f"{sys.executable if frozen else HOME}{_ZONE}")  # noqa: PTH110 -- no path
    real = os.path.realpath  # Windows has a short and a long name for a folder
    return Place(real(folder), tuple(sorted(map(real, temporary))), sys.platform == "win32", marked)


def judge_place(seen: Place) -> Finding:
    """It stays there, and nothing else works on it."""
    parts = {part.lower() for part in re.split(r"[\\/]", seen.folder)}
    if any(_below(seen.folder, folder) for folder in seen.temporary):
        return remark(f"在临时文件夹里：{seen.folder}", UNPACK)
    if any(part.endswith(".zip") or part == _ASIDE for part in parts):
        return remark(f"还没有解压到固定的地方：{seen.folder}", UNPACK)
    if any(part.startswith(_SYNCHRONISED) for part in parts):
        return remark(f"在会同步到网上的文件夹里：{seen.folder}", MOVE)
    if parts & set(_DOWNLOADS):
        return remark(f"在下载文件夹里：{seen.folder}", MOVE)
    if seen.folder.startswith("\\\\"):
        return remark(f"在网络共享上，启动会慢：{seen.folder}", MOVE)
    if seen.windows and len(seen.folder) > _LONGEST_PLACE:
        return remark(f"路径有 {len(seen.folder)} 个字：{seen.folder}", SHORTEN)
    if seen.blocked:
        return remark("Windows 仍把它标为从网上下载的文件", UNBLOCK)
    return good(seen.folder)


def _below(folder: str, above: str) -> bool:
    inner, outer = (text.replace("\\", "/").rstrip("/").lower() for text in (folder, above))
    return bool(outer) and f"{inner}/".startswith(f"{outer}/")
