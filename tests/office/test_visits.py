"""Who is visited for certain and why, and among whom the others are drawn."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

import msgspec
import pytest

from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.assessment import Result
from jieyue_cli.office.certainty import Certainty
from jieyue_cli.office.sampling import Size
from jieyue_cli.office.visits import How
from jieyue_cli.problems import Code
from jieyue_cli.text.numbers import plain
from office.planning import WHOLE, named, planned, recorded_by, results_of, why
from published import ORDER, YES_NO
from returns import Answers, returned
from scoring.standards import Data, criterion, item, standard, unit

A, B, C, D = "示例市财政局", "示例市教育局", "示例市水务局", "示例市人民法院"
NO: Answers = {"1.1.1": "否"}
"""91 points."""


def less(points: int) -> Answers:
    """A form of 100 − ``points``."""
    made: dict[str, str] = {}
    for identifier in sorted(YES_NO, key=lambda one: -YES_NO[one]):
        if YES_NO[identifier] <= points:
            made[identifier] = "否"
            points -= YES_NO[identifier]
    assert not points
    return made


def form(points: int, name: str = A, year: int = 2021, findings: Answers | None = None) -> bytes:
    """A form that claims so many points."""
    return returned(name, less(100 - points), findings, year=year)


@pytest.mark.parametrize(
    ("points", "reasons"),
    [
        (78, []),
        (79, ["自评 79 分，与达标线 80 分相差不超过 1 分"]),
        (80, ["自评 80 分，与达标线 80 分相差不超过 1 分"]),
        (81, ["自评 81 分，与达标线 80 分相差不超过 1 分"]),
        (82, []),
        (99, []),
        (100, ["42 条自评全部得满分"]),
    ],
)
def test_near_the_mark_and_everything_at_maximum(points: int, reasons: list[str]) -> None:
    assert why(planned(results_of({"a.xlsx": form(points)}), named(A))) == {A: reasons}


@pytest.mark.parametrize(
    ("more", "rule", "step"),
    [
        ({}, {}, "0.5"),
        ({"scale": {"points": "100", "decimals": "2"}}, {}, "0.17"),  # 0.5 of 300 points are 0.16… of 100
        ({"scale": {"points": "100", "decimals": "0"}}, {}, "1"),
        ({"scale": {"points": "900", "decimals": "2"}}, {}, "1.5"),
        ({"scale": {"points": "100", "decimals": "2"}}, {"rule": {"kind": "completion_rate"}}, "1"),
    ],
)
def test_near_is_a_step_between_totals(more: Data, rule: Data, step: str) -> None:
    parts = unit("1", item("A", criterion("A1", "299.5", **rule), criterion("A2", "0.5")))
    certainty = Certainty(standard(parts, passing="80", **more), [])
    full = Fraction(str(more.get("scale", {}).get("points", 300)))
    assert (plain(certainty.step), certainty.jump) == (step, full / 10)


@pytest.mark.parametrize(("rises", "jumps"), [((12, 12, 11, 9), 2), ((15, 12, 12, 9), 3), ((9, 9, 9, 9), 0)])
def test_a_jump_is_among_the_largest_and_a_tenth_of_all_points(rises: tuple[int, ...], jumps: int) -> None:
    names = [f"示例市{number}局" for number in range(1, 23)]
    forms = {}
    for name, rise in zip_longest(names, rises, fillvalue=-1):
        forms[f"2020/{name}.xlsx"] = form(84, str(name), 2020)
        forms[f"2021/{name}.xlsx"] = form(84 + int(rise), str(name))
    plan = planned(results_of(forms), named(*names))
    # a twentieth of 22, rounded up, are two, and whoever rose as much as the second
    assert {name for name, reasons in why(plan).items() if reasons} == set(names[:jumps])
    told = f"自评 {84 + rises[0]} 分，比 2020 年自评的 84 分高 {rises[0]} 分，涨幅居前"
    assert why(plan)[names[0]] == ([told] if jumps else [])


def test_a_rise_of_less_than_a_tenth_is_no_jump_however_few_there_are() -> None:
    forms = {"2020/a.xlsx": form(86, year=2020), "2021/a.xlsx": form(95)}
    assert why(planned(results_of(forms), named(A))) == {A: []}


def test_over_claims_of_earlier_years_and_of_a_verification_that_has_begun() -> None:
    blank: dict[str, str | int | None] = dict.fromkeys(ORDER)
    forms = {
        "2020/a.xlsx": form(95, A, 2020, less(8)),
        "2021/a.xlsx": form(95, A),
        "2020/b.xlsx": form(95, B, 2020, less(5)),
        "2021/b.xlsx": returned(
            B, NO, {**blank, "1.1.1": "否", "2.1.1": "否", "2.1.2": "大概", "2.2.3": 1, "3.1.1": "是"}, year=2021
        ),
    }
    assert why(planned(results_of(forms), named(A, B))) == {
        A: ["2020 年自评 95 分，核查为 92 分，多报 3 分"],
        B: ["已核查的条目中有 2 条低于自评（2.1.1、2.2.3）"],
    }


def test_an_over_claim_is_remembered_until_the_next_verification() -> None:
    forms = {
        "2020/a.xlsx": form(95, A, 2020, less(8)),
        "2021/a.xlsx": form(92, A, 2021),
        "2022/a.xlsx": form(92, A, 2022),
    }
    assert why(planned(results_of(forms), named(A))) == {A: ["2020 年自评 95 分，核查为 92 分，多报 3 分"]}
    forms["2021/a.xlsx"] = form(92, A, 2021, less(8))
    assert why(planned(results_of(forms), named(A))) == {A: []}


def test_claims_without_evidence() -> None:
    bare: dict[str, str | None] = dict.fromkeys(["2.1.1", "2.1.2", "1.1.1"])
    lacking = returned(A, NO, year=2021, cited=bare)
    (result,) = results_of({"a.xlsx": lacking})
    assert why(planned([result], named(A))) == {A: ["自评得分的条目中有 2 条没有写佐证材料（2.1.1、2.1.2）"]}


def test_stated_points_that_are_not_what_the_answers_bring() -> None:
    (result,) = results_of({"a.xlsx": form(91)})
    stated = {"what": "总分", "stored": "99", "computed": "91"}
    problems = (Code.TOTAL_DISAGREES.at(**stated), Code.GRADE_DISAGREES.at(seen="优秀", total="91", verdict="达标"))
    wrong = msgspec.structs.replace(result, problems=problems)
    assert why(planned([wrong], named(A))) == {A: ["表中写的分数或结论与填报内容不符（2 处）"]}


def test_forms_that_contradict_each_other_are_visited_though_none_counts() -> None:
    forms = {"a.xlsx": form(90), "b.xlsx": form(95), "c.xlsx": form(91, B)}
    assert why(planned(results_of(forms), named(A, B))) == {A: ["交来的几份表互相矛盾，都没有计入"], B: []}


def test_first_timers_where_earlier_years_are_known() -> None:
    known = {"2020/a.xlsx": form(90, A, 2020), "2021/a.xlsx": form(91, A), "2021/b.xlsx": form(91, B)}
    assert why(planned(results_of(known), named(A, B, C))) == {
        A: [],
        B: ["首次参评：往年没有计入的表，也没有认定过"],
    }
    assert why(planned(results_of({"2021/b.xlsx": form(91, B)}), named(A, B, C))) == {B: []}


def test_withdrawn_before() -> None:
    forms = {
        "2019/a.xlsx": form(90, A, 2020, less(10)),
        "2021/a.xlsx": form(90, A, 2021, less(30)),
        "2022/a.xlsx": form(91, A, 2022),
    }
    assert why(planned(results_of(forms), named(A), year=2022)) == {
        A: [
            "自评 91 分，比 2021 年核查的 70 分高 21 分，涨幅居前",
            "2021 年自评 90 分，核查为 70 分，多报 20 分",
            "2020 年认定，2021 年核查未达标，曾被撤销",
        ]
    }


def test_only_forms_that_count_and_are_not_checked_are_visited() -> None:
    forms = {
        "checked.xlsx": form(90, A, 2021, less(10)),
        "open.xlsx": form(90, B),
        "unlisted.xlsx": form(90, "示例市文物局"),
        "undetermined.xlsx": returned(C, {**less(20), "2.2.3": "多次"}, year=2021),
    }
    plan = planned(results_of(forms), named(A, B, C, D))
    assert list(why(plan)) == [B]
    assert [(row.population, row.certain, row.frame, row.drawn) for row in plan.strata] == [(1, 0, 1, 1)]


def everybody() -> tuple[list[Result], Roster]:
    """Thirty agencies of three categories; every tenth one is certain."""
    categories = ("行政机关", "审判机关", None)
    entries = [RosterEntry(f"示例市{number}局", categories[number % 3]) for number in range(30)]
    forms = {f"{entry.name}.xlsx": form(80 if at % 10 == 0 else 90, entry.name) for at, entry in enumerate(entries)}
    results = [uncategorised(result) for result in results_of(forms)]
    return results, Roster(tuple(entries))


def uncategorised(result: Result) -> Result:
    """The form without its own category, so that the roster's decides."""
    submission = result.submission
    assert submission is not None
    agency = msgspec.structs.replace(submission.agency, category=None)
    return msgspec.structs.replace(result, submission=msgspec.structs.replace(submission, agency=agency))


