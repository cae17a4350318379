"""Tells from the bytes alone what a file is; names and extensions are often wrong (docs/hazards.md, 21 to 23)."""

from __future__ import annotations

import re

from jieyue_cli.problems import Code
from jieyue_cli.workbook.cells import FileKind
from jieyue_cli.workbook.containers import compound
from jieyue_cli.workbook.containers.compound import Compound
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.refusal import RefusedError

_FOREIGN = (
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"II*\0", "图片（TIFF）"),
    (b"MM\0*", "图片（TIFF）"),
    (b"L\0\0\0\1\x14\2\0", "快捷方式"),
    (b"[InternetShortcut]", "网页快捷方式"),
    (b"MZ", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_ARCHIVES = (
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"BZh", "bzip2 压缩包"),
    (b"\xfd7zXZ", "xz 压缩包"),
)
_LEFTOVERS = tuple((magic, "苹果电脑附带的隐藏文件（文件名以 ._ 开头）") for magic in (b"\0\5\x16\7", b"\0\5\x16\0"))
_OLD_TABLES = tuple((magic, "Excel 4.0 或更早格式的表格") for magic in (b"\x09\0", b"\x09\2", b"\x09\4", b"\x09\x08"))
_BY_MAGIC = {
    Code.FILE_LEFTOVER: _LEFTOVERS,
    Code.FILE_ARCHIVE: _ARCHIVES,
    Code.FILE_FOREIGN: _FOREIGN,
    Code.FILE_OTHER_TABLE: _OLD_TABLES,
}
_LOCK_SIZES = frozenset({54, 55, 162, 165})
_IN_ZIP = (
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿"),
    ("ofd.xml", "OFD 版式文件"),
    ("index/document.iwa", "苹果 Numbers 或 Pages 文件"),
    ("visio/document.xml", "Visio 图"),
)
_IN_OLE = (
    ("WordDocument", "Word 或 WPS 文字文档"),
    ("PowerPoint Document", "PowerPoint 或 WPS 演示文稿"),
    ("VisioDocument", "Visio 图"),
    ("Catalog", "Windows 缩略图缓存（Thumbs.db）"),
    ("__properties_version1.0", "Outlook 邮件"),
)
_HTML = re.compile(r"<(?:!doctype html|html|head|meta|table|style|body|div)\b", re.IGNORECASE)
_TABLE_TEXTS = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "XML 表格 2003"),
    ("urn:oasis:names:tc:opendocument", "单文件 XML 的 OpenDocument 表格"),
    ("MIME-Version:", "单文件网页"),
)
_HEAD = 4096


def is_zip(data: bytes) -> bool:
    """Whether ``data`` is a zip container, whole or cut off."""
    return data.startswith((b"PK\3\4", b"PK\5\6"))


def kind_of_zip(container: Container) -> FileKind:
    """Tell which workbook a zip container holds; raise RefusedError naming what else it is."""
    if "xl/workbook.bin" in container:
        return FileKind.XLSB
    if "mimetype" in container and "content.xml" in container:
        from jieyue_cli.workbook.ods.reader import MIMETYPE

        mimetype = container.read("mimetype").strip()
        if mimetype.removesuffix(b"-template") == MIMETYPE:
            return FileKind.ODS
        if mimetype.startswith(b"application/vnd.oasis.opendocument."):
            raise RefusedError(Code.FILE_FOREIGN, what="OpenDocument 文档")
    if "xl/workbook.xml" in container or "[Content_Types].xml" in container:
        for name, what in _IN_ZIP:
            if name in container and "xl/workbook.xml" not in container:
                raise RefusedError(Code.FILE_FOREIGN, what=what)
        return FileKind.XLSX
    for name, what in _IN_ZIP:
        if name in container:
            raise RefusedError(Code.FILE_FOREIGN, what=what)
    raise RefusedError(Code.FILE_ARCHIVE, what="ZIP 压缩包")


def open_ole(data: bytes) -> Compound:
    """Open an OLE file that holds an .xls workbook; raise RefusedError naming what else it is."""
    opened = Compound(data)
    if "EncryptedPackage" in opened:
        raise RefusedError(Code.FILE_PASSWORD)
    if "Workbook" in opened or "Book" in opened:
        return opened
    for name, what in _IN_OLE:
        if name in opened:
            raise RefusedError(Code.FILE_FOREIGN, what=what)
    raise RefusedError(Code.FILE_FOREIGN, what="其他程序的 OLE 文件")


def is_ole(data: bytes) -> bool:
    """Whether ``data`` is an OLE compound file."""
    return data.startswith(compound.MAGIC)


def not_a_workbook(data: bytes) -> RefusedError:
    """Name a file that is neither zip nor OLE, and what to do about it."""
    if not data:
        return RefusedError(Code.FILE_EMPTY)
    if not data.strip(b"\0"):
        return RefusedError(Code.FILE_DAMAGED, detail="内容全是空字节")
    if len(data) in _LOCK_SIZES and 0 < data[0] < min(_LOCK_SIZES):
        return RefusedError(Code.FILE_LEFTOVER, what="有人打开表格时留下的锁定文件（文件名以 ~$ 开头）")
    if b"%PDF-" in data[:1024]:
        return RefusedError(Code.FILE_FOREIGN, what="PDF 文件")
    for code, magics in _BY_MAGIC.items():
        for magic, what in magics:
            if data.startswith(magic):
                return RefusedError(code, what=what)
    return _named_text(data)


def _named_text(data: bytes) -> RefusedError:
    text = _text(data[:_HEAD])
    if text is None:
        return RefusedError(Code.FILE_FOREIGN, what="无法识别的文件（也可能已损坏或被加密）")
    for mark, what in _TABLE_TEXTS:
        if mark in text:
            return RefusedError(Code.FILE_OTHER_TABLE, what=what)
    if _HTML.search(text):
        return RefusedError(Code.FILE_OTHER_TABLE, what="网页（HTML）")
    if text.startswith("ID;P"):
        return RefusedError(Code.FILE_OTHER_TABLE, what="SYLK 表格")
    if text.lstrip().startswith(("<?xml", "{", "[")):
        return RefusedError(Code.FILE_FOREIGN, what="数据文件（XML 或 JSON）")
    return RefusedError(Code.FILE_OTHER_TABLE, what="文本文件（CSV 或 TXT）")


def _text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        # The head may end inside a character, so up to three bytes less are tried too.
        for end in range(len(head), max(len(head) - 4, 0), -1):
            try:
                return head[:end].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
