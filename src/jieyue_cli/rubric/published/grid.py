"""The table of a workbook or a document: its header found by its words, merged areas known in each of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

import msgspec

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.folding import label
from jieyue_cli.workbook.cells import CellState, Sheet, address
from jieyue_cli.workbook.headers import Header, HeaderWords

MOST_ROWS = 1_000
"""The longest published standard has some 200 rows."""
MOST_COLUMNS = 40
_LONGEST_WORD = 40
"""Characters of a header cell, or of the word beside a sum."""
MOST_CHARACTERS = 100_000
"""Of a table; that of a published standard with 200 rows has some 20,000."""
MOST_TEXT = 8_000
"""Characters of a cell: the longest cell of a published standard has some 1,000."""
_BREAK = re.compile(r"_x000[aAdD]_|\r\n?|[\v\f]")


class Column(Enum):
    """What a column holds."""

    SERIAL = "serial"
    NAME = "name"
    """Of a unit or of an item: the left one is the unit's."""
    TEXT = "text"
    POINTS = "points"
    METHOD = "method"
    NOTE = "note"
    SCORE = "score"
    """Points that somebody was given: not read."""
    ANSWER = "answer"
    """What only a form has."""


_WORDS = {
    Column.SERIAL: "序号 编号",
    Column.NAME: "评价单元 单元 类别 评价类别 考核类别 评价项目 项目 考核项目 检查项目"
    " 指标 评价指标 考核指标 一级指标 二级指标 评价要素 要素",
    Column.TEXT: "评价标准 评价内容 内容 评分标准 考核内容 考核标准 评价要求"
    " 评分细则 检查内容 评分办法 计分办法 具体要求 评分要点 评定标准",
    Column.POINTS: "分值 标准分 标准分值 满分 分数 标准分数",
    Column.METHOD: "考评方法 评价方法 考核方法 考核方式 评价方式 检查方法 查验方式 考核办法",
    Column.NOTE: "备注 说明",
    Column.SCORE: "得分 自评得分 自评分 自评 核查得分 核查分 考核得分 扣分",
    Column.ANSWER: "完成情况 填报内容",
}
MEANINGS = {word: column for column, words in _WORDS.items() for word in words.split()}


def _enough(found: frozenset[Column]) -> bool:
    return {Column.TEXT, Column.NAME} <= found


HEADERS = HeaderWords(
    MEANINGS, _enough, deepest=60, fewest=2, longest=_LONGEST_WORD, divided=frozenset({Column.POINTS, Column.SCORE})
)


class Cell(NamedTuple):
    """What one place of the table shows, and where the cell that shows it begins: rows and columns from 1."""

    text: str
    row: int
    column: int


class Printed(msgspec.Struct, frozen=True):
    """A sheet of a workbook, or a table of a document."""

    sheet: Sheet
    above: tuple[str, ...] = ()
    """The lines of text before it; of a workbook, they stand in the sheet."""
    document: bool = False
    numbered: bool = False
    """Whether its program numbers paragraphs, so that the text has other numbers than its print."""

    def place(self, row: int, column: int) -> Location:
        """Where a cell is, as a person finds it."""
        return Location(
            sheet=self.sheet.name, cell=f"第 {row} 行第 {column} 列" if self.document else address(row, column)
        )


class Row(NamedTuple):
    """One row: where it is from, its number, and what each column shows."""

    printed: Printed
    number: int
    cells: list[Cell]


class Table(msgspec.Struct):
    """The rows below a header, in one or more pieces."""

    printed: Printed
    header: Header[Column]
    rows: list[Row]
    above: tuple[str, ...]
    unread: tuple[str, ...]
    """Words of header cells whose column is not read."""

    @property
    def columns(self) -> Mapping[Column, tuple[int, ...]]:
        """What each column holds."""
        return self.header.columns


