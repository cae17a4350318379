"""Collects what progress needs to know of each form, small enough for a whole country."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

import msgspec

from jieyue_cli.agencies.roster import key
from jieyue_cli.assessment import Result
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import UNREADABLE, AnswerKind


class FormOutcome(msgspec.Struct, frozen=True, gc=False):
    """What progress needs to know of one form."""

    file: str
    digest: bytes | None
    """First half of the file's SHA-256: tells copies of one form from different forms."""
    name: str
    key: str
    """Tells its agency from others: ``roster.key`` of the name."""
    year: int
    claimed: Verdict
    verified: Verdict | None
    lost: bytes = b""
    """Packed indices into ``Tally._losses``: where the deciding score is below the points."""


Loss = tuple[str, Fraction]
"""编号 and the points lost on it."""


class Counted(NamedTuple):
    """What one file's result adds to a tally."""

    readable: bool
    outcome: FormOutcome | None = None
    """None also for a form without a name or a year: it belongs to no agency."""
    lost: tuple[Loss, ...] = ()


def counted(result: Result) -> Counted:
    """Reduce a result to what a tally needs of it."""
    card, agency = result.deciding, result.agency
    if card is None or result.self is None or agency is None:
        return Counted(readable=False)
    if agency.name is None or agency.year is None:
        return Counted(readable=True)
    lost = tuple((line.id, line.lost) for line in card.lines if line.lost)
    claimed = result.self.verdict
    verified = result.verified.verdict if result.verified and _decides(result.verified) else None
    name, year = agency.name, agency.year
    digest = bytes.fromhex(result.sha256)[:16] if result.sha256 else None
    outcome = FormOutcome(result.file, digest, name, key(name), year, claimed, verified)
    return Counted(readable=True, outcome=outcome, lost=lost)


def _decides(card: Scorecard) -> bool:
    """Whether a verification decides: one that is only begun does not, unless the rest could not change it."""
    claims = [claim for line in (*card.gates, *card.lines) for claim in line.claims]
    if not any(claim.answer.kind is AnswerKind.BLANK for claim in claims):
        return True
    open_ = (claim._replace(answer=UNREADABLE) if claim.answer.kind is AnswerKind.BLANK else claim for claim in claims)
    return score(card.rubric, open_).verdict is not Verdict.UNDETERMINED


@dataclass
class Tally:
    """Collects results one by one."""

    outcomes: list[FormOutcome] = field(default_factory=list)
    files: int = 0
    unreadable: int = 0
    _losses: dict[Loss, int] = field(default_factory=dict)
    """Every different loss with its index; there are at most as many as criteria times possible points."""
    _years: dict[int, int] = field(default_factory=dict)
    """One integer object a year, shared by all outcomes."""

    def add(self, result: Result) -> None:
        """Count one file's result."""
        self.count(result.file, counted(result))

    def count(self, file: str, addition: Counted) -> None:
        """Count one file; ``file`` is the name as the caller holds it, so that it is kept in memory once."""
        self.files += 1
        if not addition.readable:
            self.unreadable += 1
        elif addition.outcome:
            indices = (self._losses.setdefault(loss, len(self._losses)) for loss in addition.lost)
            lost = array("I", indices).tobytes()
            year = self._years.setdefault(addition.outcome.year, addition.outcome.year)
            self.outcomes.append(msgspec.structs.replace(addition.outcome, file=file, year=year, lost=lost))

    def losses(self, outcomes: Iterable[FormOutcome]) -> Iterator[Loss]:
        """Yield every loss of these forms, which this tally has counted."""
        known = list(self._losses)
        for outcome in outcomes:
            yield from map(known.__getitem__, array("I", outcome.lost))
