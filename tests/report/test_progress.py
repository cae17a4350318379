"""The lines of the progress table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jieyue_cli.report.progress import facts

from .builders import batch, result, varied


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
        ("已交表并计入", 3, "2020 年度"),
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
