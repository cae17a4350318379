"""``jieyue doctor``: one page that fits the console and says which program, what is wrong, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jieyue_cli
from jieyue_cli.doctor import checks
from jieyue_cli.doctor.finding import Check, good, remark, wrong
from jieyue_cli.text.typesetting import cells
from program import Call

CURE = "请先做这一件，再做那一件，然后重新运行本命令看看是不是好了，仍然不行就把各行发给维护者。"


def fixed(*findings: object) -> tuple[Check, ...]:
    return tuple(
        Check(f"第{number}项", lambda finding=finding: finding, lambda seen: seen)  # type: ignore[misc]
        for number, finding in enumerate(findings)
    )


@pytest.mark.parametrize(
    ("findings", "code", "rows"),
    [
        ([good("行")], 0, ["好      第0项       行", "", "都好，可以使用。"]),
        (
            [good("行"), remark("慢" * 40, CURE)],
            0,
            [
                "好      第0项       行",
                "留意    第1项       " + "慢" * 30,
                "                    " + "慢" * 10,
                "                    怎么办：请先做这一件，再做那一件，然后重新运行本命令看看是不",
                "                    是好了，仍然不行就把各行发给维护者。",
                "",
                "留意 1 项。按“怎么办”仍解决不了的，请把以上各行发给程序的维护者。",
            ],
        ),
        (
            [wrong("坏\x1b[2J", "修。"), remark("慢", "等。"), wrong("坏", "修。")],
            1,
            [
                "有问题  第0项       坏[2J",
                "                    怎么办：修。",
                "留意    第1项       慢",
                "                    怎么办：等。",
                "有问题  第2项       坏",
                "                    怎么办：修。",
                "",
                "有问题 2 项，留意 1 项。按“怎么办”仍解决不了的，请把以上各行发给程序的维护者。",
            ],
        ),
    ],
)
def test_the_page_and_its_exit_code(
    findings: list[object], code: int, rows: list[str], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "CHECKS", fixed(*findings))
    ran = call("doctor")
    first, blank, *rest = ran.out.splitlines()
    assert first.startswith(f"jieyue {jieyue_cli.__version__}，")
    assert (blank, rest, ran.err, ran.code) == ("", rows, "", code)


@pytest.mark.parametrize(
    ("columns", "broken"),
    [(120, [30, 10]), (80, [30, 10]), (60, [20, 20]), (40, [10, 10, 10, 10]), (20, [10, 10, 10, 10])],
)
def test_rows_are_broken_for_the_window(
    columns: int, broken: list[int], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "CHECKS", fixed(remark("慢" * 40, "等。")))
    monkeypatch.setattr("jieyue_cli.terminal.console.columns", lambda: columns)
    assert [line.count("慢") for line in call("doctor").out.splitlines() if "慢" in line] == broken


def test_this_computer_is_looked_at_and_left_as_it_is(call: Call, tmp_path: Path) -> None:
    ran = call("doctor")
    assert (ran.code in {0, 1}, ran.err) == (True, "")
    assert max(map(cells, ran.out.splitlines())) <= 80
    rows = re.findall(r"^(好|留意|有问题) {2,}(\S+) ", ran.out, re.MULTILINE)
    assert [name for _, name in rows] == [check.name for check in checks.CHECKS]
    sound = {"版本", "程序文件", "评价标准", "依赖的库", "当前文件夹", "日期时间"}
    assert {name for state, name in rows if state == "好"} >= sound
    assert not list(tmp_path.iterdir())
