"""Progress: who counts, against which denominator, toward which target; exact, and whatever the order of the files."""

# ruff: noqa: E501 -- messages are compared whole, each in one piece

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import RUBRIC, claims
from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.progress import Denominator, Lost, Progress
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.several import Duplicate
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import UNREADABLE, Agency, Claim, Statement, Submission, Verification
from published import COUNTED, YES_NO, Meant

FULL: dict[str, Meant] = dict.fromkeys(YES_NO, True) | dict.fromkeys(COUNTED, 7)
CARDS: dict[str, Scorecard] = {
    "达标": score(RUBRIC, claims(FULL)),
    "未达标": score(RUBRIC, claims(dict.fromkeys(YES_NO, False) | dict.fromkeys(COUNTED, 0))),
    "核查未完": score(RUBRIC, claims(dict.fromkeys(FULL, None) | {"1.1.1": True, "2.1.1": False})),
    "待更正": score(RUBRIC, [Claim((identifier,), UNREADABLE, "？") for identifier in FULL]),
}


VERIFICATIONS = {name: Verification.judged(2 if name == "核查未完" else 42, 42) for name in CARDS} | {
    None: Verification.judged(0, 42)
}
"""How far the office is, by the name of its card; 核查未完 has two findings."""


@dataclass(frozen=True)
class Form:
    """One form that was handed in."""

    name: str | None
    year: int | None
    claimed: str = "达标"
    verified: str | None = None
    file: str = ""
    content: str = ""
    """Equal contents are copies of one file; blank: a content of its own."""

    def result(self, number: int) -> Result:
        """Return it as assessed."""
        file = self.file or f"{number:03}.xlsx"
        return Result(
            file=file,
            sha256=hashlib.sha256((self.content or file).encode()).hexdigest(),
            submission=Submission(
                Agency(self.name, None, self.year), Statement(()), None, VERIFICATIONS[self.verified]
            ),
            self=CARDS[self.claimed],
            verified=CARDS[self.verified] if self.verified else None,
            problems=(),
        )


def roster(*names: str) -> Roster:
    return Roster(tuple(RosterEntry(name, None) for name in names))


def numbered(count: int) -> list[str]:
    return [f"示例市{number}局" for number in range(1, count + 1)]


def progress(
    forms: Iterable[Form], listed: Roster | None = None, agencies: int | None = None, year: int | None = None
) -> tuple[Progress, list[str]]:
    tally = Tally()
    for number, form in enumerate(forms, 1):
        tally.add(form.result(number))
    account = account_of(RUBRIC, tally, listed, agencies, year)
    return account.progress, [
        f"{problem.code.slug} {problem.location} {problem.message}" for problem in account.problems
    ]


def figures(table: Progress) -> tuple[int, int, int | None, int | None, int | None]:
    """Recognised, self-assessed, required, missing to the target, and so if the self-assessed are confirmed."""
    return table.recognised, table.self_assessed, table.required, table.gap, table.gap_if_confirmed


REQUIRED = [
    (61, 2020, 16),
    (61, 2021, 31),
    (61, 2022, 43),
    (60, 2020, 15),
    (1, 2020, 1),
    (4, 2020, 1),
    (5, 2020, 2),
    (10, 2022, 7),
    (100, 2022, 70),
    (101, 2022, 71),
    (0, 2020, 0),
    (61, 2023, 43),
    (61, 2030, 43),
]


@pytest.mark.parametrize(("agencies", "year", "required"), REQUIRED)
def test_the_target_asks_for_the_next_whole_agency(agencies: int, year: int, required: int) -> None:
    table, problems = progress([], roster(*numbered(agencies)), None, year)
    assert (table.agencies, table.required, table.gap, problems) == (agencies, required, required, [])


def test_before_the_first_target_nothing_is_asked_for() -> None:
    table, _ = progress([Form("示例市甲局", 2019, "达标", "达标")], roster("示例市甲局"), None, 2019)
    assert (table.target_rate, table.required, table.gap, table.gap_if_confirmed) == (None, None, None, None)
    assert (table.recognised, table.rate) == (1, Fraction(1))


