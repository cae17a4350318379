"""What is said of a standard in spreadsheet form names its cells and what to write in them, not the keys of YAML."""

from __future__ import annotations

import re

import pytest

from jieyue_cli.rubric.spreadsheet.words import in_cells
from rubric.cautions.cases import CASES, Case

ADVICE = {
    "bonus_lifts": ("2 第2部分", "基础分先要达标的，给 2 写 其他规定“进入条件：不低于80”"),
    "bonus_needed": ("达标线、等级", "核对 分值、达标线 和 等级"),
    "extra_by_name_only": ("1 加分项", "加在满分以外的，写 其他规定“附加分：是”"),
    "rounded_up": ("总分换算", "不取整比较的，在 总分换算 里多写几位小数，或把达标线定在换算前"),
    "forfeit_is_wide": ("弄虚作假", "只扣该条的，写 弄虚作假“该条不得分”"),
    "takes_more": ("A", "只是本单元计零分的，写 必须“不低于…分，否则本单元计零分”"),
    "out_of_reach": ("不涉及", "按剩下的分值折算的，写 不涉及“不涉及按缺项折算”"),
    "scored_twice": ("A1、A2", "只算一种情形的，合成一条，写 计分方式“分情形”"),
    "way_differs": ("A1", "写 计分方式“酌情”、完成率、比值 或 扣分"),
    "mark_without_must": ("A1", "不得为 0 分的写 必须“不得为0分”，要得满分的写 必须“必须得满分”"),
    "evidence_is_not_asked_for": ("A1", "写 佐证要求“须提供”"),
}
HELD = [
    ("A", "只降一等的，写 必须“不低于…分，否则最高定为达标”"),
    ("空项上限", "只降一等的，写 空项上限“超过…分，最高定为达标”"),
]


def said(name: str) -> list[tuple[str, str]]:
    spoken = (map(in_cells, case.says(case.rubric)) for case in CASES if case.says.__name__ == name)
    return [(each.where, each.otherwise) for some in spoken for each in some]


@pytest.mark.parametrize("case", CASES, ids=[case.says.__name__ for case in CASES])
def test_no_word_of_yaml_is_left(case: Case) -> None:
    spoken = [in_cells(each) for each in case.says(case.rubric)]
    assert [re.findall("[a-z_]{2,}|[{}]", f"{each.where} {each.otherwise}") for each in spoken] == [[]] * len(spoken)


@pytest.mark.parametrize("name", ADVICE)
def test_the_advice_is_what_a_person_writes_in_a_cell(name: str) -> None:
    assert ADVICE[name] in said(name)


def test_the_grade_below_is_advised_where_it_is_written() -> None:
    assert said("held_below_the_mark") == HELD
