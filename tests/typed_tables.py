"""Builds the published table as agencies type it by hand, in the layouts that tests ask for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jieyue_cli.assessment import Result, assess
from jieyue_cli.problems import Problem, Severity
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.model import Criterion, Item, Rubric
from jieyue_cli.rubric.source import find
from jieyue_cli.text.numbers import plain

AGENCY = "示例市财政局"
HEADER = ("序号", "评价单元", "评价项目", "评价标准", "分值", "自评得分")
VERIFIED = (*HEADER, "核查得分")
ABOVE = (("示例市节约型机关评价标准自评打分表",), (f"填报单位（盖章）：{AGENCY}", None, None, "评价年度：2020年"))


def _rubric() -> Rubric:
    rubric, _ = find(DEFAULT)
    assert rubric
    return rubric


RUBRIC = _rubric()


@dataclass(frozen=True)
class Line:
    """One row of the table: an item, a numbered point, or a criterion."""

    item: Item
    criteria: tuple[Criterion, ...]
    text: str

    @property
    def most(self) -> int:
        """The points of the row."""
        return int(sum(criterion.points for criterion in self.criteria))


def by_item(join: str = "\n") -> tuple[Line, ...]:
    """One row an item, all its numbered points in one cell."""
    return tuple(Line(item, item.criteria, join.join(_clauses(item))) for item in RUBRIC.items)


def by_clause() -> tuple[Line, ...]:
    """One row a numbered point, which may hold several criteria."""
    return tuple(
        Line(item, criteria, text)
        for item in RUBRIC.items
        for criteria, text in zip(_grouped(item), _clauses(item), strict=True)
    )


def by_criterion() -> tuple[Line, ...]:
    """One row a criterion."""
    return tuple(Line(item, (criterion,), criterion.text) for item in RUBRIC.items for criterion in item.criteria)


def _grouped(item: Item) -> list[tuple[Criterion, ...]]:
    return [tuple(group) for _, group in groupby(item.criteria, key=lambda criterion: criterion.clause)]


def _clauses(item: Item) -> list[str]:
    return [group[0].clause + "".join(criterion.text for criterion in group) for group in _grouped(item)]


@dataclass(frozen=True)
class Table:
    """One layout of the table, with its scores; ``written`` makes the workbook."""

    lines: tuple[Line, ...]
    scores: tuple[Any, ...]
    """What stands in 自评得分, one for each line; None leaves the cell alone."""
    verified: tuple[Any, ...] = ()
    header: tuple[Sequence[str | None], ...] = (HEADER,)
    above: tuple[Sequence[Any], ...] = ABOVE
    below: tuple[Sequence[Any], ...] = ()
    after: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    """Rows put in after a line (counted from 0), given by their cells from column A on."""
    price_per: str = "line"
    """分值 for each ``line``, or for each item: ``merged`` over its rows or in the ``first`` only, or in ``none``."""
    merge: frozenset[str] = frozenset()
    """Roles whose cells are merged over an item's rows: unit, item, self."""
    start: int = 1
    left: int = 1
    change: Callable[[Worksheet], None] = lambda _: None

    def place(self, index: int, role: str = "self") -> str:
        """The A1 address of a line's cell."""
        return f"{get_column_letter(self._column(role))}{self._row(index)}"

    def sheet(self, sheet: Worksheet) -> None:
        """Write the table into a worksheet."""
        top = self.start
        for row in (*self.above, *self.header):
            self._cells(sheet, top, row)
            top += 1
        for index, line in enumerate(self.lines):
            self._line(sheet, index, line)
        for index, cells in self.after.items():
            self._cells(sheet, self._row(index) + 1, cells)
        for offset, row in enumerate(self.below):
            self._cells(sheet, self._row(len(self.lines)) + offset, row)
        for first, last in self._items():
            for role in self.merge | ({"price"} if self.price_per == "merged" else set()):
                column = self._column(role)
                if self._row(last) > self._row(first):
                    sheet.merge_cells(None, self._row(first), column, self._row(last), column)
        self.change(sheet)

    def written(self) -> bytes:
        """The workbook's bytes."""
        book = openpyxl.Workbook()
        assert book.active
        book.active.title = "自评表"
        self.sheet(book.worksheets[0])
        return saved(book)

    def result(self) -> Result:
        """What the program makes of it."""
        return assess("表.xlsx", self.written(), RUBRIC)

    def _line(self, sheet: Worksheet, index: int, line: Line) -> None:
        first = index == 0 or self.lines[index - 1].item is not line.item
        unit = next(unit for unit in RUBRIC.units if line.item in unit.items)
        spread = "unit" not in self.merge and "item" not in self.merge
        values = {
            "unit": unit.name if first or spread else None,
            "item": line.item.name if first or spread else None,
            "text": line.text,
            "price": line.most if self.price_per == "line" else self._item_price(line) if first else None,
            "self": self.scores[index],
            "office": self.verified[index] if self.verified else None,
        }
        for role, value in values.items():
            if value is not None and (column := self._column(role)):
                sheet.cell(self._row(index), column, value)

    def _item_price(self, line: Line) -> int | None:
        return None if self.price_per == "none" else int(line.item.points)

    def _cells(self, sheet: Worksheet, row: int, values: Iterable[Any]) -> None:
        for column, value in enumerate(values, self.left):
            if value is not None:
                sheet.cell(row, column, value)

    def _items(self) -> Iterator[tuple[int, int]]:
        start = 0
        for _, group in groupby(self.lines, key=lambda line: line.item.id):
            size = len(list(group))
            yield start, start + size - 1
            start += size

    def _row(self, index: int) -> int:
        before = sum(after < index for after in self.after)
        return self.start + len(self.above) + len(self.header) + index + before

    def _column(self, role: str) -> int:
        for header in reversed(self.header):
            for column, word in enumerate(header, self.left):
                if word in WORDS[role]:
                    return column
        return 0


