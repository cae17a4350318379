"""A name that is not in the roster is told with the likeliest entry; without one where none is likely."""

from __future__ import annotations

import time

import pytest

from agencies.test_progress import Form, progress, roster
from jieyue_cli.agencies.near import NearNames
from jieyue_cli.agencies.roster import Roster, RosterEntry

NEAR: list[tuple[str, str, list[str], str | None]] = [
    ("a letter twice", "示例市财政政局", ["示例市统计局", "示例市财政局"], "示例市财政局"),
    ("the end of one entry", "统计局", ["示例市统计局", "统计学会"], "示例市统计局"),
    ("an entry with more before it", "示例省示例市统计局", ["示例市统计局", "示例省统计局"], "示例市统计局"),
    ("two as near as each other", "统计局", ["乙县统计局", "丙县统计局"], None),
    ("of two the one of the same place", "乙县统计局", ["甲市乙县统计局", "统计局"], "甲市乙县统计局"),
    ("a branch of an entry", "统计局甲", ["统计局", "统计局乙"], None),
    ("a name of one letter", "局", ["甲厅", "乙厅"], None),
    ("nothing in common", "邻县水务公司", ["示例市财政局"], None),
    ("too little in common", "示例市财政局", ["示例市统计学会"], None),
    ("no two letters in a row in common", "甲乙丙丁", ["甲一乙二丙三丁"], None),
]


@pytest.mark.parametrize(("stranger", "entries", "near"), [pytest.param(*case[1:], id=case[0]) for case in NEAR])
def test_a_stranger_is_told_with_the_likeliest_entry(stranger: str, entries: list[str], near: str | None) -> None:
    hint = f"名录中相近的是“{near}”，" if near else ""
    assert progress([Form(stranger, 2020)], roster(*entries))[1] == [
        f"agency-not-listed 001.xlsx “{stranger}”不在名录中，没有计入进度，{hint}请核对单位名称或补充名录。"
    ]


@pytest.mark.parametrize(("written", "listed"), [("示例市机关工委(本级)", "示例市机关工委（本级）"), ("甲 局", "甲局")])
def test_width_brackets_and_spaces_make_no_stranger(written: str, listed: str) -> None:
    table, problems = progress([Form(written, 2020)], roster(listed))
    assert (table.handed_in, problems) == (1, [])


def test_where_strangers_are_very_many_the_first_are_told_with_a_hint() -> None:
    _, problems = progress(
        [Form(f"{chr(0x4E00 + number)}山省示例市甲局", 2020) for number in range(503)], roster("示例市甲局")
    )
    assert ["相近" in problem for problem in problems] == [True] * 500 + [False] * 3


def words(text: str) -> list[str]:
    return text.split()


