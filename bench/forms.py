"""Filled-in forms from the real blank one: answers and the formulas' stored results are put into its sheet's XML.

A form is what a spreadsheet program would have saved: same parts, formulas and styles, texts among the shared
strings, and beside every formula the result that belongs to the answers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
from defusedxml.ElementTree import fromstring

from bench.agencies import Answer, Filling, points
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field, fields
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import plain
from jieyue_cli.writing.container import Member, deflated, pack

Value = str | int | Decimal | None

_SHEET_PART = "xl/worksheets/sheet1.xml"
_STRINGS_PART = "xl/sharedStrings.xml"
_CELL = re.compile(
    rb'(<c r="(?P<cell>[A-Z]+[0-9]+)"(?: s="[0-9]+")?)(?: t="[a-z]+")?(?:/>|>(<f>[^<]*</f>)?(?:<v>[^<]*</v>|<v/>)?</c>)'
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Form:
    """One form and what it was made to score."""

    filling: Filling
    data: bytes
    claimed: Decimal
    verified: Decimal | None


@dataclass(frozen=True, slots=True)
class _Side:
    """The cells of one side's scores: lines, sums and verdict."""

    lines: Mapping[str, str]
    """编号 → cell."""
    sums: Mapping[str, frozenset[str]]
    """Cell of a sum → the criteria it sums."""
    verdict: str


