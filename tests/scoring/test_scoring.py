"""Scores: the sum of their lines, worked out again from a table made by hand; and the properties they keep."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import RUBRIC, at_random, claims, expected, figures
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.scorecard import Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind, Claim
from published import COUNTED, ITEMS, ORDER, UNITS, YES_NO, Meant, full, worth
from rubric.small import SMALL

MEANT: dict[str, st.SearchStrategy[Meant]] = {
    identifier: st.none() | (st.booleans() if identifier in YES_NO else st.integers(0, 9999)) for identifier in ORDER
}
FORMS = st.fixed_dictionaries(MEANT)
FULL: dict[str, Meant] = dict.fromkeys(YES_NO, True) | dict.fromkeys(COUNTED, 7)
NAMES = {criterion.id: criterion for criterion in RUBRIC.criteria}


def without(*identifiers: str) -> dict[str, Meant]:
    """Everything claimed but these."""
    return FULL | dict.fromkeys(identifiers, None)


@pytest.mark.slow
def test_thousands_of_forms_score_what_the_hand_made_table_says() -> None:
    chance = random.Random(20200803)  # noqa: S311 -- examples, not secrets
    totals = set()
    for _ in range(2000):
        meant = at_random(chance, chance.random())
        card = score(RUBRIC, claims(meant))
        wanted = expected(meant)
        assert figures(card) == wanted
        assert card.verdict is (Verdict.PASS if wanted[""] >= 80 else Verdict.FAIL)
        assert card.at_most == card.total
        totals.add(card.total)
    assert min(totals) < 20
    assert max(totals) > 95


@given(FORMS)
def test_no_score_is_below_nothing_or_above_its_points(meant: Mapping[str, Meant]) -> None:
    card = score(RUBRIC, claims(meant))
    most = {"": 100} | UNITS | ITEMS | {identifier: int(full(identifier)) for identifier in ORDER}
    assert all(0 <= points <= most[identifier] for identifier, points in figures(card).items())


@given(FORMS)
def test_a_total_is_the_sum_of_its_lines(meant: Mapping[str, Meant]) -> None:
    card = score(RUBRIC, claims(meant))
    assert card.total == sum(line.score for line in card.lines)
    assert card.total == sum(unit.score for unit in card.units)
    for unit in card.units:
        assert unit.score == sum(item.score for item in unit.items)


@given(FORMS, st.sampled_from(ORDER), st.data())
def test_a_larger_answer_never_lowers_any_score(meant: dict[str, Meant], identifier: str, data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.tuples(MEANT[identifier], MEANT[identifier])), key=lambda said: int(said or 0))
    before = figures(score(RUBRIC, claims(meant | {identifier: low})))
    after = figures(score(RUBRIC, claims(meant | {identifier: high})))
    assert all(after[key] >= points for key, points in before.items())
    touched = {"", identifier, identifier.split(".", maxsplit=1)[0], identifier.rpartition(".")[0]}
    assert {key for key, points in before.items() if after[key] != points} <= touched


@given(FORMS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_changes_nothing(meant: Mapping[str, Meant], chance: random.Random) -> None:
    in_order = claims(meant)
    shuffled = list(in_order)
    chance.shuffle(shuffled)
    assert score(RUBRIC, shuffled) == score(RUBRIC, in_order)


@given(FORMS, st.sets(st.sampled_from(ORDER)))
def test_what_cannot_be_read_never_scores_but_could(meant: Mapping[str, Meant], damaged: set[str]) -> None:
    read = [claim for claim in claims(meant) if claim.criteria[0] not in damaged]
    card = score(RUBRIC, [*read, *(Claim((identifier,), UNREADABLE, "？") for identifier in damaged)])
    rest = {identifier: said for identifier, said in meant.items() if identifier not in damaged}
    assert figures(card) == expected(rest)
    assert card.at_most - card.total == sum(full(identifier) for identifier in damaged)


@given(FORMS)
def test_a_criterion_without_an_answer_is_not_claimed(meant: Mapping[str, Meant]) -> None:
    said = [claim for claim in claims(meant) if claim.answer.kind is not AnswerKind.BLANK]
    assert figures(score(RUBRIC, said)) == expected(meant)


VERDICTS: list[tuple[str, dict[str, Meant], tuple[str, ...], Verdict, int, int]] = [
    ("nothing", {}, (), Verdict.FAIL, 0, 0),
    ("everything", FULL, (), Verdict.PASS, 100, 100),
    ("exactly the mark", without("1.1.1", "2.2.3", "2.2.1", "2.1.2", "2.1.1", "2.1.3"), (), Verdict.PASS, 80, 80),
    ("79", without("1.1.1", "2.2.3", "2.2.1", "2.2.4", "2.1.1", "2.1.3"), (), Verdict.FAIL, 79, 79),
    (
        "79 and one to mend",
        without("1.1.1", "2.2.3", "2.2.1", "2.2.4", "2.1.1"),
        ("2.1.3",),
        Verdict.UNDETERMINED,
        79,
        80,
    ),
    ("78 and one to mend", without("1.1.1", "2.2.3", "2.2.1", "2.2.4", "2.1.2"), ("2.1.3",), Verdict.FAIL, 78, 79),
    ("passed whatever is mended", FULL, ("1.1.1", "2.2.3"), Verdict.PASS, 86, 100),
    ("all to mend", {}, ORDER, Verdict.UNDETERMINED, 0, 100),
]


@pytest.mark.parametrize(
    ("meant", "damaged", "verdict", "total", "most"), [pytest.param(*case[1:], id=case[0]) for case in VERDICTS]
)
def test_verdicts(meant: dict[str, Meant], damaged: tuple[str, ...], verdict: Verdict, total: int, most: int) -> None:
    read = [claim for claim in claims(meant) if claim.criteria[0] not in damaged]
    card = score(RUBRIC, [*read, *(Claim((identifier,), UNREADABLE) for identifier in damaged)])
    assert (int(card.total), int(card.at_most), card.verdict) == (total, most, verdict)


def test_not_applicable_brings_nothing_under_this_standard() -> None:
    card = score(RUBRIC, [Claim((identifier,), NOT_APPLICABLE, "/") for identifier in ORDER])
    assert (int(card.total), int(card.at_most), card.verdict) == (0, 0, Verdict.FAIL)
    assert {reasons.answer(line) for line in card.lines} == {"不涉及"}


WHY = [
    ("2.2.3", Answer(AnswerKind.VALUE, Decimal(7)), "7", "填 7 项，每项 1 分，最高 5 分 → 5 分（自评打分表!G14）"),
    ("5.2.2", Answer(AnswerKind.VALUE, Decimal(1)), "1", "填 1 次，每次 2 分，最高 4 分 → 2 分（自评打分表!G14）"),
    ("1.1.1", Answer(AnswerKind.VALUE, Decimal(0)), "否", "填“否” → 0 分（自评打分表!G14）"),
    ("1.1.1", NOT_APPLICABLE, "/", "填“不涉及”，本标准不设不涉及 → 0 分（自评打分表!G14）"),
    ("1.1.1", Answer(AnswerKind.BLANK), None, "未填报 → 0 分（自评打分表!G14）"),
    ("1.1.1", UNREADABLE, "差不多", "“差不多”无法采信，更正后最多 9 分 → 0 分（自评打分表!G14）"),
]


@pytest.mark.parametrize(("identifier", "answer", "written", "why"), WHY)
def test_every_point_has_its_reason(identifier: str, answer: Answer, written: str | None, why: str) -> None:
    card = score(RUBRIC, [Claim((identifier,), answer, written, "自评打分表", "G14")])
    assert next(reasons.why(line) for line in card.lines if line.id == identifier) == why


def test_a_claim_for_several_criteria_is_one_line_with_the_points_of_all() -> None:
    together = ("2.1.1", "2.1.2", "2.1.3", "2.1.4")
    card = score(RUBRIC, [Claim(together, Answer(AnswerKind.SCORE, Decimal("3")))])
    (item,) = (item for unit in card.units for item in unit.items if item.item.id == "2.1")
    assert [(line.id, str(line.score), str(line.points)) for line in item.lines] == [("+".join(together), "3", "5")]
    assert (int(card.total), len(card.lines)) == (3, 39)


def small(*changes: tuple[str, str]) -> list[Fraction]:
    """Totals of a small standard for one, two and three of what it counts."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    return [score(rubric, [Claim(("1.1.2",), Answer(AnswerKind.VALUE, Decimal(n)))]).shown for n in (1, 2, 3)]


def test_tenths_and_hundredths_add_up_exactly() -> None:
    assert small(("each: 1", "each: 0.1")) == [Fraction(1, 10), Fraction(2, 10), Fraction(3, 10)]
    assert small(("each: 1", "each: 0.35")) == [Fraction(35, 100), Fraction(70, 100), Fraction(105, 100)]
    assert small(("each: 1", "each: 2")) == [2, 3, 3]


def test_a_half_point_below_the_mark_is_below_it() -> None:
    text = SMALL.replace("each: 1", "each: 0.5").replace("pass_mark: 8", "pass_mark: 8.5")
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    done = [Claim((identifier,), Answer(AnswerKind.VALUE, Decimal(1))) for identifier in ("1.1.1", "2.1.1")]
    cards = [score(rubric, [*done, Claim(("1.1.2",), Answer(AnswerKind.VALUE, Decimal(n)))]) for n in (2, 3)]
    assert [(card.total, card.verdict) for card in cards] == [(8, Verdict.FAIL), (Decimal("8.5"), Verdict.PASS)]


def test_the_hand_made_table_is_the_programs() -> None:
    assert all(worth(identifier, FULL[identifier]) == NAMES[identifier].points for identifier in ORDER)
