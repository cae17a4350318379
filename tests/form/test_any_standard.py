"""The form of any standard that can be written: formulas that programs accept, and that show the score."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import openpyxl
import pytest

from any_form import Filled, at_random, book_of, checked, completions, differences, scored
from jieyue_cli.assessment import Status
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build, load
from rubric.any_rubric import cell, loaded, standard
from rubric.sample import together, understood
from rubric.samples import SAMPLES
from rubric.small import SMALL
from scoring import standards as small
from soffice import calculated

STANDARDS = 60
"""Each with one form; a spreadsheet program opens them in one go."""
LONGEST = 8192
"""Characters of a formula that a spreadsheet program takes."""
EXAMPLES = Path(__file__).parents[2] / "examples" / "rubrics"
EVERY_KIND = Path(__file__).parents[1] / "rubric" / "all_kinds.yaml"


def rubrics() -> list[Rubric]:
    every_kind, _ = load(EVERY_KIND)
    assert every_kind is not None
    return [every_kind] * 12 + [loaded(standard(Random(seed))) for seed in range(STANDARDS)]  # noqa: S311 -- examples


def halves() -> list[tuple[Rubric, bytes]]:
    """Totals that are converted to what is, or nearly is, half a step: 86.45, 79.95 and 79.948 of 100."""
    judged = {"kind": "judged", "step": "0.01"}
    criteria = small.criterion("A1", "300", rule=judged), small.criterion("A2", "200")
    parts = small.unit("1", small.item("A", *criteria))
    rubric = small.standard(parts, passing="80", scale={"points": "100", "decimals": "1"})
    return [(rubric, book_of(rubric, Filled(None, {"A1": a1, "A2": "是"}, {}))) for a1 in (232.25, 199.75, 199.74)]


def unsettled() -> list[tuple[Rubric, bytes]]:
    """A form without a class, where another class than the first one has a minimum that takes the total."""
    own = small.criterion("A1", "4", when=["独立办公"])
    other = small.criterion("A2", "4", when=["集中办公"], must={"reach": "2", "zero": "total"})
    parts = small.unit("1", small.item("A", own, other, small.criterion("A3", "3"), points="7"), points="7")
    rubric = small.standard(parts, points="7", passing="5", classes=["独立办公", "集中办公"])
    return [(rubric, book_of(rubric, Filled(None, {"A3": "是"}, {})))]


@pytest.mark.slow
def test_no_formula_is_too_long() -> None:
    for rubric in rubrics()[11:31]:
        for sheet in openpyxl.load_workbook(io.BytesIO(blank_form(rubric))):
            texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            assert max(map(len, texts), default=0) < LONGEST / 2


def test_units_and_items_that_are_named_like_a_sentence_confuse_nothing() -> None:
    text = SMALL.replace("name: 管理", "name: 明确机构，得1分").replace("name: 宣传", "name: 开展活动，得6分")
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    result = scored(rubric, book_of(rubric, Filled(None, {"1.1.1": "是", "1.1.2": 3, "2.1.1": "是"}, {})))
    assert (result.problems, result.status) == ((), Status.PASS)


@pytest.mark.libreoffice
def test_the_live_formulas_show_the_score(tmp_path: Path) -> None:
    cases = []
    for number, rubric in enumerate(rubrics()):
        chance = Random(number)  # noqa: S311 -- examples, not secrets
        group = chance.choice([*rubric.classes, None]) if rubric.classes else None
        said = at_random(rubric, chance, odd=0.06 if number % 3 else 0)
        found = checked(rubric, chance, number, odd=0.06 if number % 4 == 1 else 0)
        cases.append((rubric, book_of(rubric, Filled(group, said, found, completions(number // 4 + number)))))
    cases += [*halves(), *unsettled()]
    shown = calculated([form for _, form in cases], tmp_path)
    assert [differences(*case, cells) for case, cells in zip(cases, shown, strict=True)] == [[]] * len(cases)


@pytest.mark.libreoffice
def test_the_live_formulas_show_what_the_samples_of_every_rule_kind_bring(tmp_path: Path) -> None:
    rubric, problems = build(together(SAMPLES.values()).encode())
    assert rubric is not None, problems
    books = []
    for number in range(max(len(sample.answers) for sample in SAMPLES.values())):
        entered: dict[str, object] = {}
        for criterion, sample in zip(rubric.criteria, SAMPLES.values(), strict=True):
            said = understood(list(sample.answers)[number % len(sample.answers)])
            asked = sorted(criterion.needs, key=lambda question: question.own)  # the inputs stand first
            entered |= {question.id: cell(question.asked, answer) for question, answer in zip(asked, said, strict=True)}
        books.append(book_of(rubric, Filled(None, entered, {})))
    shown = calculated(books, tmp_path)
    assert [differences(rubric, *pair) for pair in zip(books, shown, strict=True)] == [[]] * len(books)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        *[(name, ["typed-table"]) for name in ("bonus_110", "half_points", "na_rescaled", "veto_105")],
        *[(name, ["typed-unfit"]) for name in ("gate_six_areas", "three_classes")],
    ],
)
def test_a_table_typed_by_hand_is_read_where_it_can_say_everything(name: str, told: list[str]) -> None:
    rubric, _ = load(EXAMPLES / f"{name}.yaml")
    assert rubric is not None
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位名称", "示例市财政局"])
    sheet.append(["评价年度", max(rubric.targets)])
    sheet.append(["评价项目", "评价标准", "分值", "自评得分"])
    for item in rubric.items:
        for criterion in item.criteria:
            sheet.append([item.name, criterion.text, float(criterion.points), float(criterion.points)])
    stream = io.BytesIO()
    book.save(stream)
    result = scored(rubric, stream.getvalue())
    assert [problem.code.slug for problem in result.problems] == told
    assert (result.self and result.self.total) == (rubric.full if told == ["typed-table"] else None)
