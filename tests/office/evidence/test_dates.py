"""Dates in names: only what is plainly one, and the months around the year belong to it."""

from __future__ import annotations

import pytest

from jieyue_cli.office.evidence.dates import is_of_another_year

OTHER = [
    "2019年总结",
    "２０１９ 年总结",
    "20190305",
    "微信图片_20190305101010.jpg",
    "IMG_20190305_1.jpg",
    "2019-03-05.pdf",
    "2019.3.5",
    "高能源发〔2019〕42号",
    "高能源发[2019]42号",
    "2019年10月",
    "2021年2月",
    "2021年",
    "2017-2019年用电",
]
OWN = [
    "2020年总结",
    "2019年11月宣传",
    "20191231.jpg",
    "2021年1月公示",
    "20210131",
    "〔2020〕1号",
    "2019年至2020年",
    "2018-2022年规划",
    "2019年、2020年对比",
    "GB/T 29149-2012",
    "DB14/T2001-2020",
    "13501902019",
    "20191332",
    "2019",
    "电话2019355",
    "总结",
]


@pytest.mark.parametrize("text", OTHER)
def test_of_another_year(text: str) -> None:
    assert is_of_another_year(text, 2020)


@pytest.mark.parametrize("text", OWN)
def test_of_the_year_or_without_a_date(text: str) -> None:
    assert not is_of_another_year(text, 2020)
