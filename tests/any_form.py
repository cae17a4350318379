"""Forms of any standard: filled in at random, calculated by a real spreadsheet program, held against the score."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import openpyxl

from jieyue_cli.assessment import Result, assess
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import (
    DROPPED,
    ELSEWHERE,
    MET,
    PENDING,
    RESCALED,
    SHEET,
    UNMET,
    WORKING,
    Column,
    FormRow,
    rows,
)
from jieyue_cli.rubric.model import NotApplicable, Question, Rubric
from jieyue_cli.rubric.rules import AnswerType, Asked, LineState
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import Completion, VerificationState
from jieyue_cli.text.numbers import cut
from jieyue_cli.workbook.cells import address, letters

Answers = Mapping[str, Any]
"""编号 of a question → what stands in its cell."""


@dataclass(frozen=True)
class Filled:
    """What somebody enters."""

    group: str | None
    answers: Answers
    findings: Answers
    completion: str | None = None
    """核查完成."""


_ready: list[tuple[Rubric, openpyxl.Workbook]] = []
"""The last standard's blank form, open: it serves every form of that standard, for opening takes longest."""


def book_of(rubric: Rubric, filled: Filled) -> bytes:
    """Fill in a blank form where the layout has its cells."""
    if not _ready or _ready[0][0] is not rubric:
        _ready[:] = [(rubric, openpyxl.load_workbook(io.BytesIO(blank_form(rubric))))]
    book = _ready[0][1]
    sheet = book[SHEET]
    sheet[Field.NAME.cell] = "示例市财政局"
    sheet[Field.CATEGORY.cell] = rubric.scope[0]
    sheet[Field.YEAR.cell] = max(rubric.targets)
    if rubric.classes:
        sheet[Field.GROUP.cell] = filled.group
    sheet[Field.COMPLETION.cell] = filled.completion
    for row in rows(rubric):
        if row.question:
            answer, finding = filled.answers.get(row.id), filled.findings.get(row.id)
            sheet[row.address(Column.ANSWER)] = answer
            sheet[row.address(Column.FINDING)] = finding
            proven = answer is not None or finding is not None
            sheet[row.address(Column.EVIDENCE)] = "附件" if proven else None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def completions(number: int) -> str | None:
    """What the office says of the form with this number, one after another, as it may be spelled."""
    said = [None, *(completion.value for completion in Completion), "已完成,空白同自评", "已完成 逐条填写", "已完成"]
    return said[number % len(said)]


def at_random(rubric: Rubric, chance: random.Random, *, odd: float = 0.06, office: bool = False) -> dict[str, Any]:
    """Answer every question: mostly well, sometimes not at all, not applicable or not validly."""
    care = chance.random()
    return {
        question.id: _answer(rubric, question, chance, care, odd, office=office)
        for question in rubric.questions.values()
    }


def checked(rubric: Rubric, chance: random.Random, number: int, *, odd: float = 0.06) -> dict[str, Any]:
    """The office's findings in the form with this number: none, some, nearly all or all of them."""
    share = (0, 0.5, 0.9, 1)[number % 4]
    found = at_random(rubric, chance, odd=odd, office=True)
    if share == 1:
        found = {key: "不涉及" if finding is None else finding for key, finding in found.items()}
    return {identifier: finding if chance.random() < share else None for identifier, finding in found.items()}


def _answer(rubric: Rubric, question: Question, chance: random.Random, care: float, odd: float, *, office: bool) -> Any:
    roll = chance.random()
    if roll < odd:
        # a spreadsheet program shows TRUE in a cell for percentages as 100 %
        odd_ones: list[Any] = ["差不多", "#N/A", -3, 10**12, "？", "5 5"]
        # no program shows such a number in a cell for days
        return chance.choice(
            odd_ones if question.asked.type is not AnswerType.DATE else ["差不多", "#N/A", "？", "5 5"]
        )
    if roll < odd + 0.05:
        return None
    if roll < odd + 0.12:
        return chance.choice(["不涉及", "无此项", "/"])
    if office and rubric.forfeit and roll < odd + 0.15:
        return "虚假"
    return _valid(question.asked, chance, care)


def _valid(asked: Asked, chance: random.Random, care: float) -> Any:
    low = -20 if asked.negative else 0
    most, step = asked.most or Decimal(0), asked.step or Decimal(1)
    made: dict[AnswerType, Callable[[], Any]] = {
        AnswerType.YES_NO: lambda: "是" if chance.random() < care else "否",
        AnswerType.COUNT: lambda: chance.choice([0, 0, 1, 1, 2, 3, 7, "3", "无"]),
        AnswerType.CHOICE: lambda: chance.choice([*asked.offered, asked.choices[0], "无"]),
        AnswerType.PERCENT: lambda: chance.choice(
            [1, 0, chance.randint(low * 10, 1000) / 1000, f"{chance.randint(low + 80, 100)}%", 97]
        ),
        AnswerType.POINTS: lambda: float(step * chance.randint(0, int(most / step))),
        AnswerType.NUMBER: lambda: chance.choice(
            [9, 10, 11, 12, chance.randint(low * 10 + 1, 200) / 10, chance.randint(low + 1, 20), "9.5"]
        ),
        AnswerType.TEXT: lambda: chance.choice(["综合科", "不涉及", 12, "行政科 王某"]),
        AnswerType.DATE: lambda: chance.choice([dt.date(2030, 3, 1), "2030年3月1日", "2030-03-01"]),
    }
    return made[asked.type]()


