"""For which criterion a file is: by 编号 or by words that one criterion alone has, and never by a guess."""

from __future__ import annotations

import pytest

from jieyue_cli.office.evidence.criteria import Finder
from jieyue_cli.rubric.model import Rubric

NAMES = [
    ("2.1.1", "2.1.1"),
    ("2-1-1", "2.1.1"),
    ("2．1．1", "2.1.1"),
    ("2_1_1 制度", "2.1.1"),
    ("2.1.1制度", "2.1.1"),
    ("（2.1.1）制度", "2.1.1"),
    ("2.1.1-3", "2.1.1"),
    ("2.1.1 2.1.3", "2.1.1 2.1.3"),
    ("2.1.3、2.1.1合订", "2.1.1 2.1.3"),
    ("2.2.10", "2.2.10"),
    ("2.2.1", "2.2.1"),
    ("2.1.1.3", ""),
    ("2.1.11", ""),
    ("12.1.1", ""),
    ("2020-2-1-1", ""),
    ("2020.2.1", ""),
    ("9.9.9", ""),
    ("2.1", ""),
    ("2.1.1日", ""),
    ("2020-03-01 会议", ""),
    ("示例市财政局公务用车油耗统计台账", "3.3.2"),
    ("节约型机关创建实施方案（定稿）", "2.2.1"),
    ("垃圾分类投放指南照片", "4.2.3"),
    ("绿色采购", "3.2.1"),
    ("光盘行动1", "3.4.1"),
    ("财务管理制度", ""),
    ("实施方案", ""),
    ("统计台账", ""),
    ("节约型机关创建实施方案和公务用车油耗统计台账", ""),
    ("会议纪要", ""),
    ("", ""),
]


@pytest.fixture(scope="module")
def finder(rubric: Rubric) -> Finder:
    return Finder(rubric)


@pytest.mark.parametrize(("name", "criteria"), NAMES)
def test_a_name_says_its_criteria(name: str, criteria: str, finder: Finder) -> None:
    assert " ".join(finder.of([name])) == criteria


@pytest.mark.parametrize(
    ("names", "criteria"),
    [
        (["照片", "2.1.1组织机构", "2.1.2"], "2.1.1"),
        (["2.1.3任命", "2.1.1"], "2.1.3"),
        (["公务用车油耗统计台账", "2.1.1"], "2.1.1"),
        (["照片", "公务用车油耗统计台账", "绿色采购"], "3.3.2"),
    ],
)
def test_the_nearest_name_decides_and_a_number_goes_before_words(
    names: list[str], criteria: str, finder: Finder
) -> None:
    assert " ".join(finder.of(names)) == criteria
