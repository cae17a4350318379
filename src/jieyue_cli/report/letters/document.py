"""Makes a Word document from a few marked lines, in the layout of official documents (GB/T 9704-2012).

A line is a paragraph of the body, unless it begins with a mark: ``#`` the title, ``##`` a heading, ``-`` flush left,
``>`` the signature's side, ``|`` a row of a table. The first row of a table is its head, each cell with its share of
the width (``编号=10``); a row of one cell spans all of them. Written as parts and not with python-docx, whose own
template brings fonts, styles and dates that no official document has; the same text always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

from jieyue_cli.writing.container import deflated, pack

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}"'

_WIDTH, _LINE = 8845, 578
"""Of the text area in twentieths of a point: 156 mm; and from line to line: 28.9 pt, 22 on a page of 225 mm."""
_NARROWED = -5
"""What is added to each character's width, in twentieths of a point: 28 of 16 pt would be 5.8 pt wider than a line.

The grid of the page could do it (w:charSpace), but LibreOffice sets 20 characters in a line then.
"""
_FONTS = {
    "仿宋_GB2312": "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    "方正小标宋简体": "宋体,SimSun,STSong,Noto Serif CJK SC",
    "黑体": "SimHei,STHeiti,Noto Sans CJK SC",
    "宋体": "SimSun,STSong,Noto Serif CJK SC",
}
"""Font → what stands in for it where it is not installed."""
_TEXT_FONT, _TITLE_FONT, _HEAD_FONT, _NUMBER_FONT = _FONTS


class _Style(NamedTuple):
    """A style as Word lists it; ``layout`` and ``look`` are the insides of its w:pPr and w:rPr."""

    id: str
    name: str
    layout: str
    look: str = ""


_NARROW = f'<w:spacing w:val="{_NARROWED}"/>'
_INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_STYLES = (
    _Style("Body", "公文正文", f'{_INDENTED}<w:jc w:val="both"/>', _NARROW),
    _Style(
        "DocumentTitle",
        "公文标题",
        f'<w:spacing w:after="{_LINE}" w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>',
        f'<w:rFonts w:ascii="{_TITLE_FONT}" w:hAnsi="{_TITLE_FONT}" w:eastAsia="{_TITLE_FONT}"/>'
        '<w:sz w:val="44"/><w:szCs w:val="44"/>',
    ),
    _Style(
        "Section",
        "公文小标题",
        f'<w:keepNext/>{_INDENTED}<w:outlineLvl w:val="0"/>',
        f'<w:rFonts w:ascii="{_HEAD_FONT}" w:hAnsi="{_HEAD_FONT}" w:eastAsia="{_HEAD_FONT}"/>',
    ),
    _Style("Flush", "公文顶格", "", _NARROW),
    _Style("Signature", "公文落款", '<w:keepLines/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'),
    _Style(
        "Cell",
        "公文表格",
        '<w:snapToGrid w:val="0"/><w:spacing w:line="360" w:lineRule="atLeast"/>',
        '<w:sz w:val="24"/><w:szCs w:val="24"/>',
    ),
    _Style("CellHead", "公文表头", "", f'<w:rFonts w:eastAsia="{_HEAD_FONT}"/>'),
    _Style(
        "PageNumber",
        "公文页码",
        '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>',
        f'<w:rFonts w:ascii="{_NUMBER_FONT}" w:hAnsi="{_NUMBER_FONT}" w:eastAsia="{_NUMBER_FONT}"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/>',
    ),
)
_MARKS = {"# ": "DocumentTitle", "## ": "Section", "- ": "Flush", "> ": "Signature"}
_FOOTERS = {"footer1.xml": ("default", "right"), "footer2.xml": ("even", "left")}
"""Part → on which pages it stands, and on which side: odd pages are right-hand pages."""


def document(text: str) -> bytes:
    """The document that ``text`` describes, as the bytes of a .docx file."""
    body = "".join(_blocks(text.strip().splitlines()))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}{_section()}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            [("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")]
            + [("footer", name) for name in _FOOTERS]
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        **{f"word/{name}": _footer(side) for name, (_, side) in _FOOTERS.items()},
    }
    return pack(deflated(name, f"{_DECLARED}{part}".encode()) for name, part in parts.items())


# -- the body ------------------------------------------------------------------------------------------------


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    for is_table, group in groupby(filter(None, lines), lambda line: line.startswith("|")):
        if is_table:
            yield _table([[cell.strip() for cell in line.strip("|").split("|")] for line in group])
        else:
            yield from map(_marked, group)


def _marked(line: str) -> str:
    mark = line.partition(" ")[0] + " "
    style = _MARKS.get(mark)
    return _paragraph(line.removeprefix(mark), style) if style else _paragraph(line.strip(" "), "Body")


def _paragraph(text: str, style: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text.strip() else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    heads, shares = zip(*((head, int(share)) for head, _, share in (cell.partition("=") for cell in rows[0])), strict=True)
    widths = [share * _WIDTH // sum(shares) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    )
    lines = [_row(heads, widths, "CellHead", "<w:tblHeader/>"), *(_row(cells, widths, "Cell") for cells in rows[1:])]
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], style: str, more: str = "") -> str:
    spans = [1] * len(cells) if len(cells) > 1 else [len(widths)]
    taken = [sum(widths)] if len(cells) == 1 else widths
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr>'
        f"{_paragraph(cell, style)}</w:tc>"
        for cell, width, span in zip(cells, taken, spans, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{made}</w:tr>"


def _section() -> str:
    footers = "".join(
        f'<w:footerReference w:type="{pages}" r:id="rId{number}"/>'
        for number, (pages, _) in enumerate(_FOOTERS.values(), 4)
    )
    return (
        f'<w:sectPr>{footers}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1304" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{_LINE}"/></w:sectPr>'
    )


# -- the other parts -----------------------------------------------------------------------------------------


def _styles() -> str:
    fonts = f'<w:rFonts w:ascii="{_TEXT_FONT}" w:hAnsi="{_TEXT_FONT}" w:eastAsia="{_TEXT_FONT}" w:cs="Times New Roman"/>'
    look = f'<w:rPr>{fonts}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    layout = f'<w:pPr><w:spacing w:line="{_LINE}" w:lineRule="exact"/></w:pPr>'
    own = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{"Cell" if style.id == "CellHead" else "Normal"}"/><w:qFormat/>'
        f"<w:pPr>{style.layout}</w:pPr><w:rPr>{style.look}</w:rPr></w:style>"
        for style in _STYLES
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"{layout}{look}</w:style>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault>{look}</w:rPrDefault></w:docDefaults>{normal}{table}{own}</w:styles>"


def _settings() -> str:
    return (
        f"<w:settings {_NAMESPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in _FONTS.items()
    )
    return f"<w:fonts {_NAMESPACES}>{fonts}</w:fonts>"


def _footer(side: str) -> str:
    """``— 1 —`` one character from the outer edge."""
    number = '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    layout = f'<w:pStyle w:val="PageNumber"/><w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    return (
        f"<w:ftr {_NAMESPACES}><w:p><w:pPr>{layout}</w:pPr>{number}"
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    kinds |= {name.removesuffix(".xml"): "footer" for name in _FOOTERS}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
