"""The rank of each form, and which score decides."""

from __future__ import annotations

from jieyue_cli.problems import Code
from jieyue_cli.report.amounts import reach
from jieyue_cli.report.phrases import basis
from jieyue_cli.report.ranking import ranking, rows

from .builders import batch, result


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
