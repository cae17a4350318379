"""What opens and prints the program's files: fonts, and a spreadsheet program. The program itself needs neither."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from jieyue_cli.doctor.finding import Finding, good, remark

FONTS = {
    "宋体": ("宋体", "simsun", "songti", "stsong"),
    "仿宋": ("仿宋", "fangsong", "simfang"),
    "黑体": ("黑体", "simhei", "stheiti", "heiti"),
}
"""Fonts that forms and letters ask for, by the names that systems give them; 仿宋_GB2312 is a 仿宋."""
_FINER = {"方正小标宋简体": ("小标宋", "xiaobiaosong", "fzxbs")}
"""Of a letter's title; 宋体 stands in for it."""
_STANDING_IN = (
    "cjk",
    "source han",
    "思源",
    "wenquanyi",
    "文泉驿",
    "yahei",
    "雅黑",
    "pingfang",
    "uming",
    "ukai",
    "droid",
)
_PATIENCE = 5
"""Seconds for ``fc-list``."""
_PROGRAMS = {
    "Excel": ("excel.exe",),
    "WPS 表格": ("et.exe", "et", "wps.exe"),
    "LibreOffice": ("soffice.exe", "soffice", "libreoffice"),
}
_BUNDLES = {"Excel": "Microsoft Excel.app", "WPS 表格": "wpsoffice.app", "LibreOffice": "LibreOffice.app"}
_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_FONT_LIST = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"

INSTALL_FONTS = "请安装这些中文字体（Windows 和 WPS 自带）；不装也能用，只是表和函的字形、分页会不同。"
LOOK_YOURSELF = "请用 Word 或 WPS 打开一份函，看字体栏里有没有宋体、仿宋、黑体。"
INSTALL_OFFICE = "请安装 Excel、WPS 或 LibreOffice 之一，用来打开和打印表；计分不需要它。"


def look_at_fonts() -> frozenset[str] | None:
    """Names of all fonts, in small letters; None where nobody can be asked."""
    if sys.platform == "win32":
        return frozenset(_registered_fonts())
    if sys.platform == "darwin":
        folders = ("/System/Library/Fonts", "/Library/Fonts", os.path.expanduser("~/Library/Fonts"))  # noqa: PTH111 -- there may be no home
        return frozenset(path.stem.lower() for folder in folders for path in Path(folder).rglob("*.[to]t[fc]"))
    command = shutil.which("fc-list")
    if command is None:
        return None
    listed = subprocess.run([command, ":", "family"], capture_output=True, check=True, timeout=_PATIENCE)  # noqa: S603 -- found on the path
    return frozenset(listed.stdout.decode("utf-8", "replace").lower().splitlines())


def judge_fonts(seen: frozenset[str] | None) -> Finding:
    """Forms and letters look as they are meant to, here."""
    if seen is None:
        return remark("这里没有 fc-list，看不到装了哪些字体", LOOK_YOURSELF)
    lacking = [font for font, names in FONTS.items() if not _any(seen, names)]
    if not lacking:
        plain = [font for font, names in _FINER.items() if not _any(seen, names)]
        return good("宋体、仿宋、黑体都有" + "".join(f"；没有{font}，函的标题用宋体" for font in plain))
    others = "有别的中文字体代替" if _any(seen, _STANDING_IN) else "也没有别的中文字体，中文会显示为方框"
    return remark(f"没有{'、'.join(lacking)}，{others}", INSTALL_FONTS)


def look_at_office() -> tuple[str, ...]:
    """Every spreadsheet program that is found."""
    return tuple(name for name in _PROGRAMS if _is_installed(name))


def judge_office(seen: tuple[str, ...]) -> Finding:
    """There is something to open a form with."""
    return good("、".join(seen)) if seen else remark("没有找到 Excel、WPS 或 LibreOffice", INSTALL_OFFICE)


def _any(fonts: frozenset[str], names: tuple[str, ...]) -> bool:
    return any(name in font for font in fonts for name in names)


def _is_installed(name: str) -> bool:
    if any(map(shutil.which, _PROGRAMS[name])):
        return True
    if sys.platform == "darwin":
        return any(Path(folder, _BUNDLES[name]).exists() for folder in ("/Applications", "/Applications/LibreOffice"))
    return sys.platform == "win32" and any(map(_has_path, _PROGRAMS[name]))


def _has_path(program: str) -> bool:
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
                with suppress(OSError), winreg.OpenKey(root, rf"{_APP_PATHS}\{program}", 0, winreg.KEY_READ | view):
                    return True
    return False


def _registered_fonts() -> set[str]:
    """Names as in the font folder, and the files behind them: which of the two is English differs."""
    found: set[str] = set()
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with suppress(OSError), winreg.OpenKey(root, _FONT_LIST) as key:
                for index in range(winreg.QueryInfoKey(key)[1]):
                    name, file, _ = winreg.EnumValue(key, index)
                    found.add(f"{name} {Path(str(file)).stem}".lower())
    return found
