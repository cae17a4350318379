"""Files that are open in Excel, read-only, on a share that is gone, or the same under another name."""

from __future__ import annotations

import builtins
import errno
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jieyue_cli.batch.discover import discover
from jieyue_cli.files import output
from jieyue_cli.files.appending import append
from jieyue_cli.files.digest import Digester
from jieyue_cli.files.source import Archives, Source, read, why_not
from jieyue_cli.problems import Code, Problem
from program import Call
from returns import hand_in, returned

HELD, LOCKED, DENIED, NO_SHARE = 32, 33, 5, 53
"""What Windows calls a sharing violation, a locked part of a file, no access, and a server that does not answer."""


def refused(number: int) -> OSError:
    """An error as Windows raises it."""
    error = OSError({NO_SHARE: errno.ENOENT}.get(number, errno.EACCES), "no")
    error.winerror = number  # type: ignore[attr-defined]  # only Windows has it
    return error


def code(problem: Problem | None) -> Code | None:
    return problem.code if problem else None


@pytest.fixture
def opened_in_excel(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """What makes a file refuse to be opened, as one does that Excel has open."""
    real = io.open

    def hold(path: Path) -> None:
        def held(file: Any, *arguments: Any, **more: Any) -> Any:
            if not isinstance(file, int) and Path(file) == path:
                raise refused(HELD)
            return real(file, *arguments, **more)

        monkeypatch.setattr(io, "open", held)
        monkeypatch.setattr(builtins, "open", held)

    return hold


# -- open elsewhere -------------------------------------------------------------------------------------------


def test_a_form_that_is_open_in_excel_is_told_as_such(opened_in_excel: Callable[[Path], None], tmp_path: Path) -> None:
    hand_in(tmp_path, "示例市财政局")
    opened_in_excel(tmp_path / "示例市财政局.xlsx")
    assert code(read(Source(str(tmp_path / "示例市财政局.xlsx")), 1 << 20, Archives())[1]) is Code.FILE_HELD
    found = Digester().digest(Source(str(tmp_path / "示例市财政局.xlsx")))
    assert found.problem is not None
    assert "被其他程序占用" in found.problem.message


def test_an_archive_and_a_paper_that_are_open_cost_only_themselves(
    opened_in_excel: Callable[[Path], None], tmp_path: Path
) -> None:
    hand_in(tmp_path, "示例市财政局")
    (tmp_path / "通知.txt").write_bytes(b"open in an editor that shares nothing")
    opened_in_excel(tmp_path / "通知.txt")
    found = discover([tmp_path])
    assert [problem.code for problem in found.problems] == [Code.FILE_HELD]
    assert [Path(source.name).name for source in found.sources] == ["示例市财政局.xlsx"]


def test_a_batch_goes_on_past_a_form_that_is_open(opened_in_excel: Callable[[Path], None], call: Call) -> None:
    hand_in(Path("交表"), "示例市财政局")
    opened_in_excel(Path("名录.csv"))
    Path("名录.csv").touch()
    ran = call("batch", "交表", "--roster", "名录.csv", "-o", "汇总.json")
    assert (ran.code, Path("汇总.json").exists()) == (2, False)
    assert "多半是 Excel 或 WPS 正开着它" in ran.err.replace("\n", "").replace(" 　", "")


def test_a_report_that_is_open_is_told_before_any_work_and_stays(
    opened_in_excel: Callable[[Path], None], call: Call
) -> None:
    hand_in(Path("交表"), "示例市财政局")
    Path("汇总.xlsx").write_bytes(b"old")
    opened_in_excel(Path("汇总.xlsx"))
    assert code(output.check(Path("汇总.xlsx"))) is Code.OUTPUT_HELD
    ran = call("batch", "交表", "-o", "汇总.xlsx")
    assert (ran.code, ran.out, "原来的没有动" in ran.err.replace("\n", "").replace(" ", "")) == (2, "", True)
    assert [(path.name, path.stat().st_size) for path in Path.cwd().glob("*.*")] == [("汇总.xlsx", 3)]


@pytest.mark.parametrize(
    ("winerror", "times", "expected", "tries"),
    [
        (HELD, 1, None, 2),
        (LOCKED, 4, None, 5),
        (DENIED, 2, None, 3),
        (HELD, 9, Code.OUTPUT_HELD, 5),
        (LOCKED, 9, Code.OUTPUT_HELD, 5),
        (DENIED, 9, Code.OUTPUT_REFUSED, 5),
        (None, 9, Code.OUTPUT_REFUSED, 1),
    ],
)
def test_what_a_scanner_holds_for_a_moment_is_tried_again(
    winerror: int | None,
    times: int,
    expected: Code | None,
    tries: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "汇总.json"
    target.write_bytes(b"old")
    slept: list[float] = []
    real, tried = Path.replace, [0]

    def replace(self: Path, place: Path) -> Path:
        tried[0] += 1
        if tried[0] <= times:
            raise refused(winerror) if winerror else PermissionError(errno.EACCES, "no")
        return real(self, place)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(output, "sleep", slept.append)
    problem = output.write(target, b"new")
    assert (code(problem), tried[0], len(slept)) == (expected, tries, tries - 1)
    assert sum(slept) < 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old" if expected else b"new"]


def test_a_ledger_that_is_open_is_told_as_such(opened_in_excel: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "台账.jsonl").write_bytes(b"x\n")
    opened_in_excel(tmp_path / "台账.jsonl")
    assert code(append(tmp_path / "台账.jsonl", 2, b"y\n")) is Code.OUTPUT_HELD


def test_lock_files_say_that_somebody_has_the_form_open(call: Call) -> None:
    hand_in(Path("交表"), "示例市财政局")
    Path("交表/~$示例市财政局.xlsx").write_bytes(b"\x06office")
    ran = call("batch", "交表")
    assert (ran.code, "可能有人正打开着原表" in ran.err) == (0, True)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refused(HELD), Code.FILE_HELD),
        (refused(LOCKED), Code.FILE_HELD),
        (refused(DENIED), Code.FILE_UNREADABLE),
        (refused(NO_SHARE), Code.FILE_MISSING),
        (PermissionError(errno.EACCES, "no"), Code.FILE_UNREADABLE),
        (UnicodeEncodeError("ascii", "表", 0, 1, "no"), Code.FILE_MISSING),
    ],
)
def test_why_a_file_cannot_be_read(error: OSError | ValueError, expected: Code) -> None:
    assert why_not(error) is expected


