"""Sentences that every report says alike."""

from __future__ import annotations

import io

import openpyxl
import pytest

from forms import RUBRIC, assessed
from jieyue_cli.assessment import Result
from jieyue_cli.form.blank.template import Prefill, blank_form
from jieyue_cli.report import phrases
from jieyue_cli.report.console.score import score_view
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.formats import FORMATS
from jieyue_cli.scoring.scorecard import Scorecard

from .builders import printed, result


@pytest.fixture
def blank() -> Result:
    return assessed(blank_form(RUBRIC, Prefill("示例市财政局", "行政机关", 2020)))


def test_a_blank_form_is_concluded_to_be_blank_on_the_console_and_in_the_feedback(blank: Result) -> None:
    assert "\n结论  空表\n" in printed(score_view(blank, detail=False))
    (feedback,) = (form for form in FORMATS if form.suffix == ".xlsx" and "score" in form.writers)
    book = openpyxl.load_workbook(io.BytesIO(feedback.render(Findings(RUBRIC, [blank]))))
    facts = {str(row[0]): row[1] for row in book["反馈"].iter_rows(max_col=2, values_only=True)}
    assert facts["结论"] == "空表"


def test_what_is_not_filled_in_alone_does_not_make_a_form_blank() -> None:
    claims_nothing = result("示例市教育局", dict.fromkeys([criterion.id for criterion in RUBRIC.criteria], "否"))
    card = claims_nothing.deciding
    assert isinstance(card, Scorecard)
    assert phrases.decided(claims_nothing, card) + phrases.prospect(card) == "未达标　自评 0 分，还差 80 分"
