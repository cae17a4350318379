"""A blank roster for a clerk: the columns that are read with choices and prompts, and a sheet that explains each."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from jieyue_cli.agencies.roster import code
from jieyue_cli.agencies.roster.columns import Column
from jieyue_cli.form.agency import LAST_YEAR
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.writing.kit import A4, CELL, HEAD, PAGE_OF_PAGES, SOFT, Kit, landscape
from jieyue_cli.writing.paper import pages_wide
from jieyue_cli.writing.rows import line_count, row_height

SHEET, HELP = "名录", "说明"
_ROWS = 300
"""Blank rows with borders, which grow with what is typed; prompts and choices hold for those below as well."""
_LAST = 5000
"""The last row with prompts and choices."""
_HEADER = 2
"""The row of the header, from 0."""
_HELP_WIDTH = 76
_TEXT = "@"


class _Entry(NamedTuple):
    """One column as a clerk fills it in."""

    head: str
    width: float
    told: str
    """In one line; the prompt of its cells, and beside its head on the second sheet."""
    number_format: str = "General"
    check: Mapping[str, Any] = {}
    """How its cells are checked, as XlsxWriter takes it."""


def _head(column: Column) -> str:
    return str(column.value[0])


def _offered(*choices: str) -> Mapping[str, Any]:
    """Choices beside which anything may be written."""
    return {"validate": "list", "source": list(choices), "show_error": False}


def _entries(rubric: Rubric) -> Sequence[_Entry]:
    scope = f"={HELP}!$B$1:$B${len(rubric.scope)}"
    first, last = rubric.issued.year, LAST_YEAR
    category = {
        "validate": "list",
        "source": scope,
        "error_title": "单位类别",
        "error_message": "请从下拉列表中选择创建范围中的一类。",
    }
    digits = {
        "validate": "length",
        "criteria": "==",
        "value": code.LENGTH,
        "error_type": "warning",
        "error_title": "统一社会信用代码",
        "error_message": f"应为 {code.LENGTH} 位。",
    }
    year = {
        "validate": "integer",
        "criteria": "between",
        "minimum": first,
        "maximum": last,
        "error_title": "批次年度",
        "error_message": f"请填写 {first} 至 {last} 之间的四位年份。",
    }
    date = {
        "validate": "date",
        "criteria": "between",
        "minimum": dt.date(2000, 1, 1),
        "maximum": dt.date(last, 12, 31),
        "error_title": "报送日期",
        "error_message": "请填写日期，如 2020-8-5。",
    }
    return (
        _Entry(_head(Column.NAME), 30, "必填，写全称，每行一个单位；认定率的分母就是这里的单位数。", _TEXT),
        _Entry(_head(Column.CATEGORY), 20, "从下拉列表中选择创建范围中的一类。", _TEXT, category),
        _Entry(_head(Column.LEVEL), 8, "省级、市级、县级或乡级，也可以写别的；按它分级统计。", _TEXT, _LEVELS),
        _Entry(
            _head(Column.CODE),
            21,
            "18 位，照证书填写；末位是校验码，填错会指出。本列是文本格式，不要改成数字。",
            _TEXT,
            digits,
        ),
        _Entry("曾用名", 18, "以前的名称，几个用顿号分开；用它交来的表也是这个单位的。", _TEXT),
        _Entry("简称", 12, "常用的简称，几个用顿号分开。", _TEXT),
        _Entry(_head(Column.TOGETHER), 18, "合署办公、一起评价的单位，写它在本表中的全称。", _TEXT),
        _Entry(_head(Column.BATCH), 9, "计划在哪一年创建，写四位年份，如 2020。", "0", year),
        _Entry(_head(Column.CONTACT), 10, "负责填报的人。", _TEXT),
        _Entry(_head(Column.PHONE), 15, "座机连同区号，或手机号。", _TEXT),
        _Entry(
            _head(Column.OUTSIDE),
            16,
            "参评的留空；不参评的写原因，如 垂管：不算在机关总数中，另外列出。",
            _TEXT,
            _REASONS,
        ),
        _Entry(_head(Column.PLAN), 13, "收到实施方案的日期，如 2020-8-5；没有收到就留空。", "yyyy-mm-dd", date),
    )


_LEVELS = _offered("省级", "市级", "县级", "乡级")
_REASONS = _offered("垂管", "已撤并", "不在创建范围")


def blank_roster(rubric: Rubric, known: Sequence[Sequence[object]] = ()) -> bytes:
    """The .xlsx file; the same arguments always give the same bytes.

    ``known`` are rows that are filled in already, each with a value or None for every column.
    """
    stream = io.BytesIO()
    kit = Kit(stream, title="党政机关名录", subject=rubric.mark, created=rubric.issued)
    entries = _entries(rubric)
    _list(kit, kit.sheet(SHEET), entries, known)
    _help(kit, kit.sheet(HELP), entries, rubric)
    kit.close()
    return stream.getvalue()


def _list(kit: Kit, sheet: Worksheet, entries: Sequence[_Entry], known: Sequence[Sequence[object]]) -> None:
    widths = [entry.width for entry in entries]
    head = kit.format(**CELL, bold=True, bg_color=HEAD, text_wrap=True, align="center")
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "党政机关名录", kit.format(bold=True, font_size=16))
    hint = f"每个单位一行，点一格有提示；各列的意思见“{HELP}”。"
    sheet.set_row(1, row_height(line_count(hint, entries[0].width)))
    sheet.write_string(1, 0, hint, kit.format(font_color=SOFT, text_wrap=True))  # as wide as what each page repeats
    sheet.set_row(_HEADER, row_height(max(line_count(entry.head, entry.width) for entry in entries)))
    for column, entry in enumerate(entries):
        place = {"align": "left", "indent": 1} if entry.number_format == _TEXT else {"align": "center"}
        look = {"num_format": entry.number_format, **place}
        cell = kit.format(**CELL, text_wrap=True, **look)
        sheet.set_column(column, column, entry.width, kit.format(**look, text_wrap=True))
        sheet.write_string(_HEADER, column, entry.head, head)
        for row in range(_ROWS):
            sheet.write(_HEADER + 1 + row, column, known[row][column] if row < len(known) else None, cell)
        prompt = {"input_title": entry.head, "input_message": entry.told}
        sheet.data_validation(
            _HEADER + 1, column, _LAST, column, {"validate": "any", "ignore_blank": True, **entry.check, **prompt}
        )
    for row, values in enumerate(known, _HEADER + 1):
        lines = (line_count(str(value or ""), entry.width) for value, entry in zip(values, entries, strict=True))
        sheet.set_row(row, row_height(max(lines)))
    sheet.freeze_panes(_HEADER + 1, 1)
    sheet.autofilter(_HEADER, 0, _HEADER + _ROWS, len(entries) - 1)
    sheet.repeat_rows(_HEADER)
    sheet.repeat_columns(0)
    sheet.set_selection(_HEADER + 1, 0, _HEADER + 1, 0)
    landscape(sheet, left="&A", right=PAGE_OF_PAGES, pages_wide=pages_wide(widths, 1))


def _help(kit: Kit, sheet: Worksheet, entries: Sequence[_Entry], rubric: Rubric) -> None:
    """One line a column, and out of sight what the drop-down of categories offers."""
    lines = [
        "怎样填写名录",
        *(f"{entry.head}：{entry.told}" for entry in entries),
        "填好后用 jieyue roster check 检查；制表、算进度时用 --roster 给出。",
        f"单位类别按《{rubric.title}》的创建范围。",
        "可以增加别的列（如 序号、备注），不会用到；不要合并单元格，不要写合计行。",
    ]
    sheet.set_column(0, 0, _HELP_WIDTH)
    sheet.set_column(1, 1, 30, None, {"hidden": True})
    for row, line in enumerate(lines):
        size = 16 if row == 0 else 10
        sheet.set_row(row, 28 if row == 0 else row_height(line_count(line, _HELP_WIDTH)))
        sheet.write_string(row, 0, line, kit.format(bold=row == 0, font_size=size, text_wrap=True))
    for row, category in enumerate(rubric.scope):
        sheet.write_string(row, 1, category)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
