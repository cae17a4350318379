"""What a roster says of an agency beside its names and category, each from its cell: level, code, batch, contact, plan.

Every ``_…`` reader takes a value that is not blank and returns what it means (None where that cannot be told) and what
there is to tell about it. Only ``outside`` decides whom the denominator counts, so only there is doubt an error.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from jieyue_cli.agencies.roster import code
from jieyue_cli.agencies.roster.columns import NO_VALUE, Block, Column, downward
from jieyue_cli.agencies.roster.rows import spaced
from jieyue_cli.form.agency import LAST_YEAR, YEAR
from jieyue_cli.form.answers import Finding, date_of, quoted, whole
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.workbook.cells import Sheet, Value, address

_BATCH = re.compile(rf"{YEAR.pattern}\s*(?:第?[一二三四五六七八九十\d]+批次?|批次?)?")
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
"""A long number as a spreadsheet program shows it, and saves it as text."""
_DAY_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(36526, 73051)
"""Numbers of days by which spreadsheet programs store the dates of 2000 to 2099."""
_EIGHT_DIGITS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_STROKES = re.compile(r"[-—–―－/／\\、。.·_\s]*")
_YES = frozenset({"是", "√", "✓", "✔", "☑", "对", "Y", "YES", "TRUE", "1"})
_NO = frozenset(
    {"否", "无", "不是", "没有", "非垂管", "不垂管", "非垂直管理", "参评", "参加", "×", "✗", "N", "NO", "FALSE", "0"}
)
_VERTICAL = ("垂管", "垂直管理", "省垂", "市垂", "省以下垂", "中央垂", "国家垂")
_OPEN = frozenset({"待定", "未定", "不详", "待核实", "待确认", "不清楚", "未知"})


def _text(value: Value) -> tuple[str | None, list[Finding]]:
    text = whole(value)
    return None if _STROKES.fullmatch(text) or text == "无" else text, []


def _code(value: Value) -> tuple[str | None, list[Finding]]:
    text = whole(value)
    if (isinstance(value, int | float) and len(text) > code.LENGTH - 3) or _SHORTENED.fullmatch(text):
        return None, [(Code.ROSTER_CODE_NUMBER, {})]
    if _text(value)[0] is None:
        return None, []
    folded = code.folded(text)
    if fault := code.fault(folded):
        return None, [(Code.ROSTER_CODE, {"seen": quoted(value), "fault": fault})]
    if (right := code.check_digit(folded)) != folded[-1]:
        return None, [(Code.ROSTER_CODE_DIGIT, {"seen": quoted(value), "last": folded[-1], "right": right})]
    return folded, []


def _batch(value: Value) -> tuple[int | None, list[Finding]]:
    if isinstance(value, dt.date):
        return value.year, []
    match = _BATCH.fullmatch(whole(value))
    if match and int(match[1]) <= LAST_YEAR:
        return int(match[1]), []
    return None, [] if _text(value)[0] is None else [(Code.ROSTER_BATCH, {"seen": quoted(value)})]


def _date(value: Value) -> tuple[dt.date | None, list[Finding]]:
    if date := date_of(value) or _numbered_day(whole(value)):
        return date, []
    if _text(value)[0] is None:
        return None, []
    return None, [(Code.DATE_INVALID, {"label": "实施方案报送日期", "seen": quoted(value)})]


def _numbered_day(text: str) -> dt.date | None:
    """A day as a number: 20200805, or the days that a spreadsheet program counts."""
    if match := _EIGHT_DIGITS.fullmatch(text):
        return date_of("-".join(match.groups()))
    days = text.partition(".")[0]
    if days.isascii() and days.isdigit() and len(days) == len(str(_SERIALS.stop)) and int(days) in _SERIALS:
        return _DAY_ZERO + dt.timedelta(int(days))
    return None


class _Detail(NamedTuple):
    field: str
    """Of ``RosterEntry``."""
    read: Callable[[Value], tuple[object, list[Finding]]]
    silent: bool = False
    """Whether nothing is said of a cell without its value."""


_DETAILS: Mapping[Column, _Detail] = {
    Column.LEVEL: _Detail("level", _text),
    Column.CODE: _Detail("code", _code),
    Column.BATCH: _Detail("batch", _batch),
    Column.CONTACT: _Detail("contact", _text, silent=True),
    Column.PHONE: _Detail("phone", _text, silent=True),
    Column.PLAN: _Detail("plan_filed", _date),
}


class Details:
    """The further columns of one block."""

    def __init__(self, sheet: Sheet, block: Block) -> None:
        self._sheet = sheet
        self._columns = [
            (detail, column, block.titles[column], downward(sheet, column))
            for meaning, detail in _DETAILS.items()
            for column in block.held.get(meaning, ())
        ]
        self._outside = [
            (column, block.titles[column], downward(sheet, column)) for column in block.held.get(Column.OUTSIDE, ())
        ]
        self.code = next(iter(block.held.get(Column.CODE, ())), None)
        """The first column of codes."""

    def of(self, row: int) -> tuple[dict[str, Any], list[Problem]]:
        """What is known of the agency in a row, by fields of ``RosterEntry``; of several columns the first counts."""
        known: dict[str, Any] = {}
        problems = []
        for detail, column, title, values in self._columns:
            here = Location(cell=address(row, column))
            value = values[row - 1]
            if value is None:
                if not detail.silent and self._sheet.states.get((row, column)) in NO_VALUE:
                    problems.append(Code.ROSTER_DETAIL.at(here, title=title))
            elif detail.field not in known:
                read, findings = detail.read(value)
                problems += [found.at(here, **facts) for found, facts in findings]
                if read is not None:
                    known[detail.field] = read
        reasons, unclear = self._why_outside(row)
        return known | ({"outside": reasons} if reasons else {}), [*problems, *unclear]

    def _why_outside(self, row: int) -> tuple[str, list[Problem]]:
        """Why the agency in a row is not assessed; a reason in words goes before the 是 of another column."""
        words, marks, problems = [], [], []
        for column, title, values in self._outside:
            text = whole(values[row - 1])
            if text.upper() in _YES:
                marks.append(title.replace("是否", "").removesuffix("原因"))
            elif text.upper() in _NO or _STROKES.fullmatch(text):
                continue
            elif _is_reason(text, title):
                words.append(spaced(values[row - 1]))
            else:
                problems.append(Code.ROSTER_OUTSIDE.at(Location(cell=address(row, column)), title=title, seen=text))
        return "；".join(dict.fromkeys(words or marks)), problems


def _is_reason(text: str, title: str) -> bool:
    """Whether a text surely says why an agency is not assessed; below 垂管, 市直 would be no reason but an answer."""
    answers = "垂" in title and "原因" not in title
    return text not in _OPEN and any(map(str.isalpha, text)) and (not answers or text.startswith(_VERTICAL))
