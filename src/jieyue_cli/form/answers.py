"""What people write in an answer's cell → what they mean, each lenience named.

This is the one place that decides which spellings are accepted (docs/tolerance.md is the same table for people).
A near miss is refused: guessing 是 from 基本做到 would invent points.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from jieyue_cli.form.folding import narrow
from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules import AnswerType, plain
from jieyue_cli.submission import BLANK, NOT_APPLICABLE, UNREADABLE, Answer, Kind
from jieyue_cli.workbook.cells import Cell, State, Value

YES = ("是", "是的", "有", "对", "已完成", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "1")
NO = ("否", "不是", "无", "没有", "未完成", "×", "✗", "✘", "✕", "X", "N", "NO", "FALSE", "0")
ABSENT = ("不涉及", "不适用", "无此项", "-", "--", "—", "——", "–", "/", "N/A", "NA")
NONE_COUNTED = ("无", "没有", "零", "〇")
MEASURES = "项个次类种场期篇条份处"
MOST = 9999
"""Nobody holds more of anything than this: beyond it stands a date, a sum of money or a telephone number."""
UNLIKELY = 100
"""More than this counts, but somebody should look."""

_SHOWN = 40
"""So many characters of a cell fit into a line of a message."""
_DIGITS = {char: Decimal(value) for value, char in enumerate("零一二三四五六七八九十")} | {"两": Decimal(2)}
_NUMBER = re.compile(rf"([+-]?[0-9]+(?:\.[0-9]+)?)\s*[{MEASURES}]?")
_NUMERAL = re.compile(rf"([零一二两三四五六七八九十])\s*[{MEASURES}]?")

Finding = tuple[Code, Mapping[str, object]]
"""A problem without its place."""
Reading = tuple[Answer, list[Finding]]


def understand(cell: Cell, asked: AnswerType) -> Reading:
    """Say what the cell answers to a criterion of this type, and what there is to tell about it.

    Every value that is not understood becomes UNREADABLE with an error; it never scores.
    """
    if cell.state is State.UNCALCULATED:
        return UNREADABLE, [(Code.ANSWER_UNCALCULATED, {})]
    if cell.state is State.ERROR:
        return UNREADABLE, [(Code.ANSWER_ERROR_CELL, {"seen": cell.value})]
    answer, findings = _value(cell.value, asked)
    if cell.state is State.FORMULA:
        findings = [(Code.ANSWER_FORMULA, {"seen": written(cell.value)}), *findings]
    return answer, findings


def written(value: Value | None) -> str:
    """The value as a person would write it, on one line and not endless."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    text = "" if value is None else narrow(str(value))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _value(value: Value | None, asked: AnswerType) -> Reading:
    if value is None:
        return BLANK, []
    if isinstance(value, str):
        text = narrow(value)
        if not text:
            return BLANK, []
        if text.upper() in ABSENT:
            return NOT_APPLICABLE, [] if value == ABSENT[0] else [_spelling(value, ABSENT[0])]
    return _READERS[asked](value)


def _yes_no(value: Value) -> Reading:
    text = written(value).upper()
    for spellings, points in ((YES, Decimal(1)), (NO, Decimal(0))):
        if text in spellings:
            plainly = value == spellings[0]
            return Answer(Kind.VALUE, points), [] if plainly else [_spelling(value, spellings[0])]
    return UNREADABLE, [(Code.ANSWER_NOT_YES_NO, {"seen": written(value)})]


def _count(value: Value) -> Reading:
    findings: list[Finding] = []
    if isinstance(value, str):
        number = _number(narrow(value))
        if number is not None and number >= 0 and number == int(number):
            findings = [_spelling(value, plain(number))]
    elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        number = Decimal(repr(value))
    else:
        number = None
    seen = {"seen": written(value)}
    if number is None:
        return UNREADABLE, [(Code.ANSWER_NOT_COUNT, seen)]
    if number < 0:
        return UNREADABLE, [(Code.ANSWER_NEGATIVE, seen)]
    if number > MOST:
        return UNREADABLE, [(Code.ANSWER_HUGE, seen)]
    if number != int(number):
        return UNREADABLE, [(Code.ANSWER_FRACTION, seen)]
    if number > UNLIKELY:
        findings.append((Code.ANSWER_UNLIKELY, seen))
    return Answer(Kind.VALUE, Decimal(int(number))), findings


def _number(text: str) -> Decimal | None:
    if text in NONE_COUNTED:
        return Decimal(0)
    if match := _NUMBER.fullmatch(text):
        return Decimal(match[1])
    if match := _NUMERAL.fullmatch(text):
        return _DIGITS[match[1]]
    return None


def _spelling(value: Value, read: str) -> Finding:
    """Name the lenience; width and spaces are shown as they were written, for they may be all there is to see."""
    seen = written(value)
    if isinstance(value, str):
        seen = "".join(char if char.isprintable() or char == "\u3000" else "□" for char in value[:_SHOWN])
        if seen == read:
            seen += "（文本）"
    return Code.ANSWER_SPELLING, {"seen": seen, "read": read}


_READERS: dict[AnswerType, Callable[[Value], Reading]] = {AnswerType.YES_NO: _yes_no, AnswerType.COUNT: _count}
