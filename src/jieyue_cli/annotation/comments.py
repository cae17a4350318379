"""The comments of one sheet: those of others stay, those that an earlier run made give way to the new ones."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from jieyue_cli.annotation import boxes
from jieyue_cli.annotation.boxes import Cell
from jieyue_cli.annotation.grid import Grid
from jieyue_cli.annotation.markup import Edit, Element, appended, edited, outline
from jieyue_cli.annotation.package import OFFICE, Draft
from jieyue_cli.problems import Code
from jieyue_cli.text.cleaning import clean
from jieyue_cli.workbook.cells import address
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import LAST_COLUMN, column_number
from jieyue_cli.workbook.xlsx.package import MAIN
from jieyue_cli.writing.rows import line_count

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEW_COMMENTS = f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'.encode()
_AFTER_DRAWING = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
"""Children of a sheet that stand behind its drawing of comments."""
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_RUN = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_FONT = '<sz val="9"/><rFont val="宋体"/><charset val="134"/>'
_LINE = 16
"""Pixels of a line of text in that font."""
_WIDTHS = ((320, 48), (480, 74))
"""Pixels of a box, and half characters that a line in it holds."""
_HIGHEST = 480
"""Pixels from which a box is made wider."""
_LONGEST = 30_000


class _Old(NamedTuple):
    """The comments that a sheet has."""

    others: frozenset[str]
    """Addresses of those that stay."""
    own: tuple[Element, ...]
    """Those that an earlier run made."""


def comment(draft: Draft, sheet: str, notes: Mapping[str, str], author: str) -> None:
    """Put these texts (address → text) into the comments of a sheet's part; raise RefusedError where it is unsafe.

    A cell that has somebody else's comment keeps it, and the text stands at the next free cell to the right.
    """
    part = next(iter(draft.related(sheet, "comments").values()), None)
    old = _old(draft, part, author) if part else _Old(frozenset(), ())
    if not notes and not old.own:
        return
    placed = _placed(draft, sheet, notes, old.others)
    if part is None:
        part = draft.new("comments{}.xml")
        draft.write(part, _NEW_COMMENTS)
        draft.declare(part, _COMMENTS_TYPE)
        draft.relate(sheet, "comments", part)
    _write(draft, part, old.own, placed, author)
    _draw(draft, sheet, frozenset(_cell(entry.get("ref")) for entry in old.own), placed)


def _old(draft: Draft, part: str, author: str) -> _Old:
    xml, root = draft.outline(part, 3)
    authors, listed = root.find("authors"), root.find("commentList")
    names = [html.unescape(_text(xml, entry)).strip() for entry in authors.children] if authors else []
    own, others = [], set()
    for entry in listed.children if listed else ():
        number = entry.get("authorId")
        written = names[int(number)] if number.isdigit() and int(number) < len(names) else ""
        texts = b"".join(_RUN.findall(xml[entry.start : entry.end])).decode()
        if written == author or html.unescape(texts).splitlines()[:1] == [_headed(author)]:
            own.append(entry)
        else:
            row, column = _cell(entry.get("ref"))
            others.add(address(row + 1, column + 1))
    return _Old(frozenset(others), tuple(own))


def _placed(draft: Draft, sheet: str, notes: Mapping[str, str], others: frozenset[str]) -> dict[str, str]:
    """Each text at a cell that shows, where nobody else has a comment."""
    merged = _merged(draft, sheet) if not others.isdisjoint(notes) else ()
    placed: dict[str, str] = {}
    for wanted, text in notes.items():
        row, column = _cell(wanted)
        while (free := address(row + 1, column + 1)) in others or (
            free != wanted and (free in notes or free in placed)
        ):
            areas = (
                right for (top, left), (bottom, right) in merged if top <= row <= bottom and left <= column <= right
            )
            column = 1 + next(areas, column)
        if column >= LAST_COLUMN:
            raise RefusedError(Code.FEEDBACK_ODD, detail=f"{wanted} 一行没有地方批注")
        placed[free] = text if free == wanted else f"（关于 {wanted}）\n{text}"
    return placed


def _merged(draft: Draft, sheet: str) -> list[tuple[Cell, Cell]]:
    """The first and the last cell of every merged area."""
    _, root = draft.outline(sheet, 2)
    areas = root.find("mergeCells")
    refs = (area.get("ref").partition(":") for area in areas.children) if areas else ()
    return [(_cell(first), _cell(last or first)) for first, _, last in refs]


def _write(draft: Draft, part: str, gone: Collection[Element], placed: Mapping[str, str], author: str) -> None:
    xml = draft.read(part)
    xml = edited(xml, [Edit(entry.start, entry.end, b"") for entry in gone])
    root = outline(xml, part, 2)
    if root.namespace != MAIN:
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 的写法少见")
    authors, listed = root.find("authors"), root.find("commentList")
    if authors is None or listed is None:
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 的内容不完整")
    names = [html.unescape(_text(xml, entry)).strip() for entry in authors.children]
    edits, p = [], root.prefix
    if author not in names:
        edits.append(appended(xml, authors, f"<{p}author>{escape(author)}</{p}author>".encode()))
        names.append(author)
    entries = "".join(_entry(p, ref, names.index(author), author, text) for ref, text in placed.items())
    draft.write(part, edited(xml, [*edits, appended(xml, listed, entries.encode())]))


def _entry(p: str, ref: str, author_id: int, author: str, text: str) -> str:
    """One comment; ``p`` is the prefix of its part."""
    font = re.sub(r"<(?=\w)", f"<{p}", _FONT)
    runs = ((f"<{p}b/>", f"{_headed(author)}\n"), ("", _tidy(text)))
    written = "".join(
        f'<{p}r><{p}rPr>{bold}{font}</{p}rPr><{p}t xml:space="preserve">{escape(words)}</{p}t></{p}r>'
        for bold, words in runs
    )
    return f'<{p}comment ref="{ref}" authorId="{author_id}"><{p}text>{written}</{p}text></{p}comment>'


def _draw(draft: Draft, sheet: str, gone: Collection[Cell], placed: Mapping[str, str]) -> None:
    """Take away the boxes of old comments, and draw one for each new one."""
    _, root = draft.outline(sheet, 2)
    legacy, grid = root.find("legacyDrawing"), Grid(root)
    if legacy:
        part = draft.related(sheet, "vmlDrawing").get(legacy.get("id"), "")
        drawing = draft.read(part)
    else:
        part, drawing = draft.new("drawings/vmlDrawing{}.vml"), boxes.new_drawing(draft)
        draft.declare(part, _DRAWING_TYPE)
        following = next((child.start for child in root.children if _follows_drawing(root, child)), root.close)
        fragment = f'<{root.prefix}legacyDrawing xmlns:r="{OFFICE}" r:id="{draft.relate(sheet, "vmlDrawing", part)}"/>'
        draft.edit(sheet, Edit(following, following, fragment.encode()))
    drawn = {_cell(ref): grid.box(*_cell(ref), *_size(text)) for ref, text in placed.items()}
    draft.write(part, boxes.added(boxes.without(drawing, gone), drawn, part))


def _follows_drawing(sheet: Element, child: Element) -> bool:
    """Whether a child stands behind the drawing, as controls do, also where another program may leave them out."""
    data = sheet.find("sheetData")
    alternative = child.name == "AlternateContent" and data is not None and child.start > data.end
    return alternative or child.name in _AFTER_DRAWING


def _size(text: str) -> tuple[int, int]:
    """Pixels of a box that shows all of the text."""
    heights = [(line_count(_tidy(text), columns + 1) + 2) * _LINE for _, columns in _WIDTHS]
    fitting = int(heights[0] > _HIGHEST)
    return _WIDTHS[fitting][0], heights[fitting]


def _headed(author: str) -> str:
    return f"【{author}】"


def _cell(ref: str) -> Cell:
    match = _ADDRESS.fullmatch(ref)
    if match is None:
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"批注的位置“{ref[:20]}”不是单元格")
    return int(match[2]) - 1, column_number(match[1].encode()) - 1


def _text(xml: bytes, element: Element) -> str:
    return xml[element.inside : element.close].decode()


def _tidy(text: str) -> str:
    tidy = "\n".join(map(clean, text.split("\n")))
    return tidy if len(tidy) <= _LONGEST else tidy[:_LONGEST] + "…"
