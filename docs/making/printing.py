"""A page of the documentation as a Word document: A4, in the fonts of Chinese offices, to be sent and printed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from jieyue_cli.writing.container import deflated, pack
from making.joining import joined

BODY, HEAD, CODE = "仿宋", "黑体", "新宋体"
"""`CODE` is half as wide in Latin letters as in Chinese ones, so that columns stand below each other."""
SIZE, IN_TABLES, IN_CODE = 10.5, 9.5, 8.5
_WIDTH, _MARGIN = 210, 20
_INDENT = 7
_DATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - Word's times have no zone; the same pages make the same bytes
_CELL, _PADDING, _NARROW, _LONG = 1.75, 5.0, 34.0, 60
"""Millimetres of a cell of text and beside it; columns up to `_NARROW` are never broken; cells that count at most."""
_WHOLE = 8
"""Rows of a table that is never parted by the end of a page."""


def document(page: Path) -> bytes:
    """The page as the bytes of a .docx file."""
    writer = _Writer(page)
    writer.write(MarkdownIt("commonmark").enable("table").parse(joined(page.read_text("utf-8"))))
    return writer.packed()


@dataclass
class _List:
    """A list that is open: what stands before its items."""

    number: int | None

    def mark(self) -> str:
        """What stands before the next item."""
        if self.number is None:
            return "•"
        self.number += 1
        return f"{self.number - 1}."


class _Writer:
    """Lays the tokens of a page out."""

    def __init__(self, page: Path) -> None:
        self._page = page
        self._document = docx.Document()
        self._lists: list[_List] = []
        self._mark = ""
        self._lay_out()

    def _lay_out(self) -> None:
        (section,) = self._document.sections
        section.page_width, section.page_height = Mm(_WIDTH), Mm(297)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin = section.bottom_margin = Mm(17)
        section.footer_distance = Mm(8)
        _number_pages(section.footer.paragraphs[0])
        for style, font, size, before, after in (
            ("Normal", BODY, SIZE, 0, 3),
            ("Title", HEAD, 18, 0, 6),
            ("Heading 1", HEAD, 12, 7, 3),
            ("Heading 2", HEAD, 11, 5, 2),
        ):
            kind: Any = self._document.styles[style]
            _set_font(kind.element.get_or_add_rPr(), font)
            kind.font.size, kind.font.bold, kind.font.color.rgb = Pt(size), False, RGBColor(0, 0, 0)
            form = kind.paragraph_format
            form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.1
            for border in kind.element.findall(f".//{qn('w:pBdr')}"):
                border.getparent().remove(border)

    def write(self, tokens: Sequence[Token]) -> None:
        """Write the tokens in their order."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
                self._table(list(_rows(tokens[at:end])))
                at = end
            elif token.type == "heading_open":
                style = {"h1": "Title", "h2": "Heading 1"}.get(token.tag, "Heading 2")
                paragraph = self._document.add_paragraph(style=style)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if token.tag == "h1" else WD_ALIGN_PARAGRAPH.LEFT
                self._inline(paragraph, tokens[at + 1])
                at += 1
            elif token.type == "inline":
                self._inline(self._paragraph(), token)
            elif token.type == "fence":
                self._code(token.content.splitlines())
            else:
                self._list(token)
            at += 1

    def _list(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            first = int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None
            self._lists.append(_List(first))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            self._mark = self._lists[-1].mark()

    def _paragraph(self) -> Any:
        paragraph = self._document.add_paragraph()
        if self._lists:
            paragraph.paragraph_format.left_indent = Mm(_INDENT * len(self._lists))
            if self._mark:
                paragraph.paragraph_format.first_line_indent = -Mm(_INDENT)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_INDENT * len(self._lists)))
                paragraph.add_run(f"{self._mark}\t")
                self._mark = ""
        return paragraph

    def _inline(self, paragraph: Any, token: Token) -> None:
        bold = False
        for part in token.children or []:
            if part.type in {"strong_open", "strong_close"}:
                bold = part.type == "strong_open"
            elif part.type == "image":
                self._picture(paragraph, str(part.attrGet("src")), part.content)
            elif part.type in {"softbreak", "hardbreak"}:
                paragraph.add_run(" " if part.type == "softbreak" else "\n")
            elif part.type in {"text", "code_inline"}:
                run = paragraph.add_run(part.content)
                run.bold = bold or None
                if part.type == "code_inline":
                    _set_font(run._r.get_or_add_rPr(), CODE)  # noqa: SLF001 - python-docx has no other way to a font for Chinese

    def _picture(self, paragraph: Any, source: str, alt: str) -> None:
        """A picture as wide as the text; Word shows no SVG, so that a screen is only named."""
        file = self._page.parent / unquote(source)
        if file.suffix == ".svg":
            paragraph.add_run(f"（图见网页：{alt}）")
        else:
            shape = paragraph.add_run().add_picture(str(file), width=Mm(_WIDTH - 2 * _MARGIN))
            shape._inline.docPr.set("descr", alt)  # noqa: SLF001 - what a screen reader says of it has no other way in

    def _code(self, lines: Sequence[str]) -> None:
        paragraph = self._paragraph()
        form = paragraph.paragraph_format
        form.line_spacing, form.space_after, form.left_indent = 1.0, Pt(4), Mm(2)
        _shade(paragraph._p.get_or_add_pPr(), "F1F3F4")  # noqa: SLF001 - as above
        for number, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.font.size = Pt(IN_CODE)
            run.bold = line.startswith("$ ") or None
            _set_font(run._r.get_or_add_rPr(), CODE)  # noqa: SLF001 - as above
            if number < len(lines) - 1:
                run.add_break()

    def _table(self, rows: list[list[Token]]) -> None:
        table = self._document.add_table(len(rows), len(rows[0]), "Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = _widths(rows)
        for number, (cells, row) in enumerate(zip(rows, table.rows, strict=True)):
            # the head stands again on the next page, and never alone at the end of one
            for kept in ("w:cantSplit", "w:tblHeader") if number == 0 else ("w:cantSplit",):
                row._tr.get_or_add_trPr().append(OxmlElement(kept))  # noqa: SLF001 - as above
            for token, cell, width in zip(cells, row.cells, widths, strict=True):
                cell.width = Mm(width)
                (paragraph,) = cell.paragraphs
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
                paragraph.paragraph_format.keep_with_next = number < (len(rows) - 1 if len(rows) <= _WHOLE else 1)
                if number == 0:
                    _shade(cell._tc.get_or_add_tcPr(), "E4EAE6")  # noqa: SLF001 - as above
                self._inline(paragraph, token)
                for run in paragraph.runs:
                    run.font.size = Pt(IN_TABLES)
                    if number == 0:
                        _set_font(run._r.get_or_add_rPr(), HEAD)  # noqa: SLF001 - as above
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        last = self._document.add_paragraph()
        last.paragraph_format.line_spacing = Pt(4)

    def packed(self) -> bytes:
        """The bytes, which know no time."""
        self._document.core_properties.title = self._document.paragraphs[0].text
        self._document.core_properties.author = self._document.core_properties.comments = ""
        self._document.core_properties.created = self._document.core_properties.modified = _DATED
        made = io.BytesIO()
        self._document.save(made)
        with ZipFile(made) as parts:
            return pack(deflated(name, parts.read(name)) for name in parts.namelist())


def _rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    row: list[Token] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close":
            yield row


def _widths(rows: Sequence[Sequence[Token]]) -> list[float]:
    """Millimetres for each column, by what its cells hold."""
    longest = [max(cell_len(row[column].content) for row in rows) for column in range(len(rows[0]))]
    natural = [length * _CELL + _PADDING for length in longest]
    whole = _WIDTH - 2 * _MARGIN
    if sum(natural) <= whole or min(natural) > _NARROW:
        shares = [min(width, _LONG * _CELL) for width in natural]
        return [whole * share / sum(shares) for share in shares]
    left = whole - sum(width for width in natural if width <= _NARROW)
    broken = sum(min(length, _LONG) for length, width in zip(longest, natural, strict=True) if width > _NARROW)
    return [
        width if width <= _NARROW else left * min(length, _LONG) / broken
        for length, width in zip(longest, natural, strict=True)
    ]


def _set_font(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _shade(properties: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    properties.append(shade)


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - as above
