"""The one description of the form: its sheet, its words, its columns and where the blank form puts them.

The writer uses the words and the places; the reader uses only the words, so that inserted, moved or hidden rows
and columns do not matter (docs/contract.md, Form).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

import msgspec

from jieyue_cli.form import agency
from jieyue_cli.form.answers import Finding
from jieyue_cli.rubric.model import GATES, Criterion, Gate, Question, Rubric
from jieyue_cli.rubric.rules import SumOf
from jieyue_cli.workbook.cells import Cell, address, letters

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
    """The table's columns: the header word, and its width in the blank form (characters)."""

    def __init__(self, word: str, width: float) -> None:
        self.word = word
        self.width = width

    ID = ("编号", 9.5)
    UNIT = ("评价单元", 12)
    ITEM = ("评价项目", 12)
    TEXT = ("评价标准", 46)
    RULE = ("计分方式", 14)
    POINTS = ("分值", 6)
    ANSWER = ("完成情况", 10)
    SELF_SCORE = ("自评得分", 9)
    EVIDENCE = ("佐证材料", 20)
    REMARK = ("备注", 14)
    FINDING = ("核查情况", 10)
    VERIFIED_SCORE = ("核查得分", 9)
    OPINION = ("核查意见", 18)

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


WORKING = {
    Column.ANSWER: Working(*range(len(Column) + 1, len(Column) + 5)),
    Column.FINDING: Working(*range(len(Column) + 5, len(Column) + 9)),
}


# -- above the table -----------------------------------------------------------------------------------------


class Filler(Enum):
    """Who fills in a field above the table."""

    AGENCY = "填报单位"
    OFFICE = "核查单位"
    FORMULA = "公式"
    PROGRAM = "程序"


class EntryKind(Enum):
    """What a field's input check lets through."""

    TEXT = "any"
    LIST = "list"
    YEAR = "integer"
    """From the year of the standard on."""
    DATE = "date"
    """From the day of the standard on."""


Reader = Callable[[Cell | None, Rubric], tuple[object, list[Finding]]]
"""A field's cell (None where its label is gone) → the value (None where there is none), and what there is to tell."""


class Entry(NamedTuple):
    """What a person enters in a field: how it is read, asked for and shown."""

    read: Reader
    prompt: str = ""
    """Shown at the cell; ``{year}`` stands for the year of the standard."""
    refusal: str = ""
    """Shown where the input check does not let something through."""
    kind: EntryKind = EntryKind.TEXT
    choices: Callable[[Rubric], tuple[str, ...]] | None = None
    """What a LIST offers; a standard that has nothing to offer does not need the field."""
    number_format: str | None = None
    carried: bool = True
    """Whether it goes from an old form to a new one."""


class Field(Enum):
    """The fields above the table: label, place, who fills it in, and what a person enters.

    Its name in small letters is the name of the value in ``Prefill``, which fills it in beforehand, and in ``Agency``,
    which keeps what was read. The place is the row, the label's column, and the last column of the value's merged cell;
    the value stands right of its label. The table begins below the last of these rows.
    """

    def __init__(self, label: str, place: tuple[int, int, int], filler: Filler, entry: Entry | None = None) -> None:
        self.label = label
        self.row, self.column, self.last = place
        self.filler = filler
        self.entry = entry

    NAME = (
        "单位名称",
        (3, 1, 4),
        Filler.AGENCY,
        Entry(agency.read_name, "填单位全称，与公章一致。", number_format="@"),
    )
    CATEGORY = (
        "单位类别",
        (3, 5, 8),
        Filler.AGENCY,
        Entry(
            agency.read_category,
            "请从下拉列表中选择。",
            "请从下拉列表中选择单位类别。",
            EntryKind.LIST,
            lambda rubric: rubric.scope,
        ),
    )
    YEAR = (
        "评价年度",
        (3, 9, 10),
        Filler.AGENCY,
        Entry(
            agency.read_year,
            "填四位年份，如 {year}。",
            "请填写四位年份，如 {year}。",
            EntryKind.YEAR,
            carried=False,
        ),
    )
    FILLED_BY = ("填报人", (4, 1, 4), Filler.AGENCY, Entry(agency.read_words))
    PHONE = ("联系电话", (4, 5, 8), Filler.AGENCY, Entry(agency.read_words, number_format="@"))
    DATE = (
        "填报日期",
        (4, 9, 10),
        Filler.AGENCY,
        Entry(
            agency.read_date,
            "如 2020-10-20。",
            "请填写日期，如 2020-10-20。",
            EntryKind.DATE,
            number_format="yyyy-mm-dd",
            carried=False,
        ),
    )
    RUBRIC = ("标准版本", (3, 11, 13), Filler.PROGRAM)
    SELF_TOTAL = ("自评总分", (5, 1, 2), Filler.FORMULA)
    SELF_VERDICT = ("自评结论", (5, 3, 4), Filler.FORMULA)
    VERIFIED_TOTAL = ("核查总分", (5, 5, 6), Filler.FORMULA)
    VERIFIED_VERDICT = ("核查结论", (5, 7, 8), Filler.FORMULA)
    GROUP = (
        "适用类型",
        (4, 11, 13),
        Filler.AGENCY,
        Entry(
            agency.read_group,
            "请从下拉列表中选择；各类型的条目不同。",
            "请从下拉列表中选择适用类型。",
            EntryKind.LIST,
            lambda rubric: rubric.classes,
        ),
    )
    SELF_DUE = ("自评应得满分", (5, 9, 10), Filler.FORMULA)
    VERIFIED_DUE = ("核查应得满分", (5, 11, 13), Filler.FORMULA)

    @property
    def key(self) -> str:
        """The name of its value in ``Prefill`` and ``Agency``."""
        return self.name.lower()

    @property
    def cell(self) -> str:
        """A1 address of its value in the blank form."""
        return address(self.row, self.column + 1)

    @property
    def absolute(self) -> str:
        """The same for formulas: ``$B$3``."""
        return f"${letters(self.column + 1)}${self.row}"


