"""What every report is about: the results of one run, and for a batch its progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from jieyue_cli.problems import Problem
from jieyue_cli.rubric.model import Rubric

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.progress import Progress

R_co = TypeVar("R_co", covariant=True)


class Findings(msgspec.Struct, Generic[R_co], frozen=True):
    """The results of one run: ``Result``, or ``Written`` where the workers encoded them."""

    rubric: Rubric
    results: Sequence[R_co]
    """In a stable order: by file name."""
    account: Account | None = None
    """Of a batch only: where the agencies stand, how far the city is, and what shows only between the files."""
    today: dt.date | None = None
    """The day of the run, from which the days left to a date are counted; no report for programs has it."""

    @property
    def progress(self) -> Progress | None:
        """How far the city is; of a batch only."""
        return self.account.progress if self.account else None

    @property
    def problems(self) -> Sequence[Problem]:
        """Between the files: duplicates, agencies not in the roster, years out of range."""
        return self.account.problems if self.account else ()

    def between(self) -> Mapping[str | None, Sequence[Problem]]:
        """File → the problems between the files that are about it."""
        files: dict[str | None, list[Problem]] = {}
        for problem in self.problems:
            files.setdefault(problem.location.file, []).append(problem)
        return files
