"""Which wordings are recognised, which rule each makes, and that whatever is not plain is marked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jieyue_cli.rubric.published.patterns import recognised
from jieyue_cli.rubric.tree import Node

Made = dict[str, Node] | None

NO_MOST = "没有写最高得几分，按分值封顶"
LAST_YEAR = "按与上年相比的变化率填报，持平为 0%"
NO_STEP = "没有写几分一档"
SEVERAL = "一句里有几个分值，没有认出计分方式，暂按全得或不得"
OTHER_LOSS = "扣分的写法没有认出，暂按全得或不得"
ODD_PRICE = "分值的写法没有认出，暂按全得或不得"
ONE_STEP = "暂按只取最高的一档"
SIDES = "界限写的是“以上”“以下”，暂按含本数"


def steps(*named: tuple[str, str]) -> dict[str, Node]:
    """The rule of a ladder."""
    return {"kind": "ladder", "steps": [{"name": name, "points": points} for name, points in named]}


def counted(each: str, measure: str, **more: Node) -> dict[str, Node]:
    """The rule of a count."""
    return {"kind": "count", "each": each, "measure": measure, **more}


def lost(*faults: tuple[str, str] | tuple[str, str, str]) -> dict[str, Node]:
    """The rule of deductions."""
    return {
        "kind": "deductions",
        "faults": [dict(zip(("text", "lose", "measure"), fault, strict=False)) for fault in faults],
    }


PLAIN: tuple[tuple[str, str | None, Made], ...] = (
    ("明确机构，得1分", "1", None),
    ("采用节能设备。得 2 分。", "2", None),
    ("制定方案（2分）；", "2", None),
    ("制定方案2分", "2", None),
    ("空调温度不得低于26摄氏度，得1.5分。", "1.5", None),
    ("更新公务用车优先采购新能源汽车，可得3分。", "3", None),
    ("全部达到得5分，否则不得分。", "5", None),
    ("制定制度，得2分，需提供佐证材料。", "2", None),
    ("建立节能制度，每项得 1 分，最高得 5 分。", "5", counted("1", "项")),
    ("开展1项活动得2分,累计最高得4分。", "4", counted("2", "项")),
    ("有1类标识得1分,累计最高得4分。", "4", counted("1", "类", distinct="true")),
    ("每年举办讲座,每次得2分,最高得4分。", "4", counted("2", "次")),
    ("每开展一次活动加0.5分，最多加2分", "2", counted("0.5", "次")),
    (
        "三级计量得5分，分户计量得3分，其余不得分",
        "5",
        steps(("三级计量", "5"), ("分户计量", "3")),
    ),
    ("获得国家级得5分，省级得3分，市级得1分", "5", steps(("获得国家级", "5"), ("省级", "3"), ("市级", "1"))),
    ("全部完成得2分，部分完成得1分，未完成不得分", "2", steps(("全部完成", "2"), ("部分完成", "1"))),
    (
        "≤0.9×平均值 7分，≤平均值 6分",
        "7",
        {
            "kind": "bands",
            "relative_to": "平均值",
            "bands": [{"up_to": "0.9", "points": "7"}, {"up_to": "1", "points": "6"}],
        },
    ),
    (
        "人均用水量不超过同类平均值的0.9倍得7分，不超过同类平均值得6分，其余不得分",
        "7",
        {
            "kind": "bands",
            "relative_to": "同类平均值",
            "bands": [{"up_to": "0.9", "points": "7"}, {"up_to": "1", "points": "6"}],
        },
    ),
    (
        "用水量不超过定额的80%得9分，不超过定额得5分",
        "9",
        {
            "kind": "bands",
            "relative_to": "定额",
            "bands": [{"up_to": "80%", "points": "9"}, {"up_to": "100%", "points": "5"}],
        },
    ),
    (
        "用水量低于10立方米/人得2分，低于12立方米/人得1分",
        "2",
        {
            "kind": "bands",
            "unit": "立方米/人",
            "bands": [{"below": "10", "points": "2"}, {"below": "12", "points": "1"}],
        },
    ),
    (
        "利用率≥10%得10分，＞0%得4分",
        "10",
        {"kind": "bands", "bands": [{"at_least": "10%", "points": "10"}, {"above": "0%", "points": "4"}]},
    ),
    (
        "普及率低于96%不得分，每高1个百分点得2分，满分8分",
        "8",
        {"kind": "linear", "above": "96%", "per": "1%", "gain": "2"},
    ),
    (
        "漏损率高于10%不得分，每降低2个百分点得1分",
        None,
        {"kind": "linear", "below": "10%", "per": "2%", "gain": "1"},
    ),
    (
        "漏损率在2%以内得满分，每高1个百分点扣2分，扣完为止",
        None,
        {"kind": "linear", "above": "2%", "per": "1%", "lose": "2"},
    ),
    (
        "检定率达到95%得5分，每低1个百分点扣0.5分",
        "5",
        {"kind": "linear", "below": "95%", "per": "1%", "lose": "0.5"},
    ),
    ("节能改造任务，完成率×分值", None, {"kind": "completion_rate"}),
    ("按完成率打分", None, {"kind": "completion_rate"}),
    ("没有记录扣1分扣完为止", None, lost(("没有记录", "1"))),
    ("制度齐全，每缺少1项扣1分。", None, lost(("缺少", "1", "项"))),
    ("室内无烟头，每发现1处扣0.5分。", None, lost(("发现问题", "0.5", "处"))),
    (
        "满分6分。未制定制度扣1分；缺禁烟标识每处扣2分；每发现1个烟头扣0.5分，扣完为止。",
        "6",
        lost(("未制定制度", "1"), ("缺禁烟标识", "2", "处"), ("发现烟头", "0.5", "个")),
    ),
)
"""The usual wordings: what they say in all, the rule, and nothing left open."""

DOUBTED: tuple[tuple[str, str | None, Made, str], ...] = (
    ("获奖每次加3分", None, counted("3", "次"), NO_MOST),
    ("每人每次得1分，最高得5分", "5", counted("1", "次"), "句中有“每”一类的话，没有照办"),
    ("每项得1分，最多5项", None, counted("1", "项"), f"{NO_MOST}；句中有“最高”一类的话，没有照办"),
    ("酌情得0~3分", "3", {"kind": "judged"}, NO_STEP),
    ("宣传情况酌情给分", None, {"kind": "judged"}, f"没有写从几分到几分，按 0 到分值；{NO_STEP}"),
    ("按完成比例得分", None, {"kind": "completion_rate"}, "按完成率×分值计"),
    (
        "人均能耗比上年每高1%扣2分，直至扣完",
        None,
        {"kind": "linear", "above": "0%", "per": "1%", "lose": "2", "negative": "true"},
        LAST_YEAR,
    ),
    (
        "人均能耗比上年每下降1%得1分，最高得5分",
        "5",
        {"kind": "linear", "below": "0%", "per": "1%", "gain": "1", "negative": "true"},
        LAST_YEAR,
    ),
    (
        "95%以上得5分，90%以上得3分，其余不得分",
        "5",
        {"kind": "bands", "bands": [{"at_least": "95%", "points": "5"}, {"at_least": "90%", "points": "3"}]},
        SIDES,
    ),
    (
        "90%-100%得3分，80%-90%得2分，其余不得分",
        "3",
        steps(("90%-100%", "3"), ("80%-90%", "2")),
        "各档写的是数值，暂由单位选是哪一档",
    ),
    ("建成省级平台得3分，市级制度得1分", "3", steps(("建成省级平台", "3"), ("市级制度", "1")), ONE_STEP),
    ("三级计量得5分；分户计量得3分", "5", steps(("三级计量", "5"), ("分户计量", "3")), ONE_STEP),
)
"""Recognised, with something that the text does not say."""

UNKNOWN: tuple[tuple[str, str | None, str], ...] = (
    ("每2项得1分，最高得5分。", "5", SEVERAL),
    ("制定制度得2分，每增加1项得1分，最高得5分。", "5", SEVERAL),
    ("最高得5分，每项得1分", "5", SEVERAL),
    ("明确机构得1分，明确人员得2分。", None, SEVERAL),
    ("用水量不超过10得2分，用电量不超过5得1分", None, SEVERAL),
    ("低于10得3分，高于20得1分", None, SEVERAL),
    ("每发现2处扣1分", None, OTHER_LOSS),
    ("缺一项扣0.5分", None, OTHER_LOSS),
    ("建立台账得2分，缺标识每处扣0.5分。", None, OTHER_LOSS),
    ("发现问题扣1-3分", None, OTHER_LOSS),
    ("每处扣1分，最多扣3分", None, OTHER_LOSS),
    ("从总分中扣5分", None, OTHER_LOSS),
    ("开展宣传，满分10分", "10", ODD_PRICE),
    ("有1项不符合得0分", None, ODD_PRICE),
    ("每季度公示得2分", "2", "句中有“每”一类的话，没有照办"),
    ("部分完成得1分", "1", "句中有“其余”一类的话，没有照办"),
    ("若不设室外吸烟区，得4分", "4", "句中有“若”一类的话，没有照办"),
    ("有下列情形得2分：如未设食堂的", "2", "句中有“若”一类的话，没有照办"),
    ("做到得2分，其他单位照此办理", "2", "分值后面还有“其他单位照此办理”，没有照办"),
    ("制度、机构分别得2分", "2", "句中有“各得”一类的话，没有照办"),
    ("根据落实情况打分", None, "句中有“酌情”一类的话，没有照办"),
)
"""What is all or nothing for now, and why somebody must look at it."""

NO_PRICE = ("定期公示能源消费", "会议不超过5分钟", "80分以上的单位有奖", "完成十分之一")


@pytest.mark.parametrize(("text", "points", "rule"), PLAIN)
def test_a_usual_wording_makes_its_rule_and_leaves_nothing_open(text: str, points: str | None, rule: Made) -> None:
    assert recognised(text) == (Decimal(points) if points else None, rule, "")


@pytest.mark.parametrize(("text", "points", "rule", "doubt"), DOUBTED)
def test_what_a_wording_does_not_say_is_marked(text: str, points: str | None, rule: Made, doubt: str) -> None:
    assert recognised(text) == (Decimal(points) if points else None, rule, doubt)


@pytest.mark.parametrize(("text", "points", "doubt"), UNKNOWN)
def test_what_is_not_recognised_is_all_or_nothing_and_marked(text: str, points: str | None, doubt: str) -> None:
    assert recognised(text) == (Decimal(points) if points else None, None, doubt)


@pytest.mark.parametrize("text", NO_PRICE)
def test_what_is_no_price_gives_no_points(text: str) -> None:
    assert recognised(text) == (None, None, "")
