"""The line of a progress bar: what it says, how it gives way on narrow terminals, and how it keeps out of the way."""

from __future__ import annotations

import io
import sys
import time
from itertools import pairwise

import pytest

from jieyue_cli.terminal import bar, console
from jieyue_cli.terminal.bar import Bar, State, line
from jieyue_cli.text.typesetting import cells

QUICK = State("读取", 1250, 5000, "份", 302.4, 4)
SLOW = State("写函", 3, 40, "份", 0.125, 24)
UNKNOWN = State("查找文件", 812, None, "个", 0, 7)
WORKING = State("排版", 0, None, "", 0, 3)


@pytest.mark.parametrize(
    ("state", "width", "shown"),
    [
        (QUICK, 500, "读取  [#######-----------------------]  1250/5000  302 份/秒  还需 13 秒"),
        (QUICK, 80, "读取  [#######-----------------------]  1250/5000  302 份/秒  还需 13 秒"),
        (QUICK, 60, "读取  [####-------------]  1250/5000  302 份/秒  还需 13 秒"),
        (QUICK, 47, "读取  [###------------]  1250/5000  还需 13 秒"),
        (QUICK, 40, "读取  [##------]  1250/5000  还需 13 秒"),
        (QUICK, 30, "读取  1250/5000  还需 13 秒"),
        (QUICK, 20, "读取  1250/5000"),
        (QUICK, 12, "1250/5000"),
        (QUICK, 5, ""),
        (QUICK, 1, ""),
        (SLOW, 80, "写函  [##----------------------------]  3/40  8.0 秒/份  还需 4 分 56 秒"),
        (UNKNOWN, 80, "查找文件  [       ##########             ]  812 个  已 7 秒"),
        (UNKNOWN, 20, "查找文件  812 个"),
        (WORKING, 40, "排版  [            #######   ]  已 3 秒"),
        (State("读取", 0, 15, "份", 0, 0), 80, "读取  [------------------------------]  0/15"),
        (State("读取", 15, 15, "份", 9.04, 2), 80, "读取  [##############################]  15/15  9.0 份/秒"),
        (State("读取", 0, 0, "份", 0, 0), 80, "读取  [##############################]  0/0"),
        (State("读取", 1, 9000, "份", 0.5, 2), 24, "读取  1/9000"),
        (State("读取", 1, 9000, "份", 0.5, 2), 36, "读取  1/9000  还需 4 小时 59 分"),
    ],
)  # fmt: skip
def test_a_line_says_what_fits(state: State, width: int, shown: str) -> None:
    assert line(state, width).rstrip() == shown


def test_no_line_is_wider_than_its_terminal_and_every_console_has_its_characters() -> None:
    for state in (QUICK, SLOW, UNKNOWN, WORKING):
        lines = [line(state, width) for width in range(1, 200)]
        assert all(cells(text) < width for width, text in enumerate(lines, 1))
        assert all(cells(less) <= cells(more) or "[" in less for less, more in pairwise(lines))
        assert [text.encode("gbk").decode("gbk") for text in lines] == lines


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def shown_on(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make stderr a terminal, on which the bar is drawn often."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(bar, "_REDRAWN", 0.01)
    console.quiet(wanted=False)
    return made


def wait_for(screen: Terminal, words: str) -> None:
    """Let the bar be drawn until it says this."""
    end = time.monotonic() + 20
    while words not in screen.getvalue() and time.monotonic() < end:
        time.sleep(0.005)
    assert words in screen.getvalue()


def test_the_bar_stands_aside_for_what_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(monkeypatch)
    with console.counting("读取", 2) as advance:
        first = screen.getvalue()
        console.say("提醒")
        said = screen.getvalue().removeprefix(first)
        advance()
        wait_for(screen, "1/2")
    empty = "\r" + " " * (cells(first.strip()) + 2) + "\r"
    assert first == "\r读取  [------------------------------]  0/2"
    assert said.startswith(f"{empty}提醒\n")
    *_, last = screen.getvalue().rstrip("\r").split("\r")
    assert last.strip() == ""


def test_work_of_unknown_length_is_shown_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(monkeypatch)
    with console.working("排版"):
        pass
    assert screen.getvalue() == ""
    monkeypatch.setattr(bar, "_QUIETLY", 0.01)
    with console.working("排版"):
        wait_for(screen, "排版")


def test_one_bar_is_shown_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(monkeypatch)
    with console.counting("读取", 2), console.counting("写函", 2) as advance:
        advance()
    assert "写函" not in screen.getvalue()


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_nothing_is_drawn_where_nothing_can_be_written_over(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(monkeypatch)
    monkeypatch.setenv("TERM", term)
    with console.counting("读取", 2) as advance:
        advance()
    assert screen.getvalue() == ""


def test_a_terminal_that_is_gone_ends_no_work() -> None:
    class Gone(Terminal):
        def write(self, _: str) -> int:
            raise OSError(5, "Input/output error")

    shown = Bar(Gone(), "读取", 2, "份")
    with shown.shown():
        shown.advance()
    assert shown.done == 1


def test_without_a_thread_the_line_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(monkeypatch)

    def refused(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refused)
    with console.counting("读取", 2) as advance:
        advance()
    assert screen.getvalue().count("0/2") == 1


def test_who_takes_what_is_said_may_go_while_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", Closed())
    monkeypatch.setattr(sys, "stdout", out)
    console.say("提醒")
    console.tell("提醒")
    console.show("得分")
    assert out.getvalue() == "得分\n"
    sys.stderr.close()
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(BrokenPipeError):
        console.spell("得分")
