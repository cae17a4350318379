"""Forms made for the measurements are forms as agencies hand them in: readable everywhere, and worth what was meant."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from bench.agencies import filling
from bench.forms import Form, Maker
from bench.make import damage, make
from jieyue_cli.assessment import Status, assess
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from soffice import resaved

SEED = 7
COUNT = 40


@pytest.fixture(scope="module")
def forms(rubric: Rubric) -> list[Form]:
    maker = Maker(rubric)
    return [maker.form(filling(rubric, number, SEED)) for number in range(COUNT)]


def test_every_form_scores_what_it_was_made_to_score_and_raises_no_problem(forms: list[Form], rubric: Rubric) -> None:
    for form in forms:
        result = assess("form.xlsx", form.data, rubric)
        assert {problem.code for problem in result.problems} <= {Code.EVIDENCE_ABSENT, Code.FINDING_UNEXPLAINED}
        assert result.self is not None
        assert result.self.total == form.claimed
        assert (result.verified.total if result.verified else None) == form.verified
        assert result.agency is not None
        assert (result.agency.name, result.agency.category) == (form.filling.name, form.filling.category)


def test_forms_differ_and_both_verdicts_and_both_sides_occur(forms: list[Form], rubric: Rubric) -> None:
    statuses = Counter(assess("form.xlsx", form.data, rubric).status for form in forms)
    assert set(statuses) == {Status.PASS, Status.FAIL}
    assert min(statuses.values()) > COUNT // 8
    assert COUNT // 8 < sum(form.verified is not None for form in forms) < COUNT // 2
    assert len({form.filling.name for form in forms}) == COUNT


def test_the_same_seed_gives_the_same_bytes(forms: list[Form], rubric: Rubric) -> None:
    assert Maker(rubric).form(filling(rubric, 3, SEED)).data == forms[3].data
    assert Maker(rubric).form(filling(rubric, 3, SEED + 1)).data != forms[3].data


def test_nothing_but_answers_and_stored_results_differs_from_the_blank_form(forms: list[Form], rubric: Rubric) -> None:
    blank = openpyxl.load_workbook(io.BytesIO(blank_form(rubric)))[SHEET]
    made = openpyxl.load_workbook(io.BytesIO(forms[0].data))[SHEET]
    inputs = {
        row.address(column) for row in rows(rubric) for column in (Column.ANSWER, Column.EVIDENCE, Column.FINDING)
    }
    inputs |= {field.cell for field in Field}
    formulas = 0
    for line in blank.iter_rows():
        for cell in line:
            other = made[cell.coordinate]
            assert other.style_id == cell.style_id
            if isinstance(cell.value, str) and cell.value.startswith("="):
                formulas += 1
                assert other.value == cell.value
            elif cell.coordinate not in inputs:
                assert other.value == cell.value
    assert formulas > 2 * len(rubric.criteria)
    assert len(made.data_validations.dataValidation) == len(blank.data_validations.dataValidation)
    assert made.protection.sheet


def test_stored_results_agree_in_openpyxl_and_calamine(forms: list[Form]) -> None:
    place = Field.SELF_TOTAL.row - 1, Field.SELF_TOTAL.column
    for form in forms[:8]:
        with zipfile.ZipFile(io.BytesIO(form.data)) as container:
            assert container.testzip() is None
        quick = python_calamine.load_workbook(io.BytesIO(form.data)).get_sheet_by_name(SHEET).to_python()
        careful = openpyxl.load_workbook(io.BytesIO(form.data), data_only=True)[SHEET]
        assert quick[place[0]][place[1]] == float(form.claimed)
        assert careful.cell(place[0] + 1, place[1] + 1).value == float(form.claimed)
        sums = [
            cell.value
            for (cell,) in careful.iter_rows(min_col=Column.SELF_SCORE.number, max_col=Column.SELF_SCORE.number)
        ]
        assert [value for value in sums if value is not None][-1] == careful[Field.SELF_TOTAL.cell].value


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_results_that_are_stored(forms: list[Form], tmp_path: Path) -> None:
    chosen = [next(form for form in forms if form.verified is None), next(form for form in forms if form.verified)]
    calculated = resaved([_without_results(form.data) for form in chosen], "ods", tmp_path)
    for data, form in zip(calculated, chosen, strict=True):
        own = python_calamine.load_workbook(io.BytesIO(form.data)).get_sheet_by_name(SHEET)
        office = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name(SHEET)
        pairs = list(zip(own.to_python(), office.to_python(), strict=False))
        assert len(pairs) > len(form.filling.answers)
        for ours, theirs in pairs:
            assert ours[Column.SELF_SCORE.number - 1] == theirs[Column.SELF_SCORE.number - 1]
            assert ours[Column.VERIFIED_SCORE.number - 1] == theirs[Column.VERIFIED_SCORE.number - 1]


def test_a_folder_has_a_thousand_forms_at_most_and_the_asked_for_share_is_damaged(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.make.A_FOLDER", 60)
    make(tmp_path / "forms", 60, seed=SEED, damaged=0.5)
    files = sorted((tmp_path / "forms").rglob("*.xlsx"))
    assert len(files) == 60
    statuses = [assess(path.name, path.read_bytes(), rubric).status for path in files]
    assert 15 < statuses.count(Status.UNREADABLE) < 45


def test_damage_comes_in_every_kind(forms: list[Form]) -> None:
    broken = [damage(forms[0].data, random.Random(number)) for number in range(40)]  # noqa: S311 -- the same damage every time
    assert b"" in broken
    assert any(data.decode("utf-8", "ignore").startswith("这不是") for data in broken)
    assert any(data and len(data) < len(forms[0].data) and data.startswith(b"PK") for data in broken)
    assert any(len(data) == len(forms[0].data) and data != forms[0].data for data in broken)


def _without_results(data: bytes) -> bytes:
    """The form as if nobody had calculated it, so that whoever opens it must."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))
    return stream.getvalue()
