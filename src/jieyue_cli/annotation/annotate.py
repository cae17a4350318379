"""Somebody's workbook with comments at its cells and one sheet more, or the reason why it cannot be had."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from itertools import count
from xml.sax.saxutils import quoteattr

import msgspec

from jieyue_cli.annotation.comments import comment
from jieyue_cli.annotation.markup import Element, appended
from jieyue_cli.annotation.package import OFFICE, Draft
from jieyue_cli.annotation.styles import Numbers, with_formats
from jieyue_cli.problems import Code, Problem
from jieyue_cli.workbook.limits import DEFAULT_LIMITS, Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.xlsx.package import MAIN

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FORMAT = re.compile(rb'(?<= s=")\d+(?=")')
_REFUSALS = frozenset(code for code in Code if code.name.startswith("FEEDBACK_"))
_YES = {"1", "true", "on"}
_SUFFIXES = {"template.macroEnabled": ".xltm", "template": ".xltx", "macroEnabled": ".xlsm"}
"""What a workbook is declared to be → how its name ends."""


class Annotation(msgspec.Struct, frozen=True):
    """What is added."""

    title: str
    """The sheet's name, and the author of the comments."""
    notes: Mapping[str, Mapping[str, str]]
    """Sheet → address → the text of the comment there."""
    book: bytes
    """A workbook of the one sheet that is added, as XlsxWriter writes it row by row: texts stand inside the cells."""
    replaced: str | None = None
    """The name of the sheet that an earlier run added; the new one takes its place."""


def annotate(
    data: bytes, annotation: Annotation, limits: Limits = DEFAULT_LIMITS
) -> tuple[bytes | None, Problem | None]:
    """The annotated workbook; or None, and why it is not safe to change it."""
    try:
        return _annotated(Draft(data, limits), annotation), None
    except RefusedError as refused:
        problem = refused.problem
        told = problem.code in _REFUSALS
        return None, problem if told else Code.FEEDBACK_ODD.at(detail=problem.message.rstrip("。"))
    except Exception:
        # Any other exception is the fault of the bytes, as in reading: one file must not end a run.
        return None, Code.FEEDBACK_ODD.at(detail="内容有误")


def suffix_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """What the name of an annotated workbook has to end with: no spreadsheet program opens it under another."""
    draft = Draft(data, limits)
    kind = draft.content_type(draft.workbook)
    return next((suffix for word, suffix in _SUFFIXES.items() if word in kind), ".xlsx")


def _annotated(draft: Draft, annotation: Annotation) -> bytes:
    _, book = draft.outline(draft.workbook, 2)
    if book.namespace != MAIN:
        raise RefusedError(Code.FEEDBACK_ODD, detail="工作簿部件的写法少见")
    locked = book.find("workbookProtection")
    if locked and locked.get("lockStructure") in _YES:
        raise RefusedError(Code.FEEDBACK_LOCKED)
    if any(draft.parts("/revisionheaders.xml")):
        raise RefusedError(Code.FEEDBACK_ODD, detail="共享工作簿")
    listed = book.find("sheets")
    sheets = list(listed.all("sheet")) if listed else []
    related = draft.related(draft.workbook, "worksheet")
    names = [sheet.get("name") for sheet in sheets]
    for name in annotation.notes:
        if names.count(name) != 1:
            raise RefusedError(Code.FEEDBACK_ODD, detail=f"叫“{name}”的工作表有 {names.count(name)} 个")
    for sheet in sheets:
        if sheet.get("name") != annotation.replaced and (part := related.get(_relation(sheet))):
            comment(draft, part, annotation.notes.get(sheet.get("name"), {}), annotation.title)
    if annotation.replaced in names:
        part = related[_relation(sheets[names.index(annotation.replaced)])]
    else:
        part = _listed(draft, sheets, annotation.title)
    draft.write(part, _sheet(draft, annotation.book))
    return draft.packed()


def _relation(sheet: Element) -> str:
    """The id of the relation to a listed sheet's part."""
    return next((value for key, value in sheet.attributes.items() if key.endswith(":id")), "")


def _listed(draft: Draft, sheets: list[Element], title: str) -> str:
    """List one sheet more; returns the name of its part."""
    part = draft.new("worksheets/sheet{}.xml")
    draft.declare(part, _SHEET_TYPE)
    relation = draft.relate(draft.workbook, "worksheet", part)
    names = {sheet.get("name").casefold() for sheet in sheets}
    name, number = title, 1
    while name.casefold() in names:
        number += 1
        name = f"{title}（{number}）"
    taken = {int(sheet.get("sheetId")) for sheet in sheets}
    identifier = next(free for free in count(1) if free not in taken)  # behind the largest there may be none
    xml, book = draft.outline(draft.workbook, 2)
    listed = book.find("sheets")
    if listed is None:
        raise RefusedError(Code.FEEDBACK_ODD, detail="工作簿部件没有列出工作表")
    fragment = (
        f'<{book.prefix}sheet xmlns:r="{OFFICE}" name={quoteattr(name)} sheetId="{identifier}" r:id="{relation}"/>'
    )
    draft.edit(draft.workbook, appended(xml, listed, fragment.encode()))
    return part


def _sheet(draft: Draft, book: bytes) -> bytes:
    """The one sheet of ``book``, whose texts are inside it, with the formats as the draft numbers them."""
    with zipfile.ZipFile(io.BytesIO(book)) as made:
        sheet, styles = made.read("xl/worksheets/sheet1.xml"), made.read("xl/styles.xml")
    part = next(iter(draft.related(draft.workbook, "styles").values()), None)
    if part is None:
        raise RefusedError(Code.FEEDBACK_ODD, detail="缺少格式部件")
    numbers: Numbers = with_formats(draft, part, styles)
    head, cells, foot = re.split(rb"(<sheetData>.*</sheetData>)", sheet, maxsplit=1, flags=re.DOTALL)
    cells = _FORMAT.sub(lambda match: b"%d" % numbers[int(match[0])], cells)
    # of two selected sheets, a person would fill in both at once
    return head.replace(b' tabSelected="1"', b"") + cells + foot
