"""``jieyue`` alone: what a person sees, and that nothing which lies in a folder ends it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from guidance.offices import YEAR, done
from jieyue_cli.clock import PINNED
from jieyue_cli.guidance import looking
from program import Call, run

EMPTY = """\
这里还没有名录和表。

接下来：
  先看一遍：写出一个虚构的市两年的名录和表
    jieyue demo 示例市
  新建名录，它是认定率的分母
    jieyue roster new 名录.xlsx
  只要一份空表
    jieyue template -o 自评打分表.xlsx

全部命令：jieyue --help；某个命令怎么用：jieyue 命令 --help。
"""
DEMO = """\
当前文件夹里看起来有：
  2020年　核查过的表（2020 年）
  2021年　交回的自评表（2021 年）
  2021年核查　核查过的表（2021 年）
  名录.xlsx　名录
  先看这里.txt　示例市依次可以试的命令都写在里面

2020年的表有核查结果。

接下来：
  看全部：排名、读不了的、谁没交、离目标还差几个
    jieyue batch 2020年 --roster 名录.xlsx -o 2020年汇总.xlsx -o 2020年结果.html
  发回各单位：在原表上批注
    jieyue feedback 2020年 --roster 名录.xlsx -o 2020年反馈
  核查完了就记入台账，以后各年以它为准
    jieyue ledger record 台账.jsonl 2020年 --roster 名录.xlsx --year 2020

全部命令：jieyue --help；某个命令怎么用：jieyue 命令 --help。
"""


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PINNED, "1600000000")


def test_an_empty_folder(call: Call) -> None:
    ran = call()
    assert (ran.code, ran.out, ran.err) == (0, EMPTY, "")


@pytest.mark.usefixtures("unhurried")
def test_the_folder_of_the_demo(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done(tmp_path, "demo", "示例市")
    monkeypatch.chdir(tmp_path / "示例市")
    ran = call()
    assert (ran.code, ran.out, ran.err) == (0, DEMO, "")


@pytest.mark.usefixtures("unhurried")
def test_our_own_results_are_counted_and_many_things_cut_short(call: Call, tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"名录{number}.csv").write_text("单位名称\n甲\n", encoding="utf-8")
    YEAR["handed_in"](tmp_path)
    done(tmp_path, "batch", "交 表", "-o", "汇总.xlsx")
    out = call().out
    assert "  …… 另有 4 项\n  本程序写出的结果　1 份\n" in out


def test_a_look_that_is_cut_short_says_so(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    YEAR["recorded"](tmp_path)
    monkeypatch.setattr(looking, "SECONDS", 0)
    assert call().out.startswith(
        "当前文件夹里看起来有：\n  台账.jsonl　台账\n  名录.csv　名录\n（这里的文件很多，或打开很慢，只看了一部分。）\n"
    )


def test_a_folder_that_is_gone_is_no_fault(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", lambda _: (_ for _ in ()).throw(PermissionError()))
    ran = call()
    assert (ran.code, ran.out.splitlines()[0]) == (0, "当前文件夹打不开，看不到里面有什么。")


@pytest.mark.parametrize("when", ["0", "x", "99999999999"])
def test_a_clock_that_is_wrong_names_no_year(
    when: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    YEAR["roster"](tmp_path)
    monkeypatch.setenv(PINNED, when)
    out = call().out
    assert "jieyue template --roster 名录.csv -o 空表\n" in out


def test_unrelated_files_are_no_work(call: Call, tmp_path: Path) -> None:
    YEAR["unrelated"](tmp_path)
    assert call().out == EMPTY


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_every_console_shows_it(encoding: str, tmp_path: Path) -> None:
    ran = run(cwd=tmp_path, encoding=encoding)
    assert (ran.code, ran.stderr) == (0, b"")
    if encoding == "gbk":
        assert ran.stdout.decode("gbk").replace("\r\n", "\n") == EMPTY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_the_help_page_of_the_program_tells_of_it(call: Call) -> None:
    page = re.sub(r"\s+", "", call("--help").out)
    assert "只写jieyue，按当前文件夹里有什么说明下一步；只写文件或文件夹，直接看结果。" in page
