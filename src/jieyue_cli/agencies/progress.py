"""How far the city is: results, roster and year → recognised agencies against the year's target, exactly.

The denominator is the roster, not the returns. Recognition follows the verified score, is cumulative over the
years, and ends only when a later verification finds the agency below the mark (docs/contract.md, Progress).
"""

from __future__ import annotations

import difflib
import heapq
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec

from jieyue_cli.agencies.roster import Roster, key
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import UNREADABLE, AnswerKind
from jieyue_cli.text.numbers import ZERO


class Denominator(Enum):
    """Where the number of all agencies comes from."""

    ROSTER = "roster"
    GIVEN = "given"
    SUBMISSIONS = "submissions"

    @property
    def chinese(self) -> str:
        """Say it to a clerk."""
        return {"roster": "名录", "given": "给定的机关总数", "submissions": "已交表的单位（没有名录，仅供参考）"}[
            self.value
        ]


class FormOutcome(msgspec.Struct, frozen=True, gc=False):
    """What progress needs to know of one result; small, so that a whole country fits in memory."""

    file: str
    digest: bytes | None
    """Half of the file's SHA-256, enough to tell copies of one form from several forms."""
    name: str
    key: str
    """What tells its agency from others: ``roster.key`` of the name."""
    year: int
    claimed: Verdict
    verified: Verdict | None
    lost: bytes = b""
    """Where the deciding score is below the points: places in the tally's list of losses, four bytes each."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A criterion on which points were lost: by how many agencies, and how many points in all."""

    criterion: str
    agencies: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Several different forms of one agency for one year; none of them counts until the office keeps one."""

    name: str
    year: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """The table an office shows upward; every count is of agencies."""

    year: int | None
    target_rate: Fraction | None
    """None before the first target's year."""
    agencies: int
    denominator: Denominator
    required: int | None
    """The whole number of agencies the target asks for."""
    recognised: int
    self_assessed: int
    """At the mark by their own score and not yet verified."""
    rate: Fraction | None
    """recognised / agencies, exact; None where there is no agency."""
    gap: int | None
    gap_if_confirmed: int | None
    handed_in: int
    """Agencies with a readable form for this year."""
    files: int
    unreadable: int
    missing: tuple[str, ...]
    """In the roster, neither recognised before nor handed in for this year."""
    withdrawn: tuple[str, ...]
    """Recognised in an earlier year and found below the mark since."""
    duplicates: tuple[Duplicate, ...]
    lost: tuple[Lost, ...]
    """Most agencies first."""


Loss = tuple[str, Fraction]
"""编号 and the points lost on it."""


class Counted(NamedTuple):
    """What one file's result adds to a tally."""

    readable: bool
    outcome: FormOutcome | None = None
    """None also for a form without a name or a year: it cannot be anybody's."""
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
    verified = result.verified.verdict if result.verified and _settled(result.verified) else None
    name, year = agency.name, agency.year
    digest = bytes.fromhex(result.sha256)[:16] if result.sha256 else None
    outcome = FormOutcome(result.file, digest, name, key(name), year, claimed, verified)
    return Counted(readable=True, outcome=outcome, lost=lost)


