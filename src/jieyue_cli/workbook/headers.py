"""The header of a table, found by its words: which columns they name, in one row or in two that belong together.

Each kind of table brings the words it knows and says how many of them make a header.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from jieyue_cli.text.folding import label
from jieyue_cli.workbook.cells import Sheet, Value

M = TypeVar("M", bound=Hashable)


class Header(NamedTuple, Generic[M]):
    """A header; both rows are the same where it has only one."""

    first: int
    last: int
    columns: Mapping[M, tuple[int, ...]]
    """What a column holds → every column whose word says so, from the left."""


@dataclass(frozen=True)
class HeaderWords(Generic[M]):
    """The header words of one kind of table, and what makes a header of them."""

    meanings: Mapping[str, M]
    """Each word, folded as ``label`` does → what its column holds."""
    enough: Callable[[frozenset[M]], bool]
    """Whether a header may consist of these meanings, each given once."""
    deepest: int
    """The last row of a sheet in which a header may start."""
    fewest: int = 1
    """Columns with a known word in the header's first row."""
    longest: int = 32_767
    """Characters of a header cell with its remarks; a spreadsheet's cell holds no more than this default."""
    divided: frozenset[M] = frozenset()
    """Meanings that may stand in a second row, below a common heading in the first; none where headers have one row."""

    def all_in(self, sheet: Sheet) -> Iterator[Header[M]]:
        """Yield every header in a sheet, from the top down."""
        number = 1
        while number <= min(len(sheet.rows), self.deepest):
            header = self._starting(sheet, number)
            if header:
                yield header
            number = header.last + 1 if header else number + 1

    def first_in(self, sheet: Sheet) -> Header[M] | None:
        """Return the first header in a sheet."""
        return next(self.all_in(sheet), None)

    def meaning(self, value: object) -> M | None:
        """What a column holds whose header cell has this value; None where it is none of the words."""
        if not isinstance(value, str) or len(value) > self.longest or self._characters.isdisjoint(value):
            return None
        return self.meanings.get(label(value))

    @cached_property
    def _characters(self) -> frozenset[str]:
        """Any cell without one of these is no header word: most cells, and folding them all takes time."""
        return frozenset("".join(self.meanings))

    def _starting(self, sheet: Sheet, number: int) -> Header[M] | None:
        """The header whose first row is the one with this number."""
        row = sheet.rows[number - 1]
        if len(row) - row.count(None) < self.fewest:  # most rows above a table and on other sheets: 20 µs a form
            return None
        upper = self._meanings(row)
        if len(upper) < self.fewest:
            return None
        below = sheet.rows[number] if self.divided and number < len(sheet.rows) else ()
        lower = self._meanings(below)
        if lower and len(lower) == len(below) - below.count(None) and self.divided.issuperset(lower.values()):
            both = upper | lower
            if self.enough(frozenset(both.values())):
                return Header(number, number + 1, _by_meaning(both))
        return Header(number, number, _by_meaning(upper)) if self.enough(frozenset(upper.values())) else None

    def _meanings(self, row: Sequence[Value | None]) -> dict[int, M]:
        """Column → what it holds, for the cells of a row that are header words."""
        return {column: meaning for column, value in enumerate(row, 1) if (meaning := self.meaning(value)) is not None}


def _by_meaning(meanings: Mapping[int, M]) -> Mapping[M, tuple[int, ...]]:
    columns: dict[M, tuple[int, ...]] = {}
    for column in sorted(meanings):
        columns[meanings[column]] = (*columns.get(meanings[column], ()), column)
    return columns
