"""What is known of the agencies among which visits are planned: this year's form, and what earlier years say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import Roster, RosterEntry, key
from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.agencies.tally import FormOutcome, Tally
from jieyue_cli.assessment import Result
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import VerificationState


class Seen(NamedTuple):
    """What one earlier year says of an agency that handed in."""

    year: int
    claimed: Fraction
    verified: Fraction | None
    """Of a finished verification."""
    form: FormOutcome | None = None
    """None where the ledger says it."""
    comparable: bool = True
    """Whether its totals are by the same standard."""

    @property
    def total(self) -> Fraction:
        """By the side that decides."""
        return self.claimed if self.verified is None else self.verified

    @property
    def basis(self) -> str:
        """Which side that is."""
        return "自评" if self.verified is None else "核查"


class Candidate(NamedTuple):
    """An agency of the roster."""

    standing: Standing
    office: str
    """One name for all agencies that are assessed as one (合署)."""
    form: FormOutcome | None
    """The one that stands for it in the year."""
    result: Result | None
    """The same form, assessed."""
    contradicting: bool
    """Whether several forms of the year contradict each other, so that none counts."""
    earlier: tuple[Seen, ...]
    """The latest year first."""
    first: bool
    """Whether earlier years are known, and in none of them it handed in or was recognised."""
    recognised: int | None
    """The year of its recognition, where that was before the year and holds."""

    @property
    def name(self) -> str:
        """As the roster writes it."""
        return self.standing.name

    @property
    def last(self) -> Seen | None:
        """The last earlier year that is known, where its totals can be compared."""
        return self.earlier[0] if self.earlier and self.earlier[0].comparable else None

    @property
    def open(self) -> bool:
        """Whether something was handed in for the year that can be checked, and is not yet."""
        return self.contradicting or (self.standing.handed_in and not self.checked)

    @property
    def checked(self) -> bool:
        """Whether the year's verification is finished."""
        return self.form is not None and self.form.verification.state is VerificationState.COMPLETE

    @property
    def recheckable(self) -> bool:
        """Whether it was recognised before the year, and no verification of the year has decided anything since."""
        return self.recognised is not None and not self.checked

    @property
    def recognition(self) -> Seen | None:
        """What the year of its recognition says; None where that is not known."""
        return next((seen for seen in self.earlier if seen.year == self.recognised), None)


def candidates(
    rubric: Rubric, account: Account, tally: Tally, results: Sequence[Result], roster: Roster, ledger: Ledger | None
) -> list[Candidate]:
    """Every agency of the roster, in its order; ``tally`` has counted the results."""
    year = account.progress.year or 0
    by_file = {result.file: result for result in results}
    outcomes = {form.file: form for form in tally.outcomes}
    recorded, known = _recorded(rubric, ledger, roster, year) if ledger else ({}, set[str]())
    forms = account.forms
    any_earlier = any(before < year for years in forms.values() for before in years)
    any_earlier |= bool(ledger and min(ledger.years, default=year) < year)

    def made(entry: RosterEntry, standing: Standing) -> Candidate:
        owner = key(entry.name)
        years = forms.get(owner, {})
        file = years.get(year)
        earlier = (outcomes[old] for before, old in years.items() if old and before < year)
        seen = [*recorded.get(owner, ()), *map(_seen, earlier)]
        before = owner in known or any(other < year for other in years)
        since = standing.since if standing.state is State.RECOGNISED else None
        return Candidate(
            standing,
            min((entry.name, *entry.together)),
            outcomes[file] if file else None,
            by_file[file] if file else None,
            year in years and not file,
            tuple(sorted(seen, key=lambda one: -one.year)),
            any_earlier and not before,
            since if since and since < year else None,
        )

    return [made(*pair) for pair in zip(roster.entries, account.standings, strict=False)]


def _seen(form: FormOutcome) -> Seen:
    return Seen(form.year, form.claimed.total, form.deciding.total if form.complete else None, form)


def _recorded(rubric: Rubric, ledger: Ledger, roster: Roster, year: int) -> tuple[dict[str, list[Seen]], set[str]]:
    """``key`` of an agency → what the ledger says of it; and of whom it says more than that they are missing."""
    made: dict[str, list[Seen]] = {}
    known: set[str] = set()
    for before in ledger.years:
        entry = ledger.last(before) if before < year else None
        own: dict[str, Seen] = {}
        for agency in entry.agencies if entry else ():
            same = key(agency.name)
            owner = roster.owners.get(same, same)
            if agency.state != State.MISSING.value:
                known.add(owner)
            if agency.claimed is not None and (owner not in own or owner == same):
                verified = None if agency.verified is None else Fraction(agency.verified)
                comparable = entry is not None and entry.rubric.id == rubric.id
                own[owner] = Seen(before, Fraction(agency.claimed), verified, None, comparable)
        for owner, seen in own.items():
            made.setdefault(owner, []).append(seen)
    return made, known
