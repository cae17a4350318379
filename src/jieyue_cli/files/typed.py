r"""A path as somebody typed, pasted or dropped it → the paths that were meant.

What is there under the very text that was typed is taken as it is. Else are looked through: the quotation marks that
Explorer and chat programs put around a path, invisible characters and blanks at its ends, an address (``file:``), ``~``
for the home folder, and ``*`` and ``?``, which the shells of Windows hand over as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from jieyue_cli.files.reaching import reachable

_QUOTES = (("“", "”"), ('"', '"'), ("'", "'"), ("‘", "’"), ("＂", "＂"), ("”", "“"), ("”", "”"))
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""What stands at the ends of what is copied from the properties of a file, or from a chat."""
_BLANKS = " \t\r\n\u3000\xa0"
_WILD = "*?"
_LOCK = "~$"


class SwallowedError(Exception):
    r"""A path holds a quotation mark with more behind it: ``"C:\交表\" --year 2020`` is one word to a program."""


def is_there(text: str) -> bool:
    """Whether something stands under the very text."""
    return os.path.lexists(reachable(Path(text)))


def meant(text: str) -> str:
    """The one path that was meant; raise SwallowedError where a part of the command line hangs on it."""
    if is_there(text):
        return text
    found = unwrapped(text)
    if found.lower().startswith("file:"):
        found = of_address(found, windows=os.name == "nt")
    if '"' in found:
        raise SwallowedError(found.partition('"')[0])
    if found == "~" or found.startswith(("~/", "~\\")):
        home = os.path.expanduser("~")  # noqa: PTH111 -- pathlib raises where there is no home
        found = home + found[1:].replace("\\", os.sep)
    return found or text


def several(text: str) -> Iterator[str]:
    """The paths that were meant, where there may be more than one: a pattern stands for what fits, in order."""
    found = meant(text)
    wild = not is_there(found) and any(char in found for char in _WILD)
    fitting = sorted(_fitting(found)) if wild else []
    yield from fitting or [found]


def unwrapped(text: str) -> str:
    """A path without what stands around it; what has a mark on one side only keeps it, but for a last ``"``."""
    found = text.strip(_BLANKS + _INVISIBLE)
    for left, right in _QUOTES:
        inner = found[1:-1]
        if len(found) > 1 and found[0] == left and found[-1] == right and left not in inner and right not in inner:
            return inner.strip(_BLANKS + _INVISIBLE)
    return found.removesuffix('"') if found.count('"') == 1 else found


def of_address(address: str, *, windows: bool) -> str:
    """The path that an address (``file:``) leads to; how many slashes stand where, programs do not agree about.

    On Windows, what names no drive is a share.
    """
    from urllib.parse import unquote

    way = unquote(address[len("file:") :]).replace("\\", "/").lstrip("/").removeprefix("localhost/")
    if way[1:2] in {":", "|"}:
        return f"{way[0]}:{way[2:]}".replace("/", "\\") if windows else f"{way[0]}:{way[2:]}"
    return "\\\\" + way.replace("/", "\\") if windows else f"/{way}"


def _fitting(pattern: str) -> Iterator[str]:
    """What fits a pattern of ``*`` and ``?`` alone: brackets are part of many names."""
    from glob import iglob

    lock = Path(pattern).name.startswith(_LOCK)
    for found in iglob(pattern.replace("[", "[[]")):  # noqa: PTH207 -- pathlib has no pattern that is a whole path
        if lock or not Path(found).name.startswith(_LOCK):
            yield found
