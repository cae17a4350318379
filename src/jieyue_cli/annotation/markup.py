"""Where the elements of an XML part stand in its bytes, so that it can be changed there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.parsers import expat

import msgspec

from jieyue_cli.problems import Code
from jieyue_cli.workbook.containers.xmlpart import plain_xml
from jieyue_cli.workbook.refusal import RefusedError

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_STRICT = b"http://purl.oclc.org/ooxml/"
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"


class Element(msgspec.Struct):
    """One element; positions are byte offsets in its part."""

    tag: str
    """As written, with its prefix."""
    attributes: dict[str, str]
    """By their names as written, namespaces among them."""
    start: int
    inside: int
    """After the start tag."""
    close: int = 0
    """Before the end tag; where there is none, as in ``<a/>``, the end."""
    end: int = 0
    children: list[Element] = []

    @property
    def name(self) -> str:
        """Without the prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """With its colon; empty for the default namespace."""
        return self.tag[: -len(self.name)]

    @property
    def namespace(self) -> str:
        """Of its tag, where it is declared here, as it is on a root."""
        return self.attributes.get(f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns", "")

    def get(self, name: str) -> str:
        """The attribute of this name, whatever its prefix; empty where there is none."""
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), "")

    def find(self, name: str) -> Element | None:
        """The first child of this name."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[Element]:
        """Every child of this name."""
        return (child for child in self.children if child.name == name)


class Edit(NamedTuple):
    """What takes the place of some bytes, or of none."""

    start: int
    end: int
    text: bytes


def outline(xml: bytes, part: str, depth: int) -> Element:
    """The root of a part with everything down to ``depth`` levels below it.

    Raise RefusedError where the bytes are not plain UTF-8 in the usual namespaces, or no XML.
    """
    if _STRICT in xml[:4096]:
        raise RefusedError(Code.FEEDBACK_STRICT)
    if plain_xml(xml, part).lstrip() != xml.lstrip(_BEFORE_MARKUP):
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 的编码少见")
    try:
        return _Outline(xml, depth).root
    except expat.ExpatError as cause:
        raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 的内容不完整") from cause


class _Outline:
    def __init__(self, xml: bytes, depth: int) -> None:
        self._xml = xml
        self._deepest = depth
        self._depth = -1
        self._open: list[Element] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature

    def _started(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._deepest:
            return
        start = self._parser.CurrentByteIndex
        match = _TAG.match(self._xml, start)
        element = Element(tag, attributes, start, match.end() if match else start, children=[])
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _ended(self, _: str) -> None:
        if self._depth <= self._deepest:
            element = self._open.pop()
            if self._xml.startswith(b"/>", element.inside - 2):
                element.close = element.end = element.inside
            else:
                element.close = self._parser.CurrentByteIndex
                element.end = self._xml.index(b">", element.close) + 1
            if not self._depth:
                self._open.append(element)  # the root stays
        self._depth -= 1


def appended(xml: bytes, parent: Element, fragment: bytes) -> Edit:
    """The edit that makes ``fragment`` the last thing inside ``parent``."""
    if parent.close < parent.end:
        return Edit(parent.close, parent.close, fragment)
    opened = xml[parent.start : parent.inside].removesuffix(b"/>").rstrip()
    return Edit(parent.start, parent.end, b"%b>%b</%b>" % (opened, fragment, parent.tag.encode()))


def edited(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with these edits, which do not overlap; several at one place stay in their order."""
    pieces: list[bytes] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += (xml[place : edit.start], edit.text)
        place = edit.end
    return b"".join((*pieces, xml[place:]))
