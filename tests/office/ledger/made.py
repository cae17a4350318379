"""Ledgers as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from jieyue_cli.office.ledger.chain import chain
from jieyue_cli.office.ledger.entry import START, Entry, Input, Recorded, RosterMark, RubricMark, hash_of, line
from jieyue_cli.office.ledger.reading import Ledger

A, B, C = "示例市甲局", "示例市乙局", "示例市丙局"

FIRST = Recorded(
    A, "recognised", "行政机关", since=2020, handed_in=True, claimed=Decimal("91.5"), lost={"1.1.1": Decimal(9)}
)


def entry(year: int, *agencies: Recorded, note: str = "", digest: str = "c", inputs: tuple[Input, ...] = ()) -> Entry:
    """An entry that is not yet in a ledger."""
    return Entry(
        1,
        1,
        START,
        f"{year}-11-05T09:00:00+08:00",
        "0.2.0",
        RubricMark("standard_2020", "1.0", "a" * 64),
        RosterMark("b" * 64, len(agencies)),
        year,
        note,
        inputs or (Input(f"{year}/{A}.xlsx", digest * 64),),
        agencies or (FIRST,),
    )


def lines(entries: Sequence[Entry]) -> list[bytes]:
    """These entries as the lines of one ledger."""
    made: list[bytes] = []
    for one in entries:
        previous = hash_of(made[-1].removesuffix(b"\n")) if made else START
        made.append(line(replace(one, number=len(made) + 1, previous=previous)) + b"\n")
    return made


def ledger(*entries: Entry) -> Ledger:
    """These entries as a ledger that was read."""
    read = chain(b"".join(lines(entries)))
    assert read.problem is None
    return Ledger(read.entries, read.hashes[-1], read.hashes)
