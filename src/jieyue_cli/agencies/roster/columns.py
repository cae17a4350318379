"""The header of a roster and its blocks: which columns hold names, categories and what else is known of an agency.

A page may hold the same columns several times side by side; each time is a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from jieyue_cli.text.folding import label, narrow
from jieyue_cli.workbook.cells import CellState, Sheet, Value
from jieyue_cli.workbook.headers import Header, HeaderWords


class Column(Enum):
    """What a column holds; the value lists its header words."""

    NAME = ("单位名称", "机关名称", "名称", "单位", "机关", "单位全称")
    CATEGORY = ("单位类别", "类别", "机关类别")
    KIND = (
        *("类型", "性质", "单位性质", "机关性质", "机构性质", "单位类型", "机关类型", "机构类型", "机构类别"),
        *("单位分类", "机关分类", "分类", "所属类别"),
    )
    """May be the category: only its values can tell."""
    ALIASES = (
        *("曾用名", "曾用名称", "原名", "原名称", "原单位名称", "别名", "又名", "其他名称"),
        *("简称", "单位简称", "机关简称", "规范简称"),
    )
    TOGETHER = ("合署", "合署办公", "合署单位", "合署机关", "合署办公单位", "合署办公机关", "合署名称")
    OUTSIDE = (
        *("垂管/不参评原因", "垂管或不参评原因", "不参评原因", "不参评", "是否不参评", "不参加评价原因"),
        *("垂管", "是否垂管", "垂直管理", "是否垂直管理", "垂管单位", "垂管原因"),
    )
    LEVEL = ("级别", "单位级别", "机关级别", "层级", "单位层级", "机关层级", "所属层级")
    CODE = ("统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "统一代码")
    BATCH = ("批次年度", "批次", "创建批次", "创建年度", "计划创建年度", "所属批次")
    CONTACT = ("联系人", "联系人姓名", "联络人", "联络员")
    PHONE = ("联系电话", "联系方式", "电话", "联系人电话", "手机", "手机号", "手机号码", "办公电话")
    PLAN = (
        *("实施方案报送日期", "实施方案报备日期", "实施方案报送时间", "实施方案报备时间", "实施方案日期"),
        *("方案报送日期", "方案报备日期", "方案报送时间", "方案报备时间"),
    )


class Block(NamedTuple):
    """The columns of one list of names; all numbers are 1-based columns of the sheet."""

    columns: range
    """All of its columns."""
    name: int
    titles: Mapping[int, str]
    """Column → its header, for those that have one."""
    held: Mapping[Column, tuple[int, ...]]
    """What its other known columns hold."""


WORDS = HeaderWords(
    {word: column for column in Column for word in column.value},
    enough=lambda columns: Column.NAME in columns,
    deepest=30,
)
COUNTING = frozenset({Column.NAME, Column.CATEGORY, Column.KIND, Column.ALIASES, Column.TOGETHER, Column.OUTSIDE})
"""What decides whom the denominator counts, and under which names; all else may be wrong without changing a rate."""
PLAIN = frozenset({"序号", "编号", "序", "备注", "地址"})
"""Headers of columns of which nobody would think that they count."""
NO_VALUE = frozenset({CellState.ERROR, CellState.UNCALCULATED})


def header_of(sheet: Sheet) -> Header[Column] | None:
    """The header of the list: of several with nothing but titles between them, the one with the most cells."""
    header: Header[Column] | None = None
    for below in WORDS.all_in(sheet):
        if header is not None:
            titles = all(_is_title(sheet, row) for row in range(header.last + 1, below.first))
            if not titles or len(filled(sheet, below.first)) <= len(filled(sheet, header.first)):
                break
        header = below
    return header


def filled(sheet: Sheet, row: int) -> list[Value]:
    """The values of a row that are not blank."""
    return [value for value in sheet.rows[row - 1] if value is not None and str(value).strip()]


def _is_title(sheet: Sheet, row: int) -> bool:
    """Whether a row is blank, or one cell merged over several columns."""
    wide = any(area.top <= row <= area.bottom and area.right > area.left for area in sheet.merged)
    return len(filled(sheet, row)) <= wide


def blocks_of(sheet: Sheet, header: Header[Column]) -> list[Block]:
    """The blocks of a list, from the left: one for each time that its first word for names is repeated."""
    titles = sheet.rows[header.last - 1]
    word = _word(titles, header.columns[Column.NAME][0])
    names = [column for column in header.columns[Column.NAME] if _word(titles, column) == word]
    leftmost = next(column for column, title in enumerate(titles, 1) if title is not None and str(title).strip())
    lead = names[0] - leftmost  # columns of a block before its name
    starts = [name - lead for name in names]
    ends = [*starts[1:], max(map(len, sheet.rows)) + 1]
    return [
        Block(columns, name, _titles(titles, columns), dict(_held(header, columns)))
        for name, columns in zip(names, map(range, starts, ends), strict=True)
    ]


def downward(sheet: Sheet, column: int) -> list[Value | None]:
    """What each cell of a column holds, from the first row down; a merged area holds the same in all of its rows.

    What is an error, or a formula that was never calculated, holds nothing.
    """
    values = list(sheet.column(column))
    if sheet.states:
        values = [_value(sheet, row, column) for row in range(1, len(values) + 1)]
    for area in sheet.merged:
        if area.left <= column <= area.right and area.bottom > area.top:
            height = area.bottom - area.top + 1
            values[area.top - 1 : area.bottom] = [_value(sheet, area.top, area.left)] * height
    return values


def _value(sheet: Sheet, row: int, column: int) -> Value | None:
    cell = sheet.cell(row, column)
    return None if cell.state in NO_VALUE else cell.value


def _held(header: Header[Column], columns: range) -> Iterator[tuple[Column, tuple[int, ...]]]:
    for meaning, all_columns in header.columns.items():
        inside = tuple(column for column in all_columns if column in columns)
        if inside and meaning is not Column.NAME:
            yield meaning, inside


def _titles(titles: Sequence[Value | None], columns: range) -> dict[int, str]:
    texts = {column: narrow(str(titles[column - 1] or "")) for column in columns if column <= len(titles)}
    return {column: text for column, text in texts.items() if text}


def _word(titles: Sequence[Value | None], column: int) -> str:
    return label(str(titles[column - 1] or ""))
