"""Small tables of other offices: what is made of their units, items, numbers, marks and sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from jieyue_cli.rubric.published import offered
from jieyue_cli.rubric.tree import Node, Path
from printed_tables import HEADER, Row, document, numbered_by_word, workbook

TO_FILL = {("document",), ("issuers",), ("issued",), ("pass_mark",), ("targets",), ("scope",), ("title",)}

Case = tuple[Sequence[Row], list[str]]

CASES: dict[str, Case] = {
    "bands, a ladder and steps of a percentage": (
        (
            HEADER,
            (
                "一、用水管理（20分）",
                "技术指标",
                (
                    "1.人均用水量≤0.9×平均值 7分，≤平均值 6分，其余不得分。\n"
                    "2、三级计量得5分；分户计量得3分；其余不得分。\n"
                    "3．节水器具普及率低于96%不得分，每高1个百分点得2分，满分8分"
                ),
                20,
            ),
            ("总分", None, None, 20),
        ),
        [
            "1 用水管理 20",
            "1.1 技术指标 20",
            "1.1.1 7 1.|人均用水量≤0.9×平均值7分，≤平均值6分，其余不得分。 bands",
            "1.1.2 5 2、|三级计量得5分；分户计量得3分；其余不得分。 ladder",
            "1.1.3 8 3．|节水器具普及率低于96%不得分，每高1个百分点得2分，满分8分 linear",
        ],
    ),
    "deductions and what is judged take the points beside them": (
        (
            HEADER,
            ("控烟(10.5分)", "环境", "未制定制度扣1分；缺标识每处扣2分，扣完为止。", 6),
            (None, "宣传", "酌情打分", 2.5),
            (None, "改造", "改造任务，完成率×分值", "2分"),
            ("合计", None, None, "10.5分"),
        ),
        [
            "1 控烟 10.5",
            "1.1 环境 6",
            "1.1.1 6 未制定制度扣1分；缺标识每处扣2分，扣完为止。 deductions",
            "1.2 宣传 2.5",
            "1.2.1 2.5 酌情打分 judged ?没有写从几分到几分，按 0 到分值；没有写几分一档；暂按 0.5 分一档",
            "1.3 改造 2",
            "1.3.1 2 改造任务，完成率×分值 completion_rate",
        ],
    ),
    "numbers inside numbers": (
        (
            HEADER,
            (
                "设备",
                "运行",
                "1.设备管理：（1）空调温度符合规定，得4分；（2）照明高效，得2分。\n2.节水器具全覆盖，得3分。",
                9,
            ),
        ),
        [
            "1 设备 9 ?没有印本单元的分值，按各评价项目合计",
            "1.1 运行 9",
            "1.1.1 6 1.|设备管理：",
            "1.1.1-1 4 （1）|空调温度符合规定，得4分；",
            "1.1.1-2 2 （2）|照明高效，得2分。",
            "1.1.2 3 2.|节水器具全覆盖，得3分。",
        ],
    ),
    "numbers inside a point that has one price": (
        ((HEADER), ("甲(5分)", "运行", "1.做到以下各点，得5分：（1）有制度；（2）有人员。", 5)),
        [
            "1 甲 5",
            "1.1 运行 5",
            (
                "1.1.1 5 1.|做到以下各点，得5分：（1）有制度；（2）有人员。"
                " ?分值后面还有“:(1)有制度;(2)有人员。”，没有照办"
            ),
        ],
    ),
    "other numbers, and a point that has no price": (
        (
            HEADER,
            ("甲(9分)", "a", "①明确机构，得2分②明确人员。", 5),
            (None, "b", "一是有目标，得1分；二是有考核，得3分。", 4),
        ),
        [
            "1 甲 9",
            "1.1 a 5",
            "1.1.1 2 ①|明确机构，得2分",
            "1.1.2 3 ②|明确人员。 ?没有写分值，得其余各条剩下的 3 分",
            "1.2 b 4",
            "1.2.1 1 一是|有目标，得1分；",
            "1.2.2 3 二是|有考核，得3分。",
        ],
    ),
    "several points that have no price": (
        (HEADER, ("甲(9分)", "a", "1.明确机构。2.明确人员。", 9)),
        [
            "1 甲 9",
            "1.1 a 9",
            (
                "1.1.1 9 1.明确机构。2.明确人员。"
                " ?2 点没有分别写分值，暂合为一条，全得或不得；没有写怎样得分，9 分全得或不得"
            ),
        ],
    ),
    "points that nobody can share out": (
        (HEADER, ("甲(9分)", "a", "1.明确机构，得2分。2.明确人员。3.明确制度。", 9)),
        [
            "1 甲 9",
            "1.1 a 9",
            "1.1.1 2 1.|明确机构，得2分。",
            "1.1.2 - 2.|明确人员。 ?没有写分值，请填写",
            "1.1.3 - 3.|明确制度。 ?没有写分值，请填写",
        ],
    ),
    "several prices in one sentence": (
        (HEADER, ("甲(5分)", "a", "明确机构得2分，明确人员得3分。", 5)),
        [
            "1 甲 5",
            "1.1 a 5",
            "1.1.1 2 明确机构得2分， ?一句里有几个分值，暂按各得各的分；如只取其一，请合为一条，改为选一档",
            "1.1.2 3 明确人员得3分。 ?一句里有几个分值，暂按各得各的分；如只取其一，请合为一条，改为选一档",
        ],
    ),
    "steps, and sentences that only look like steps": (
        (
            HEADER,
            ("甲(12分)", "a", "三级计量得4分；分户计量得3分。", 4),
            (None, "b", "用水不超过定额得5分；用电不超过定额得3分。", 8),
        ),
        [
            "1 甲 12",
            "1.1 a 4",
            "1.1.1 4 三级计量得4分；分户计量得3分。 ladder ?暂按只取最高的一档",
            "1.2 b 8",
            "1.2.1 5 用水不超过定额得5分； ?一句里有几个分值，暂按各得各的分；如只取其一，请合为一条，改为选一档",
            "1.2.2 3 用电不超过定额得3分。 ?一句里有几个分值，暂按各得各的分；如只取其一，请合为一条，改为选一档",
        ],
    ),
    "a lead with the only price": (
        (HEADER, ("甲(5分)", "a", "做到以下各点得5分：1.有制度。2.有人员。", 5)),
        [
            "1 甲 5",
            "1.1 a 5",
            "1.1.1 5 做到以下各点得5分：1.有制度。2.有人员。 ?分值后面还有“:1.有制度。2.有人员。”，没有照办",
        ],
    ),
    "marks, 不涉及, evidence and remarks": (
        (
            (*HEADER, "备注", "考评方法"),
            ("甲(9分)", "★目标", "※完成目标，得4分", 4, None, "查资料"),
            (None, "车辆", "新购新能源汽车，得2分；没有购车的不扣分。", 2, "含租车", None),
            (None, "食堂", "有制度，得3分。没有食堂的，此项不评分。以上均需提供佐证材料。", 3, None, None),
        ),
        [
            "1 甲 9",
            "1.1 目标 4 must=nonzero ?“★”暂按不得为 0 分、否则不达标",
            "1.1.1 4 ※完成目标，得4分 must=full method=查资料 ?“※”暂按必须得满分、否则不达标",
            "1.2 车辆 2",
            (
                "1.2.1 2 新购新能源汽车，得2分；没有购车的不扣分。 not_applicable=full note=含租车"
                " ?暂按不涉及得满分；备注栏印有文字，看是否影响计分"
            ),
            "1.3 食堂 3",
            (
                "1.3.1 3 有制度，得3分。没有食堂的，此项不评分。以上均需提供佐证材料。"
                " not_applicable=dropped evidence=true ?暂按不涉及不评分，达标线不变；按“以上需提供佐证”要求佐证材料"
            ),
        ],
    ),
    "one row a sentence, with its points beside it": (
        (
            ("一级指标", "二级指标", "考核内容", "标准分"),
            ("甲(6分)", "a", "制定制度", 2),
            ("甲", "a", "明确人员，得1分", "1分"),
            ("甲", "a", "每次活动得1分，最高得3分", 2),
            (None, None, "小计", None),
        ),
        [
            "1 甲 6 ?各评价项目合计 5 分，印的是 6 分，两边不等",
            "1.1 a 5 ?条文合计 2+1+3=6 分，印的是 5 分，两边不等",
            "1.1.1 2 制定制度 ?没有写怎样得分，2 分全得或不得",
            "1.1.2 1 明确人员，得1分",
            "1.1.3 3 每次活动得1分，最高得3分 count ?这一行条文合计 3 分，分值栏印的是 2 分",
        ],
    ),
    "points in a name that are not those beside it": (
        (HEADER, ("甲(5分)", "a（5分）", "做到得5分", 6)),
        ["1 甲 5", "1.1 a 5 ?名称后印的是 5 分，分值栏是 6 分", "1.1.1 5 做到得5分"],
    ),
    "two columns of text": (
        (("类别", "项目", "考核内容", "评分标准", "分值"), ("甲(2分)", "a", "节能制度", "制度齐全得2分", 2)),
        [
            "1 甲 2",
            "1.1 a 2",
            "1.1.1 2 节能制度：制度齐全得2分 ?条文由印发的表里 2 列合成",
        ],
    ),
    "units in rows of their own, a bonus, and notes": (
        (
            ("项目", "评分标准", "满分"),
            ("一、组织管理（10分）", None, None),
            ("机构", "明确机构，得10分", 10),
            ("二、附加分（5分）", None, None),
            ("创新", "获得表彰，加5分", 5),
            ("总分", None, 15),
            ("注：本表由示例市负责解释。", None, None),
        ),
        [
            "points ?印的总分 15 分含附加分，这里不含",
            "1 组织管理 10",
            "1.1 机构 10",
            "1.1.1 10 明确机构，得10分",
            "2 附加分 5 bonus=true ?按附加分计，不算在总分里",
            "2.1 创新 5",
            "2.1.1 5 获得表彰，加5分",
        ],
    ),
    "items without units, and without points": (
        (("项目", "评分标准", "分值"), ("机构", "明确机构，得4分", None)),
        [
            "1 机构 4 ?没有印本单元的分值，按各评价项目合计；没有分评价单元和评价项目，暂用同一个名称",
            "1.1 机构 4 ?没有印本项目的分值，按条文合计",
            "1.1.1 4 明确机构，得4分",
        ],
    ),
    "totals below each unit": (
        (
            HEADER,
            ("甲", "a", "做到得3分", 3),
            ("合计", None, None, 3),
            ("乙", "b", "做到得6分", 6),
            ("小计", None, None, 6),
            ("合计", None, None, 9),
        ),
        ["1 甲 3", "1.1 a 3", "1.1.1 3 做到得3分", "2 乙 6", "2.1 b 6", "2.1.1 6 做到得6分"],
    ),
    "names in broken lines, and numbers of other styles": (
        (
            ("序号", *HEADER),
            (1, "一、组织\n管理\n（10分）", "（一）机构", "★1.有机构和\n人员，得4\n分。2.有台账，得6分", 10),
            (2, "2 监督（5分）", "1.检查", "1.1 每月检查，得2分；1.2 有记录，得3分", 5),
            (3, None, None, None, None),
        ),
        [
            "1 组织管理 10",
            "1.1 机构 10",
            "1.1.1 4 ★1.|有机构和人员，得4分。 must=nonzero ?“★”暂按不得为 0 分、否则不达标",
            "1.1.2 6 2.|有台账，得6分",
            "2 监督 5",
            "2.1 检查 5",
            "2.1.1 2 1.1|每月检查，得2分；",
            "2.1.2 3 1.2|有记录，得3分",
        ],
    ),
    "a header of two rows": (
        (
            ("评价单元", "评价项目", "评价标准", "评分情况", None),
            (None, None, None, "分值", "得分"),
            ("甲(5分)", "a", "做到得5分", 5, None),
        ),
        ["1 甲 5", "1.1 a 5", "1.1.1 5 做到得5分"],
    ),
    "a unit without anything": (
        (HEADER, ("甲(5分)", "a", "做到得5分", 5), ("乙(2分)", None, None, None)),
        [
            "1 甲 5",
            "1.1 a 5",
            "1.1.1 5 做到得5分",
            "2 乙 2 ?各评价项目合计 0 分，印的是 2 分，两边不等；下面没有评价项目，请补上或删去",
        ],
    ),
    "a total below the first unit only": (
        (
            HEADER,
            ("甲", "a", "做到得3分", 3),
            ("合计", None, None, 3),
            ("乙", "b", "做到得6分", 6),
            ("注：由示例市解释。", None, None, None),
        ),
        [
            "points ?没有印总分，按各评价单元合计",
            "1 甲 3",
            "1.1 a 3",
            "1.1.1 3 做到得3分",
            "2 乙 6 ?没有印本单元的分值，按各评价项目合计",
            "2.1 b 6",
            "2.1.1 6 做到得6分",
        ],
    ),
    "sums that no move closes": (
        (
            HEADER,
            ("甲(5分)", "a", "做到得3分", 3),
            ("乙(7分)", "b", "做到得6分", 6),
            (None, "c", "做到得2分", 2),
            ("总分", None, None, 11),
        ),
        [
            "points ?各评价单元合计 5+7=12 分，印的是 11 分，两边不等",
            "1 甲 5 ?各评价项目合计 3 分，印的是 5 分，两边不等",
            "1.1 a 3",
            "1.1.1 3 做到得3分",
            "2 乙 7 ?各评价项目合计 6+2=8 分，印的是 7 分，两边不等",
            "2.1 b 6",
            "2.1.1 6 做到得6分",
            "2.2 c 2",
            "2.2.1 2 做到得2分",
        ],
    ),
    "two items that could be moved alike": (
        (
            HEADER,
            ("甲(5分)", "a", "做到得3分", 3),
            ("乙(6分)", "b", "做到得2分", 2),
            (None, "c", "做到得2分", 2),
            (None, "d", "做到得4分", 4),
        ),
        [
            "1 甲 5 ?各评价项目合计 3 分，印的是 5 分，两边不等",
            "1.1 a 3",
            "1.1.1 3 做到得3分",
            "2 乙 6 ?各评价项目合计 2+2+4=8 分，印的是 6 分，两边不等",
            "2.1 b 2",
            "2.1.1 2 做到得2分",
            "2.2 c 2",
            "2.2.1 2 做到得2分",
            "2.3 d 4",
            "2.3.1 4 做到得4分",
        ],
    ),
    "an item that belongs to the unit above": (
        (
            HEADER,
            ("甲(5分)", "a", "做到得3分", 3),
            ("乙(4分)", "b", "做到得2分", 2),
            (None, "c", "做到得4分", 4),
        ),
        [
            "1 甲 5",
            "1.1 a 3",
            "1.1.1 3 做到得3分",
            "1.2 b 2 printed_under=2 ?b 2 分印在“乙”(4 分)下，2+4=6；移到“甲”(5 分)后 4、2+3=5，两边都相等",
            "1.2.1 2 做到得2分",
            "2 乙 4",
            "2.1 c 4",
            "2.1.1 4 做到得4分",
        ],
    ),
}
"""The rows, and what is made of them: id, points, number and text, rule and other keys, and what is to be looked at."""


def shown(data: dict[str, Node], doubts: dict[Path, str]) -> Iterator[str]:
    """Everything below the top, a line a part."""
    if said := doubts.pop(("points",), ""):
        yield f"points ?{said}"
    yield from _parts(data, "units", (), doubts)


def _parts(part: dict[str, Node], key: str, path: Path, doubts: dict[Path, str]) -> Iterator[str]:
    listed = part.get(key, [])
    assert isinstance(listed, list)
    for at, inner in enumerate(listed):
        assert isinstance(inner, dict)
        here = (*path, key, at)
        text = f"{inner['clause']}|{inner['text']}" if "clause" in inner else str(inner.get("name", inner.get("text")))
        rule = inner.get("rule")
        more = [f"{name}={inner[name]}" for name in MORE if name in inner]
        words = [
            rule["kind"] if isinstance(rule, dict) else "",
            *more,
            f"?{doubts.pop(here)}" if here in doubts else "",
        ]
        line = (
            (inner["id"], text, inner["points"]) if "name" in inner else (inner["id"], inner.get("points", "-"), text)
        )
        yield " ".join(str(word) for word in (*line, *words) if word)
        for below in ("items", "criteria", "parts"):
            yield from _parts(inner, below, here, doubts)


MORE = ("bonus", "printed_under", "must", "not_applicable", "evidence", "method", "note")


@pytest.mark.parametrize("case", CASES)
def test_a_small_table(case: str) -> None:
    rows, expected = CASES[case]
    offer, problems = offered(workbook(rows), "表.xlsx")
    assert problems == ()
    assert offer
    doubts = {path: said for path, said in offer.doubts.items() if path not in TO_FILL}
    missing = (
        doubts.pop(("points",))
        if ("总分" not in str(rows) and "合计" not in str(rows))
        else "没有印总分，按各评价单元合计"
    )
    assert missing == "没有印总分，按各评价单元合计"
    assert list(shown(offer.data, doubts)) == expected
    assert doubts == {}


@pytest.mark.parametrize("case", CASES)
def test_a_table_in_word_is_read_alike(case: str) -> None:
    rows, _ = CASES[case]
    sheet, _ = offered(workbook(rows), "表.xlsx")
    word, _ = offered(document(rows, merge=False), "表.docx")
    assert sheet == word


def told(data: bytes) -> tuple[str, ...]:
    """What is printed."""
    offer, problems = offered(data, "表")
    assert offer, problems
    return offer.told


def test_what_was_not_read_is_told() -> None:
    rows: list[Row] = [
        (*HEADER, "自评得分", "责任科室"),
        ("甲(5分)", "a", "做到得4分", 5, None, None),
        ("总分", None, None, 6, None, None),
        ("注：示例市能源局负责解释。", None, None, None, None, None),
    ]
    assert told(workbook(rows)) == (
        "读到 1 个评价单元、1 个评价项目、1 条。",
        "计分方式：全得或不得 1 条。",
        "分值有 2 处不等，照印的抄录，已在备注中写明。",
        "没有读取的列：自评得分、责任科室。",
        "没有读取的文字：注：示例市能源局负责解释。",
        "有 8 处请核对或填写，写在备注里，逐处看过再用。",
    )


def test_numbers_that_word_makes_are_made_again_and_told() -> None:
    rows: list[Row] = [HEADER, ("甲(3分)", "a", "明确机构，得1分\n明确人员，得2分", 3)]
    data = numbered_by_word(document(rows), 1, 2)
    offer, _ = offered(data, "表.docx")
    assert offer
    assert [line for line in shown(offer.data, {}) if "|" in line] == [
        "1.1.1 1 1.|明确机构，得1分",
        "1.1.2 2 2.|明确人员，得2分",
    ]
    assert "Word 自动编的号按 1. 2. 3. 重编，请核对。" in offer.told
