"""One command measured from outside: wall time, processor time, memory of all its processes, and the first output.

Linux only. The whole tree is found through ``/proc`` and weighed every few hundredths of a second, twice: RSS summed
over the processes counts a page that several share once for each of them (so it says too much, never too little),
PSS divides it among them (so its sum is what the machine really gave). Processor time is what the kernel accounts
to the tree when its last process has been waited for; orphans come to us for that because we are a sub-reaper.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SUBREAPER = 36
_PIPE = 1 << 20
_SETPIPE_SIZE = 1031
_OFTEN, _SELDOM = 0.03, 0.2
_LONG = 10.0
_NOTEWORTHY = 1.02
"""PSS takes longer to ask for than RSS: it is asked for when RSS has grown by so much."""
_SHARE_OF_MEMORY = 0.7


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run cost."""

    wall: float
    """Seconds from the start to the end of the first process."""
    cpu: float
    """Seconds, user and system, of all processes."""
    rss: int
    """Highest sum of resident bytes, shared pages counted in each process."""
    pss: int
    """Highest sum of proportional bytes."""
    first: float | None
    """Seconds until the first byte of output; None where there was none."""
    code: int
    stopped: bool = False
    """Ended by us because it was about to take all of the machine's memory."""


def measure(command: Sequence[str], *, terminal: bool = False, cwd: Path | None = None) -> Figures:
    """Run ``command`` to its end; its output is thrown away unread, its messages too.

    With ``terminal`` its error stream is a terminal, so that it shows its progress bar.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the measurements need Linux")
    with contextlib.ExitStack() as stack:
        sink = os.open(os.devnull, os.O_WRONLY)
        stack.callback(os.close, sink)
        output, theirs = os.pipe()
        stack.callback(os.close, output)
        with contextlib.suppress(OSError):
            _set_pipe_size(output)
        screen, errors = os.openpty() if terminal else (-1, os.dup(sink))
        if terminal:
            stack.callback(os.close, screen)
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=errors, start_new_session=True, cwd=cwd
        )
        os.close(theirs)
        os.close(errors)
        ended = os.pidfd_open(process.pid)
        stack.callback(os.close, ended)
        return _watch(_Watched(process, start, output, screen, ended, sink))


@dataclass(slots=True)
class _Watched:
    process: subprocess.Popen[bytes]
    start: float
    output: int
    screen: int
    ended: int
    sink: int


def _watch(run: _Watched) -> Figures:
    poll = select.poll()
    for source in (run.output, run.ended, run.screen):
        if source >= 0:
            poll.register(source, select.POLLIN)
    scales, first, due = _Scales(run.process.pid), None, 0.0
    ready: set[int] = set()
    while run.ended not in ready:
        now = time.perf_counter() - run.start
        if now >= due:
            due = now + (_OFTEN if now < _LONG else _SELDOM)
            scales.weigh()
        ready = {source for source, _ in poll.poll(max(0.0, due - now) * 1000)}
        if run.output in ready:
            first = first or time.perf_counter() - run.start
            if not _discard(run.output, run.sink):
                poll.unregister(run.output)
        if run.screen in ready and not _swallow(run.screen):
            poll.unregister(run.screen)
    wall = time.perf_counter() - run.start
    _, status, usage = os.wait4(run.process.pid, 0)
    run.process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime + _rest()
    return Figures(wall, cpu, scales.rss, scales.pss, first, run.process.returncode, scales.stopped)


class _Scales:
    """The highest weights of a process tree so far; ends one that would take the whole machine."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.rss = self.pss = self._weighed = 0
        self.stopped = False
        self._most = os.sysconf("SC_PHYS_PAGES") * _PAGE * _SHARE_OF_MEMORY

    def weigh(self) -> None:
        """Weigh once."""
        pids = list(_tree(self.pid))
        weight = sum(map(_rss, pids))
        if weight > self._weighed * _NOTEWORTHY:
            self._weighed = weight
            self.pss = max(self.pss, sum(map(_pss, pids)))
        self.rss = max(self.rss, weight)
        if weight > self._most and not self.stopped:
            self.stopped = True
            os.killpg(self.pid, signal.SIGKILL)


def _rest() -> float:
    """Wait for what the first process left behind; its processor time."""
    spent = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return spent
        spent += usage.ru_utime + usage.ru_stime


def _set_pipe_size(pipe: int) -> None:
    import fcntl

    fcntl.fcntl(pipe, _SETPIPE_SIZE, _PIPE)


def _discard(source: int, sink: int) -> bool:
    """Move what is in the pipe to nowhere without copying it; False at its end."""
    try:
        return os.splice(source, sink, _PIPE) > 0
    except OSError:
        return bool(os.read(source, _PIPE))


def _swallow(screen: int) -> bool:
    try:
        return bool(os.read(screen, _PIPE))
    except OSError:  # a terminal whose last user is gone
        return False


# -- /proc ---------------------------------------------------------------------------------------------------


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        threads = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208 -- names, many times a second
    except OSError:
        return
    for thread in threads:
        for child in _told(f"/proc/{pid}/task/{thread}/children").split():
            yield from _tree(int(child))


def _rss(pid: int) -> int:
    fields = _told(f"/proc/{pid}/statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _pss(pid: int) -> int:
    for line in _told(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) << 10
    return 0


def _told(path: str) -> bytes:
    """What /proc says; nothing where the process ended meanwhile."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
