"""Consoles and files of an old Chinese Windows: in GBK every character has a width of its own, and many are missing."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.text import Text

from jieyue_cli.cli.app import run as called
from jieyue_cli.report.console.look import Entry, Head, Ledger, OneLine, Page, Prose, table
from jieyue_cli.terminal import console
from jieyue_cli.text.typesetting import cells, cells_of_old_console
from program import environment, run
from returns import hand_in, returned

AGENCY = "示例市“回头看”·某某办公室（联络处）"
"""With characters that an old console shows wider than a new one."""
COMMANDS = (
    "--help",
    "template --help",
    "score 交表/甲.xlsx",
    "score --detail 交表/甲.xlsx",
    "batch 交表 --roster 名录.csv",
    "evidence 交表 --roster 名录.csv",
    "verify plan 交表 --roster 名录.csv --seed 2020",
    "plan 交表 --roster 名录.csv",
    "ledger record 台账.jsonl 交表 --roster 名录.csv --year 2020",
    "ledger show 台账.jsonl",
    "compare 交表 往年",
    "compare 交表/甲.xlsx 往年/甲.xlsx",
    "roster check 名录.csv",
    "rubric show",
    "rubric diff standard_2020 standard_2020",
    "letter 反馈函 交表 -o 函",
    "feedback 交表 -o 反馈",
)


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def shown(*arguments: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, bytes, bytes]:
    """A command in this process, its streams in an encoding; as it would print into a file."""
    out, err = io.BytesIO(), io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setenv("PYTHONIOENCODING", encoding)
        patched.setattr(sys, "stdout", io.TextIOWrapper(out, encoding, newline="\n"))
        patched.setattr(sys, "stderr", io.TextIOWrapper(err, encoding, newline="\n"))
        code = called(list(arguments))
        sys.stdout.flush()
        sys.stderr.flush()
        return code, out.getvalue(), err.getvalue()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forms of two years with something of everything to tell."""
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "往年", "示例市财政局")
    (tmp_path / "交表").mkdir()
    poor = {"2.2.1": "✓", "5.1.1": "若干", "3.2.1": "否", "1.1.1": "否", "4.1.1": "“是”"}
    forms = {
        "往年/甲": returned(AGENCY),
        "交表/甲": returned(AGENCY, poor),
        "交表/乙": returned("示例市\U0001f33f局"),
        "交表/丙": returned("示例局", {}, {"2.2.3": "2"}),
    }
    for place, data in forms.items():
        (tmp_path / f"{place}.xlsx").write_bytes(data)
    (tmp_path / "名录.csv").write_text(f"单位名称,备注…\n{AGENCY}\n示例市财政局\n示例局\n", "utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("office")
def test_no_page_is_wider_than_an_old_console(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if command == "ledger show 台账.jsonl":
        shown(*COMMANDS[COMMANDS.index(command) - 1].split(), encoding="gbk", monkeypatch=monkeypatch)
    code, out, err = shown(*command.split(), encoding="gbk", monkeypatch=monkeypatch)
    assert code in {0, 1}
    assert out + err
    # a byte of GBK is a cell of the console; a line that is said is no part of a table
    said = ("已写入", "写好反馈")
    wide = [line for line in (out + err).decode("gbk").split("\n") if len(line.encode("gbk")) > 80]
    assert [line for line in wide if not line.startswith(said)] == []
    assert "?" not in (out + err).decode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "gb18030", "utf-8", "ascii", "cp1252", "big5"])
