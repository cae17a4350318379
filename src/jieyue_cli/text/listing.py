"""Some of many texts in one line, with how many there are."""

from __future__ import annotations

from collections.abc import Sequence


def abridged(texts: Sequence[str], most: int, measure: str = "") -> str:
    """The first texts, at most so many: ``甲、乙 等 5 个``; ``甲、乙 等`` without a ``measure``."""
    shown = "、".join(texts[:most])
    if len(texts) <= most:
        return shown
    return f"{shown} 等 {len(texts)} {measure}" if measure else f"{shown} 等"
