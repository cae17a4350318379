"""The console: whether it shows what the program writes."""

from __future__ import annotations

import locale
import os
import sys
from typing import NamedTuple

from jieyue_cli.doctor.finding import Finding, good, remark, wrong
from jieyue_cli.terminal.console import PIPED_WIDTH, encodes

_CHINESE = "节约型机关评分，达标"
_SIGNS = "█▓·…“”→✓"
"""What is drawn besides; each is shown as ? where the encoding lacks it."""

CHOOSE_UTF8 = "Windows: chcp 65001 & set PYTHONIOENCODING=utf-8; Linux, macOS: export PYTHONIOENCODING=utf-8"
"""Plain ASCII, for it is read on a console that shows nothing else."""
CHOOSE_LOCALE = (
    "中文显示正常就不用管；要改：Linux、macOS 先运行 export LC_ALL=C.UTF-8，"
    "Windows 在“区域”的“管理”中把非 Unicode 程序的语言设为中文。"
)
WIDEN = "请把窗口拉宽到 80 列以上，表格才不会折得难读。"


class Encoding(NamedTuple):
    """How characters become bytes."""

    used: str
    """By the output of the program."""
    of_system: str
    """By what the system or a person chose."""
    terminal: bool = True


def look_at_encoding() -> Encoding:
    """Of stdout, and of the locale."""
    chosen = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    return Encoding(sys.stdout.encoding, chosen or locale.getencoding(), sys.stdout.isatty())


def judge_encoding(seen: Encoding) -> Finding:
    """Chinese is shown; signs that are not cost nothing but their look."""
    if not encodes(_CHINESE, seen.used):
        return wrong(f"{seen.used} cannot show Chinese / 显示不了中文", CHOOSE_UTF8)
    lacking = "".join(sign for sign in _SIGNS if not encodes(sign, seen.used))
    if seen.used.lower() in {"utf-8", "utf8"} and not encodes(_CHINESE, seen.of_system):
        return remark(f"系统的编码 {seen.of_system} 显示不了中文，程序改用了 UTF-8", CHOOSE_LOCALE)
    return good(f"{seen.used}，能显示中文" + (f"（有 {len(lacking)} 种符号显示为 ?）" if lacking else ""))


class Width(NamedTuple):
    """How much of a line is seen."""

    columns: int
    terminal: bool


def look_at_width() -> Width:
    """Of the window, as rich sees it."""
    from shutil import get_terminal_size

    return Width(get_terminal_size((PIPED_WIDTH, 24)).columns, sys.stdout.isatty())


def judge_width(seen: Width) -> Finding:
    """Tables are laid out for 80 columns."""
    if not seen.terminal:
        return good(f"不是窗口（写入文件或交给别的程序），按 {PIPED_WIDTH} 列排版")
    if seen.columns < PIPED_WIDTH:
        return remark(f"窗口只有 {seen.columns} 列", WIDEN)
    return good(f"{seen.columns} 列")
