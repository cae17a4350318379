"""Consoles that are not UTF-8, readers that stop reading, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jieyue_cli.report.formats import printed_by
from program import PROGRAM, environment, run
from returns import hand_in, returned

pytestmark = pytest.mark.slow

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Returns with a name that no Chinese console can show whole."""
    folder = tmp_path / "交表"
    hand_in(folder, "示例市财政局")
    (folder / "示例市\U0001f33f局.xlsx").write_bytes(returned("示例市\U0001f33f局", {"2.2.1": "✓", "5.1.1": "若干"}))
    return folder


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("command", ["score {}", "score --detail {}", "batch ."])
def test_a_console_of_any_encoding_shows_what_it_can(encoding: str, command: str, office: Path) -> None:
    arguments = command.format("示例市\U0001f33f局.xlsx").split()
    ran = run(*arguments, cwd=office, encoding=encoding)
    assert ran.code == 1
    shown = ran.stdout.decode(encoding) + ran.stderr.decode(encoding)
    assert "Traceback" not in shown
    if encoding == "gbk":
        assert "示例市？局" in shown
        assert "示例市财政局" in shown or "score" in command
        assert max(map(len, ran.stdout.splitlines())) <= 80  # a byte of GBK is a cell of the console


def test_a_document_is_utf_8_on_every_console(office: Path) -> None:
    ran = run("batch", ".", "--format", "json", cwd=office, encoding="gbk")
    assert json.loads(ran.stdout)["results"][1]["agency"]["name"] == "示例市\U0001f33f局"
    assert run("batch", ".", "--format", "csv", cwd=office, encoding="gbk").stdout.startswith(b"\xef\xbb\xbf")


@POSIX
def test_a_file_whose_name_is_no_text_is_named_as_well_as_can_be(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.xlsx")).write_bytes(returned("示例市财政局"))
    except OSError:
        pytest.skip("this file system knows only text")
    for how in printed_by("batch"):
        ran = run("batch", ".", "--format", how, cwd=tmp_path)
        assert (ran.code, ran.err) == (0, "")
        assert how in {"text", "markdown"} or "??.xlsx" in ran.out


@POSIX
@pytest.mark.parametrize(
    "command",
    ["batch .", "batch . --format jsonl", "score 示例市财政局.xlsx --format json", "rubric show", "schema", "--help"],
)
def test_a_reader_that_stops_reading_does_no_harm(command: str, office: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [PROGRAM, *command.split()],
            cwd=office,
            env=environment(),
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode == 0


@POSIX
def test_ctrl_c_ends_a_batch_at_once_and_reports_what_was_finished(tmp_path: Path) -> None:
    hand_in(tmp_path / "0", *(f"示例市第{number}局" for number in range(3)))
    (tmp_path / "1").mkdir()
    form = returned("示例市财政局")
    for number in range(2500):
        (tmp_path / "1" / f"{number}.xlsx").write_bytes(form)
    command = [str(PROGRAM), "batch", ".", "--jobs", "2", "--format", "jsonl"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        begun = time.monotonic()
        out, err = running.communicate(timeout=20)
    assert time.monotonic() - begun < 3
    assert running.returncode == 130, err.decode()
    said = err.decode()
    assert "Traceback" not in said
    assert "已中断" in said
    assert _ended(running.pid)
    *lines, last = map(json.loads, (first + out).splitlines())
    results = [line for line in lines if "file" in line]
    assert 1 <= len(results) < 2503
    assert last["progress"]["files"] == len(results)
    assert f"收到 Ctrl-C：只读完 {len(results)} 份，其余的没有读。" in said


def _ended(group: int) -> bool:
    """Whether every process of the group ends soon; a zombie counts as ended."""
    for _ in range(40):
        listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
        if not any(row.split()[0] == str(group) and "Z" not in row.split()[1] for row in listed.splitlines()):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", ["score {}", "score --format json {}", "batch . --format jsonl"])
def test_a_full_disk_behind_stdout_is_said_in_one_line(command: str, office: Path) -> None:
    arguments = command.format("示例市财政局.xlsx").split()
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [str(PROGRAM), *arguments], cwd=office, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert (ran.returncode, ran.stderr.decode()) == (2, "结果没有写完：磁盘已满，或输出的去处已经关闭。\n")


@POSIX
def test_a_closed_stdout_is_no_fault(office: Path) -> None:
    ran = subprocess.run(
        ["sh", "-c", f'exec "{PROGRAM}" score 示例市财政局.xlsx >&-'],
        cwd=office,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
