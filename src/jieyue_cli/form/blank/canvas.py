"""What every part of the form is drawn with."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.form.layout import Column
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.writing.kit import Kit

INPUT, OFFICE_INPUT = "#FFFBE6", "#EAF2FB"
"""Colours of the cells that the agency fills in, and of those that the office does."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The sheet in the making, with where everything stands on it."""

    kit: Kit
    sheet: Worksheet
    ranges: Ranges
    grouped: bool
    """Whether the agency's class will be filled in."""
    answered: bool
    """Whether answers will be."""
    turn: Turn
    """Who fills in the form."""

    @property
    def office(self) -> bool:
        """Whether it is the office's turn."""
        return self.turn is Turn.OFFICE

    def width(self, column: Column) -> float:
        """How many characters wide a column is."""
        return column.narrow if self.office else column.width

    @property
    def rubric(self) -> Rubric:
        """The standard."""
        return self.ranges.rubric

    def stored(self, side: Side, result: str | float) -> str | float:
        """The result beside a formula while nothing is entered, for programs that do not calculate."""
        return "" if side.office or self.answered else result