WORDS = {
    "unit": ("评价单元",),
    "item": ("评价项目", "考核项目", "项目", "评价内容", "单元/项目", "指标"),
    "text": ("评价标准", "评分标准", "评分规则", "评分细则", "考核标准", "评价细则", "评价要点", "内容", "标准"),
    "price": ("分值", "标准分", "标准分值", "满分"),
    "self": ("自评得分", "自评分", "自评分数", "自评", "单位自评", "自评打分", "得分"),
    "office": (
        *("核查得分", "核查分", "核查", "初评分", "初评得分", "初评", "评审分", "评审得分", "评审"),
        *("考评得分", "复核得分", "复核", "验收得分", "上级评分"),
    ),
}
"""Copied, not imported: a test that takes the code's own list proves nothing about it."""


def full(lines: tuple[Line, ...], **changes: Any) -> Table:
    """A table in which every line has all its points."""
    return replace(Table(lines, tuple(line.most for line in lines)), **changes)


def with_score(table: Table, index: int, score: Any) -> Table:
    """The same table with another score in one line."""
    return replace(table, scores=(*table.scores[:index], score, *table.scores[index + 1 :]))


def with_text(table: Table, index: int, text: str) -> Table:
    """The same table with another text in one line."""
    line = replace(table.lines[index], text=text)
    return replace(table, lines=(*table.lines[:index], line, *table.lines[index + 1 :]))


def index_of(lines: Sequence[Line], identifier: str) -> int:
    """The line that holds a criterion."""
    return next(i for i, line in enumerate(lines) if any(each.id == identifier for each in line.criteria))


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook's bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def codes(result: Result, *severities: Severity) -> list[str]:
    """The slugs of a result's problems, of these severities or of all but notes."""
    wanted = severities or (Severity.ERROR, Severity.WARNING)
    return [problem.code.slug for problem in result.problems if problem.severity in wanted]


def problems(result: Result, slug: str) -> list[Problem]:
    """A result's problems with this code."""
    return [problem for problem in result.problems if problem.code.slug == slug]


def total(result: Result) -> str:
    """The agency's own total; a dash where there is none."""
    return plain(result.self.total) if result.self else "-"


def most(result: Result) -> str:
    """What the agency's own total could become once everything is mended."""
    return plain(result.self.at_most) if result.self else "-"


def verified(result: Result) -> str:
    """The office's total; a dash where there is none."""
    return plain(result.verified.total) if result.verified else "-"
