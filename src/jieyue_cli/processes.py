"""How worker processes are started, and how many."""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from jieyue_cli import interruption

MOST_JOBS = 64
MOST_ON_WINDOWS = 60
"""It waits for 63 things at once and no more, and a pool has a few besides its workers (docs/hazards.md, 50)."""
_FOR_THE_REST = 32
"""Files and processes that the user has open besides."""
_FOR_THE_POOL = 8
"""Threads and processes beside the workers, such as the fork server."""
_FOR_A_WORKER = 4
"""Files and processes that a worker takes, its threads and pipes with it."""
NO_RESOURCES = (OSError, RuntimeError, EOFError, MemoryError)
"""What starting processes raises where the system has none to give; a pool that broke is a RuntimeError."""


def default_jobs() -> int:
    """As many workers as processors that this process may use."""
    if sys.platform == "linux":
        available = len(os.sched_getaffinity(0))
    else:
        available = os.cpu_count() or 1
    return min(available, MOST_JOBS)


def affordable(jobs: int) -> int:
    """As many of these workers as the system's limits of open files and processes let live.

    Raise OSError where none can: a pool that is refused a process or a thread may wait for it without end.
    """
    if sys.platform == "win32":
        return min(jobs, MOST_ON_WINDOWS)
    import resource

    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
        most = resource.getrlimit(limit)[0]
        if most != resource.RLIM_INFINITY:
            jobs = min(jobs, (most - _FOR_THE_REST) // _FOR_A_WORKER)
    # Threads would use up a limited address space for good.
    if jobs > 0 and resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
        jobs = (_startable(_FOR_THE_POOL + jobs * _FOR_A_WORKER) - _FOR_THE_POOL) // _FOR_A_WORKER
    if jobs < 1:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return jobs


def _startable(wanted: int) -> int:
    """How many threads can live at once, up to ``wanted``.

    They count as processes do, and only trying tells how many others the user has running.
    """
    from threading import Event, Thread

    enough = Event()
    living: list[Thread] = []
    try:
        with suppress(RuntimeError):
            while len(living) < wanted:
                thread = Thread(target=enough.wait)
                thread.start()
                living.append(thread)
    finally:  # a thread that waited on would keep an interrupted run from its end
        enough.set()
    for thread in living:
        thread.join()
    return len(living)


def context(*preload: str) -> Any:
    """A fork server starts workers from a clean process that has ``preload`` imported; Windows has only spawn.

    It goes on by itself: asked for early, it imports while the caller still gets ready.
    """
    import multiprocessing

    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    from jieyue_cli.muting import muted

    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(preload))
    resource_tracker.ensure_running()  # it unblocks signals when it starts, so it must not start below
    # a fork server that is refused a process prints its own traceback
    with interruption.blocked(), muted():
        forkserver.ensure_running()
    return made


def attend() -> None:
    """In a worker: leave Ctrl-C to the parent; the children of a fork server block all that end a run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def confine(memory_bytes: int) -> None:
    """In a worker: leave Ctrl-C to the parent, and bound this process's address space where the system can."""
    attend()
    if sys.platform != "win32":
        import resource

        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # by which a pool ends its workers

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        bound = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
