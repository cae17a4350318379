"""From places on disk to results and progress: discovery, reading under limits, scoring, in a stable order.

A result is concluded where it is used. Whole results are made of what workers hand over; results of which only the
written form is wanted are concluded and written by the workers, because that form is quicker to hand over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from jieyue_cli.assessment import Reading, Result, assess, conclude
from jieyue_cli.batch.discover import Discovery
from jieyue_cli.files.source import Source, read_path
from jieyue_cli.problems import Code, Problem, Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import Limits, needs_isolation

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress
    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.agencies.tally import Counted, Tally

T = TypeVar("T")


class Written(NamedTuple):
    """A result of which only the written form is wanted."""

    file: str
    data: bytes
    failed: bool
    """As ``Result.failed``."""
    counted: Counted


@dataclass
class Run:
    """One pass over what was found; ask for ``results`` or ``written`` once, then for ``progress``."""

    rubric: Rubric
    found: Discovery
    limits: Limits
    roster: Roster | None = None
    agencies: int | None = None
    """The number of all agencies, where there is no roster."""
    year: int | None = None
    interrupted: bool = False
    """Set from outside to end the run soon; what was finished by then counts."""
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        from jieyue_cli.agencies.tally import Tally

        self.tally = Tally()

    def results(self, jobs: int) -> Iterator[Result]:
        """Every result as soon as it is ready, each counted: first those for places that could not be searched."""
        for _, reading in self._all(_as_read, jobs):
            result = conclude(reading, self.rubric)
            self.tally.add(result)
            yield result

    def written(self, jobs: int, write: Callable[[Result], bytes]) -> Iterator[Written]:
        """As ``results``, each in the form that ``write`` gives it, a function known by its name in any process."""
        for file, one in self._all(_Writer(self.rubric, write), jobs):
            self.tally.count(file, one.counted)
            yield one

    def progress(self) -> tuple[Progress, list[Problem]]:
        """The table, and what shows only between files."""
        from jieyue_cli.agencies.progress import progress_of

        progress, problems = progress_of(self.rubric, self.tally, self.roster, self.agencies, self.year)
        places = [problem for problem in self.found.problems if problem.severity is not Severity.ERROR]
        if not self.found.sources and not self.found.problems:
            places.append(Code.NO_WORKBOOKS.at())
        return progress, [*places, *problems]

    def _all(self, finish: Callable[[Reading], T], jobs: int) -> Iterator[tuple[str, T]]:
        """What ``finish`` makes of every reading, beside the name it was found by."""
        from jieyue_cli.batch.workers import Job, work

        for problem in self.found.problems:
            if problem.severity is Severity.ERROR:
                name = problem.location.file or ""
                yield name, finish(Reading(name, None, None, (problem,)))
        if self.found.sources:
            job = Job(self.rubric, self.limits, finish)
            names = (source.name for source in self.found.sources)
            yield from zip(names, work(self.found.sources, job, jobs, lambda: self.interrupted), strict=False)


def assess_few(files: Sequence[Path], rubric: Rubric, limits: Limits) -> Iterator[Result]:
    """A result for every file named; a worker process is started only for one that might harm this one."""
    for file in files:
        name = file.as_posix()
        data, problems = read_path(file, limits.file_bytes)
        if data is None:
            yield conclude(Reading(name, None, None, problems), rubric)
        elif needs_isolation(data):
            from jieyue_cli.batch.workers import Job, work

            for reading in work([Source(name)], Job(rubric, limits, _as_read), 1):
                yield conclude(reading, rubric)
        else:
            yield assess(name, data, rubric, limits)


def _as_read(reading: Reading) -> Reading:
    return reading


class _Writer(msgspec.Struct, frozen=True):
    """Concludes and writes in a worker."""

    rubric: Rubric
    write: Callable[[Result], bytes]

    def __call__(self, reading: Reading) -> Written:
        from jieyue_cli.agencies.tally import counted

        result = conclude(reading, self.rubric)
        return Written(result.file, self.write(result), result.failed, counted(result))