def scored(rubric: Rubric, data: bytes) -> Result:
    """Assess a form."""
    return assess("表.xlsx", data, rubric)


def expected(rubric: Rubric, result: Result) -> dict[str, Any]:
    """Work out what each cell with a formula should show."""
    group = result.agency.group if result.agency else None
    own = _side(rubric, result.self, group, Column.SELF_SCORE)
    office = _side(rubric, result.verified, group, Column.VERIFIED_SCORE)
    verdict, verification = Field.VERIFIED_VERDICT.cell, result.verification
    if verification.state is VerificationState.PARTIAL and verdict in office:
        office[verdict] = f"核查未完成（{verification.found}/{verification.of}）"
    return own | office


def _side(rubric: Rubric, card: Scorecard | None, group: str | None, column: Column) -> dict[str, Any]:
    own = column is Column.SELF_SCORE
    total, verdict, due = (
        (Field.SELF_TOTAL, Field.SELF_VERDICT, Field.SELF_DUE)
        if own
        else (Field.VERIFIED_TOTAL, Field.VERIFIED_VERDICT, Field.VERIFIED_DUE)
    )
    laid_out = rows(rubric)
    listed = [row for row in laid_out if row.scored]
    below = laid_out[-1].number + 3
    parts = [(unit, item) for unit in rubric.units for item in (None, *unit.items)]
    letter = letters(column.number)
    if card is None and rubric.classes and group is None:
        return {}  # what stands in rows for one class only cannot be read before the class is known
    if card is None:
        return dict.fromkeys([row.address(column) for row in listed] + [total.cell, verdict.cell])
    lines = {line.id: line for line in (*card.gates, *card.lines)}
    shown: dict[str, Any] = {}
    for row in listed:
        line = lines.get(row.criterion.id)
        shown[row.address(column)] = _word(line, gate=row.gate) if line else (ELSEWHERE if group else PENDING)
    shown |= _empties(rubric, lines, listed, column)
    units = {unit.unit.id: unit for unit in card.units}
    for at, (unit, item) in enumerate(parts):
        score = units[unit.id].score
        if item:
            found = [each.score for each in units[unit.id].items if each.item.id == item.id]
            score = found[0] if found else Fraction(0)
        shown[f"{letter}{below + at}"] = score
    shown[total.cell] = cut(card.total)
    if group or not rubric.classes:
        shown[verdict.cell] = card.conclusion
    if any(policy.leaves_out for policy in rubric.policies):
        shown[due.cell] = card.denominator
    return shown


def _empties(rubric: Rubric, lines: Mapping[str, Line], listed: list[FormRow], column: Column) -> dict[str, Any]:
    """The hidden cells with the points of what is answered 不涉及, where that is limited."""
    if rubric.not_applicable_limit is None:
        return {}
    place = WORKING[Column.ANSWER if column is Column.SELF_SCORE else Column.FINDING].empty
    base = {unit.name for unit in rubric.units if not unit.bonus}
    asked = [row for row in listed if row.unit in base and row.judged.omissible]
    empty = {row: (line := lines.get(row.criterion.id)) is not None and line.empty for row in asked}
    return {address(row.number, place): Fraction(row.judged.points if said else 0) for row, said in empty.items()}


def _word(line: Line, *, gate: bool) -> Any:
    if line.state is LineState.PENDING:
        return PENDING
    if gate:
        return MET if line.state is LineState.EXCLUDED or line.score == line.points else UNMET
    if line.state is LineState.EXCLUDED:
        return DROPPED if line.policy is NotApplicable.DROPPED else RESCALED
    return line.score


def differences(rubric: Rubric, form: bytes, shown: Mapping[str, object]) -> list[tuple[str, Any, Any]]:
    """Every cell of the form that does not show what the program scores, once a spreadsheet program calculated it."""
    want = expected(rubric, scored(rubric, form))
    got = {address: shown.get(address) for address in want}
    exact = {key: Decimal(str(value)) if isinstance(value, int | float) else value for key, value in got.items()}
    return [(address, exact[address], want[address]) for address in want if not _same(exact[address], want[address])]


def _same(got: Any, want: Any) -> bool:
    if isinstance(got, Decimal) and isinstance(want, Decimal | Fraction):
        return abs(Fraction(got) - Fraction(want)) < Fraction(1, 10**9)
    return bool(got == want)
