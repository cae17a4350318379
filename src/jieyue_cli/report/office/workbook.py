"""One of the office's reports as a workbook: the facts on the first sheet, then a sheet a table."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.report.amounts import shown_rate
from jieyue_cli.report.office.model import Cell, OfficeReport, Rate, Table
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet

FACTS = "概况"


def render(report: OfficeReport) -> bytes:
    """The whole workbook."""
    stream = io.BytesIO()
    book = Book(stream, report.rubric, report.title)
    _facts(book, report)
    for table in report.tables:
        _table(book, table)
    book.close()
    return stream.getvalue()


def _facts(book: Book, report: OfficeReport) -> None:
    sheet = book.sheet(FACTS, [ReportColumn("项目", 24), ReportColumn("内容", 100)])
    sheet.title(report.title)
    sheet.head()
    for label, value in report.facts:
        sheet.text(label, Look.STRONG)
        sheet.text(value)
        sheet.end()


def _table(book: Book, table: Table) -> None:
    sheet = book.sheet(table.name, [ReportColumn(head.text, head.width) for head in table.heads], keep=1)
    sheet.title(table.name)
    if table.note:
        sheet.subtitle(table.note)
    sheet.filtered_head()
    for row in table.rows:
        for cell in row:
            _cell(sheet, cell)
        sheet.end()


def _cell(sheet: ReportSheet, cell: Cell) -> None:
    if isinstance(cell, Rate):
        sheet.number(shown_rate(cell.share), Look.PERCENT)
    elif isinstance(cell, int | Decimal | Fraction):
        sheet.number(cell)
    else:
        sheet.text(cell or "")
