"""Where the blank form of one standard has everything: worked out once, for formulas, drawing and input checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import FIRST_ROW, WORKING, Column, FormRow, Working, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.workbook.cells import address, letters


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the form, the agency's or the office's. Ranges are absolute and span all criteria."""

    answer: Column
    score: Column
    working: Working
    ids: str
    answers: str
    scores: str
    points: str
    units: str
    items: str
    at_least: str
    """The hidden cells with the best grade that each requirement lets through as it stands …"""
    at_most: str
    """… and once everything is mended."""
    total: str
    """The cell of the side's total."""
    group: str
    """The cell with the agency's class."""
    answer_of: Mapping[str, str]
    """编号 of a question → the cell of its answer."""
    understood_at: Mapping[str, str]
    """编号 of a question → the hidden cell with its answer as understood; for rules that name an answer many times."""
    part_points: Mapping[str, str]
    """编号 of a part → the hidden cell with its points; no formula may have more than 8,192 characters."""

    @property
    def office(self) -> bool:
        """Whether this is the office's side; it shows nothing before the office has entered something."""
        return self.answer is Column.FINDING


class Ranges:
    """The rows, columns and cells of one standard's form."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.rows = rows(rubric)
        self.own = self._side(Column.ANSWER, Column.SELF_SCORE, Field.SELF_TOTAL)
        self.office = self._side(Column.FINDING, Column.VERIFIED_SCORE, Field.VERIFIED_TOTAL)

    @property
    def sides(self) -> tuple[Side, Side]:
        """The agency's side and the office's."""
        return self.own, self.office

    @property
    def last_row(self) -> int:
        """The last row of the table."""
        return self.rows[-1].number

    @property
    def last_column(self) -> int:
        """The last column that is used, hidden ones too."""
        hidden = self.rubric.demanding or any(side.understood_at or side.part_points for side in self.sides)
        return max(max(working) for working in WORKING.values()) if hidden else len(Column)

    def of(self, column: Column | int, further: int = 0) -> str:
        """The absolute range of a column over all criteria and ``further`` rows below them."""
        name = letters(column.number if isinstance(column, Column) else column)
        return f"${name}${FIRST_ROW}:${name}${self.last_row + further}"

    def _side(self, answer: Column, score: Column, total: Field) -> Side:
        working = WORKING[answer]
        parts = {part.id for row in self.rows if row.scored for part in row.criterion.nested[1:]}
        return Side(
            answer=answer,
            score=score,
            working=working,
            ids=self.of(Column.ID),
            answers=self.of(answer),
            scores=self.of(score),
            points=self.of(Column.POINTS),
            units=self.of(Column.UNIT),
            items=self.of(Column.ITEM),
            at_least=self.of(working.at_least, len(self.rubric.items)),
            at_most=self.of(working.at_most, len(self.rubric.items)),
            total=total.absolute,
            group=Field.GROUP.absolute,
            answer_of={row.id: row.address(answer) for row in self.rows if row.question},
            understood_at={row.id: address(row.number, working.values) for row in self.rows if _many_times(row)},
            part_points={row.id: address(row.number, working.parts) for row in self.rows if row.id in parts},
        )


def _many_times(row: FormRow) -> bool:
    """Whether the formulas name the answer of a row too often to repeat how it is understood."""
    if row.question is None:
        return False
    short = row.question.asked.type in (AnswerType.YES_NO, AnswerType.COUNT)
    return len(row.criterion.questions) > 1 or not short
