"""What is printed, where, on terminals and elsewhere."""

from __future__ import annotations

import io
import sys

import pytest
from rich.text import Text

from jieyue_cli.report.console.look import Page
from jieyue_cli.terminal import console


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def caught(monkeypatch: pytest.MonkeyPatch) -> tuple[io.BytesIO, io.BytesIO]:
    """Put both streams into memory, in an old Chinese console's encoding."""
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "gbk", newline="\n"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, "gbk", newline="\n"))
    return out, err


def test_results_and_remarks_keep_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = caught(monkeypatch)
    console.show("得分")
    console.emit(b"{}\n")
    console.tell("提醒")
    console.say("已写入")
    sys.stdout.flush()
    assert out.getvalue().decode("gbk") == "得分\n{}\n"
    assert err.getvalue().decode("gbk") == "提醒\n已写入\n"


def test_a_character_the_console_lacks_becomes_a_like_one_or_a_question_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, err = caught(monkeypatch)
    console.survive_any_encoding()
    console.show(Text("示例\U0001f33f局 ✓"))
    console.say("半个\ud83c字")
    sys.stdout.flush()
    assert out.getvalue().decode("gbk") == "示例？局 √\n"
    assert err.getvalue().decode("gbk") == "半个?字\n"


def test_text_is_never_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = caught(monkeypatch)
    console.show("[bold]示例市[/bold] :smile: [link=x]")
    sys.stdout.flush()
    assert out.getvalue().decode("gbk") == "[bold]示例市[/bold] :smile: [link=x]\n"


def test_what_is_not_a_terminal_is_80_columns_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = caught(monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")
    console.show("字" * 100)
    sys.stdout.flush()
    assert [len(line) for line in out.getvalue().decode("gbk").splitlines()] == [40, 40, 20]


def test_a_bar_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for kind, drawn in ((Terminal, True), (io.TextIOWrapper, False)):
        err = io.BytesIO()
        monkeypatch.setattr(sys, "stderr", kind(err, "utf-8", newline="\n"))
        with console.counting("读取", 3) as advance:
            for _ in range(3):
                advance()
        sys.stderr.flush()
        assert ("读取" in err.getvalue().decode()) is drawn


def test_a_bar_survives_a_terminal_that_speaks_gbk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    err = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", Terminal(err, "gbk", newline="\n"))
    console.survive_any_encoding()
    with console.counting("读取", 2) as advance:
        advance()
    sys.stderr.flush()
    assert "读取" in err.getvalue().decode("gbk")


def test_nothing_foreign_is_obeyed_by_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "示\u202e例\x9b31m市\x7f\x1b[2J局"
    out, err = caught(monkeypatch)
    console.show(hostile, Page(Text(hostile), hostile))
    console.say(f"{hostile}\n{hostile}")
    sys.stdout.flush()
    assert out.getvalue().decode("gbk") == "示例31m市[2J局\n" * 3
    assert err.getvalue().decode("gbk") == "示例31m市[2J局\n" * 2
