"""Only a console window that the program opened for itself is kept until a key is pressed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jieyue_cli.cli.app import run
from jieyue_cli.terminal import window
from program import Call

OWN_WINDOW = [
    # frozen into, started by, in an environment, processes on the console → whether the window is the program's own
    (r"C:\节约\_internal", r"C:\节约\jieyue.exe", False, 1, True),
    (r"C:\节约\_internal", r"C:\节约\jieyue.exe", False, 2, False),
    (r"C:\Temp\_MEI12", r"C:\节约\jieyue.exe", False, 2, True),
    (r"C:\Temp\_MEI12", r"C:\节约\jieyue.exe", False, 3, False),
    (None, r"C:\venv\Scripts\jieyue.exe", True, 3, True),
    (None, r"C:\venv\Scripts\jieyue.exe", True, 4, False),
    (None, r"C:\Python\Scripts\jieyue.EXE", False, 2, True),
    (None, r"C:\Python\Scripts\jieyue.EXE", False, 3, False),
    (None, r"C:\src\__main__.py", False, 1, True),
    (None, r"C:\src\__main__.py", False, 2, False),
    (r"C:\节约\_internal", r"C:\节约\jieyue.exe", False, 0, False),  # there is no console
]


@pytest.mark.parametrize(("frozen", "program", "environment", "attached", "own"), OWN_WINDOW)
def test_whose_window_it_is(
    frozen: str | None, program: str, environment: object, attached: int, own: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", frozen is not None, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", frozen, raising=False)
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(sys, "argv", [program])
    monkeypatch.setattr(sys, "prefix", sys.base_prefix + "/venv" if environment else sys.base_prefix)
    assert window.is_alone(lambda: attached) is own


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done: the window is the program's own, and a key is pressed at once."""
    pressed: list[str] = []
    monkeypatch.setattr(window, "is_own", lambda: True)
    monkeypatch.setattr(window, "_pressed", lambda: pressed.append("key"))
    return pressed


def test_the_windows_own_guidance_tells_that_files_may_be_dropped(call: Call, pressed: list[str]) -> None:
    ran = call()
    assert ran.out.endswith("也可以把交回的表、整个文件夹或压缩包拖到本程序的图标上，直接看结果。\n")
    assert (ran.err, pressed) == ("\n按任意键关闭窗口……\n", ["key"])


@pytest.mark.parametrize("line", [["没有.xlsx"], ["空.xlsx"], ["空.xlsx", "--nosuch"]])
def test_a_window_stays_after_whatever_was_dropped(
    line: list[str], call: Call, pressed: list[str], tmp_path: Path
) -> None:
    (tmp_path / "空.xlsx").touch()
    ran = call(*line)
    assert ran.code in {1, 2}
    assert ran.err.endswith("\n\n按任意键关闭窗口……\n")
    assert pressed == ["key"]


def test_a_fault_of_our_own_is_shown_before_the_window_closes(
    pressed: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(window, "_pressed", lambda: shown.append(capfd.readouterr().err))
    monkeypatch.setattr("jieyue_cli.cli.next_step.next_step", lambda **_: dict[str, int]()["fault"])
    with pytest.raises(SystemExit, match="1"):
        run([])
    assert "KeyError: 'fault'\n\n按任意键关闭窗口……\n" in shown[0]


def test_a_lost_part_of_the_program_is_told_before_the_window_closes(
    pressed: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jieyue_cli.guidance.looking", None)
    with pytest.raises(SystemExit, match="2"):
        run([])
    told = capfd.readouterr().err
    assert told.startswith("程序不完整：")
    assert told.endswith("\n\n按任意键关闭窗口……\n")
    assert "Traceback" not in told
    assert pressed == ["key"]


@pytest.mark.parametrize("line", ["--help", "score", "nosuch", "rubric show"])
def test_a_command_never_waits(line: str, call: Call, pressed: list[str]) -> None:
    call(*line.split())
    assert pressed == []


@pytest.mark.skipif(sys.platform == "win32", reason="says what holds elsewhere")
def test_only_windows_has_such_windows() -> None:
    assert not window.is_own()
