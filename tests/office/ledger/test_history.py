"""Earlier years from the ledger: the same as from the folders of these years, whatever the agencies are called now."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.test_progress import Form
from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import Roster, RosterEntry
from office.ledger.recorded import NEW, account, recorded

A, B, C = "示例市1局", "示例市2局", "示例市3局"
ROSTER = Roster(tuple(RosterEntry(name, None) for name in (A, B, C)))
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


@settings(max_examples=150, deadline=None)
@given(st.lists(_FORMS, min_size=2, max_size=3), st.sampled_from([ROSTER, None]))
def test_a_ledger_says_of_earlier_years_what_their_folders_say(
    folders: list[list[Form]], roster: Roster | None
) -> None:
    years = [
        [replace(form, year=year, file=f"{year}/{number}.xlsx") for number, form in enumerate(forms)]
        for year, forms in enumerate(folders, 2020)
    ]
    ledger, last = NEW, 2020 + len(years) - 1
    for year, forms in enumerate(years[:-1], 2020):
        ledger = recorded(ledger, forms, ROSTER, year)
    everything = [form for forms in years for form in forms]
    together, apart = account(everything, roster, last), account(years[-1], roster, last, ledger)
    assert sorted(apart.standings, key=lambda row: row.name) == sorted(together.standings, key=lambda row: row.name)
    assert replace(apart.progress, files=0, duplicates=()) == replace(together.progress, files=0, duplicates=())
    assert account(everything, roster, last, ledger).standings == apart.standings