def test_after_the_last_target_it_stays() -> None:
    assert [
        progress([], roster(*numbered(10)), None, year)[0].target_rate for year in (2020, 2021, 2022, 2023, 2050)
    ] == [
        Fraction(1, 4),
        Fraction(1, 2),
        Fraction(7, 10),
        Fraction(7, 10),
        Fraction(7, 10),
    ]


def test_the_rate_is_exact() -> None:
    table, _ = progress([Form("示例市1局", 2020, "达标", "达标")], roster(*numbered(3)))
    assert table.rate == Fraction(1, 3)
    assert progress([])[0].rate is None


@dataclass(frozen=True)
class Case:
    """Forms, the year that is counted, and what the table must say of ten agencies."""

    forms: Sequence[Form]
    year: int
    figures: tuple[int, int, int | None, int | None, int | None]
    missing: int
    withdrawn: tuple[str, ...] = ()


A, B, C = "示例市1局", "示例市2局", "示例市3局"
CASES = {
    "nobody": Case([], 2020, (0, 0, 3, 3, 3), 10),
    "own score only": Case([Form(A, 2020)], 2020, (0, 1, 3, 3, 2), 9),
    "verified": Case([Form(A, 2020, "达标", "达标")], 2020, (1, 0, 3, 2, 2), 9),
    "verified against its own score": Case([Form(A, 2020, "未达标", "达标")], 2020, (1, 0, 3, 2, 2), 9),
    "not confirmed": Case([Form(A, 2020, "达标", "未达标")], 2020, (0, 0, 3, 3, 3), 9),
    "to be mended": Case([Form(A, 2020, "待更正")], 2020, (0, 0, 3, 3, 3), 9),
    "finding to be mended": Case([Form(A, 2020, "达标", "待更正")], 2020, (0, 0, 3, 3, 3), 9),
    "all three kinds": Case(
        [Form(A, 2020, "达标", "达标"), Form(B, 2020), Form(C, 2020, "未达标")], 2020, (1, 1, 3, 2, 1), 7
    ),
    "earlier years count": Case(
        [Form(A, 2020, "达标", "达标"), Form(B, 2021, "达标", "达标")], 2021, (2, 0, 5, 3, 3), 8
    ),
    "recognised before, hands in again": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标")], 2021, (1, 0, 5, 4, 4), 9
    ),
    "a poor self-assessment takes nothing away": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "未达标")], 2021, (1, 0, 5, 4, 4), 9
    ),
    "withdrawn": Case([Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "未达标")], 2021, (0, 0, 5, 5, 5), 9, (A,)),
    "withdrawn, seen from the year before": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "未达标")], 2020, (1, 0, 3, 2, 2), 9
    ),
    "withdrawn and won back": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "未达标"), Form(A, 2022, "达标", "达标")],
        2022,
        (1, 0, 7, 6, 6),
        9,
    ),
    "withdrawn, then not handed in": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "未达标")], 2022, (0, 0, 7, 7, 7), 9, (A,)
    ),
    "withdrawn, then only claimed": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "未达标"), Form(A, 2022)],
        2022,
        (0, 1, 7, 7, 6),
        9,
    ),
    "a finding to be mended takes nothing away": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "待更正")], 2021, (1, 0, 5, 4, 4), 9
    ),
    "a verification that is only begun decides nothing": Case(
        [Form(A, 2020, "达标", "达标"), Form(A, 2021, "达标", "核查未完"), Form(B, 2021, "达标", "核查未完")],
        2021,
        (1, 1, 5, 4, 3),
        8,
    ),
    "failed, then recognised": Case(
        [Form(A, 2020, "达标", "未达标"), Form(A, 2021, "达标", "达标")], 2021, (1, 0, 5, 4, 4), 9
    ),
    "only in an earlier year, and not recognised": Case([Form(A, 2020, "未达标")], 2021, (0, 0, 5, 5, 5), 10),
    "claimed in an earlier year": Case([Form(A, 2020)], 2021, (0, 0, 5, 5, 5), 10),
    "more than asked for": Case([Form(name, 2020, "达标", "达标") for name in numbered(5)], 2020, (5, 0, 3, 0, 0), 5),
    "another spelling of one name": Case(
        [Form("示例市 1局", 2020, "达标", "达标"), Form("示例市１局", 2021)], 2021, (1, 0, 5, 4, 4), 9
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_who_counts(case: Case) -> None:
    for forms in (case.forms, case.forms[::-1]):
        table, problems = progress(forms, roster(*numbered(10)), None, case.year)
        later = [problem for problem in problems if not problem.startswith(("year-", "submission-repeated"))]
        assert (figures(table), len(table.missing), table.withdrawn, later) == (
            case.figures,
            case.missing,
            case.withdrawn,
            [],
        )
        assert (table.agencies, table.denominator, table.year) == (10, Denominator.ROSTER, case.year)


def test_a_later_year_is_told_and_not_counted() -> None:
    table, problems = progress([Form(A, 2020), Form(A, 2022, "达标", "达标")], roster(*numbered(10)), None, 2020)
    assert figures(table) == (0, 1, 3, 3, 2)
    assert problems == ["year-later 002.xlsx 评价年度 2022 晚于统计年度 2020，没有计入进度，请核对年度。"]


def test_without_a_year_the_latest_handed_in_is_meant() -> None:
    assert progress([Form(A, 2021), Form(B, 2020)])[0].year == 2021
    assert progress([])[0].year is None
    assert progress([Form(A, 2020), Form("示例区水务局", 2022)], roster(A))[0].year == 2020


def test_copies_of_one_file_count_once() -> None:
    copies = [Form(A, 2020, content="x", file="甲.xlsx"), Form(A, 2020, content="x", file="乙.xlsx")]
    table, problems = progress(copies, roster(*numbered(10)))
    assert figures(table) == (0, 1, 3, 3, 2)
    assert (table.duplicates, table.handed_in, table.files) == ((), 1, 2)
    assert problems == [
        "submission-copied 甲.xlsx “示例市1局”2020 年的这份表与 乙.xlsx 填报内容相同（文件相同），只计后者；多余的可以删去，没有填的核查表请留着。",
    ]


def test_different_forms_of_one_agency_count_not_at_all() -> None:
    forms = [Form(A, 2020, file="甲.xlsx"), Form("示例市 1局", 2020, "未达标", file="乙.xlsx"), Form(B, 2020)]
    table, problems = progress(forms, roster(*numbered(10)))
    assert figures(table) == (0, 1, 3, 3, 2)
    assert table.duplicates == (Duplicate("示例市 1局", 2020, ("乙.xlsx", "甲.xlsx")),)
    assert (table.handed_in, len(table.missing), table.lost) == (1, 8, ())
    assert problems == [
        "submission-doubled 乙.xlsx “示例市 1局”2020 年交了几份不同的表（另见 甲.xlsx），都没有计入：1.1.1 这份是“否”、另一份是“是”；2.1.1 这份是“否”、另一份是“是”；2.1.2 这份是“否”、另一份是“是”；共 42 条不同，请只保留正确的一份。",
        "submission-doubled 甲.xlsx “示例市1局”2020 年交了几份不同的表（另见 乙.xlsx），都没有计入：1.1.1 这份是“是”、另一份是“否”；2.1.1 这份是“是”、另一份是“否”；2.1.2 这份是“是”、另一份是“否”；共 42 条不同，请只保留正确的一份。",
    ]


def test_very_many_copies_are_each_told_with_the_one_that_counts() -> None:
    table, problems = progress([Form(A, 2020, content="x") for _ in range(3000)], roster(A))
    assert (table.self_assessed, len(problems)) == (1, 2999)
    assert max(map(len, problems)) < 130


def test_two_years_of_one_agency_are_no_duplicates() -> None:
    table, problems = progress([Form(A, 2020, "未达标"), Form(A, 2021)], roster(*numbered(10)))
    assert (table.duplicates, [problem.split()[0] for problem in problems]) == ((), ["year-earlier"])


def test_doubled_forms_of_this_year_leave_an_earlier_recognition_alone() -> None:
    forms = [Form(A, 2020, "达标", "达标"), Form(A, 2021), Form(A, 2021, "未达标")]
    table, _ = progress(forms, roster(*numbered(10)))
    assert (table.recognised, table.self_assessed, len(table.duplicates), table.withdrawn) == (1, 0, 1, ())


def test_strangers_are_told_with_the_likeliest_entry_and_never_merged() -> None:
    forms = [Form("示例市财政政局", 2020, "达标", "达标"), Form("邻县水务公司", 2020, "达标", "达标")]
    table, problems = progress(forms, roster("示例市财政局", "示例市统计局"))
    assert (table.recognised, table.handed_in, table.missing) == (0, 0, ("示例市财政局", "示例市统计局"))
    assert problems == [
        "agency-not-listed 001.xlsx “示例市财政政局”不在名录中，没有计入进度，名录中相近的是“示例市财政局”，请核对单位名称或补充名录。",
        "agency-not-listed 002.xlsx “邻县水务公司”不在名录中，没有计入进度，请核对单位名称或补充名录。",
    ]


LIKELIEST = {
    "示例市第一百中学校": "示例市第一百中学",
    "示例市发改局": "示例市发展改革局",
    "例市统计局": "示例市统计局",
    "示例市人民代表大会常委会": "示例市人民代表大会常务委员会",
}


@pytest.mark.slow
def test_the_likeliest_entries_are_found_among_a_hundred_thousand_at_once() -> None:
    others = [f"示例市{place}{number}号{kind}" for number in range(12_500) for place in "东西南北" for kind in "站所"]
    strangers = [Form(stranger, 2020, file=f"0-{at}.xlsx") for at, stranger in enumerate(LIKELIEST)]
    strangers += [Form(f"示列市{number}号站", 2020) for number in range(2000)]
    _, problems = progress(strangers, roster(*others, *LIKELIEST.values()))
    assert len(problems) == 2004
    assert [problem.split("“")[1:3] for problem in problems[:4]] == [
        [f"{stranger}”不在名录中，没有计入进度，名录中相近的是", f"{entry}”，请核对单位名称或补充名录。"]
        for stranger, entry in LIKELIEST.items()
    ]


def test_without_a_roster_the_denominator_is_given_or_what_was_handed_in() -> None:
    forms = [Form(A, 2020, "达标", "达标"), Form(B, 2020), Form(C, 2021), Form(C, 2021, "未达标")]
    table, _ = progress(forms, None, 40, 2020)
    assert (table.agencies, table.denominator, table.required, table.rate) == (
        40,
        Denominator.GIVEN,
        10,
        Fraction(1, 40),
    )
    assert table.missing == ()
    table, _ = progress(forms, None, None, 2021)
    # the agency whose forms contradict each other did hand in
    assert (table.agencies, table.denominator, table.required, table.rate) == (
        3,
        Denominator.SUBMISSIONS,
        2,
        Fraction(1, 3),
    )
    table, _ = progress([Form(C, 2020), Form(C, 2020, "未达标"), Form(A, 2021)], None, None, 2021)
    assert (table.agencies, table.handed_in, table.missing) == (2, 1, (C,))


def test_forms_that_are_nobodys_are_not_counted_as_anybodys() -> None:
    tally = Tally()
    for number, form in enumerate([Form(None, 2020), Form(A, None), Form(B, 2020)]):
        tally.add(form.result(number))
    tally.add(Result("坏.xlsx", None, None, None, None, ()))
    account = account_of(RUBRIC, tally, roster(*numbered(10)), None, 2020)
    table, problems = account.progress, account.problems
    assert (table.files, table.unreadable, table.handed_in, table.self_assessed, problems) == (4, 1, 1, 1, [])


def test_what_is_lost_most_often_stands_first() -> None:
    def lost(name: str, *identifiers: str) -> Result:
        card = score(RUBRIC, claims(FULL | dict.fromkeys(identifiers, None)))
        return Result(name, "00" * 32, Submission(Agency(name, None, 2020), Statement(()), None), card, None, ())

    tally = Tally()
    tally.add(lost(A, "1.1.1", "2.1.1", "5.2.2"))
    tally.add(lost(B, "2.1.1", "5.2.2", "2.1.3"))
    tally.add(lost(C, "2.1.1"))
    table = account_of(RUBRIC, tally, None, None, None).progress
    assert table.lost == (
        Lost("2.1.1", 3, Fraction(3)),
        Lost("5.2.2", 2, Fraction(8)),
        Lost("1.1.1", 1, Fraction(9)),
        Lost("2.1.3", 1, Fraction(1)),
    )


def test_points_lost_are_those_of_the_deciding_score_and_of_this_year() -> None:
    table, _ = progress([Form(A, 2020, "未达标"), Form(A, 2021, "未达标", "达标"), Form(B, 2021, "达标", "未达标")])
    assert len(table.lost) == 42
    assert {lost.agencies for lost in table.lost} == {1}


# -- against a second, slower way of counting ------------------------------------------------------------------

FORMS = st.lists(
    st.builds(
        Form,
        name=st.sampled_from([*numbered(6), "外来单位"]),
        year=st.integers(2020, 2023),
        claimed=st.sampled_from(list(CARDS)),
        verified=st.none() | st.sampled_from(list(CARDS)),
        content=st.sampled_from(["", "", "", "x", "y"]),
    ),
    max_size=14,
)


def counted_slowly(forms: Sequence[Form], names: Sequence[str], year: int) -> tuple[set[str], set[str], set[str]]:
    """Who is recognised, who only claims to be at the mark, and who handed in, agency by agency and year by year."""
    recognised, claiming, handed = set(), set(), set()
    for name in names:
        stands = claims_it = False
        for when in range(2020, year + 1):
            claims_it = False
            form = only({(form.claimed, form.verified) for form in forms if (form.name, form.year) == (name, when)})
            if form is None:
                continue
            claimed, verified = form
            if verified in {"达标", "未达标"}:
                stands = verified == "达标"
            claims_it = verified in {None, "核查未完"} and claimed == "达标"
            deciding = claimed if verified in {None, "核查未完"} else verified
            if when == year and (verified == "核查未完" or deciding != "待更正"):
                handed.add(name)
        if stands:
            recognised.add(name)
        elif claims_it:
            claiming.add(name)
    return recognised, claiming, handed


def only(forms: set[tuple[str, str | None]]) -> tuple[str, str | None] | None:
    """The one of several different forms that counts."""
    finished = {form for form in forms if form[1] not in {None, "核查未完"}}
    if finished:
        return finished.pop() if len(finished) == 1 else None
    if len({claimed for claimed, _ in forms}) != 1:
        return None
    return max(forms, key=lambda form: form[1] is not None)


@settings(max_examples=300)
@given(FORMS, st.integers(2020, 2023), st.randoms(use_true_random=False))
def test_any_files_in_any_order_give_what_slow_counting_gives(
    forms: list[Form], year: int, chance: random.Random
) -> None:
    names = numbered(6)
    results = [form.result(number) for number, form in enumerate(forms)]
    tables = []
    for _ in range(2):
        tally = Tally()
        for result in results:
            tally.add(result)
        tables.append(account_of(RUBRIC, tally, roster(*names), None, year))
        chance.shuffle(results)
    assert tables[0] == tables[1]
    table = tables[0][0]
    recognised, claiming, handed = counted_slowly(forms, names, year)
    assert (table.recognised, table.self_assessed, table.handed_in) == (len(recognised), len(claiming), len(handed))
    there = {form.name for form in forms if form.year == year} | set(table.withdrawn)
    assert table.missing == tuple(name for name in names if name not in there | recognised)
    assert table.rate == Fraction(len(recognised), 6)
    assert table.required is not None
    assert table.gap == max(0, table.required - len(recognised))
    assert table.gap_if_confirmed == max(0, table.required - len(recognised) - len(claiming))
    assert len(table.duplicates) <= len(forms) // 2


def test_the_cards_of_these_tests_have_the_verdicts_they_are_named_for() -> None:
    assert {name: card.verdict.chinese for name, card in CARDS.items()} == {
        **{verdict.chinese: verdict.chinese for verdict in Verdict},
        "核查未完": "未达标",
    }
