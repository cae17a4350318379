"""What one cell says about one key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.spreadsheet.lines import lines_of, term
from jieyue_cli.rubric.spreadsheet.phrases import DATE
from jieyue_cli.rubric.spreadsheet.table import Grid, shown, text
from jieyue_cli.rubric.spreadsheet.vocabulary import Field
from jieyue_cli.rubric.tree import Node
from jieyue_cli.workbook.cells import CellState

_Part = dict[str, Node]
_SAME = "同一格"


class Cells:
    """Reads the cells of one sheet; collects what is wrong with them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.problems: list[Problem] = []

    def said(self, row: int, column: int) -> str:
        """The text of a cell; empty for a blank one, and for a formula, of which ``Grid.formulas`` tells."""
        cell = self.grid.sheet.cell(row, column)
        return text(cell) if cell.state is CellState.TYPED else ""

    def value(self, field: Field, called: str, row: int, column: int) -> Node:
        """The value of a key; None where the cell is blank, or does not say it, which is reported."""
        said = self.said(row, column)
        if not said or (field.phrase is not DATE and self._turned(row, column, called, said, field.phrase.expected)):
            return None
        if not (field.lines or field.mapping):
            return self._one(field, called, said, row, column)
        values = [self._one(field, called, line, row, column) for line in lines_of(said)]
        listed = [value for value in values if value is not None]
        return self._mapped(listed, called, row, column) if field.mapping else list(listed)

    def _turned(self, row: int, column: int, called: str, said: str, expected: str) -> bool:
        """Whether a spreadsheet program made a date or a time of what was typed, which is reported."""
        turned = isinstance(self.grid.sheet.cell(row, column).value, dt.date | dt.time | dt.timedelta)
        if turned:
            self.unclear(row, column, called, said, expected)
        return turned

    def terms(self, fields: Mapping[str, Field], steps: Field | None, called: str, row: int, column: int) -> _Part:
        """The keys whose words stand before a colon in the lines of a cell, and the list that the other lines are."""
        part: _Part = {}
        said = self.said(row, column)
        if self._turned(row, column, called, said, steps.phrase.expected if steps else "文字"):
            return part
        for line in lines_of(said):
            word, value_said = term(line)
            field = fields.get(word)
            if field is None and steps is None:
                known = "、".join(f"“{name}：…”" for name in fields)
                self.unclear(row, column, called, line, f"{known}，一行一个" if known else "空白")
                continue
            if field is None and steps:
                self._append(part, steps, self._one(steps, called, line, row, column))
                continue
            assert field is not None  # noqa: S101 -- told apart above
            value = self._one(field, word, value_said, row, column)
            if field.lines:
                self._append(part, field, value)
            elif field.key in part:
                place = self.grid.place(row, column)
                self.problems.append(Code.RUBRIC_TWICE.at(place, label=word, other=_SAME))
            elif value is not None:
                part[field.key] = value
        return part

    def unclear(self, row: int, column: int, called: str, said: str, expected: str) -> None:
        """Report what is not understood."""
        place = self.grid.place(row, column)
        self.problems.append(Code.RUBRIC_WORDS.at(place, label=called, seen=shown(said), expected=expected))

    def _one(self, field: Field, called: str, said: str, row: int, column: int) -> Node:
        value = field.phrase.read(said)
        if value is None:
            self.unclear(row, column, called, said, field.phrase.expected)
        return value

    @staticmethod
    def _append(part: _Part, field: Field, value: Node) -> None:
        listed = part.setdefault(field.key, [])
        if value is not None and isinstance(listed, list):
            listed.append(value)

    def _mapped(self, entries: Iterable[Node], called: str, row: int, column: int) -> _Part:
        mapped: _Part = {}
        for entry in entries:
            for key, value in entry.items() if isinstance(entry, dict) else ():
                if key in mapped:
                    place = self.grid.place(row, column)
                    self.problems.append(Code.RUBRIC_TWICE.at(place, label=f"{called}”中的“{key}", other=_SAME))
                mapped[key] = value
        return mapped
