"""Files are written whole or not at all; names for agencies' forms hold on every system."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jieyue_cli.files import output
from jieyue_cli.form.blank.naming import file_names
from jieyue_cli.problems import Code, Problem

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def code(problem: Problem | None) -> Code | None:
    return problem.code if problem else None


# -- writing -------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "汇总.json"
    for data in (b"first", b"second"):
        assert output.write(target, data) is None
        assert target.read_bytes() == data
        assert [path.name for path in target.parent.iterdir()] == ["汇总.json"]


@pytest.mark.parametrize("number", [13, 28, 5])
def test_a_failing_write_keeps_what_was_there(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "汇总.json"
    target.write_bytes(b"old")

    def fails(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "replace", fails)
    problem = output.write(target, b"new")
    assert code(problem) is (Code.OUTPUT_NO_SPACE if number == 28 else Code.OUTPUT_REFUSED)
    assert problem is not None
    assert problem.location.file == str(target)
    assert (target.read_bytes(), len(list(tmp_path.iterdir()))) == (b"old", 1)


def test_an_interruption_leaves_no_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.write(tmp_path / "汇总.json", b"new")
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_new_file_may_be_read_by_those_the_user_lets_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        output.write(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    assert output.write(tmp_path / "link.json", b"new") is None
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_what_stands_in_the_way_is_known_beforehand(tmp_path: Path) -> None:
    (tmp_path / "交表" / "里").mkdir(parents=True)
    (tmp_path / "交表" / "表.xlsx").write_bytes(b"form")
    (tmp_path / "old.json").write_bytes(b"old")
    inputs = [tmp_path / "交表", tmp_path / "名录.csv"]
    for name, expected in {
        "new.json": None,
        "a/b/new.json": None,
        "old.json": None,
        "交表.json": None,
        "交表": Code.OUTPUT_IS_FOLDER,
        "old.json/new.json": Code.OUTPUT_IS_FOLDER,
        "交表/表.xlsx": Code.OUTPUT_IS_INPUT,
        "交表/新.xlsx": Code.OUTPUT_IS_INPUT,
        "交表/里/新.json": Code.OUTPUT_IS_INPUT,
        "名录.csv": Code.OUTPUT_IS_INPUT,
        "x" * 300: Code.OUTPUT_NAME,
    }.items():
        assert code(output.check(tmp_path / name, inputs=inputs)) is expected, name
    assert code(output.check(tmp_path / "old.json", replace=False)) is Code.OUTPUT_EXISTS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.json", "交表"]


@POSIX
def test_devices_and_pipes_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert code(output.check(tmp_path / "pipe")) is Code.OUTPUT_REFUSED
    assert code(output.check(Path("/dev/null"))) is Code.OUTPUT_REFUSED


@POSIX
def test_an_input_is_known_by_any_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"form")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "表.xlsx")
    assert code(output.check(tmp_path / "link.xlsx", inputs=[tmp_path / "表.xlsx"])) is Code.OUTPUT_IS_INPUT


# -- names ---------------------------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=80), max_size=12))
@example(["CON", "con.", "nul.x", "aux", "a/b", "a\\b", "a:b", "a?b", "", " ", ".", "..", "A", "a", "Ａ"])
@example(["示例市财政局", "示例市财政局", "示例市财政局（2）", "单" * 200, "单" * 201])
@example(["x" * 59 + ".", "x" * 59 + " ", "COM1", "lpt9.txt", "com¹", "con\u3000", "\ud800"])
def test_every_name_is_a_file_name_on_every_system(names: list[str]) -> None:
    made = list(file_names(names, ".xlsx"))
    assert len(made) == len(names)
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        stem = name.removesuffix(".xlsx")
        assert name == stem + ".xlsx"
        assert stem
        assert stem == stem.strip(" .")
        assert not set(stem) & set('<>:"/\\|?*')
        assert not any(ord(char) < 32 or ord(char) == 127 for char in stem)
        assert stem.partition(".")[0].rstrip(" ").casefold() not in RESERVED
        assert len(name.encode("utf-8")) <= 255


def test_a_usual_name_is_kept() -> None:
    names = ["示例市财政局", "共青团示例市委员会", "示例市总工会（机关）"]
    assert list(file_names(names, ".xlsx")) == [f"{name}.xlsx" for name in names]
