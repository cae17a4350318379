"""The markup of a text, ``si`` among the shared strings and ``is`` in a cell: plain, or runs that differ in style."""

from __future__ import annotations

from xml.parsers import expat

from jieyue_cli.problems import Code
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.xlsx.package import MAIN

_T, _R, _STYLE, _SPOKEN, _PHONETIC = (f"{MAIN} {name}" for name in ("t", "r", "rPr", "rPh", "phoneticPr"))
_ITEM = f"{MAIN} si"
_SPACE = "http://www.w3.org/XML/1998/namespace space"
_INSIDE = {"": frozenset({_T, _R, _SPOKEN, _PHONETIC}), _R: frozenset({_STYLE, _T})}
_SILENT = frozenset({_STYLE, _SPOKEN, _PHONETIC})
"""How a text looks, and how it is spoken."""


class RichText:
    """Follows the markup of one text: ``value`` is what it says, unless it is not ``sound``."""

    def __init__(self) -> None:
        self.value = ""
        self.sound = True
        self._path: list[str] = []
        self._silent = 0
        self._given = ""
        self._piece = ""
        self._stripped = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens inside the text."""
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._silent or name in _SILENT:
            self._silent += 1
        if self._silent > 1:
            return
        # Plain text twice, or beside runs, or twice in a run: every reader takes another one.
        plain_twice = name == _T and self._given == _T
        mixed = not parent and name in {_T, _R} and bool(self._given) and not (name == _R == self._given)
        self.sound &= name in _INSIDE.get(parent, ()) and not plain_twice and not mixed
        if name in {_T, _R}:
            self._given = name
            self._piece = ""
            self._stripped = attributes.get(_SPACE) != "preserve"

    def end(self) -> None:
        """The innermost element ends."""
        name = self._path.pop()
        if self._silent:
            self._silent -= 1
        elif name == _T:
            # Excel drops blanks at the edge of a text unless the part says to keep them.
            self.value += self._piece.strip(" \t\r\n") if self._stripped else self._piece
        elif name == _R:
            self._given = _R

    def characters(self, text: str) -> None:
        """Characters, in whatever element inside the text."""
        if self._silent:
            return
        if self._path and self._path[-1] == _T:
            self._piece += text
        elif text.strip():
            self.sound = False


class _Strings:
    """An expat handler that collects the texts of a part."""

    def __init__(self) -> None:
        self.texts: list[RichText] = []
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 2 and name == _ITEM:  # noqa: PLR2004 - below the root
            self.texts.append(RichText())
        elif self._depth > 2:  # noqa: PLR2004
            self.texts[-1].start(name, attributes)

    def end(self, _: str) -> None:
        self._depth -= 1
        if self._depth >= 2:  # noqa: PLR2004
            self.texts[-1].end()

    def characters(self, text: str) -> None:
        if self._depth >= 2:  # noqa: PLR2004
            self.texts[-1].characters(text)


def read_strings(part: bytes) -> list[str | None]:
    """Return the shared strings in order, None for each that readers could take in several ways.

    ``part`` is empty where a workbook has none; RefusedError is raised where it is not well-formed.
    """
    strings = _Strings()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = strings.start
    parser.EndElementHandler = strings.end
    parser.CharacterDataHandler = strings.characters
    try:
        if part:
            parser.Parse(part, True)  # noqa: FBT003 - expat's own signature
    except (expat.ExpatError, IndexError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="共享文字部件有误") from cause
    return [text.value if text.sound else None for text in strings.texts]
