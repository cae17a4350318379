"""The fields above the table: one declaration a field, for the writer, the reader, and whoever carries it over.

A new field is a member of ``Field``; what it means is read in ``agency``.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import NamedTuple

from jieyue_cli.form import agency
from jieyue_cli.form.answers import Finding
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook.cells import Cell, address, letters


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
    """What a person enters in a field: how it is read, what is let through, and what is told at the cell."""

    read: Reader
    kind: EntryKind = EntryKind.TEXT
    prompt: str | None = None
    """None for what is usual for its kind."""
    choices: Callable[[Rubric], tuple[str, ...]] | None = None
    """What a LIST offers; a standard that has nothing to offer does not need the field."""
    number_format: str | None = None
    carried: bool = True
    """Whether it goes from an old form to a new one."""


class Field(Enum):
    """The fields above the table: label, place, who fills it in, and what a person enters.

    Its name in small letters is the name of the value in ``Prefill``, which fills it in beforehand, and in ``Agency``
    or ``Submission``, which keep what was read. The place is the row, the label's column, and the last column of the
    value's merged cell; the value stands right of its label. The agency's part and the office's are printed on pages of
    their own, and each of them shows the first column, where no field stands. The table begins below the last row.
    """

    def __init__(self, label: str, place: tuple[int, int, int], filler: Filler, entry: Entry | None = None) -> None:
        self.label = label
        self.row, self.column, self.last = place
        self.filler = filler
        self.entry = entry

    NAME = (
        "单位名称",
        (3, 2, 4),
        Filler.AGENCY,
        Entry(agency.read_name, prompt="填单位全称，与公章一致。", number_format="@"),
    )
    CATEGORY = (
        "单位类别",
        (3, 5, 8),
        Filler.AGENCY,
        Entry(agency.read_category, EntryKind.LIST, choices=lambda rubric: rubric.scope),
    )
    YEAR = ("评价年度", (3, 9, 10), Filler.AGENCY, Entry(agency.read_year, EntryKind.YEAR, carried=False))
    FILLED_BY = ("填报人", (4, 2, 4), Filler.AGENCY, Entry(agency.read_words))
    PHONE = ("联系电话", (4, 5, 8), Filler.AGENCY, Entry(agency.read_words, number_format="@"))
    FILLED_ON = (
        "填报日期",
        (4, 9, 10),
        Filler.AGENCY,
        Entry(agency.read_date, EntryKind.DATE, number_format="yyyy-mm-dd", carried=False),
    )
    SELF_TOTAL = ("自评总分", (5, 2, 4), Filler.FORMULA)
    SELF_VERDICT = ("自评结论", (5, 5, 8), Filler.FORMULA)
    SELF_DUE = ("自评应得满分", (5, 9, 10), Filler.FORMULA)
    VERIFIED_TOTAL = ("核查总分", (6, 2, 4), Filler.FORMULA)
    VERIFIED_VERDICT = ("核查结论", (6, 5, 8), Filler.FORMULA)
    GROUP = (
        "适用类型",
        (6, 9, 10),
        Filler.AGENCY,
        Entry(
            agency.read_group, EntryKind.LIST, "请从下拉列表中选择；各类型的条目不同。", lambda rubric: rubric.classes
        ),
    )
    RUBRIC = ("标准版本", (2, 11, 13), Filler.PROGRAM)
    COMPLETION = (
        "核查完成",
        (3, 11, 13),
        Filler.OFFICE,
        Entry(
            agency.read_completion,
            EntryKind.LIST,
            "核查完后选：每条都填了，选“逐条填写”；只填与自评不同的，选“空白同自评”。",
            lambda _: agency.COMPLETIONS,
            carried=False,
        ),
    )
    CHECKED_BY = ("核查人", (4, 11, 13), Filler.OFFICE, Entry(agency.read_words, carried=False))
    CHECKED_ON = (
        "核查日期",
        (5, 11, 13),
        Filler.OFFICE,
        Entry(partial(agency.read_date, field="核查日期"), EntryKind.DATE, number_format="yyyy-mm-dd", carried=False),
    )
    VERIFIED_DUE = ("核查应得满分", (6, 11, 13), Filler.FORMULA)

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


def fields(rubric: Rubric) -> list[Field]:
    """The fields that a standard's form has: those that offer choices, and left-out points, only where it has them."""
    unused = {field for field in Field if field.entry and field.entry.choices and not field.entry.choices(rubric)}
    if not any(policy.leaves_out for policy in rubric.policies):
        unused |= {Field.SELF_DUE, Field.VERIFIED_DUE}
    return [field for field in Field if field not in unused]
