"""The form of any standard that can be written: formulas that programs accept, and that show the score."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import openpyxl
import pytest

from any_form import Filled, at_random, book_of, calculated, differences
from jieyue_cli.form.template import blank_form
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import load
from rubric.any_rubric import loaded, standard

STANDARDS = 60
"""Each with one form; a spreadsheet program opens them in one go."""
LONGEST = 8192
"""Characters of a formula that a spreadsheet program takes."""
EVERY_KIND = Path(__file__).parents[1] / "rubric" / "all_kinds.yaml"


def rubrics() -> list[Rubric]:
    every_kind, _ = load(EVERY_KIND)
    assert every_kind is not None
    return [every_kind] * 12 + [loaded(standard(Random(seed))) for seed in range(STANDARDS)]  # noqa: S311 -- examples


def test_no_formula_is_too_long() -> None:
    for rubric in rubrics()[11:31]:
        for sheet in openpyxl.load_workbook(io.BytesIO(blank_form(rubric))):
            texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            assert max(map(len, texts), default=0) < LONGEST / 2


@pytest.mark.libreoffice
def test_the_live_formulas_show_the_score(tmp_path: Path) -> None:
    cases = []
    for number, rubric in enumerate(rubrics()):
        chance = Random(number)  # noqa: S311 -- examples, not secrets
        group = chance.choice([*rubric.classes, None]) if rubric.classes else None
        said = at_random(rubric, chance, odd=0.06 if number % 3 else 0)
        found = at_random(rubric, chance, odd=0.06 if number % 4 == 1 else 0, office=True) if number % 2 else {}
        cases.append((rubric, book_of(rubric, Filled(group, said, found))))
    after = calculated([data for _, data in cases], tmp_path)
    assert [differences(rubric, data, saved) for (rubric, data), saved in zip(cases, after, strict=True)] == [[]] * len(
        cases
    )
