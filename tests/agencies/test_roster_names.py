"""An agency of the roster is found by any of its names, and those in one office are assessed as one."""

from __future__ import annotations

import pytest

from jieyue_cli.agencies.roster import Roster, RosterEntry

FINANCE = RosterEntry("示例市财政局", None, aliases=("市财政局", "示例市财政税务局"))
PARTY = RosterEntry("示例市委宣传部", None, together=("示例市文明办",))
CIVIL = RosterEntry("示例市文明办", None, together=("示例市委宣传部",))
ROSTER = Roster((FINANCE, PARTY, CIVIL))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("示例市财政局", FINANCE),
        (" 示例市　财政局", FINANCE),
        ("市财政局", FINANCE),
        ("示例市财政税务局", FINANCE),
        ("示例市文明办", CIVIL),
        ("财政局", None),
        ("", None),
    ],
)
def test_an_agency_is_found_by_any_of_its_names(name: str, entry: RosterEntry | None) -> None:
    assert ROSTER.find(name) == entry


def test_a_form_counts_for_all_agencies_of_one_office() -> None:
    assert ROSTER.together(FINANCE) == (FINANCE,)
    assert ROSTER.together(PARTY) == (PARTY, CIVIL)
    assert ROSTER.together(CIVIL) == (CIVIL, PARTY)
