"""One form as many programs would pack it, and with what other people put into it; what must not be changed, too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from returns import returned

Parts = dict[str, bytes]
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
BOOK, BOOK_RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
POOR: Mapping[str, str] = {"1.1.1": "否", "2.2.3": "4", "5.1.1": "嗯"}


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8)), part, method)
    return stream.getvalue()


class _Pipe(io.RawIOBase):
    """A stream that cannot go back, so that sizes stand behind the data."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def _streamed(parts: Parts) -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return bytes(pipe.data)


def _zip64(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(part)
    return stream.getvalue()


def replaced(parts: Parts, name: str, old: bytes, new: bytes) -> Parts:
    assert old in parts[name], (name, old)
    return parts | {name: parts[name].replace(old, new)}


def _prefixed(parts: Parts) -> Parts:
    """Every element of the workbook's own parts under a prefix, as some libraries write them."""
    changed = {}
    for name in (SHEET, BOOK, "xl/styles.xml", TYPES, BOOK_RELATIONS):
        part = re.sub(rb"<(/?)(?=[A-Za-z]\w*[\s/>])", rb"<\1x:", parts[name])
        changed[name] = part.replace(b" xmlns=", b" xmlns:x=", 1)
    return parts | changed


def related(parts: Parts, name: str, *relations: tuple[str, str, str]) -> Parts:
    """With relations (id, kind, target) in a part of relations, which may be new."""
    known = parts.get(name, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    known = known.replace(b'/relationships"/>', b'/relationships"></Relationships>')
    more = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in relations)
    return parts | {name: known.replace(b"</Relationships>", f"{more}</Relationships>".encode())}


def declared(parts: Parts, *types: tuple[str, str]) -> Parts:
    more = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types)
    return replaced(parts, TYPES, b"</Types>", f"{more}</Types>".encode())


_DECLARED = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EXCEL = (
    '<v:shape id="_x0000_s1027" type="#_x0000_t202" style=\'position:absolute;\r\n  visibility:hidden\' '
    'fillcolor="infoBackground [80]" o:insetmode="auto">\r\n  <v:fill color2="infoBackground [80]"/>\r\n'
    '  <x:ClientData ObjectType="Note">\r\n   <x:MoveWithCells/>\r\n   <x:Anchor>\r\n    8, 15, 12, 2, 10, 31, 16, 1'
    "</x:Anchor>\r\n   <x:Row>13</x:Row>\r\n   <x:Column>6</x:Column>\r\n  </x:ClientData>\r\n </v:shape>"
)
_WPS = (
    '<v:shape id="_x0000_s1026" o:spid="_x0000_s1026" o:spt="202" type="#_x0000_t202" style="position:absolute;'
    'left:1pt;visibility:hidden;" fillcolor="#FFFFE1" filled="t" stroked="t"><v:path/><x:ClientData '
    'ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>13</x:Row>'
    "<x:Column>6</x:Column></x:ClientData></v:shape>"
)
_OFFICE = (
    '<v:shape id="shape_0" coordsize="21600,21600" o:spt="202" path="m,l,21600l21600,21600l21600,xe" '
    'fillcolor="#ffffe1" stroked="t" style="position:absolute;visibility:hidden"><x:ClientData ObjectType="Note">'
    "<x:AutoFill>False</x:AutoFill><x:Row>13</x:Row><x:Column>6</x:Column></x:ClientData></v:shape>"
)
_LIBRARY = (
    '<a:shape xmlns:a="urn:schemas-microsoft-com:vml" xmlns:b="urn:schemas-microsoft-com:office:office" '
    'type="#_x0000_t202" style="visibility:hidden" b:insetmode="auto"><c:ClientData '
    'xmlns:c="urn:schemas-microsoft-com:office:excel" ObjectType="Note"><c:AutoFill>False</c:AutoFill>'
    "<c:Row>13</c:Row><c:Column>6</c:Column></c:ClientData></a:shape>"
)
_BUTTON = (
    '<v:shape id="_x0000_s1025" type="#_x0000_t201" style="position:absolute"><v:textbox><div>查看<br>说明</div>'
    '</v:textbox><x:ClientData ObjectType="Button"><x:Row>13</x:Row><x:Column>6</x:Column></x:ClientData></v:shape>'
)


