"""For which criteria a file is, by its name and its folders: the 编号, or words that only one criterion has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jieyue_cli.office.evidence.spelling import folded
from jieyue_cli.remembering import Remembered
from jieyue_cli.rubric.model import Criterion, Input, Rubric
from jieyue_cli.text.folding import narrow

_NUMBER = re.compile(r"(?<![0-9])(?<![0-9][-._–—])(?>[0-9]+([-._–—])[0-9]+(?:\1[0-9]+)*)(?![0-9年月日号%])")
"""Numbers joined by one sign: 2.1.1-3 is the third file for 2.1.1, 2.1.1.3 is another number."""
_PHRASE = re.compile(r"[^\W\d_A-Za-z]+")
_DISTINCTIVE = 5
"""Characters in a row that no other criterion has in a row."""
_SHORTEST = 4
"""The same, of a name that says nothing else."""
_MOST = 4096


class Finder:
    """Finds the criteria of one standard in names."""

    def __init__(self, rubric: Rubric) -> None:
        tops = rubric.tops
        self.criterion_of = {question.id: top.id for top in tops for question in top.questions}
        """编号 of a question → that of the criterion that is scored."""
        self._places = {top.id: place for place, top in enumerate(tops)}
        for top in tops:
            self.criterion_of.update((inner.id, top.id) for inner in _nested(top))
        self._numbers = {tuple(own.split(".")): own for own in self.criterion_of if re.fullmatch(r"\d+(\.\d+)+", own)}
        self._words = _only(tops)
        self._numbered = Remembered(self._by_number, _MOST)
        self._worded = Remembered(self._by_words, _MOST)

    def of(self, names: Sequence[str]) -> tuple[str, ...]:
        """The 编号 of the criteria that the nearest of these names says, in the standard's order.

        ``names`` are the file's without its suffix and its folders', the nearest first. A number anywhere goes before
        words; words that fit several criteria fit none.
        """
        for found in (self._numbered, self._worded):
            for name in names:
                if criteria := found[name]:
                    return criteria
        return ()

    def ordered(self, criteria: Iterable[str]) -> tuple[str, ...]:
        """These 编号 once each, in the standard's order."""
        return tuple(sorted(set(criteria), key=lambda own: (self._places.get(own, len(self._places)), own)))

    def _by_number(self, name: str) -> tuple[str, ...]:
        parts = (tuple(re.findall(r"[0-9]+", match[0])) for match in _NUMBER.finditer(narrow(name)))
        return self.ordered(self.criterion_of[self._numbers[part]] for part in parts if part in self._numbers)

    def _by_words(self, name: str) -> tuple[str, ...]:
        phrases = _PHRASE.findall(narrow(name))
        grams = {gram for phrase in phrases for gram in _grams(phrase, _DISTINCTIVE)}
        whole = re.sub(r"[0-9]+", "", folded(name))
        found = {self._words[gram] for gram in (*grams, whole) if gram in self._words} - {None}
        return (found.pop(),) if len(found) == 1 else ()  # type: ignore[return-value]


def _nested(top: Input | Criterion) -> Sequence[Input | Criterion]:
    return (top,) if isinstance(top, Input) else top.nested


def _only(tops: Iterable[Input | Criterion]) -> dict[str, str | None]:
    """Characters in a row → the one criterion that has them; None where several have."""
    owners: dict[str, str | None] = {}
    for top in tops:
        for gram in set(_all_grams(top)):
            owners[gram] = top.id if owners.get(gram, top.id) == top.id else None
    return owners


def _all_grams(top: Input | Criterion) -> Iterator[str]:
    texts = {*(inner.text for inner in _nested(top)), *(question.text for question in top.questions)}
    for phrase in (phrase for text in texts for phrase in _PHRASE.findall(narrow(text))):
        for length in range(_SHORTEST, len(phrase) + 1):
            yield from _grams(phrase, length)


def _grams(phrase: str, length: int) -> Iterator[str]:
    return (phrase[start : start + length] for start in range(len(phrase) - length + 1))
