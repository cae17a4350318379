"""Markdown of text that may come from anybody: it is shown as it is and never becomes markup, a link or a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jieyue_cli.text.cleaning import clean

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What has a meaning anywhere; some pages make links of addresses."""
_BEGINS = re.compile(r"^([0-9]+(?=[.)](?:\s|$))|(?=[-+=]))")
"""Behind this, a sign at the start of a line would begin a list or a rule."""


def escaped(text: str) -> str:
    """The text on one line."""
    return _SPECIAL.sub(r"\\\g<0>", clean(text).strip(" "))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()) -> str:
    """A table with a blank line behind it; the columns with ``numbers`` stand to the right."""
    rules = ["--:" if name in numbers else "---" for name in head]
    lines = [head, rules, *([escaped(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def paragraph(text: str) -> str:
    """The text with a blank line behind it."""
    return f"{_line(text)}\n\n"


def points(texts: Iterable[str]) -> str:
    """A list with a blank line behind it; nothing where there is no text."""
    listed = "".join(f"- {_line(text)}\n" for text in texts)
    return f"{listed}\n" if listed else ""


def _line(text: str) -> str:
    return _BEGINS.sub(r"\1\\", escaped(text), count=1)
