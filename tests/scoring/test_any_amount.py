"""A rule may bring an amount whose digits never end: it goes through every output, and every comparison is exact."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import openpyxl
import pytest
from typing_extensions import override

from jieyue_cli.assessment import Assessor, Reading, Result
from jieyue_cli.report import csv as csv_table
from jieyue_cli.report import encoding
from jieyue_cli.report.console.score import score_view
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules.base import YES_NO, Answers, Inquiry, Rule
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Verdict
from jieyue_cli.submission import Agency, Answer, AnswerKind, Claim, Stated, Statement, Submission, Sum
from report.builders import printed
from rubric.small import SMALL


class Third(Rule):
    """A third of the points."""

    kind: Literal["third"] = "third"

    @override
    def asks(self, points: Decimal) -> tuple[Inquiry, ...]:
        return (Inquiry(None, YES_NO, "选“是”或“否”。"),)

    @override
    def score(self, answers: Answers, points: Decimal) -> Fraction:
        return Fraction(1, 3) * Fraction(points)

    @override
    def why(self, answers: Answers, points: Decimal) -> str:
        return "三分之一"

    @override
    def steps(self, points: Decimal) -> None:
        return None

    @override
    def describe(self, points: Decimal) -> str:
        return "得三分之一"

    @override
    def examples(self, points: Decimal) -> Sequence[Answers]:
        return [(Decimal(1),)]

    @override
    def formula(self, cells: Sequence[str], points: Decimal) -> str:
        return f"{points}/3"

    @override
    def improve(self, answers: Answers, points: Decimal) -> str:
        return "做得更好"


def thirds() -> Rubric:
    rubric, problems = build(SMALL.encode())
    assert rubric is not None, problems
    units = tuple(
        unit.model_copy(
            update={
                "items": tuple(
                    item.model_copy(
                        update={
                            "outline": tuple(
                                type(criterion).model_construct(**{**dict(criterion), "rule": Third()})
                                for criterion in item.outline
                            )
                        }
                    )
                    for item in unit.items
                )
            }
        )
        for unit in rubric.units
    )
    return Rubric.model_construct(**{**dict(rubric), "units": units})


RUBRIC = thirds()


def result(*stated: Stated) -> Result:
    answer = Answer(AnswerKind.VALUE, Decimal(1))
    claims = tuple(Claim((identifier,), answer, "是", "表", "A1") for identifier in RUBRIC.questions)
    submission = Submission(Agency("示例市统计局", None, 2020), Statement(claims, stated), None)
    return Assessor(RUBRIC).conclude(Reading("甲.xlsx", None, submission, ()))


def test_every_amount_is_exact() -> None:
    card = result().self
    assert card is not None
    assert [line.score for line in card.lines] == [line.points / 3 for line in card.lines]
    assert card.total == Fraction(RUBRIC.points) / 3
    assert card.verdict is Verdict.FAIL


def test_every_output_cuts_what_has_no_end() -> None:
    scored = result()
    card = scored.self
    assert card is not None
    assert card.total == Fraction(10, 3)
    findings = Findings(RUBRIC, [scored])
    row = json.loads(encoding.ResultEncoder()(scored), parse_float=Decimal)["self"]
    lines = [line for unit in row["units"] for item in unit["items"] for line in item["criteria"]]
    assert row["total"] == Decimal("3.33")
    assert lines[0]["why"] == reasons.why(card.lines[0])
    assert [line["score"] for line in lines] == [Decimal(int(line.score * 100)) / 100 for line in card.lines]
    assert "3.33" in printed(score_view(scored, detail=True))
    (cells,) = list(csv.DictReader(io.StringIO(csv_table.render(findings).decode("utf-8-sig"))))
    assert cells["自评总分"] == "3.33"
    sheet = openpyxl.load_workbook(io.BytesIO(book.render(findings)))["得分明细"]
    assert 3.33 in [cell.value for cells in sheet for cell in cells]


def test_the_way_up_closes_the_gap_exactly() -> None:
    card = result().self
    assert card is not None
    advice = advise(card)
    assert advice is not None
    assert advice.gap == Fraction(RUBRIC.pass_mark) - card.total
    assert advice.enough[-1].reaches == card.total + sum(step.gain for step in advice.enough)


FIGURES = [
    ("line", "0.333333333", []),
    ("line", "0.33", ["score-disagrees"]),
    ("total", "3.33", []),
    ("total", "3.333333333", []),
    ("total", "3.34", ["total-disagrees"]),
]


@pytest.mark.parametrize(("what", "figure", "codes"), FIGURES)
def test_what_a_form_shows_is_held_against_what_it_can_show(what: str, figure: str, codes: list[str]) -> None:
    card = result().self
    assert card is not None
    line = next(line for line in card.lines if line.points == 1)
    criteria = frozenset({line.id}) if what == "line" else frozenset(RUBRIC.by_id)
    name = "自评得分" if what == "line" else Sum.TOTAL.value
    stated = Stated(name, criteria, Decimal(figure), "表", "B1")
    assert [problem.code.slug for problem in result(stated).problems] == codes
