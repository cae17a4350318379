"""A form counts for the agency that it names, by any of its names, and for those of its office; and says so."""

from __future__ import annotations

import subprocess
import sys

from agencies.test_progress import Form, progress
from jieyue_cli.agencies.roster import Roster, RosterEntry

FINANCE = RosterEntry("示例市财政局", None, aliases=("示例市财税局",))
PARTY = RosterEntry("示例市委宣传部", None, together=("示例市文明办",))
CIVIL = RosterEntry("示例市文明办", None, together=("示例市委宣传部",))
ROSTER = Roster((FINANCE, PARTY, CIVIL))


def test_a_form_under_a_former_name_counts_for_the_agency_and_says_so() -> None:
    table, told = progress([Form("示例市财税局", 2020, "达标", "达标")], ROSTER)
    assert (table.recognised, table.missing) == (1, ("示例市委宣传部", "示例市文明办"))
    assert told == ["agency-other-name 001.xlsx “示例市财税局”是名录中“示例市财政局”的另一名称，按“示例市财政局”计入。"]


def test_forms_of_one_agency_under_two_names_are_two_forms_of_it() -> None:
    table, _ = progress([Form("示例市财税局", 2020), Form("示例市财政局", 2020, "未达标")], ROSTER)
    assert [(several.name, several.files) for several in table.duplicates] == [
        ("示例市财政局", ("001.xlsx", "002.xlsx"))
    ]


def test_a_form_of_an_office_counts_for_all_of_its_agencies_and_says_so() -> None:
    table, told = progress([Form("示例市文明办", 2020, "达标", "达标")], ROSTER)
    assert (table.recognised, table.handed_in, table.missing) == (2, 2, ("示例市财政局",))
    assert told == ["agency-together 001.xlsx “示例市文明办”与“示例市委宣传部”合署，这份表对几个单位都算数。"]


def test_an_agencys_own_form_goes_before_that_of_its_office() -> None:
    table, told = progress(
        [Form("示例市文明办", 2020, "达标", "达标"), Form("示例市委宣传部", 2020, "未达标", "未达标")], ROSTER
    )
    assert (table.recognised, table.handed_in, table.duplicates, told) == (1, 2, (), [])


def test_a_form_of_whom_the_roster_leaves_out_does_not_count_and_says_so() -> None:
    tax = RosterEntry("示例市税务局", "行政机关", aliases=("示例市国税局",), outside="垂管")
    table, told = progress([Form("示例市国税局", 2020, "达标", "达标")], Roster((FINANCE,), (tax,)))
    assert (table.agencies, table.recognised, table.handed_in, table.outside) == (1, 0, 0, (tax,))
    assert told == [
        "agency-outside 001.xlsx 名录写明“示例市税务局”不参评（垂管），这份表没有计入进度；如应参评，请在名录中更正。"
    ]


def test_the_matcher_is_not_imported_where_every_name_is_known() -> None:
    code = "import sys, jieyue_cli.agencies.progress, jieyue_cli.agencies.membership; print('rapidfuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"
