"""Memories for pure functions, bounded: the forms of a batch come from one template and differ only in answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K")
H = TypeVar("H", bound=Hashable)
V = TypeVar("V")


class Remembered(dict[H, V]):
    """``remembered[key]`` is ``work_out(key)``; when ``most`` values are stored, all of them are dropped.

    Keys whose last element is a text or bytes longer than ``longest`` are computed but not stored, so that memory is
    bounded too. 1 and True are equal: keys that hold values of several types need the type beside the value.
    """

    def __init__(self, work_out: Callable[[H], V], most: int, longest: int = 300) -> None:
        super().__init__()
        self._work_out = work_out
        self._most = most
        self._longest = longest

    def __missing__(self, key: H) -> V:
        value = self._work_out(key)
        last = key[-1] if isinstance(key, tuple) and key else key
        if not (isinstance(last, str | bytes) and len(last) > self._longest):
            if len(self) >= self._most:
                self.clear()
            self[key] = value
        return value
