"""Collects what the agencies' standing needs to know of each file, small enough for a whole country."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from jieyue_cli.agencies.roster import key
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.scoring.differences import corrected
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.submission import Submission, Verification, VerificationState

_AROUND = ("填报人", "联系电话", "填报日期", "核查人", "核查日期")
"""What stands around the answers and may differ between two copies of one form."""
Numbers = bytes
"""Numbers of things that many forms share, packed: most take one byte each, and equal ones are equal bytes."""


class SideOutcome(NamedTuple):
    """What one side of a form comes to."""

    verdict: Verdict
    total: Fraction
    """As it is written: cut after two decimals where it is rescaled."""


class FormOutcome(msgspec.Struct, frozen=True, gc=False):
    """What the agencies' standing needs to know of one form."""

    file: str
    name: str
    key: str
    """``roster.key`` of the name."""
    category: str | None
    year: int
    claimed: SideOutcome
    found: SideOutcome | None
    """The office's side, also where it is not finished."""
    verification: Verification
    blank: bool
    """Whether neither side holds anything."""
    digest: bytes = b""
    """SHA-256 of the file, which also tells two saves of one form from one file twice."""
    filled_on: dt.date | None = None
    """填报日期."""
    checked_on: dt.date | None = None
    """核查日期."""
    around: bytes = b""
    """A checksum of each of ``_AROUND``."""
    claims: Numbers = b""
    """What the agency says, in ``Tally``'s texts."""
    findings: Numbers = b""
    """What the office says; empty where it has not begun."""
    lost: Numbers = b""
    """Where the deciding score is below the points, in ``Tally``'s losses; behind these, in one object for small
    memory, where the office's finished findings bring other points than the claims …"""
    corrected: int = 0
    """… which are the last so many."""
    unexplained: int = 0
    """Findings that differ from the claim without 核查意见."""

    @property
    def complete(self) -> bool:
        """Whether the office has finished with it."""
        return self.verification.state is VerificationState.COMPLETE

    @property
    def deciding(self) -> SideOutcome:
        """The side that decides."""
        return self.found if self.found and self.complete else self.claimed

    @property
    def decided(self) -> Verdict | None:
        """What a finished verification says; None where there is none, or it cannot be told yet."""
        verdict = self.deciding.verdict
        return verdict if self.complete and verdict is not Verdict.UNDETERMINED else None

    def unlike(self, other: FormOutcome) -> list[str]:
        """What around the answers differs between two forms, as a clerk calls it."""
        pairs = zip(_AROUND, array("I", self.around), array("I", other.around), strict=True)
        return [
            *(["单位名称的写法"] if self.name != other.name else []),
            *(["单位类别"] if self.category != other.category else []),
            *(label for label, own, others in pairs if own != others),
        ]


class Unplaced(NamedTuple):
    """A file that belongs to no agency's year: it could not be read, or it does not say whose it is."""

    file: str
    readable: bool
    name: str | None = None
    year: int | None = None
    blank: bool = False
    """Whether nothing is answered."""


Loss = tuple[str, Fraction]
"""编号 and the points lost on it."""


class Counted(NamedTuple):
    """What one file's result adds to a tally."""

    outcome: FormOutcome | Unplaced
    lost: tuple[Loss, ...] = ()
    claims: tuple[str, ...] = ()
    """The class of agency, then ``Claim.said`` of every answer; several may be one text of several lines."""
    findings: tuple[str, ...] = ()
    """The same answers of the office; empty where it has not begun."""
    corrected: tuple[Loss, ...] = ()
    """编号 and claimed − found points of the lines that differ; empty unless the verification is complete."""