def _drawing(*shapes: str) -> bytes:
    layout = '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    return f"<xml {_DECLARED}>{layout}{''.join(shapes)}</xml>\r\n".encode()


THEIRS = "王科长: 请附\n文号 & 日期"
"""A comment that somebody left at G14."""
_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN.decode()}"><authors>'
    "<author>王科长</author><author>tc={0C3F}</author></authors><commentList>"
    '<comment ref="G14" authorId="0" shapeId="0"><text><r><rPr><b/><sz val="9"/></rPr><t>王科长:</t></r>'
    '<r><t xml:space="preserve"> 请附\n文号 &amp; 日期</t></r></text></comment></commentList></comments>'
).encode()


def _drawn(parts: Parts, drawing: bytes) -> Parts:
    parts = related(parts, SHEET_RELATIONS, ("rId7", "vmlDrawing", "../drawings/vmlDrawing1.vml"))
    parts = (
        replaced(
            parts,
            TYPES,
            b"<Override",
            b'<Default Extension="vml" ContentType="application/vnd.'
            b'openxmlformats-officedocument.vmlDrawing"/><Override',
        )
        if b'"vml"' not in parts[TYPES]
        else parts
    )
    parts |= {"xl/drawings/vmlDrawing1.vml": drawing}
    return parts | {SHEET: _before_the_end(parts[SHEET], f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId7"/>'.encode())}


def _before_the_end(sheet: bytes, more: bytes) -> bytes:
    return sheet.replace(b"</worksheet>", more + b"</worksheet>")


def commented(parts: Parts, shape: str) -> Parts:
    """With somebody's comment at G14, drawn as one of the programs does."""
    parts = _drawn(parts, _drawing(shape))
    parts = related(parts, SHEET_RELATIONS, ("rId8", "comments", "../comments1.xml"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    return declared(parts | {"xl/comments1.xml": _COMMENTS}, ("xl/comments1.xml", kind))


def _threaded(parts: Parts) -> Parts:
    parts = commented(parts, _EXCEL)
    parts |= {
        "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
        "xl/persons/person.xml": b"<personList/>",
        "xl/media/image1.png": bytes(range(256)) * 40,
        "customXml/item1.xml": b"<a>1</a>",
        "xl/calcChain.xml": b'<calcChain xmlns="%b"><c r="H8" i="1"/></calcChain>' % MAIN,
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff" * 9,
        "xl/\u5907\u6ce8.bin": b"WPS",
    }
    return related(parts, SHEET_RELATIONS, ("rId9", "threadedComment", "../threadedComments/threadedComment1.xml"))


def _macros(parts: Parts) -> Parts:
    plain, enabled = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    parts = replaced(parts, TYPES, b"openxmlformats-officedocument." + plain, enabled)
    return parts | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99}


def _targets(parts: Parts) -> Parts:
    parts = replaced(parts, BOOK_RELATIONS, b'"worksheets/sheet1.xml"', b'"/xl/worksheets/sheet1.xml"')
    return replaced(parts, BOOK_RELATIONS, b'"worksheets/sheet2.xml"', b'"../xl/./worksheets/sheet2.xml"')


def _tail(parts: Parts) -> Parts:
    more = b'<extLst><ext uri="{1}"><!-- </worksheet> --></ext></extLst>'
    return parts | {SHEET: _before_the_end(parts[SHEET], more)}


ACCEPTED: Mapping[str, Callable[[Parts], bytes]] = {
    "plain": packed,
    "stored": lambda parts: packed(parts, zipfile.ZIP_STORED),
    "streamed": _streamed,
    "zip64": _zip64,
    "capitals": lambda parts: packed({name.upper(): part for name, part in parts.items()}),
    "targets": lambda parts: packed(_targets(parts)),
    "prefixed": lambda parts: packed(_prefixed(parts)),
    "byte order mark": lambda parts: packed(parts | {SHEET: b"\xef\xbb\xbf" + parts[SHEET]}),
    "more behind the drawing": lambda parts: packed(_tail(parts)),
    "comments of Excel": lambda parts: packed(commented(parts, _EXCEL)),
    "comments of WPS": lambda parts: packed(commented(parts, _WPS)),
    "comments of LibreOffice": lambda parts: packed(commented(parts, _OFFICE)),
    "comments of a library": lambda parts: packed(
        commented(parts, _LIBRARY) | {"xl/drawings/vmlDrawing1.vml": f"<xml>{_LIBRARY}</xml>".encode()}
    ),
    "a button": lambda parts: packed(_drawn(parts, _drawing(_BUTTON))),
    "parts of other programs": lambda parts: packed(_threaded(parts)),
    "macros": lambda parts: packed(_macros(parts)),
    "something before the zip": lambda parts: b"PK\3\4 not the first member" + packed(parts),
}
COMMENTED = [name for name in ACCEPTED if name.startswith(("comments", "parts"))]


def _protected(parts: Parts) -> bytes:
    return packed(replaced(parts, BOOK, b"<bookViews", b'<workbookProtection lockStructure="1"/><bookViews'))


def _strict(parts: Parts) -> bytes:
    return packed(replaced(parts, BOOK, MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main"))


def _doubled(parts: Parts) -> bytes:
    stream = io.BytesIO(packed(parts))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/media/a.png", b"1")
        archive.writestr("XL/media/A.png", b"2")
    return stream.getvalue()


def _utf16(parts: Parts) -> bytes:
    book = parts[BOOK].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    return packed(parts | {BOOK: book})


REFUSED: Mapping[str, tuple[Callable[[Parts], bytes], str]] = {
    "signed": (lambda parts: packed(parts | {"_xmlsignatures/sig1.xml": b"<Signature/>"}), "有数字签名"),
    "structure protected": (_protected, "结构受保护"),
    "strict": (_strict, "Strict Open XML"),
    "a part twice": (_doubled, "有部件出现了两次"),
    "another encoding": (_utf16, "编码少见"),
    "shared": (lambda parts: packed(parts | {"xl/revisions/revisionHeaders.xml": b"<headers/>"}), "共享工作簿"),
    "no content types": (
        lambda parts: packed({name: part for name, part in parts.items() if name != TYPES}),
        "缺少部件 [Content_Types].xml",
    ),
    "no styles": (
        lambda parts: packed(parts | {BOOK_RELATIONS: re.sub(rb"<[^>]*/styles\"[^>]*>", b"", parts[BOOK_RELATIONS])}),
        "缺少格式部件",
    ),
    "an entity in the comments": (
        lambda parts: packed(
            commented(parts, _EXCEL)
            | {"xl/comments1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>' + _COMMENTS.partition(b"\n")[2]}
        ),
        "文档类型声明",
    ),
    "a drawing without an end": (lambda parts: packed(_drawn(parts, b"<xml/>")), "写法少见"),
    "no drawing": (
        lambda parts: packed(
            {name: part for name, part in commented(parts, _EXCEL).items() if not name.endswith(".vml")}
        ),
        "缺少部件 xl/drawings/vmlDrawing1.vml",
    ),
    "a comment at no cell": (
        lambda parts: packed(replaced(commented(parts, _EXCEL), "xl/comments1.xml", b'"G14"', b'"g14"')),
        "批注的位置“g14”不是单元格",
    ),
    "cut comments": (
        lambda parts: packed(commented(parts, _EXCEL) | {"xl/comments1.xml": _COMMENTS[:-20]}),
        "内容不完整",
    ),
}


def form(answers: Mapping[str, str] = POOR, findings: Mapping[str, str] | None = None) -> bytes:
    return returned("示例市统计局", answers, findings)