@dataclass
class Tally:
    """Collects results one by one; ``progress`` may be asked at any time."""

    rubric: Rubric
    outcomes: list[FormOutcome] = field(default_factory=list)
    files: int = 0
    unreadable: int = 0
    _losses: dict[Loss, int] = field(default_factory=dict)
    """Every different loss and its place; there are as many as criteria times points."""
    _years: dict[int, int] = field(default_factory=dict)
    """One number for each year, where every form handed over brings its own."""

    def add(self, result: Result) -> None:
        """Count one file's result."""
        self.count(result.file, counted(result))

    def count(self, file: str, one: Counted) -> None:
        """Count one file, whose name is held elsewhere too."""
        self.files += 1
        if not one.readable:
            self.unreadable += 1
        elif one.outcome:
            places = (self._losses.setdefault(loss, len(self._losses)) for loss in one.lost)
            lost = array("I", places).tobytes()
            year = self._years.setdefault(one.outcome.year, one.outcome.year)
            self.outcomes.append(msgspec.structs.replace(one.outcome, file=file, year=year, lost=lost))

    def progress(self, roster: Roster | None, agencies: int | None, year: int | None) -> tuple[Progress, list[Problem]]:
        """The table for ``year`` (the latest year handed in where None), and what is wrong between the files."""
        problems: list[Problem] = []
        # files may arrive in any order; what is said about them may not depend on it
        listed, strangers = _listed(sorted(self.outcomes, key=lambda outcome: outcome.file), roster)
        problems += strangers
        year = year or max((outcome.year for outcome in listed), default=None)
        due = [outcome for outcome in listed if year is not None and outcome.year <= year]
        problems += [
            Code.YEAR_LATER.at(Location(outcome.file), seen=outcome.year, year=year)
            for outcome in listed
            if year is not None and outcome.year > year
        ]
        due.sort(key=_YEAR)
        due.sort(key=_AGENCY)  # sorting is stable: two sorts need no key of their own for each form
        single, duplicates, doubled = _single(due)
        problems += doubled
        handed_in = [agency for agency, _ in groupby((form for form in due if form.year == year), _AGENCY)]
        known = sum(1 for _ in groupby(due, _AGENCY))
        count = _Count(roster, agencies, year, single, duplicates, _standings(single), handed_in, known)
        return self._table(count), problems

    def _table(self, count: _Count) -> Progress:
        number, denominator = count.denominator()
        target = self.rubric.target(count.year) if count.year is not None else None
        required = math.ceil(target * number) if target is not None else None
        recognised, confirmed = len(count.standings.recognised), count.standings.confirmed
        missing: list[str] = []
        if count.roster:
            done = count.standings.recognised.union(count.handed_in)
            missing = [entry.name for entry in count.roster.entries if key(entry.name) not in done]
        return Progress(
            year=count.year,
            target_rate=target,
            agencies=number,
            denominator=denominator,
            required=required,
            recognised=recognised,
            self_assessed=confirmed,
            rate=Fraction(recognised, number) if number else None,
            gap=None if required is None else max(0, required - recognised),
            gap_if_confirmed=None if required is None else max(0, required - recognised - confirmed),
            handed_in=len(count.handed_in),
            files=self.files,
            unreadable=self.unreadable,
            missing=tuple(missing),
            withdrawn=count.standings.withdrawn,
            duplicates=tuple(count.duplicates),
            lost=self._lost(count),
        )

    def _lost(self, count: _Count) -> tuple[Lost, ...]:
        losses = list(self._losses)
        agencies: dict[str, int] = {}
        points: dict[str, Fraction] = {}
        of_year = (array("I", outcome.lost) for outcome in count.single if outcome.year == count.year)
        for place, number in Counter(chain.from_iterable(of_year)).items():
            criterion, lost = losses[place]
            agencies[criterion] = agencies.get(criterion, 0) + number
            points[criterion] = points.get(criterion, ZERO) + number * lost
        order = {criterion.id: index for index, criterion in enumerate(self.rubric.criteria)}
        rows = [Lost(criterion, number, points[criterion]) for criterion, number in agencies.items()]
        rows.sort(key=lambda row: (-row.agencies, -row.points, order[row.criterion.partition("+")[0]]))
        return tuple(rows)


class _Standings(NamedTuple):
    """Where the agencies stand after all their years."""

    recognised: set[str]
    """Their keys."""
    confirmed: int
    """Agencies not recognised whose latest form is at the mark by its own score and not verified."""
    withdrawn: tuple[str, ...]
    """Their names, in the order of their first forms."""


@dataclass(frozen=True, slots=True)
class _Count:
    """What the table is made of."""

    roster: Roster | None
    given: int | None
    year: int | None
    single: Sequence[FormOutcome]
    duplicates: Sequence[Duplicate]
    standings: _Standings
    handed_in: Sequence[str]
    """Keys of the agencies with a readable form for this year."""
    known: int
    """Agencies with a readable form for this year or an earlier one."""

    def denominator(self) -> tuple[int, Denominator]:
        if self.roster is not None:
            return len(self.roster), Denominator.ROSTER
        if self.given is not None:
            return self.given, Denominator.GIVEN
        return self.known, Denominator.SUBMISSIONS


def _settled(card: Scorecard) -> bool:
    """Whether a verification decides: one that is only begun does not, unless the rest could not change it."""
    claims = [claim for line in (*card.gates, *card.lines) for claim in line.claims]
    if not any(claim.answer.kind is AnswerKind.BLANK for claim in claims):
        return True
    open_ = (claim._replace(answer=UNREADABLE) if claim.answer.kind is AnswerKind.BLANK else claim for claim in claims)
    return score(card.rubric, open_).verdict is not Verdict.UNDETERMINED


def _listed(outcomes: Iterable[FormOutcome], roster: Roster | None) -> tuple[list[FormOutcome], list[Problem]]:
    """Keep the agencies in the roster; each stranger is named with the likeliest entry, never merged with it."""
    if roster is None:
        return list(outcomes), []
    names = {key(entry.name): entry.name for entry in roster.entries}
    alike = _Alike(names)
    listed, problems = [], []
    for outcome in outcomes:
        if outcome.key in names:
            listed.append(outcome)
            continue
        close = alike.to(outcome.key)
        hint = f"名录中相近的是“{names[close]}”，" if close else ""
        problems.append(Code.AGENCY_NOT_LISTED.at(Location(outcome.file), name=outcome.name, hint=hint))
    return listed, problems


