"""File names for agencies' forms that Windows, macOS and Linux all accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jieyue_cli.files.names import FORBIDDEN, alike, is_reserved

_LONGEST, _LONGEST_BYTES = 60, 200
"""Characters, and bytes in UTF-8 of the 255 that most systems allow for a name with its end."""


def file_names(names: Iterable[str], suffix: str) -> Iterator[str]:
    """A name for each agency, in order; equal ones get a number."""
    taken: set[str] = set()
    for name in names:
        stem = _shortened(FORBIDDEN.sub("_", name)).strip(" .") or "未命名"
        if is_reserved(stem):
            stem = f"_{stem}"
        unique, number = stem, 1
        while (known := alike(unique)) in taken:
            number += 1
            unique = f"{stem}（{number}）"
        taken.add(known)
        yield unique + suffix


def _shortened(name: str) -> str:
    return name[:_LONGEST].encode()[:_LONGEST_BYTES].decode(errors="ignore")
