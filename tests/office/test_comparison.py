"""Comparing: what changed adds up, the other way round it is the same with signs turned, and A with A is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.test_progress import Form, numbered, roster
from forms import RUBRIC, claims
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.standings import State
from jieyue_cli.assessment import Result
from jieyue_cli.office.comparison import (
    Comparison,
    Kind,
    LineChange,
    Member,
    Side,
    accumulated,
    compare,
    line_changes,
    of_run,
    of_year,
)
from jieyue_cli.office.ledger.reading import EMPTY
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import UNVERIFIED, Agency, Statement, Submission
from office.ledger.recorded import account, recorded
from published import ORDER, YES_NO, Meant
from scoring.standards import Said, criterion, item, standard, unit
from scoring.standards import claims as small_claims

MEANT: dict[str, st.SearchStrategy[Meant]] = {
    identifier: st.none() | (st.booleans() if identifier in YES_NO else st.integers(0, 9)) for identifier in ORDER
}
FORMS = st.fixed_dictionaries(MEANT)
FEWER = settings(max_examples=40, deadline=None)
A, B, C, D = numbered(4)


def result(meant: Mapping[str, Meant], found: Mapping[str, Meant] | None = None) -> Result:
    submission = Submission(Agency(A, None, 2020), Statement(()), None, UNVERIFIED)
    verified = score(RUBRIC, claims(found)) if found is not None else None
    return Result("甲.xlsx", None, submission, score(RUBRIC, claims(meant)), verified, ())


def turned(change: LineChange) -> LineChange:
    return LineChange(change.criterion, change.side, change.after, change.before)


@FEWER
@given(FORMS, FORMS, st.none() | FORMS, FORMS)
def test_the_lines_of_two_forms_make_the_difference_of_their_totals(
    first: Mapping[str, Meant],
    second: Mapping[str, Meant],
    found: Mapping[str, Meant] | None,
    other: Mapping[str, Meant],
) -> None:
    before, after = result(first, found), result(second, other)
    changes = list(line_changes(before, after))
    assert before.self is not None
    assert after.self is not None
    own = sum(change.difference for change in changes if change.side == "self")
    assert own == after.self.total - before.self.total
    if before.verified and after.verified:
        checked = sum(change.difference for change in changes if change.side == "verified")
        assert checked == after.verified.total - before.verified.total
    assert list(map(turned, changes)) == list(line_changes(after, before))
    assert [change.difference for change in changes] == [-turned(change).difference for change in changes]
    assert list(line_changes(before, result(first, found))) == []


OLD = standard(
    unit("1", item("A", criterion("A1", "4"), criterion("A2", "3")), item("B", criterion("B1", "3"))), passing="5"
)
NEW_STANDARD = standard(
    unit("1", item("A", criterion("A1", "5"), criterion("A3", "3"))),
    passing="5",
    version="2",
    gates=[{"id": "G", "text": "完成目标"}],
)


def small(rubric: Rubric, said: Said) -> Result:
    submission = Submission(Agency(A, None, 2030), Statement(()), None, UNVERIFIED)
    return Result("甲.xlsx", None, submission, score(rubric, small_claims(said)), None, ())


def test_an_old_form_under_a_new_standard_is_matched_by_number() -> None:
    before, after = small(OLD, {"A1": "1", "A2": "1", "B1": "0"}), small(NEW_STANDARD, {"A1": "1", "G": "1"})
    told = [
        (change.criterion, change.before is not None, change.after is not None, int(change.difference))
        for change in line_changes(before, after)
    ]
    assert told == [
        ("G", False, True, 0),
        ("A1", True, True, 1),
        ("A3", False, True, 0),
        ("A2", True, False, -3),
        ("B1", True, False, 0),
    ]


TOTALS = st.none() | st.integers(0, 100).map(Fraction)
LOSSES = st.none() | st.dictionaries(
    st.sampled_from(["2.2.1", "2.2.10", "2.2.9", "1.1.1+2.1.1"]), st.integers(1, 9).map(Fraction)
)


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """A folder with some of four agencies in any state, all with the losses that make their totals."""
    members = []
    for name in draw(st.lists(st.sampled_from([A, B, C, D]), unique=True)):
        lost = draw(LOSSES)
        total = draw(TOTALS) if lost is None else 100 - sum(lost.values(), Fraction(0))
        members.append(Member(name, draw(st.sampled_from(State)), total, lost))
    return Side("甲", draw(st.sampled_from([2020, 2021, None])), RUBRIC.mark, tuple(ORDER), 4, tuple(members))


MIRRORED = {Kind.RECOGNISED: Kind.UNRECOGNISED, Kind.UP: Kind.DOWN, Kind.NEW: Kind.GONE, Kind.SCORED: Kind.UNSCORED}
MIRRORED |= {other: kind for kind, other in MIRRORED.items()}


def facts(found: Comparison, *, back: bool = False) -> tuple[object, ...]:
    """Everything that is found; ``back`` turns it round."""
    turn = slice(None, None, -1 if back else 1)
    sign = -1 if back else 1
    changes = sorted(
        (
            change.name,
            MIRRORED.get(change.kind, change.kind).value if back else change.kind.value,
            (change.before, change.after)[turn],
            change.difference and sign * change.difference,
        )
        for change in found.changes
    )
    shifts = [
        (shift.criterion, (shift.before, shift.after)[turn], (shift.rose, shift.fell)[turn]) for shift in found.shifts
    ]
    return changes, shifts, found.pairs, found.same


@FEWER
@given(sides(), sides())
def test_the_other_way_round_it_is_the_same_with_signs_turned(first: Side, second: Side) -> None:
    there, back = accumulated(first, second), accumulated(second, first)
    assert there == back[::-1]
    assert facts(compare(*there)) == facts(compare(*back), back=True)


@given(sides())
def test_a_side_does_not_differ_from_itself(side: Side) -> None:
    found = compare(*accumulated(side, side))
    assert found.same
    assert {change.kind for change in found.changes} <= {Kind.SAME}


@given(sides(), sides())
def test_the_criteria_make_the_difference_of_the_totals(first: Side, second: Side) -> None:
    found = compare(first, second)
    counting = [
        change.difference
        for change in found.changes
        if change.before and change.after and change.before.lost is not None and change.after.lost is not None
    ]
    assert len(counting) == found.pairs
    lost = [(shift.before or 0) - (shift.after or 0) for shift in found.shifts]
    assert sum(lost) == sum(difference or 0 for difference in counting)
    assert sum(found.counts.values()) == len({*(member.name for side in (first, second) for member in side.members)})


STATES = [None, "达标", "未达标", "核查未完", "待更正"]
YEAR_FORMS = st.lists(
    st.tuples(st.sampled_from([A, B, C, D]), st.sampled_from(STATES[1:]), st.sampled_from(STATES)),
    unique_by=lambda form: form[0],
)


@given(YEAR_FORMS, YEAR_FORMS)
def test_a_later_folder_stands_where_both_together_would(
    first: list[tuple[str, str, str | None]], second: list[tuple[str, str, str | None]]
) -> None:
    old, new = (
        [Form(name, year, own, found) for name, own, found in forms] for year, forms in ((2020, first), (2021, second))
    )
    listed = roster(A, B, C, D)
    one, other = (
        of_run(str(year), RUBRIC, account(forms, listed, year), [form.result(at) for at, form in enumerate(forms)])
        for year, forms in ((2020, old), (2021, new))
    )
    together = account([*old, *new], listed, 2021)
    _, later = accumulated(one, other)
    assert [member.state for member in later.members] == [standing.state for standing in together.standings]


def sided(*members: Member) -> Side:
    return Side("甲", 2020, RUBRIC.mark, tuple(ORDER), len(members), members)


def at(name: str, total: int | None = None, state: State = State.SELF_FAIL) -> Member:
    return Member(name, state, None if total is None else Fraction(total), {} if total is not None else None)


PAIRS: list[tuple[str, list[Member], list[Member], dict[str, Kind]]] = [
    ("up and down", [at(A, 70), at(B, 70)], [at(A, 71), at(B, 69)], {A: Kind.UP, B: Kind.DOWN}),
    (
        "recognition goes before points",
        [at(A, 90, State.SELF_PASS), at(B, 90, State.RECOGNISED)],
        [at(A, 80, State.RECOGNISED), at(B, 95, State.FAILED)],
        {A: Kind.RECOGNISED, B: Kind.UNRECOGNISED},
    ),
    ("here and there", [at(A, 70)], [at(B, 70)], {B: Kind.NEW, A: Kind.GONE}),
    ("handed in", [at(A, None, State.MISSING)], [at(A, 70)], {A: Kind.SCORED}),
    ("a renamed agency is the same one", [at(f"{A}（旧）", 70)], [at(A, 70)], {f"{A}（原{A}（旧））": Kind.SAME}),
    (
        "two that became one: its own past is its own, the other is gone",
        [at(A, 70), at(f"{A}（旧）", 80)],
        [at(A, 75)],
        {A: Kind.UP, f"{A}（旧）": Kind.GONE},
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), [pytest.param(*case[1:], id=case[0]) for case in PAIRS])
def test_what_became_of_each(before: list[Member], after: list[Member], expected: dict[str, Kind]) -> None:
    listed = Roster((RosterEntry(A, None, aliases=(f"{A}（旧）",)), RosterEntry(B, None)))
    owners = listed.owners
    found = compare(sided(*before), sided(*after), lambda same: owners.get(same, same))
    assert {change.name: change.kind for change in found.changes} == expected


def test_recorded_years_are_what_the_runs_were() -> None:
    listed = roster(A, B, C, D)
    years = {
        2020: [Form(A, 2020, "达标", "达标"), Form(B, 2020, "未达标"), Form(C, 2020, "达标", "达标")],
        2021: [Form(A, 2021, "达标", "未达标"), Form(B, 2021, "达标", "达标"), Form(D, 2021, "待更正")],
    }
    ledger = EMPTY
    for year, forms in years.items():
        ledger = recorded(ledger, forms, listed, year)
    first, second = (of_year(entry, RUBRIC) for year in years if (entry := ledger.last(year)))
    found = compare(first, second)
    assert {change.name: change.kind for change in found.changes} == {
        A: Kind.UNRECOGNISED,
        B: Kind.RECOGNISED,
        C: Kind.UNSCORED,
        D: Kind.SCORED,
    }
    runs = []
    for year, forms in years.items():
        every = [form for known, forms in years.items() if known <= year for form in forms]
        made = [form.result(number) for number, form in enumerate(every)]
        runs.append(of_run("甲", RUBRIC, account(every, listed, year), made))
    assert facts(compare(runs[0], runs[1])) == facts(found)
    assert [side.recognised for side in runs] == [found.before.recognised, found.after.recognised] == [2, 2]
