"""Makes a Word document from a few marked lines, in the layout of official documents (GB/T 9704-2012).

A line is a paragraph of the body, unless it begins with a mark: ``#`` a line of the title, ``##`` a heading, ``-``
flush left, ``+`` an end that stays with the signature, ``>`` the signature, ``|`` a row of a table. The first row of a
table is its head, each cell with its share of the width (``编号=10``); a row of one cell spans all of them. The page,
the styles and the fonts are the parts in ``layout``; nothing of python-docx's own template is used, its dates least of
all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from jieyue_cli import parts
from jieyue_cli.writing.container import deflated, pack

_HERE = Path(__file__).parent
_DOCUMENT = "word/document.xml"
_PARTS = (
    *("[Content_Types].xml", "_rels/.rels", _DOCUMENT, "word/_rels/document.xml.rels", "word/styles.xml"),
    *("word/settings.xml", "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml"),
)
_MARKS = {"# ": "DocumentTitle", "## ": "Section", "- ": "Flush", "+ ": "Closing", "> ": "Signature"}
_WIDTH = 8845
"""Of the text in twentieths of a point: 156 mm."""


def described(name: str) -> bytes:
    """The document that one of the ``texts`` describes, as the bytes of a .docx file."""
    return document(parts.text(_HERE / "texts" / f"{name}.txt"))


def document(text: str) -> bytes:
    """The document that ``text`` describes, as the bytes of a .docx file."""
    members = {name: parts.text(_HERE / "layout" / name) for name in _PARTS}
    members[_DOCUMENT] = members[_DOCUMENT].replace("<w:body>", f"<w:body>{''.join(_blocks(text.splitlines()))}")
    return pack(deflated(name, part.encode()) for name, part in members.items())


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    for tabled, group in groupby(lines, lambda line: line.startswith("|")):
        if tabled:
            yield _table([[cell.strip() for cell in line.strip("|").split("|")] for line in group])
        else:
            for line in group:
                mark = line.partition(" ")[0] + " "
                yield _paragraph(line[len(mark) :], _MARKS[mark]) if mark in _MARKS else _paragraph(line, "Body")


def _paragraph(text: str, style: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    heads = [cell.partition("=")[0] for cell in rows[0]]
    shares = [int(cell.partition("=")[2]) for cell in rows[0]]
    widths = [share * _WIDTH // sum(shares) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(heads, widths, "CellHead", "<w:tblHeader/>")
    body = "".join(_row(cells, widths, "Cell") for cells in rows[1:])
    looks = f'<w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], style: str, properties: str = "") -> str:
    taken = [sum(widths)] if len(cells) == 1 else widths
    span = len(widths) if len(cells) == 1 else 1
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr>'
        f"{_paragraph(cell, style)}</w:tc>"
        for cell, width in zip(cells, taken, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{made}</w:tr>"