LETTERS = [chr(letter) for letter in range(0x5B80, 0x5BE4)]
OFFICES = ("财政局", "人力资源和社会保障局", "工业和信息化局", "发展和改革局", "住房和城乡建设局", "水务局")
CITY = words(
    """
    中共示例市委办公室 中共示例市委组织部 中共示例市委宣传部 中共示例市委统战部 中共示例市委政法委员会
    中共示例市委机构编制委员会办公室 中共示例市纪律检查委员会 示例市人民代表大会常务委员会
    示例市人民政府办公室 中国人民政治协商会议示例市委员会 示例市发展和改革局 示例市教育局
    示例市工业和信息化局 示例市公安局 示例市民政局 示例市司法局 示例市财政局 示例市人力资源和社会保障局
    示例市自然资源局 示例市住房和城乡建设局 示例市交通运输局 示例市水务局 示例市农业农村局
    示例市文化和旅游局 示例市卫生健康局 示例市退役军人事务局 示例市应急管理局 示例市审计局
    示例市市场监督管理局 示例市统计局 示例市医疗保障局 示例市行政审批服务管理局 示例市能源局
    示例市城市管理综合行政执法局 示例市人民法院 示例市人民检察院 示例市总工会 共青团示例市委员会
    示例市妇女联合会 示例市工商业联合会 示例市残疾人联合会 示例市科学技术协会 示例市档案馆
    示例市第一中学 示例市东城街道办事处 示例市寺庄镇人民政府
    """
)
SHORT_AND_MISSPELT = {
    "工信局": "示例市工业和信息化局",
    "人社局": "示例市人力资源和社会保障局",
    "发改委": "示例市发展和改革局",
    "发改局": "示例市发展和改革局",
    "住建局": "示例市住房和城乡建设局",
    "卫健局": "示例市卫生健康局",
    "卫健委": "示例市卫生健康局",
    "市工信局": "示例市工业和信息化局",
    "示例市工信局": "示例市工业和信息化局",
    "示例工信局": "示例市工业和信息化局",
    "示例市人社局": "示例市人力资源和社会保障局",
    "市场监管局": "示例市市场监督管理局",
    "市监局": "示例市市场监督管理局",
    "示例市场监督管理局": "示例市市场监督管理局",
    "文旅局": "示例市文化和旅游局",
    "退役军人局": "示例市退役军人事务局",
    "城管局": "示例市城市管理综合行政执法局",
    "应急局": "示例市应急管理局",
    "医保局": "示例市医疗保障局",
    "审批局": "示例市行政审批服务管理局",
    "行政审批局": "示例市行政审批服务管理局",
    "市委办": "中共示例市委办公室",
    "市委办公室": "中共示例市委办公室",
    "市委编办": "中共示例市委机构编制委员会办公室",
    "市纪委": "中共示例市纪律检查委员会",
    "市人大": "示例市人民代表大会常务委员会",
    "市政协": "中国人民政治协商会议示例市委员会",
    "政府办": "示例市人民政府办公室",
    "市政府办公室": "示例市人民政府办公室",
    "市法院": "示例市人民法院",
    "检察院": "示例市人民检察院",
    "团市委": "共青团示例市委员会",
    "共青团市委": "共青团示例市委员会",
    "市妇联": "示例市妇女联合会",
    "工商联": "示例市工商业联合会",
    "残联": "示例市残疾人联合会",
    "科协": "示例市科学技术协会",
    "工会": "示例市总工会",
    "示例市农业农局": "示例市农业农村局",
    "示例市农业局": "示例市农业农村局",
    "邻山市示例市财政局": "示例市财政局",
    "示例省示例市财政局": "示例市财政局",
    "示例市财政局机关": "示例市财政局",
    "示例市住房与城乡建设局": "示例市住房和城乡建设局",
    "示例市人力资源和社会保险局": "示例市人力资源和社会保障局",
    "示例市卫生局": "示例市卫生健康局",
    "教育体育局": "示例市教育局",
    "城建局": "示例市住房和城乡建设局",
    "建设局": "示例市住房和城乡建设局",
    "交通局": "示例市交通运输局",
    "寺庄镇": "示例市寺庄镇人民政府",
    "寺庄镇政府": "示例市寺庄镇人民政府",
    "市民政局": "示例市民政局",
    "总工会": "示例市总工会",
    "财政": "示例市财政局",
    "示例市城市管理局": "示例市城市管理综合行政执法局",
    "示例市财政政局": "示例市财政局",
    "示例市水利水务局": "示例市水务局",
}
NONE_NEAR = words(
    """
    县委办公室 示例市农村农业局 示例市环保局 示例市林业局 示例市水利局 示例市税务局 示例市气象局
    示例市第二中学 示例市西城街道办事处 示例市民宗局 示例市工商局 邻河市财政局 邻山市财政局
    示例市财政局国库支付中心 示例市财证局 财局政 示例市 局 示例市局 某公司 示例市委 国土资源局
    示例市教体局 粮食局 公检法 档案局 市容局 市直工委 邻河市城市管理局 示例市高级技工学校 建宁镇政府
    市政管理局
    """
)


@pytest.mark.parametrize(("stranger", "entry"), SHORT_AND_MISSPELT.items())
def test_a_short_or_misspelt_name_is_told_with_the_agency_that_it_means(stranger: str, entry: str) -> None:
    near = NearNames(roster(*CITY)).to(stranger)
    assert near is not None
    assert near.name == entry


@pytest.mark.parametrize("stranger", NONE_NEAR)
def test_no_hint_is_better_than_a_wrong_one(stranger: str) -> None:
    assert NearNames(roster(*CITY)).to(stranger) is None


def test_of_several_that_a_short_form_fits_none_is_told() -> None:
    near = NearNames(roster("示例市发展和改革局", "示例市发展改革研究局", "示例市财政局"))
    assert near.to("发改局") is None


def test_a_short_form_is_known_by_a_former_name_too() -> None:
    education = RosterEntry("示例市教育体育局", None, aliases=("示例市文化教育局",))
    near = NearNames(Roster((education, RosterEntry("示例市财政局", None))))
    assert near.to("文教局") is education


@pytest.mark.timed
def test_five_hundred_strangers_and_a_country_take_seconds() -> None:
    names = [f"{first}{second}县{office}" for first in LETTERS for second in LETTERS for office in OFFICES]
    began = time.process_time()
    near = NearNames(roster(*names))
    strangers = [
        f"{first}{second}县{office}" for first in LETTERS[:2] for second in LETTERS for office in ("人社局", "气象局")
    ]
    told = [entry.name if (entry := near.to(name)) else None for name in strangers]
    assert told == [
        f"{name.removesuffix('人社局')}人力资源和社会保障局" if "人社" in name else None for name in strangers
    ]
    assert time.process_time() - began < 10
