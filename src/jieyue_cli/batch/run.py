"""From places on disk to results and progress: discovery, reading under limits, scoring, in a stable order.

For JSON output the workers score and encode; only bytes cross the process boundary. For every other output the
workers only read, and the readings are scored here: a submission is smaller than its scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from jieyue_cli.assessment import Assessor, Reading, Result
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
Finish = Callable[[Assessor, Reading], T]
"""What to make of a reading before it leaves its process; known by its name in any process."""


class Written(NamedTuple):
    """A result as bytes, with what is needed to go on without it."""

    file: str
    data: bytes
    failed: bool
    """As ``Result.failed``."""
    counted: Counted


@dataclass
class Run:
    """One pass over the discovered files; ask for ``results`` or ``written`` once, then for ``progress``."""

    rubric: Rubric
    discovery: Discovery
    limits: Limits
    roster: Roster | None = None
    agencies: int | None = None
    """The number of all agencies, where there is no roster."""
    year: int | None = None
    interrupted: bool = False
    """Set from outside to end the run soon; what was finished by then counts."""
    tally: Tally = field(init=False)
    assessor: Assessor = field(init=False)

    def __post_init__(self) -> None:
        from jieyue_cli.agencies.tally import Tally

        self.tally = Tally()
        self.assessor = Assessor(self.rubric, self.limits)

    def results(self, jobs: int) -> Iterator[Result]:
        """Every result as soon as it is ready, each counted: first those for places that could not be searched."""
        for _, reading in self._all(_as_read, jobs):
            result = self.assessor.conclude(reading)
            self.tally.add(result)
            yield result

    def written(self, jobs: int, encode: Callable[[Result], bytes]) -> Iterator[Written]:
        """As ``results``, each as the bytes that ``encode`` makes of it, a function that can be pickled by its name."""
        for file, written in self._all(_Encoding(encode), jobs):
            self.tally.count(file, written.counted)
            yield written

    def progress(self) -> tuple[Progress, list[Problem]]:
        """The table, and what shows only between files."""
        from jieyue_cli.agencies.progress import progress_of

        progress, problems = progress_of(self.rubric, self.tally, self.roster, self.agencies, self.year)
        places = [problem for problem in self.discovery.problems if problem.severity is not Severity.ERROR]
        if not self.discovery.sources and not self.discovery.problems:
            places.append(Code.NO_WORKBOOKS.at())
        return progress, [*places, *problems]

    def _all(self, finish: Finish[T], jobs: int) -> Iterator[tuple[str, T]]:
        """What ``finish`` makes of every reading, beside the name of its file."""
        from jieyue_cli.batch.workers import Job, work

        for problem in self.discovery.problems:
            if problem.severity is Severity.ERROR:
                name = problem.location.file or ""
                yield name, finish(self.assessor, Reading(name, None, None, (problem,)))
        if self.discovery.sources:
            job = Job(self.assessor, finish)
            names = (source.name for source in self.discovery.sources)
            yield from zip(names, work(self.discovery.sources, job, jobs, lambda: self.interrupted), strict=False)


def assess_few(files: Sequence[Path], rubric: Rubric, limits: Limits) -> Iterator[Result]:
    """A result for every file named; a worker process is started only for one that might harm this one."""
    assessor = Assessor(rubric, limits)
    for file in files:
        name = file.as_posix()
        data, problems = read_path(file, limits.file_bytes)
        if data is None:
            yield assessor.conclude(Reading(name, None, None, problems))
        elif needs_isolation(data):
            from jieyue_cli.batch.workers import Job, work

            yield from map(assessor.conclude, work([Source(name)], Job(assessor, _as_read), 1))
        else:
            yield assessor.assess(name, data)


def _as_read(assessor: Assessor, reading: Reading) -> Reading:
    del assessor
    return reading


class _Encoding(msgspec.Struct, frozen=True):
    """Scores and encodes in a worker."""

    encode: Callable[[Result], bytes]

    def __call__(self, assessor: Assessor, reading: Reading) -> Written:
        from jieyue_cli.agencies.tally import counted

        result = assessor.conclude(reading)
        return Written(result.file, self.encode(result), result.failed, counted(result))
