"""On what agencies lose points: most agencies first, then most points, then the standard's order."""

from __future__ import annotations

import pytest

from agencies.test_progress import A, B, Form, progress
from published import ORDER, full

DEAREST = sorted(ORDER, key=lambda identifier: -full(identifier))


def test_of_equally_many_agencies_the_most_points_stand_first() -> None:
    table, _ = progress([Form(A, 2020, "未达标")])
    assert [(lost.criterion, lost.agencies, lost.points) for lost in table.lost] == [
        (identifier, 1, full(identifier)) for identifier in DEAREST
    ]


def test_what_fewer_agencies_lose_stands_last_however_dear() -> None:
    table, _ = progress([Form(A, 2020, "未达标"), Form(B, 2020, "核查未完")])  # B has the points of 1.1.1
    assert DEAREST[0] == "1.1.1"
    assert [(lost.criterion, lost.agencies, lost.points) for lost in table.lost] == [
        *((identifier, 2, 2 * full(identifier)) for identifier in DEAREST[1:]),
        ("1.1.1", 1, full("1.1.1")),
    ]


def test_a_table_cannot_be_changed() -> None:
    table, _ = progress([Form(A, 2020, "未达标"), Form(B, 2020), Form(B, 2020, "未达标")])
    for part, name in ((table, "files"), (table.lost[0], "agencies"), (table.duplicates[0], "files")):
        with pytest.raises(AttributeError):
            setattr(part, name, 0)
