"""Filled-in forms for the tests: the program's own blank form, with what people write in it."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from jieyue_cli.assessment import Result, assess
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import HEADER_ROW, SHEET, Column, rows
from jieyue_cli.problems import Severity
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import find
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import BLANK, Answer, AnswerKind, Claim
from jieyue_cli.workbook.cells import address, letters
from published import COUNTED, ORDER, UNITS, YES_NO, Meant, worth


def _standard() -> Rubric:
    rubric, problems = find(DEFAULT)
    assert rubric is not None, problems
    return rubric


RUBRIC = _standard()
ROW = {row.id: row.number for row in rows(RUBRIC)}
"""编号 → its row in the blank form."""
LETTER = {column.word: letters(column.number) for column in Column}
LABEL = {field.label: address(field.row, field.column) for field in Field}
"""Label above the table → its cell."""
FIELD = {field.label: field.cell for field in Field}
"""Label above the table → the cell of its value."""
AGENCY = "示例市财政局"

Written = Mapping[str, Any]
"""编号 → what stands in its cell."""
NOTHING: Written = MappingProxyType({})
FULL: dict[str, Any] = dict.fromkeys(YES_NO, "是") | dict.fromkeys(COUNTED, 7)
"""A form that claims everything: 100 points."""


def cell(identifier: str, column: str = "完成情况") -> str:
    """Return the address in the blank form."""
    return f"{LETTER[column]}{ROW[identifier]}"


def header(column: str) -> str:
    """Return the address of a column's word in the blank form."""
    return f"{LETTER[column]}{HEADER_ROW}"


@cache
def _blank() -> bytes:
    return blank_form(RUBRIC)


def opened() -> tuple[openpyxl.Workbook, Worksheet]:
    """Open a fresh blank form."""
    book = openpyxl.load_workbook(io.BytesIO(_blank()))
    return book, book[SHEET]


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the workbook's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill(
    sheet: Worksheet, answers: Written = NOTHING, findings: Written = NOTHING, completion: str | None = None
) -> None:
    """Write the agency, both sides' answers and 核查完成 where the blank form has them.

    Findings are signed and explained.
    """
    sheet[FIELD["单位名称"]] = AGENCY
    sheet[FIELD["单位类别"]] = "行政机关"
    sheet[FIELD["评价年度"]] = 2020
    sheet[FIELD["核查完成"]] = completion
    checked = any(value is not None for value in findings.values())
    sheet[FIELD["核查人"]], sheet[FIELD["核查日期"]] = ("李四", dt.date(2020, 11, 5)) if checked else (None, None)
    for identifier, value in answers.items():
        sheet[cell(identifier, "佐证材料")] = None if value is None else "见附件"
    for identifier, value in findings.items():
        sheet[cell(identifier, "核查意见")] = None if value is None else "见核查记录"
    for column, side in (("完成情况", answers), ("核查情况", findings)):
        for identifier, value in side.items():
            place = sheet[cell(identifier, column)]
            place.value = value
            if not isinstance(value, dt.date):
                place.number_format = "General"  # a date before it left its own


_ready: list[tuple[openpyxl.Workbook, Worksheet]] = []


def filled(answers: Written = FULL, findings: Written = NOTHING, completion: str | None = None) -> bytes:
    """Return a form with these answers; one open workbook serves all, for opening takes longer than filling."""
    if not _ready:
        _ready.append(opened())
    book, sheet = _ready[0]
    fill(sheet, {**dict.fromkeys(ORDER), **answers}, {**dict.fromkeys(ORDER), **findings}, completion)
    return saved(book)


def changed(change: Callable[[Worksheet], object], answers: Written = FULL, findings: Written = NOTHING) -> Result:
    """Fill in a fresh form, do something to its sheet, and assess it."""
    book, sheet = opened()
    fill(sheet, answers, findings)
    change(sheet)
    return assessed(saved(book))


def assessed(data: bytes) -> Result:
    """Assess a form under a name."""
    return assess("表.xlsx", data, RUBRIC)


def told(result: Result, *severities: Severity) -> list[str]:
    """Return every problem as ``code place message``, of these severities where any are given."""
    return [
        f"{problem.code.slug} {str(problem.location).removeprefix('表.xlsx').strip()} {problem.message}"
        for problem in result.problems
        if not severities or problem.severity in severities
    ]


def figures(card: Scorecard | None) -> dict[str, Fraction]:
    """Return the score of every unit, item and criterion by its id, and the total under ``""``."""
    assert card is not None
    found = {"": card.shown}
    for unit in card.units:
        found[unit.unit.id] = unit.score
        for item in unit.items:
            found[item.item.id] = item.score
            found |= {line.id: line.score for line in item.lines}
    return found


def expected(meant: Mapping[str, Meant]) -> dict[str, Fraction]:
    """Work ``figures`` out again from the hand-made table, without the program's rules."""
    lines = {identifier: worth(identifier, meant.get(identifier)) for identifier in ORDER}
    found = {"": sum(lines.values(), Fraction(0)), **lines}
    for identifier, points in lines.items():
        unit, item = identifier.split(".")[0], identifier.rpartition(".")[0]
        found[unit] = found.get(unit, Fraction(0)) + points
        found[item] = found.get(item, Fraction(0)) + points
    assert set(UNITS) <= set(found)
    return found


def claims(meant: Mapping[str, Meant]) -> list[Claim]:
    """Return the answers as if read from a form."""
    return [
        Claim((identifier,), BLANK if said is None else Answer(AnswerKind.VALUE, Decimal(int(said))))
        for identifier, said in meant.items()
    ]


def at_random(chance: random.Random, done: float = 0.7) -> dict[str, Meant]:
    """Answer at random: some left blank, ``done`` of the others claimed."""
    meant: dict[str, Meant] = {}
    for identifier in ORDER:
        if chance.random() < 0.1:
            meant[identifier] = None
        elif identifier in YES_NO:
            meant[identifier] = chance.random() < done
        else:
            meant[identifier] = chance.choice((0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 20, 99))
    return meant


def plainly(meant: Mapping[str, Meant]) -> dict[str, Any]:
    """Write answers the way the form asks for them."""
    return {
        identifier: ("是" if said else "否") if isinstance(said, bool) else said for identifier, said in meant.items()
    }


_SPELLINGS: dict[bool, Sequence[Any]] = {
    True: ("是", "是的", "有", "√", "✓", "Y", "yes", "1", 1, True, " 是", "是　", "Ｙ", "对"),
    False: ("否", "无", "没有", "×", "N", "no", "0", 0, False, "否 ", "　否", "Ｘ", "未完成"),
}


def freely(meant: Mapping[str, Meant], chance: random.Random) -> dict[str, Any]:
    """Write answers the way people do, in every spelling that is accepted."""
    written: dict[str, Any] = {}
    for identifier, said in meant.items():
        if said is None:
            written[identifier] = chance.choice((None, None, " ", "　"))
        elif isinstance(said, bool):
            written[identifier] = chance.choice(_SPELLINGS[said])
        else:
            wide = str(said).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
            written[identifier] = chance.choice((said, str(said), f"{said}项", f" {said} 次", wide, float(said)))
    return written
