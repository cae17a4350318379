"""Which criteria a piece of typed text holds: the standard's sentences are searched for in it.

Spaces, width, punctuation and numbering do not matter; words do. A sentence may lack its price (得2分), because
typed tables have a column for it. With another price, or with words joined to its front or end, it is another rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jieyue_cli.form.answers import NUMERALS
from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.text.folding import essence, letters_and_digits, narrow
from jieyue_cli.text.numbers import plain

_PRICE = re.compile(r"[，,。;；]*\s*(?:每[项次类]|有1类标识|开展1项活动)?\s*得\s*\d+(?:\.\d+)?\s*分.*$", re.DOTALL)
_NUMBER = re.compile(r"([0-9]+|[一二两三四五六七八九十])分")
_PRICED = re.compile(
    r"(?:(?:开展1项活动|有1类标识|累计|最高|最多|满分|分值|不超过|[每项次类个种可得计记加为共本]|[0-9]+|[一二两三四五六七八九十])*分)+"
)
_EACH = re.compile(r"[每项次类个种]")
_NUMBERING = re.compile(
    r"(?:第?[一二三四五六七八九十]+[是条项点]?|其[一二三四五]|[0-9]+|[①-⒛❶-❿➀-➓㈠-㈩Ⅰ-ⅿ]|(?<![a-z])[a-z])$"
)
_BREAKS = re.compile(r"_x000[aAdD]_|[\r\n\v\f]+")
_RUN = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_ORDINAL = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_LONGEST_NAME = 100
"""Characters of a cell that only names a unit or an item."""
_LONGEST = 4000
"""Characters of a cell that is searched for sentences; the whole standard has 2,000."""


@dataclass(slots=True)
class Matches:
    """The sentences in one text, and what differs from the standard."""

    criteria: tuple[Criterion, ...] = ()
    """In the order of the text; twice where the text repeats a sentence."""
    repriced: list[Criterion] = field(default_factory=list)
    """Those with another price than the standard's."""
    reworded: list[tuple[Criterion, str]] = field(default_factory=list)
    """Those with words joined to them, which may reverse the meaning (未…), and these words."""
    leftovers: list[str] = field(default_factory=list)
    """The rest of the text, folded; without numbering, prices, and names of units and items."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence is in a folded text."""

    criterion: Criterion
    start: int
    core: int
    """End of its words."""
    end: int
    """End of its price; ``core`` where the price is missing."""


class Sentences:
    """The sentences and names of one rubric, folded for matching."""

    def __init__(self, rubric: Rubric) -> None:
        full = {criterion.id: essence(criterion.text) for criterion in rubric.criteria}
        self._sentences: list[tuple[Criterion, str, str]] = []
        for criterion in rubric.criteria:
            core = essence(_PRICE.sub("", criterion.text))
            alone = core and sum(core in text for text in full.values()) == 1
            sentence = full[criterion.id]
            self._sentences.append((criterion, core if alone else sentence, sentence))
        # a longer sentence first, so that one inside another is not found in it
        self._sentences.sort(key=lambda entry: -len(entry[2]))
        self._tails = {criterion.id: sentence[len(core) :] for criterion, core, sentence in self._sentences}
        self._parts: dict[str, Unit | Item] = {essence(unit.name): unit for unit in rubric.units}
        self._parts |= {essence(item.name): item for item in rubric.items}

    def find(self, text: str) -> Matches:
        """Find every sentence in ``text``."""
        if len(text) > _LONGEST or not self._possible(text):
            return Matches()
        letters, borders = _folded(text)
        places = self._places(letters)
        matches = Matches(tuple(place.criterion for place in places))
        for before, after in zip((None, *places), (*places, None), strict=True):
            self._sort_gap(letters, borders, before, after, matches)
        return matches

    def part(self, text: str) -> Unit | Item | None:
        """Return the unit or item that ``text`` names."""
        if len(text) > _LONGEST_NAME:
            return None
        return self._parts.get(essence(_ORDINAL.sub("", _BRACKETS.sub("", text))))

    def _possible(self, text: str) -> bool:
        """Whether any sentence could be in ``text``: a quick check, because most cells hold none."""
        letters = narrow(letters_and_digits(_BREAKS.sub("", text))).lower()
        return any(core in letters for _, core, _ in self._sentences)

    def _places(self, letters: str) -> list[_Place]:
        """Every sentence in a folded text, from the left."""
        places = []
        rest = letters
        for criterion, core, sentence in self._sentences:
            while (start := rest.find(core)) >= 0:
                words = end = start + len(core)
                if rest.startswith(tail := sentence[len(core) :], end):
                    end += len(tail)
                # keep the length, so that positions stay comparable
                rest = rest[:start] + "\0" * (end - start) + rest[end:]
                places.append(_Place(criterion, start, words, end))
        return sorted(places, key=lambda place: place.start)

    def _sort_gap(
        self, letters: str, borders: frozenset[int], before: _Place | None, after: _Place | None, matches: Matches
    ) -> None:
        """Sort what stands between two matches: a price, numbering, names of items, or words of neither sentence."""
        start, end = before.end if before else 0, after.start if after else len(letters)
        gap = letters[start:end]
        joined_before = before is not None and before.end == before.core and start not in borders
        joined_after = end not in borders
        if before and (price := _price(gap)):
            if not self._same_price(before.criterion, price):
                matches.repriced.append(before.criterion)
            gap, joined_before = gap[len(price) :], False
        words = self._without_names(_NUMBERING.sub("", gap))
        if not words:
            return
        if before and _numbers(words) and not self._same_price(before.criterion, words):
            matches.repriced.append(before.criterion)
        if joined_before and before:
            matches.reworded.append((before.criterion, words))
        if joined_after and after and gap.endswith(words):
            matches.reworded.append((after.criterion, words))
        matches.leftovers.append(words)

    def _same_price(self, criterion: Criterion, price: str) -> bool:
        """Whether ``price`` names the numbers of the sentence's own price, or just the criterion's points."""
        expected, seen = _numbers(self._tails[criterion.id]), _numbers(price)
        return seen == expected or (seen == [plain(criterion.points)] and not _EACH.search(price))

    def _without_names(self, words: str) -> str:
        """``words`` without the name of a unit or an item in front, and its price."""
        for name in self._parts:
            if words.startswith(name):
                words = words[len(name) :]
                return _NUMBERING.sub("", words.removeprefix(_price(words)))
        return words


def _folded(text: str) -> tuple[str, frozenset[int]]:
    """The letters and digits of ``text``, and the positions where punctuation or a line break stood between them."""
    lines = "\n".join(narrow(line) for line in _BREAKS.split(text))
    letters, borders, end = "", {0}, 0
    for run in _RUN.finditer(lines):
        if lines[end : run.start()].strip(" _"):  # not only spaces: a line break, too, keeps words apart
            borders.add(len(letters))
        letters += run[0].lower()
        end = run.end()
    return letters, frozenset({*borders, len(letters)})


def _price(text: str) -> str:
    """The price that ``text`` starts with, or nothing."""
    match = _PRICED.match(text)
    return match[0] if match and _NUMBER.search(match[0]) else ""


def _numbers(price: str) -> list[str]:
    """The points that ``price`` names, as digits."""
    return [str(NUMERALS.get(match[1], match[1])) for match in _NUMBER.finditer(price)]
