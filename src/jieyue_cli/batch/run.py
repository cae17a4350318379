"""From places on disk to results: discovery, reading under limits, scoring, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jieyue_cli.assessment import Reading, Result, assess, conclude
from jieyue_cli.batch.discover import Found, Source, read
from jieyue_cli.problems import Code, Problem, Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import Limits, needs_isolation


def assess_found(found: Found, rubric: Rubric, limits: Limits, jobs: int) -> Iterator[Result]:
    """A result for every source, as soon as it is ready; first those for places that could not be searched."""
    from jieyue_cli.batch.workers import Job, readings

    for problem in found.problems:
        if problem.severity is Severity.ERROR:
            yield _refused(problem.location.file or "", problem, rubric)
    if found.sources:
        for reading in readings(found.sources, Job(rubric, limits), jobs):
            yield conclude(reading, rubric)


def assess_few(files: Sequence[Path], rubric: Rubric, limits: Limits) -> Iterator[Result]:
    """A result for every file named; a worker process is started only for one that might harm this one."""
    for file in files:
        name = str(file)
        if file.is_dir():
            yield _refused(name, Code.FOLDER_GIVEN.at(), rubric)
            continue
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
