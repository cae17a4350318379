"""docs/office/checking.md explains every word in which a result is told."""

from __future__ import annotations

import re

from docs.pages import ROOT
from jieyue_cli.agencies.remarks import Reason
from jieyue_cli.agencies.standings import State
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Verdict
from jieyue_cli.submission import Completion

PAGE = (ROOT / "docs" / "office" / "checking.md").read_text("utf-8")
EXPLAINED = {
    word
    for cell in re.findall(r"^\| ([^|]+) \|", PAGE, re.MULTILINE)
    for piece in cell.split("；")
    for word in (piece, *piece.split("、"))
}
"""What stands in the first column of its tables."""
SPLIT = {State.RECOGNISED: {"本年认定", "以前认定", "以前认定，今年未交表"}}
"""The groups of a state that has no heading of its own."""


def test_every_group_of_the_list_is_explained() -> None:
    headings = {word for state in State for word in SPLIT.get(state, {state.chinese})} | {"不在名录", "不参评，交了表"}
    assert sorted(headings - EXPLAINED) == []


def test_every_conclusion_and_every_reason_not_to_count_is_explained() -> None:
    assert sorted({verdict.chinese for verdict in Verdict} - EXPLAINED) == []
    assert sorted({reason.value for reason in Reason} - EXPLAINED) == []


def test_every_word_that_ends_a_verification_is_explained() -> None:
    assert sorted({completion.value for completion in Completion} - EXPLAINED) == []


def test_its_targets_and_dates_are_those_of_the_standard(rubric: Rubric) -> None:
    told = re.sub(r"\s", "", PAGE)
    assert "、".join(f"{year}年{rate * 100}%" for year, rate in rubric.targets.items()) in told
    dates = [re.sub(r"^(\d+)-0?(\d+)-0?(\d+)$", r"\1年\2月\3日", step.by) for step in rubric.calendar]
    days = [date.removeprefix("每年") for date in dates]
    assert [day for day in days if f"{day}以前" not in told] == []