@pytest.mark.usefixtures("office")
def test_no_encoding_ends_a_run(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = shown("score", "交表/甲.xlsx", "交表/乙.xlsx", encoding=encoding, monkeypatch=monkeypatch)
    assert code == 1
    assert "82" in out.decode(encoding) + err.decode(encoding)


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize(
    "command",
    ["score 交表/乙.xlsx --format json", "score 交表/乙.xlsx --format csv", "rubric show --format markdown", "schema"],
)
@pytest.mark.usefixtures("office")
def test_what_is_printed_for_programs_is_utf_8_everywhere(
    command: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = shown(*command.split(), encoding=encoding, monkeypatch=monkeypatch)
    assert here == shown(*command.split(), encoding="utf-8", monkeypatch=monkeypatch)
    assert "\r" not in here[1].decode("utf-8-sig") or "csv" in command
    if "json" in command:
        assert json.loads(here[1])["results"][0]["agency"]["name"] == "示例市\U0001f33f局"


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LANG": "C"}],
)
@pytest.mark.skipif(sys.platform == "win32", reason="locales of POSIX")
def test_a_locale_without_chinese_shows_chinese_all_the_same(settings: dict[str, str], tmp_path: Path) -> None:
    given = {name: value for name, value in environment().items() if name not in {"PYTHONIOENCODING", "LC_ALL", "LANG"}}
    command = [sys.executable, "-m", "jieyue_cli"]
    (tmp_path / "form.xlsx").write_bytes(returned("示例市财政局"))
    for arguments, code, words in (
        (["score", "form.xlsx"], 0, "单位  示例市财政局"),
        (["score", "没有.xlsx"], 1, "找不到这个文件"),
        (["template"], 2 if len(settings) > 1 else 0, "自评打分表.xlsx"),
    ):
        ran = subprocess.run(
            [*command, *arguments],
            cwd=tmp_path,
            env={**given, **settings},
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert (ran.returncode, words in (ran.stdout + ran.stderr).decode()) == (code, True), ran.stderr.decode()


@pytest.mark.slow
def test_a_real_console_of_gbk_is_written_to_in_gbk(office: Path) -> None:
    program = [sys.executable, "-m", "jieyue_cli"]
    ran = run("batch", "交表", "--roster", "名录.csv", cwd=office, encoding="cp936", program=program)
    assert (ran.code, AGENCY[:8] in ran.stdout.decode("gbk")) == (1, True)


# -- what stands in for what --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "in_gbk"),
    [
        ("✓✔☑ ✗✘☒", "√√√ ×××"),
        ("•–‑−", "·–--"),
        ("a\u00a0b\u2003c", "a b c"),
        ("x²㎥", "x2m3"),
        ("\U0001f33f\U00020bb7é", "？？é"),
        ("\u0e01", "?"),
        ("“”…—→★℃█▓▁▇·", "“”…—→★℃█▓▁▇·"),
    ],
)
def test_a_like_character_or_a_mark_of_the_same_width(text: str, in_gbk: str) -> None:
    console.survive_any_encoding()
    assert text.encode("gbk", "jieyue-nearest").decode("gbk") == in_gbk


def test_only_a_missing_character_is_replaced() -> None:
    console.survive_any_encoding()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("gbk", "jieyue-nearest")


@pytest.mark.parametrize(
    ("page", "given", "encoding"),
    [
        (936, {}, "cp936"),
        (950, {}, "cp950"),
        (65001, {}, "utf-8"),
        (437, {}, "utf-8"),
        (None, {}, "utf-8"),
        (936, {"WT_SESSION": "1"}, "utf-8"),
        (936, {"TERM_PROGRAM": "vscode"}, "utf-8"),
    ],
)
def test_an_old_console_of_windows_is_known_by_its_code_page(
    page: int | None, given: dict[str, str], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "_code_page", lambda: page)
    for name in ("WT_SESSION", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert console.spoken(Terminal(io.BytesIO(), "utf-8")) == encoding
    assert console.spoken(io.TextIOWrapper(io.BytesIO(), "gbk")) == "gbk"


def test_an_old_console_gets_the_layout_of_gbk_though_python_speaks_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    for name in ("WT_SESSION", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    widest = []
    for page in (936, None):
        monkeypatch.setattr(console, "_code_page", lambda page=page: page)
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", Terminal(out, "utf-8", newline="\n"))
        console.show(Page(Prose("“甲”“乙”" * 20)))
        sys.stdout.flush()
        text = re.sub("\x1b.*?m", "", out.getvalue().decode())
        widest.append(max(map(cells_of_old_console, text.split("\n"))))
    assert widest[0] <= 40 < widest[1]


@pytest.mark.parametrize(("encoding", "measured"), [("gbk", cells_of_old_console), ("utf-8", cells)])
def test_columns_stand_where_they_should_on_both_kinds_of_console(
    encoding: str, measured: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["甲乙丙丁", "“甲”", "…→★", "a"]
    grid = table()
    for head in ("一", "二", "三"):
        grid.add_column(head)
    for name in rows:
        grid.add_row(Prose(name), Prose(name * 2), "末")
    entries = [Entry([name, "1"], Text("末")) for name in rows]
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding, newline="\n"))
    console.show(Page(grid), Page(Ledger([Head("名"), Head("数"), Head("文")], entries)), Page(OneLine("“一”" * 40)))
    sys.stdout.flush()
    lines = out.getvalue().decode(encoding).splitlines()
    ends = [measured(line) for line in lines if line.endswith("末")]
    assert len(ends) == 2 * len(rows)
    assert len(set(ends[: len(rows)])) == len(set(ends[len(rows) :])) == 1
    assert max(map(measured, lines)) in {79, 80}