# -- read-only ------------------------------------------------------------------------------------------------


def test_a_read_only_report_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "汇总.json").write_bytes(b"old")
    (tmp_path / "汇总.json").chmod(0o444)
    assert code(output.check(tmp_path / "汇总.json")) is Code.OUTPUT_READ_ONLY


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tried = Path.open, [0]

    def refusing(self: Path, mode: str = "r", *arguments: Any, **more: Any) -> Any:
        if "x" in mode:
            tried[0] += 1
            raise refused(DENIED) from None
        return real(self, mode, *arguments, **more)

    monkeypatch.setattr(Path, "open", refusing)
    begun = time.monotonic()
    assert code(output.check(tmp_path / "汇总.json")) is Code.OUTPUT_NO_ACCESS
    assert (tried[0], time.monotonic() - begun < 0.5) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_what_a_closed_window_left_behind_is_no_form(tmp_path: Path) -> None:
    hand_in(tmp_path, "示例市财政局")
    (tmp_path / ".0123456789ab.part").write_bytes(returned("示例市教育局"))
    assert [Path(source.name).name for source in discover([tmp_path]).sources] == ["示例市财政局.xlsx"]


def test_a_check_leaves_nothing_behind(tmp_path: Path) -> None:
    assert output.check(tmp_path / "新的" / "汇总.json") is None
    assert list(tmp_path.iterdir()) == []


# -- shares and drives ----------------------------------------------------------------------------------------


def test_a_drive_or_a_share_that_is_not_there_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert code(output.check(Path("/没有的盘/汇总.json"))) is Code.OUTPUT_NOWHERE


def test_a_share_that_goes_away_while_a_report_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise refused(NO_SHARE)

    monkeypatch.setattr(Path, "mkdir", gone)
    assert code(output.write(tmp_path / "a" / "汇总.json", b"")) is Code.OUTPUT_REFUSED


# -- twins ----------------------------------------------------------------------------------------------------


@pytest.fixture
def without_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that finds a name whatever the case of its letters, as those of Windows and macOS do."""
    real = os.stat

    def found(path: Any, *arguments: Any, **more: Any) -> os.stat_result:
        try:
            return real(path, *arguments, **more)
        except OSError:
            whole = Path(os.path.abspath(path))  # noqa: PTH100 -- pathlib would ask for the file
            for there in whole.parent.iterdir():
                if there.name.casefold() == whole.name.casefold():
                    return real(there, *arguments, **more)
            raise

    monkeypatch.setattr(os, "stat", found)


def test_an_input_in_another_case_is_an_input(tmp_path: Path, without_capitals: None) -> None:
    hand_in(tmp_path / "Forms", "A")
    inputs = [tmp_path / "Forms"]
    assert code(output.check(tmp_path / "forms" / "new.json", inputs=inputs)) is Code.OUTPUT_IS_INPUT
    assert code(output.check(tmp_path / "Forms" / "a.XLSX", inputs=[tmp_path / "Forms" / "A.xlsx"])) is (
        Code.OUTPUT_IS_INPUT
    )
    assert output.same(tmp_path / "FORMS" / "a.xlsx", tmp_path / "Forms" / "A.xlsx")


def test_what_is_not_there_yet_is_compared_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "A.xlsx").write_bytes(b"form")
    assert code(output.check(tmp_path / "a.xlsx", inputs=[tmp_path / "A.xlsx"])) is Code.OUTPUT_IS_INPUT
    assert output.same(tmp_path / "新的" / "A.json", tmp_path / "新的" / "x" / ".." / "a.json")
    assert not output.same(tmp_path / "甲" / "a.json", tmp_path / "乙" / "a.json")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot hold both")
def test_two_files_that_are_there_are_two(tmp_path: Path) -> None:
    for name in ("A.xlsx", "a.xlsx"):
        (tmp_path / name).write_bytes(b"form")
    assert output.check(tmp_path / "a.xlsx", inputs=[tmp_path / "A.xlsx"]) is None
    (tmp_path / "b.xlsx").hardlink_to(tmp_path / "A.xlsx")
    assert code(output.check(tmp_path / "b.xlsx", inputs=[tmp_path / "A.xlsx"])) is Code.OUTPUT_IS_INPUT


def test_members_of_an_archive_may_be_called_anything(call: Call) -> None:
    with zipfile.ZipFile("returns.zip", "w") as archive:
        for name in ("CON.xlsx", "自评表:1.xlsx", "a.xlsx", "A.xlsx", "..\\..\\b.xlsx"):
            archive.writestr(name, returned(f"示例市{name[0]}{name.count('.')}{name.islower()}局"))
    ran = call("batch", "returns.zip", "-o", "汇总.json", "--quiet")
    assert ran.code == 0
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["returns.zip", "汇总.json"]
