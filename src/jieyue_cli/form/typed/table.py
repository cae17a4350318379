"""Where a workbook holds tables typed by hand: their header words, and what their columns hold.

Offices name the same columns differently; these are the names seen in published forms. The rows of a table are not
read here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from jieyue_cli.form.answers import written
from jieyue_cli.problems import Location
from jieyue_cli.text.folding import label
from jieyue_cli.workbook.cells import Area, Cell, CellState, Sheet, Workbook
from jieyue_cli.workbook.headers import Header, HeaderWords


class Role(Enum):
    """What a column of a typed table holds; the value lists its names, listed in docs/office/typed-tables.md."""

    ITEM = ("评价项目", "考核项目", "项目", "评价内容", "单元/项目", "指标")
    TEXT = ("评价标准", "评分标准", "评分规则", "评分细则", "考核标准", "评价细则", "评价要点", "内容", "标准")
    POINTS = ("分值", "标准分", "标准分值", "满分")
    SELF = ("自评得分", "自评分", "自评分数", "自评", "单位自评", "自评打分", "得分")
    OFFICE = (
        "核查得分",
        "核查分",
        "核查",
        "初评分",
        "初评得分",
        "初评",
        "评审分",
        "评审得分",
        "评审",
        "考评得分",
        "复核得分",
        "复核",
        "验收得分",
        "上级评分",
    )


_LONGEST_WORD = 30
_POINTS = frozenset({Role.POINTS, Role.SELF, Role.OFFICE})
_HEADER = HeaderWords(
    {name: role for role in Role for name in role.value},
    enough=lambda roles: {Role.SELF, Role.POINTS} <= roles and not roles.isdisjoint({Role.TEXT, Role.ITEM}),
    deepest=2200,
    fewest=2,
    longest=_LONGEST_WORD,
    divided=_POINTS,
)
_MOST_ROWS = 2000


@dataclass(frozen=True)
class TypedTable:
    """One table, from its header to the last row before the next header."""

    sheet: Sheet
    header_row: int
    """The lower row where the header has two."""
    last_row: int
    columns: Mapping[Role, tuple[int, ...]]
    """Every column with one of the role's names, from the left."""
    unknown: tuple[Cell, ...] = ()
    """Header cells that name points in words that no role has."""

    @property
    def body(self) -> range:
        """The physical rows below the header, at most ``_MOST_ROWS``."""
        return range(self.header_row + 1, min(self.last_row, self.header_row + _MOST_ROWS) + 1)

    @cached_property
    def text_columns(self) -> tuple[int, ...]:
        """The columns in which sentences and names of items are looked for."""
        return (*self.columns.get(Role.TEXT, ()), *self.columns.get(Role.ITEM, ()))

    def column(self, role: Role) -> int | None:
        """The column that is read for a role of points: the first with anything in it."""
        columns = self.columns.get(role, ())
        used = (column for column in columns if any(self._values[column]))
        return next(used, columns[0] if columns else None)

    def rival(self, role: Role) -> int | None:
        """Return another column of the same role with other values: then it is not clear which of the two counts."""
        first = self.column(role)
        if first is None:
            return None
        values = self._values
        return next((c for c in self.columns[role] if any(values[c]) and values[c] != values[first]), None)

    def anchor(self, row: int, column: int) -> Cell:
        """The cell that holds the value for a row, which is above it where cells are merged (docs/hazards.md, 16)."""
        area = self.area(row, column)
        return self.sheet.cell(area.top, area.left) if area else self.sheet.cell(row, column)

    def area(self, row: int, column: int) -> Area | None:
        """The merged area over a cell of the table."""
        areas = self._merged.get(column, [])
        index = bisect_right(areas, row, key=lambda area: area.top) - 1
        return areas[index] if index >= 0 and areas[index].bottom >= row else None

    def sideways(self, row: int, column: int) -> bool:
        """Whether the cell is merged with a cell of another column that means something else."""
        area = self.area(row, column)
        return area is not None and sum(area.left <= other <= area.right for other in self.meaning) > 1

    def repeats_header(self, row: int) -> bool:
        """Whether the header is repeated here, as after a page break."""
        return sum(_HEADER.meaning(self.sheet.cell(row, column).value) is not None for column in self.meaning) > 1

    def place(self, cell: Cell | None, criterion: str | None = None) -> Location:
        """Where a cell of this table is, for a message."""
        return Location(sheet=self.sheet.name, cell=cell.address if cell else None, criterion=criterion)

    @cached_property
    def _values(self) -> Mapping[int, list[str]]:
        """Column of points → its values as written, row by row; a dot for a formula without a value."""
        rows = [row for row in self.body if not self.repeats_header(row)]
        columns = {column for role in _POINTS for column in self.columns.get(role, ())}
        return {
            column: [
                written(cell.value) or "." * filled(cell) for row in rows for cell in [self.sheet.cell(row, column)]
            ]
            for column in columns
        }

    @cached_property
    def meaning(self) -> frozenset[int]:
        """Every column that has a role."""
        return frozenset(column for columns in self.columns.values() for column in columns)

    @cached_property
    def _merged(self) -> Mapping[int, list[Area]]:
        """Column with a role → the merged areas over it, from the top down."""
        return {
            column: sorted(
                (area for area in self.sheet.merged if area.left <= column <= area.right), key=lambda area: area.top
            )
            for column in self.meaning
        }


def filled(cell: Cell) -> bool:
    """Whether the cell holds anything: a value, or a formula that failed or was never calculated."""
    return bool(written(cell.value)) or cell.state in {CellState.UNCALCULATED, CellState.ERROR}


def typed_tables(workbook: Workbook) -> tuple[TypedTable, ...]:
    """Every table in the workbook with such a header, whichever standard it is about."""
    return tuple(table for sheet in workbook.sheets for table in _tables(sheet))


def _tables(sheet: Sheet) -> Iterator[TypedTable]:
    """Yield the tables of one sheet; the same header again, as after a page break, continues its table."""
    headers: list[Header[Role]] = []
    for header in _HEADER.all_in(sheet):
        if not headers or headers[-1].columns != header.columns:
            headers.append(header)
    ends = [*(header.first - 1 for header in headers[1:]), len(sheet.rows)]
    for header, end in zip(headers, ends, strict=False):
        yield TypedTable(sheet, header.last, end, header.columns, _unknown(sheet, header))


def _unknown(sheet: Sheet, header: Header[Role]) -> tuple[Cell, ...]:
    """Header cells that look like a column of points and have no role."""
    known = {column for columns in header.columns.values() for column in columns}
    return tuple(
        sheet.cell(row, column)
        for row in range(header.first, header.last + 1)
        for column, value in enumerate(sheet.rows[row - 1], 1)
        if column not in known and isinstance(value, str) and len(value) <= _LONGEST_WORD
        if label(value).endswith(("得分", "评分", "分数"))
    )
