"""The one description of the form: its sheet, its words, its columns and where the blank form puts them.

The writer uses the words and the places; the reader uses only the words, so that inserted, moved or hidden rows
and columns do not matter (docs/contract.md, Form).
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

import msgspec

from jieyue_cli.form.head import Field
from jieyue_cli.rubric.model import GATES, INPUTS, Criterion, Gate, Input, Question, Rubric
from jieyue_cli.rubric.rules import SumOf
from jieyue_cli.workbook.cells import address

SHEET = "自评打分表"
HELP_SHEET = "填写说明"
PENDING = "待更正"
"""What a score formula shows for an answer that is not valid."""
DROPPED, RESCALED = "不评分", "缺项"
"""What it shows where 不涉及 takes the criterion out of the reckoning."""
MET, UNMET = "符合", "不符合"
"""What it shows for a gate."""
ELSEWHERE = "—"
"""What it shows for another class of agency."""


class Column(Enum):
    """The table's columns: the header word, and its width (characters) at the agency's turn and at the office's."""

    def __init__(self, word: str, width: float, narrow: float) -> None:
        self.word = word
        self.width = width
        self.narrow = narrow
        """So that all columns together are as wide as one page."""

    ID = ("编号", 7.5, 6.5)
    UNIT = ("评价单元", 13, 9)
    ITEM = ("评价项目", 10, 6.5)
    TEXT = ("评价标准", 35, 23)
    RULE = ("计分方式", 11.5, 9)
    POINTS = ("分值", 5, 4.5)
    ANSWER = ("完成情况", 9, 7)
    SELF_SCORE = ("自评得分", 8, 5.5)
    EVIDENCE = ("佐证材料", 18, 15)
    REMARK = ("备注", 10, 11.5)
    FINDING = ("核查情况", 10, 9)
    VERIFIED_SCORE = ("核查得分", 9, 5.5)
    OPINION = ("核查意见", 56, 17)

    @property
    def number(self) -> int:
        """1-based column in the blank form."""
        return list(Column).index(self) + 1


class Working(NamedTuple):
    """The hidden columns in which one side is worked out; only where a standard needs any."""

    values: int
    """The answers as understood."""
    parts: int
    """The points of a criterion's parts."""
    at_least: int
    """The best grade that each gate, ★ and ※ lets through as it stands …"""
    at_most: int
    """… and once everything is mended."""
    empty: int
    """The points of each criterion that is answered 不涉及 …"""
    empty_at_most: int
    """… and of each that may be once it is mended; only where these are limited."""
    counted: int
    """What each unit counts as it stands …"""
    counted_at_most: int
    """… and once everything is mended; only where a unit may count less than its items bring."""


BRIEF_COLUMN = len(Column) + 1
"""Beside the table: each criterion in a few words, for the office's pages."""
WORKING = {
    Column.ANSWER: Working(*(BRIEF_COLUMN + place for place in (1, 2, 3, 4, 9, 10, 13, 14))),
    Column.FINDING: Working(*(BRIEF_COLUMN + place for place in (5, 6, 7, 8, 11, 12, 15, 16))),
}


TITLE_ROW = 1
HINT_ROW = 2
CAPTION_ROW = max(field.row for field in Field) + 1
"""Who and which year: it stands on every printed page, above the header."""
HEADER_ROW = CAPTION_ROW + 1
FIRST_ROW = HEADER_ROW + 1
SUMMARY = "得分汇总"
"""What stands in the column of the units where the table has ended and its sums begin."""


class FormRow(msgspec.Struct, frozen=True):
    """One row of the blank form: an input, a criterion, a part of one, or one of several questions about it."""

    number: int
    unit: str
    item: str
    criterion: Criterion | Input
    question: Question | None
    """What is answered here; None for a heading, and where others' answers say all."""
    scored: bool
    """Whether the criterion's score stands here."""
    groups: tuple[str, ...]
    """The classes of agency it is for; empty for all."""
    guidance: str | None
    """填报说明 of the criterion, or of the nearest one around it that has any."""

    @property
    def gate(self) -> bool:
        """Whether this is a condition without points."""
        return isinstance(self.criterion, Gate)

    @property
    def judged(self) -> Criterion:
        """The criterion, or part of one, whose points are worked out here."""
        assert isinstance(self.criterion, Criterion), "an input brings nothing"  # noqa: S101 -- our own fault
        return self.criterion

    @property
    def points(self) -> Decimal | None:
        """The 分值; None for what has none, and for a further question of a criterion."""
        unpriced = isinstance(self.criterion, Input | Gate) or self.id != self.criterion.id
        return None if unpriced else self.judged.points

    @property
    def id(self) -> str:
        """The 编号."""
        return self.question.id if self.question else self.criterion.id

    @property
    def text(self) -> str:
        """The 评价标准."""
        return self.question.text if self.question else self.criterion.text

    @property
    def rule(self) -> str:
        """The 计分方式 and, on a line of its own, the 考评方法; a further question of a criterion has none."""
        if self.id != self.criterion.id:
            return ""
        method = self.criterion.method
        return f"{self.criterion.describe}\n考评方法：{method}" if method else self.criterion.describe

    def address(self, column: Column) -> str:
        """A1 address of this row's cell in ``column``."""
        return address(self.number, column.number)


def rows(rubric: Rubric) -> tuple[FormRow, ...]:
    """Where the blank form puts everything: inputs and gates first, then the criteria in the standard's order."""
    made: list[FormRow] = []
    for asked in rubric.inputs:
        (question,) = asked.questions
        place, told = FIRST_ROW + len(made), asked.guidance
        made.append(FormRow(place, INPUTS, INPUTS, asked, question, scored=False, groups=asked.when, guidance=told))
    for gate in rubric.gates:
        made += _rows(gate, FIRST_ROW + len(made), (GATES, GATES), (), scored=True)
    for unit in rubric.units:
        for item in unit.items:
            for criterion in item.outline:
                names = unit.name, item.name
                made += _rows(criterion, FIRST_ROW + len(made), names, item.when, scored=True)
    return tuple(made)


def _rows(
    criterion: Criterion,
    number: int,
    names: tuple[str, str],
    groups: tuple[str, ...],
    around: str | None = None,
    *,
    scored: bool,
) -> list[FormRow]:
    """The row of a criterion and those of its parts or questions."""
    own = tuple(group for group in criterion.when if not groups or group in groups) or groups
    guidance = criterion.guidance or around
    heading = isinstance(criterion.rule, SumOf)
    asked = () if criterion.parts else criterion.questions
    question = next((question for question in asked if question.id == criterion.id), None)
    made = [FormRow(number, *names, criterion, question, scored and not heading, own, guidance)]
    for part in criterion.parts:
        made += _rows(part, number + len(made), names, own, guidance, scored=scored and heading)
    for further in asked:
        if further is not question:
            place = number + len(made)
            made.append(FormRow(place, *names, criterion, further, scored=False, groups=own, guidance=guidance))
    return made
