"""Earlier years from the ledger: the same as from the folders of these years, whatever the agencies are called now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.test_progress import Form
from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.office.ledger.reading import EMPTY
from office.ledger.recorded import account, recorded

A, B, C = "示例市1局", "示例市2局", "示例市3局"
ROSTER = Roster(tuple(RosterEntry(name, None) for name in (A, B, C)))
OFFICE = Roster((RosterEntry(A, None), RosterEntry(B, None, (), (C,)), RosterEntry(C, None, (), (B,))))
"""Two of them are assessed as one."""
PASS, FAIL = "达标", "未达标"


def told(made: Account) -> list[str]:
    return [f"{problem.code.slug} {problem.location} {problem.message}".replace("  ", " ") for problem in made.problems]


_FORMS = st.lists(
    st.builds(
        Form,
        st.sampled_from([A, B, C]),
        st.just(0),
        st.sampled_from([PASS, FAIL, "核查未完", "待更正"]),
        st.sampled_from([None, PASS, PASS, FAIL, FAIL, "核查未完", "待更正"]),
    ),
    max_size=5,
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_FORMS, min_size=2, max_size=3), st.sampled_from([ROSTER, OFFICE, None]))
def test_a_ledger_says_of_earlier_years_what_their_folders_say(
    folders: list[list[Form]], roster: Roster | None
) -> None:
    years = [
        [replace(form, year=year, file=f"{year}/{number}.xlsx") for number, form in enumerate(forms)]
        for year, forms in enumerate(folders, 2020)
    ]
    ledger, last = EMPTY, 2020 + len(years) - 1
    for year, forms in enumerate(years[:-1], 2020):
        ledger = recorded(ledger, forms, roster or ROSTER, year)
    everything = [form for forms in years for form in forms]
    together, apart = account(everything, roster, last), account(years[-1], roster, last, ledger)
    assert sorted(apart.standings, key=lambda row: row.name) == sorted(together.standings, key=lambda row: row.name)
    assert replace(apart.progress, files=0, duplicates=()) == replace(together.progress, files=0, duplicates=())
    assert account(everything, roster, last, ledger).standings == apart.standings


def roster(*names: str, **former: str) -> Roster:
    """Agencies by number, each with the one it was called before."""
    return Roster(tuple(RosterEntry(name, None, (former[name],) if name in former else ()) for name in names))


def passed(*names: str, year: int = 2020, verified: str = PASS) -> list[Form]:
    return [Form(name, year, PASS, verified, f"{year}/{name}.xlsx") for name in names]


def since(made: Account) -> dict[str, int | None]:
    return {standing.name: standing.since for standing in made.standings}


BEFORE = recorded(EMPTY, passed(A, B), ROSTER, 2020)

NAMES: dict[str, tuple[Roster, dict[str, int | None], list[str]]] = {
    "the same": (ROSTER, {A: 2020, B: 2020, C: None}, []),
    "renamed": (roster("新局", B, C, 新局=A), {"新局": 2020, B: 2020, C: None}, []),
    "gone": (
        roster(B, C),
        {B: 2020, C: None},
        [
            (
                f"recorded-gone 台账中的“{A}”2020 年起已认定，名录里没有这个单位，没有算在已认定中；"
                "改了名的请在名录的曾用名中写上。"
            )
        ],
    ),
    "split, one of them under the old name": (roster(A, "新局", B, C), {A: 2020, "新局": None, B: 2020, C: None}, []),
    "merged into one of them": (
        roster(A, B, **{A: C}),
        {A: 2020, B: 2020},
        [
            (
                f"recorded-merged 台账 2020 年的“{A}”、“{C}”在名录中是同一个单位，按 2020 年认定计（同名的为准，"
                "没有同名的要都认定才算），请核对。"
            )
        ],
    ),
    "merged, both recognised": (
        Roster((RosterEntry("新局", None, (A, B)), RosterEntry(C, None))),
        {"新局": 2020, C: None},
        [
            (
                f"recorded-merged 台账 2020 年的“{A}”、“{B}”在名录中是同一个单位，按 2020 年认定计（同名的为准，"
                "没有同名的要都认定才算），请核对。"
            )
        ],
    ),
    "merged, one recognised": (
        Roster((RosterEntry("新局", None, (A, C)), RosterEntry(B, None))),
        {"新局": None, B: 2020},
        [
            (
                f"recorded-merged 台账 2020 年的“{A}”、“{C}”在名录中是同一个单位，按没有认定计（同名的为准，"
                "没有同名的要都认定才算），请核对。"
            )
        ],
    ),
}


@pytest.mark.parametrize(("now", "recognised", "said"), NAMES.values(), ids=NAMES)
def test_agencies_are_found_under_the_names_they_have_now(
    now: Roster, recognised: dict[str, int | None], said: list[str]
) -> None:
    made = account([], now, 2021, BEFORE)
    assert (since(made), told(made)) == (recognised, said)


def test_an_agency_that_comes_back_is_still_recognised() -> None:
    without = recorded(BEFORE, [], roster(B, C), 2021)
    assert since(account([], ROSTER, 2022, without)) == {A: 2020, B: 2020, C: None}


def test_forms_of_recorded_years_change_nothing_and_are_named() -> None:
    later = [Form(C, 2020, PASS, PASS, "补交.xlsx"), *passed(A)]
    made = account(later, ROSTER, 2021, BEFORE)
    assert since(made) == {A: 2020, B: 2020, C: None}
    assert told(made) == [
        "recorded-year 2020/示例市1局.xlsx 台账已记到 2020 年，2020 年以台账为准；这份表记录时就有，不再计算。",
        (
            "recorded-later 补交.xlsx 台账已记到 2020 年，2020 年以台账为准；这份表记录时没有，不改变认定，"
            "要更正请用 ledger record --note。"
        ),
    ]
    assert {made.remark(file).text for file in ("补交.xlsx", "2020/示例市1局.xlsx")} == {"该年已记入台账，不改变认定"}


def test_earlier_years_that_are_not_recorded_come_from_forms() -> None:
    forms = [*passed(C, year=2021), *passed(A, year=2021, verified=FAIL)]
    assert since(account(forms, ROSTER, 2022, BEFORE)) == {A: None, B: 2020, C: 2021}


def test_the_runs_own_year_is_worked_out_anew_and_differences_are_told() -> None:
    made = account(passed(A, C), ROSTER, 2020, BEFORE)
    assert since(made) == {A: 2020, B: None, C: 2020}
    assert told(made) == [
        (
            f"recorded-otherwise “{B}”在台账 2020 年记的是已认定（自 2020），按这次的表是未交表；"
            "要更正请用 ledger record --note。"
        ),
        (
            f"recorded-otherwise “{C}”在台账 2020 年记的是未交表，按这次的表是已认定（自 2020）；"
            "要更正请用 ledger record --note。"
        ),
    ]


def test_the_last_entry_of_a_year_holds() -> None:
    corrected = recorded(BEFORE, passed(B, C), ROSTER, 2020, note="更正")
    assert since(account([], ROSTER, 2021, corrected)) == {A: None, B: 2020, C: 2020}
