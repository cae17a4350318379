"""What a signal does: ends at once, is noted, or waits until what is held is whole."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from jieyue_cli import interruption
from jieyue_cli.files import output
from jieyue_cli.processes import affordable


@pytest.fixture(autouse=True)
def _watched() -> Iterator[None]:
    with interruption.watched():
        yield


def press(number: int = signal.SIGINT) -> None:
    signal.raise_signal(number)


SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]


@pytest.mark.parametrize("number", SIGNALS)
def test_every_signal_ends_what_is_under_way(number: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        press(number)
    assert interruption.asked()
    assert interruption.cause() == ("Ctrl-C" if number == signal.SIGINT else "结束信号")


def test_the_first_is_noted_and_the_second_ends() -> None:
    acts: list[str] = []
    with interruption.noticed(lambda: acts.append("a")), interruption.noticed(lambda: acts.append("b")):
        press()
        assert acts == ["a", "b"]
        with pytest.raises(KeyboardInterrupt):
            press()
    assert acts == ["a", "b"]


def test_what_is_held_is_finished_before_the_run_ends() -> None:
    done: list[int] = []

    def write() -> None:
        with interruption.held():
            press()
            done.append(1)
        done.append(2)

    with pytest.raises(KeyboardInterrupt):
        write()
    assert done == [1]


def test_what_is_held_inside_work_that_ends_by_itself_leaves_the_end_to_it() -> None:
    with interruption.noticed():
        with interruption.held():
            press()
        assert interruption.asked()
    with interruption.held():  # asked for earlier: whoever goes on after that wants to write what is finished
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no masks of signals")
def test_a_blocked_signal_waits() -> None:
    done: list[int] = []

    def start() -> None:
        with interruption.blocked():
            press()
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        start()
    assert done == [1]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()


class Deleted:
    """Its deletion is interrupted, where Python can only print what was raised."""

    def __del__(self) -> None:
        """Be interrupted."""
        press()


def test_an_interruption_that_python_loses_comes_again(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        found = Deleted()
        del found
        time.sleep(5)

    # once more, for pytest 8 has taken the hook since the fixture did
    with interruption.watched(), pytest.raises(KeyboardInterrupt):
        work()
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_program_started_with_nohup_outlives_its_terminal() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interruption.watched():
            os.kill(os.getpid(), signal.SIGHUP)
            assert not interruption.asked()
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no trying")
def test_an_interruption_while_the_system_is_tried_leaves_no_thread_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = iter(range(5))
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        if next(started) == 4:
            raise KeyboardInterrupt

    before = threading.active_count()
    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt):
        affordable(2)
    end = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.005)
    assert threading.active_count() == before


def at_line(number: int) -> Callable[[FrameType, str, Any], Any]:
    """What presses Ctrl-C as the given line run of the module that writes files begins."""
    left = iter(range(number, -1, -1))

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != output.__file__:
            return None
        if event == "line" and next(left, None) == 0:
            press()
        return trace

    return trace


@pytest.mark.parametrize("act", [output.check, lambda path: output.write(path, b"x")], ids=["check", "write"])
def test_wherever_an_interruption_comes_no_unfinished_file_stays(act: Callable[[Path], object], tmp_path: Path) -> None:
    before = sys.gettrace()
    ended = 0
    for number in range(10_000):
        with interruption.watched():
            sys.settrace(at_line(number))
            try:
                act(tmp_path / "表.xlsx")
            except KeyboardInterrupt:
                ended += 1
            finally:
                sys.settrace(before)
            if not interruption.asked():
                break
        assert not [path.name for path in tmp_path.iterdir() if output.is_part(path.name)], number
    assert ended > 20


def test_an_interruption_that_a_library_put_into_words_is_one() -> None:
    fault = ValueError('Error building "literal" validator:\n  KeyboardInterrupt: ')
    assert not interruption.told_by(fault)
    with pytest.raises(KeyboardInterrupt):
        press()
    assert interruption.told_by(fault)
    assert not interruption.told_by(ValueError("x"))
