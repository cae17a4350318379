"""One of the office's reports on the console: the facts, then each table that has rows."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding

from jieyue_cli.report.console.look import Entry, Ledger, Page, Prose, pairs, section
from jieyue_cli.report.console.look import Head as Column
from jieyue_cli.report.office.model import OfficeReport, Table, shown

_INDENT = 4
"""Cells before a text that stands beneath its row."""


def office_view(report: OfficeReport) -> RenderableType:
    """Show a report."""
    tables = (_table(table) for table in report.tables if table.rows and table.most)
    return Page(section(report.title, pairs(report.facts)), *tables)


def _table(table: Table) -> RenderableType:
    kept = [at for at, head in enumerate(table.heads) if head.on_console]
    shown_heads = [table.heads[at] for at in kept]
    heads = [Column(head.text, "right" if head.right else "left", head.width) for head in shown_heads]
    # the last column is a text's, so a number in the last one is followed by an empty text
    room = [""] if shown_heads[-1].right else []
    heads += map(Column, room)
    entries = []
    for row in table.rows[: table.most]:
        *cells, last = (*(shown(row[at]) for at in kept), *room)
        text = Prose(last)
        entries.append(Entry(cells, "", Padding(text, (0, 0, 0, _INDENT))) if table.below else Entry(cells, text))
    note = [Prose(table.note, "dim")] if table.note else []
    more = len(table.rows) - table.most
    rest = [Prose(f"另有 {more} 行，用 -o 写成 .xlsx 可以看全。", "dim")] if more > 0 else []
    return section(table.name, *note, Ledger(heads, entries), *rest)
