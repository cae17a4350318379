"""A template that an office has edited: taken apart within limits, and looked through before anything is filled in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from defusedxml.ElementTree import fromstring
from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.report.letters.expressions import COUNT, Flaw, flaws
from jieyue_cli.report.letters.placeholders import Placeholder
from jieyue_cli.text.cleaning import clean
from jieyue_cli.workbook.containers.xmlpart import plain_xml
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import MIB, Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.writing.container import pack, stored

LIMITS = Limits(entries=500, inflated_bytes=32 * MIB)
"""Of a template; ours are 5 kB, and one with the office's emblem some 100 kB."""
_MOST_TEXT = MIB
"""Of one part with text, in bytes."""
_MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_DOCUMENT = b"wordprocessingml.document.main+xml"
_DETAILS = {
    Code.FILE_DAMAGED: "不是 .docx 文件，或已损坏",
    Code.FILE_SUSPECT: "内容不正常，为安全起见没有读取",
    Code.FILE_TOO_LARGE: f"解开后超过 {LIMITS.inflated_bytes // MIB} MB",
    Code.FILE_PASSWORD: "有密码",
}
"""What the problems of a zip container mean for a template."""
_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
"""Kinds of relations, from the body, to the parts that are filled in too."""
NOTES = frozenset({"脚注", "尾注"})
_PREFIX = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FULL_WIDTH = re.compile(r"｛[｛{%％]|[｝}%％]｝|\{[｛％]|[｝％]\}")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LOOSE = re.compile(r"\{[{%#]|[}%#]\}")
_CURLY = re.compile("[“”‘’]")
_SHOWN = 40
"""Characters of a paragraph that a message shows."""


def environment() -> ImmutableSandboxedEnvironment:
    """Where templates are filled in: there are no functions, one filter, and no name that is not declared."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    made.filters = {COUNT: len}
    return made


def opened(data: bytes) -> tuple[bytes | None, Problem | None]:
    """A template packed anew from parts that were looked at; None with the reason where it is none."""
    try:
        template = _repacked(Container(data, LIMITS), zipfile.ZipFile(BytesIO(data)).namelist())
        for _, part in parts(Document(BytesIO(template))):
            if len(part.blob) > _MOST_TEXT:
                raise RefusedError(Code.LETTER_NOT_DOCX, detail=f"{part.partname[1:]} 超过 {_MOST_TEXT // MIB} MB")  # noqa: TRY301 - said as the others
    except RefusedError as refused:
        detail = _DETAILS.get(refused.problem.code)
        return None, Code.LETTER_NOT_DOCX.at(detail=detail) if detail else refused.problem
    except ImportError:
        raise  # the program is incomplete
    except Exception:  # python-docx, as zipfile, raises almost anything for a damaged file (docs/hazards.md, 24)
        return None, Code.LETTER_NOT_DOCX.at(detail="内容已损坏")
    return template, None


def _repacked(container: Container, names: Iterable[str]) -> bytes:
    if _MAIN not in container or _TYPES not in container:
        raise RefusedError(Code.LETTER_NOT_DOCX, detail="不是 Word 文档")
    if _PREFIX not in container.read(_MAIN):
        raise RefusedError(Code.LETTER_NOT_DOCX, detail="是“严格的 Open XML”一类的格式")
    if _DOCUMENT not in container.read(_TYPES) or "word/vbaProject.bin" in container:
        raise RefusedError(Code.LETTER_NOT_DOCX, detail="带宏，或是 .dotx 一类的文件")
    parts: dict[str, bytes] = {}
    for name in dict.fromkeys(name for name in names if not name.endswith("/")):
        part = container.read(name)
        if name.endswith((".xml", ".rels")):
            part = plain_xml(part, name)
            fromstring(part)
        parts[name] = part
    return pack(stored(name, part) for name, part in parts.items())


def looked_through(template: bytes, placeholders: Iterable[Placeholder]) -> list[Problem]:
    """Everything that stands in the way of letters with these placeholders, each with the text of its paragraph."""
    declared = tuple(placeholders)
    document = Document(BytesIO(template))
    problems = [Code.LETTER_REMOTE.at(where=where) for where in _remote(document)]
    for part, text in parts(document):
        xml = text.blob.decode()
        told = list(_told(part, _written(xml)))
        problems += told
        if all(problem.code is not Code.LETTER_UNCLOSED for problem in told):
            problems += _of_expressions(part, xml, declared)
    return problems


def parts(template: DocumentObject) -> Iterator[tuple[str, Part]]:
    """What each part with text is called, and the part; by relations, as they are filled in, not by their names."""
    yield "正文", template.part
    for relation in template.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _PARTS and not relation.is_external:
            yield _PARTS[kind], relation.target_part


def _remote(template: DocumentObject) -> Iterator[str]:
    """Where a program that opens the document fetches something from, asked or not; a link waits for a click."""
    for relation in template.part.package.iter_rels():
        if relation.is_external and not relation.reltype.endswith("/hyperlink"):
            yield clean(relation.target_ref)[: 2 * _SHOWN]


def _written(xml: str) -> Iterator[str]:
    """The text of every paragraph."""
    for paragraph in fromstring(xml).iter(f"{_WORDS}p"):
        yield "".join(text.text or "" for text in paragraph.iter(f"{_WORDS}t"))


def _told(part: str, paragraphs: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with how the marks of placeholders are typed."""
    for text in paragraphs:
        if wide := _FULL_WIDTH.search(text):
            yield Code.LETTER_FULL_WIDTH.at(_place(part, text, wide.start()), seen=wide[0])
        elif loose := _LOOSE.search(_TAG.sub(lambda tag: " " * len(tag[0]), text)):
            yield Code.LETTER_UNCLOSED.at(_place(part, text, loose.start()), seen=loose[0])
        for tag in _TAG.finditer(text):
            if curly := _CURLY.search(tag[0]):
                yield Code.LETTER_QUOTE.at(_place(part, text, tag.start()), seen=curly[0])


def _of_expressions(part: str, xml: str, declared: Iterable[Placeholder]) -> Iterator[Problem]:
    """What is wrong with what the placeholders say, once each paragraph and each tag beside one has its own line."""
    source = DocxTemplate(BytesIO()).patch_xml(xml.replace("\n", " "))
    source = re.sub(r"(?=<w:p[ >])|(?<=</w:p>)", "\n", source)
    lines = [re.sub(r"<[^>]+>", "", line).strip() for line in source.splitlines()]
    try:
        found = flaws(environment().parse(source), declared)
    except TemplateSyntaxError as error:
        found = [Flaw(error.lineno, Code.LETTER_SYNTAX, {})]
    except RecursionError:
        found = [Flaw(1, Code.LETTER_SYNTAX, {})]
    for flaw in found:
        text = lines[flaw.line - 1]
        yield flaw.code.at(_place(part, text, max(0, text.find(flaw.facts.get("name", "")))), **flaw.facts)


def _place(part: str, text: str, start: int = 0) -> Location:
    """``正文“…”``: the paragraph, from a little before what the message is about."""
    first = max(0, start - _SHOWN // 2)
    shown = text[first : first + _SHOWN]
    return Location(sheet=f"{part}“{'…' if first else ''}{shown}{'…' if first + _SHOWN < len(text) else ''}”")
