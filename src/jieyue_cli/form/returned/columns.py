"""One column of the form → what its cells claim or state.

The result for a cell depends only on the standard, its place and its value. The forms of a batch come from one
template and hold few different answers, so results are kept and used again.
"""

from __future__ import annotations

from jieyue_cli.form import absent, answers
from jieyue_cli.problems import Location, Problem
from jieyue_cli.remembering import Remembered
from jieyue_cli.rubric.model import Criterion, Input, Rubric
from jieyue_cli.submission import AnswerKind, Claim, Stated
from jieyue_cli.workbook.cells import Cell, CellState, Value, address

_MOST_KEPT = 1024
"""Cells of one column whose results are kept; 42 questions with ten different answers each are 420."""

_Key = tuple[type, str, int, Value | None]
"""Type of the value (1 and True are equal), 编号, row, value."""


class AnswerColumn:
    """The answers of one side, in one column of one sheet."""

    def __init__(self, rubric: Rubric, sheet: str, column: int, *, office: bool) -> None:
        """``office``: whether the column holds the office's findings, where a standard may allow 虚假."""
        leaves = (leaf for criterion in rubric.judged for leaf in criterion.leaves)
        askers: tuple[Input | Criterion, ...] = (*rubric.inputs, *leaves)
        self._questions = {question.id: (question, asker) for asker in askers for question in asker.questions}
        self._untrue_allowed = office and rubric.forfeit is not None
        self._sheet = sheet
        self.number = column
        self._typed = Remembered(self._understood, _MOST_KEPT)

    def read(self, question: str, row: int, value: Value | None, state: CellState) -> tuple[Claim, tuple[Problem, ...]]:
        """What the cell in ``row`` answers to the question with this 编号, and what there is to tell about it."""
        if state is CellState.TYPED:
            return self._typed[value.__class__, question, row, value]
        return self._claim(question, Cell(row, self.number, value, state))

    def _understood(self, key: _Key) -> tuple[Claim, tuple[Problem, ...]]:
        _, question, row, value = key
        return self._claim(question, Cell(row, self.number, value))

    def _claim(self, identifier: str, cell: Cell) -> tuple[Claim, tuple[Problem, ...]]:
        question, asker = self._questions[identifier]
        answer, findings = answers.understand(cell, question.asked, untrue_allowed=self._untrue_allowed)
        written = answers.quoted(cell.value) or None
        place = Location(sheet=self._sheet, cell=cell.address, criterion=identifier)
        problems = [code.at(place, **facts) for code, facts in findings]
        if answer.kind is AnswerKind.NOT_APPLICABLE and len(asker.questions) == 1:
            problems += absent.not_allowed(asker, place, written)
        return Claim((identifier,), answer, written, self._sheet, cell.address), tuple(problems)


class PointsColumn:
    """The points that the form's formulas show for each criterion, in one column of one sheet."""

    def __init__(self, sheet: str, column: int, word: str) -> None:
        """``word``: the column's header."""
        self._sheet = sheet
        self._column = column
        self._word = word
        self._known = Remembered(self._stated, _MOST_KEPT)

    def read(self, criterion: str, row: int, value: Value | None) -> Stated | None:
        """What the cell in ``row`` states for the criterion with this 编号; None where it is no number."""
        return self._known[value.__class__, criterion, row, value]

    def _stated(self, key: _Key) -> Stated | None:
        _, criterion, row, value = key
        points = answers.stored_number(value)
        if points is None:
            return None
        return Stated(self._word, frozenset((criterion,)), points, self._sheet, address(row, self._column))
