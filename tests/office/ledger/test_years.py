"""Recorded years in parts: batches by year, everything else as the roster has it, and a name is never a number."""

from __future__ import annotations

from jieyue_cli.office.ledger.entry import Recorded
from jieyue_cli.office.ledger.years import years
from jieyue_cli.rubric.model import Rubric
from office.ledger.made import A, B, C, entry, ledger


def test_a_level_may_be_any_number_of_digits(rubric: Rubric) -> None:
    long = "1" * 5000
    agencies = [
        Recorded(A, "missing", level=long, batch=2021),
        Recorded(B, "missing"),
        Recorded(C, "missing", level="2"),
    ]
    agencies.append(Recorded("示例市丁局", "recognised", level="²", batch=2020, since=2020))
    (year,) = years(rubric, ledger(entry(2020, *agencies)))
    assert [(by, part.name, part.agencies, part.recognised) for by, part in year.groups] == [
        ("level", long, 1, 0),
        ("level", "2", 1, 0),
        ("level", "²", 1, 1),
        ("level", "", 1, 0),
        ("batch", "2020", 1, 1),
        ("batch", "2021", 1, 0),
        ("batch", "", 2, 0),
    ]
