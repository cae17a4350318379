"""The blank form, drawn once for a standard and then written for one agency after another.

Drawing costs twenty times what it costs to write a name into a form that is drawn, so only the cells that wait for
something known are replaced, and only the sheet they stand on is packed anew. A form alone goes the same way as one
of a roster: none differs from what it would be alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jieyue_cli.form.turn import Turn
from jieyue_cli.writing.container import deflated, pack
from jieyue_cli.writing.rows import line_count, row_height

if TYPE_CHECKING:
    from jieyue_cli.rubric.model import Rubric

_SHEET = "xl/worksheets/sheet1.xml"
_BLANK = re.compile(rb'(<c r="([A-Z]+[0-9]+)" s="[0-9]+")/>')
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML cannot hold, and what would be taken for its code."""
_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*>')
_HEIGHT = re.compile(rb' ht="([0-9.]+)"')
_LONGEST = 32_767
"""UTF-16 units in a cell."""
_DAY_0 = dt.date(1899, 12, 30)
"""From which a workbook counts its days."""
_Value = str | int | Decimal | dt.date


Entered = str | Decimal | dt.date | None
"""What stands in the cell of an answer."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """What is already known about one answer, and what the office found."""

    answer: Entered = None
    evidence: str | None = None
    remark: str | None = None
    finding: Entered = None
    opinion: str | None = None


class FormKind(NamedTuple):
    """What the results stored beside the formulas depend on."""

    grouped: bool
    """Whether the agency's class is filled in."""
    answered: bool
    """Whether answers are."""
    turn: Turn = Turn.AGENCY
    """Who goes on filling it in."""


@dataclass(frozen=True, slots=True)
class Prefill:
    """What is already known about the agency that will fill in the form, and what the office has checked."""

    name: str | None = None
    category: str | None = None
    year: int | None = None
    group: str | None = None
    filled_by: str | None = None
    phone: str | None = None
    filled_on: dt.date | None = None
    completion: str | None = None
    checked_by: str | None = None
    checked_on: dt.date | None = None
    entries: Mapping[str, FilledRow] = dataclasses.field(default_factory=dict)
    """By the question's 编号."""
    turn: Turn = Turn.AGENCY
    """Who fills in the rest."""

    @property
    def kind(self) -> FormKind:
        """Which form it is filled into."""
        return FormKind(grouped=bool(self.group), answered=bool(self.entries), turn=self.turn)


def blank_form(rubric: Rubric, prefill: Prefill = Prefill()) -> bytes:
    """Make one form; the same arguments always give the same bytes."""
    return Template(rubric, prefill.kind).form(prefill)


class Template:
    """One standard's form for agencies of one kind. It holds no rubric: it is cheap to hand to another process."""

    def __init__(self, rubric: Rubric, kind: FormKind) -> None:
        from jieyue_cli.form.blank.drawing import draw
        from jieyue_cli.form.head import fields
        from jieyue_cli.form.layout import Column, rows
        from jieyue_cli.rubric.rules import AnswerType

        drawn = draw(rubric, kind.turn, grouped=kind.grouped, answered=kind.answered)
        with zipfile.ZipFile(io.BytesIO(drawn)) as container:
            parts = {name: container.read(name) for name in container.namelist()}
        self._fields = {field.key: field.cell for field in fields(rubric) if field.entry}
        table = rows(rubric)
        columns = (Column.ANSWER, Column.EVIDENCE, Column.REMARK, Column.FINDING, Column.OPINION)
        self._rows = {row.id: tuple(map(row.address, columns)) for row in table if row.question}
        self._numbers = {row.id: row.number for row in table}
        measured = (Column.EVIDENCE, Column.REMARK, Column.OPINION, Column.ANSWER, Column.FINDING)
        self._widths = tuple(column.width for column in measured)
        questions = rubric.questions.values()
        self._percent = {question.id for question in questions if question.asked.type is AnswerType.PERCENT}
        self._sheet = _growing(parts[_SHEET], set(self._numbers.values()))
        self._parts = {name: deflated(name, data) for name, data in parts.items()}
        self._blank = {match[2].decode(): match[1] for match in _BLANK.finditer(self._sheet)}

    def form(self, prefill: Prefill) -> bytes:
        """The form with what is known about one agency; a program that opens it does not measure its rows."""
        sheet = self._sheet
        for identifier in prefill.entries.keys() & self._rows.keys():
            sheet = self._raised(sheet, identifier, prefill.entries[identifier])
        for cell, value in self._values(prefill):
            if value not in (None, ""):
                blank = self._blank[cell]
                sheet = sheet.replace(blank + b"/>", blank + _content(value), 1)
        return pack((self._parts | {_SHEET: deflated(_SHEET, sheet)}).values())

    def _values(self, prefill: Prefill) -> Iterator[tuple[str, _Value | None]]:
        """What belongs into which cell; what this standard's form does not ask is left out."""
        for key, cell in self._fields.items():
            yield cell, getattr(prefill, key, None)
        for identifier in prefill.entries.keys() & self._rows.keys():
            entry = prefill.entries[identifier]
            answer, finding = (self._entered(identifier, value) for value in (entry.answer, entry.finding))
            values = (answer, entry.evidence, entry.remark, finding, entry.opinion)
            yield from zip(self._rows[identifier], values, strict=True)

    def _entered(self, identifier: str, value: Entered) -> Entered:
        """An answer as its cell holds it: per cent as a share of 1."""
        return value / 100 if isinstance(value, Decimal) and identifier in self._percent else value

    def _raised(self, sheet: bytes, identifier: str, entry: FilledRow) -> bytes:
        """The sheet with the row high enough for what goes into it."""
        said = (text if isinstance(text, str) else "" for text in (entry.answer, entry.finding))
        texts = zip((entry.evidence, entry.remark, entry.opinion, *said), self._widths, strict=True)
        least = row_height(max(line_count(text or "", width) for text, width in texts))
        start = sheet.index(b'<row r="%d"' % self._numbers[identifier])
        drawn = _HEIGHT.search(sheet, start)
        if drawn is None or float(drawn[1]) >= least:
            return sheet
        return sheet[: drawn.start(1)] + f"{least:g}".encode() + sheet[drawn.end(1) :]


def _growing(sheet: bytes, rows: Container[int]) -> bytes:
    """The sheet with rows that grow with what is written: XlsxWriter marks every height as fixed."""
    return _ROW.sub(lambda row: row[0].replace(b' customHeight="1"', b"") if int(row[1]) in rows else row[0], sheet)


def _content(value: _Value) -> bytes:
    """A cell from behind its style to its end."""
    if isinstance(value, dt.date):
        value = (value - _DAY_0).days
    if isinstance(value, str):
        short = value.encode("utf-16-le", "replace")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
        coded = _CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", short)
        text = html.escape(coded, quote=False).encode()
        return b' t="inlineStr"><is><t xml:space="preserve">' + text + b"</t></is></c>"
    return f"><v>{value:.16G}</v></c>".encode()
