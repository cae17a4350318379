"""One entry of a ledger: a run as it was recorded, on one line of canonical JSON.

The line is canonical: sorted keys, UTF-8, no spaces, numbers with their exact digits. An entry carries the SHA-256 of
the line before it, without its line break; the last entry for a year is what holds of that year.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

FORMAT = 1
"""Of the entries that this program writes and reads."""
START = "0" * 64
"""What the first entry carries in place of a hash."""
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""A SHA-256."""
Year = Annotated[int, msgspec.Meta(ge=1949, le=2099)]
State = Literal["recognised", "withdrawn", "failed", "verifying", "self_pass", "self_fail", "returned", "missing"]
"""The value of an ``agencies.standings.State``."""


class RubricMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The standard that was applied."""

    id: str
    version: str
    sha256: Hash
    """Of the standard as the program understands it, not of its file."""

    @property
    def mark(self) -> str:
        """As ``Rubric.mark``."""
        return f"{self.id} / {self.version}"


class RosterMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The roster."""

    sha256: Hash
    """Of its file."""
    agencies: Annotated[int, msgspec.Meta(ge=0, le=10**7)]
    """In scope: the denominator."""


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One file that was read."""

    file: str
    sha256: Hash | None
    """None where its bytes could not be had."""


class Recorded(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"claimed": "self"}, gc=False
):
    """Where one agency stood; as ``agencies.standings.Standing``."""

    name: str
    state: State
    category: str | None = None
    level: str | None = None
    batch: int | None = None
    since: Year | None = None
    handed_in: bool = False
    claimed: Decimal | None = None
    verified: Decimal | None = None
    withdrawn: tuple[Year, Year] | None = None
    """The years of a recognition that ended, and of the verification that ended it."""
    failed: Year | None = None
    """The last year in which a verification found it below the mark, unless it was recognised since."""
    lost: dict[str, Decimal] = {}
    """编号 → points lost, by the side that decides, where the year's form counts."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One run."""

    format: int
    number: int
    """From 1."""
    previous: str
    """SHA-256 of the line before, or ``START``."""
    time: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")]
    """ISO 8601, to the second, with its offset."""
    program: str
    """Its version."""
    rubric: RubricMark
    roster: RosterMark | None
    year: Year
    note: str
    """Why a year that was recorded before is recorded again, or what else the office wants to remember."""
    inputs: tuple[Input, ...]
    agencies: tuple[Recorded, ...]
    """In the roster's order."""


_encode = msgspec.json.Encoder(order="sorted", decimal_format="number").encode


def line(entry: Entry) -> bytes:
    """The entry as its line, without the line break."""
    return _encode(entry)


def hash_of(data: bytes) -> str:
    """What the next entry carries of a line without its line break."""
    return hashlib.sha256(data).hexdigest()
