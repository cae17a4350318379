"""Where in a workbook the published table, typed by hand, is: its header words and what its columns hold.

Offices name the same columns differently; these are the names seen in published forms (序号 评价单元 评价项目
评价标准 分值 自评得分, 核查得分, 初评分, 评审分 …).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from jieyue_cli.form.folding import label
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.workbook.cells import Area, Cell, Sheet, Workbook


class Role(Enum):
    """What a column of a typed table holds; the value lists its names."""

    ITEM = ("评价项目", "考核项目", "项目", "评价内容", "单元/项目", "指标")
    TEXT = ("评价标准", "评分标准", "评分规则", "评分细则", "考核标准", "评价细则", "评价要点", "内容", "标准")
    POINTS = ("分值", "标准分", "标准分值", "满分", "分数")
    SELF = ("自评得分", "自评分", "自评分数", "自评", "单位自评", "自评打分", "得分")
    OFFICE = (
        "核查得分",
        "核查分",
        "核查",
        "初评分",
        "初评得分",
        "评审分",
        "评审得分",
        "考评得分",
        "复核得分",
        "验收得分",
        "上级评分",
    )


_ROLES = {name: role for role in Role for name in role.value}
_DEEPEST_HEADER = 200
_LONGEST = 2000


@dataclass(frozen=True)
class TypedTable:
    """The table in one sheet."""

    sheet: Sheet
    header_row: int
    columns: Mapping[Role, int]

    def anchor(self, row: int, role: Role) -> Cell:
        """The cell that holds the value of ``role`` for a row, which is above it where cells are merged (hazard 16)."""
        column = self.columns[role]
        areas = self._merged.get(column, [])
        index = bisect_right(areas, row, key=lambda area: area.top) - 1
        if index >= 0 and areas[index].bottom >= row:
            return self.sheet.cell(areas[index].top, areas[index].left)
        return self.sheet.cell(row, column)

    def body(self) -> range:
        """The physical rows below the header, as many as a table can have."""
        return range(self.header_row + 1, min(len(self.sheet.rows), self.header_row + _LONGEST) + 1)

    def place(self, cell: Cell | None, criterion: str | None = None) -> Location:
        """Where a cell of this table is, for a message."""
        return Location(sheet=self.sheet.name, cell=cell.address if cell else None, criterion=criterion)

    @cached_property
    def _merged(self) -> Mapping[int, list[Area]]:
        """Merged areas over the columns that matter, from the top down."""
        return {
            column: sorted(
                (area for area in self.sheet.merged if area.left <= column <= area.right), key=lambda area: area.top
            )
            for column in set(self.columns.values())
        }


def locate_typed(workbook: Workbook) -> tuple[TypedTable | None, tuple[Problem, ...]]:
    """Find a typed table; None where there is none, or more than one."""
    found = [table for sheet in workbook.sheets if (table := _header(sheet))]
    if len(found) > 1:
        names = "、".join(table.sheet.name for table in found)
        return None, (Code.FORM_SEVERAL.at(count=len(found), sheets=names),)
    if not found:
        return None, (Code.FORM_NOT_FOUND.at(),)
    return found[0], ()


def _header(sheet: Sheet) -> TypedTable | None:
    for r, row in enumerate(sheet.rows[:_DEEPEST_HEADER], 1):
        columns: dict[Role, int] = {}
        for c, value in enumerate(row, 1):
            if isinstance(value, str) and (role := _ROLES.get(label(value))):
                columns.setdefault(role, c)
        if Role.SELF in columns and Role.POINTS in columns and (Role.TEXT in columns or Role.ITEM in columns):
            return TypedTable(sheet, r, columns)
    return None
