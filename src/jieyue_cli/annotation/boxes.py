"""The drawing part in which spreadsheet programs keep the boxes of comments; it is VML, which need not be XML.

So it is only searched for whole shapes and added to before its end; what else it holds, form controls say, stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from jieyue_cli.annotation.grid import Box
from jieyue_cli.annotation.package import Draft
from jieyue_cli.problems import Code
from jieyue_cli.workbook.refusal import RefusedError

Cell = tuple[int, int]
"""Row and column, counted from 0."""
_NAMES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_ROOT = re.compile(rb"""<xml\b(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_END = b"</xml>"
_SHAPE = re.compile(rb"<((?:\w+:)?)shape[\s>](?:(?!<(?:\w+:)?shape[\s>]).)*?</\1shape>\s*", re.DOTALL)
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_PLACE = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d+)\s*<")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_BLOCK = re.compile(rb"""<(?:\w+:)?idmap\b[^<>]*\bdata\s*=\s*["']([\d,\s]+)["']""")
_IN_A_BLOCK = 1024
"""Shapes that one number of a drawing stands for."""
_TYPE = "_x0000_t202"
_SHAPE_TYPE = (
    f'<v:shapetype id="{_TYPE}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def new_drawing(draft: Draft) -> bytes:
    """A drawing without boxes, whose number no other drawing of the package has."""
    blocks = [0]
    for part in draft.parts(".vml"):
        blocks += (int(number) for found in _BLOCK.findall(draft.read(part)) for number in found.split(b","))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{max(blocks) + 1}"/></o:shapelayout>'
    return f"<xml{_declared(b'')}>{layout}{_SHAPE_TYPE}</xml>".encode()


def without(drawing: bytes, cells: Collection[Cell]) -> bytes:
    """The drawing without the boxes of the comments at these cells."""

    def kept(match: re.Match[bytes]) -> bytes:
        place = _PLACE.search(match[0])
        gone = place and _NOTE.search(match[0]) and (int(place[1]), int(place[2])) in cells
        return b"" if gone else match[0]

    return _SHAPE.sub(kept, drawing) if cells else drawing


def added(drawing: bytes, boxes: Mapping[Cell, Box], name: str) -> bytes:
    """The drawing, a part of this name, with a hidden box for the comment at each cell."""
    end = drawing.rfind(_END)
    root = _ROOT.search(drawing)
    if end < 0 or root is None:
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {name} 的写法少见")
    block = _BLOCK.search(drawing)
    first = int(block[1].split(b",")[0]) * _IN_A_BLOCK if block else _IN_A_BLOCK
    number = max([first, *(int(found) for found in _NUMBER.findall(drawing))]) + 1
    shapes = [] if f'id="{_TYPE}"'.encode() in drawing else [_SHAPE_TYPE]
    shapes += (_shape(number + n, cell, boxes[cell]) for n, cell in enumerate(boxes))
    named = _declared(root[0])
    more = "".join(re.sub("^<v:shape(type)?", lambda match: match[0] + named, shape) for shape in shapes)
    return drawing[:end] + more.encode() + drawing[end:]


def _declared(root: bytes) -> str:
    """What has to be declared on an element that stands below ``root``, a start tag."""
    missing = {prefix: uri for prefix, uri in _NAMES.items() if f'xmlns:{prefix}="{uri}"'.encode() not in root}
    return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in missing.items())


def _shape(number: int, cell: Cell, box: Box) -> str:
    row, column = cell
    size = f"width:{box.width * 0.75:g}pt;height:{box.height * 0.75:g}pt"
    return (
        f'<v:shape id="_x0000_s{number}" type="#{_TYPE}" '
        f'style="position:absolute;margin-left:60pt;margin-top:2pt;{size};z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{', '.join(map(str, box.anchor))}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
