"""``jieyue demo`` makes the same folder for everybody, says what to try there, and never writes over what is there."""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path

import pytest

from jieyue_cli.demo.city import City, city
from jieyue_cli.demo.making import GUIDE, files
from jieyue_cli.rubric.model import Rubric
from program import Call

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""Of the 18 characters of a 统一社会信用代码, GB 32100-2015."""
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""Of the nine characters of the organisation's own code within it, GB 11714-1997."""


@pytest.fixture(scope="module")
def told() -> City:
    return city()


@pytest.fixture(scope="module")
def made(rubric: Rubric) -> dict[str, bytes]:
    """Every file of the city."""
    return dict(files(rubric))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_files_every_time(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = call("demo", "甲")
    assert (ran.code, ran.err) == (0, "已写入 甲 中的 256 个文件\n")
    monkeypatch.setenv("TZ", "America/New_York")
    assert call("demo", "乙/新").code == 0
    assert contents(tmp_path / "甲") == contents(tmp_path / "乙" / "新")
    assert {path.name for path in (tmp_path / "甲").iterdir()} == {
        *("2020年", "2021年", "2021年核查", "先看这里.txt", "名录.xlsx")
    }


def test_the_page_says_what_the_console_does(call: Call, tmp_path: Path) -> None:
    first, _, shown = call("demo", "示例市").out.partition("\n\n")
    assert first == "以下命令都在 示例市 中运行。"
    page = (tmp_path / "示例市" / GUIDE).read_bytes()
    assert page.startswith(b"\xef\xbb\xbf")
    assert page.decode("utf-8-sig").replace("\r\n", "\n") == shown
    words = [line for line in shown.splitlines() if not line.startswith("  jieyue ")]
    assert all(len(line.encode("gbk")) <= 80 for line in words)


def test_what_is_there_is_kept(call: Call, tmp_path: Path, made: dict[str, bytes]) -> None:
    (tmp_path / "我的").mkdir()
    (tmp_path / "我的" / "名录.xlsx").write_text("旧的")
    (tmp_path / "我的" / "别的.txt").write_text("别的")
    refused = call("demo", "我的")
    assert (refused.code, refused.out) == (2, "")
    assert "".join(refused.err.split()) == (
        "错误1个我的文件夹不是空的，没有写入；请换一个新的文件夹，确实要写进这里请加--force（同名的文件会被覆盖）。"
    )
    assert contents(tmp_path / "我的") == {"名录.xlsx": "旧的".encode(), "别的.txt": "别的".encode()}
    assert call("demo", "我的", "--force").code == 0
    there = contents(tmp_path / "我的")
    assert there.pop("别的.txt") == "别的".encode()
    assert there == made


@pytest.mark.slow
def test_an_empty_folder_is_as_good_as_none(call: Call, tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    assert call("demo", "空的").code == 0


def test_a_file_is_no_folder(call: Call, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("内容")
    ran = call("demo", "文件", "--force")
    assert (ran.code, "请给文件夹，不要给文件" in ran.err) == (2, True)
    assert (tmp_path / "文件").read_text() == "内容"
    assert call("demo", "文件/里面").code == 2


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written(call: Call, tmp_path: Path) -> None:
    (tmp_path / "锁着").mkdir(mode=0o500)
    ran = call("demo", "锁着/示例市")
    assert (ran.code, ran.out, "没有权限" in ran.err) == (2, "", True)


def test_a_name_that_no_folder_can_have(call: Call) -> None:
    ran = call("demo", "长" * 300)
    assert (ran.code, ran.out, "太长，汉字最多约 80 个" in ran.err) == (2, "", True)


def test_every_code_has_its_check_digits(told: City) -> None:
    assert len({agency.code for agency in told.agencies}) == len(told.agencies)
    for agency in told.agencies:
        values = [CODE_LETTERS.index(letter) for letter in agency.code]
        weighed = sum(value * weight for value, weight in zip(values[:17], CODE_WEIGHTS, strict=True))
        assert (weighed + values[17]) % 31 == 0, agency.name
        body, check = agency.code[8:16], agency.code[16]
        rest = (11 - sum(int(digit) * weight for digit, weight in zip(body, BODY_WEIGHTS, strict=True)) % 11) % 11
        assert check == ("X" if rest == 10 else str(rest)), agency.name


def test_the_city_is_of_one_piece(told: City, rubric: Rubric) -> None:
    names = [agency.name for agency in told.agencies]
    assert len(names) == len(set(names))
    assert {agency.category for agency in told.agencies} == set(rubric.scope)
    folders = {folder.name: folder for folder in told.folders}
    for folder in told.folders:
        here = [form.of for form in folder.forms]
        assert len(here) == len(set(here))
        assert set(here) <= set(names)
        assert set(here) <= {form.of for form in folders[folder.checks or folder.name].forms}
        for form in folder.forms:
            named = {*form.undone, *form.counts, *form.found, *form.titles, *form.uncited, *form.cited}
            assert named <= rubric.questions.keys(), form.of
            assert form.counts.keys() <= told.counted.keys(), form.of


def test_papers_are_one_line_and_only_the_copied_ones_alike(made: dict[str, bytes]) -> None:
    papers = {path: data for path, data in made.items() if "/" in path and path.endswith("txt")}
    assert len(papers) == 256 - 39 - 2
    by_year: dict[int, list[str]] = {}
    for path, data in sorted(papers.items()):
        assert re.fullmatch("\ufeff示例：此处原为.+。\r\n", data.decode("utf-8")), path
        by_year.setdefault(zlib.crc32(path[:5].encode() + data), []).append(path)
    alike = [paths for paths in by_year.values() if len(paths) > 1]
    assert len(alike) == 7
    for one, other in alike:
        assert one.replace("示例市妇女联合会", "示例市总工会") == other


def test_a_folder_that_would_colour_the_console_is_named_without_it(call: Call) -> None:
    ran = call("demo", "\x1b[31m红")
    assert "\x1b" not in ran.out + ran.err
    assert "红" in ran.out + ran.err
