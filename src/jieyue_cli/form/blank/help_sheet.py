"""The second sheet: what the clerk is told, and out of sight the lists behind drop-downs."""

from __future__ import annotations

from collections.abc import Sequence

from jieyue_cli.form.blank.guide import guide
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import HELP_SHEET
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook.cells import letters
from jieyue_cli.writing.kit import A4, Kit
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count

_WIDTH = 68
_FIELDS = [field for field in Field if field.entry and field.entry.choices]
"""Each has a column, from the second on, for what it offers."""


class HelpSheet:
    """The sheet in the making."""

    def __init__(self, kit: Kit, rubric: Rubric, turn: Turn) -> None:
        self._kit = kit
        self._rubric = rubric
        self._turn = turn
        self._sheet = kit.sheet(HELP_SHEET)
        self._columns = 1 + len(_FIELDS)

    def choices(self, field: Field) -> str:
        """The range with what a field offers; the sheet's text is written after it."""
        return _range(2 + _FIELDS.index(field), self._offered(field))

    def listed(self, choices: Sequence[str]) -> str:
        """Write choices that do not fit into an input check to a column of their own; returns the range."""
        self._columns += 1
        self._list(self._columns, choices)
        return _range(self._columns, choices)

    def write(self) -> None:
        """Write the fields' choices and the text."""
        self._sheet.set_column(0, 0, _WIDTH)
        for column, field in enumerate(_FIELDS, 2):
            if offered := self._offered(field):
                self._list(column, offered)
        for r, line in enumerate(guide(self._rubric, self._turn)):
            size = 16 if r == 0 else 12 if line.heading else 10
            lines = line_count(line.text, _WIDTH * 10 / size)
            self._sheet.set_row(r, lines * LINE_HEIGHT * size / 10 + 4)
            style = self._kit.format(bold=line.heading, text_wrap=True, font_size=size)
            self._sheet.write_string(r, 0, line.text, style)
        self._sheet.protect("")
        self._sheet.set_portrait()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)

    def _offered(self, field: Field) -> tuple[str, ...]:
        return field.entry.choices(self._rubric) if field.entry and field.entry.choices else ()

    def _list(self, column: int, choices: Sequence[str]) -> None:
        self._sheet.set_column(column - 1, column - 1, 30, None, {"hidden": True})
        for r, choice in enumerate(choices):
            self._sheet.write_string(r, column - 1, choice)


def _range(column: int, choices: Sequence[str]) -> str:
    name = letters(column)
    return f"={HELP_SHEET}!${name}$1:${name}${len(choices)}"
