"""The plain data of a standard → a workbook that a clerk edits by hand: drop-downs, prompts, colours, paper."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from jieyue_cli.rubric.spreadsheet import phrases, sentences
from jieyue_cli.rubric.spreadsheet.listed import Row, doubted, rows, value_written
from jieyue_cli.rubric.spreadsheet.vocabulary import (
    BASICS,
    ENTRIES,
    GATE,
    INPUT,
    INPUTS,
    KIND,
    TOP,
    Basic,
    Column,
)
from jieyue_cli.rubric.tree import Node, Path
from jieyue_cli.writing.kit import AMBER, CELL, HEAD, PAGE_OF_PAGES, SOFT, Kit, landscape
from jieyue_cli.writing.paper import pages_wide
from jieyue_cli.writing.rows import line_count, row_height

_LAST = 5_000
"""The last row with drop-downs and prompts."""
_WIDTHS = (12, 60, 58)
"""Of 基本情况: label, value, and what it means."""
_FIRST_BASIC = 2
_LONGEST_PROMPT = 255
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_FIGURES = (Column.POINTS, Column.EACH)
_LOOKS: Mapping[str, dict[str, object]] = {
    "units": {"bold": True, "bg_color": HEAD},
    "items": {"bold": True, "bg_color": "#F3F6F4"},
    "gates": {"bg_color": "#EFF6FF"},
    "inputs": {"bg_color": "#EFF6FF"},
}
"""By the list in which the entry of a row stands."""
_PROMPTS: Mapping[Column, str] = {
    Column.ID: "由字母、数字、点、横线组成，全表不重复，如 1.1.2。",
    Column.PARENT: "属于哪一条就写它的编号；空着的属于上面最近的单元或项目。一条分几小条的，小条在这里写那一条的编号。",
    Column.UNIT: f"评价单元单独占一行，在这里写名称。达标前提写“{GATE}”，只问不计分的数据写“{INPUT}”。",
    Column.ITEM: "评价项目单独占一行，在这里写名称。",
    Column.TEXT: "条文一字不改；单元和项目的行空着。",
    Column.POINTS: "最多得几分；各级合计要相等。达标前提不写。",
    Column.KIND: "从下拉列表选；“基本数据”的行选填法。空着的按全得或不得。",
    Column.EACH: "按数量计分的，每一项得几分。",
    Column.MEASURE: "按数量的写量词，如 项；实测的写单位，如 立方米/人。",
    Column.BANDS: (
        "一行一个（换行按 Alt+Enter）。选一档：三级计量：5。实测分档：≤0.9：7；对照：同类单位平均值。"
        "逐步增减：起点高于：96%；每步：1%；每步得：2。扣分：没有计划：扣1；发现烟头：每个扣0.5。"
        "酌情：每档：0.5。比值：分子：执行数；分母：预算数。分情形：依据：A3。"
    ),
    Column.ABSENT: "可以填“不涉及”的从下拉列表选；空着的随项目或“基本情况”。",
    Column.MUST: "不得为0分、必须得满分、不低于85%、不低于40分；后面可接 ，否则最高定为某等级（或 本单元计零分）。",
    Column.EVIDENCE: "填报时要写佐证材料的选“须提供”。",
    Column.METHOD: "如 查资料、现场、问卷。",
    Column.NOTE: "给维护标准的人看，不进空表。",
    Column.GUIDANCE: "告诉填报单位怎样填、交什么。",
    Column.CLAUSE: "条文前印的序号。",
    Column.CLASSES: "只适用于某类单位的，一行一类。",
    Column.TERMS: (
        "一行一个，如 附加分：是；进入条件：高于80；单元扣分：A5 扣1；情形：是；印发表中列于：2；必须大于0：是。"
    ),
}
_OFFERED = {
    Column.KIND: (*KIND.phrase.choices, *INPUTS.columns[Column.KIND].phrase.choices),
    Column.UNIT: (GATE, INPUT),
    Column.ABSENT: TOP["不涉及"].field.phrase.choices,
    Column.MUST: sentences.MUST.choices,
    Column.EVIDENCE: phrases.EVIDENCE.choices,
}
"""Choices beside which anything may be written; what is wrong is told by ``jieyue rubric check``."""


def workbook(data: dict[str, Node], doubts: Mapping[Path, str]) -> bytes:
    """The .xlsx file; the same arguments always give the same bytes."""
    stream = io.BytesIO()
    title = str(data.get("title") or "评价标准").strip()
    kit = Kit(stream, title=title, subject="评价标准", created=_created(data))
    _basics(kit, kit.sheet(BASICS), data, doubts)
    _entries(kit, kit.sheet(ENTRIES), rows(data, doubts))
    kit.close()
    return stream.getvalue()


def _created(data: Mapping[str, Node]) -> dt.date:
    return _day(str(data.get("issued"))) or dt.date(2030, 1, 1)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


# -- 基本情况 -----------------------------------------------------------------------------------------------------


def _basics(kit: Kit, sheet: Worksheet, data: Mapping[str, Node], doubts: Mapping[Path, str]) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, "评价标准", kit.format(bold=True, font_size=16))
    hint = f"改好后用 jieyue rubric check 检查，有错的指出哪一张表、哪一格。“{ENTRIES}”在下一张工作表。"
    sheet.write_string(1, 0, hint, kit.format(font_color=SOFT))
    label = kit.format(**CELL, bg_color=HEAD, bold=True)
    for row, (word, basic) in enumerate(TOP.items(), _FIRST_BASIC):
        value = value_written(basic.field, data.get(basic.field.key))
        doubt = doubted(doubts.get((basic.field.key,)))
        told = "\n".join(filter(None, (doubt, basic.told)))
        look = {"font_color": SOFT, **(AMBER if doubt else {})}
        sheet.set_row(row, row_height(max(line_count(value, _WIDTHS[1]), line_count(told, _WIDTHS[2]))))
        sheet.write_string(row, 0, word, label)
        _value(kit, sheet, row, basic, value)
        sheet.write_string(row, 2, told, kit.format(**{**CELL, "text_wrap": True, **look}))
        prompt = {"input_title": word, "input_message": basic.told}
        choices = list(basic.field.phrase.choices)
        check: dict[str, object] = {"validate": "list", "source": choices} if choices else {"validate": "any"}
        sheet.data_validation(row, 1, row, 1, {**check, **prompt, "error_title": word, "error_message": _CHOOSE})
    sheet.freeze_panes(_FIRST_BASIC, 0)
    sheet.set_selection(_FIRST_BASIC, 1, _FIRST_BASIC, 1)
    landscape(sheet, left="&A", right=PAGE_OF_PAGES)


_CHOOSE = "请从下拉列表中选择，或清空。"


def _value(kit: Kit, sheet: Worksheet, row: int, basic: Basic, value: str) -> None:
    """Write a value as what it is: a number or a date can be reckoned with, and text stays text."""
    phrase = basic.field.phrase
    look = {**CELL, "text_wrap": True, "align": "left"}
    if phrase is phrases.DATE and (day := _day(value)):
        sheet.write_datetime(row, 1, dt.datetime.combine(day, dt.time()), kit.format(**look, num_format="yyyy-mm-dd"))
    elif phrase is phrases.POINTS and _NUMBER.fullmatch(value):
        sheet.write_number(row, 1, float(value), kit.format(**look))
    elif phrase is phrases.DATE or phrase is phrases.POINTS:
        sheet.write(row, 1, value or None, kit.format(**look))
    else:
        sheet.write(row, 1, value or None, kit.format(**look, num_format="@"))


# -- 条文 ---------------------------------------------------------------------------------------------------------


def _entries(kit: Kit, sheet: Worksheet, listed: Sequence[Row]) -> None:
    columns = list(Column)
    widths = [column.width for column in columns]
    head = kit.format(**CELL, bold=True, bg_color=HEAD, text_wrap=True, align="center")
    sheet.set_row(0, row_height(1) + 6)
    for number, column in enumerate(columns):
        # of the whole column, so that a row that is added looks alike; what is blank is not printed
        sheet.set_column(number, number, column.width, kit.format(**CELL, **_place(column), text_wrap=True))
        sheet.write_string(0, number, column.word, head)
        _prompt(sheet, number, column)
    for row, entry in enumerate(listed, 1):
        _row(kit, sheet, row, entry)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(listed)), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_selection(1, 0, 1, 0)
    landscape(sheet, left="&A", right=PAGE_OF_PAGES, pages_wide=pages_wide(widths, 1))


def _place(column: Column) -> dict[str, object]:
    """How a column's cells stand; what a spreadsheet program would turn into numbers or dates is text."""
    if column in _FIGURES:
        return {"align": "center"}
    return {"num_format": "@", "align": "left"}


def _prompt(sheet: Worksheet, number: int, column: Column) -> None:
    check: dict[str, object] = {"validate": "any"}
    if column in _OFFERED:
        check = {"validate": "list", "source": list(_OFFERED[column]), "show_error": False}
    message = _PROMPTS[column][:_LONGEST_PROMPT]
    sheet.data_validation(1, number, _LAST, number, {**check, "input_title": column.word, "input_message": message})


def _row(kit: Kit, sheet: Worksheet, row: int, entry: Row) -> None:
    look = {**_LOOKS.get(entry.level, {}), **(AMBER if entry.doubtful else {})}
    lines = (line_count(entry.cells.get(column, ""), column.width) for column in Column)
    sheet.set_row(row, row_height(max(lines)))
    for number, column in enumerate(Column):
        said = entry.cells.get(column, "")
        style = kit.format(**{**CELL, **look, **_place(column)}, text_wrap=True)
        if column in _FIGURES and _NUMBER.fullmatch(said):
            sheet.write_number(row, number, float(said), style)
        else:
            sheet.write(row, number, said or None, style)
