"""docs/office/standard-sheet.md names everything that the form has, and every way of scoring as it can be written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jieyue_cli.problems import Severity
from jieyue_cli.rubric.spreadsheet.reader import read
from jieyue_cli.rubric.spreadsheet.vocabulary import INPUTS, KINDS, LEVELS, TOP, Column
from rubric.spreadsheet.books import cells, edited

PAGE = Path(__file__).parents[3] / "docs" / "office" / "standard-sheet.md"
TEXT = PAGE.read_text("utf-8")
_, _, TABLE = TEXT.partition("<!-- kinds -->")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("|")][
    2:
]


def test_every_word_of_the_form_is_explained() -> None:
    words = [*TOP, *(column.word for column in Column), *(kind.word for kind in KINDS.values())]
    words += [word for level in LEVELS.values() for word in level.terms]
    words += [word for kind in KINDS.values() for word in kind.terms]
    words += INPUTS.columns[Column.KIND].phrase.choices
    assert [word for word in words if word not in TEXT] == []


def test_every_way_of_scoring_has_a_row() -> None:
    assert {row[0] for row in ROWS} == {kind.word for kind in KINDS.values()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_can_be_filled_in_as_it_stands(row: list[str]) -> None:
    kind, each, measure, bands, _ = row
    lines = "\n".join(re.findall("`(.+?)`", bands))
    tree = read(edited(cells(G8=kind, H8=each or None, I8=measure or None, J8=lines or None)), None)
    assert [problem.message for problem in tree.problems if problem.severity is Severity.ERROR] == []
