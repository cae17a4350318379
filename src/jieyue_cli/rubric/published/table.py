"""The rows of a published table → its units, items and the text of each, with the points printed beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.published.grid import HEADERS, Cell, Column, Printed, Row, Table, is_total
from jieyue_cli.rubric.published.splitting import flat, starts_anew
from jieyue_cli.text.folding import narrow

_POINTS = re.compile(r"(?:共|计|满分)?(\d{1,4}(?:\.\d{1,2})?)分?")
_NAME = re.compile(r"(?P<name>.*?)[(（\[【]?(?:共|计|满分)?(?P<points>\d{1,4}(?:\.\d{1,2})?)分[)）\]】]?", re.DOTALL)
_NUMERALS = "[一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(rf"^(?:[(（]{_NUMERALS}[)）]|{_NUMERALS}[、.．]|\d{{1,2}}(?:[、．\s]|[.](?!\d)))")
_REMARK = re.compile(r"[(（]?(?:注|备注|说明|填表说明|附注)\s*\d*[:：、.]")
_BONUS = re.compile("附加|加分")


@dataclass
class Block:
    """The text of one row."""

    text: str
    points: Decimal | None
    note: str = ""
    method: str = ""
    columns: int = 1
    """How many columns its text is from."""


@dataclass
class Item:
    """评价项目, as printed."""

    name: str
    points: Decimal | None
    place: Location
    blocks: list[Block] = field(default_factory=list)
    beside: list[Decimal] = field(default_factory=list)
    """What stands in the points column of its rows."""
    printed_under: Unit | None = None
    printed: bool = False
    """Whether its points are printed anywhere."""


@dataclass
class Unit:
    """评价单元, as printed."""

    name: str
    points: Decimal | None
    items: list[Item] = field(default_factory=list)

    @property
    def bonus(self) -> bool:
        """Whether its points come on top of the others'."""
        return _BONUS.search(self.name) is not None


@dataclass
class Outline:
    """The whole table, read."""

    units: list[Unit] = field(default_factory=list)
    total: Decimal | None = None
    unread: list[str] = field(default_factory=list)
    """Lines that are no part of the table: notes below it."""
    problems: list[Problem] = field(default_factory=list)


def outline(table: Table) -> Outline:
    """Read a table from the top down."""
    reader = _Reader(table)
    for row in table.rows:
        reader.read(row)
    for unit in reader.outline.units:
        for item in unit.items:
            if not item.blocks:
                reader.outline.problems.append(Code.PUBLISHED_NO_TEXT.at(item.place, name=item.name[:40]))
    if not reader.outline.units and not reader.outline.problems:
        place = table.printed.place(table.header.last, 1)
        reader.outline.problems.append(Code.PUBLISHED_NO_ROWS.at(place))
    return reader.outline


