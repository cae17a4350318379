"""Advice: the fewest criteria that reach the mark, what each brings, and where that leads."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import RUBRIC, claims
from jieyue_cli.scoring.advice import Advice, AdviceStep, advise
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import UNREADABLE, Answer, AnswerKind, Claim
from published import COUNTED, ORDER, PASS_MARK, YES_NO, Meant, full, worth

MEANT: dict[str, st.SearchStrategy[Meant]] = {
    identifier: st.none() | (st.booleans() if identifier in YES_NO else st.integers(0, 9)) for identifier in ORDER
}
FORMS = st.fixed_dictionaries(MEANT)
FULL: dict[str, Meant] = dict.fromkeys(YES_NO, True) | dict.fromkeys(COUNTED, 7)


def advice(meant: Mapping[str, Meant]) -> Advice | None:
    return advise(score(RUBRIC, claims(meant)))


def shown(steps: tuple[AdviceStep, ...]) -> list[tuple[str, int, str, int]]:
    return [(step.line.id, int(step.gain), step.how, int(step.reaches)) for step in steps]


def test_none_where_the_mark_is_reached() -> None:
    assert advice(FULL) is None
    assert advice(FULL | dict.fromkeys(("1.1.1", "2.2.3", "2.2.1", "2.1.2", "2.1.1", "2.1.3"), None)) is None


def test_a_form_one_short_of_the_mark() -> None:
    found = advice(
        FULL | {"1.1.1": False, "2.2.3": 3, "5.1.1": 1, "2.2.4": None, "3.2.1": False, "5.2.2": 0, "5.1.3": 1}
    )
    assert found is not None
    assert (int(found.gap), shown(found.enough), shown(found.others)) == (
        4,
        [("1.1.1", 9, "做到即得", 85)],
        [
            ("5.2.2", 4, "再增加 2 次", 89),
            ("2.2.4", 3, "做到即得", 92),
            ("3.2.1", 3, "做到即得", 95),
            ("2.2.3", 2, "再增加 2 项", 97),
            ("5.1.1", 2, "再增加 1 项", 99),
            ("5.1.3", 1, "再增加 1 次", 100),
        ],
    )


def test_an_empty_form_needs_twenty_nine_criteria() -> None:
    found = advice({})
    assert found is not None
    assert int(found.gap) == PASS_MARK
    worths = sorted((int(full(identifier)) for identifier in ORDER), reverse=True)
    fewest = next(n for n in itertools.count() if sum(worths[:n]) >= PASS_MARK)
    assert [int(step.gain) for step in (*found.enough, *found.others)] == worths
    assert len(found.enough) == fewest == 29
    assert found.others[-1].reaches == 100


def test_what_cannot_be_read_is_mended_before_it_is_done() -> None:
    card = score(RUBRIC, [*claims(FULL | dict.fromkeys(("2.2.3", "2.1.2", "2.2.1", "3.1.1", "3.1.2"), None))])
    assert advise(card) is None
    damaged = ("1.1.1", "2.2.3")
    read = list(claims(FULL | dict.fromkeys(("2.1.2", "2.2.1", "3.1.1", "3.1.2"), None)))
    read = [each for each in read if each.criteria[0] not in damaged]
    card = score(RUBRIC, [*read, *(Claim((identifier,), UNREADABLE, "？") for identifier in damaged)])
    found = advise(card)
    assert found is not None
    assert (int(found.gap), shown(found.enough)) == (2, [("1.1.1", 9, "更正填写", 87)])


def test_points_written_by_hand_are_made_up() -> None:
    card = score(RUBRIC, [Claim(("2.1.1", "2.1.2", "2.1.3", "2.1.4"), Answer(AnswerKind.SCORE, Decimal(3)))])
    found = advise(card)
    assert found is not None
    steps = {step.line.id: (int(step.gain), step.how) for step in (*found.enough, *found.others)}
    assert steps["2.1.1+2.1.2+2.1.3+2.1.4"] == (2, "补足未得的分")


@given(FORMS)
def test_no_smaller_number_of_criteria_would_do(meant: dict[str, Meant]) -> None:
    total = sum((worth(identifier, said) for identifier, said in meant.items()), Fraction(0))
    found = advice(meant)
    assert (found is None) == (total >= PASS_MARK)
    if found is None:
        return
    open_points = {
        identifier: full(identifier) - worth(identifier, said)
        for identifier, said in meant.items()
        if worth(identifier, said) < full(identifier)
    }
    steps = (*found.enough, *found.others)
    assert {step.line.id: step.gain for step in steps} == open_points
    assert found.gap == PASS_MARK - total
    assert [step.reaches for step in steps] == list(itertools.accumulate((step.gain for step in steps), initial=total))[
        1:
    ]
    dearest = sorted(open_points.values(), reverse=True)
    assert [step.gain for step in steps] == dearest
    assert sum(dearest[: len(found.enough) - 1]) < found.gap <= sum(dearest[: len(found.enough)])


@given(FORMS)
def test_following_the_advice_passes(meant: dict[str, Meant]) -> None:
    found = advice(meant)
    if found is not None:
        done: dict[str, Meant] = {
            step.line.id: True if step.line.id in YES_NO else int(meant[step.line.id] or 0) + _more(step.how)
            for step in found.enough
        }
        after = advice(meant | done)
        assert after is None
        assert score(RUBRIC, claims(meant | done)).total == found.enough[-1].reaches


def _more(how: str) -> int:
    return int(how.removeprefix("再增加 ").split(" ")[0])


@pytest.mark.parametrize(("count", "how"), [(None, "再增加 5 项"), (0, "再增加 5 项"), (4, "再增加 1 项")])
def test_how_many_more(count: int | None, how: str) -> None:
    found = advice({"2.2.3": count})
    assert found is not None
    assert next(step.how for step in (*found.enough, *found.others) if step.line.id == "2.2.3") == how
