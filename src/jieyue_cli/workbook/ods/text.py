"""The text of a cell as OpenDocument means it: paragraphs, with blanks, tabs and line ends as elements."""

from __future__ import annotations

import re

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{_NAMESPACE}text:1.0 "
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SILENT = frozenset({f"{_NAMESPACE}office:1.0 annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})
"""Remarks, and how a word is spoken."""
_MEANT = {f"{_TEXT}s": "\ufdd0", f"{_TEXT}tab": "\ufdd1", f"{_TEXT}line-break": "\ufdd2"}
"""Elements that stand for blanks, as Unicode noncharacters till the blanks of the markup are gone."""
_AS_WRITTEN = str.maketrans("\ufdd0\ufdd1\ufdd2", " \t\n")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_DIGITS = 5


class CellText:
    """Follows the elements inside one cell: ``value`` is its text, unless it is not ``sound``."""

    def __init__(self) -> None:
        self.sound = True
        self._paragraphs: list[list[str]] = []
        self._path: list[str] = []
        self._silent = 0

    @property
    def given(self) -> bool:
        """Whether there is a paragraph, be it empty."""
        return bool(self._paragraphs)

    @property
    def value(self) -> str:
        """The paragraphs, one a line; blanks of the markup count once, and at the edges not at all."""
        lines = (_BLANKS.sub(" ", "".join(pieces)).strip(" ") for pieces in self._paragraphs)
        return "\n".join(lines).translate(_AS_WRITTEN)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        outermost = not self._path
        self._path.append(name)
        if self._silent or name in _SILENT or (outermost and not name.startswith(_TEXT)):
            self._silent += 1
        elif outermost:
            # A list, say: who knows paragraphs only would lose it.
            self.sound &= name in _PARAGRAPHS
            self._paragraphs.append([])
        elif name in _MEANT:
            count = attributes.get(f"{_TEXT}c", "1")
            self.sound &= count.isascii() and count.isdigit() and len(count) < _MOST_DIGITS
            self._paragraphs[-1].append(_MEANT[name] * (int(count) if self.sound else 0))

    def end(self) -> None:
        """The innermost element ends."""
        self._path.pop()
        self._silent = max(self._silent - 1, 0)

    def characters(self, text: str) -> None:
        """Characters, in whatever element of the cell."""
        if self._silent:
            return
        if self._path:
            self._paragraphs[-1].append(text)
        elif text.strip():
            self.sound = False
