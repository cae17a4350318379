"""Where the system gives less than workers ask for, a run is slower or says so; there is never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pebble import ProcessPool

from jieyue_cli.batch.discover import discover
from jieyue_cli.batch.run import Run
from jieyue_cli.problems import Code
from jieyue_cli.processes import affordable
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import DEFAULT_LIMITS
from program import PROGRAM, environment
from returns import hand_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
NAMES = [f"示例市第{number}局" for number in range(8)]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Eight good forms."""
    hand_in(tmp_path / "交表", *NAMES)
    return tmp_path


def limited(**limits: int) -> Callable[[], None]:
    """What sets hard limits in a child process."""
    import resource

    def setting() -> None:
        for name, most in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))

    return setting


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limits", "notes", "how"),
    [
        *(({"AS": 400 << 20}, 0, how) for how in ("text", "json", "jsonl")),
        *(({"NOFILE": 16}, 1, how) for how in ("text", "json", "jsonl")),
        ({"AS": 900 << 20}, 0, "text"),
        ({"NOFILE": 40}, 0, "json"),
        ({"NOFILE": 8}, 1, "jsonl"),
        ({"NPROC": 5}, 1, "json"),
        ({"NPROC": 12}, 1, "jsonl"),
    ],
)
def test_a_low_limit_costs_workers_and_no_result(limits: dict[str, int], notes: int, how: str, office: Path) -> None:
    command = [str(PROGRAM), "batch", "交表", "--jobs", "4", "--format", how]
    ran = subprocess.run(
        command,
        cwd=office,
        env=environment(),
        preexec_fn=limited(**limits),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0
    assert ran.stderr.decode().count("系统不让程序另开进程") == notes
    assert "Traceback" not in ran.stderr.decode()
    assert all(name in ran.stdout.decode() for name in NAMES)
    if how == "json":
        assert json.loads(ran.stdout)["progress"]["files"] == len(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [PermissionError(13, "shm"), FileNotFoundError(2, "shm"), RuntimeError("x")])
def test_without_semaphores_or_threads_one_process_reads(
    fault: Exception, office: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    expected = list(Run(rubric, discover([office]), DEFAULT_LIMITS).results(2))
    monkeypatch.setattr(ProcessPool, "schedule", fails)
    run = Run(rubric, discover([office]), DEFAULT_LIMITS)
    assert list(run.results(2)) == expected
    assert [problem.code for problem in run.account().problems] == [Code.READ_ALONE]


@pytest.mark.slow
def test_a_pool_that_breaks_while_a_file_is_handed_over_is_not_waited_for(
    office: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(pool: ProcessPool, *_: object, **__: object) -> Future[object]:
        pool.stop()  # type: ignore[no-untyped-call]  # as pebble's threads do when every worker has ended
        return Future()

    monkeypatch.setattr(ProcessPool, "schedule", breaks)
    run = Run(rubric, discover([office]), DEFAULT_LIMITS)
    assert len(list(run.results(2))) == len(NAMES)
    assert [problem.code for problem in run.account().problems] == [Code.READ_ALONE]


def test_fewer_files_mean_fewer_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    for most, number in ((resource.RLIM_INFINITY, 8), (1024, 8), (48, 4), (36, 1)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, most=most: (most, most))
        assert affordable(8) == number
    monkeypatch.setattr(resource, "getrlimit", lambda _: (16, 16))
    with pytest.raises(OSError, match="unavailable"):
        affordable(8)


SOMEBODY = 61_234
"""A user that has nothing running."""


@contextmanager
def crowded(others: int) -> Iterator[list[str | Path]]:
    """How an ordinary user starts the program while ``others`` of the user's processes run; root has no such limit."""
    python = next((path for path in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}") if usable(path)), "")
    if not python:
        pytest.skip("an ordinary user has no Python of this version here")
    sleepers = [subprocess.Popen(["/bin/sleep", "300"], user=SOMEBODY) for _ in range(others)]
    try:
        yield [python, "-m", "jieyue_cli"]
    finally:
        for sleeper in sleepers:
            sleeper.kill()
            sleeper.wait()


def usable(python: str) -> bool:
    try:
        return os.geteuid() == 0 and subprocess.run([python, "-c", ""], user=SOMEBODY, check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder in which every user may work; any start of pytest closes the one that ``tmp_path`` lies in to others."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def started(command: list[str | Path], cwd: Path, **limits: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1"),
        preexec_fn=limited(**limits),
        user=SOMEBODY,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
def test_processes_that_others_have_taken_cost_workers_and_no_result(open_to_all: Path) -> None:
    hand_in(open_to_all / "交表", *NAMES)
    with crowded(40) as program:
        for most in range(41, 60, 4):
            ran = started([*program, "batch", "交表", "--jobs", "2"], open_to_all, NPROC=most)
            assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False), ran.stderr.decode()
            assert all(name in ran.stdout.decode() for name in NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("limits", [{"NPROC": 45}, {"NPROC": 53}, {"NOFILE": 12}, {"AS": 300 << 20}], ids=str)
def test_a_thousand_blank_forms_are_made_under_any_limit(limits: dict[str, int], open_to_all: Path) -> None:
    (open_to_all / "名录.csv").write_text(
        "单位名称\n" + "".join(f"示例市第{number}局\n" for number in range(1000)), "utf-8"
    )
    with crowded(40) as program:
        ran = started([*program, "template", "--roster", "名录.csv", "-o", "表"], open_to_all, **limits)
    assert (ran.returncode, ran.stderr.decode()) == (0, "已写入 表 中的 1000 份表\n")
    assert len(list((open_to_all / "表").iterdir())) == 1000
