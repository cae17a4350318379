"""Reading in worker processes under a time and a memory limit: a file that kills, hangs or bloats its worker is
reported, and all others are read.

No signal handler runs while the quick reader works, so only another process gives a real limit
(docs/hazards.md, 7). Files travel in bundles, because handing over one at a time would cost more than reading it;
when a bundle fails, each of its files is tried again alone, and the one at fault is named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from jieyue_cli.assessment import Assessor, Reading
from jieyue_cli.files.source import Archives, Source
from jieyue_cli.files.source import read as read_source
from jieyue_cli.problems import Code
from jieyue_cli.processes import NO_RESOURCES, affordable, confine, context
from jieyue_cli.workbook import Limits

if TYPE_CHECKING:
    from jieyue_cli.rubric.model import Rubric

BUNDLE = 32
"""Files handed over together."""
PATIENCE = 0.2
"""Seconds between two looks at whether somebody wants to stop."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """What to do with every file."""

    assessor: Assessor
    """Of its process: every worker makes its own."""
    finish: Callable[[Assessor, Reading], T]
    """What to make of each reading before it is handed over; it travels between processes."""


class NoWorkersError(Exception):
    """The system lets no worker process live: too little memory, too few files or processes, or no semaphores."""


def work(
    sources: Sequence[Source],
    job: Job[T],
    jobs: int,
    stopped: Callable[[], bool] = lambda: False,
    alone: Callable[[], None] = lambda: None,
) -> Iterator[T]:
    """Read and finish every source, in order, each as soon as it and those before it are ready.

    It ends soon after ``stopped`` says so; then, or when the iterator is closed, the workers end at once. Where no
    worker can live, ``alone`` is called and the rest is read in this process (docs/hazards.md, 40).
    """
    done = 0
    try:
        for item in _in_workers(sources, job, jobs, stopped):
            done += 1
            yield item
    except NoWorkersError:
        alone()
        for source in sources[done:]:
            if stopped():
                return
            yield job.finish(job.assessor, _read_one(source, job.assessor))


def _in_workers(sources: Sequence[Source], job: Job[T], jobs: int, stopped: Callable[[], bool]) -> Iterator[T]:
    bundle = max(1, min(BUNDLE, -(-len(sources) // (jobs * 4))))
    bundles = (sources[start : start + bundle] for start in range(0, len(sources), bundle))
    workers = max(1, min(jobs, len(sources)))
    pool = _pool(job, workers)
    waiting: deque[tuple[Sequence[Source], Any]] = deque()
    try:
        while not stopped():
            for part in islice(bundles, workers * 3 - len(waiting)):
                waiting.append((part, _scheduled(pool, part, job.assessor.limits)))
            if not waiting:
                return
            part, future = waiting.popleft()
            yield from _collect(pool, job, part, future, stopped)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble types only what returns something
        pool.join()


def _pool(job: Job[Any], workers: int) -> ProcessPool:
    limits = job.assessor.limits
    shared = job.assessor.rubric, limits, job.finish
    try:
        number = affordable(workers)
        return ProcessPool(max_workers=number, initializer=_prepare, initargs=shared, context=context(__name__))
    except NO_RESOURCES as cause:
        raise NoWorkersError from cause


def _scheduled(pool: ProcessPool, part: Sequence[Source], limits: Limits) -> Any:
    """Hand a bundle over; the first one starts the workers."""
    try:
        return pool.schedule(_read_all, args=(part,), timeout=limits.seconds)
    except NO_RESOURCES as cause:
        raise NoWorkersError from cause


def _collect(
    pool: ProcessPool, job: Job[T], part: Sequence[Source], future: Any, stopped: Callable[[], bool]
) -> Iterator[T]:
    while not wait([future], PATIENCE).done:  # waiting without end would not notice Ctrl-C on Windows
        if stopped():
            return
        if not pool.active:  # what was handed over while the pool broke is never answered
            raise NoWorkersError
    fault = future.exception()
    if fault is None:
        yield from future.result()
    elif stopped():  # what stops the run may have ended its workers too
        return
    elif isinstance(fault, BrokenProcessPool):
        raise NoWorkersError from fault
    elif len(part) == 1:
        yield job.finish(job.assessor, _failed(part[0], job.assessor.limits, fault))
    else:  # one file is at fault; read again alone, the others are not lost with it
        alone = [(source, _scheduled(pool, (source,), job.assessor.limits)) for source in part]
        for source, retried in alone:
            if stopped():  # results keep the order of their files: none may follow one that is left out
                return
            yield from _collect(pool, job, (source,), retried, stopped)


def _failed(source: Source, limits: Limits, fault: BaseException) -> Reading:
    if isinstance(fault, OutOfTime):
        problem = Code.FILE_TOO_SLOW.at(seconds=limits.seconds)
    elif isinstance(fault, ProcessExpired | MemoryError):
        problem = Code.FILE_KILLED_READER.at()
    elif isinstance(fault, ImportError):  # a part of the program is missing, to every file alike
        raise fault
    else:
        problem = Code.FILE_FAULT.at(fault=f"{type(fault).__name__}: {fault}"[:200])
    return Reading(source.name, None, None, (problem,))


# -- in the worker -------------------------------------------------------------------------------------------

_job: Job[Any]
_archives = Archives()


def _prepare(rubric: Rubric, limits: Limits, finish: Callable[[Assessor, Reading], Any]) -> None:
    global _job  # noqa: PLW0603 -- a worker process has one job from its start to its end
    _job = Job(Assessor(rubric, limits), finish)
    confine(limits.memory_bytes)


def _read_all(sources: Sequence[Source]) -> list[Any]:
    return [_job.finish(_job.assessor, _read_one(source, _job.assessor)) for source in sources]


def _read_one(source: Source, assessor: Assessor) -> Reading:
    data, problem = read_source(source, assessor.limits.file_bytes, _archives)
    if data is None:
        return Reading(source.name, None, None, (problem,) if problem else ())
    return assessor.read(source.name, data)
