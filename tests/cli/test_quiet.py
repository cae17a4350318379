"""What a run says besides its result: nothing but errors where ``--quiet`` is given, and no colour with NO_COLOR."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from program import PROGRAM, Call, environment, run
from returns import hand_in, returned

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two returns in good order, one with an error, one with a warning, and a photograph."""
    hand_in(tmp_path / "好", "示例市财政局", "示例市统计局")
    hand_in(tmp_path / "交表", "示例市财政局", "示例市统计局")
    (tmp_path / "交表" / "错.xlsx").write_bytes(returned("示例市档案馆", {"1.1.1": "基本做到"}))
    (tmp_path / "交表" / "注意.xlsx").write_bytes(returned("示例市水务局", {"1.1.1": "不涉及"}))
    (tmp_path / "交表" / "照片.jpg").write_bytes(b"x")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "batch 交表 -o a.xlsx -o a.csv",
        "batch 交表 --problems -o a.json",
        "batch 交表 --format jsonl",
        "batch 交表 --format markdown",
        "score 交表/错.xlsx 交表/注意.xlsx -o a.csv",
        "score 交表/错.xlsx --format json",
        "feedback 交表 -o 反馈 --force",
        "letter 整改通知 交表 -o 函 --force",
    ],
)
def test_quiet_tells_errors_alone_and_changes_nothing_else(line: str, call: Call, office: Path) -> None:
    loud = call(*line.split())
    files = {path.name: path.read_bytes() for path in office.glob("a*")}
    quiet = call(*line.split(), "--quiet")
    assert (quiet.code, quiet.out) == (loud.code, loud.out)
    assert {path.name: path.read_bytes() for path in office.glob("a*")} == files
    assert ("错误" in quiet.err, "基本做到" in quiet.err) == ("错误" in loud.err, "基本做到" in loud.err)
    for said in ("提醒 ", "说明 ", "已写入", "将被替换", "另有", "以上同类"):
        assert said not in quiet.err


@pytest.mark.parametrize("line", ["batch 好 -o a.csv", "score 好/示例市财政局.xlsx -o a.csv", "batch 好 --format json"])
def test_a_quiet_run_in_good_order_says_nothing(line: str, call: Call, office: Path) -> None:
    ran = call(*line.split(), "--quiet")
    assert (ran.code, ran.err, office.is_dir()) == (0, "", True)


@pytest.mark.parametrize(
    "line", ["batch 交錶", "batch 交錶 -o a.csv", "score 没有.xlsx", "batch 好 --jobs 0", "batch 好 -o a.docx"]
)
def test_quiet_hides_no_error(line: str, call: Call, office: Path) -> None:
    assert office.is_dir()
    loud, quiet = call(*line.split()), call(*line.split(), "--quiet")
    assert loud.err
    assert (quiet.code, quiet.err) == (loud.code, loud.err)


def test_a_quiet_run_quiets_only_itself(call: Call, office: Path) -> None:
    assert office.is_dir()
    assert call("batch", "好", "-o", "a.csv", "--quiet").err == ""
    assert "已写入" in call("batch", "好", "-o", "a.csv").err


def on_a_terminal(folder: Path, *arguments: str, **variables: str) -> str:
    """Everything that a person sees who runs the program in a terminal of 80 columns."""
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [str(PROGRAM), *arguments]
    env = environment(TERM="xterm-256color", **variables)
    with subprocess.Popen(command, cwd=folder, env=env, stdout=theirs, stderr=theirs):
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # so does Linux say that the other side is closed
                break
            if not part:
                break
            seen += part
    os.close(ours)
    return seen.decode().replace("\r\n", "\n")


COLOUR = re.compile(r"\x1b\[[0-9;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@POSIX
@pytest.mark.slow
def test_on_a_terminal_there_is_colour_unless_no_color_is_set_and_the_words_are_the_same(office: Path) -> None:
    arguments = ("batch", "交表", "--quiet")
    colourful, plain = on_a_terminal(office, *arguments), on_a_terminal(office, *arguments, NO_COLOR="1")
    assert COLOUR.search(colourful)
    assert not COLOUR.search(plain)
    assert CONTROL.sub("", colourful) == CONTROL.sub("", plain)
    piped = run(*arguments, cwd=office)
    assert CONTROL.sub("", plain) == piped.err + piped.out


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("quiet", [False, True])
def test_a_quiet_run_draws_no_progress_bar(quiet: bool, office: Path) -> None:  # noqa: FBT001 -- a case
    seen = on_a_terminal(office, "batch", "好", *(["--quiet"] if quiet else []))
    assert ("读取" in seen) is not quiet
