"""Rules and what surrounds the points, damaged one by one: every fault at its place, in words, with its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from jieyue_cli.rubric.source import build

EVERY_KIND = Path(__file__).with_name("all_kinds.yaml").read_text("utf-8")
POLICIES = "not_allowed、full、dropped、rescaled，请改正。"
KINDS = (
    "all_or_nothing、count、ladder、bands、linear、deductions、completion_rate、judged、either、all_of、sum，请改正。"
)
FAULTS: list[tuple[str, str, list[str]]] = [
    # ladders
    (
        "{name: 三级计量, points: 5}",
        "{name: 三级计量, points: 4}",
        ["rubric-top 34:63 最高只能得到 4 分，分值写的是 5 分，请改到一致。"],
    ),
    (
        "{name: 分户计量, points: 1}",
        "{name: 分户计量, points: 3}",
        [
            (
                "rubric-unreachable 34:118 “分户计量”这一档永远得不到："
                "它不比前一档“分户、功能分区计量”的分少，请改正或删除。"
            )
        ],
    ),
    (
        "{name: 分户计量, points: 1}",
        "{name: 三级计量, points: 1}",
        ["rubric-duplicate-name 34:104 名称“三级计量”用了两次，请改成不重复的名称。"],
    ),
    (
        "{name: 分户计量, points: 1}",
        "{name: 无, points: 1}",
        ["rubric-duplicate-name 34:104 名称“无”用了两次，请改成不重复的名称。"],
    ),
    (
        "{name: 分户计量, points: 1}",
        "{name: 分户计量, points: 0}",
        ["rubric-value 34:118 “points”的值“0”不对，应为大于 0 的数字，请改正。"],
    ),
    # bands
    (
        "{up_to: 0.9, points: 7}",
        "{up_to: 0.9, points: 6.5}",
        ["rubric-top 42:44 最高只能得到 6.5 分，分值写的是 7 分，请改到一致。"],
    ),
    (
        "{up_to: 1, points: 6}",
        "{points: 6}",
        ["rubric-either 42:48 up_to、below、at_least、above 要写一个，也只能写一个，请改正。"],
    ),
    (
        "{up_to: 1, points: 6}",
        "{up_to: 1, below: 2, points: 6}",
        ["rubric-either 42:48 up_to、below、at_least、above 要写一个，也只能写一个，请改正。"],
    ),
    (
        "{up_to: 1, points: 6}",
        "{at_least: 1, points: 6}",
        [
            "rubric-unreachable 42:48 “≥1”这一档永远得不到：它与前一档“≤0.9”方向相反，请改正或删除。",
            "rubric-unreachable 42:74 “≤1.1”这一档永远得不到：它与前一档“≥1”方向相反，请改正或删除。",
        ],
    ),
    (
        "{up_to: 1, points: 6}",
        "{up_to: 0.9, points: 6}",
        ["rubric-unreachable 42:48 “≤0.9”这一档永远得不到：前一档“≤0.9”已经包含它，请改正或删除。"],
    ),
    (
        "{up_to: 1, points: 6}",
        "{up_to: 0.8, points: 6}",
        ["rubric-unreachable 42:48 “≤0.8”这一档永远得不到：前一档“≤0.9”已经包含它，请改正或删除。"],
    ),
    (
        "{up_to: 1, points: 6}",
        "{up_to: 1, points: 7}",
        ["rubric-unreachable 42:48 “≤1”这一档永远得不到：它不比前一档“≤0.9”的分少，请改正或删除。"],
    ),
    (
        "{up_to: 1, points: 6}",
        "{up_to: 100%, points: 6}",
        [
            "rubric-value 42:31 “up_to”的值“0.9”不对，应为百分数（如 0.9%），因为这一计分方式里别处带 %，请改正。",
            "rubric-value 42:82 “up_to”的值“1.1”不对，应为百分数（如 1.1%），因为这一计分方式里别处带 %，请改正。",
            "rubric-value 42:107 “up_to”的值“1.2”不对，应为百分数（如 1.2%），因为这一计分方式里别处带 %，请改正。",
        ],
    ),
    (
        "{up_to: 1, points: 6}",
        "{up_to: 许多, points: 6}",
        ["rubric-value 42:56 “up_to”的值“许多”不对，应为一个数字，或百分数如 95%，请改正。"],
    ),
    (
        "relative_to: 同类单位平均值",
        "relative_to: {name: 同类单位平均值, value: 0}",
        ["rubric-value 41:51 “value”的值“0”不对，应为大于 0 的数字，请改正。"],
    ),
    # linear
    (
        "above: 96%, per",
        "above: 96%, below: 90%, per",
        ["rubric-either 46:19 above、below 要写一个，也只能写一个，请改正。"],
    ),
    ("above: 96%, per", "per", ["rubric-either 46:19 above、below 要写一个，也只能写一个，请改正。"]),
    (
        "above: 96%, per",
        "above: 96, per",
        ["rubric-value 46:41 “above”的值“96”不对，应为百分数（如 96%），因为这一计分方式里别处带 %，请改正。"],
    ),
    (
        "above: 96%, per",
        "above: 0.96, per",
        ["rubric-value 46:41 “above”的值“0.96”不对，应为百分数（如 0.96%），因为这一计分方式里别处带 %，请改正。"],
    ),
    ("above: 96%, per", "above: 97%, per", ["rubric-top 46:41 最高只能得到 6 分，分值写的是 8 分，请改到一致。"]),
    ("per: 1%, gain: 2", "per: 0%, gain: 2", ["rubric-value 46:51 “per”的值“0%”不对，应为大于 0 的数，请改正。"]),
    ("per: 1%, gain: 2", "per: 1%", ["rubric-either 46:19 gain、lose 要写一个，也只能写一个，请改正。"]),
    (
        "per: 1%, gain: 2",
        "per: 1%, gain: 2, lose: 1",
        ["rubric-either 46:19 gain、lose 要写一个，也只能写一个，请改正。"],
    ),
    (
        "per: 1%, gain: 2",
        "per: 1%, gain: 9",
        ["rubric-cap 44:21 最高 8 分比每次的 9 分还少，永远得不到满一次的分，请改正。"],
    ),
    (
        "per: 1%, gain: 2",
        "per: 1%, gain: 2, least: 8",
        ["rubric-value 46:71 “least”的值“8”不对，应为小于分值 8 的数，请改正。"],
    ),
    (
        "above: 96%, per: 1%, gain: 2",
        "below: 3%, per: 1%, gain: 2",
        ["rubric-top 46:41 最高只能得到 6 分，分值写的是 8 分，请改到一致。"],
    ),
    (
        "above: 96%, per: 1%, gain: 2",
        "below: 101%, per: 1%, lose: 2",
        ["rubric-top 46:41 最高只能得到 6 分，分值写的是 8 分，请改到一致。"],
    ),
    (
        "{up_to: 0.9, points: 7}",
        "{up_to: -0.9, points: 7}",
        ["rubric-unreachable 42:23 “≤-0.9”这一档永远得不到：填报的值最小是 0，请改正或删除。"],
    ),
    # the others
    (
        "{text: 发现烟头, lose: 1, measure: 个}",
        "{text: 无计划, lose: 1}",
        ["rubric-duplicate-name 54:76 名称“无计划”用了两次，请改成不重复的名称。"],
    ),
    ("step: 0.5}", "step: 1}", ["rubric-top 56:33 最高只能得到 3 分，分值写的是 3.5 分，请改到一致。"]),
    (
        "rule: {kind: either}",
        "rule: {kind: eether}",
        [
            "rubric-parts 60:19 有 parts 时计分方式只能是 either、all_of、sum 之一，请改正。",
            "rubric-value 60:26 “kind”的值“eether”不对，应为以下之一：" + KINDS,
            "rubric-missing-key 62:17 缺少“points”这一项，请补上。",
        ],
    ),
    ("rule: {kind: either}", "", ["rubric-missing-key 62:17 缺少“points”这一项，请补上。"]),
    (
        "rule: {kind: all_of}",
        "rule: {kind: count, each: 1, measure: 项}",
        [
            "rubric-parts 72:19 有 parts 时计分方式只能是 either、all_of、sum 之一，请改正。",
            "rubric-missing-key 74:17 缺少“points”这一项，请补上。",
            "rubric-missing-key 75:17 缺少“points”这一项，请补上。",
            "rubric-missing-key 76:17 缺少“points”这一项，请补上。",
        ],
    ),
    (
        "- {id: 1.2.4-a, text: 被评为节水型单位}",
        "- {id: 1.2.4-a, points: 5, text: 被评为节水型单位}",
        ["rubric-top 58:21 最高只能得到 6 分，分值写的是 7 分，请改到一致。"],
    ),
    (
        "{id: 1.2.4-b1, points: 2,",
        "{id: 1.2.4-b1, points: 3,",
        ["rubric-sum 64:25 这一条写的是 6 分，但其下各项合计 7 分，请改到一致。"],
    ),
    (
        "{id: 2.1.1-1, points: 4,",
        "{id: 2.1.1-1, points: 5,",
        ["rubric-sum 86:21 这一条写的是 12 分，但其下各项合计 13 分，请改到一致。"],
    ),
    # around the points
    (
        "- {id: G1, text:",
        "- {id: G1, points: 5, text:",
        ["rubric-gate-points 20:22 达标前提不计分，请删除分值 points。"],
    ),
    (
        "- {id: G1, text:",
        "- {id: G1, points: 1.00, text:",
        ["rubric-gate-points 20:22 达标前提不计分，请删除分值 points。"],
    ),
    (
        "not_applicable: rescaled",
        "not_applicable: never",
        ["rubric-value 11:17 “not_applicable”的值“never”不对，应为以下之一：" + POLICIES],
    ),
    (
        "forfeit: item",
        "forfeit: all",
        ["rubric-value 12:10 “forfeit”的值“all”不对，应为以下之一：criterion、item、unit，请改正。"],
    ),
    (
        "        must: nonzero",
        "        must: some",
        ["rubric-value 29:15 “must”的值“some”不对，应为以下之一：nonzero、full，请改正。"],
    ),
    (
        "        must: nonzero",
        "        must: {reach: full, otherwise: 优良}",
        ["rubric-unknown-name 29:40 “优良”不在 grades 中，应为：优秀、合格、不合格，请改正。"],
    ),
    (
        "when: [集中办公]",
        "when: [集中]",
        [
            "rubric-sum 83:17 评价项目“嵌套”（集中办公）写的是 20 分，但其下各项合计 12 分，请改到一致。",
            "rubric-unknown-name 92:60 “集中”不在 classes 中，应为：独立办公、集中办公，请改正。",
        ],
    ),
    (
        "when: [集中办公]",
        "when: []",
        ["rubric-sum 83:17 评价项目“嵌套”（独立办公）写的是 20 分，但其下各项合计 28 分，请改到一致。"],
    ),
    (
        "{id: 2.1.3, points: 8,",
        "{id: 2.1.3, points: 9,",
        ["rubric-sum 83:17 评价项目“嵌套”（集中办公）写的是 20 分，但其下各项合计 21 分，请改到一致。"],
    ),
    (
        "        name: 嵌套\n",
        "        name: 嵌套\n        when: [独立办公]\n",
        [
            "rubric-sum 79:13 评价单元“分类”（集中办公）写的是 20 分，但其下各项合计 0 分，请改到一致。",
            "rubric-when 93:59 这里只适用于 集中办公，外面一层却只适用于 独立办公，没有单位用得上，请改正。",
        ],
    ),
    (
        "{id: 2.1.1-2, points: 8,",
        "{id: 2.1.1-2, points: 8, when: [集中办公], parts: [{id: x, points: 8, text: y, when: [独立办公]}],",
        [
            "rubric-sum 86:21 这一条写的是 12 分，但其下各项合计 4 分，请改到一致。",
            "rubric-when 90:98 这里只适用于 独立办公，外面一层却只适用于 集中办公，没有单位用得上，请改正。",
        ],
    ),
    (
        "    points: 2\n    bonus: true",
        "    points: 4\n    bonus: true",
        ["rubric-bonus 95:13 附加分的评价单元“加分项”最多计 4 分，但其下各项合计只有 3 分，请改正。"],
    ),
    (
        "classes: [独立办公, 集中办公]",
        "classes: [独立办公, 独立办公]",
        [
            "rubric-duplicate-name 13:17 名称“独立办公”用了两次，请改成不重复的名称。",
            "rubric-unknown-name 92:60 “集中办公”不在 classes 中，应为：独立办公、独立办公，请改正。",
        ],
    ),
    (
        "- {id: 1.2.4-a, text:",
        "- {id: 1.2.4-a, must: full, text:",
        ["rubric-parts 62:37 “must”只能写在单独计分的条目上，不能写在 either、all_of 或达标前提的一部分上，请改正。"],
    ),
    # grades
    (
        "from: 40, below: 55}",
        "from: 40, below: 54.5}",
        ["rubric-grade-gap 16:5 等级“优秀”和“合格”之间有空档：54.5 分不属于任何等级，请改到首尾相接。"],
    ),
    (
        "from: 40, below: 55}",
        "from: 40, below: 56}",
        ["rubric-grade-overlap 16:5 等级“优秀”和“合格”有重叠：55 分同属两个等级，请改到首尾相接。"],
    ),
    (
        "from: 40, below: 55}",
        "from: 40, to: 54.99}",
        ["rubric-grade-gap 16:5 等级“优秀”和“合格”之间有空档：54.995 分不属于任何等级，请改到首尾相接。"],
    ),
    (
        "from: 40, below: 55}",
        "from: 41, below: 55}",
        ["rubric-grade-mark 9:12 达标线 40 分不是任何等级的起点，有的等级会一半达标一半不达标，请改到一致。"],
    ),
    (
        "{name: 不合格, from: 0}",
        "{name: 不合格, from: 1}",
        ["rubric-grade-end 17:5 0 分不属于任何等级，请让等级从 0 分排到满分。"],
    ),
    (
        "{name: 不合格, from: 0}",
        "{name: 合格, from: 0}",
        ["rubric-duplicate-name 17:12 名称“合格”用了两次，请改成不重复的名称。"],
    ),
    (
        "{name: 优秀, from: 55}",
        "{name: 优秀, from: 55, to: 60}",
        ["rubric-grade-end 15:5 62 分不属于任何等级，请让等级从 0 分排到满分。"],
    ),
    (
        "{name: 优秀, from: 55}",
        "{name: 优秀, from: 40}",
        ["rubric-grade-overlap 16:5 等级“优秀”和“合格”有重叠：40 分同属两个等级，请改到首尾相接。"],
    ),
]


@pytest.mark.parametrize(("before", "after", "told"), FAULTS)
def test_a_fault_is_told_at_its_place(before: str, after: str, told: list[str]) -> None:
    assert EVERY_KIND.count(before) == 1
    rubric, problems = build(EVERY_KIND.replace(before, after).encode())
    assert rubric is None
    assert [f"{problem.code.slug} {problem.location.cell} {problem.message}" for problem in problems] == told


def test_the_whole_holds() -> None:
    assert build(EVERY_KIND.encode())[1] == ()
