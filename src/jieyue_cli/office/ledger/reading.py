"""Reads a ledger file: the entries of a chain that holds, or why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jieyue_cli.agencies.past import Record
from jieyue_cli.files.source import read_path
from jieyue_cli.office.ledger.chain import Chain, Watch, chain
from jieyue_cli.office.ledger.entry import START, Entry
from jieyue_cli.problems import Code, Problem
from jieyue_cli.text.decoding import text_of

MOST_BYTES = 1 << 30
"""Of a ledger; 10,000 agencies take some 3 MB a run."""


class Ledger(NamedTuple):
    """A ledger whose chain holds."""

    entries: tuple[Entry, ...]
    head: str
    """The hash of the last entry; what letters and reports print."""
    hashes: tuple[str, ...] = (START,)
    """``entry.START``, then the hash of each entry."""
    kept: int = 0
    """Bytes of the file that are entries."""
    ended: bool = True
    """Whether the last entry has its line break."""

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that is recorded, the earliest first."""
        return tuple(sorted({entry.year for entry in self.entries}))

    def last(self, year: int) -> Entry | None:
        """What holds of a year: its last entry; None where the year is not recorded."""
        return next((entry for entry in reversed(self.entries) if entry.year == year), None)

    @property
    def record(self) -> Record:
        """The same, as the account of a run takes earlier years from it."""
        years = {entry.year: entry.agencies for entry in self.entries}  # the last entry of a year holds
        inputs = {bytes.fromhex(read.sha256) for entry in self.entries for read in entry.inputs if read.sha256}
        return Record(self.head, len(self.entries), years, inputs)


EMPTY = Ledger((), START)
"""Nothing is recorded yet."""


def read_ledger(path: Path, watched: Watch = iter) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """The ledger in ``path``; None, with the reason, where it cannot be read or its chain does not hold."""
    data, refused = read_path(path, MOST_BYTES)
    if data is None:
        return None, tuple(_own(problem).inside(str(path)) for problem in refused)
    made = chain(data, watched)
    if made.problem:
        entries = _resaved(data)
        problem = Code.LEDGER_RESAVED.at(entries=entries) if entries else made.problem
        return None, (problem.inside(str(path)),)
    ledger = Ledger(made.entries, made.hashes[-1], made.hashes, len(data) - len(made.rest), made.ended)
    return ledger, tuple(problem.inside(str(path)) for problem in _told(made))


def _resaved(data: bytes) -> int:
    """How many entries a chain has that would hold but for encoding and line ends; 0 where it would not."""
    text = text_of(data)
    if text is None:
        return 0
    made = chain(text.encode("utf-8", "replace"))
    return 0 if made.problem or made.rest else len(made.entries)


def _told(made: Chain) -> Iterator[Problem]:
    """What there is to say of the end of a chain that holds."""
    if made.rest:
        yield Code.LEDGER_TORN.at(size=len(made.rest), entries=len(made.entries))
    if not made.ended:
        yield Code.LEDGER_UNENDED.at()


def _own(problem: Problem) -> Problem:
    return Code.LEDGER_NONE.at() if problem.code is Code.FILE_TOO_LARGE else problem
