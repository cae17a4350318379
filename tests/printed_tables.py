"""Builds published tables as workbooks and Word documents, in the layouts that tests ask for."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby, pairwise

import openpyxl
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.table import _Cell

import annex_2020

Row = Sequence[str | int | float | None]
HEADER = ("评价单元", "评价项目", "评价标准", "分值")


def workbook(rows: Sequence[Row], merged: Sequence[str] = (), *, title: str = "标准") -> bytes:
    """One sheet with these rows from A1 on."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return _saved(book)


def sheets(*tables: Sequence[Row]) -> bytes:
    """A sheet for each of these tables."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet()
        for row in table:
            sheet.append(list(row))
    return _saved(book)


def document(*tables: Sequence[Row], above: Sequence[str] = (), merge: bool = True) -> bytes:
    """Word tables; with ``merge`` a blank cell of the first columns is one with the cell above it."""
    made = Document()
    for line in above:
        made.add_paragraph(line)
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    _fill(table.cell(number, column), str(value))
        for column in range(len(rows[0]) - 2 if merge else 0):
            marks = [number for number, row in enumerate(rows) if number and row[column] is not None]
            for first, after in pairwise((*marks, len(rows))):
                if after - first > 1:
                    table.cell(first, column).merge(table.cell(after - 1, column))
        made.add_paragraph()
    return _saved(made)


def numbered_by_word(data: bytes, row: int, column: int) -> bytes:
    """The document with its first table's cell numbered by Word itself."""
    made = Document(io.BytesIO(data))
    for paragraph in made.tables[0].cell(row, column).paragraphs:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:numPr"))
    return _saved(made)


def annex(layout: str = "merged") -> list[Row]:
    """The rows of the table of 2020: units ``merged`` (or left blank), ``repeated``, or one row a numbered point."""
    rows: list[Row] = [annex_2020.HEADER]
    for number, (unit, items) in enumerate(groupby(annex_2020.ROWS, key=lambda row: row[0]), 1):
        for at, (_, item, text, points) in enumerate(items):
            first = at == 0 or layout == "repeated"
            lines = text.split("\n") if layout == "by point" else [text]
            for line_at, line in enumerate(lines):
                head = (number if first else None, unit if first and not line_at else None)
                own = line_at == 0
                rows.append((*head, item if own else None, line, points if own else None, None))
    rows.append(("总分", None, None, None, annex_2020.TOTAL, None))
    return rows


def merged_annex() -> bytes:
    """The table of 2020 as it was printed: units, numbers and the total's row merged."""
    rows = annex()
    areas = []
    marks = [number for number, row in enumerate(rows, 2) if row[1] is not None]
    for first, after in pairwise((*marks, len(rows) + 1)):
        if after - first > 1 and first > marks[0]:
            areas += [f"{column}{first}:{column}{after - 1}" for column in "AB"]
    last = len(rows) + 1
    return workbook([(annex_2020.TITLE,), *rows], ["A1:F1", *areas, f"A{last}:D{last}"])


def _fill(cell: _Cell, text: str) -> None:
    """A paragraph for each line."""
    cell.text, *more = text.split("\n")
    for line in more:
        cell.add_paragraph(line)


def _saved(made: openpyxl.Workbook | DocumentObject) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