class _Alike:
    """Finds the likeliest entry for a stranger without comparing every stranger with the whole roster.

    Only the entries that share the stranger's rarest pairs of letters are compared, and where strangers are many,
    only the first of them: then the roster is the wrong one, and a hint for each would help nobody.
    """

    MOST_STRANGERS = 500
    MOST_SHARING = 5000
    """A pair of letters that more entries share says little."""
    MOST_COMPARED = 50

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names
        self._by_pair: dict[str, list[str]] = {}
        self._asked: dict[str, str | None] = {}

    def to(self, stranger: str) -> str | None:
        """Return the key of the likeliest entry."""
        if stranger not in self._asked:
            self._asked[stranger] = self._search(stranger) if len(self._asked) < self.MOST_STRANGERS else None
        return self._asked[stranger]

    def _search(self, stranger: str) -> str | None:
        if not self._by_pair:
            for name in self._names:
                for pair in _pairs(name):
                    self._by_pair.setdefault(pair, []).append(name)
        sharing = sorted((self._by_pair.get(pair, []) for pair in _pairs(stranger)), key=len)
        shared: Counter[str] = Counter()
        for at, entries in enumerate(sharing):
            if at == 0 or len(entries) <= self.MOST_SHARING:
                shared.update(entries[: self.MOST_SHARING])
        # most letters in common first, then by the alphabet: a tie must not fall differently from run to run
        likely = heapq.nsmallest(self.MOST_COMPARED, shared, key=lambda name: (-shared[name], name))
        whole = [name for name in likely if name.endswith(stranger) or stranger.endswith(name)]
        close = whole or difflib.get_close_matches(stranger, likely, n=1, cutoff=0.7)
        return close[0] if close else None


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(max(1, len(name) - 1))}


_AGENCY = attrgetter("key")
_YEAR = attrgetter("year")
_AGENCY_YEAR = attrgetter("key", "year")


def _single(outcomes: Iterable[FormOutcome]) -> tuple[list[FormOutcome], list[Duplicate], list[Problem]]:
    """One form per agency and year; copies of one file count once, different forms not at all.

    ``outcomes`` stand together by agency and year, as do the forms that are left.
    """
    single: list[FormOutcome] = []
    several: list[list[FormOutcome]] = []
    for _, together in groupby(outcomes, _AGENCY_YEAR):
        group = list(together)
        if _copies(group):
            single.append(group[0])
        if len(group) > 1:
            several.append(group)
    several.sort(key=lambda group: group[0].file)
    duplicates = [
        Duplicate(group[0].name, group[0].year, tuple(outcome.file for outcome in group))
        for group in several
        if not _copies(group)
    ]
    return single, duplicates, [problem for group in several for problem in _told(group)]


def _copies(group: Sequence[FormOutcome]) -> bool:
    return len({outcome.digest for outcome in group}) == 1


def _told(group: Sequence[FormOutcome]) -> Iterator[Problem]:
    """Tell of each of several files of one agency which the others are."""
    code = Code.SUBMISSION_COPIED if _copies(group) else Code.SUBMISSION_DOUBLED
    for outcome in group:
        few = [other.file for other in group[: _SHOWN + 1] if other is not outcome]
        others = _listing(few, len(group) - 1)
        yield code.at(Location(outcome.file), name=outcome.name, year=outcome.year, others=others)


_SHOWN = 5
"""So many files of one agency are named for a clerk."""


def _listing(files: Sequence[str], count: int) -> str:
    shown = "、".join(files[:_SHOWN])
    return shown if count <= _SHOWN else f"{shown} 等 {count} 份"


def _standings(outcomes: Iterable[FormOutcome]) -> _Standings:
    """Follow each agency through its years; its forms stand together, the earliest first."""
    found: set[str] = set()
    confirmed = 0
    lost: list[tuple[int, str, str]] = []
    for agency, together in groupby(outcomes, _AGENCY):
        forms = list(together)
        recognised = withdrawn = False
        for form in forms:
            if form.verified is Verdict.PASS:
                recognised, withdrawn = True, False
            elif form.verified is Verdict.FAIL:
                recognised, withdrawn = False, recognised or withdrawn
        first, last = forms[0], forms[-1]
        if recognised:
            found.add(agency)
        elif last.verified is None and last.claimed is Verdict.PASS:
            confirmed += 1
        if withdrawn:
            lost.append((first.year, first.file, last.name))
    return _Standings(found, confirmed, tuple(name for _, _, name in sorted(lost)))
