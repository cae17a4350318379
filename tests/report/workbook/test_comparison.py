"""核查对照 and 机关核查对照: only finished verifications of forms that count, every difference, exact means."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from jieyue_cli.report.workbook import book
from report.builders import RUBRIC, batch, result, varied

PARTIAL = {"1.1.1": "否"} | dict.fromkeys(list(RUBRIC.by_id)[2:], "")


def sheets(*forms: Any) -> tuple[list[list[Any]], list[list[Any]]]:
    workbook = openpyxl.load_workbook(io.BytesIO(book.render(batch(forms))))
    lines, agencies = ([list(row) for row in workbook[name].values] for name in ("核查对照", "机关核查对照"))
    return lines, agencies


FORMS = (
    result("示例市甲局", {"2.2.3": "4"}, {"1.1.1": "否", "2.2.3": "2"}),
    result("示例市乙局", {}, {"2.2.3": "3", "5.1.1": "1"}),
    result("示例市丙局", {"5.1.1": "1"}, {}),
    result("示例市丁局", {}, PARTIAL),
    result("示例市戊局"),
    result("示例市己局", {}, {"1.1.1": "否"}, year=2019),
)


def test_every_criterion_with_differences_says_by_how_much_and_whose() -> None:
    (_, (subtitle, *_), head, *body), _ = sheets(*FORMS)
    assert subtitle.startswith("核查完成 3 个机关：核减 2 个、核增 1 个、不变 0 个；自评平均多报 4.33 分（13 / 3）。")
    assert head == [
        "编号",
        "评价标准",
        "分值",
        "自评平均",
        "核查平均",
        "平均差",
        "不同的机关",
        "共核减",
        "哪些机关（核查减自评）",
    ]
    assert [row[:1] + row[2:] for row in body] == [
        ["2.2.3", 5, 4.66, 3.33, -1.33, 2, 4, "示例市乙局 −2、示例市甲局 −2"],
        ["5.1.1", 4, 3.33, 3.33, 0, 2, 0, "示例市乙局 −2、示例市丙局 +2"],
        ["1.1.1", 9, 9, 6, -3, 1, 9, "示例市甲局 −9"],
    ]
    assert all(row[1] == RUBRIC.by_id[row[0]].text for row in body)


def test_every_agency_says_which_criteria_differ() -> None:
    _, (_, _, head, *body) = sheets(*FORMS)
    assert head == ["单位名称", "自评总分", "核查总分", "差", "结论", "不同的条目数", "哪些条目（自评 → 核查）"]
    assert body == [
        ["示例市甲局", 99, 88, -11, "达标", 2, "1.1.1（9 → 0）、2.2.3（4 → 2）"],
        ["示例市乙局", 100, 96, -4, "达标", 2, "2.2.3（5 → 3）、5.1.1（4 → 2）"],
        ["示例市丙局", 98, 100, 2, "达标", 1, "5.1.1（2 → 4）"],
    ]


def test_many_agencies_are_named_in_part_and_counted_in_full() -> None:
    forms = [result(f"示例市第{number:02}局", {}, {"1.1.1": "否"}) for number in range(15)]
    (_, _, _, (*_, number, points, who)), _ = sheets(*forms)
    assert (number, points) == (15, 135)
    assert who.startswith("示例市第00局 −9、示例市第01局 −9")
    assert who.endswith("示例市第11局 −9 等 15 个")


def test_without_a_finished_verification_nothing_is_compared() -> None:
    for rows in sheets(result("示例市丁局", {}, PARTIAL)):
        assert rows[1][0].startswith("还没有核查完成的表。")
        assert len(rows) == 3


def test_the_differences_are_those_of_the_ranking() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book.render(varied())))
    ranked = {row[2]: row[9] for row in workbook["排名"].iter_rows(min_row=4, values_only=True) if row[9] is not None}
    assert {row[0]: row[3] for row in workbook["机关核查对照"].iter_rows(min_row=4, values_only=True)} == ranked
