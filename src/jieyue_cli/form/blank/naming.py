"""File names for agencies' forms that Windows, macOS and Linux all accept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?")
_LONGEST = 60
"""Characters; a Chinese one takes three bytes of the 255 that most systems allow."""


def file_names(names: Iterable[str], suffix: str) -> Iterator[str]:
    """A name for each agency, in order; equal ones (Windows ignores case) get a number."""
    taken: set[str] = set()
    for name in names:
        stem = _FORBIDDEN.sub("_", name)[:_LONGEST].strip(" .") or "未命名"
        if _RESERVED.fullmatch(stem):
            stem = f"_{stem}"
        unique, number = stem, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{stem}（{number}）"
        taken.add(unique.casefold())
        yield unique + suffix
