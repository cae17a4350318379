"""What people write in an answer's cell → what they mean, each lenience named.

This is the one place that decides which spellings are accepted (docs/office/tolerance.md is the same table for people).
A near miss is refused: guessing 是 from 基本做到 would invent points.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules import NONE, AnswerType, Asked
from jieyue_cli.rubric.rules.ladder import same_name, stored
from jieyue_cli.submission import BLANK, FALSE, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind
from jieyue_cli.text.folding import label, narrow
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import Cell, CellState, Value

YES = ("是", "是的", "有", "对", "已完成", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "1")
NO = ("否", "不是", "无", "没有", "未完成", "×", "✗", "✘", "✕", "X", "N", "NO", "FALSE", "0")
ABSENT = ("不涉及", "不适用", "无此项", "合理缺项", "-", "--", "—", "——", "–", "/", "N/A", "NA")
NONE_COUNTED = ("无", "没有", "零", "〇")
UNTRUE = "虚假"
"""What the office writes where it finds that a claim is false."""
NUMERALS = {numeral: number for number, numeral in enumerate("零一二三四五六七八九十")} | {"两": 2}
MEASURES = "项个次类种场期篇条份处"
MOST = 9999
"""The largest count; a larger number is a date, a sum of money or a telephone number."""
LARGEST = 10**9
"""The largest measured value."""
UNLIKELY = 100
"""A larger count is accepted with a warning."""

_ABOVE_0 = "大于 0 的数"
_LONGEST_SHOWN = 40
"""Characters of a cell that a message shows."""
_LONGEST_KEPT = 500
"""Characters of a text that is noted."""
_DATE = re.compile(r"((?:19|20)[0-9]{2})(?:\s*年\s*|[-./])([0-9]{1,2})(?:\s*月\s*|[-./])([0-9]{1,2})\s*日?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?")

Finding = tuple[Code, Mapping[str, object]]
"""A problem without its place."""
Understood = tuple[Answer, list[Finding]]


def understand(cell: Cell, asked: Asked, *, untrue_allowed: bool = False) -> Understood:
    """Say what the cell answers to such a question, and what there is to tell about it.

    Every value that is not understood becomes UNREADABLE with an error; it never scores. 虚假 is an answer only where
    ``untrue_allowed``: in the office's findings.
    """
    if cell.state is CellState.UNCALCULATED:
        return UNREADABLE, [(Code.ANSWER_UNCALCULATED, {})]
    if cell.state is CellState.ERROR:
        return UNREADABLE, [(Code.ANSWER_ERROR_CELL, {"seen": cell.value})]
    answer, findings = _value(cell.value, asked, untrue_allowed=untrue_allowed)
    if cell.state is CellState.FORMULA:
        findings = [(Code.ANSWER_FORMULA, {"seen": quoted(cell.value)}), *findings]
    return answer, findings


def written(value: Value | None) -> str:
    """The value as a person would write it, on one line, cut to what a message shows."""
    text = whole(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def whole(value: Value | None) -> str:
    """The value as a person would write it, on one line: what is compared with a name."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return "" if value is None else narrow(str(value))