def test_the_random_part_is_drawn_per_category_among_those_that_are_not_certain() -> None:
    results, roster = everybody()
    plan = planned(results, roster, size=Size(number=6))
    assert [msgspec.structs.astuple(row) for row in plan.strata] == [
        ("行政机关", 10, 1, 9, 2),
        ("审判机关", 10, 1, 9, 2),
        (None, 10, 1, 9, 2),
    ]
    certain = {visit.candidate.name for visit in plan.visits if visit.how is How.CERTAIN}
    drawn = [visit.drawn for visit in plan.visits if visit.drawn]
    assert certain == {"示例市0局", "示例市10局", "示例市20局"}
    assert [one.rank for one in drawn] == [1, 2, 1, 2, 1, 2]
    assert certain.isdisjoint(one.name for one in plan.frame)
    assert len(plan.frame) + len(certain) == 30


def test_the_order_of_the_files_decides_nothing() -> None:
    results, roster = everybody()
    plan = planned(results, roster, size=Size())
    for seed in range(3):
        shuffled = list(results)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 -- a test
        again = planned(shuffled, roster, size=Size())
        assert (again.frame, again.strata, why(again), again.notes) == (plan.frame, plan.strata, why(plan), plan.notes)


def test_an_agency_more_in_the_roster_changes_only_itself() -> None:
    results, roster = everybody()
    size = Size(share=Fraction(1, 3))
    before = {visit.candidate.name for visit in planned(results, roster, size=size).visits}
    more = replace(roster, entries=(*roster.entries, RosterEntry("示例市新局", "行政机关")))
    results += [uncategorised(result) for result in results_of({"新.xlsx": form(90, "示例市新局")})]
    after = {visit.candidate.name for visit in planned(results, more, size=size).visits}
    assert before - after == set()  # a third of nine, and of ten, rounded up
    assert len(after - before) == 1


