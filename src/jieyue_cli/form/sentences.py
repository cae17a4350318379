"""Which criteria a piece of text holds: the standard's sentences found in what somebody typed.

Spaces, width, punctuation and numbering do not matter; words do. A sentence may lack its price (得2分), because
typed tables have a column for that, but a different price is a different rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jieyue_cli.form.folding import essence
from jieyue_cli.rubric.model import Criterion, Item, Rubric

_PRICE = re.compile(r"[，,。;；]*\s*(?:每[项次类]|有1类标识|开展1项活动)?\s*得\s*\d+(?:\.\d+)?\s*分.*$", re.DOTALL)
_OTHER_PRICE = re.compile(r"(?:每[项次类])?得(\d+)分")
_NUMBERING = re.compile(r"\d+")
_LEFTOVER = 4
"""So many letters that belong to no sentence are worth a word to the clerk."""


@dataclass(frozen=True, slots=True)
class Found:
    """The criteria in one text, in the order of the text."""

    criteria: tuple[Criterion, ...]
    changed: tuple[Criterion, ...] = ()
    """Found with another price than the standard's."""
    leftover: str = ""
    """Folded text that belongs to no sentence; nothing where it is only numbering."""


class Sentences:
    """The sentences of one rubric, ready for matching."""

    def __init__(self, rubric: Rubric) -> None:
        full = {criterion.id: essence(criterion.text) for criterion in rubric.criteria}
        self._sentences = []
        for criterion in rubric.criteria:
            core = essence(_PRICE.sub("", criterion.text))
            alone = core and sum(core in text for text in full.values()) == 1
            sentence = full[criterion.id]
            self._sentences.append((criterion, core if alone else sentence, sentence))
        # a longer sentence first, so that one inside another is not found in it
        self._sentences.sort(key=lambda entry: -len(entry[2]))
        self._order = {criterion.id: index for index, criterion in enumerate(rubric.criteria)}
        self._items = {essence(item.name): item for item in rubric.items}

    def find(self, text: str) -> Found:
        """Find every sentence in ``text``."""
        rest = essence(text)
        found: list[tuple[int, Criterion]] = []
        changed: list[Criterion] = []
        for criterion, core, sentence in self._sentences:
            start = rest.find(core)
            if start < 0:
                continue
            found.append((start, criterion))
            tail = sentence[len(core) :]
            end = start + len(core)
            if rest.startswith(tail, end):
                end += len(tail)
            elif price := _OTHER_PRICE.match(rest, end):
                changed.append(criterion)
                end = price.end()
            # keep the length, so that starts stay comparable
            rest = rest[:start] + "\0" * (end - start) + rest[end:]
        leftover = _NUMBERING.sub("", rest.replace("\0", ""))
        found.sort(key=lambda entry: entry[0])
        return Found(
            tuple(criterion for _, criterion in found), tuple(changed), leftover if len(leftover) > _LEFTOVER else ""
        )

    def item(self, text: str) -> Item | None:
        """Return the item that ``text`` names."""
        return self._items.get(essence(re.sub(r"[(（].*?[)）]", "", text)))
