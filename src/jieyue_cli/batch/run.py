"""From places on disk to results and progress: discovery, reading under limits, scoring, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jieyue_cli.assessment import Reading, Result, assess, conclude
from jieyue_cli.batch.discover import Found, Source, read
from jieyue_cli.problems import Code, Problem, Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import Limits, needs_isolation

if TYPE_CHECKING:
    from jieyue_cli.progress import Progress, Tally
    from jieyue_cli.roster import Roster


@dataclass
class Run:
    """One pass over what was found; ask for ``results`` once, then for ``progress``."""

    rubric: Rubric
    found: Found
    limits: Limits
    roster: Roster | None = None
    agencies: int | None = None
    """The number of all agencies, where there is no roster."""
    year: int | None = None
    interrupted: bool = False
    """Set from outside to end the run soon; what was finished by then counts."""
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        from jieyue_cli.progress import Tally

        self.tally = Tally(self.rubric)

    def results(self, jobs: int) -> Iterator[Result]:
        """Every result as soon as it is ready, each counted: first those for places that could not be searched."""
        for result in self._all(jobs):
            self.tally.add(result)
            yield result

    def progress(self) -> tuple[Progress, list[Problem]]:
        """The table, and what shows only between files."""
        progress, problems = self.tally.progress(self.roster, self.agencies, self.year)
        places = [problem for problem in self.found.problems if problem.severity is not Severity.ERROR]
        if not self.found.sources and not self.found.problems:
            places.append(Code.NO_WORKBOOKS.at())
        return progress, [*places, *problems]

    def _all(self, jobs: int) -> Iterator[Result]:
        from jieyue_cli.batch.workers import Job, readings

        for problem in self.found.problems:
            if problem.severity is Severity.ERROR:
                yield _refused(problem.location.file or "", problem, self.rubric)
        if not self.found.sources:
            return
        for reading in readings(self.found.sources, Job(self.rubric, self.limits), jobs, lambda: self.interrupted):
            yield conclude(reading, self.rubric)


def assess_few(files: Sequence[Path], rubric: Rubric, limits: Limits) -> Iterator[Result]:
    """A result for every file named; a worker process is started only for one that might harm this one."""
    for file in files:
        name = file.as_posix()
        source = Source(name, file)
        data, problem = read(source, limits.file_bytes)
        if data is None:
            yield _refused(name, problem, rubric)
        elif needs_isolation(data):
            from jieyue_cli.batch.workers import Job, readings

            for reading in readings([source], Job(rubric, limits), 1):
                yield conclude(reading, rubric)
        else:
            yield assess(name, data, rubric, limits)


def _refused(name: str, problem: Problem | None, rubric: Rubric) -> Result:
    return conclude(Reading(name, None, None, (problem,) if problem else ()), rubric)
