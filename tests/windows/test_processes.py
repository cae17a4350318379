"""Worker processes as Windows has them: started anew each time, without limits of the system, told of Ctrl-C only."""

from __future__ import annotations

import json
import multiprocessing.reduction  # before the tests say that this is Windows
import subprocess
import sys
from pathlib import Path

import pytest

from jieyue_cli import processes
from program import environment
from returns import hand_in
from workbook import builders as make

UNBOUNDED = '''
"""A worker's start as on Windows, where nothing bounds a process."""
from jieyue_cli.batch import workers

def prepare(*given):
    workers.confine = lambda memory: None
    started(*given)

started = workers._prepare
'''
PROGRAM = """
import multiprocessing, sys
import unbounded
from jieyue_cli import processes
from jieyue_cli.batch import workers

workers._prepare = unbounded.prepare
workers.context = lambda *preload: multiprocessing.get_context("spawn")
workers.affordable = lambda jobs: min(jobs, processes.MOST_ON_WINDOWS)
from jieyue_cli.__main__ import main
sys.argv[0] = "jieyue"
main()
"""
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HOSTILE = {
    "远处的格.xlsx": (make.xlsx(make.sheet_xml(FAR)), "sheet-too-large"),
    "实体.xlsx": (make.xlsx('<!DOCTYPE x [<!ENTITY a "aaaa">]>' + make.sheet_xml("")), "file-suspect"),
    "远处的格.xls": (make.xls(make.number(65535, 255, 1.0)), "sheet-too-large"),
    "共享文字.xls": (make.xls(make.number(0, 0, 1.0), strings=0x7FFFFFFF), "file-suspect"),
}


@pytest.mark.slow
def test_a_batch_in_spawned_workers_without_limits_is_as_safe_as_any(tmp_path: Path) -> None:
    hand_in(tmp_path / "交表", *(f"示例市第{number}局" for number in range(4)))
    for name, (data, _) in HOSTILE.items():
        (tmp_path / "交表" / name).write_bytes(data)
    (tmp_path / "unbounded.py").write_text(UNBOUNDED, "utf-8")
    command = [sys.executable, "-c", PROGRAM, "batch", "交表", "--jobs", "2", "--format", "json"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr.decode()) == (1, "")
    results = json.loads(ran.stdout)["results"]
    codes = {Path(result["file"]).name: result["problems"][0]["code"] for result in results if result["self"] is None}
    assert codes == {name: code for name, (_, code) in HOSTILE.items()}
    assert [result["self"]["total"] for result in results if result["self"]] == [100] * 4


def test_no_more_workers_than_windows_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert [processes.affordable(jobs) for jobs in (1, 60, 64)] == [1, 60, 60]
    monkeypatch.setattr("os.cpu_count", lambda: 128)
    assert processes.default_jobs() == processes.MOST_JOBS
    assert processes.context().get_start_method() == multiprocessing.get_context("spawn").get_start_method()
