"""Claim and finding reconciled: which agencies count, by how much, and on which criteria."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from jieyue_cli.agencies.corrections import UNCHECKED, Corrected, Corrections
from jieyue_cli.report.progress import corrections
from report.builders import RUBRIC, batch, result

PARTIAL = {"1.1.1": "否"} | dict.fromkeys(list(RUBRIC.by_id)[2:], "")
# forms → what verification did to them
CASES: dict[str, tuple[list[Any], Corrections, str]] = {
    "nothing is verified": ([result("甲局"), result("乙局", {}, PARTIAL)], UNCHECKED, ""),
    "down, up, and the same total with other lines": (
        [
            result("甲局", {"2.2.3": "4"}, {"1.1.1": "否", "2.2.3": "2"}),
            result("乙局", {"5.1.1": "1"}, {}),
            result("丙局", {"5.1.1": "1"}, {"2.2.5": "3", "2.1.2": "否"}),
        ],
        Corrections(
            3,
            1,
            1,
            Fraction(9),
            0,
            (
                Corrected("5.1.1", 2, Fraction(-4)),
                Corrected("1.1.1", 1, Fraction(9)),
                Corrected("2.1.2", 1, Fraction(2)),
                Corrected("2.2.3", 1, Fraction(2)),
            ),
        ),
        "核减 1 个、核增 1 个、不变 1 个；自评平均多报 3 分（9 / 3）",
    ),
    "an earlier year and two contradicting forms count for nothing": (
        [
            result("甲局", {}, {"1.1.1": "否"}),
            result("乙局", {}, {"1.1.1": "否"}, year=2019),
            result("丙局", {}, {"2.2.3": "1"}, file="a.xlsx"),
            result("丙局", {}, {"2.2.3": "2"}, file="b.xlsx"),
        ],
        Corrections(1, 1, 0, Fraction(9), 0, (Corrected("1.1.1", 1, Fraction(9)),)),
        "核减 1 个、核增 0 个、不变 0 个；自评平均多报 9 分（9 / 1）",
    ),
}


@pytest.mark.parametrize(("forms", "made", "note"), CASES.values(), ids=CASES)
def test_what_verification_changed(forms: list[Any], made: Corrections, note: str) -> None:
    progress = batch(forms).progress
    assert progress is not None
    assert progress.corrections == made
    assert [fact.note for fact in corrections(progress)] == ([note] if note else [])
    assert made.mean == (made.points / made.agencies if made.agencies else None)
