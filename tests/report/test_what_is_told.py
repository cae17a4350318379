"""What an agency is told: every point that is missing, every finding that differs, and where to look."""

from __future__ import annotations

from jieyue_cli.report.feedback import Feedback, feedback_of
from jieyue_cli.report.ranking import FileRow

from .builders import result


def told(answers: dict[str, str], findings: dict[str, str] | None = None) -> Feedback:
    form = result("示例市统计局", answers, findings)
    return feedback_of(FileRow(form, tuple(form.problems)))


def test_what_is_lost_adds_up_to_what_is_missing() -> None:
    feedback = told({"1.1.1": "否", "2.2.3": "4", "2.2.5": ""})
    assert feedback.card is not None
    missing = sum(line.points - line.claimed for line in feedback.lost)
    assert feedback.card.total + missing == feedback.card.rubric.full
    assert feedback.differing == []


def test_a_finding_that_differs_is_told_with_both_reasons() -> None:
    feedback = told({}, {"1.1.1": "否"})
    [line] = feedback.differing
    assert line.number == "1.1.1"
    assert line.claimed == 9
    assert line.verified == 0
    assert [reason[:3] for reason in line.reasons] == ["自评：", "核查："]
    assert line.place.sheet == "自评打分表"


def test_the_way_leads_to_the_mark() -> None:
    feedback = told(dict.fromkeys(["1.1.1", "2.2.1", "2.2.2", "2.2.5", "3.2.1", "3.2.2", "4.1.1"], "否"))
    assert feedback.steps[-1].reaches >= 80
    assert not told({}).steps
