"""Paths as people type, paste and drop them on Windows, and paths longer than Windows takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jieyue_cli.batch.discover import discover
from jieyue_cli.files import output
from jieyue_cli.files.reaching import extended, reachable
from jieyue_cli.files.source import Archives, Source, read
from jieyue_cli.files.typed import SwallowedError, meant, of_address, several, unwrapped
from jieyue_cli.guidance.looking import glimpse, look
from jieyue_cli.guidance.sight import Kind, Thing
from program import Call
from returns import hand_in, returned

DEEP = "\\很深的文件夹" * 40


@pytest.mark.parametrize(
    ("path", "given"),
    [
        (r"C:\交表\汇总.xlsx", r"C:\交表\汇总.xlsx"),
        (f"C:{DEEP}\\a.xlsx", f"\\\\?\\C:{DEEP}\\a.xlsx"),
        (r"\\server\share\a.xlsx", r"\\server\share\a.xlsx"),
        (f"\\\\server\\share{DEEP}\\a.xlsx", f"\\\\?\\UNC\\server\\share{DEEP}\\a.xlsx"),
        (f"\\\\?\\C:{DEEP}\\a.xlsx", f"\\\\?\\C:{DEEP}\\a.xlsx"),
        (f"\\\\.\\C:{DEEP}", f"\\\\.\\C:{DEEP}"),
    ],
)
def test_a_path_too_long_for_windows_is_written_in_its_long_way(path: str, given: str) -> None:
    assert extended(path) == given


def test_everything_that_opens_a_file_asks_for_the_long_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that is reached under another name only is written to, listed and read like any other."""
    real = tmp_path / "真的"
    hand_in(real, "示例市财政局")
    shown = tmp_path / "名义上"

    def elsewhere(path: Path) -> Path:
        return real / path.relative_to(shown) if path.is_relative_to(shown) else path

    for module in (
        "batch.discover",
        "files.source",
        "files.output",
        "files.digest",
        "files.appending",
        "guidance.looking",
        "rubric.source",
    ):
        monkeypatch.setattr(f"jieyue_cli.{module}.reachable", elsewhere)
    found = discover([shown])
    assert [source.name for source in found.sources] == [f"{shown.as_posix()}/示例市财政局.xlsx"]
    assert look(shown).things == (Thing("示例市财政局.xlsx", Kind.RETURNED, (2020,), "standard_2020"),)
    assert glimpse(shown / "示例市财政局.xlsx").kind is Kind.RETURNED
    data, problem = read(found.sources[0], 1 << 20, Archives())
    assert (data, problem) == ((real / "示例市财政局.xlsx").read_bytes(), None)
    assert output.check(shown / "新的" / "a.json") is None
    assert output.write(shown / "新的" / "a.json", b"{}") is None
    assert (real / "新的" / "a.json").read_bytes() == b"{}"
    assert output.check(shown / "新的" / "a.json", inputs=[shown]) is not None


def test_elsewhere_than_on_windows_a_path_is_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reachable(Path("交表")) == Path("交表")
    monkeypatch.setattr("os.name", "posix")
    assert reachable(Path("x" * 300)) == Path("x" * 300)


def test_a_folder_deeper_than_windows_takes_is_read_and_written(call: Call) -> None:
    deep = Path("交表", *["很深的一级文件夹" * 3] * 12)
    hand_in(deep, "示例市财政局")
    assert len(str(deep.absolute())) > 260
    ran = call("batch", "交表", "-o", deep.parent / "汇总.json")
    assert "不能把结果写到要读取的文件上" in ran.err
    ran = call("batch", "交表", "-o", Path("结果", *deep.parts, "汇总.json"))
    assert ran.code == 0
    report = json.loads(Path("结果", *deep.parts, "汇总.json").read_bytes())
    assert report["results"][0]["agency"]["name"] == "示例市财政局"


# -- what was meant -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (r'"C:\交表\a b.xlsx"', r"C:\交表\a b.xlsx"),
        ("“C:\\交表\\a.xlsx”", r"C:\交表\a.xlsx"),
        ("'交表/a.xlsx'", "交表/a.xlsx"),
        ("＂交表＂", "交表"),
        ("‘交表’", "交表"),
        ("”交表”", "交表"),
        ('C:\\交表"', r"C:\交表"),
        ("\u202aC:\\交表\\a.xlsx", r"C:\交表\a.xlsx"),
        ("  交表\u3000", "交表"),
        ("“ 交表 ”", "交表"),
        ("“甲”和“乙”.xlsx", "“甲”和“乙”.xlsx"),
        ("示例市“回头看”.xlsx", "示例市“回头看”.xlsx"),
        ("“", "“"),
        ("", ""),
    ],
)
def test_what_stands_around_a_path_is_taken_off(text: str, path: str) -> None:
    assert unwrapped(text) == path