def counted(result: Result) -> Counted:
    """Reduce a result to what a tally needs of it."""
    card, submission = result.deciding, result.submission
    if card is None or result.self is None or submission is None:
        return Counted(Unplaced(result.file, readable=False))
    agency, begun = submission.agency, result.verified is not None
    if agency.name is None or agency.year is None:
        return Counted(Unplaced(result.file, readable=True, name=agency.name, year=agency.year, blank=result.blank))
    name = agency.name
    folded = key(name)
    outcome = FormOutcome(
        result.file,
        name,
        name if folded == name else folded,  # one text in memory where the name is spelled plainly
        agency.category,
        agency.year,
        _side(result.self),
        _side(result.verified) if result.verified else None,
        result.verification,
        result.blank,
        bytes.fromhex(result.sha256 or ""),
        submission.filled_on,
        submission.checked_on,
        _checksums(submission),
        unexplained=sum(problem.code is Code.FINDING_UNEXPLAINED for problem in result.problems),
    )
    lost = tuple((line.id, line.lost) for line in card.lines if line.lost)
    claims = (agency.group or "", *result.self.said)
    findings = tuple(result.verified.said) if begun and result.verified else ()
    changed = corrected(result.self, result.verified) if outcome.complete and result.verified else ()
    return Counted(outcome, lost, claims, findings, changed)


def _side(card: Scorecard) -> SideOutcome:
    return SideOutcome(card.verdict, card.written(card.total))


def _checksums(submission: Submission) -> bytes:
    agency = submission.agency
    around = (agency.filled_by, agency.phone, submission.filled_on, submission.checked_by, submission.checked_on)
    return array("I", [crc32(str(value or "").encode("utf-8", "replace")) for value in around]).tobytes()


@dataclass
class Tally:
    """Collects results one by one."""

    outcomes: list[FormOutcome] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    files: int = 0
    unreadable: int = 0
    _losses: dict[Loss, int] = field(default_factory=dict)
    """Every different loss with its index; there are at most as many as criteria times possible points."""
    _texts: dict[str, int] = field(default_factory=dict)
    """Every different answer, as ``Claim.said``, with its index."""
    _shared: dict[Any, Any] = field(default_factory=dict)
    """One object for all equal years, categories, outcomes of a side and states of verification."""

    def add(self, result: Result) -> None:
        """Count one file's result."""
        self.count(result.file, counted(result))

    def count(self, file: str, addition: Counted) -> None:
        """Count one file; ``file`` is the name as the caller holds it, so that it is kept in memory once."""
        self.files += 1
        outcome = addition.outcome
        if isinstance(outcome, Unplaced):
            self.unreadable += not outcome.readable
            self.unplaced.append(outcome._replace(file=file))
            return
        one = self._shared.setdefault
        self.outcomes.append(
            FormOutcome(
                file,
                outcome.name,
                outcome.key,
                one(outcome.category, outcome.category),
                one(outcome.year, outcome.year),
                one(outcome.claimed, outcome.claimed),
                one(outcome.found, outcome.found),
                one(outcome.verification, outcome.verification),
                outcome.blank,
                outcome.digest,
                one(outcome.filled_on, outcome.filled_on),
                one(outcome.checked_on, outcome.checked_on),
                one(outcome.around, outcome.around),
                _packed(self._texts, _lines(addition.claims)),
                _packed(self._texts, _lines(addition.findings)),
                _packed(self._losses, (*addition.lost, *addition.corrected)),
                len(addition.corrected),
                outcome.unexplained,
            )
        )

    def losses(self, outcomes: Iterable[FormOutcome]) -> Iterator[Loss]:
        """Yield every loss of these forms, which this tally has counted."""
        known = list(self._losses)
        for outcome in outcomes:
            numbers = unpacked(outcome.lost)
            yield from map(known.__getitem__, numbers[: len(numbers) - outcome.corrected])

    def corrections(self, outcomes: Iterable[FormOutcome]) -> Iterator[Loss]:
        """Yield likewise where findings bring other points than claims."""
        known = list(self._losses)
        for outcome in outcomes:
            numbers = unpacked(outcome.lost)
            yield from map(known.__getitem__, numbers[len(numbers) - outcome.corrected :])

    def texts(self) -> list[str]:
        """Every different text that ``FormOutcome.claims`` and ``findings`` point to."""
        return list(self._texts)


def unpacked(numbers: Numbers) -> list[int]:
    """The numbers, in their order."""
    return msgspec.msgpack.decode(numbers, type=list[int]) if numbers else []


def _packed(known: dict[Any, int], values: Sequence[Any]) -> Numbers:
    """The places of these values among the known ones, which learn the new ones."""
    return msgspec.msgpack.encode([known.setdefault(value, len(known)) for value in values]) if values else b""


def _lines(texts: Sequence[str]) -> Sequence[str]:
    return "\n".join(texts).split("\n") if texts else ()
