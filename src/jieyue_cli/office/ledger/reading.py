"""Reads a ledger file: the entries of a chain that holds, or why it does not."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jieyue_cli.agencies.past import Record
from jieyue_cli.files.source import read_path
from jieyue_cli.office.ledger.chain import Chain, chain
from jieyue_cli.office.ledger.entry import Entry
from jieyue_cli.problems import Code, Problem

MOST_BYTES = 2 << 30
"""Of a ledger; 10,000 agencies take some 5 MB a run."""


class Ledger(NamedTuple):
    """A ledger whose chain holds."""

    entries: tuple[Entry, ...]
    head: str
    """The hash of the last entry; what letters and reports print."""

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


def read_ledger(path: Path) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """The ledger in ``path``; None, with the reason, where it cannot be read or its chain does not hold."""
    data, refused = read_path(path, MOST_BYTES)
    if data is None:
        return None, tuple(_own(problem).inside(str(path)) for problem in refused)
    made = chain(data)
    problems = tuple(problem.inside(str(path)) for problem in told(made))
    return (None if made.problem else Ledger(made.entries, made.head)), problems


def told(made: Chain) -> tuple[Problem, ...]:
    """What there is to say of a chain: why it does not hold, or that its last entry was not written to its end."""
    if made.problem:
        return (made.problem,)
    if not made.rest:
        return ()
    mend = "补上换行，这一条照样有效" if made.whole else "删去这些字节"
    return (Code.LEDGER_TORN.at(size=len(made.rest), entries=len(made.entries), mend=mend),)


def _own(problem: Problem) -> Problem:
    return Code.LEDGER_NONE.at() if problem.code is Code.FILE_TOO_LARGE else problem
