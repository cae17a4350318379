"""Terminals of any width and kind, and streams that nobody reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jieyue_cli.text.typesetting import cells
from program import PROGRAM, environment
from returns import hand_in

if sys.platform == "win32":
    pytest.skip("terminals of POSIX", allow_module_level=True)

from pseudo_terminal import on_terminal

pytestmark = pytest.mark.slow

NAMES = ["示例市财政局", "示例市住房保障中心"]
COMMANDS = [
    *("batch 交表 --roster 名录.csv", "rubric show", "rubric explain"),
    *("score 交表/示例市财政局.xlsx --detail", "plan 交表 --roster 名录.csv", "roster check 名录.csv", "evidence 交表"),
    *("compare 交表 交表", "verify plan 交表 --roster 名录.csv --seed 一", "rubric diff standard_2020 standard_2020"),
    *("--help", "batch --help"),
]


def some(kept: int, cases: list[Any]) -> list[Any]:
    """All cases for ``parametrize``; those after the first ``kept`` are for the long runs."""
    return [pytest.param(case, marks=[pytest.mark.long] if at >= kept else []) for at, case in enumerate(cases)]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    hand_in(tmp_path / "交表", *NAMES)
    (tmp_path / "名录.csv").write_text("单位名称,类别\n" + "".join(f"{name},行政机关\n" for name in NAMES), "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", some(2, COMMANDS))
def test_a_terminal_of_20_columns_shows_every_name_and_figure(office: Path, command: str) -> None:
    ran = on_terminal(*command.split(), cwd=office, columns=20)
    assert ran.code in {0, 1}, ran.raw
    assert "Traceback" not in ran.raw
    assert not any(line.strip() in {"…", "示", "例"} for line in ran.lines)
    assert " …" not in ran.raw.replace("命令 …", "")
    if command.startswith(("batch 交表", "plan")):
        told = "".join(line.strip() for line in ran.lines)
        assert all(name in told for name in NAMES)


@pytest.mark.parametrize("columns", some(1, [1, 0, 5, 40, 59, 500]))
def test_no_width_is_too_odd(office: Path, columns: int) -> None:
    ran = on_terminal("batch", "交表", "--roster", "名录.csv", cwd=office, columns=columns)
    assert (ran.code, "Traceback" in ran.raw) == (0, False)


@pytest.mark.parametrize("columns", some(1, [20, 40, 80]))
def test_the_bar_fits_its_terminal_and_is_gone_at_the_end(office: Path, columns: int) -> None:
    ran = on_terminal("batch", "交表", cwd=office, columns=columns, out=False)
    bars = [text for text in ran.drawn if "/2" in text]
    assert bars
    assert all(text.startswith("读取") and cells(text) < columns for text in bars)
    assert not any("读取" in line for line in ran.lines)


@pytest.mark.parametrize("more", some(0, ["--quiet", "TERM=dumb"]))
def test_no_bar_where_none_is_wanted(office: Path, more: str) -> None:
    option, _, value = more.partition("=")
    told = {option: value} if value else {}
    ran = on_terminal("batch", "交表", *([] if value else [more]), cwd=office, out=False, more=told)
    assert (ran.code, "读取" in ran.raw, "\r" in ran.raw) == (0, False, False)


@pytest.mark.parametrize("device", some(1, [None, "/dev/full"]), ids=["closed pipe", "full disk"])
def test_what_is_said_may_be_lost_but_the_work_is_done(office: Path, device: str | None) -> None:
    if device:
        writing = os.open(device, os.O_WRONLY)
    else:
        reading, writing = os.pipe()
        os.close(reading)
    with os.fdopen(writing, "wb") as stream:
        done = subprocess.run(
            [PROGRAM, "batch", "交表", "-o", "总.json"],
            cwd=office,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=stream,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0
    assert "示例市财政局" in done.stdout.decode()
    assert (office / "总.json").exists()