@pytest.mark.parametrize(
    ("address", "on_windows", "elsewhere"),
    [
        ("file:///C:/%E4%BA%A4%E8%A1%A8/a%20b.xlsx", r"C:\交表\a b.xlsx", "C:/交表/a b.xlsx"),
        ("file:/C:/a.xlsx", r"C:\a.xlsx", "C:/a.xlsx"),
        (r"file:\C:\a.xlsx", r"C:\a.xlsx", "C:/a.xlsx"),
        ("file:///C|/a.xlsx", r"C:\a.xlsx", "C:/a.xlsx"),
        ("file://server/share/a.xlsx", r"\\server\share\a.xlsx", "/server/share/a.xlsx"),
        ("file://///server/share/a.xlsx", r"\\server\share\a.xlsx", "/server/share/a.xlsx"),
        ("file:///home/office/a.xlsx", r"\\home\office\a.xlsx", "/home/office/a.xlsx"),
        ("file://localhost/home/a.xlsx", r"\\home\a.xlsx", "/home/a.xlsx"),
        ("file:///home/第1季度#2.xlsx", r"\\home\第1季度#2.xlsx", "/home/第1季度#2.xlsx"),
    ],
)
def test_an_address_is_the_path_that_it_leads_to(address: str, on_windows: str, elsewhere: str) -> None:
    assert (of_address(address, windows=True), of_address(address, windows=False)) == (on_windows, elsewhere)


def test_what_is_there_is_taken_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("“交表”", "file:a", "~", "*.xlsx", 'a"b c', " 头"):
        Path(name).write_bytes(b"")
        assert list(several(name)) == [name]


def test_the_home_folder_and_a_system_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/office")
    assert [meant("~"), meant("~/交表"), meant("~\\交表")] == ["/home/office", "/home/office/交表", "/home/office/交表"]
    assert meant("~某人") == "~某人"
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert meant("~/交表") == "~/交表"


def test_a_pattern_stands_for_what_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("交表[1]").mkdir()
    for name in ("乙.xlsx", "甲.xlsx", "~$甲.xlsx", "甲.csv", "交表[1]/丙.xlsx"):
        Path(name).write_bytes(b"")
    assert list(several("*.xlsx")) == ["乙.xlsx", "甲.xlsx"]
    assert list(several("?.csv")) == ["甲.csv"]
    assert list(several('"交表[1]/*"')) == ["交表[1]/丙.xlsx"]
    assert list(several("~$*")) == ["~$甲.xlsx"]
    assert list(several("*.et")) == ["*.et"]
    assert list(several("没有[1].xlsx")) == ["没有[1].xlsx"]


def test_a_quotation_mark_inside_a_path_means_that_more_hangs_on_it() -> None:
    with pytest.raises(SwallowedError) as swallowed:
        meant('C:\\交表" --year 2020')
    assert str(swallowed.value) == "C:\\交表"


def test_commands_take_pasted_paths(call: Call) -> None:
    hand_in(Path("交 表"), "示例市财政局", "示例市教育局")
    Path("名录.csv").write_text("单位名称\n示例市财政局\n示例市教育局\n", "utf-8")
    ran = call("batch", "“交 表”", "--roster", '"名录.csv"', "-o", "“汇总.json”", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert len(json.loads(Path("汇总.json").read_bytes())["results"]) == 2
    ran = call("score", "交 表/*.xlsx", "--format", "json")
    assert [result["file"] for result in json.loads(ran.out)["results"]] == [
        "交 表/示例市教育局.xlsx",
        "交 表/示例市财政局.xlsx",
    ]
    assert call("score", f"file://{Path.cwd().as_posix()}/交%20表/示例市财政局.xlsx").code == 0
    ran = call("batch", '交 表" --roster 名录.csv')
    assert (ran.code, ran.out) == (2, "")
    assert "路径“交 表”后面的引号和别的参数连在了一起：引号里的路径末尾不要写“\\”，请去掉它再试。" in ran.err


def test_a_rubric_is_found_by_a_pasted_path(call: Call) -> None:
    assert call("rubric", "new", "标准.yaml", "--extends", "standard_2020").code == 0
    Path("表.xlsx").write_bytes(returned("示例市财政局"))
    assert "“" not in call("rubric", "check", "“标准.yaml”").err
    assert call("rubric", "show", "“标准.yaml”").out == call("rubric", "show", "标准.yaml").out


def test_the_bytes_of_a_file_with_an_odd_name_are_its_own(tmp_path: Path) -> None:
    (tmp_path / "“a”.xlsx").write_bytes(b"1")
    assert read(Source(str(tmp_path / "“a”.xlsx")), 9, Archives())[0] == b"1"
