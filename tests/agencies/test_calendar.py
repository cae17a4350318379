"""Who kept the year's dates, and the progress in parts: both follow from the roster and the forms alone."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agencies.test_progress import Form
from forms import RUBRIC
from jieyue_cli.agencies.account import Account, account_of
from jieyue_cli.agencies.groups import Groups, Part
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.tally import Tally

PASS, FAIL, BEGUN = "达标", "未达标", "核查未完"
Row = tuple[str, str | None, str | None, str | None]
"""Name, verification, 填报日期, 核查日期."""


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def account(
    forms: list[Row], roster: Roster | None, year: int | None = 2021, given: int | None = None, when: int = 2021
) -> Account:
    tally = Tally()
    for number, (name, verified, filled, checked) in enumerate(forms):
        form = Form(name, when, PASS, verified).result(number)
        assert form.submission
        dated = replace(form.submission, filled_on=day(filled), checked_on=day(checked))
        tally.add(replace(form, submission=dated))
    return account_of(RUBRIC, tally, roster, given, year)


def listed(*names: str, plans: bool = False) -> Roster:
    return Roster(tuple(RosterEntry(name, None) for name in names), plans=plans)


def told(known: Account) -> dict[str, tuple[str, list[str], list[str], int]]:
    return {
        due.step: (str(due.due or ""), list(due.late), list(due.missing), due.undated)
        for due in known.progress.calendar
    }


FORMS: list[Row] = [
    ("甲局", PASS, "2021-10-31", "2021-11-05"),
    ("乙局", PASS, "2021-11-01", "2021-11-06"),
    ("丙局", BEGUN, "2022-01-04", None),
    ("丁局", FAIL, None, None),
    ("戊局", None, "2021-09-01", None),
    ("客局", PASS, "2021-12-01", "2021-12-01"),
]


def test_the_day_itself_is_in_time_and_a_blank_date_is_not_late() -> None:
    known = account(FORMS, listed("甲局", "乙局", "丙局", "丁局", "戊局", "己局"))
    assert told(known) == {
        "plan": ("2020-08-15", [], [], 0),
        "self_assessment": ("2021-10-31", ["乙局", "丙局"], ["己局"], 1),
        "verification": ("2021-11-05", ["乙局"], ["丙局", "戊局"], 1),
    }
    due = {due.step: due for due in known.progress.calendar}["self_assessment"]
    days = {standing.name: due.days(standing) for standing in known.standings}
    assert days == {"甲局": 0, "乙局": 1, "丙局": 65, "丁局": 0, "戊局": 0, "己局": 0, "客局": 0}


def test_plans_are_missed_only_where_the_roster_has_them() -> None:
    entries = [
        RosterEntry("甲局", None, plan_filed=dt.date(2020, 8, 15)),
        RosterEntry("乙局", None, plan_filed=dt.date(2020, 9, 1)),
        RosterEntry("丙局", None),
    ]
    outside = (RosterEntry("垂管局", None, outside="省垂管"),)
    for year in (2020, 2021):
        known = account([], Roster(tuple(entries), outside, plans=True), year)
        assert told(known)["plan"] == ("2020-08-15", ["乙局"], ["丙局"], 0)
    assert told(account([], Roster(tuple(entries), outside)))["plan"] == ("2020-08-15", [], [], 0)


def test_without_a_roster_nobody_is_missing_and_without_a_year_no_date_is_known() -> None:
    assert told(account(FORMS[:2], None, given=9))["self_assessment"] == ("2021-10-31", ["乙局"], [], 0)
    assert told(account([], None, year=None)) == {
        "plan": ("2020-08-15", [], [], 0),
        "self_assessment": ("", [], [], 0),
        "verification": ("", [], [], 0),
    }


def test_a_form_of_another_year_is_not_late() -> None:
    known = account([("甲局", PASS, "2020-12-01", "2020-12-01")], listed("甲局"), when=2020)
    assert told(known)["self_assessment"] == ("2021-10-31", [], [], 0)


def entry(name: str, category: str | None, level: str | None, batch: int | None) -> RosterEntry:
    return RosterEntry(name, category, level=level, batch=batch)


def test_every_grouping_has_its_order_and_those_without_a_value_last() -> None:
    known = account(
        FORMS,
        Roster(
            (
                entry("甲局", "行政机关", "乡", 2021),
                entry("乙局", "党的机关", None, 2020),
                entry("丙局", None, "市", None),
                entry("丁局", "行政机关", "市", 2020),
                entry("戊局", "党的机关", "乡", 2020),
                entry("己局", "行政机关", "乡", 2021),
            )
        ),
    )
    assert known.progress.groups == Groups(
        level=(Part("乡", 3, 1, 1, 2, 1), Part("市", 2, 0, 1, 2, 0), Part(None, 1, 1, 0, 1, 0)),
        category=(Part("党的机关", 2, 1, 1, 2, 0), Part("行政机关", 3, 1, 0, 2, 1), Part(None, 1, 0, 1, 1, 0)),
        batch=(Part("2020", 3, 1, 1, 3, 0), Part("2021", 2, 1, 0, 1, 1), Part(None, 1, 0, 1, 1, 0)),
    )
    assert known.progress.groups.level[0].rate == Fraction(1, 3)


@pytest.mark.parametrize("roster", [None, listed("甲局", "乙局")])
def test_what_the_roster_does_not_say_groups_nobody(roster: Roster | None) -> None:
    assert account(FORMS[:2], roster).progress.groups == Groups()


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, *RUBRIC.scope]),
            st.sampled_from([None, "市", "县", "乡"]),
            st.sampled_from([None, 2020, 2021, 2022]),
            st.sampled_from([None, "", PASS, FAIL, BEGUN]),
        ),
        max_size=12,
    )
)
def test_every_grouping_adds_up_to_the_whole(
    agencies: list[tuple[str | None, str | None, int | None, str | None]],
) -> None:
    named = [(f"示例市{number}局", *agency) for number, agency in enumerate(agencies)]
    entries = tuple(entry(name, category, level, batch) for name, category, level, batch, _ in named)
    forms: list[Row] = [(name, verified or None, None, None) for name, *_, verified in named if verified is not None]
    progress = account([*forms, ("客局", PASS, None, None)], Roster(entries)).progress
    for parts in progress.groups:
        if parts:
            sums = tuple(map(sum, zip(*(part[1:] for part in parts), strict=True)))
            whole = (progress.agencies, progress.recognised, progress.self_assessed, progress.handed_in)
            assert sums == (*whole, len(progress.missing))
            assert len({part.name for part in parts}) == len(parts)