def quoted(value: Value | None) -> str:
    """As ``written``, but in the width that was typed: a message shows what its reader will look for."""
    if not isinstance(value, str):
        return written(value)
    text = " ".join(value.split())
    return written(value) and (text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…")


def stored_number(value: Value | None) -> Decimal | None:
    """The number a cell stores, to 15 significant digits: 3*0.1 is stored as 0.30000000000000004 and means 0.3."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return _unsigned(Decimal(f"{value:.15g}"))


def date_of(value: Value | None) -> dt.date | None:
    """The day that a cell tells: a date, or a text in one of the usual ways to write one; None for anything else."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str) and (match := _DATE.fullmatch(narrow(value))):
        with suppress(ValueError):
            return dt.date(*(int(part) for part in match.groups()))
    return value if isinstance(value, dt.date) else None


def _value(value: Value | None, asked: Asked, *, untrue_allowed: bool) -> Understood:
    if value is None:
        return BLANK, []
    if isinstance(value, str):
        text = narrow(value)
        if not text:
            return BLANK, []
        if text.upper() in ABSENT and asked.type is not AnswerType.TEXT:
            return NOT_APPLICABLE, [] if value == ABSENT[0] else [_spelling(value, ABSENT[0])]
        if untrue_allowed and text == UNTRUE:
            return FALSE, [] if value == UNTRUE else [_spelling(value, UNTRUE)]
    return _READERS[asked.type](value, asked)


def _yes_no(value: Value, asked: Asked) -> Understood:
    del asked
    text = written(value).upper()
    for spellings, points in ((YES, Decimal(1)), (NO, Decimal(0))):
        if text in spellings:
            plainly = value == spellings[0]
            return Answer(AnswerKind.VALUE, points), [] if plainly else [_spelling(value, spellings[0])]
    return UNREADABLE, [(Code.ANSWER_NOT_YES_NO, {"seen": quoted(value)})]


def _count(value: Value, asked: Asked) -> Understood:
    findings: list[Finding] = []
    if isinstance(value, str):
        number = _number(narrow(value), asked.unit)
        if number is not None and number >= 0 and number == int(number):
            findings = [_spelling(value, plain(number))]
    elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        number = Decimal(repr(value))
    else:
        number = None
    seen = {"seen": quoted(value)}
    if number is None:
        return UNREADABLE, [(Code.ANSWER_NOT_COUNT, seen)]
    if number < 0:
        return UNREADABLE, [(Code.ANSWER_NEGATIVE, seen)]
    if number > MOST:
        return UNREADABLE, [(Code.ANSWER_HUGE, seen)]
    if number != int(number):
        return UNREADABLE, [(Code.ANSWER_FRACTION, seen)]
    if number == 0 and asked.positive:
        return UNREADABLE, [(Code.ANSWER_TOO_SMALL, {**seen, "least": _ABOVE_0})]
    if number > UNLIKELY:
        findings.append((Code.ANSWER_UNLIKELY, seen))
    return Answer(AnswerKind.VALUE, Decimal(int(number))), findings


def _number(text: str, unit: str) -> Decimal | None:
    if text in NONE_COUNTED:
        return Decimal(0)
    text = _bare(text, unit, *MEASURES)
    if _NUMBER.fullmatch(text):
        return _unsigned(Decimal(text))
    return Decimal(NUMERALS[text]) if text in NUMERALS else None


def _bare(text: str, *units: str) -> str:
    """Take away the measure word or unit behind a number, the first of ``units`` that stands there."""
    text = narrow(text)
    for unit in map(narrow, units):
        if unit and unit != "%" and text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)].rstrip()
    return text


def _unsigned(number: Decimal) -> Decimal:
    """Nothing has no sign: ``-0`` is 0."""
    return number if number else abs(number)


def _spelling(value: Value, read: str) -> Finding:
    """Name the lenience; the value is shown with its own width and spaces, which may be all that differs."""
    seen = written(value)
    if isinstance(value, str):
        seen = "".join(char if char.isprintable() or char == "\u3000" else "□" for char in value[:_LONGEST_SHOWN])
        if seen == read:
            seen += "（文本）"
    return Code.ANSWER_SPELLING, {"seen": seen, "read": read}


def _choice(value: Value, asked: Asked) -> Understood:
    number = _chosen(value, asked.choices)
    if number is None and asked.none and whole(value).upper() in NO:
        number = 0
    if number is None:
        facts = {"seen": quoted(value), "choices": "、".join(asked.offered)}
        return UNREADABLE, [(Code.ANSWER_NOT_CHOICE, facts)]
    choice = (NONE, *asked.choices)[number]
    plainly = value == choice or (not isinstance(value, str) and number > 0)
    return Answer(AnswerKind.VALUE, Decimal(number)), [] if plainly else [_spelling(value, choice)]


def _chosen(value: Value, choices: Sequence[str]) -> int | None:
    """The place of the only choice with this name: as it is written, else without what ``label`` leaves out."""
    number, text = stored_number(value), whole(value)
    if number is not None:
        return next((at for at, choice in enumerate(choices, 1) if stored(choice) == number), None)
    for fold in (same_name, label):
        places = [at for at, choice in enumerate(choices, 1) if fold(choice) == fold(text)]
        if len(places) == 1:
            return places[0]
    return None


