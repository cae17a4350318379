"""The year's dates as people read them: days left only while a date is in sight, and to each agency what is its own."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.calendar import Due
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.report.calendar import left
from jieyue_cli.report.console.batch import batch_view
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters.kinds import KINDS
from jieyue_cli.report.letters.rendering import render
from jieyue_cli.report.page.document import render as page
from jieyue_cli.report.workbook import book
from program import Call
from report.letters.words import words

from .builders import HOSTILE, RUBRIC, printed, result

EXAMPLES = Path(__file__).parents[2] / "examples"
BELOW = {"1.1.1": "否", "2.2.3": "0", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"}
DUE = Due("self_assessment", "自评", dt.date(2020, 10, 31), known=True, late=(), missing=(), undated=0)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2019-12-31", ""),
        ("2020-01-01", "还有 304 天"),
        ("2020-10-30", "还有 1 天"),
        ("2020-10-31", "今天截止"),
        ("2020-11-01", "已过 1 天"),
        ("2020-12-31", "已过 61 天"),
        ("2021-01-29", "已过 90 天"),
        ("2021-01-30", ""),
        ("2026-10-01", ""),
    ],
)
def test_days_are_told_in_the_dates_year_and_shortly_after(today: str, told: str) -> None:
    assert left(DUE, dt.date.fromisoformat(today)) == told


def test_without_a_date_or_a_day_nothing_is_told() -> None:
    assert left(DUE, None) == ""
    assert left(dataclasses.replace(DUE, due=None), dt.date(2020, 10, 1)) == ""


def dated(name: str, filled: str, checked: str | None = None) -> Result:
    """A form below the mark; verified where it was checked on a day."""
    form = result(name, BELOW, BELOW if checked else None)
    assert form.submission
    days = {"filled_on": dt.date.fromisoformat(filled), "checked_on": checked and dt.date.fromisoformat(checked)}
    return replace(form, submission=replace(form.submission, **days))


def year() -> Findings[Result]:
    """Two levels; one agency in time, one late with form and plan, one without a plan."""
    results = [
        dated("甲局", "2020-10-31", "2020-11-05"),
        dated("乙局", "2020-11-03", "2020-11-06"),
        dated("丙局", "2020-10-01"),
    ]
    tally = Tally()
    for form in results:
        tally.add(form)
    entries = (
        RosterEntry("甲局", "党的机关", level="市", batch=2020, plan_filed=dt.date(2020, 8, 15)),
        RosterEntry("乙局", "行政机关", level="市", batch=2020, plan_filed=dt.date(2020, 8, 25)),
        RosterEntry("丙局", "行政机关", level="镇", batch=2020),
        RosterEntry("丁局", "行政机关", batch=2020, plan_filed=dt.date(2020, 8, 1)),
    )
    return Findings(RUBRIC, results, account_of(RUBRIC, tally, Roster(entries, plans=True), None, 2020))


def test_the_console_tells_dates_and_groups() -> None:
    shown = printed(batch_view(replace(year(), today=dt.date(2020, 11, 1))))
    assert shown.partition("个\n\n时间安排\n")[2].partition("\n2020 年度进度")[0] == (
        """\
报送实施方案  2020-08-15  已过 78 天；迟报 1 个：乙局；未报 1 个：丙局
自评报送      2020-10-31  已过 1 天；迟交 1 个：乙局；未交 1 个
核查          2020-11-05  还有 4 天；核查迟于期限 1 个：乙局；交了还没有核查完 1
                          个

按级别的进度
级别  机关  已认定  认定率  待核查  已交表  未交表
--------------------------------------------------
市       2       0    0.0%       0       2       0
镇       1       0    0.0%       0       1       0
未填     1       0    0.0%       0       0       1

