"""The likeliest entry of a roster for a name that is not in it, for a person to look at; nothing is ever merged.

Names are compared by what tells agencies apart: without the place and without 局 or 委员会. A short form (人社局) is
known by its characters, which stand in the long one (人力资源和社会保障局) in the same order. Where two
entries are as near as each other there is no hint: none is better than a wrong one.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from jieyue_cli.agencies.roster import Roster, RosterEntry, key


class Likeness(IntEnum):
    """How near two names are; more is nearer."""

    NONE = 0
    MISSPELT = 1
    """A few characters of a long name differ."""
    WITHIN = 2
    """Two characters of one stand in the other, in order, from somewhere within."""
    SHORT = 3
    """One is the short form of the other: they begin alike as well, or it stands in the other in one piece."""
    SAME = 4


class Reading(NamedTuple):
    """A name without its place, taken apart."""

    stem: str
    """工业和信息化"""
    ending: str
    """局"""

    @property
    def rest(self) -> str:
        """Both together."""
        return self.stem + self.ending


_PLACE = re.compile(r"[^省市县区旗州盟]{1,6}?[省市县区旗州盟]")
_NOT_PLACES = ("园区", "发区", "社区", "小区", "景区", "地区", "辖区", "行政区", "保护区")
_LEVEL = re.compile(r"[省市县区旗州盟]")
_LEVEL_WITHIN = re.compile(r"(?<=团)[省市县区旗州盟](?=委)")
"""团市委 is the 共青团委员会 of the 市."""
_MAY_BE_A_WORD = frozenset("场容民政域划镇")
"""After 市 or 区: 市场, 市容, 市政, 区域 are words of their own."""
_PARTY = ("中国共产党", "中共")
_ITSELF = re.compile(r"(?:机关|本级|本部)$")
_ENDING = re.compile(
    r"(?:大会常务委员会|协商会议委员会|委员会|办公室|联合会|协会|学会|研究会|人民政府|办事处|中心|[局委办厅室院会部处所站社队联校学馆厂司府团])$"
)
_AUTHORITIES = frozenset({"局", "委", "委员会", "厅"})
"""Endings that a reform exchanges: 发改委 became 发展和改革局."""
_CONTRASTS = frozenset("0123456789一二三四五六七八九十东西南北中上下左右前后内外大小新老甲乙丙丁")
"""Characters by which sister agencies are told apart: 第一中学 is no misspelling of 第二中学."""
_NUMERALS = frozenset("0123456789一二三四五六七八九十")
_LEAST_ALIKE = 0.75
_SHORTEST = 2
"""Characters of a stem by which an agency can be known."""
_CLEARLY = 1.5
"""How many times better the better of two must be."""


class NearNames:
    """Looks up likely entries without comparing every unknown name with the whole roster.

    Only the first ``MOST_UNKNOWN`` names are looked up: with more, the roster is the wrong one, and hints help nobody.
    """

    MOST_UNKNOWN = 500
    MOST_SHARING = 5000
    """A character that more names share says little."""
    MOST_COMPARED = 200

    def __init__(self, roster: Roster) -> None:
        places = Counter(place for name in roster.by_key if (place := _places(name)[0]))
        place, count = max(places.items(), key=lambda item: item[1], default=("", 0))
        self._place = place if 2 * count > len(roster.by_key) else ""
        """The place that most entries share."""
        entries: dict[Reading, dict[str, list[RosterEntry]]] = {}
        for name, entry in roster.by_key.items():
            place, reading = self._readings(name)[0]
            entries.setdefault(reading, {}).setdefault(place, []).append(entry)
        self._entries = list(entries.items())
        """Every name without its place, and by place whose it is."""
        self._by_character: dict[str, list[int]] = {}
        """Character → where in ``_entries`` it occurs."""
        for at, (reading, _) in enumerate(self._entries):
            for character in set(reading.rest):
                self._by_character.setdefault(character, []).append(at)
        self._answers: dict[str, RosterEntry | None] = {}

    def to(self, unknown: str) -> RosterEntry | None:
        """Return the likeliest entry; None where none is likely, or two are as likely as each other."""
        same = key(unknown)
        if same not in self._answers:
            self._answers[same] = self._search(same) if len(self._answers) < self.MOST_UNKNOWN else None
        return self._answers[same]

    def _search(self, unknown: str) -> RosterEntry | None:
        best: dict[int, tuple[tuple[Likeness, bool, float], RosterEntry]] = {}
        for place, reading in self._readings(unknown):
            for at in self._candidates(reading.rest):
                candidate, by_place = self._entries[at]
                likeness, degree = _likeness(reading, candidate)
                for placed, entry in _in_place(place, by_place) if likeness is not Likeness.NONE else ():
                    weight = likeness, placed, degree
                    best[id(entry)] = max(best.get(id(entry), (weight, entry)), (weight, entry), key=itemgetter(0))
        ranked = sorted(best.values(), key=lambda item: item[0], reverse=True)
        for (likeness, placed, degree), _ in ranked[1:2]:
            if ranked[0][0] < (likeness, placed, _CLEARLY * degree):
                return None
        return ranked[0][1] if ranked else None

    def _candidates(self, rest: str) -> Iterable[int]:
        """Where in ``_entries`` the names are that share most characters of the shorter name."""
        sharing = sorted((self._by_character.get(character, []) for character in set(rest)), key=len)
        sharing = [places for places in sharing if places]
        telling = [places for places in sharing if len(places) <= self.MOST_SHARING] or [
            places[: self.MOST_SHARING] for places in sharing[:1]
        ]
        shared = Counter(chain.from_iterable(telling))
        for at in shared:
            shared[at] += len(sharing) - len(telling)
        enough = [
            (count / least, at)
            for at, count in shared.items()
            if count >= _LEAST_ALIKE * (least := min(len(rest), len(self._entries[at][0].rest))) - 1
        ]
        return [at for _, at in heapq.nsmallest(self.MOST_COMPARED, enough, key=lambda item: (-item[0], item[1]))]

    def _readings(self, name: str) -> list[tuple[str, Reading]]:
        """Every way to tell a name's place (示例市, only 市, or nothing) from the rest; the likeliest first."""
        name = _LEVEL_WITHIN.sub("", _ITSELF.sub("", name) or name)
        before, place, after = name.partition(self._place) if self._place else (name, "", "")
        readings = []
        if place:
            readings.append((place, ("" if before in _PARTY or _places(before)[1] == "" else before) + after))
        if self._place[1:-1] and name.startswith(self._place[:-1]) and (not place or after[:1] in _MAY_BE_A_WORD):
            readings.append((self._place, name.removeprefix(self._place[:-1])))
        if not readings:
            for party in _PARTY:
                name = name.removeprefix(party)
            level = _LEVEL.match(name)
            if not level or name[1:2] in _MAY_BE_A_WORD:
                readings.append(_places(name))
            if level:
                readings.append((level.group(), name[1:]))
        return [
            (self._place if place and self._place.endswith(place) else place, _taken_apart(rest or name))
            for place, rest in readings
        ]