class _Reader:
    def __init__(self, table: Table) -> None:
        self.outline = Outline()
        self._columns = table.columns
        self._text = table.columns[Column.TEXT]
        names = table.columns[Column.NAME]
        self._unit = names[0] if len(names) > 1 else None
        self._item = names[1] if len(names) > 1 else names[0]
        self._last = next((row for row in reversed(table.rows) if self._counts(row)), None)
        """The row with the total; None where others with points follow, for then it sums up one unit as all like it."""
        if self._last and not any(map(is_total, self._last.cells)):
            self._last = None
        self._headed = False
        """Whether rows of their own name the units."""

    def _counts(self, row: Row) -> bool:
        """Whether a row has points, or sums them up."""
        cells = (_at(row, column) for column in self._columns[Column.POINTS])
        own = any(cell and cell.row == row.number and re.search(r"\d", cell.text) for cell in cells)
        return own or any(map(is_total, row.cells))

    def read(self, row: Row) -> None:
        """Read the next row."""
        shown = list(dict.fromkeys(cell for cell in row.cells if cell.text))
        own = [cell for cell in shown if cell.row == row.number]
        words = {HEADERS.meaning(cell.text) for cell in shown} - {None}
        serial = self._columns.get(Column.SERIAL, ())
        if all(cell.column in serial for cell in own) or HEADERS.enough(frozenset(filter(None, words))):
            return
        if self.outline.total is not None:
            self.outline.unread += [flat(cell.text) for cell in own]
        elif row is self._last:
            self.outline.total = self._sum(row, own)
        elif any(is_total(cell) or flat(cell.text) == "小计" for cell in own):
            points = self._sum(row, own)
            if self.outline.units and self.outline.units[-1].points is None:
                self.outline.units[-1].points = points
        elif len(own) == 1 and _REMARK.match(own[0].text):
            self.outline.unread.append(flat(own[0].text))
        elif len(own) == len(shown) == 1 and own[0].column <= self._columns[Column.NAME][0]:
            self._heading(own[0], across=_at(row, min(self._text)) == own[0])
        else:
            self._row(row)

    def _heading(self, cell: Cell, *, across: bool) -> None:
        """A row with nothing but a name: of a unit, or a note to the table."""
        name, points = named(cell.text)
        if across and points is None and not _ORDINAL.match(cell.text):
            self.outline.unread.append(flat(cell.text))
            return
        self._headed = True
        self._begin_unit(name, points)

    def _row(self, row: Row) -> None:
        if self._unit and (cell := _at(row, self._unit)) and cell.text:
            self._begin_unit(*named(cell.text))
        item = self._item_of(row.printed, _at(row, self._item))
        if item is None:
            place = row.printed.place(row.number, self._item)
            self.outline.problems.append(Code.PUBLISHED_NO_NAME.at(place))
            return
        points = None
        for column in self._columns[Column.POINTS]:
            cell = _at(row, column)
            if cell and cell.text and cell.row == row.number:
                points = self._points(row.printed, cell)
        if points is not None:
            item.beside.append(points)
            item.printed = True
        cells = dict.fromkeys(_at(row, column) for column in self._text)
        texts = [cell.text for cell in cells if cell and cell.row == row.number]
        text = "：".join(filter(None, texts)) if len(self._text) > 1 else "".join(texts)
        if not text:
            return
        before = item.blocks[-1] if item.blocks else None
        if before and points is None and not starts_anew(before.text, text):
            before.text += text
            return
        note, method = self._beside(row, Column.NOTE), self._beside(row, Column.METHOD)
        item.blocks.append(Block(text, points, note, method, len(list(filter(None, texts)))))

    def _item_of(self, printed: Printed, cell: Cell | None) -> Item | None:
        """The item to which a row belongs: a new one, or the one above."""
        units = self.outline.units
        if cell is None or not cell.text:
            if not units:
                return None
            if not units[-1].items:
                place = printed.place(cell.row, cell.column) if cell else Location()
                units[-1].items.append(Item(units[-1].name, None, place))
            return units[-1].items[-1]
        name, points = named(cell.text)
        items = units[-1].items if units else []
        if items and items[-1].name == name:
            return items[-1]
        if self._unit is None and not self._headed:
            units.append(Unit(name, points))
        if not units:
            return None
        place = printed.place(cell.row, cell.column)
        units[-1].items.append(Item(name, points, place, printed=points is not None))
        return units[-1].items[-1]

    def _begin_unit(self, name: str, points: Decimal | None) -> None:
        units = self.outline.units
        if units and units[-1].name == name:
            units[-1].points = points if units[-1].points is None else units[-1].points
        else:
            units.append(Unit(name, points))

    def _sum(self, row: Row, own: Sequence[Cell]) -> Decimal | None:
        """The points of a row that sums up: beside its word, or behind it in the same cell."""
        for column in self._columns[Column.POINTS]:
            cell = _at(row, column)
            if cell and cell in own and re.search(r"\d", cell.text):
                return self._points(row.printed, Cell(re.sub(r"^[^\d]+", "", cell.text), cell.row, cell.column))
        found = re.search(r"\d{1,4}(?:\.\d{1,2})?", narrow("".join(cell.text for cell in own)))
        return Decimal(found[0]) if found else Decimal(0)

    def _points(self, printed: Printed, cell: Cell) -> Decimal | None:
        found = _POINTS.fullmatch(narrow(cell.text).replace(" ", ""))
        if found and Decimal(found[1]):
            return Decimal(found[1])
        if cell.text.strip("-—－/\\ "):
            place = printed.place(cell.row, cell.column)
            self.outline.problems.append(Code.PUBLISHED_POINTS.at(place, seen=flat(cell.text)[:20]))
        return None

    def _beside(self, row: Row, column: Column) -> str:
        cells = (_at(row, number) for number in self._columns.get(column, ()))
        return "；".join(flat(cell.text) for cell in cells if cell and cell.text)


def named(text: str) -> tuple[str, Decimal | None]:
    """A name without its number and its points, and the points: ``一、管理制度(22分)``."""
    found = _NAME.fullmatch(text.strip())
    points = Decimal(found["points"]) if found and found["name"].strip() else None
    name = found["name"] if found and points is not None else text
    return flat(_ORDINAL.sub("", name.strip())) or flat(text), points


def printed_points(item: Item, priced: Decimal | None) -> Decimal | None:
    """The points of an item whose name has none: those in its rows, or what its text comes to."""
    if not item.beside:
        return priced
    # one figure may be printed again and again beside the rows of an item
    again = len(set(item.beside)) == 1 and item.beside[0] == priced
    return item.beside[0] if again else sum(item.beside, Decimal(0))


def _at(row: Row, column: int) -> Cell | None:
    return row.cells[column - 1] if column <= len(row.cells) else None
