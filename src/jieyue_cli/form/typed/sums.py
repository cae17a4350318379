"""The sums that a typed table states: rows of 小计 and 总分, and points in the headings of units and items."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jieyue_cli.form.typed.rows import Rows
from jieyue_cli.form.typed.scores import stated_points
from jieyue_cli.form.typed.table import TypedTable
from jieyue_cli.rubric.model import Item, Rubric
from jieyue_cli.submission import Stated, Sum
from jieyue_cli.text.folding import narrow
from jieyue_cli.workbook.cells import Cell


def stated_sums(table: TypedTable, rows: Rows, column: int, rubric: Rubric) -> Iterator[Stated]:
    """Yield the sums written in a column of points; a subtotal covers the rows since the subtotal before it."""
    everything = frozenset(rubric.by_id)
    held = {entry.row: {criterion.id for criterion in entry.criteria} for entry in rows.entries}
    last = max(held, default=0)
    since: dict[Sum, set[str]] = {Sum.SUBTOTAL: set(), Sum.TOTAL: set()}
    """编号 of the rows since the last sum of each kind."""
    for row in sorted({*held, *rows.sums, *rows.headings}):
        for identifiers in since.values():
            identifiers.update(held.get(row, ()))
        if row in held:
            continue
        cell, points = _figure(table, row, column)
        if heading := rows.headings.get(row):
            items = (heading,) if isinstance(heading, Item) else heading.items
            what, criteria = Sum.SUBTOTAL, frozenset(criterion.id for item in items for criterion in item.criteria)
        elif (kind := rows.sums[row]) is Sum.LABELS:
            continue
        else:
            what = Sum.TOTAL if kind is Sum.TOTAL and row > last else Sum.SUBTOTAL
            criteria = everything if what is Sum.TOTAL else frozenset(since[kind])
            since[kind] = set()
        if points is not None and criteria:
            yield Stated(what.value, criteria, points, table.sheet.name, cell.address)


def _figure(table: TypedTable, row: int, column: int) -> tuple[Cell, Decimal | None]:
    """The figure in the column of points, or behind the colon of a label such as 总分：92分."""
    cell = table.anchor(row, column)
    if not table.sideways(row, column) and (points := stated_points(cell)) is not None:
        return cell, points
    for number, value in enumerate(table.sheet.rows[row - 1], 1):
        tail = narrow(value).partition(":")[2] if isinstance(value, str) else ""
        if (points := stated_points(Cell(row, number, tail))) is not None:
            return table.sheet.cell(row, number), points
    return cell, None
