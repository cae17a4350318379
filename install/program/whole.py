"""Runs before everything else in the frozen program: says which of its files are gone, as long as Python starts at all.

An antivirus program or a person may delete any of them; which one decides whether the program fails, fails halfway or
only slows down. So all are looked for, every time (docs/adr/0016-installing.md).
"""

from __future__ import annotations

import os
import sys

_LIST = "files.txt"
"""Every other file of the folder with its size; ``build.py`` writes it."""
_NAMED = 5


def _broken(folder: str) -> list[str]:
    """The files that are not there, or not as long as they were made."""
    try:
        with open(os.path.join(folder, _LIST), encoding="utf-8") as stream:  # noqa: PTH118, PTH123 -- pathlib takes time
            lines = stream.read().splitlines()
    except OSError:
        return [_LIST]
    found = []
    for line in lines:
        size, _, name = line.partition(" ")
        try:
            whole = os.stat(os.path.join(folder, name)).st_size == int(size)  # noqa: PTH116, PTH118
        except OSError:
            whole = False
        if not whole:
            found.append(name)
    return found


def _explained(broken: list[str]) -> str:
    place = os.path.basename(sys._MEIPASS)  # type: ignore[attr-defined]  # noqa: PTH119, SLF001 -- PyInstaller's name
    named = [f"  {place}/{name}" for name in broken[:_NAMED]]
    more = ["  ……"] if len(broken) > _NAMED else []
    return "\n".join(
        (
            f"程序不完整：有 {len(broken)} 个文件不见了或已损坏：",
            *named,
            *more,
            "可能是压缩包没有全部解压，或者被杀毒软件删除了。请重新全部解压到新的文件夹；",
            "如果文件又不见了，先把新的文件夹加入杀毒软件的信任名单，再解压一次。",
        )
    )


def _check() -> None:
    broken = _broken(sys._MEIPASS)  # type: ignore[attr-defined]  # noqa: SLF001
    if not broken:
        return
    if sys.stderr:
        print(_explained(broken), file=sys.stderr)
        if os.name == "nt" and sys.stdin and sys.stdin.isatty() and sys.stderr.isatty():
            os.system("pause")  # noqa: S605 -- cmd's own word; the window of a double click would be gone unread
    sys.exit(2)


_check()
