"""The dates of a standard: how they may be written, and the day that is meant in each year."""

from __future__ import annotations

import datetime as dt

import pytest

from jieyue_cli.rubric.calendar import Deadline, Step
from jieyue_cli.rubric.difference import differences
from jieyue_cli.rubric.source import build
from rubric.small import SMALL

WRITTEN: dict[str, dict[int | None, str]] = {
    "2020-08-15": {None: "2020-08-15", 2020: "2020-08-15", 2024: "2020-08-15"},
    "2020/8/15": {2021: "2020-08-15"},
    "2020.8.15前": {2021: "2020-08-15"},
    "２０２０年８月１５日": {2021: "2020-08-15"},
    "2020 年 8 月 15 日前": {2021: "2020-08-15"},
    "每年10月31日": {2020: "2020-10-31", 2021: "2021-10-31", None: ""},
    "10月31日以前": {2021: "2021-10-31"},
    "11月5号": {2021: "2021-11-05"},
    "10月底前": {2021: "2021-10-31"},
    "每年2月底": {2023: "2023-02-28", 2024: "2024-02-29"},
    "2024年2月底": {2021: "2024-02-29"},
    "2024年2月29日": {2021: "2024-02-29"},
    "十月底前": {2021: ""},
    "10月": {2021: ""},
    "10月31日至11月5日": {2021: ""},
    "2020-08-15 18:00": {2021: ""},
}


@pytest.mark.parametrize("by", WRITTEN)
def test_a_date_is_the_day_that_is_meant_in_each_year(by: str) -> None:
    due = Deadline(what="自评", by=by, step="self_assessment").due
    assert {year: str(due(year) or "") for year in WRITTEN[by]} == WRITTEN[by]
    assert Deadline(what="自评", by=by).due(2021) is None


def test_what_is_only_printed_may_be_any_words() -> None:
    rubric, problems = build(SMALL.replace("by: 每年10月31日", "by: 核查结束后十日内").encode())
    assert rubric is not None, problems
    assert rubric.calendar == (Deadline(what="自评", by="核查结束后十日内"),)


@pytest.mark.parametrize("step", ["plan", "self_assessment", "verification"])
def test_another_step_is_a_difference(step: Step) -> None:
    before, _ = build(SMALL.encode())
    after, _ = build(SMALL.replace("10月31日", f"10月31日, step: {step}").encode())
    assert before
    assert after
    words = {"plan": "报送实施方案", "self_assessment": "自评报送", "verification": "核查"}[step]
    (change,) = differences(before, after)
    assert (change.before, change.after) == ("每年10月31日：自评", f"每年10月31日：自评（{words}）")
    assert after.calendar[0].due(2031) == dt.date(2031, 10, 31)