按单位类别的进度
单位类别  机关  已认定  认定率  待核查  已交表  未交表
------------------------------------------------------
党的机关     1       0    0.0%       0       1       0
行政机关     3       0    0.0%       0       2       1
"""
    )


LATE_PLAN, LATE_FORM = "报送实施方案：迟报 10 天（期限 2020-08-15）。", "自评报送：迟交 3 天（期限 2020-10-31）。"


def letter(kind: str, name: str, today: str | None = None) -> str:
    (chosen,) = (entry for entry in KINDS if entry.name == kind)
    findings = replace(year(), today=today and dt.date.fromisoformat(today))
    (found,) = (made for made in chosen.letters(findings) if made.name == name)
    (made,) = render(chosen.template(), [found.facts], 1)
    assert isinstance(made, bytes)
    return words(made)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("整改通知", "甲局", []),
        (
            "整改通知",
            "乙局",
            [LATE_PLAN, LATE_FORM],
        ),
        (
            "反馈函",
            "乙局",
            [LATE_PLAN, LATE_FORM],
        ),
        ("整改通知", "丙局", ["报送实施方案：未报（期限 2020-08-15）。"]),
    ],
)
def test_a_letter_tells_its_agency_what_it_did_not_do_in_time(kind: str, name: str, told: list[str]) -> None:
    lines = letter(kind, name).splitlines()
    assert [line for line in lines if line.startswith(("报送实施方案：", "自评报送：", "核查："))] == told


@pytest.mark.slow
def test_the_report_upward_has_the_dates_and_the_groups() -> None:
    said = letter("进度报告", "进度报告").partition("分组进度\n")[2].partition("\n各机关的状态")[0]
    assert said.splitlines() == [
        "| 分组 | 名称 | 机关 | 已认定 | 认定率 | 待核查 | 未交表",
        "| 级别 | 市 | 2 | 0 | 0.0% | 0 | 0",
        "| 级别 | 镇 | 1 | 0 | 0.0% | 0 | 0",
        "| 级别 | 未填 | 1 | 0 | 0.0% | 0 | 1",
        "| 单位类别 | 党的机关 | 1 | 0 | 0.0% | 0 | 0",
        "| 单位类别 | 行政机关 | 3 | 0 | 0.0% | 0 | 1",
        "时间安排",
        "| 步骤 | 期限 | 情况",
        "| 报送实施方案 | 2020-08-15 | 迟报 1 个：乙局；未报 1 个：丙局",
        "| 自评报送 | 2020-10-31 | 迟交 1 个：乙局；未交 1 个",
        "| 核查 | 2020-11-05 | 核查迟于期限 1 个：乙局；交了还没有核查完 1 个",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name", "today", "told"),
    [
        ("整改通知", "丙局", "2020-08-05", ["报送实施方案：未报（期限 2020-08-15，还有 10 天）。"]),
        ("整改通知", "丙局", "2020-10-31", ["报送实施方案：未报（期限 2020-08-15，已过 77 天）。"]),
        ("整改通知", "丙局", "2022-01-01", ["报送实施方案：未报（期限 2020-08-15）。"]),
        ("反馈函", "乙局", "2020-11-01", [LATE_PLAN, LATE_FORM]),
    ],
)
def test_a_letter_tells_the_days_to_what_is_still_to_be_done(kind: str, name: str, today: str, told: list[str]) -> None:
    lines = letter(kind, name, today).splitlines()
    assert [line for line in lines if line.startswith(("报送实施方案：", "自评报送："))] == told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2020-10-01", ["自评报送的期限：2020-10-31，还有 30 天。"]),
        ("2020-10-31", ["自评报送的期限：2020-10-31，今天截止。"]),
        ("2020-11-01", []),
        ("2019-12-01", []),
        (None, []),
    ],
)
def test_who_has_to_mend_is_told_until_when_forms_are_taken(today: str | None, told: list[str]) -> None:
    lines = letter("整改通知", "丙局", today).splitlines()
    assert [line for line in lines if line.startswith("自评报送的期限")] == told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("today", "told"),
    [
        (
            "2020-11-01",
            [
                "| 报送实施方案 | 2020-08-15 | 已过 78 天；迟报 1 个：乙局；未报 1 个：丙局",
                "| 自评报送 | 2020-10-31 | 已过 1 天；迟交 1 个：乙局；未交 1 个",
                "| 核查 | 2020-11-05 | 还有 4 天；核查迟于期限 1 个：乙局；交了还没有核查完 1 个",
                "天数按 2020-11-01 计。",
            ],
        ),
        (
            "2026-11-01",
            [
                "| 报送实施方案 | 2020-08-15 | 迟报 1 个：乙局；未报 1 个：丙局",
                "| 自评报送 | 2020-10-31 | 迟交 1 个：乙局；未交 1 个",
                "| 核查 | 2020-11-05 | 核查迟于期限 1 个：乙局；交了还没有核查完 1 个",
            ],
        ),
    ],
)
def test_the_report_upward_tells_the_days_while_a_date_is_in_sight(today: str, told: list[str]) -> None:
    said = letter("进度报告", "进度报告", today).partition("\n| 步骤 | 期限 | 情况\n")[2]
    assert said.partition("\n各机关的状态")[0].splitlines() == told


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (dt.date(2020, 11, 1), ["，已过 78 天", "，已过 1 天", "，还有 4 天", "（按 2020-11-01 计）"]),
        (dt.date(2026, 11, 1), ["", "", "", ""]),
        (None, ["", "", "", ""]),
    ],
)
def test_the_workbooks_list_tells_the_dates_above_it(today: dt.date | None, told: list[str]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book.render(replace(year(), today=today))))["机关名单"]
    (said,) = (cell.value for cell in sheet[3] if cell.value)
    dates = "期限：报送实施方案 2020-08-15{}；自评报送 2020-10-31{}；核查 2020-11-05{}{}。"
    assert said == dates.format(*told)


def test_no_name_and_no_level_becomes_markup() -> None:
    hostile = f"<b>{HOSTILE}</b>"
    roster = Roster((RosterEntry(hostile, None, level=hostile), RosterEntry("乙局", None)), plans=True)
    findings = Findings[Result](RUBRIC, [], account_of(RUBRIC, Tally(), roster, None, 2020))
    assert b"&lt;b&gt;=1+1[red]x[/]" in page(findings)
    assert b"<b>" not in page(findings)
    assert "\x1b" not in printed(batch_view(replace(findings, today=dt.date(2020, 10, 1))))


@pytest.mark.slow
def test_long_after_its_dates_a_run_tells_the_same_on_any_day(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES / "batch-two-years")
    arguments = Path("cmd.txt").read_text("utf-8").split()[1:]
    told = set()
    for day in (dt.datetime(2026, 10, 31, tzinfo=dt.UTC), dt.datetime(2031, 11, 1, tzinfo=dt.UTC)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
        told.add(call(*arguments).out)
    assert len(told) == 1
