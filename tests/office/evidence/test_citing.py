"""What a 佐证材料 cell names: by the folded name, with or without its suffix, and never by a path that leads out."""

from __future__ import annotations

import pytest

from jieyue_cli.office.evidence.citing import Index, says_something
from jieyue_cli.office.evidence.spelling import leads_outside

FILES = [
    ("方案.docx", ["2.2.1", "示例市财政局"], ["2.2.1"]),
    ("1.jpg", ["3.1.2 照片", "示例市财政局"], ["3.1.2"]),
    ("1.jpg", ["3.1.3", "示例市财政局"], ["3.1.3"]),
    ("2.1.1 组织机构.pdf", ["佐证材料"], ["2.1.1"]),
    ("通知、方案（试行）.PDF", [], []),
    ("高能源发〔2020〕42号.pdf", [], []),
    ("关于明确职责的通知.pdf", [], []),
    ("v1.2 说明", [], []),
]
INDEX = Index((number, *file) for number, file in enumerate(FILES))

CITED = [
    ("方案.docx", ["found 0"]),
    ("方案", ["found 0"]),
    ("方案.pdf", ["found 0"]),
    ("见《方案》", ["found 0"]),
    ("详见附件1：方案.docx。", ["found 0"]),
    ("（1）方案；2.组织机构.pdf", ["found 0", "found 3"]),
    ("２．１．１组织机构．ｐｄｆ", ["found 3"]),
    ("2.1.1 组织机构", ["found 3"]),
    ("方案.docx 组织机构.pdf和1.jpg", ["found 0", "found 3", "found 1+2"]),
    ("通知、方案(试行).pdf、方案", ["found 4", "found 0"]),
    ("高能源发〔2020〕42号", ["found 5"]),
    ("《某某通知》（高能源发[2020]42号）", ["found 5"]),
    ("《关于明确职责的通知》（高能源发〔2020〕1号）", ["found 6"]),
    ("高能源发〔2020〕43号、市办〔2020〕第7号", ["document", "document"]),
    ("3.1.3/1.jpg", ["found 2"]),
    (r"示例市财政局\3.1.3\1.jpg", ["found 2"]),
    ("文件夹：3.1.2照片", ["found 1"]),
    ("见佐证材料", ["words"]),
    ("1", ["words"]),
    ("没有的.pdf", ["missing"]),
    ("没有的.pdf,方案", ["missing", "found 0"]),
    ("已经落实，效果良好", ["words", "words"]),
    (r"..\..\方案.docx", ["outside"]),
    (r"C:\方案.docx；方案", ["outside", "found 0"]),
    ("Ｃ：＼方案.docx", ["outside"]),
    ("/etc/passwd", ["outside"]),
    (r"\\server\share\方案.docx", ["outside"]),
    ("见../../方案.docx", ["outside"]),
    ("www.gaoping.gov.cn", ["words"]),
    ("DB14/T 2001-2020", ["words"]),
]


@pytest.mark.parametrize(("text", "parts"), CITED)
def test_each_part_of_a_citation_is_what_it_names(text: str, parts: list[str]) -> None:
    read = INDEX.read(text, "9.9.9")
    assert [f"{part.kind.value} {'+'.join(map(str, part.files))}".strip() for part in read] == parts


def test_of_files_with_one_name_that_of_the_criterion_is_meant() -> None:
    assert [part.files for part in INDEX.read("1.jpg", "3.1.3")] == [[2]]


@pytest.mark.parametrize("text", ["", "无", " — ", "/", "暂无。", "不涉及", "N/A"])
def test_a_stroke_cites_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text", ["《" * 30_000, "a、" * 15_000, "〔2020" * 5_000, "见" * 30_000, "(" * 30_000, "x" * 32_000]
)
def test_a_cell_full_of_anything_is_read_in_no_time(text: str) -> None:
    assert list(INDEX.read(text, "1.1.1"))


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../x", "..\\x", ".. /x", "C:\\x", "c:/x", "/etc/x", "//server/x", "\\\\s\\x", "~/x", "file:///x"],
)
def test_paths_that_lead_out(path: str) -> None:
    assert leads_outside(path)


@pytest.mark.parametrize("path", ["x..pdf", "a/b.pdf", "…/x", "A：照片", "/", "./x", "第1/2页"])
def test_paths_that_stay(path: str) -> None:
    assert not leads_outside(path)
