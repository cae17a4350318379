"""Finds the parts of an OOXML workbook and rewrites them as one small, canonical package that any reader can read.

What does not change a value but makes readers fail (odd part names, missing content types, cosmetic styles, names,
drawings, macros, doubled sheet names, false counts) is left out here. Both readers are given the same bytes, so they
can disagree about cells only.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from xml.etree import ElementTree as ET

import msgspec

from jieyue_cli.problems import Code, Location
from jieyue_cli.remembering import Remembered
from jieyue_cli.workbook.containers.xmlpart import plain_xml
from jieyue_cli.workbook.containers.zipped import SHARED, Container
from jieyue_cli.workbook.limits import MIB, Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.xlsx.styles import canonical_styles
from jieyue_cli.writing.container import pack, stored

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LARGEST_LIST = 4 * MIB
_CELLLESS = ("/chartsheet", "/dialogsheet", "Macrosheet", "/macrosheet")
_COUNTS = re.compile(rb"(?<=[\s\"'])(?:uniqueC|c)ount\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class Part(msgspec.Struct, frozen=True):
    """One worksheet as the workbook lists it, with its plain XML."""

    name: str
    hidden: bool
    xml: bytes


class Package(msgspec.Struct, frozen=True):
    """The parts of a workbook that hold cells, plain and checked."""

    sheets: tuple[Part, ...]
    strings: bytes
    """Shared strings; empty where there are none."""
    styles: bytes
    """Canonical number formats, see ``styles``; empty where there are none."""
    epoch_1904: bool

    def with_strings(self, strings: bytes) -> Package:
        """Return the same package with other shared strings."""
        return msgspec.structs.replace(self, strings=strings)

    def repacked(self, sheets: Iterable[bytes]) -> bytes:
        """Return a workbook of ``sheets`` (one worksheet part for each of ours) with our strings and styles."""
        parts = [(f"xl/worksheets/sheet{n}.xml", xml) for n, xml in enumerate(sheets, 1)]
        frame = _frame(len(parts), bool(self.strings), bool(self.styles), self.epoch_1904)
        if self.strings:
            parts.append(("xl/sharedStrings.xml", self.strings))
        if self.styles:
            parts.append(("xl/styles.xml", self.styles))
        return pack(stored(name, part) for name, part in (*frame, *parts))


def open_package(container: Container, limits: Limits) -> Package:
    """Take from ``container`` what holds cells; raise RefusedError where a listed sheet is missing."""
    book_name = workbook_part(container)
    book = _tree(container, book_name)
    related = relations(container, book_name)
    by_id = {relation.get("Id"): relation for relation in related}
    listed = book.findall(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
    if len(listed) > limits.sheets:
        raise RefusedError(Code.FILE_SUSPECT, detail=f"有 {len(listed)} 个工作表")
    sheets = []
    for sheet in listed:
        relation = by_id.get(sheet.get(f"{{{_RELATIONS}}}id"))
        if relation is not None and relation.get("Type", "").endswith(_CELLLESS):
            continue
        name = sheet.get("name", "")
        part = target(book_name, relation.get("Target", "")) if relation is not None else ""
        if part not in container:
            raise RefusedError(Code.FILE_SHEET_LOST, Location(sheet=name), sheet=name)
        hidden = sheet.get("state", "visible") != "visible"
        sheets.append(Part(name, hidden, plain_xml(container.read(part), part)))
    if not sheets:
        raise RefusedError(Code.FILE_NO_SHEETS)
    properties = book.find(f"{{{MAIN}}}workbookPr")
    return Package(
        tuple(sheets),
        _shared_strings(_optional(container, book_name, related, "/sharedStrings")),
        canonical_styles(_optional(container, book_name, related, "/styles")),
        properties is not None and properties.get("date1904") in {"1", "true", "on"},
    )


def workbook_part(container: Container) -> str:
    """The name of the part that lists the sheets; raise RefusedError where there is none."""
    usual = "xl/workbook.xml"
    if "_rels/.rels" in container:
        if usual in container and b'"xl/workbook.xml"' in container.read("_rels/.rels"):
            return usual
        for relation in _tree(container, "_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                part = target("", relation.get("Target", ""))
                if part in container:
                    return part
    if usual in container:
        return usual
    raise RefusedError(Code.FILE_DAMAGED, detail="缺少工作簿部件")


def relations(container: Container, part: str) -> list[ET.Element]:
    """Return the relations of ``part``, none where it has no list of them."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    return list(_tree(container, rels)) if rels in container else []


def target(part: str, relative: str) -> str:
    """Return the name of the part that a relation of ``part`` points to."""
    path = posixpath.join("/", posixpath.dirname(part), relative.replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/")


def _optional(container: Container, book: str, related: Iterable[ET.Element], kind: str) -> bytes:
    for relation in related:
        if relation.get("Type", "").endswith(kind):
            part = target(book, relation.get("Target", ""))
            if part in container:
                return plain_xml(container.read(part), part)
    return b""


def _tree(container: Container, name: str) -> ET.Element:
    xml = plain_xml(container.read(name), name)
    # A tree takes some thirty times its text; a list of a thousand sheets is 0.1 MiB.
    if len(xml) > _LARGEST_LIST:
        raise RefusedError(Code.FILE_SUSPECT, detail=f"部件 {name} 过大")
    try:
        return _PARSED[xml]
    except (ET.ParseError, ValueError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail=f"部件 {name} 的内容不完整") from cause


def _parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 -- a DOCTYPE was refused before


_PARSED = Remembered(_parsed, 16, longest=SHARED)


def _shared_strings(xml: bytes) -> bytes:
    end = xml.find(b">", xml.find(b"sst"))
    # A parser reserves memory for the count, and aborts at four thousand million (docs/hazards.md, 6).
    return _COUNTS.sub(b"", xml[:end]) + xml[end:]


@lru_cache(maxsize=64)
def _frame(sheets: int, strings: bool, styles: bool, epoch_1904: bool) -> tuple[tuple[str, bytes], ...]:  # noqa: FBT001 - four facts about one package, with one caller
    kinds = [(f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    kinds += [("sharedStrings.xml", "sharedStrings")] * strings + [("styles.xml", "styles")] * styles
    types = "".join(f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{name}"/>'
        for n, (name, kind) in enumerate(kinds, 1)
    )
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}">'
        f'<workbookPr date1904="{int(epoch_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
    }
    return tuple((name, text.encode()) for name, text in texts.items())