TITLE_ROW = 1
HINT_ROW = 2
HEADER_ROW = max(field.row for field in Field) + 1
FIRST_ROW = HEADER_ROW + 1


def fields(rubric: Rubric) -> list[Field]:
    """The fields that a standard's form has: those that offer choices, and left-out points, only where it has them."""
    unused = {field for field in Field if field.entry and field.entry.choices and not field.entry.choices(rubric)}
    if not any(policy.leaves_out for policy in rubric.policies):
        unused |= {Field.SELF_DUE, Field.VERIFIED_DUE}
    return [field for field in Field if field not in unused]


# -- the table -----------------------------------------------------------------------------------------------


class FormRow(msgspec.Struct, frozen=True):
    """One row of the blank form: a criterion, a part of one, or one of several questions about it."""

    number: int
    unit: str
    item: str
    criterion: Criterion
    question: Question | None
    """What is answered here; None for a heading."""
    scored: bool
    """Whether the criterion's score stands here."""
    groups: tuple[str, ...]
    """The classes of agency it is for; empty for all."""

    @property
    def gate(self) -> bool:
        """Whether this is a condition without points."""
        return isinstance(self.criterion, Gate)

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
        """The 计分方式; a further question of a criterion has none of its own."""
        return self.criterion.describe if self.id == self.criterion.id else ""

    def address(self, column: Column) -> str:
        """A1 address of this row's cell in ``column``."""
        return address(self.number, column.number)


def rows(rubric: Rubric) -> tuple[FormRow, ...]:
    """Where the blank form puts everything: the gates first, then the criteria in the standard's order."""
    made: list[FormRow] = []
    for gate in rubric.gates:
        made += _rows(gate, FIRST_ROW + len(made), (GATES, GATES), (), scored=True)
    for unit in rubric.units:
        for item in unit.items:
            for criterion in item.outline:
                names = unit.name, item.name
                made += _rows(criterion, FIRST_ROW + len(made), names, item.when, scored=True)
    return tuple(made)


def _rows(
    criterion: Criterion, number: int, names: tuple[str, str], groups: tuple[str, ...], *, scored: bool
) -> list[FormRow]:
    """The row of a criterion and those of its parts or questions."""
    own = tuple(group for group in criterion.when if not groups or group in groups) or groups
    heading = isinstance(criterion.rule, SumOf)
    single = not criterion.parts and len(criterion.questions) == 1
    question = criterion.questions[0] if not criterion.parts and criterion.questions[0].id == criterion.id else None
    made = [FormRow(number, *names, criterion, question, scored and not heading, own)]
    if single:
        return made
    for part in criterion.parts:
        made += _rows(part, number + len(made), names, own, scored=scored and heading)
    for further in () if criterion.parts else criterion.questions:
        if further is not question:
            made.append(FormRow(number + len(made), *names, criterion, further, scored=False, groups=own))
    return made
