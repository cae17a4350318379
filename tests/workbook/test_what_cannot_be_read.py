"""Everything that is no readable workbook is named for what it is, whatever its file name says."""

from __future__ import annotations

import pytest

from jieyue_cli.problems import Code, Severity
from jieyue_cli.workbook import read_workbook

from . import builders as make

ORDINARY = make.one_row("><v>1</v>")
XML_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", Code.FILE_EMPTY, "0 字节"),
        (b"\0" * 5000, Code.FILE_DAMAGED, "空字节"),
        (ORDINARY[:-30], Code.FILE_DAMAGED, "压缩结构不完整"),
        pytest.param(ORDINARY[:20], Code.FILE_DAMAGED, "压缩结构不完整", id="cut after 20 bytes"),
        (b"%PDF-1.4\n", Code.FILE_FOREIGN, "PDF"),
        (b"Rar!\x1a\x07\x01\x00", Code.FILE_ARCHIVE, "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00", Code.FILE_ARCHIVE, "7z"),
        (b"\x1f\x8b\x08\x00", Code.FILE_ARCHIVE, "gzip"),
        (make.zipped({"甲.xlsx": ORDINARY}), Code.FILE_ARCHIVE, "ZIP"),
        (make.zipped({"[Content_Types].xml": "", "word/document.xml": ""}), Code.FILE_FOREIGN, "Word"),
        (make.zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), Code.FILE_FOREIGN, "PowerPoint"),
        (make.zipped({"OFD.xml": ""}), Code.FILE_FOREIGN, "OFD"),
        (
            make.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
            Code.FILE_FOREIGN,
            "OpenDocument",
        ),
        (make.ole({"WordDocument": b""}), Code.FILE_FOREIGN, "Word"),
        (make.ole({"PowerPoint Document": b""}), Code.FILE_FOREIGN, "PowerPoint"),
        (make.ole({"Catalog": b""}), Code.FILE_FOREIGN, "Thumbs.db"),
        (make.ole({"EncryptedPackage": b"", "EncryptionInfo": b""}), Code.FILE_PASSWORD, "密码"),
        (make.xls(book=make.record(0x2F, bytes(54))), Code.FILE_PASSWORD, "密码"),
        (b"\x89PNG\r\n\x1a\n", Code.FILE_FOREIGN, "图片"),
        (b"\xff\xd8\xff\xe0", Code.FILE_FOREIGN, "图片"),
        (b"{\\rtf1}", Code.FILE_FOREIGN, "RTF"),
        (b"\x09\x08\x10\x00", Code.FILE_OTHER_TABLE, "Excel 4.0"),
        (b"\0\5\x16\7\0\2\0\0Mac OS X", Code.FILE_LEFTOVER, "苹果"),
        (b"\5admin".ljust(165, b" "), Code.FILE_LEFTOVER, "锁定文件"),
        ("\ufeff<html><table><tr><td>甲</table>".encode(), Code.FILE_OTHER_TABLE, "HTML"),
        ("<META charset=gb2312><TABLE><TR><TD>甲".encode("gbk"), Code.FILE_OTHER_TABLE, "HTML"),
        (XML_2003.encode(), Code.FILE_OTHER_TABLE, "XML 表格 2003"),
        (XML_2003.encode("utf-16"), Code.FILE_OTHER_TABLE, "XML 表格 2003"),
        ("编号,完成情况\n1.1,是\n".encode("gbk"), Code.FILE_OTHER_TABLE, "CSV"),
        ("编号,完成情况\n1.1,是\n".encode("utf-8-sig"), Code.FILE_OTHER_TABLE, "CSV"),
        ("编号\t完成情况\n".encode("utf-16"), Code.FILE_OTHER_TABLE, "CSV"),
        (b'{"a": 1}', Code.FILE_FOREIGN, "JSON"),
        (bytes(range(256)), Code.FILE_FOREIGN, "无法识别"),
        (make.zipped(make.xlsx_parts()), Code.FILE_NO_SHEETS, "没有可以读取的工作表"),
    ],
)
def test_a_file_is_named_for_what_it_is(data: bytes, code: Code, words: str) -> None:
    book, problems = read_workbook(data)
    assert book is None
    assert [(problem.code, problem.severity) for problem in problems] == [(code, Severity.ERROR)]
    assert words in problems[0].message
    assert problems[0].message.endswith("。")


def test_a_listed_sheet_without_content_is_named() -> None:
    parts = make.xlsx_parts(make.sheet_xml(""), make.sheet_xml(""))
    del parts["xl/worksheets/sheet2.xml"]
    book, problems = read_workbook(make.zipped(parts))
    assert book is None
    assert [(problem.code, problem.location.sheet) for problem in problems] == [(Code.FILE_SHEET_LOST, "乙")]


def test_a_chart_sheet_is_no_lost_sheet() -> None:
    parts = make.xlsx_parts(make.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), make.sheet_xml(""))
    related = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = related.replace(
        'worksheet" Target="worksheets/sheet2', 'chartsheet" Target="c'
    )
    book, _ = read_workbook(make.zipped(parts))
    assert book is not None
    assert [sheet.name for sheet in book.sheets] == ["甲"]
