"""The one description of the form: its sheet, its words, its columns and where the blank form puts them.

The writer uses the words and the places; the reader uses only the words, so that inserted, moved or hidden rows
and columns do not matter (design §5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.workbook.cells import address

SHEET = "自评打分表"
HELP_SHEET = "填写说明"
PENDING = "待更正"
"""What a score formula shows for an answer that is not valid."""


class Column(Enum):
    """The table's columns: the header word, and its width in the blank form (characters)."""

    def __init__(self, word: str, width: float) -> None:
        self.word = word
        self.width = width

    ID = ("编号", 9.5)
    UNIT = ("评价单元", 12)
    ITEM = ("评价项目", 12)
    TEXT = ("评价标准", 46)
    RULE = ("计分方式", 14)
    POINTS = ("分值", 6)
    ANSWER = ("完成情况", 10)
    SELF_SCORE = ("自评得分", 9)
    EVIDENCE = ("佐证材料", 20)
    REMARK = ("备注", 14)
    FINDING = ("核查情况", 10)
    VERIFIED_SCORE = ("核查得分", 9)
    OPINION = ("核查意见", 18)

    @property
    def number(self) -> int:
        """1-based column in the blank form."""
        return list(Column).index(self) + 1


class Field(Enum):
    """The cells above the table: the label, and where the blank form puts the label and its value."""

    def __init__(self, label: str, row: int, column: int, last: int) -> None:
        self.label = label
        self.row = row
        self.column = column
        self.last = last
        """The value's cell is merged up to this column."""

    NAME = ("单位名称", 3, 1, 4)
    CATEGORY = ("单位类别", 3, 5, 8)
    YEAR = ("评价年度", 3, 9, 10)
    FILLED_BY = ("填报人", 4, 1, 4)
    PHONE = ("联系电话", 4, 5, 8)
    DATE = ("填报日期", 4, 9, 10)
    RUBRIC = ("标准版本", 3, 11, 13)
    SELF_TOTAL = ("自评总分", 5, 1, 2)
    SELF_VERDICT = ("自评结论", 5, 3, 4)
    VERIFIED_TOTAL = ("核查总分", 5, 5, 6)
    VERIFIED_VERDICT = ("核查结论", 5, 7, 8)

    @property
    def value_column(self) -> int:
        """The value stands right of its label."""
        return self.column + 1


TITLE_ROW = 1
HINT_ROW = 2
HEADER_ROW = 6
FIRST_ROW = HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion's place in the blank form."""

    number: int
    unit: Unit
    item: Item
    criterion: Criterion

    def address(self, column: Column) -> str:
        """A1 address of this row's cell in ``column``."""
        return address(self.number, column.number)


def rows(rubric: Rubric) -> Iterator[Row]:
    """Where the blank form puts each criterion, in the standard's order."""
    number = FIRST_ROW
    for unit in rubric.units:
        for item in unit.items:
            for criterion in item.criteria:
                yield Row(number, unit, item, criterion)
                number += 1