def _measured(value: Value, asked: Asked) -> Understood:
    number, findings = _decimal(value, asked.unit)
    seen = {"seen": quoted(value)}
    if number is None:
        return UNREADABLE, [(Code.ANSWER_NOT_NUMBER, seen)]
    if abs(number) > LARGEST:
        return UNREADABLE, [(Code.ANSWER_TOO_LARGE, seen)]
    if (number < 0 and not asked.negative) or (number == 0 and asked.positive):
        return UNREADABLE, [(Code.ANSWER_TOO_SMALL, {**seen, "least": _ABOVE_0 if asked.positive else "0 或更大的数"})]
    return Answer(AnswerKind.VALUE, number), findings


def _percent(value: Value, asked: Asked) -> Understood:
    """Read a share: a cell that shows 95 % holds 0.95; people also write 95."""
    with_sign = isinstance(value, str) and narrow(value).endswith("%")
    number, findings = _decimal(narrow(value).removesuffix("%") if isinstance(value, str) else value)
    seen = {"seen": quoted(value)}
    if number is None:
        return UNREADABLE, [(Code.ANSWER_NOT_PERCENT, seen)]
    if not isinstance(value, str) and abs(number) <= 1:
        number *= 100
    elif isinstance(value, str) and not with_sign and 0 < abs(number) <= 1:
        return UNREADABLE, [(Code.ANSWER_NOT_PERCENT, seen)]
    elif isinstance(value, str) or number:
        findings = [_spelling(value, f"{plain(number)}%")] if value != f"{plain(number)}%" else []
    if not (-100 if asked.negative else 0) <= number <= 100:  # noqa: PLR2004 -- per cent
        return UNREADABLE, [(Code.ANSWER_NOT_PERCENT, seen)]
    return Answer(AnswerKind.VALUE, number), findings


def _points(value: Value, asked: Asked) -> Understood:
    number, findings = _decimal(value, "分")
    most, step = asked.most or Decimal(0), asked.step or Decimal(1)
    seen = {"seen": quoted(value), "most": plain(most), "step": plain(step)}
    if number is None or not 0 <= number <= most or number % step:
        return UNREADABLE, [(Code.ANSWER_NOT_POINTS, seen)]
    return Answer(AnswerKind.VALUE, number), findings


def _decimal(value: Value, unit: str = "") -> tuple[Decimal | None, list[Finding]]:
    """The exact number that somebody wrote, as text, perhaps with its unit, or as a number."""
    if not isinstance(value, str):
        return stored_number(value), []
    text = _bare(value, unit)
    if not _DECIMAL.fullmatch(text):
        return None, []
    number = _unsigned(Decimal(text))
    return number, [_spelling(value, plain(number))]


def _text(value: Value, asked: Asked) -> Understood:
    """Any words, on one line."""
    del asked
    text = " ".join(value.split()) if isinstance(value, str) else whole(value)
    kept = "".join(char for char in text if char.isprintable() or char == "\u3000")[:_LONGEST_KEPT]
    return (Answer(AnswerKind.NOTED, text=kept), []) if kept else (BLANK, [])


def _date(value: Value, asked: Asked) -> Understood:
    """A day: a date, or a text in one of the usual ways to write one."""
    del asked
    date = date_of(value)
    if date is None:
        return UNREADABLE, [(Code.ANSWER_NOT_DATE, {"seen": quoted(value)})]
    day = date.isoformat()
    plainly = not isinstance(value, str) or value == day
    return Answer(AnswerKind.NOTED, text=day), [] if plainly else [_spelling(value, day)]


_READERS: dict[AnswerType, Callable[[Value, Asked], Understood]] = {
    AnswerType.YES_NO: _yes_no,
    AnswerType.COUNT: _count,
    AnswerType.CHOICE: _choice,
    AnswerType.NUMBER: _measured,
    AnswerType.PERCENT: _percent,
    AnswerType.POINTS: _points,
    AnswerType.TEXT: _text,
    AnswerType.DATE: _date,
}
