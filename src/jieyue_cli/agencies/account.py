"""What a batch amounts to: tally and roster → one standing an agency, a remark for each file, and the progress."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from jieyue_cli.agencies import years
from jieyue_cli.agencies.membership import listed, under_its_name
from jieyue_cli.agencies.past import NO_PAST, Pasts, Record, differing, pasts
from jieyue_cli.agencies.progress import Progress, Returns, progress_of
from jieyue_cli.agencies.remarks import PLAIN, Reason, Remark
from jieyue_cli.agencies.requests import requested
from jieyue_cli.agencies.roster import Roster, RosterEntry, key
from jieyue_cli.agencies.several import Duplicate, Explainer
from jieyue_cli.agencies.standings import Standing, State, follow
from jieyue_cli.agencies.tally import FormOutcome, Tally, Unplaced
from jieyue_cli.problems import Problem
from jieyue_cli.rubric.model import Rubric

_KEY = attrgetter("key")
Named = Callable[[str], tuple[str | None, int | None]]
"""File → the ``key`` of the agency and the year that its name or its folders name."""


class Account(NamedTuple):
    """What a batch amounts to."""

    progress: Progress
    standings: tuple[Standing, ...]
    """The roster in its order, then who is not in it; without a roster everybody who handed in, by name."""
    remarks: Mapping[str, Remark]
    """File → what there is to say of it, unless it counts and there is nothing to say."""
    problems: list[Problem]
    """What shows only between the files."""
    record: Record | None = None
    """The ledger that earlier years were taken from."""
    forms: Mapping[str, Mapping[int, str | None]] = {}
    """``key`` of an agency → year → the file that stands for it; None where several contradict each other."""

    @property
    def ledger(self) -> str:
        """The ``Record.mark`` of the ledger; empty where there is none."""
        return self.record.mark if self.record else ""

    def form_of(self, standing: Standing) -> str | None:
        """The file that stands for an agency in the year; None where there is none."""
        return self.forms.get(key(standing.name), {}).get(self.progress.year or 0)

    def remark(self, file: str) -> Remark:
        """What there is to say of a file."""
        return self.remarks.get(file, PLAIN)


def nobody(_: str) -> tuple[None, None]:
    """Find no agency and no year in the name of any file."""
    return None, None


def account_of(
    rubric: Rubric,
    tally: Tally,
    roster: Roster | None = None,
    agencies: int | None = None,
    year: int | None = None,
    named: Named = nobody,
    record: Record | None = None,
) -> Account:
    """Account for everything in ``tally`` in ``year`` (the latest year handed in where None).

    ``agencies`` is the number of all agencies, where there is no roster. What ``record`` holds of earlier years goes
    before the forms of these years.
    """
    # files may arrive in any order; what is said about them may not depend on it
    everything = sorted(tally.outcomes, key=attrgetter("file"))
    forms, problems = listed(everything, roster)
    year = year or max((form.year for form in forms if not form.blank), default=None)
    past = pasts(record, roster, year) if record else NO_PAST
    closed = record.last(year) if record else 0
    books = _Books(roster, year, Explainer(rubric, tally), past)
    books.enter([form for form in forms if form.year > closed], tally.unplaced, named)
    if record:
        books.recorded([form for form in forms if form.year <= closed], closed, record.inputs)
    strangers = [form for form in everything if roster and form.key not in roster.by_key] if problems else []
    rows = (*books.rows(), *books.strangers(strangers))
    counting = [form for form in books.chosen if books.remarks.get(form.file, PLAIN).counts]
    returns = Returns(tally, counting, tuple(books.duplicates), requested(rubric, tally, books.chosen))
    progress = progress_of(rubric, year, rows, roster, agencies, returns)
    problems += [*books.problems, *past.problems]
    if record:
        problems += differing(record, rows, roster, year)
    return Account(progress, rows, books.remarks, problems, record, books.forms)


class _Books:
    """Goes through the agencies one by one, and keeps what is said of each."""

    def __init__(self, roster: Roster | None, year: int | None, explainer: Explainer, past: Pasts) -> None:
        self._roster = roster
        self._year = year
        self._explainer = explainer
        self._past = past.known
        self._standings: dict[str, Standing] = {}
        self.remarks: dict[str, Remark] = {}
        self.problems: list[Problem] = []
        self.duplicates: list[Duplicate] = []
        self.forms: dict[str, Mapping[int, str | None]] = {}
        self.chosen: list[FormOutcome] = []
        """The year's forms that stand for their agencies."""

    def enter(self, forms: Sequence[FormOutcome], unplaced: Sequence[Unplaced], named: Named) -> None:
        """Enter the forms of agencies that can count, and the files that belong to no agency's year."""
        due = [form for form in forms if self._year is not None and form.year <= self._year]
        self.remarks |= {
            form.file: Remark(Reason.LATER_YEAR) for form in forms if form.year > (self._year or form.year)
        }
        due.sort(key=attrgetter("year"))
        due.sort(key=_KEY)  # sorting is stable: two sorts need no key of their own for each form
        latest = {**dict.fromkeys(self._past, 0), **{form.key: form.year for form in due}} if unplaced else {}
        others = self._unplaced(unplaced, named, latest)
        for owner, together in groupby(due, _KEY):
            self._agency(owner, list(together), others.pop(owner, {}))
        for owner, files in others.items():
            self._agency(owner, [], files)
        for owner in self._past:
            if owner not in self._standings:
                self._agency(owner, [], {})
        self.problems += years.out_of_range(forms, self._year)
        self.duplicates.sort(key=attrgetter("files"))

    def recorded(self, forms: Sequence[FormOutcome], last: int, inputs: Collection[bytes]) -> None:
        """Name the forms of the years up to the ``last`` recorded one; of its files ``inputs`` are the SHA-256."""
        self.remarks |= {form.file: Remark(Reason.RECORDED) for form in forms}
        self.problems += years.closed(forms, last, inputs)

    def _agency(self, owner: str, forms: Sequence[FormOutcome], others: Mapping[str, Remark]) -> None:
        course = follow(forms, others, self._year, self._past.get(owner))
        self._standings[owner] = course.standing
        self.remarks |= course.remarks
        kept = course.choices.items()
        self.forms[owner] = {year: choice.chosen.file if choice.chosen else None for year, choice in kept}
        for year, choice in course.choices.items():
            self.problems += self._explainer.told(choice)
            if choice.rivals:
                first = choice.rivals[0]
                self.duplicates.append(Duplicate(first.name, year, tuple(form.file for form in choice.rivals)))
            elif choice.chosen and year == self._year:
                self.chosen.append(choice.chosen)
        self.problems += years.repeated(course, forms, self._year)

    def _unplaced(
        self, files: Sequence[Unplaced], named: Named, latest: Mapping[str, int]
    ) -> dict[str, dict[str, Remark]]:
        """Owner → the files of the year that are nobody's form, but of which something says whose they are."""
        others: dict[str, dict[str, Remark]] = {}
        for file in files:
            remark = Remark(_reason(file))
            self.remarks[file.file] = remark
            agency, year = named(file.file)
            if (file.year or year or self._year) == self._year:
                for owner in self._owners(key(file.name) if file.name else agency, latest):
                    others.setdefault(owner, {})[file.file] = remark
        return others

    def _owners(self, name: str | None, latest: Mapping[str, int]) -> list[str]:
        """Keys of the agencies for which a file of a name with this key was handed in; none for an unknown name.

        ``latest`` is the last year for which each agency that is known by its form handed one in: as with forms, what
        an office hands in is that of its other agencies where they have nothing of their own.
        """
        if self._roster is None:
            return [name] if name and name in latest else []
        entry = self._roster.by_key.get(name or "")
        office = self._roster.together(entry) if entry else ()
        return [key(other.name) for other in office if other is entry or latest.get(key(other.name)) != self._year]

    def rows(self) -> Iterator[Standing]:
        """Every agency of the roster in its order; without one, everybody who handed in."""
        if self._roster is None:
            yield from self._standings.values()
            return
        for entry in self._roster.entries:
            own = self._standings.get(key(entry.name)) or Standing(entry.name, None, State.MISSING)
            office = f"与{'、'.join(entry.together)}合署" if entry.together else ""
            remark = "；".join(filter(None, (own.remark, office)))
            yield replace(
                own,
                name=entry.name,
                category=entry.category or own.category,
                level=entry.level,
                batch=entry.batch,
                plan_filed=entry.plan_filed,
                remark=remark,
            )

    def strangers(self, forms: Sequence[FormOutcome]) -> Iterator[Standing]:
        """Who is not counted by the roster and handed in for the year; nothing of theirs counts."""
        self.remarks |= {form.file: self._left_out(form) for form in forms}
        due = sorted((self._named(form) for form in forms if form.year == self._year), key=_KEY)
        for _, together in groupby(due, _KEY):
            group = list(together)
            course = follow(group, {}, self._year)
            yield replace(
                course.standing,
                state=State.RETURNED,
                since=None,
                handed_in=False,
                listed=False,
                remark=self._left_out(group[0]).text,
            )

    def _left_out(self, form: FormOutcome) -> Remark:
        entry = self._outside(form)
        return Remark(Reason.OUTSIDE, entry.outside) if entry else Remark(Reason.UNLISTED)

    def _named(self, form: FormOutcome) -> FormOutcome:
        entry = self._outside(form)
        return under_its_name(entry, form) if entry else form

    def _outside(self, form: FormOutcome) -> RosterEntry | None:
        return self._roster.outside_by_key.get(form.key) if self._roster else None


def _reason(file: Unplaced) -> Reason:
    if not file.readable:
        return Reason.UNREADABLE
    if file.blank:
        return Reason.BLANK
    return Reason.YEARLESS if file.name else Reason.NAMELESS
