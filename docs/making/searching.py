"""How the search of the offline pages takes Chinese text apart: into every two neighbouring characters.

Sphinx's own way needs a dictionary when the pages are made, and its JavaScript has none: there a query stays one word,
and is found only where the dictionary made the same word.
"""

from __future__ import annotations

import re

from sphinx.search import SearchLanguage

BY_PAIRS = "zh-pairs"
_WORD = re.compile("[㐀-鿿]+|[A-Za-z0-9_]+")


class Pairs(SearchLanguage):
    """Pairs of Chinese characters, and the other words whole."""

    lang = BY_PAIRS
    language_name = "Chinese by pairs"
    js_splitter_code = """\
var pairs = (word) => Array.from({ length: Math.max(1, word.length - 1) }, (_, at) => word.slice(at, at + 2));
var splitQuery = (query) =>
  (query.match(/[㐀-鿿]+|[A-Za-z0-9_]+/g) ?? []).flatMap((word) => (word < "㐀" ? [word] : pairs(word)));
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name of what it overrides
        """The words under which a text is found."""
        words = _WORD.findall(input)
        return [part for word in words for part in (_pairs(word) if word >= "㐀" else [word.lower()])]


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]
