"""Builds the workbooks of these tests by hand, honest and hostile, so that none need be committed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from jieyue_cli.workbook.containers.compound import MAGIC

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a deflated zip of ``parts``, the same bytes at any hour: pytest makes names of tests from them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """Return a worksheet part with ``rows`` as its sheet data."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(
    *sheets: str | bytes, strings: str = "", styles: str = "", names: str = "甲乙丙丁"
) -> dict[str, str | bytes]:
    """Return the parts of an xlsx workbook with these worksheet parts, named 甲, 乙 and so on."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in enumerate(zip(names, sheets, strict=False), 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
    }
    for kind, part in (("sharedStrings", strings), ("styles", styles)):
        if part:
            parts[f"xl/{kind}.xml"] = part
            related += f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
    parts |= {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)}
    return parts


def xlsx(*sheets: str | bytes, strings: str = "", styles: str = "") -> bytes:
    """Return an xlsx workbook with these worksheet parts."""
    return zipped(xlsx_parts(*sheets, strings=strings, styles=styles))


def one_row(*cells: str) -> bytes:
    """Return an xlsx workbook with one row of cells, each given as the XML after its address, from A1 on."""
    body = "".join(f'<c r="{chr(65 + n)}1"{cell}</c>' for n, cell in enumerate(cells))
    return xlsx(sheet_xml(f'<row r="1">{body}</row>'))


def styles_xml(*formats: int | str) -> str:
    """Return a styles part whose cell style n shows numbers in the n-th format, a built-in id or a code."""
    codes = [code for code in formats if isinstance(code, str)]
    custom = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>' for n, code in enumerate(codes)
    )
    ids = [164 + codes.index(code) if isinstance(code, str) else code for code in formats]
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in ids)
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{custom}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>'


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file of 512-byte sectors; every stream is padded to 4,096 bytes."""
    padded = {name: stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0") for name, stream in streams.items()}
    directory_sectors = (len(padded) + 1 + 3) // 4
    fat = [0xFFFFFFFD, *range(2, directory_sectors + 1), 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFF, 1 if padded else 0xFFFFFFFF, 0xFFFFFFFE, 0)]
    body = b""
    for index, (name, stream) in enumerate(padded.items(), 1):
        right = index + 1 if index < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, right, 0xFFFFFFFF, len(fat), len(stream)))
        fat += [*range(len(fat) + 1, len(fat) + len(stream) // 512), 0xFFFFFFFE]
        body += stream
    assert len(fat) <= 128, "the table of this builder has one sector"
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = MAGIC + struct.pack("<16x5H6x9L", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    directory = b"".join(entries).ljust(directory_sectors * 512, b"\0")
    return header + struct.pack("<128L", *fat) + directory + body


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sHBxLLL36xLL4x", raw, len(raw) + 2, kind, 0xFFFFFFFF, right, child, start, size)


def biff(*cells: bytes, book: bytes = b"", strings: int = 0) -> bytes:
    """Return the record stream of a BIFF8 workbook with one sheet 甲 of these cell records."""
    name = "甲".encode("utf-16-le")
    tail = record(0xFC, struct.pack("<2L", strings, strings)) + record(0x0A)
    start = record(0x809, struct.pack("<2H", 0x600, 5) + bytes(12)) + record(0x42, struct.pack("<H", 1200)) + book
    offset = len(start) + 4 + 8 + len(name) + len(tail)
    sheet = record(0x809, struct.pack("<2H", 0x600, 16) + bytes(12)) + b"".join(cells) + record(0x0A)
    return start + record(0x85, struct.pack("<LHBB", offset, 0, 1, 1) + name) + tail + sheet


def record(kind: int, content: bytes = b"") -> bytes:
    """Return one BIFF8 record."""
    return struct.pack("<2H", kind, len(content)) + content


def number(row: int, column: int, value: float) -> bytes:
    """Return a BIFF8 number; row and column count from 0."""
    return record(0x203, struct.pack("<3Hd", row, column, 0, value))


def xls(*cells: bytes, book: bytes = b"", strings: int = 0) -> bytes:
    """Return an .xls file with one sheet of these cell records."""
    return ole({"Workbook": biff(*cells, book=book, strings=strings)})


def ods(table: str) -> bytes:
    """Return an .ods file with one table of this content."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content {names} {calc}><office:body><office:spreadsheet>"
        f'<table:table table:name="甲">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def xlsb(*cells: bytes, strings: bytes = b"") -> bytes:
    """Return an .xlsb file with a sheet 甲 whose second row holds ``cells``, a hidden sheet 乙 and shared strings."""
    sheets = b"".join(
        xlsb_record(156, struct.pack("<2L", hidden, n) + xlsb_text(f"rId{n}") + xlsb_text(name))
        for n, (name, hidden) in enumerate((("甲", 0), ("乙", 1)), 1)
    )
    row = xlsb_record(0, struct.pack("<2L2HBL", 1, 0, 300, 0, 0, 0))
    body = (
        xlsb_record(129)
        + xlsb_record(148, struct.pack("<4L", 0, 0, 0, 0))
        + xlsb_record(145)
        + row
        + b"".join(cells)
        + xlsb_record(146)
        + xlsb_record(130)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2)
    )
    related += f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.bin"/>' if strings else ""
    more = {"xl/sharedStrings.bin": strings} if strings else {}
    return zipped(
        more
        | {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": xlsb_record(131) + xlsb_record(143) + sheets + xlsb_record(144) + xlsb_record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
            "xl/worksheets/sheet1.bin": body,
            "xl/worksheets/sheet2.bin": xlsb_record(129)
            + xlsb_record(148, bytes(16))
            + xlsb_record(145)
            + xlsb_record(146)
            + xlsb_record(130),
        }
    )


def xlsb_cell(kind: int, column: int, content: bytes) -> bytes:
    """Return one cell record of an .xlsb sheet; columns count from 0."""
    return xlsb_record(kind, struct.pack("<2L", column, 0) + content)


def xlsb_record(kind: int, content: bytes = b"") -> bytes:
    """Return one record of an .xlsb part."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def xlsb_text(text: str) -> bytes:
    """Return a text as .xlsb stores it."""
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")
