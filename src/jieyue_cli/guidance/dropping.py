"""Paths without a command → the command that obviously was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import PurePath
from typing import NamedTuple

from jieyue_cli.guidance.sight import Kind

Words = tuple[str, ...]


class Sort(Enum):
    """What a dropped path is to the program; the value is what a person is told."""

    FORM = "一份表"
    FORMS = "文件夹或压缩包"
    ROSTER = "名录"
    LEDGER = "台账"
    RUBRIC = "评价标准"
    LETTER = "函的模板"


_FORMS = frozenset({Sort.FORM, Sort.FORMS})
_ALONE: dict[Sort, Words] = {
    Sort.ROSTER: ("roster", "check"),
    Sort.LEDGER: ("ledger", "show"),
    Sort.RUBRIC: ("rubric", "check"),
    Sort.LETTER: ("letter", "check"),
}
"""What is done with one such file alone."""
_BESIDE_FORMS = {Sort.ROSTER: "--roster", Sort.LEDGER: "--ledger", Sort.RUBRIC: "--rubric"}
"""Where one was dropped together with forms."""
_ALONE_BY_KIND = {
    Kind.ROSTER: Sort.ROSTER,
    Kind.UNFILLED: Sort.ROSTER,
    Kind.LEDGER: Sort.LEDGER,
    Kind.RUBRIC: Sort.RUBRIC,
    Kind.LETTER: Sort.LETTER,
}
_ALONE_BY_SUFFIX = {".jsonl": Sort.LEDGER, ".yaml": Sort.RUBRIC, ".yml": Sort.RUBRIC, ".csv": Sort.ROSTER}
_NAMED = "名录"


class Dropped(NamedTuple):
    """One path, and what it is."""

    path: str
    sort: Sort

    @property
    def alone(self) -> Words:
        """The command for it alone."""
        if self.sort is Sort.FORMS:
            return ("batch", self.path)
        return (*_ALONE.get(self.sort, ("score",)), self.path)


def sort_of(name: str, kind: Kind, *, several: bool) -> Sort:
    """What a path is, by its name and what a glance told; what nothing tells is a form, for ``score`` says why not."""
    if several:
        return Sort.FORMS
    suffix = PurePath(name).suffix.lower()
    by_name = Sort.ROSTER if kind is Kind.OTHER and _NAMED in name and suffix in {".xlsx", ".xls", ".et"} else None
    return _ALONE_BY_KIND.get(kind) or _ALONE_BY_SUFFIX.get(suffix) or by_name or Sort.FORM


def call(dropped: Sequence[Dropped]) -> Words | None:
    """One command for all of them; None where they belong to several."""
    places = [item.path for item in dropped if item.sort in _FORMS]
    rest = [item for item in dropped if item.sort not in _FORMS]
    if not places:
        return rest[0].alone if len(rest) == 1 else None
    if len({item.sort for item in rest}) < len(rest) or any(item.sort not in _BESIDE_FORMS for item in rest):
        return None
    given = tuple(word for item in rest for word in (_BESIDE_FORMS[item.sort], item.path))
    scored = all(item.sort in {Sort.FORM, Sort.RUBRIC} for item in dropped)
    return ("score" if scored else "batch", *places, *given)


def has(options: Iterable[str], *names: str) -> bool:
    """Whether one of these options is among those that a person gave."""
    return any(option.partition("=")[0] in names or (option[:2] == "-o" and "-o" in names) for option in options)
