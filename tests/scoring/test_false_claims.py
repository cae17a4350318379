"""A claim that the office found to be false takes points away: its criterion's, its item's or its unit's."""

from __future__ import annotations

import pytest

from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import FALSE, Claim
from scoring.standards import Said, claims, counted, criterion, item, standard, unit

ALL = ("A1", "A2", "B1", "C1")
TRUE: Said = dict.fromkeys(ALL, "1")


def verified(forfeit: str | None, said: Said) -> Scorecard:
    rubric = standard(
        unit("1", item("A", criterion("A1", "4"), counted("A2", "3")), item("B", criterion("B1", "2"))),
        unit("2", item("C", criterion("C1", "2"))),
        passing="8",
        **({"forfeit": forfeit} if forfeit else {}),
    )
    return score(rubric, claims({**TRUE, **said}))


FORFEITS: list[tuple[str | None, Said, dict[str, str], set[str]]] = [
    (None, {"A2": "虚假"}, {"A1": "4", "A2": "0", "B1": "2", "C1": "2"}, {"A2"}),
    ("criterion", {"A2": "虚假"}, {"A1": "4", "A2": "0", "B1": "2", "C1": "2"}, {"A2"}),
    ("item", {"A2": "虚假"}, {"A1": "0", "A2": "0", "B1": "2", "C1": "2"}, {"A1", "A2"}),
    ("unit", {"A2": "虚假"}, {"A1": "0", "A2": "0", "B1": "0", "C1": "2"}, {"A1", "A2", "B1"}),
    ("unit", {"C1": "虚假"}, {"A1": "4", "A2": "1", "B1": "2", "C1": "0"}, {"C1"}),
    ("item", {"A1": "虚假", "C1": "虚假"}, {"A1": "0", "A2": "0", "B1": "2", "C1": "0"}, {"A1", "A2", "C1"}),
    ("unit", {}, {"A1": "4", "A2": "1", "B1": "2", "C1": "2"}, set()),
]


@pytest.mark.parametrize(("forfeit", "said", "points", "lost"), FORFEITS)
def test_a_false_claim_takes_away_what_the_standard_says(
    forfeit: str | None, said: Said, points: dict[str, str], lost: set[str]
) -> None:
    card = verified(forfeit, said)
    assert {line.id: str(line.score) for line in card.lines} == points
    assert {line.id for line in card.lines if line.forfeited} == lost
    assert card.at_most == card.total == sum(map(int, points.values()))


def test_what_is_forfeited_says_why_and_mending_does_not_bring_it_back() -> None:
    card = verified("item", {"A1": "？", "A2": "虚假"})
    assert [reasons.why(line) for line in card.lines] == [
        "弄虚作假，按规定扣除全部分值 → 0 分（表!A1）",
        "弄虚作假，按规定扣除全部分值 → 0 分（表!A2）",
        "填“是” → 2 分（表!A3）",
        "填“是” → 2 分（表!A4）",
    ]
    assert (int(card.at_most), card.verdict.chinese) == (4, "未达标")
    found = advise(card)
    assert found is not None
    assert (found.enough, found.others, found.attainable) == ((), (), False)


def test_a_false_claim_for_several_criteria_takes_the_points_of_all() -> None:
    rubric = standard(unit("1", item("A", criterion("A1", "4"), counted("A2", "3"), criterion("A3", "2"))), passing="5")
    card = score(rubric, [Claim(("A1", "A2"), FALSE), *claims({"A3": "1"})])
    assert [(line.id, str(line.score), line.forfeited) for line in card.lines] == [
        ("A1+A2", "0", True),
        ("A3", "2", False),
    ]


def test_a_false_claim_meets_no_gate_whatever_else_would() -> None:
    either = {"id": "G", "text": "二者之一", "rule": {"kind": "either"}}
    parts = [{"id": "G1", "text": "甲"}, {"id": "G2", "text": "乙"}]
    gate = {**either, "parts": parts}
    rubric = standard(unit("1", item("A", criterion("A1", "4"))), passing="4", gates=[gate], forfeit="criterion")
    told = {word: score(rubric, claims({"A1": "1", "G1": "1", "G2": word})).verdict for word in ("空", "0", "虚假")}
    assert told == {"空": Verdict.PASS, "0": Verdict.PASS, "虚假": Verdict.FAIL}
