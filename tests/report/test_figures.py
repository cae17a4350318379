"""The figures behind the charts: the years toward the targets, how totals are spread, what items lose."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from jieyue_cli.agencies.account import Account
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.report.agencies import totals
from jieyue_cli.report.figures import Year, bands, by_item, years
from jieyue_cli.rubric.model import Rubric
from report.builders import RUBRIC, batch, result, unreadable, varied
from test_example_rubrics import NAMES, rubric_of
from typed_tables import by_item as row_an_item
from typed_tables import full, with_score

POOR = {"1.1.1": "否", "2.2.3": "0", "2.2.4": "否", "4.1.1": "否", "5.1.1": "0"}
"""Below the mark by 3 points."""


def account(*forms: Result, roster: str = "甲局 乙局 丙局 丁局 戊局", year: int | None = 2021) -> Account:
    made = batch(forms, roster=roster.split(), year=year).account
    assert made
    return made


def test_the_years_go_from_the_first_target_to_the_last_and_know_nothing_of_the_future() -> None:
    known = account(
        result("甲局", verified={}, year=2020, file="1.xlsx"),
        result("乙局", verified={}, year=2020, file="2.xlsx"),
        result("乙局", POOR, POOR, year=2021, file="3.xlsx"),
        result("丙局", verified={}, year=2021, file="4.xlsx"),
        result("丁局", year=2021, file="5.xlsx"),
    )
    assert years(RUBRIC, known) == [
        Year(2020, Fraction(1, 4), 2, 1),
        Year(2021, Fraction(1, 2), 3, 2),
        Year(2022, Fraction(7, 10), 4, None),
    ]
    assert known.progress.recognised == 2


def test_a_year_before_the_first_target_has_none() -> None:
    known = account(result("甲局", verified={}, year=2019), year=2019)
    assert years(RUBRIC, known)[0] == Year(2019, None, None, 1)


def test_without_a_year_there_is_nothing_to_show() -> None:
    nothing = account(unreadable("a.xlsx", Code.FILE_EMPTY.at()), year=None)
    assert not years(RUBRIC, nothing)
    assert not bands(RUBRIC, totals(nothing))


def test_every_agency_that_handed_in_is_in_one_band_and_the_mark_begins_one() -> None:
    known = account(
        result("甲局", {"2.2.3": "0", "1.1.1": "否", "3.2.1": "否", "3.2.2": "否"}),  # 80
        result("乙局", {**POOR, "3.2.2": "否"}, {}),  # found to be 100
        result("丙局", dict.fromkeys(RUBRIC.by_id, "") | {"1.1.1": "是"}),  # 9
        result("丁局", POOR, {"1.1.1": "否"} | dict.fromkeys(list(RUBRIC.by_id)[2:], "")),  # verification has begun
        year=2020,
    )
    spread = {band.label: band.agencies for band in bands(RUBRIC, totals(known))}
    assert list(spread) == [
        *("0～50", "50～55", "55～60", "60～65", "65～70", "70～75", "75～80"),
        *("80～85", "85～90", "90～95", "95～100"),
    ]
    assert {label: agencies for label, agencies in spread.items() if agencies} == {
        "0～50": 1,
        "75～80": 1,
        "80～85": 1,
        "95～100": 1,
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_bands_of_every_standard_go_from_nothing_to_full_marks(name: str) -> None:
    rubric = rubric_of(name)
    spread = bands(rubric, [Fraction(rubric.full)])
    assert (spread[0].start, spread[-1].end) == (Decimal(0), rubric.full)
    assert all(band.start < band.end == after.start for band, after in pairwise(spread))
    assert rubric.pass_mark in {band.start for band in spread}
    assert len(spread) <= 25


def lost(rubric: Rubric, known: Account) -> dict[str, Fraction]:
    return {loss.name: loss.lost for loss in by_item(rubric, known.progress) if loss.lost}


def test_items_lose_what_their_criteria_lose_most_first() -> None:
    known = account(result("甲局", {"2.2.3": "4", "5.1.1": "1"}), result("乙局", {"1.1.1": "否"}), year=2020)
    assert [(name, int(points)) for name, points in lost(RUBRIC, known).items()] == [
        ("1.1 节约能源资源目标管理", 9),
        ("5.1 宣传实践", 2),
        ("2.2 管理制度", 1),
    ]
    assert len(by_item(RUBRIC, known.progress)) == len(RUBRIC.items)
    known = account(with_score(full(row_an_item()), 2, 10).result(), roster="示例市财政局", year=2020)
    assert lost(RUBRIC, known) == {"2.2 管理制度": Decimal(12)}


def test_the_losses_of_items_add_up_to_those_of_criteria() -> None:
    known = varied().account
    assert known
    assert sum(lost(RUBRIC, known).values()) == sum(loss.points for loss in known.progress.lost)