def tables(printed: Iterable[Printed]) -> Iterator[Table | Problem]:
    """Every table with a header, each with the pieces that go on with it; or what stands in the way of one."""
    last: Table | None = None
    for piece in printed:
        header = HEADERS.first_in(piece.sheet)
        if header is None:
            # only a document is cut into tables by its pages
            if last and piece.document and _width(piece) == _width(last.printed):
                last.rows += _rows(piece, 1)
            continue
        if problem := _unreadable(piece, header):
            yield problem
            continue
        rows = _rows(piece, header.last + 1)
        if last and piece.document and last.columns == header.columns and not _ended(last):
            last.rows += rows
            continue
        if last:
            yield last
        own = (" ".join(_texts(row.cells)) for row in _rows(piece, 1)[: header.first - 1])
        words = (
            word for row in _rows(piece, header.first)[: header.last - header.first + 1] for word in _texts(row.cells)
        )
        unread = tuple(word for word in words if HEADERS.meaning(word) in {None, Column.SCORE})
        last = Table(piece, header, rows, (*piece.above, *filter(None, own)), unread)
    if last:
        yield last


def _ended(table: Table) -> bool:
    return any(is_total(cell) for row in table.rows[-1:] for cell in row.cells)


def is_total(cell: Cell) -> bool:
    """Whether the cell begins the row with the total."""
    word = label(cell.text) if len(cell.text) <= _LONGEST_WORD else ""
    return re.fullmatch(r"(?:总分|合计|总计|共计|满分)(?:值|得分)?[\d.]*分?", word) is not None


def _unreadable(piece: Printed, header: Header[Column]) -> Problem | None:
    place = piece.place(header.first, min(header.columns[Column.TEXT]))
    if Column.ANSWER in header.columns:
        return Code.PUBLISHED_FORM.at(place)
    if Column.POINTS not in header.columns:
        return Code.PUBLISHED_NO_POINTS.at(place)
    if len(piece.sheet.rows) > MOST_ROWS:
        return Code.PUBLISHED_LONG.at(piece.place(MOST_ROWS + 1, 1), most=MOST_ROWS, characters=MOST_CHARACTERS)
    if sum(len(str(cell.value)) for cell in piece.sheet.cells()) > MOST_CHARACTERS:
        return Code.PUBLISHED_LONG.at(place, most=MOST_ROWS, characters=MOST_CHARACTERS)
    long = next(
        (cell for cell in piece.sheet.cells() if isinstance(cell.value, str) and len(cell.value) > MOST_TEXT), None
    )
    if long:
        return Code.PUBLISHED_CELL.at(piece.place(long.row, long.column), most=MOST_TEXT)
    merged = sum((area.bottom - area.top + 1) * (area.right - area.left + 1) for area in piece.sheet.merged)
    if merged > len(piece.sheet.rows) * _width(piece):
        return Code.PUBLISHED_MERGED.at(place)
    return None


def _width(piece: Printed) -> int:
    return max(map(len, piece.sheet.rows), default=0)


def _rows(piece: Printed, first: int) -> list[Row]:
    """The rows from ``first`` on, with what merged areas show in each of their cells."""
    sheet, width = piece.sheet, min(_width(piece), MOST_COLUMNS)
    grid = [
        [Cell(_shown(sheet, row, column), row, column) for column in range(1, width + 1)]
        for row in range(1, min(len(sheet.rows), MOST_ROWS) + 1)
    ]
    for area in sheet.merged:
        if area.top <= len(grid) and area.left <= width:
            shown = grid[area.top - 1][area.left - 1]
            for row in grid[area.top - 1 : area.bottom]:
                row[area.left - 1 : area.right] = [shown] * (min(area.right, width) - area.left + 1)
    return [Row(piece, number, cells) for number, cells in enumerate(grid[first - 1 :], first)]


def _shown(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    if cell.value is None or cell.state in {CellState.UNCALCULATED, CellState.ERROR}:
        return "" if cell.value is None else str(cell.value)
    lines = (clean(line).strip() for line in _BREAK.sub("\n", str(cell.value)).split("\n"))
    return "\n".join(filter(None, lines))


def _texts(row: Iterable[Cell]) -> list[str]:
    """What a row shows, each cell once."""
    return [cell.text for cell in dict.fromkeys(row) if cell.text]
