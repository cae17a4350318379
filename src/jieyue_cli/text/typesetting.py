"""Where lines of Chinese text may be broken on a console whose characters are one or two cells wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from unicodedata import east_asian_width

_CLOSING = frozenset("。，、；：？！）》」』】〉”’…%％～!,.;:?)]}/")
_OPENING = frozenset("（《「『【〈“‘([{")


def cells(text: str) -> int:
    """The width of ``text`` in cells of a console."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def cells_of_old_console(text: str) -> int:
    """The same on an old Chinese console, where ``“”``, ``…``, ``→`` and a few hundred more take two cells too."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def line_starts(text: str, width: int, cells: Callable[[str], int] = cells) -> Iterator[int]:
    """Indices in ``text`` at which a new line starts, so that no line is wider than ``width`` cells.

    A line may break at blanks and beside any wide character, but none begins with ``。`` or ends with ``（``; a word
    that is wider than a line is cut. ``cells`` measures text, as the caller's console does.
    """

    def may_part(before: str, after: str) -> bool:
        if after == " " or after in _CLOSING or before in _OPENING:
            return False
        return before == " " or cells(before) > 1 or cells(after) > 1

    start, best, used = 0, 0, 0
    for index, char in enumerate(text):
        if index and may_part(text[index - 1], char):
            best = index
        used += cells(char)
        while used > width and char != " " and index > start:
            start = best if best > start else index
            yield start
            used = cells(text[start : index + 1])