def test_a_recheck_draws_among_those_recognised_before() -> None:
    forms = {
        "2020/a.xlsx": form(90, A, 2020, less(10)),  # recognised as claimed
        "2020/b.xlsx": form(95, B, 2020, less(19)),  # near the mark
        "2020/c.xlsx": form(90, C, 2020, less(30)),  # failed
        "2020/d.xlsx": form(90, D, 2020, less(10)),  # recognised, and found again in 2021
        "2021/d.xlsx": form(90, D, 2021, less(10)),
    }
    plan = planned(results_of(forms), named(A, B, C, D), year=2021, recheck=True)
    assert why(plan) == {
        B: ["2020 年认定时核查 81 分，与达标线 80 分相差不超过 1 分"],
        A: [],
    }
    assert planned(results_of(forms), named(A, B, C, D), year=2020, recheck=True).visits == ()


def test_the_ledger_says_of_earlier_years_what_their_folders_say() -> None:
    roster = named(A, B, C, D)
    old = results_of(
        {
            "2020/a.xlsx": form(95, A, 2020, less(19)),
            "2020/b.xlsx": form(70, B, 2020),
            "2020/c.xlsx": form(90, C, 2020, less(30)),
        }
    )
    new = results_of({f"2021/{at}.xlsx": form(90, name) for at, name in enumerate((A, B, C, D))})
    ledger = recorded_by(old, roster, 2020)
    for recheck in (False, True):
        folders = planned([*old, *new], roster, recheck=recheck, year=2021)
        assert why(planned(new, roster, ledger=ledger, recheck=recheck)) == why(folders)
        assert why(planned([*old, *new], roster, ledger=ledger, recheck=recheck)) == why(folders)
        assert any(why(folders).values())


def test_more_than_there_are_takes_all() -> None:
    results, roster = everybody()
    assert len(planned(results, roster, size=WHOLE).visits) == 30
