"""Folders that the program writes to: whether it may, and whether there is room."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from jieyue_cli.doctor.finding import Finding, good, remark, wrong

MIB = 1 << 20
HERE_SCARCE, HERE_FULL = 200, 20
"""MiB left in the current folder from which on it is told: room for a year's letters and reports; for one report."""
TEMPORARY_SCARCE, TEMPORARY_FULL = 100, 10
"""MiB left in the temporary folder: the rows of a long workbook wait there until it is packed."""

GO_ELSEWHERE = "请换到能写文件的文件夹（如 D:\\节约型机关）再运行，或用 -o 写到别处。"
GO_SOMEWHERE = "请先进入另一个文件夹再运行。"
FREE_SPACE = "请清理这个磁盘，或换到空间多的磁盘上做。"
SET_TEMPORARY = "请把环境变量 TEMP 和 TMP（Windows）或 TMPDIR 设为一个能写、有空间的文件夹。"


class Folder(NamedTuple):
    """A folder to write to."""

    path: str
    free: int = 0
    """MiB."""
    refused: str = ""
    """Why a small file cannot be written and removed there."""
    missing: bool = False
    asked: str = ""
    """The folder that the environment names, where it is another one."""


def look_here() -> Folder:
    """The current folder."""
    try:
        here = Path.cwd()
    except OSError:
        return Folder("", missing=True)
    return _looked_into(here)


def judge_here(seen: Folder) -> Finding:
    """Reports without a path are written here."""
    if seen.missing:
        return wrong("已经被删除或移走", GO_SOMEWHERE)
    if seen.refused:
        return wrong(f"写不进去（{seen.refused}）：{seen.path}", GO_ELSEWHERE)
    return _room(seen, HERE_SCARCE, HERE_FULL, FREE_SPACE)


def look_at_temporary() -> Folder:
    """The folder that Python chooses; it passes over those that cannot be written."""
    asked = next(filter(None, map(os.environ.get, ("TMPDIR", "TEMP", "TMP"))), "")
    try:
        chosen = Path(tempfile.gettempdir())
    except FileNotFoundError:
        return Folder(asked, missing=True)
    other = asked if asked and not _same(asked, chosen) else ""
    return _looked_into(chosen)._replace(asked=other)


def judge_temporary(seen: Folder) -> Finding:
    """Long workbooks and worker processes need it."""
    if seen.missing:
        return wrong("没有一个能写的临时文件夹", SET_TEMPORARY)
    if seen.refused:
        return wrong(f"写不进去（{seen.refused}）：{seen.path}", SET_TEMPORARY)
    if seen.asked:
        return remark(f"指定的 {seen.asked} 用不了，改用 {seen.path}", SET_TEMPORARY)
    return _room(seen, TEMPORARY_SCARCE, TEMPORARY_FULL, SET_TEMPORARY)


def _room(seen: Folder, scarce: int, full: int, cure: str) -> Finding:
    if seen.free < full:
        return wrong(f"只剩 {seen.free} MB（至少要 {full} MB）：{seen.path}", cure)
    if seen.free < scarce:
        return remark(f"只剩 {seen.free} MB（最好有 {scarce} MB）：{seen.path}", cure)
    room = f"{seen.free} MB" if seen.free < 10 * 1024 else f"{seen.free // 1024} GB"
    return good(f"能写，剩 {room}：{seen.path}")


def _looked_into(folder: Path) -> Folder:
    from jieyue_cli.files.probing import probed

    fault = probed(folder)
    return Folder(str(folder), shutil.disk_usage(folder).free // MIB, fault)


def _same(asked: str, chosen: Path) -> bool:
    return os.path.realpath(asked) == os.path.realpath(chosen)
