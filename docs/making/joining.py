"""Lines of Chinese prose put together without the blank that Markdown leaves between two lines."""

from __future__ import annotations

import re
from collections.abc import Callable

_CHINESE = "[⺀-鿿＀-￯“”‘’—…《》、。]"
_LETTER = "[⺀-⿟㐀-鿿]"
"""Beside a mark of bold text: beside anything else, Markdown would no longer see the mark."""
_BROKEN = re.compile(rf"(?<={_CHINESE})\n *(?={_CHINESE}|\*\*{_LETTER})|(?<={_LETTER}\*\*)\n *(?={_CHINESE})")
_FENCED = re.compile(r"^( *`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)


def joined(text: str) -> str:
    """A page without the breaks between Chinese characters."""
    return in_prose(text, lambda prose: _BROKEN.sub("", prose))


def in_prose(text: str, change: Callable[[str], str]) -> str:
    """A page with its prose changed and its fenced blocks as they are."""
    at, pieces = 0, []
    for block in _FENCED.finditer(text):
        pieces += [change(text[at : block.start()]), block[0]]
        at = block.end()
    return "".join([*pieces, change(text[at:])])
