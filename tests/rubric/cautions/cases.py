"""For each statement: a standard that provokes it, answers that prove its figures, and a standard without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from jieyue_cli.rubric.cautions import excused, required, rules, totals, words
from jieyue_cli.rubric.cautions.parts import Caution
from jieyue_cli.rubric.model import Rubric
from scoring.standards import Data, Said, counted, criterion, item, standard, unit


@dataclass(frozen=True)
class Case:
    """One statement and what it is about."""

    says: Callable[[Rubric], Iterator[Caution]]
    where: str
    does: str
    rubric: Rubric
    without: Rubric
    proof: list[tuple[Said, str]] = field(default_factory=list)
    """Answers, and the total and conclusion that they bring."""


def judged(identifier: str, points: str, **more: object) -> Data:
    return criterion(identifier, points, rule={"kind": "judged", "step": "0.25"}, **more)


def alone(part: Data, *, passing: str = "1", **more: object) -> Rubric:
    return standard(unit("1", item("A", part)), passing=passing, **more)


def both(first: Data, second: Data, *, passing: str = "1", **more: object) -> Rubric:
    return standard(unit("1", item("A", first), item("B", second)), passing=passing, **more)


def base(
    points: str, *, passing: str, bonus: str | None = None, more: Mapping[str, object] | None = None, **whole: object
) -> Rubric:
    units = [unit("1", item("A", judged("A1", points)))]
    if bonus:
        units.append(unit("2", item("B", judged("B1", bonus)), bonus=True, **(more or {})))
    return standard(*units, passing=passing, **whole)


def required_of(must: object, **more: object) -> Rubric:
    return standard(
        unit("1", item("A", judged("A1", "2"), must=must), item("B", judged("B1", "8"))), passing="6", **more
    )


def linear(**more: object) -> Data:
    return criterion("A1", "8", rule={"kind": "linear", "above": "96%", "per": "1%", "gain": 2, **more}, must="nonzero")


def cases_of(first: str, second: str, kind: str = "either") -> Data:
    parts = [counted("A1-1", "4", text=first), counted("A1-2", "3", text=second)]
    return criterion("A1", "4", text="食堂", rule={"kind": kind}, parts=parts)


SCALE = {"points": 100, "decimals": 1}
GRADES = [{"name": "优秀", "from": 8}, {"name": "达标", "from": 6}, {"name": "未达标", "from": 0}]
LIMIT = {"not_applicable_limit": {"points": 2}}
CLEAN = alone(criterion("A1", "4"))
CIGARETTES = {"id": "X", "text": "发现烟头", "answer": "count", "unit": "个"}
FAULTS = {
    "kind": "deductions",
    "faults": [{"text": "没有计划", "lose": 1}, {"text": "发现烟头", "lose": 1, "measure": "个"}],
}
SHARE = [judged("A1", "10"), judged("A2", "10", not_applicable="dropped")]
PARTLY = {"kind": "ladder", "steps": [{"name": "全部", "points": 1}, {"name": "部分", "points": 0.5}]}
LADDER = {"kind": "ladder", "steps": [{"name": "三级计量", "points": 5}, {"name": "分户计量", "points": 1}]}
BANDS = {"kind": "bands", "bands": [{"at_least": "99%", "points": 5}, {"at_least": "95%", "points": 3}]}
RATIO = {"kind": "ratio", "of": "实际成本", "by": "计划成本", "reverse": True}
BRANCH = {
    "rule": {"kind": "branch", "on": "A1"},
    "parts": [
        {"id": "B1-1", "text": "有", "case": "是"},
        {"id": "B1-2", "text": "没有", "case": "否", "rule": {"kind": "granted"}},
    ],
}
ASKED = {"id": "X", "text": "有无食堂", "answer": "yes_no"}

CASES = [
    Case(
        totals.bonus_lifts,
        "2 第2部分",
        "附加分能把不够的基础分补到达标线：基础分 78 分 + 附加分 2 分 = 80 分，达标",
        base("100", passing="80", bonus="2"),
        base("100", passing="80", bonus="2", more={"entry": {"at_least": "80"}}),
        [({"A1": "78", "B1": "2"}, "80 达标"), ({"A1": "78", "B1": "1.75"}, "79.75 未达标")],
    ),
    Case(
        totals.bonus_lifts,
        "2 第2部分",
        "附加分能把不够的基础分补到达标线：基础分 77.5 分 + 附加分 2.5 分 = 80 分，达标",
        base("100", passing="80", bonus="10", more={"entry": {"above": "75"}}),
        base("100", passing="80"),
        [({"A1": "77.5", "B1": "2.5"}, "80 达标"), ({"A1": "75", "B1": "10"}, "75 未达标")],
    ),
    Case(
        totals.bonus_needed,
        "pass_mark、grades",
        "不算附加分总分最高 90 分，没有附加分的得不到“达标”",
        base("90", passing="95", bonus="10"),
        base("90", passing="90", bonus="10"),
        [({"A1": "90"}, "90 未达标"), ({"A1": "90", "B1": "5"}, "95 达标")],
    ),
    Case(
        totals.rounded_up,
        "scale",
        "换算后先四舍五入再与达标线比：换算得 79.95 分的取为 80 分，算达标",
        base("500", passing="80", scale=SCALE),
        base("500", passing="80"),
        [({"A1": "399.75"}, "80 达标"), ({"A1": "399.5"}, "79.9 未达标")],
    ),
    Case(
        totals.entry_before_conversion,
        "2 第2部分",
        "进入条件 80 分按换算前的合计比，换算后是 16 分",
        base("500", passing="80", bonus="2", more={"entry": {"above": "80"}}, scale=SCALE),
        base("500", passing="80", bonus="2", more={"entry": {"above": "80"}}),
        [({"A1": "80", "B1": "2"}, "16 未达标"), ({"A1": "80.25", "B1": "2"}, "16.5 未达标")],
    ),
    Case(
        totals.grades_joined,
        "grades",
        "等级印出的界限之间有空隙（5 与 6），按分值的最小一档没有总分落在里面，照收",
        both(counted("A1", "4"), counted("B1", "4"), passing="6", grades=[GRADES[1], {**GRADES[2], "to": 5}]),
        both(counted("A1", "4"), counted("B1", "4"), passing="6", grades=[GRADES[1], {**GRADES[2], "below": 6}]),
        [({"A1": "4", "B1": "1"}, "5 未达标"), ({"A1": "4", "B1": "2"}, "6 达标")],
    ),
    Case(
        totals.grade_out_of_reach,
        "grades",
        "“优秀”从 8 分起，总分最高 7 分，谁也得不到",
        base("7", passing="6", grades=GRADES),
        base("8", passing="6", grades=GRADES),
        [({"A1": "7"}, "7 达标")],
    ),
    Case(
        totals.mark_is_a_share,
        "pass_mark",
        "0.75 分就达标，满分是 8 分",
        base("8", passing="0.75"),
        base("8", passing="6"),
        [({"A1": "0.75"}, "0.75 达标"), ({"A1": "0.5"}, "0.5 未达标")],
    ),
    Case(
        totals.target_stands,
        "targets",
        "2031 年的目标与 2030 年一样，都是 25%",
        base("8", passing="6", targets={"2030": "25%", "2031": "25%"}),
        base("8", passing="6", targets={"2030": "25%", "2031": "50%"}),
    ),
    Case(
        totals.forfeit_is_wide,
        "forfeit",
        "一条弄虚作假，同一项目的分全部不得：A1 虚假的，A 的 4 分都不得",
        standard(unit("1", item("A", criterion("A1"), criterion("A2", "3"))), passing="1", forfeit="item"),
        standard(unit("1", item("A", criterion("A1"), criterion("A2", "3"))), passing="1", forfeit="criterion"),
        [({"A1": "虚假", "A2": "1"}, "0 未达标"), ({"A1": "0", "A2": "1"}, "3 达标")],
    ),
    Case(
        totals.deduction_is_blank,
        "1 第1部分",
        "扣分用的 X 空着的，本单元 4 分先都不计，填了才能定",
        standard(
            unit("1", item("A", judged("A1", "4")), deductions=[{"input": "X", "lose": 1}]),
            passing="1",
            inputs=[CIGARETTES],
        ),
        alone(criterion("A1", "4")),
        [({"X": "空", "A1": "4"}, "0 待更正"), ({"X": "0", "A1": "4"}, "4 达标")],
    ),
    Case(
        required.held_below_the_mark,
        "A",
        "没有做到的最高定为“未达标”，不是降一等：总分够“优秀”的也不能评为“达标”",
        required_of("nonzero", grades=GRADES),
        required_of({"reach": "nonzero", "otherwise": "达标"}, grades=GRADES),
        [({"A1": "0", "B1": "8"}, "8 未达标"), ({"A1": "0.25", "B1": "8"}, "8.25 优秀")],
    ),
    Case(
        required.held_below_the_mark,
        "空项上限",
        "没有做到的最高定为“未达标”，不是降一等：总分够“优秀”的也不能评为“达标”",
        both(judged("A1", "8"), judged("B1", "3", not_applicable="full"), passing="6", grades=GRADES, **LIMIT),
        both(judged("A1", "8"), judged("B1", "3", not_applicable="full"), passing="6", grades=GRADES),
        [({"A1": "8", "B1": "不涉及"}, "11 未达标"), ({"A1": "8", "B1": "3"}, "11 优秀")],
    ),
    Case(
        required.holds_nothing_down,
        "A",
        "没有做到的最高定为“优秀”，已是最高一等，不受影响",
        required_of({"reach": "nonzero", "otherwise": "优秀"}, grades=GRADES),
        required_of({"reach": "nonzero", "otherwise": "达标"}, grades=GRADES),
        [({"A1": "0", "B1": "8"}, "8 优秀")],
    ),
    Case(
        required.never_missed,
        "A1",
        "“★不得为0分”谁都做得到：填得最差也有 1 分，只有空着的算没有做到",
        alone(linear(least=1)),
        alone(linear()),
        [({"A1": "0"}, "1 达标"), ({"A1": "空"}, "0 未达标")],
    ),
    Case(
        required.partly_met,
        "G",
        "做到一部分（得分不为 0）就算符合，不要求全部做到",
        alone(criterion("A1", "4"), gates=[{"id": "G", "text": "前提", "rule": PARTLY, "must": "nonzero"}]),
        alone(criterion("A1", "4"), gates=[{"id": "G", "text": "前提", "rule": PARTLY}]),
        [({"G": "2", "A1": "1"}, "4 达标"), ({"G": "0", "A1": "1"}, "4 未达标")],
    ),
    Case(
        required.takes_more,
        "A",
        "没有做到的，整个单元 1 的 10 分计零分，不只是这一项目的 2 分",
        required_of({"reach": "nonzero", "zero": "unit"}),
        required_of("nonzero"),
        [({"A1": "0", "B1": "8"}, "0 未达标")],
    ),
    Case(
        required.takes_more,
        "A",
        "没有做到的总分计 0 分，定为“未达标”",
        required_of({"reach": "nonzero", "zero": "total"}),
        required_of("nonzero"),
        [({"A1": "0", "B1": "8"}, "0 未达标")],
    ),
    Case(
        required.share_of_what_is_left,
        "A",
        "A2（10 分）不涉及时，应得 10 分，只要 8.5 分；都涉及时要 17 分",
        standard(unit("1", item("A", *SHARE, must="85%")), passing="1"),
        standard(unit("1", item("A", *SHARE, must="full")), passing="1"),
        [
            ({"A1": "8.5", "A2": "不涉及"}, "8.5 达标"),
            ({"A1": "8.25", "A2": "不涉及"}, "8.25 未达标"),
            ({"A1": "10", "A2": "7"}, "17 达标"),
            ({"A1": "10", "A2": "6.75"}, "16.75 未达标"),
        ],
    ),
    Case(
        required.share_of_what_is_left,
        "A",
        "A2（10 分）不涉及时，应得 10 分，仍要 9 分；都涉及时要 9 分",
        standard(unit("1", item("A", *SHARE, must="9")), passing="1"),
        standard(unit("1", item("A", *SHARE, must="full")), passing="1"),
        [({"A1": "8.75", "A2": "不涉及"}, "8.75 未达标"), ({"A1": "9", "A2": "不涉及"}, "9 达标")],
    ),
    Case(
        excused.out_of_reach,
        "not_applicable",
        "不评分的条文最多 30 分，达标线不变：去掉超过 20 分的，剩下的全得也不能达标",
        both(judged("A1", "70"), judged("B1", "30", not_applicable="dropped"), passing="80"),
        both(judged("A1", "80"), judged("B1", "20", not_applicable="dropped"), passing="80"),
        [({"A1": "70", "B1": "不涉及"}, "70 未达标")],
    ),
    Case(
        excused.bonus_not_rescaled,
        "not_applicable",
        "附加分不折算：B1 不涉及，基础分 71.25 ÷ 95 × 100 + 附加分 2 = 77 分",
        standard(
            unit("1", item("A", judged("A1", "95")), item("B", judged("B1", "5", not_applicable="rescaled"))),
            unit("2", item("C", judged("C1", "2")), bonus=True),
            passing="80",
        ),
        both(judged("A1", "95"), judged("B1", "5", not_applicable="rescaled"), passing="80"),
        [({"A1": "71.25", "B1": "不涉及", "C1": "2"}, "77 未达标")],
    ),
    Case(
        excused.excused_from_what_is_required,
        "A1",
        "都填“不涉及”的视为做到，不影响达标",
        both(criterion("A1", "2", must="full", not_applicable="dropped"), judged("B1", "8")),
        both(criterion("A1", "2", must="full"), judged("B1", "8")),
        [({"A1": "不涉及", "B1": "8"}, "8 达标"), ({"A1": "0", "B1": "8"}, "8 未达标")],
    ),
    Case(
        excused.gates_do_not_follow,
        "G",
        "总则的“不涉及按满分计”不管达标前提：填“不涉及”的算不符合，不能达标",
        alone(criterion("A1", "4"), not_applicable="full", gates=[{"id": "G", "text": "前提"}]),
        alone(
            criterion("A1", "4"),
            not_applicable="full",
            gates=[{"id": "G", "text": "前提", "not_applicable": "dropped"}],
        ),
        [({"G": "不涉及", "A1": "不涉及"}, "4 未达标"), ({"G": "1", "A1": "不涉及"}, "4 达标")],
    ),
    Case(
        excused.two_ways,
        "A1、B1",
        "两种不涉及并存：A1 不评分、达标线不变，B1 按缺项折算",
        both(criterion("A1", "4", not_applicable="dropped"), judged("B1", "6", not_applicable="rescaled")),
        both(criterion("A1", "4", not_applicable="dropped"), judged("B1", "6", not_applicable="dropped")),
        [({"A1": "不涉及", "B1": "3"}, "3 达标"), ({"A1": "1", "B1": "不涉及"}, "10 达标")],
    ),
    Case(
        excused.words_that_excuse,
        "A1",
        "条文写“不扣分”，但填“不涉及”的得 0 分",
        alone(criterion("A1", "4", text="新建项目达标得4分，没有新建项目不扣分")),
        alone(criterion("A1", "4", text="新建项目达标得4分，没有新建项目不扣分", not_applicable="full")),
        [({"A1": "不涉及"}, "0 未达标")],
    ),
    Case(
        rules.cap_is_no_multiple,
        "A1",
        "第 3 项只得 1 分：填 2 项得 4 分，填 3 项得 5 分",
        alone(criterion("A1", "5", rule={"kind": "count", "each": 2, "measure": "项"})),
        alone(criterion("A1", "4", rule={"kind": "count", "each": 2, "measure": "项"})),
        [({"A1": "2"}, "4 达标"), ({"A1": "3"}, "5 达标")],
    ),
    Case(
        rules.blank_is_nothing,
        "A1",
        "扣分情形有一行空着的得 0 分，不是满分：A1 没有这些情形的要逐行填“否”或 0，才得 4 分",
        alone(criterion("A1", "4", rule=FAULTS)),
        CLEAN,
        [({"A1/1": "0", "A1/2": "空"}, "0 未达标"), ({"A1/1": "0", "A1/2": "0"}, "4 达标")],
    ),
    Case(
        rules.part_of_a_step,
        "A1",
        "不满一步的不算：A1 为 96.9% 与为 96% 一样，得 0 分",
        alone(linear()),
        CLEAN,
        [({"A1": "96.9"}, "0 未达标"), ({"A1": "97"}, "2 达标")],
    ),
    Case(
        rules.between_bands,
        "A1",
        "条文写到 95%—98%，下一档从 99 起，中间的 98.5% 得 3 分",
        alone(criterion("A1", "5", text="95%—98%得3分，99%以上得5分", rule=BANDS)),
        alone(criterion("A1", "5", text="95%以上不足99%得3分，99%以上得5分", rule=BANDS)),
        [({"A1": "98.5"}, "3 达标")],
    ),
    Case(
        rules.best_of_both_cases,
        "A1",
        "几部分都可以填，取得分最高的一部分，不看属于哪种情形：各部分都得满分，得 4 分；只有 A1-1 得满分，得 4 分；"
        "只有 A1-2 得满分，得 3 分",
        alone(cases_of("若自办食堂，每项得1分", "否则，每项得1分")),
        alone(cases_of("节约活动", "节约制度")),
        [({"A1-1": "4", "A1-2": "3"}, "4 达标"), ({"A1-1": "0", "A1-2": "3"}, "3 达标")],
    ),
    Case(
        rules.scored_twice,
        "A1、A2",
        "像是同一件事的两种情形，但两条分别计分，都填“是”的共得 8 分",
        standard(
            unit(
                "1", item("A", criterion("A1", "4", text="若设吸烟区，规范"), criterion("A2", "4", text="若不设吸烟区"))
            ),
            passing="1",
        ),
        standard(
            unit("1", item("A", criterion("A1", "4", text="吸烟区规范"), criterion("A2", "4", text="若不设吸烟区"))),
            passing="1",
        ),
        [({"A1": "1", "A2": "1"}, "8 达标")],
    ),
    Case(
        rules.decides_and_scores,
        "B1",
        "A1 自己得 2 分，又决定本条按哪种情形计分，两条合计最多 6 分",
        both(criterion("A1", "2"), criterion("B1", "4", **BRANCH)),
        alone(criterion("B1", "4", parts=BRANCH["parts"], rule={"kind": "branch", "on": "X"}), inputs=[ASKED]),
        [({"A1": "1", "B1-1": "1"}, "6 达标"), ({"A1": "0"}, "4 达标")],
    ),
    Case(
        rules.nothing_is_best,
        "A1",
        "“实际成本”填 0 的得满分 4 分",
        alone(criterion("A1", "4", rule=RATIO)),
        alone(criterion("A1", "4", rule={**RATIO, "reverse": False})),
        [({"A1/1": "0", "A1/2": "7"}, "4 达标")],
    ),
    Case(
        rules.used_by_nothing,
        "X",
        "没有条文用它计分，填什么都不影响得分",
        alone(criterion("A1", "4"), inputs=[ASKED]),
        alone(criterion("A1", "4"), inputs=[{**ASKED, "answer": "text"}]),
        [({"X": "1", "A1": "1"}, "4 达标"), ({"X": "0", "A1": "1"}, "4 达标")],
    ),
    Case(
        rules.one_missing,
        "A1",
        "差一部分就不得分：各部分都得满分，得 4 分；只差 A1-1，得 0 分；只差 A1-2，得 0 分",
        alone(
            criterion(
                "A1",
                "4",
                text="节能和节水",
                rule={"kind": "all_of"},
                parts=[criterion("A1-1", "4"), criterion("A1-2", "4")],
            )
        ),
        alone(
            criterion(
                "A1",
                "4",
                text="均完成",
                rule={"kind": "all_of"},
                parts=[criterion("A1-1", "4"), criterion("A1-2", "4")],
            )
        ),
        [({"A1-1": "1", "A1-2": "0"}, "0 未达标"), ({"A1-1": "1", "A1-2": "1"}, "4 达标")],
    ),
    Case(
        rules.more_than_all,
        "A1",
        "条文写“超额”，但完成率最多填 100%，得 4 分，超过的不收",
        alone(criterion("A1", "4", text="按完成率计分，超额完成得满分", rule={"kind": "completion_rate"})),
        alone(criterion("A1", "4", text="按完成率计分", rule={"kind": "completion_rate"})),
        [({"A1": "100"}, "4 达标")],
    ),
    Case(
        words.price_differs,
        "A1",
        "条文写“得2分”，这里最高得 3 分",
        alone(criterion("A1", "3", text="明确专人负责，得2分")),
        alone(criterion("A1", "2", text="明确专人负责，得2分")),
        [({"A1": "1"}, "3 达标")],
    ),
    Case(
        words.cap_differs,
        "A1",
        "条文写“最高5分”，这里最高得 4 分",
        alone(counted("A1", "4", text="每项得1分，最高得5分")),
        alone(counted("A1", "5", text="每项得1分，最高得5分")),
        [({"A1": "5"}, "4 达标")],
    ),
    Case(
        words.each_differs,
        "A1",
        "条文写“每…2分”，这里是：每项1分，最高4分",
        alone(counted("A1", "4", text="每项得2分")),
        alone(counted("A1", "4", text="每项得1分")),
        [({"A1": "1"}, "1 达标")],
    ),
    Case(
        words.heading_differs,
        "A 制度（9分）",
        "名称里写 9 分，这里是 4 分",
        standard(unit("1", item("A", criterion("A1", "4"), name="制度（9分）")), passing="1"),
        standard(unit("1", item("A", criterion("A1", "4"), name="制度（4分）")), passing="1"),
        [({"A1": "1"}, "4 达标")],
    ),
    Case(
        words.evidence_takes_no_points,
        "A1",
        "条文写“没有佐证材料的不得分”，但没有佐证材料的只提醒，得分不变",
        alone(criterion("A1", "4", text="有制度，没有佐证材料的不得分", evidence=True)),
        alone(criterion("A1", "4", text="有制度", evidence=True)),
        [({"A1": "1"}, "4 达标")],
    ),
    Case(
        words.each_differs,
        "A1",
        "条文写“每…1分”，这里是：是得4分，否不得分",
        alone(criterion("A1", "4", text="每项得1分")),
        alone(criterion("A1", "4", text="建立制度，得4分")),
        [({"A1": "1"}, "4 达标"), ({"A1": "0"}, "0 未达标")],
    ),
    Case(
        words.price_is_missing,
        "A1",
        "条文写“得1分”，这里是：是得5分，否不得分",
        alone(criterion("A1", "5", text="三级计量得5分，分户计量得1分")),
        alone(criterion("A1", "5", text="三级计量得5分，分户计量得1分", rule=LADDER)),
        [({"A1": "1"}, "5 达标"), ({"A1": "0"}, "0 未达标")],
    ),
    Case(
        words.way_differs,
        "A1",
        "条文写“酌情”，这里只有 4 分和 0 分",
        alone(criterion("A1", "4", text="宣传情况酌情得0~4分")),
        alone(judged("A1", "4", text="宣传情况酌情得0~4分")),
        [({"A1": "1"}, "4 达标"), ({"A1": "0"}, "0 未达标")],
    ),
    Case(
        words.extra_by_name_only,
        "1 加分项",
        "名称像附加分，但 4 分算在满分 4 分以内",
        standard(unit("1", item("A", criterion("A1", "4")), name="加分项"), passing="1"),
        CLEAN,
        [({"A1": "1"}, "4 达标")],
    ),
    Case(
        words.mark_without_must,
        "A1",
        "条文有“※”，但没有做到的只少得分，不影响达标",
        both(criterion("A1", "4", text="※ 完成目标"), criterion("B1", "4")),
        both(criterion("A1", "4", text="※ 完成目标", must="full"), criterion("B1", "4")),
        [({"A1": "0", "B1": "1"}, "4 达标")],
    ),
    Case(
        words.evidence_is_not_asked_for,
        "A1",
        "条文写“须提供佐证”，但没有写佐证材料的不提醒",
        alone(criterion("A1", "4", text="有制度，须提供佐证材料")),
        alone(criterion("A1", "4", text="有制度，须提供佐证材料", evidence=True)),
        [({"A1": "1"}, "4 达标")],
    ),
]
