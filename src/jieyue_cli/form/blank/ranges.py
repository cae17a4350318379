"""Where the blank form of one standard has everything: worked out once, for formulas, drawing and input checks."""

from __future__ import annotations

from collections.abc import Sequence

from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import BRIEF_COLUMN, FIRST_ROW, WORKING, Column, FormRow, Working, rows
from jieyue_cli.rubric.model import Input, Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.workbook.cells import address, letters

_COUNTED = Working._fields.index("counted")
_WITHOUT_LIMIT = 4
"""Hidden columns of a side where 不涉及 has no limit."""


class Side:
    """One side of the form, the agency's or the office's: its columns and cells. Ranges are absolute."""

    def __init__(self, rubric: Rubric, rows: Sequence[FormRow], *, office: bool) -> None:
        """``office``: whether this is the office's side; it shows nothing before the office has entered something."""
        self.office = office
        self.answer = Column.FINDING if office else Column.ANSWER
        self.score = Column.VERIFIED_SCORE if office else Column.SELF_SCORE
        self.working = WORKING[self.answer]
        columns = (Column.ID, Column.UNIT, Column.ITEM, Column.POINTS, self.answer, self.score)
        self.ids, self.units, self.items, self.points, self.answers, self.scores = (
            _range(rows, column.number) for column in columns
        )
        # each may have a requirement, besides those of the rows
        items = len(rubric.items) + (rubric.not_applicable_limit is not None)
        items += sum(unit.must is not None for unit in rubric.units)
        self.at_least = _range(rows, self.working.at_least, items)
        """The hidden cells with the best grade that each requirement lets through as it stands …"""
        self.at_most = _range(rows, self.working.at_most, items)
        """… and once everything is mended."""
        self.empty = _range(rows, self.working.empty)
        """The hidden cells with the points of what is answered 不涉及 …"""
        self.empty_at_most = _range(rows, self.working.empty_at_most)
        """… and of what may be once it is mended."""
        self.counted = {
            unit.id: tuple(address(FIRST_ROW + at, column) for column in self.working[_COUNTED:])
            for at, unit in enumerate(rubric.units if rubric.limited else ())
        }
        """编号 of a unit → the hidden cells with what it counts, as it stands and once everything is mended."""
        self.total = (Field.VERIFIED_TOTAL if office else Field.SELF_TOTAL).absolute
        self.group = Field.GROUP.absolute
        """The cell with the agency's class."""
        others = [f'"{row.id}"' for row in rows if row.scored and row.groups and rubric.classes[0] not in row.groups]
        self.unsettled = f'({self.group}="")*ISNUMBER(MATCH({self.ids},{{{",".join(others)}}},0))' if others else ""
        """Row by row whether it does not count because the class is not known: it is then taken for the first one."""
        self.answer_of = {row.id: row.address(self.answer) for row in rows if row.question}
        """编号 of a question → the cell of its answer."""
        self.understood_at = {
            row.id: address(row.number, self.working.values) for row in rows if _repeated(row, rubric)
        }
        """编号 of a question → the hidden cell with its answer as understood."""
        self.read_at = self.answer_of.keys() - self.understood_at.keys()
        """编号 of the questions whose answer is understood in the formula of their own row."""
        parts = {part.id for row in rows if row.scored for part in row.judged.nested[1:]}
        self.part_points = {row.id: address(row.number, self.working.parts) for row in rows if row.id in parts}
        """编号 of a part → the hidden cell with its points."""


class Ranges:
    """The rows of one standard's form, and where each side has everything."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.rows = rows(rubric)
        self.last_row = self.rows[-1].number
        self.own = Side(rubric, self.rows, office=False)
        self.office = Side(rubric, self.rows, office=True)
        self.sides = self.own, self.office
        hidden = rubric.demanding or any(side.understood_at or side.part_points for side in self.sides)
        used = self.office.working[:_WITHOUT_LIMIT] if hidden else (BRIEF_COLUMN,)
        if rubric.not_applicable_limit:
            used = self.office.working[:_COUNTED]
        if rubric.limited:
            used = self.office.working
        self.last_column = max(used)
        """The last column that is used, hidden ones too."""


def _range(rows: Sequence[FormRow], column: int, further: int = 0) -> str:
    """A column over all rows and ``further`` rows below them."""
    name = letters(column)
    return f"${name}${FIRST_ROW}:${name}${rows[-1].number + further}"


def _repeated(row: FormRow, rubric: Rubric) -> bool:
    """Whether formulas would repeat how a row's answer is understood; none may have more than 8,192 characters."""
    if row.question is None or isinstance(row.criterion, Input):
        return row.id in rubric.used
    short = row.question.asked.type in (AnswerType.YES_NO, AnswerType.COUNT)
    return row.id in rubric.used or len(row.criterion.needs) > 1 or not short
