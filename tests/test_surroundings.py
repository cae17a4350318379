"""Computers that lack what a program takes for granted: a language, a folder, a clock, a home, room, streams."""

from __future__ import annotations

import errno
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import pytest

from jieyue_cli.clock import PINNED
from jieyue_cli.files.scratch import Scratch, ScratchError
from jieyue_cli.problems import Code, Problem
from jieyue_cli.report.letters.document import document
from jieyue_cli.report.letters.rendering import _filled
from jieyue_cli.terminal import console
from program import PROGRAM, Call, environment
from returns import returned

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="locales, streams and folders of POSIX")
LANGUAGE = {"LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONCOERCECLOCALE"}
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
UTF8 = {"PYTHONUTF8": "1"}
NOTHING: Mapping[str, str] = MappingProxyType({})
FULL = Code.OUTPUT_NO_SCRATCH.at().message


@pytest.fixture
def form(tmp_path: Path) -> str:
    """One good form; its name."""
    (tmp_path / "x.xlsx").write_bytes(returned("示例市财政局"))
    return "x.xlsx"


def started(
    *command: str | Path, cwd: Path, variables: Mapping[str, str] = NOTHING, preexec: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a real program with nothing of our language."""
    kept = {name: value for name, value in environment().items() if name not in LANGUAGE}
    return subprocess.run(
        command, cwd=cwd, env={**kept, **variables}, capture_output=True, timeout=60, check=False, preexec_fn=preexec
    )


# -- languages -----------------------------------------------------------------------------------------------


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize(
    "variables",
    [
        {"LANG": "xx_YY.bogus"},
        ASCII,
        {"LANG": "xx_YY.bogus", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "", "LC_ALL": "C"},
    ],
    ids=str,
)
def test_in_any_locale_the_console_shows_chinese(variables: Mapping[str, str], form: str, tmp_path: Path) -> None:
    ran = started(PROGRAM, "score", form, cwd=tmp_path, variables=variables)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "示例市财政局" in ran.stdout.decode("utf-8")


@POSIX
def test_where_files_have_no_chinese_names_the_cure_is_told(tmp_path: Path) -> None:
    ran = started(PROGRAM, "demo", "x", cwd=tmp_path, variables=ASCII)
    assert ran.returncode == 2
    assert "PYTHONUTF8" in (said := ran.stderr.decode("utf-8"))
    assert "Traceback" not in said


def test_an_encoding_that_somebody_chose_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for chosen, used in (("", "utf-8"), ("ascii", "ascii")):
        monkeypatch.setenv("PYTHONIOENCODING", chosen)
        with open(os.devnull, "w", encoding="ascii") as out, open(os.devnull, "w", encoding="gbk") as err:  # noqa: PTH123
            monkeypatch.setattr("sys.stdout", out)
            monkeypatch.setattr("sys.stderr", err)
            console.survive_any_encoding()
            assert (out.encoding, err.encoding) == (used, "gbk")


# -- folders, homes and streams ------------------------------------------------------------------------------


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("line", ["template", "score x.xlsx", "batch ."])
def test_a_current_folder_that_is_gone_is_told(line: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    ran = started(PROGRAM, *line.split(), cwd=here, preexec=here.rmdir)
    said = ran.stderr.decode("utf-8")
    assert ran.returncode in {1, 2}
    assert said.endswith("当前文件夹已经被删除或移走，请先进入另一个文件夹再运行。\n")
    assert "Traceback" not in said


@POSIX
@pytest.mark.slow
def test_nobody_needs_a_home_or_a_terminal(form: str, tmp_path: Path) -> None:
    variables = {**UTF8, "HOME": "/nowhere", "TERM": "dumb", "COLUMNS": "abc"}
    ran = started(PROGRAM, "score", form, cwd=tmp_path, variables=variables)
    assert (ran.returncode, ran.stderr) == (0, b"")


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("line", ["score x.xlsx", "template --force"])
def test_closed_streams_change_no_result(closed: str, line: str, form: str, tmp_path: Path) -> None:
    command = f"{shlex.quote(str(PROGRAM))} {line} {closed}"
    ran = started("/bin/sh", "-c", command, cwd=tmp_path, variables=UTF8)
    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False)
    assert (tmp_path / "自评打分表.xlsx").exists() is line.startswith("template")


# -- clocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1970, 2150])
@pytest.mark.parametrize(
    "line", ["template -o a.xlsx", "roster new a.xlsx", "score x.xlsx -o a.xlsx", "letter template 公示 -o a.docx"]
)
def test_no_clock_changes_what_is_written(
    year: int, line: str, form: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / line.rsplit(maxsplit=1)[-1] if "roster" not in line else tmp_path / "a.xlsx"
    assert call(*line.split()).code == 0
    expected = target.read_bytes()
    target.unlink()
    set_to(year, monkeypatch)
    assert call(*line.split()).code == 0
    assert hash(target.read_bytes()) == hash(expected)


@pytest.mark.parametrize("year", [1979, 1980, 2107, 2108])
def test_a_letter_is_not_written_in_a_year_that_its_file_cannot_hold(
    year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(year, monkeypatch)
    made = _filled(document("# 公示\n正文"), {})
    assert (isinstance(made, Problem) and made.code is Code.LETTER_CLOCK) is (year in {1979, 2108})


def test_the_ledger_refuses_a_clock_before_the_standard(
    form: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / form).write_bytes((tmp_path / form).read_bytes())
    (tmp_path / "名录.csv").write_text("单位名称\n示例市财政局\n", "utf-8")
    command = ("ledger", "record", "台账.jsonl", "forms", "--roster", "名录.csv", "--year", "2020", "--jobs", "1")
    monkeypatch.setenv(PINNED, "315532800")
    ran = call(*command)
    assert (ran.code, ran.out, (tmp_path / "台账.jsonl").exists()) == (2, "", False)
    assert "电脑的时间是 1980-01-01，早于标准印发的 2020-08-03，没有记入" in ran.err.replace("\n  ", "")
    monkeypatch.setenv(PINNED, "1604361600")
    assert call(*command).code == 0


def set_to(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whatever stamps the members of a zip believe that it is that year."""
    there = time.struct_time((year, 6, 1, 12, 0, 0, 0, 152, 0))
    clock = SimpleNamespace(time=lambda: 0.0, localtime=lambda at=0.0: time.localtime(at) if at else there)
    monkeypatch.setattr("zipfile.time", clock)
    monkeypatch.setattr("jieyue_cli.report.letters.rendering.time", clock)


# -- a temporary folder without room -------------------------------------------------------------------------


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_folder(*_: object, **__: object) -> None:
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")


@pytest.mark.parametrize("fault", [no_room, no_folder])
@pytest.mark.parametrize("line", ["score x.xlsx -o a.xlsx", "feedback odd -o out", "batch forms -o a.xlsx --jobs 1"])
def test_a_full_temporary_folder_is_told_apart_from_a_full_disk(
    fault: Callable[..., None], line: str, form: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / form).write_bytes((tmp_path / form).read_bytes())
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "自评打分表.xlsx").write_text("不是表格", "utf-8")
    monkeypatch.setattr("jieyue_cli.files.scratch.tempfile", SimpleNamespace(TemporaryDirectory=fault))
    ran = call(*line.split())
    assert (ran.code, FULL in ran.err.replace("\n    ", "")) == (2, True), ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "a.xlsx").exists()


def test_rows_that_find_no_room_are_the_temporary_folders_fault(form: str, call: Call, tmp_path: Path) -> None:
    class Full:
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ScratchError) as error:
        Scratch(Full()).write("x")  # type: ignore[arg-type]
    assert error.value.errno == errno.ENOSPC
