"""File names for agencies' forms that Windows, macOS and Linux all accept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?")
_LONGEST, _LONGEST_BYTES = 60, 200
"""Characters, and bytes in UTF-8 of the 255 that most systems allow for a name with its end."""


def file_names(names: Iterable[str], suffix: str) -> Iterator[str]:
    """A name for each agency, in order; equal ones get a number."""
    taken: set[str] = set()
    for name in names:
        stem = _shortened(_FORBIDDEN.sub("_", name)).strip(" .") or "未命名"
        if _RESERVED.fullmatch(stem):
            stem = f"_{stem}"
        unique, number = stem, 1
        while (known := _as_systems_compare(unique)) in taken:
            number += 1
            unique = f"{stem}（{number}）"
        taken.add(known)
        yield unique + suffix


def _shortened(name: str) -> str:
    return name[:_LONGEST].encode()[:_LONGEST_BYTES].decode(errors="ignore")


def _as_systems_compare(name: str) -> str:
    """Alike for names that are one file: to Windows whatever their case, to macOS whatever their composition."""
    return unicodedata.normalize("NFD", name).casefold()
