"""What stands around a typed table: who, which year, and the totals and grades that somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jieyue_cli.form import agency
from jieyue_cli.form.folding import label, narrow
from jieyue_cli.form.scores import stated_number
from jieyue_cli.form.typed_table import Role, TypedTable
from jieyue_cli.problems import Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Agency, Grade, Stated
from jieyue_cli.workbook.cells import Cell

_NAMES = {"单位名称", "填报单位", "自评单位", "申报单位", "创建单位", "机关名称", "单位全称", "单位"}
_CATEGORIES = {"单位类别", "机关类别", "类别"}
_YEARS = {"评价年度", "自评年度", "考核年度", "年度"}
_DATES = {"填报日期", "填表日期", "填报时间", "自评日期", "日期"}
_TOTALS = {"总分", "合计", "总计", "总得分", "自评总分", "自评总得分", "合计得分"}
_SUBTOTALS = {"小计", "单元小计"}
_GRADES = {"自评结论", "自评等级", "自评结果", "评定等级", "评价结果", "结论", "等级"}
_PASSES = {"达标", "合格", "通过", "优秀", "良好"}
_FAILS = {"未达标", "不达标", "不合格", "未通过"}
_KINDS = {
    word: kind
    for kind, words in (
        ("name", _NAMES),
        ("category", _CATEGORIES),
        ("year", _YEARS),
        ("date", _DATES),
        ("total", _TOTALS),
        ("grade", _GRADES),
    )
    for word in words
}
_TITLE_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_FARTHEST = 40
"""Rows above and below the table in which a label is looked for."""


@dataclass
class Notes:
    """What was found around the table."""

    agency: Agency = field(default_factory=lambda: Agency(None, None, None))
    grades: tuple[Grade, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    totals: dict[Role, list[Stated]] = field(default_factory=dict)

    def stated(self, role: Role) -> tuple[Stated, ...]:
        """The sums written in a column, or beside a label for the agency's own."""
        return tuple(self.totals.get(role, ()))


def read_notes(table: TypedTable, rubric: Rubric, rows: Mapping[int, set[str]]) -> Notes:
    """Read what is not a row of the standard; ``rows`` are those that are, with their criteria."""
    notes = Notes()
    labels = _labelled(table, max(rows))
    name_cell = labels.get("name")
    name, findings = agency.read_name(name_cell)
    category_cell = labels.get("category")
    category, about = agency.read_category(category_cell, rubric) if category_cell else (None, [])
    year_cell = labels.get("year") or labels.get("title") or labels.get("date")
    year, about_year = agency.read_year(year_cell, rubric)
    notes.agency = Agency(name, category, year)
    for cell, found in ((name_cell, findings), (category_cell, about), (year_cell, about_year)):
        notes.problems += [code.at(table.place(cell), **facts) for code, facts in found]
    everything = frozenset(criterion.id for criterion in rubric.criteria)
    for role in (Role.SELF, Role.OFFICE):
        if role in table.columns:
            notes.totals[role] = _sums(table, rows, role, everything)
    total = labels.get("total")
    if (cell := total if total and total.row < table.header_row else None) and (
        points := stated_number(cell)
    ) is not None:
        notes.totals[Role.SELF].append(Stated("总分", everything, points, table.sheet.name, cell.address))
    if cell := labels.get("grade"):
        word = label(str(cell.value))
        if word in _PASSES | _FAILS:
            notes.grades = (Grade(word, word in _PASSES, table.sheet.name, cell.address),)
    return notes


def _labelled(table: TypedTable, last_row: int) -> dict[str, Cell]:
    """What is meant → the cell with its value: right of its label, or behind a colon in the same cell."""
    found: dict[str, Cell] = {}
    above = range(max(1, table.header_row - _FARTHEST), table.header_row)
    below = range(last_row + 1, min(len(table.sheet.rows), last_row + _FARTHEST) + 1)
    for row in (*above, *below):
        for column, value in enumerate(table.sheet.rows[row - 1], 1):
            if not isinstance(value, str):
                continue
            head, colon, tail = narrow(value).partition(":")
            kind = _KINDS.get(label(head))
            if kind and kind not in found:
                inline = bool(colon and tail.strip())
                cell = Cell(row, column, _without_seal(tail)) if inline else _right_of(table, row, column)
                if cell.value is not None or kind == "name":
                    found[kind] = cell
            elif (title := _TITLE_YEAR.search(narrow(value))) and row < table.header_row:
                found.setdefault("title", Cell(row, column, f"{title[1]}年"))
    return found


def _right_of(table: TypedTable, row: int, column: int) -> Cell:
    cells = table.sheet.rows[row - 1]
    for c in range(column + 1, len(cells) + 1):
        value = cells[c - 1]
        if isinstance(value, str) and label(narrow(value).partition(":")[0]) in _KINDS:
            break
        if value is not None:
            return table.sheet.cell(row, c)
    return table.sheet.cell(row, column + 1)


def _without_seal(text: str) -> str:
    return re.sub(r"\((?:盖章|公章|签章)\)", "", text).strip()


def _sums(table: TypedTable, rows: Mapping[int, set[str]], role: Role, everything: frozenset[str]) -> list[Stated]:
    """Subtotals and totals written in the score column, in rows that say so; a subtotal sums what follows the last."""
    since: set[str] = set()
    stated: list[Stated] = []
    for row in table.body():
        since |= rows.get(row, set())
        words = {label(value) for value in table.sheet.rows[row - 1] if isinstance(value, str)}
        subtotal = not words.isdisjoint(_SUBTOTALS)
        if row in rows or not (subtotal or words & _TOTALS):
            continue
        cell = table.sheet.cell(row, table.columns[role])
        points = stated_number(cell)
        if points is not None and (since or not subtotal):
            what, criteria = ("小计", frozenset(since)) if subtotal else ("总分", everything)
            stated.append(Stated(what, criteria, points, table.sheet.name, cell.address))
        if subtotal:
            since = set()
    return stated
