"""What every part of the form is drawn with."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from jieyue_cli.form.blank.ranges import Ranges
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

    @property
    def rubric(self) -> Rubric:
        """The standard."""
        return self.ranges.rubric

    def stored(self, result: str | float) -> str | float:
        """The result beside a formula, for programs that do not calculate; none where answers will be filled in."""
        return "" if self.answered else result
