"""Where the system gives less than workers ask for, a run is slower or says so; there is never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pebble import ProcessPool

from first import first
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

    def setting() -> None:
        import resource

        for name, most in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))

    return setting


@pytest.mark.parametrize(
    ("limits", "notes"),
    first(
        2,
        [
            ({"AS": 400 << 20}, 0),
            ({"NPROC": 5}, 1),
            ({"AS": 900 << 20}, 0),
            ({"NOFILE": 40}, 0),
            ({"NOFILE": 16}, 1),
        ],
    ),
)
@pytest.mark.parametrize("how", first(1, ["text", "json", "jsonl"]))
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


def test_fewer_files_mean_fewer_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    for most, number in ((resource.RLIM_INFINITY, 8), (1024, 8), (48, 4), (36, 1)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, most=most: (most, most))
        assert affordable(8) == number
    monkeypatch.setattr(resource, "getrlimit", lambda _: (16, 16))
    with pytest.raises(OSError, match="unavailable"):
        affordable(8)
