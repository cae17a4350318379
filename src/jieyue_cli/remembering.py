"""Memories for pure functions, bounded: the forms of a batch come from one template and differ only in answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
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
        last = key[-1:] if isinstance(key, tuple) else (key,)
        if not any(isinstance(part, str | bytes) and len(part) > self._longest for part in last):
            if len(self) >= self._most:
                self.clear()
            self[key] = value
        return value


def by_identity(most: int) -> Callable[[Callable[[K], V]], Callable[[K], V]]:
    """Remember ``most`` values of a function of one immutable object, told apart by being the same object.

    For objects that take longer to hash than to look at, such as a rubric. A key is kept as long as its value, so
    its identity is not given to another; when there are too many, all are forgotten.
    """

    def remembering(work_out: Callable[[K], V]) -> Callable[[K], V]:
        known: dict[int, tuple[K, V]] = {}

        def remembered(key: K) -> V:
            entry = known.get(id(key))
            if entry is not None:
                return entry[1]
            value = work_out(key)
            if len(known) >= most:
                known.clear()
            known[id(key)] = key, value
            return value

        return wraps(work_out)(remembered)

    return remembering
