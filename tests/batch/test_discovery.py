"""Which files of a folder are read: every workbook at any depth, whatever it is called, and nothing in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from jieyue_cli.batch.discover import Discovery, discover
from jieyue_cli.problems import Code
from returns import returned

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
FORM = returned("示例市财政局")


def names(found: Discovery, folder: Path) -> list[str]:
    return [source.name.removeprefix(f"{folder.as_posix()}/") for source in found.sources]


def codes(found: Discovery, folder: Path) -> dict[str, Code]:
    return {
        (problem.location.file or "").removeprefix(f"{folder.as_posix()}/"): problem.code for problem in found.problems
    }


def put(folder: Path, *names: str, data: bytes = FORM) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_every_workbook_at_any_depth_in_the_order_of_names(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", "a/z.XLSX", "a/b/c/d.xls", "c.Ods", "d.et", "e.xlsm", "f.xlsb", "深/处/表.xlsx")
    found = discover([tmp_path])
    assert names(found, tmp_path) == sorted(
        ["b.xlsx", "a/z.XLSX", "a/b/c/d.xls", "c.Ods", "d.et", "e.xlsm", "f.xlsb", "深/处/表.xlsx"]
    )
    assert (found.problems, found.skipped) == ((), 0)


def test_a_workbook_is_known_by_its_bytes_where_its_name_says_nothing(tmp_path: Path) -> None:
    put(tmp_path, "自评表", "自评表.dat", "表.bak", "表.zip")
    put(tmp_path, "old", data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert names(discover([tmp_path]), tmp_path) == ["old", "自评表", "自评表.dat", "表.bak", "表.zip"]


def test_a_file_called_a_workbook_is_always_tried(tmp_path: Path) -> None:
    put(tmp_path, "empty.xlsx", data=b"")
    put(tmp_path, "word.xlsx", data=b"%PDF-1.4")
    assert names(discover([tmp_path]), tmp_path) == ["empty.xlsx", "word.xlsx"]


def test_evidence_is_left_alone_and_counted(tmp_path: Path) -> None:
    put(tmp_path, "报告.docx", "报告.wps", "汇报.pptx", "签章.ofd")
    put(tmp_path, "照片.jpg", "说明.txt", "扫描.pdf", "空", data=b"evidence")
    found = discover([tmp_path])
    assert (found.sources, found.problems, found.skipped) == ([], (), 8)


def test_what_programs_leave_behind_is_not_a_form(tmp_path: Path) -> None:
    put(tmp_path, "表.xlsx", "~$表.xlsx", "._表.xlsx", "Thumbs.db", "THUMBS.DB", "desktop.ini", ".DS_Store")
    found = discover([tmp_path])
    assert names(found, tmp_path) == ["表.xlsx"]
    assert codes(found, tmp_path) == {"~$表.xlsx": Code.FILE_LOCK}
    assert found.skipped == 0


@pytest.mark.parametrize("suffix", ["rar", "7z", "tar", "gz", "tgz"])
def test_other_archives_are_named(suffix: str, tmp_path: Path) -> None:
    put(tmp_path, f"交表.{suffix}", data=b"Rar!\x1a\x07\x00")
    found = discover([tmp_path])
    assert codes(found, tmp_path) == {f"交表.{suffix}": Code.ARCHIVE_FOREIGN}


@POSIX
def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "a/表.xlsx")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = discover([tmp_path])
    assert names(found, tmp_path) == ["a/表.xlsx"]
    assert codes(found, tmp_path) == {
        "a/loop": Code.FOLDER_LINK,
        "b": Code.FOLDER_LINK,
        "gone.xlsx": Code.FILE_UNREADABLE,
        "self": Code.FILE_UNREADABLE,
    }


@POSIX
def test_a_link_to_a_form_counts_once_with_it(tmp_path: Path) -> None:
    put(tmp_path, "表.xlsx")
    (tmp_path / "别名.xlsx").symlink_to(tmp_path / "表.xlsx")
    assert len(discover([tmp_path]).sources) == 1


@POSIX
def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    found = discover([tmp_path])
    assert (found.sources, found.skipped) == ([], 1)
    assert len(discover([tmp_path / "管道.xlsx"]).sources) == 1  # the reader then says what it is


@POSIX
def test_strange_names_are_only_names(tmp_path: Path) -> None:
    strange = [
        "换\n行.xlsx",
        "制\t表.xlsx",
        "\x1b[31m红.xlsx",
        " 空格 .xlsx",
        "单" * 83 + "x.xlsx",
        "-o.xlsx",
        "'\"`$(x).xlsx",
    ]
    put(tmp_path, *strange)
    assert sorted(names(discover([tmp_path]), tmp_path)) == sorted(strange)


@POSIX
def test_folders_may_be_as_deep_as_the_system_allows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("表.xlsx").write_bytes(FORM)
    os.chdir(tmp_path)
    found = discover([Path("d")])
    os.chdir("d/" * 1200)  # from here upwards, for what clears away after tests does not go so deep
    Path("表.xlsx").unlink()
    for _ in range(1200):
        os.chdir("..")
        Path("d").rmdir()
    assert [source.name for source in found.sources] == ["d/" * 1200 + "表.xlsx"]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is forbidden to root")
def test_what_must_not_be_read_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a/表.xlsx", "b.xlsx")
    (tmp_path / "a").chmod(0)
    found = discover([tmp_path])
    (tmp_path / "a").chmod(0o755)
    assert codes(found, tmp_path) == {"a": Code.FOLDER_UNREADABLE}
    assert names(found, tmp_path) == ["b.xlsx"]


def test_places_overlap_and_come_in_any_order(tmp_path: Path) -> None:
    put(tmp_path, "a/1.xlsx", "a/b/2.xlsx", "c/3.xlsx")
    places = [tmp_path, tmp_path / "a", tmp_path / "a" / "b" / "2.xlsx", tmp_path / "c", tmp_path]
    assert names(discover(places), tmp_path) == ["a/1.xlsx", "a/b/2.xlsx", "c/3.xlsx"]
    assert discover(places) == discover(places[::-1])


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    put(tmp_path, "1.xlsx")
    found = discover([tmp_path / "gone", tmp_path / "1.xlsx" / "x", tmp_path / ("单" * 300), tmp_path])
    assert {problem.code for problem in found.problems} == {Code.FILE_MISSING}
    assert len(found.problems) == 3
    assert names(found, tmp_path) == ["1.xlsx"]


def test_a_file_named_itself_is_taken_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, "报告.docx", data=b"evidence")
    assert names(discover([tmp_path / "报告.docx"]), tmp_path) == ["报告.docx"]


def test_whatever_a_folder_provokes_costs_only_that_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/1.xlsx", "b.xlsx")
    scan = os.scandir

    def fails(folder: Path) -> object:
        if folder.name == "a":
            raise RuntimeError("nobody foresaw this")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", fails)
    found = discover([tmp_path])
    assert (names(found, tmp_path), codes(found, tmp_path)) == (["b.xlsx"], {"a": Code.FOLDER_UNREADABLE})


def test_a_name_that_no_file_can_have_names_none(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx")
    found = discover([tmp_path / "a\0.xlsx", tmp_path])
    assert (names(found, tmp_path), codes(found, tmp_path)) == (["b.xlsx"], {"a\0.xlsx": Code.FILE_MISSING})
