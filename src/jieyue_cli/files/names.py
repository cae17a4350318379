"""Names of files by the rules of every system at once, so that a folder made on one can be copied to another.

Pure functions of names; the strictest rule wins, which is most often that of Windows
(docs/office/windows.md; docs/hazards.md, 46).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
"""What no name may hold: for Windows, and half characters, which no system but Linux can store."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?")
_MOST_UNITS, _MOST_BYTES = 255, 255
"""Of one name: in UTF-16 on Windows and macOS, in UTF-8 on Linux."""
HELD = frozenset({32, 33})
"""The numbers that Windows gives to why a file is refused that another program keeps to itself, as Excel does."""
_DEVICES = "\\\\.\\"
"""How a path begins that leads past the disk on Windows."""


def is_reserved(name: str) -> bool:
    """Whether Windows takes this for a device, whatever stands behind a dot."""
    return bool(_RESERVED.fullmatch(name))


def unfit(name: str) -> str | None:
    """Why one part of a path cannot be a name everywhere; None where it can."""
    if found := FORBIDDEN.search(name):
        char = found[0]
        return f"Windows 的文件名里不能有“{char}”" if char.isprintable() else "里面有看不见的控制字符"
    if is_reserved(name):
        return f"“{name}”是 Windows 留给设备的名字"
    if name != name.rstrip(" ."):
        return "Windows 的文件名不能以空格或点结尾"
    if len(name.encode("utf-16-le")) > 2 * _MOST_UNITS or len(name.encode()) > _MOST_BYTES:
        return "太长，汉字最多约 80 个"
    return None


def unfit_part(path: PurePath) -> str | None:
    """Why a file cannot be written under the last part of a path; None where it can."""
    if path.drive.startswith(_DEVICES):
        return "这是 Windows 的设备，不是文件"
    if path.drive and not path.root:
        return f"盘符后面要写“\\”，如 {path.drive}\\{path.name}"
    return unfit(path.name) if path.name != ".." else None


def alike(name: str) -> str:
    """The same for names that are one file: to Windows whatever their case, to macOS whatever their composition."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
