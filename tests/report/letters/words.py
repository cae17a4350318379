"""What a Word document says, and documents that somebody has changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping

from docx import Document
from docx.table import Table

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
Change = Callable[[bytes], bytes | None]
"""Of a part; None takes it away."""


def words(document: bytes) -> str:
    """Every paragraph on a line; every row of a table too, its cells parted by ``|``."""
    return "\n".join(_lines(document))


def _lines(document: bytes) -> Iterator[str]:
    for block in Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "| " + " | ".join(cell.text for cell in row.cells)
        else:
            yield block.text


def changed(document: bytes, changes: Mapping[str, Change]) -> bytes:
    """The document with some parts changed, by their names."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *changes]):
            data: bytes | None = old.read(name) if name in old.namelist() else b""
            if name in changes:
                data = changes[name](data or b"")
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def with_text(document: bytes, pattern: str, text: str) -> bytes:
    """The document with the first match of ``pattern`` in its body replaced by ``text``."""

    def replaced(part: bytes) -> bytes:
        return re.sub(pattern, lambda _: text, part.decode(), count=1).encode()

    return changed(document, {"word/document.xml": replaced})


def with_part(document: bytes, kind: str, text: str, name: str | None = None) -> bytes:
    """The document with one part more, such as ``header``, in which one paragraph stands."""
    name = name or f"word/{kind}.xml"
    part = f'<w:hdr xmlns:w="{_WORDS}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>'
    relation = f'<Relationship Id="rId99" Type="{_OFFICE}/{kind}" Target="/{name}"/></Relationships>'
    declared = f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/></Types>'
    return changed(
        document,
        {
            name: lambda _: part.encode(),
            "word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation.encode()),
            "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", declared.encode()),
        },
    )
