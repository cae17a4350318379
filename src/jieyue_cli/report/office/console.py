"""One of the office's reports on the console: the facts, then each table that has rows."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from jieyue_cli.report.console.look import Entry, Ledger, Page, Prose, pairs, section
from jieyue_cli.report.console.look import Head as Column
from jieyue_cli.report.office.model import OfficeReport, Table, shown

_INDENT = 4
"""Cells before a text that stands beneath its row."""


def office_view(report: OfficeReport) -> RenderableType:
    """Show a report."""
    return Page(section(report.title, pairs(report.facts)), *map(_table, filter(_is_shown, report.tables)))


def _is_shown(table: Table) -> bool:
    return bool(table.rows and table.most)


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
    return section(table.name, *_around(table), Ledger(heads, entries), *_rest(table))


def _around(table: Table) -> Iterator[RenderableType]:
    if table.note:
        yield Prose(table.note, "dim")


def _rest(table: Table) -> Iterator[RenderableType]:
    if (more := len(table.rows) - table.most) > 0:
        yield Prose(f"另有 {more} 行，用 -o 写成 .xlsx 可以看全。", "dim")
