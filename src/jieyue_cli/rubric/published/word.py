"""The tables of a Word document as sheets, taken apart within limits; only its text is looked at.

The XML is read as it is: python-docx shows no text in content controls or tracked insertions, and asks each merged cell
for the one above it, which takes minutes for a large table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.published.grid import MOST_COLUMNS, MOST_ROWS, Printed
from jieyue_cli.workbook.cells import Area, Sheet
from jieyue_cli.workbook.containers.xmlpart import plain_xml
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import MIB, Limits
from jieyue_cli.workbook.refusal import RefusedError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "word/document.xml"
_LIMITS = Limits(entries=2_000, inflated_bytes=8 * MIB)
"""Only the body is inflated; that of the longest published standard takes 2 MiB."""
_MOST_TABLES = 100
_AROUND = frozenset({"sdt", "sdtContent", "ins", "customXml"})
"""What may stand around a row or a cell."""
_DETAILS = {Code.FILE_DAMAGED: "文件已损坏", Code.FILE_SUSPECT: "内容不正常，为安全起见没有读取"}
_DETAILS |= {Code.FILE_TOO_LARGE: "正文过大", Code.FILE_PASSWORD: "有密码"}


def is_document(data: bytes) -> bool:
    """Whether this is a Word document, and not a workbook or anything else."""
    try:
        container = Container(data, _LIMITS)
    except RefusedError:
        return False
    return MAIN in container and "xl/workbook.xml" not in container


def printed(data: bytes) -> tuple[list[Printed], Problem | None]:
    """The tables of a document; none, with the reason, where it cannot be read."""
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(plain_xml(Container(data, _LIMITS).read(MAIN), MAIN))
    except RefusedError as refused:
        return [], Code.PUBLISHED_UNREAD.at(detail=_DETAILS.get(refused.problem.code, "打不开"))
    except Exception:
        return [], Code.PUBLISHED_UNREAD.at(detail=_DETAILS[Code.FILE_DAMAGED])
    return list(_tables(root)), None


def _tables(root: Element) -> Iterator[Printed]:
    """The tables that are in no other table, each with the paragraphs before it."""
    above: list[str] = []
    inside: set[int] = set()
    number = 0
    for element in root.iter():
        if id(element) in inside:
            continue
        if _kind(element) == "tbl":
            inside |= {id(inner) for inner in element.iter()}
            number += 1
            numbered = any(_kind(inner) == "numPr" for inner in element.iter())
            sheet = _sheet(element, f"第 {number} 个表格")
            yield Printed(sheet, tuple(filter(None, above)), document=True, numbered=numbered)
            if number == _MOST_TABLES:
                return
            above = []
        elif _kind(element) == "p":
            above.append(_text(element, 0))


def _sheet(table: Element, name: str) -> Sheet:
    rows: list[list[str | None]] = []
    merged: dict[tuple[int, int], Area] = {}
    for number, row in enumerate(islice(_below(table, "tr"), MOST_ROWS + 1), 1):
        values: list[str | None] = [None] * _number(row, "gridBefore", 0)
        for cell in islice(_below(row, "tc"), MOST_COLUMNS):
            left, wide = len(values) + 1, max(1, _number(cell, "gridSpan", 1))
            goes_on = any(_value(merge) != "restart" for merge in _properties(cell, "vMerge"))
            values += [None if goes_on else _content(cell), *[None] * (wide - 1)]
            above = merged.pop((number - 1, left), None) if goes_on else None
            merged[number, left] = Area(above.top if above else number, left, number, left + wide - 1)
        rows.append(values)
    areas = (area for area in merged.values() if area.top < area.bottom or area.left < area.right)
    return Sheet(name, rows, merged=tuple(areas))


def _content(cell: Element) -> str | None:
    """The paragraphs of a cell; those that Word numbers are numbered here, for the text does not have the numbers."""
    lines: list[str] = []
    numbered = 0
    for paragraph in cell.iter():
        if _kind(paragraph) == "p":
            numbered += bool(numbers := _properties(paragraph, "numPr"))
            lines.append(_text(paragraph, numbered if numbers else 0))
    return "\n".join(filter(None, lines)) or None


def _text(paragraph: Element, number: int) -> str:
    """The text that is shown: what was deleted has another name."""
    shown = {"t": "", "tab": " ", "br": "\n", "cr": "\n"}
    text = "".join(element.text or shown[kind] for element in paragraph.iter() if (kind := _kind(element)) in shown)
    return f"{number}.{text.strip()}" if number and text.strip() else text.strip()


def _below(element: Element, kind: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also in content controls; never those of a table inside."""
    waiting = list(element)[::-1]
    while waiting:
        child = waiting.pop()
        if _kind(child) == kind:
            yield child
        elif _kind(child) in _AROUND:
            waiting += list(child)[::-1]


def _properties(element: Element, kind: str) -> list[Element]:
    return [
        found for child in element if _kind(child) in {"tcPr", "trPr", "pPr"} for found in child if _kind(found) == kind
    ]


def _number(element: Element, kind: str, otherwise: int) -> int:
    written = next((_value(found) for found in _properties(element, kind)), "")
    return min(int(written), MOST_COLUMNS) if written.isdecimal() and len(written) < len("1000") else otherwise


def _value(element: Element) -> str:
    return next((value for name, value in element.items() if name.rpartition("}")[2] == "val"), "")


def _kind(element: Element) -> str:
    """The name of an element, whichever of the two namespaces of Word it has."""
    return element.tag.rpartition("}")[2]
