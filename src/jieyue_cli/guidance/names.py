"""Names that are not taken yet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import PurePath


def numbered(name: str, taken: Callable[[str], bool]) -> str:
    """``name``, or with the first number that makes it free, as a file manager would: ``汇总（2）.xlsx``."""
    if not taken(name):
        return name
    suffix = PurePath(name).suffix
    stem = name.removesuffix(suffix)
    return next(wanted for number in count(2) if not taken(wanted := f"{stem}（{number}）{suffix}"))