class Maker:
    """Fills in one standard's form again and again."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._rows = list(rows(rubric))
        blank = blank_form(rubric)
        with zipfile.ZipFile(io.BytesIO(blank)) as container:
            parts = {name: container.read(name) for name in container.namelist()}
        self._own = self._side(blank, Column.SELF_SCORE, Field.SELF_TOTAL, Field.SELF_VERDICT)
        self._office = self._side(blank, Column.VERIFIED_SCORE, Field.VERIFIED_TOTAL, Field.VERIFIED_VERDICT)
        self._pieces, self._slots = self._cut(parts[_SHEET_PART])
        self._strings = _Strings(parts[_STRINGS_PART])
        self._parts = {name: deflated(name, data) for name, data in parts.items()}

    def form(self, filling: Filling) -> Form:
        """The form as this agency, and perhaps the office, filled it in."""
        values: dict[str, Value] = {
            Field.NAME.cell: filling.name,
            Field.CATEGORY.cell: filling.category,
            Field.YEAR.cell: filling.year,
            Field.FILLED_BY.cell: filling.person,
            Field.PHONE.cell: filling.phone,
            Field.FILLED_ON.cell: filling.day,
            Field.CHECKED_BY.cell: None if filling.findings is None else "核查员",
            Field.CHECKED_ON.cell: None if filling.findings is None else filling.day,
        }
        for row in self._rows:
            identifier = row.criterion.id
            values[row.address(Column.ANSWER)] = _written(filling.answers[identifier])
            values[row.address(Column.EVIDENCE)] = filling.evidence.get(identifier)
            if filling.findings is not None:
                values[row.address(Column.FINDING)] = _written(filling.findings[identifier])
        claimed = self._state(values, self._own, filling.answers)
        verified = self._state(values, self._office, filling.findings) if filling.findings is not None else None
        return Form(filling, self._packed(values), claimed, verified)

    def _side(self, blank: bytes, column: Column, total: Field, verdict: Field) -> _Side:
        """Where the blank form has its sums; those below the table are told by the words beside them."""
        rubric = self.rubric
        everything = frozenset(criterion.id for criterion in rubric.criteria)
        covered = {(unit.name, item.name): item.criteria for unit in rubric.units for item in unit.items}
        sums = {total.cell: everything}
        sheet = openpyxl.load_workbook(io.BytesIO(blank))[SHEET]
        last = self._rows[-1].number
        for cells in sheet.iter_rows(min_row=last + 1, max_row=sheet.max_row):
            unit, item = (str(cells[place.number - 1].value) for place in (Column.UNIT, Column.ITEM))
            stated = cells[column.number - 1]
            if str(stated.value).startswith("="):
                chosen = {key: value for key, value in covered.items() if key in {(unit, item)}}
                chosen = chosen or {key: value for key, value in covered.items() if key[0] == unit} or covered
                sums[stated.coordinate] = frozenset(entry.id for listed in chosen.values() for entry in listed)
        lines = {row.criterion.id: row.address(column) for row in self._rows}
        return _Side(lines, sums, verdict.cell)

    def _state(self, values: dict[str, Value], side: _Side, answers: Mapping[str, Answer]) -> Decimal:
        """Put the results that belong to the answers beside the formulas; returns the total."""
        scores = {row.criterion.id: points(row.judged, answers[row.criterion.id]) for row in self._rows}
        for identifier, cell in side.lines.items():
            values[cell] = scores[identifier]
        for cell, summed in side.sums.items():
            values[cell] = sum((scores[identifier] for identifier in summed), Decimal(0))
        total = sum(scores.values(), Decimal(0))
        values[side.verdict] = "达标" if total >= self.rubric.pass_mark else "未达标"
        return total

    def _cut(self, xml: bytes) -> tuple[list[bytes], list[tuple[str, bytes, bytes]]]:
        """The sheet's XML cut at every cell that a form fills: pieces, and between them cell, head and formula."""
        wanted = {field.cell for field in fields(self.rubric) if field is not Field.RUBRIC}
        columns = (Column.ANSWER, Column.EVIDENCE, Column.FINDING)
        wanted |= {row.address(column) for row in self._rows for column in columns}
        for side in (self._own, self._office):
            wanted |= {*side.lines.values(), *side.sums}
        pieces, slots, end = [], [], 0
        for match in _CELL.finditer(xml):
            name = match["cell"].decode()
            if name in wanted:
                pieces.append(xml[end : match.start()])
                slots.append((name, match[1], match[3] or b""))
                end = match.end()
        if len(slots) != len(wanted):
            raise ValueError("the blank form lacks cells that its layout names")
        return [*pieces, xml[end:]], slots

    def _packed(self, values: Mapping[str, Value]) -> bytes:
        strings: dict[str, int] = {}
        sheet = [self._pieces[0]]
        for (name, head, formula), following in zip(self._slots, self._pieces[1:], strict=True):
            sheet += [head, self._content(values.get(name), formula, strings), following]
        changed: dict[str, Member] = {
            _SHEET_PART: deflated(_SHEET_PART, b"".join(sheet)),
            _STRINGS_PART: deflated(_STRINGS_PART, self._strings.extended(strings)),
        }
        return pack(changed.get(name, part) for name, part in self._parts.items())

    def _content(self, value: Value, formula: bytes, strings: dict[str, int]) -> bytes:
        """A cell from behind its style to its end."""
        if value is None:
            return b' t="str">' + formula + b"<v></v></c>" if formula else b"/>"
        if isinstance(value, str):
            if formula:
                return b' t="str">' + formula + b"<v>" + escape(value).encode() + b"</v></c>"
            index = self._strings.known.get(value)
            if index is None:
                index = strings.setdefault(value, len(self._strings.known) + len(strings))
            return b' t="s"><v>%d</v></c>' % index
        text = plain(value) if isinstance(value, Decimal) else str(value)
        return b">" + formula + b"<v>" + text.encode() + b"</v></c>"


class _Strings:
    """The shared strings of the blank form, and the same with more at their end."""

    def __init__(self, xml: bytes) -> None:
        texts = ["".join(entry.itertext()) for entry in fromstring(xml).iter(f"{_MAIN}si")]
        self.known = {text: index for index, text in enumerate(texts)}
        if len(self.known) != len(texts):
            raise ValueError("the blank form holds a shared string twice")
        self._head = xml[: xml.index(b"<sst")]
        self._body = xml[xml.index(b"<si>") : xml.index(b"</sst>")]

    def extended(self, more: Mapping[str, int]) -> bytes:
        """The part with the strings of one form added."""
        unique = len(self.known) + len(more)
        opening = f'<sst xmlns="{_MAIN[1:-1]}" uniqueCount="{unique}">'
        added = "".join(f"<si><t>{escape(text)}</t></si>" for text in more)
        return b"".join((self._head, opening.encode(), self._body, added.encode(), b"</sst>"))


def _written(answer: Answer) -> Value:
    if isinstance(answer, bool):
        return "是" if answer else "否"
    return answer