def _places(name: str) -> tuple[str, str]:
    """The last of the places that a name begins with, and what comes after it."""
    place = ""
    while (match := _PLACE.match(name)) and not match.group().endswith(_NOT_PLACES) and match.group() != "城市":
        place, name = match.group(), name[match.end() :]
    return place, name


def _taken_apart(rest: str) -> Reading:
    ending = _ENDING.search(rest)
    cut = ending.start() if ending else len(rest)
    return Reading(rest[:cut], rest[cut:])


def _in_place(place: str, by_place: Mapping[str, list[RosterEntry]]) -> Iterator[tuple[bool, RosterEntry]]:
    """Entries that may be of this place, and whether both say the same place; no more than show that there are several.

    A name need not say its place, or may say only its level.
    """
    for entry in by_place.get(place, ()):
        yield True, entry
    if place and not _LEVEL.fullmatch(place):
        for less in {place[-1], ""} & by_place.keys():
            for entry in by_place[less]:
                yield False, entry
        return
    others = (
        entry for other, entries in by_place.items() if other != place and other.endswith(place) for entry in entries
    )
    for entry in islice(chain(others, by_place.get("", ()) if place else ()), 2):
        yield False, entry


def _likeness(first: Reading, second: Reading) -> tuple[Likeness, float]:
    """How near two names are but for their places, and how much of the longer the shorter covers."""
    authorities = first.ending in _AUTHORITIES and second.ending in _AUTHORITIES
    by_stem = authorities and min(len(first.stem), len(second.stem)) >= _SHORTEST
    short, long = sorted((first.stem, second.stem) if by_stem else (first.rest, second.rest), key=len)
    covered = len(short) / len(long) if long else 0.0
    if short == long:
        return Likeness.SAME, covered
    longer = max(first, second, key=lambda reading: len(reading.rest))
    ends = by_stem or short[-1:] in longer.ending or short == longer.stem
    if len(short) >= _SHORTEST and ends and LCSseq.similarity(short, long) == len(short):
        if not _NUMERALS.isdisjoint((Counter(long) - Counter(short)).keys()):
            return Likeness.NONE, 0.0
        if short[0] == long[0] or short in long:
            return Likeness.SHORT, covered
        if len(short) == _SHORTEST:
            return Likeness.WITHIN, covered
    if authorities or first.ending == second.ending:
        return _misspelt(first.stem, second.stem)
    return Likeness.NONE, 0.0


def _misspelt(first: str, second: str) -> tuple[Likeness, float]:
    alike = OSA.normalized_similarity(first, second, score_cutoff=_LEAST_ALIKE)
    differing = (Counter(first) - Counter(second)) + (Counter(second) - Counter(first))
    if alike < _LEAST_ALIKE or not _CONTRASTS.isdisjoint(differing):
        return Likeness.NONE, 0.0
    return Likeness.MISSPELT, alike
