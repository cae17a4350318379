"""What the reports share: ranks, percentages and harmless text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.problems import Code
from jieyue_cli.report.tables import basis, clean, exact_percent, facts, percent, ranking, reach, rows, tenths

from .builders import RUBRIC, batch, card, result, varied


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


def test_equal_totals_share_a_rank_and_keep_their_order() -> None:
    totals = {"甲": "9", "乙": "3", "丙": "9", "丁": "2", "戊": "3"}
    findings = batch(result(f"示例市{name}局", {"2.2.3": count}) for name, count in totals.items())
    (forms,) = ranking(findings, rows(findings)).values()
    assert [(form.rank, form.row.name, reach(form.card)) for form in forms] == [
        (1, "示例市丙局", "100"),
        (1, "示例市甲局", "100"),
        (3, "示例市乙局", "98"),
        (3, "示例市戊局", "98"),
        (5, "示例市丁局", "97"),
    ]


def test_the_year_of_the_progress_comes_first_and_what_has_no_year_last() -> None:
    findings = batch([result("示例市甲局", year=year, file=f"{year}.xlsx") for year in (2019, 2021, 2020, None)])
    assert list(ranking(findings, rows(findings))) == [2020, 2021, 2019, None]


def test_a_form_that_cannot_be_told_to_be_the_agencys_one_form_has_no_rank() -> None:
    nameless = result(None, file="z.xlsx")
    findings = batch(
        [
            result("示例市甲局", {"2.2.3": "1"}),
            result("示例市乙局", file="a.xlsx"),
            result("示例市乙局", {"1.1.1": "否"}, file="b.xlsx"),
            nameless,
        ]
    )
    (forms,) = ranking(findings, rows(findings)).values()
    assert [(form.rank, form.row.result.file) for form in forms] == [
        (1, "交表/示例市甲局.xlsx"),
        (None, "a.xlsx"),
        (None, "z.xlsx"),
        (None, "b.xlsx"),
    ]
    assert [form.row.remark for form in forms] == ["", "重复，未计入", "", "重复，未计入"]


def test_of_two_copies_only_the_first_has_a_rank() -> None:
    first = result("示例市甲局", file="a.xlsx")
    copy = type(first)("b.xlsx", first.sha256, first.submission, first.self, None, ())
    findings = batch([first, copy])
    (forms,) = ranking(findings, rows(findings)).values()
    assert [(form.rank, form.row.result.file, form.row.has(Code.SUBMISSION_COPIED)) for form in forms] == [
        (1, "a.xlsx", True),
        (None, "b.xlsx", True),
    ]


def test_the_verified_score_decides() -> None:
    assert basis(result()) == "自评"
    assert basis(result(verified={"1.1.1": "否"})) == "核查"


def test_a_total_that_mending_could_raise_is_a_range() -> None:
    assert reach(card()) == "100"
    assert reach(card({"1.1.1": "不清楚", "2.2.3": "2"})) == "88～97"


def test_the_progress_has_numerator_and_denominator_beside_the_rate() -> None:
    progress = varied().progress
    assert progress is not None
    assert [(fact.label, fact.value, fact.note) for fact in facts(progress)] == [
        ("机关总数", 6, "分母，来自名录"),
        ("已认定", 1, "分子，核查达标的机关，含以前年度认定的"),
        ("认定率", Fraction(1, 6), "1 / 6"),
        ("年度目标", Fraction(1, 4), "25% × 6，至少 2 个机关"),
        ("还差", 1, ""),
        ("自评达标待核查", 2, "全部核查达标即完成年度目标"),
        ("已交表的机关", 5, "2020 年度"),
        ("表格文件", 7, "其中 1 个没能计分"),
    ]


@pytest.mark.parametrize(("names", "notes"), [(["示例市统计局"], ["已完成年度目标", ""]), ([], ["", ""])])
def test_a_target_is_called_reached_only_where_there_are_agencies(names: list[str], notes: list[str]) -> None:
    progress = batch(result(name, verified={}) for name in names).progress
    assert progress is not None
    assert [fact.note for fact in facts(progress) if fact.label in {"还差", "自评达标待核查"}] == notes


def test_a_year_without_a_target_says_so() -> None:
    progress = batch([result(year=2019)], year=2019).progress
    assert progress is not None
    assert [(fact.value, fact.note) for fact in facts(progress) if fact.label == "年度目标"] == [
        (None, "这一年没有年度目标")
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("示例市　统计局（甲）", "示例市　统计局（甲）"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\x00\x1b[31m红\x07", "[31m红"),
        ("\u202e\u200b\ufeff甲", "甲"),
        ("\ud800甲\uffff\ufffe", "?甲"),
        ("ａ①½㎡😀", "ａ①½㎡😀"),
    ],
)
def test_foreign_text_loses_only_what_is_harmful(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_is_lawful_in_xml_and_has_nothing_left_to_clean(text: str) -> None:
    tidy = clean(text)
    tidy.encode("utf-8")
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or ord(char) in {0xFFFE, 0xFFFF} for char in tidy)
    assert clean(tidy) == tidy
    assert len(tidy) <= len(text)


def test_every_criterion_of_the_standard_is_clean_already() -> None:
    assert all(clean(criterion.text) == criterion.text for criterion in RUBRIC.criteria)
