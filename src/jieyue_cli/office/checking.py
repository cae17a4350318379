"""Which agencies get a checking form, and made from which of their files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.remarks import Reason
from jieyue_cli.agencies.roster import Roster, key
from jieyue_cli.assessment import Result
from jieyue_cli.form.blank.template import Prefill
from jieyue_cli.form.checking import checking_form
from jieyue_cli.form.turn import Turn
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Submission, VerificationState

_OTHER_STANDARD = {Code.FORM_OTHER_RUBRIC, Code.FORM_OTHER_VERSION}
_STANDING = (None, Reason.EARLIER_YEAR)
"""Why a form of an earlier year may not count and stand for its agency all the same."""


class Carried(NamedTuple):
    """A form of another standard, with what of it the form of this one can hold."""

    file: str
    prefill: Prefill
    problems: tuple[Problem, ...]


class Checking(NamedTuple):
    """One checking form to be written."""

    name: str
    """The agency, as the roster or its form writes it."""
    prefill: Prefill
    problems: tuple[Problem, ...]
    """What could not be taken over as it was, and what else there is to know."""


def of_other_standard(result: Result) -> bool:
    """Whether a file is a form of another standard, or of another version of this one."""
    return result.submission is None and any(problem.code in _OTHER_STANDARD for problem in result.problems)


class Choosing:
    """Finds for an agency the form that is checked: this year's, else an earlier one, else one of another standard."""

    def __init__(
        self, rubric: Rubric, results: Sequence[Result], account: Account, roster: Roster | None, year: int | None
    ) -> None:
        """``year``: the one that is checked, as the account's."""
        self._rubric = rubric
        self._year = year
        self._owner = roster.owner_of if roster else key
        by_file = {result.file: result for result in results}
        self._names: dict[str, str] = {}
        self._current: dict[str, Result] = {}
        self._earlier: dict[str, Result] = {}
        self._other: dict[str, list[Carried]] = {}
        for standing in account.standings:
            self._names[key(standing.name)] = standing.name
            for file in standing.files:
                result = by_file.get(file)
                if result and result.agency and result.agency.year == year and account.remark(file).counts:
                    self._current[key(standing.name)] = result
        for result in sorted(results, key=lambda result: (result.agency and result.agency.year) or 0):
            agency = result.agency
            earlier = agency and agency.name and agency.year and year and agency.year < year
            if agency and agency.name and earlier and account.remark(result.file).reason in _STANDING:
                self._earlier[self._owner(agency.name)] = result

    def add(self, carried: Carried) -> None:
        """Know of a form of another standard."""
        if carried.prefill.name:
            self._other.setdefault(self._owner(carried.prefill.name), []).append(carried)

    def due(self) -> list[str]:
        """Everybody whose form is not checked completely."""
        current = [owner for owner, result in self._current.items() if not _complete(result.submission)]
        others = sorted(self._other.keys() - self._current.keys())
        return [self._names.get(owner) or self._other[owner][0].prefill.name or "" for owner in (*current, *others)]

    def missing(self, names: Sequence[str]) -> list[str]:
        """Those of ``names`` for whom there is no form that can be checked."""
        known = self._current.keys() | self._earlier.keys() | self._other.keys()
        return [name for name in names if self._owner(name) not in known]

    def checkings(self, names: Sequence[str]) -> Iterator[Checking]:
        """One for each of ``names`` that has a form; agencies that handed in one form together get one."""
        seen: set[str] = set()
        for name in names:
            owner = self._owner(name)
            result = self._current.get(owner) or self._earlier.get(owner)
            others = self._other.get(owner, [])
            files = [result.file] if result else [carried.file for carried in others]
            if not files or not seen.isdisjoint(files):
                continue
            seen.update(files)
            called = self._names.get(owner, name)
            if result and result.submission:
                yield self._own(called, result, result.submission)
            elif len(others) > 1:
                told = Code.CHECKED_FROM_SEVERAL.at(name=called, files="、".join(files))
                yield Checking("", Prefill(), (told,))
            else:
                prefill = dataclasses.replace(others[0].prefill, year=self._year, turn=Turn.OFFICE)
                yield Checking(called, prefill, others[0].problems)

    def _own(self, name: str, result: Result, submission: Submission) -> Checking:
        prefill, problems = checking_form(submission, self._rubric)
        old = prefill.year
        if _complete(submission):
            problems = (*problems, Code.CHECKED_ALREADY.at())
        if old != self._year:
            prefill = dataclasses.replace(prefill, year=self._year, filled_on=None)
            problems = (*problems, Code.CHECKED_FROM_EARLIER.at(year=self._year, old=old))
        return Checking(name, prefill, tuple(problem.inside(result.file) for problem in problems))


def _complete(submission: Submission | None) -> bool:
    return submission is not None and submission.verification.state is VerificationState.COMPLETE
