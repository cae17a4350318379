"""Totals and rates as every report writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.report.amounts import exact_percent, percent, reach, tenths

from .builders import card


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (Fraction(0), "0.0%"),
        (Fraction(358, 825), "43.4%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(2, 3), "66.7%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(1, 2001), "0.0%"),
        (Fraction(29, 2000), "1.5%"),
        (Fraction(1), "100.0%"),
    ],
)
def test_a_rate_is_rounded_half_up_from_the_exact_fraction(rate: Fraction, shown: str) -> None:
    assert percent(rate) == shown


@given(st.fractions(min_value=0, max_value=1))
def test_a_shown_rate_is_never_more_than_half_a_tenth_off(rate: Fraction) -> None:
    assert -Fraction(1, 2) < tenths(rate) - rate * 1000 <= Fraction(1, 2)


@pytest.mark.parametrize(("target", "shown"), [("1/4", "25%"), ("7/10", "70%"), ("1/8", "12.5%"), ("1", "100%")])
def test_a_target_is_shown_as_it_was_set(target: str, shown: str) -> None:
    assert exact_percent(Fraction(target)) == shown


def test_a_total_that_mending_could_raise_is_a_range() -> None:
    assert reach(card()) == "100"
    assert reach(card({"1.1.1": "不清楚", "2.2.3": "2"})) == "88～97"
