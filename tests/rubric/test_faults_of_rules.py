"""Rules and what surrounds the points, damaged one by one: every fault at its place, in words, with its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from jieyue_cli.rubric.source import build
from rubric.sample import Fault
from rubric.samples import RULE_KINDS, SAMPLES

EVERY_KIND = Path(__file__).with_name("all_kinds.yaml").read_text("utf-8")
POLICIES = "not_allowed、full、dropped、rescaled，请改正。"
KINDS = f"{'、'.join(RULE_KINDS)}，请改正。"
AROUND = (
    Fault(
        "rule: {kind: either}",
        "rule: {kind: eether}",
        "rubric-parts «{kind: e» 有 parts 时计分方式只能是 either、all_of、sum、branch 之一，请改正。",
        "rubric-value «eether}\n» “kind”的值“eether”不对，应为以下之一：" + KINDS,
        "rubric-missing-key «{id: 1.2.4-a» 缺少“points”这一项，请补上。",
    ),
    Fault(
        "rule: {kind: either}",
        "",
        "rubric-missing-key «{id: 1.2.4-a» 缺少“points”这一项，请补上。",
    ),
    Fault(
        "rule: {kind: all_of}",
        "rule: {kind: count, each: 1, measure: 项}",
        (
            "rubric-parts «{kind: count, each: 1, measure: 项» 有 parts 时计分方式只能是 either、all_of、sum、branch "
            "之一，请改正。"
        ),
        "rubric-missing-key «{id: 1.2.5-1» 缺少“points”这一项，请补上。",
        "rubric-missing-key «{id: 1.2.5-2» 缺少“points”这一项，请补上。",
        "rubric-missing-key «{id: 1.2.5-3» 缺少“points”这一项，请补上。",
    ),
    Fault(
        "- {id: 1.2.4-a, text: 被评为节水型单位}",
        "- {id: 1.2.4-a, points: 5, text: 被评为节水型单位}",
        "rubric-top «7\n            text: 被» 最高只能得到 6 分，分值写的是 7 分，请改到一致。",
    ),
    Fault(
        "{id: 1.2.4-b1, points: 2,",
        "{id: 1.2.4-b1, points: 3,",
        "rubric-sum «6\n      » 这一条写的是 6 分，但其下各项合计 7 分，请改到一致。",
    ),
    Fault(
        "{id: 2.1.1-1, points: 4,",
        "{id: 2.1.1-1, points: 5,",
        "rubric-sum «12\n     » 这一条写的是 12 分，但其下各项合计 13 分，请改到一致。",
    ),
    Fault(
        "- {id: G1, text:",
        "- {id: G1, points: 5, text:",
        "rubric-gate-points «5, text: 完» 达标前提不计分，请删除它的分值。",
    ),
    Fault(
        "- {id: G1, text:",
        "- {id: G1, points: 1.00, text:",
        "rubric-gate-points «1.00, te» 达标前提不计分，请删除它的分值。",
    ),
    Fault(
        "not_applicable: rescaled",
        "not_applicable: never",
        "rubric-value «never\nfo» “not_applicable”的值“never”不对，应为以下之一：" + POLICIES,
    ),
    Fault(
        "forfeit: item",
        "forfeit: all",
        "rubric-value «all\nclas» “forfeit”的值“all”不对，应为以下之一：criterion、item、unit，请改正。",
    ),
    Fault(
        "        must: nonzero",
        "        must: some",
        "rubric-value «some\n   » “must”的值“some”不对，应为以下之一：nonzero、full、最低的分数（如 40）、"
        "百分数（如 85%），请改正。",
    ),
    Fault(
        "        must: nonzero",
        "        must: {reach: full, otherwise: 优良}",
        "rubric-unknown-name «优良}\n    » “优良”不在 grades 中，应为：优秀、合格、不合格，请改正。",
    ),
    Fault(
        "when: [集中办公]",
        "when: [集中]",
        (
            "rubric-sum «20\n        criteria:\n          - id: 2» 评价项目“嵌套”（集中办公）写的是 20 分，"
            "但其下各项合计 12 分，请改到一致。"
        ),
        "rubric-unknown-name «集中]}\n  -» “集中”不在 classes 中，应为：独立办公、集中办公，请改正。",
    ),
    Fault(
        "when: [集中办公]",
        "when: []",
        (
            "rubric-sum «20\n        criteria:\n          - id: 2» 评价项目“嵌套”（独立办公）写的是 20 分，"
            "但其下各项合计 28 分，请改到一致。"
        ),
    ),
    Fault(
        "{id: 2.1.3, points: 8,",
        "{id: 2.1.3, points: 9,",
        (
            "rubric-sum «20\n        criteria:\n          - id: 2» 评价项目“嵌套”（集中办公）写的是 20 分，"
            "但其下各项合计 21 分，请改到一致。"
        ),
    ),
    Fault(
        "        name: 嵌套\n",
        "        name: 嵌套\n        when: [独立办公]\n",
        "rubric-sum «20\n    i» 评价单元“分类”（集中办公）写的是 20 分，但其下各项合计 0 分，请改到一致。",
        "rubric-when «[集中办公]}\n» 这里只适用于 集中办公，外面一层却只适用于 独立办公，没有单位用得上，请改正。",
    ),
    Fault(
        "{id: 2.1.1-2, points: 8,",
        "{id: 2.1.1-2, points: 8, when: [集中办公], parts: [{id: x, points: 8, text: y, when: [独立办公]}],",
        "rubric-sum «12\n     » 这一条写的是 12 分，但其下各项合计 4 分，请改到一致。",
        "rubric-when «[独立办公]}]» 这里只适用于 独立办公，外面一层却只适用于 集中办公，没有单位用得上，请改正。",
    ),
    Fault(
        "    points: 2\n    bonus: true",
        "    points: 4\n    bonus: true",
        "rubric-bonus «4\n    bo» 附加分的评价单元“加分项”最多计 4 分，但其下各项合计只有 3 分，请改正。",
    ),
    Fault(
        "classes: [独立办公, 集中办公]",
        "classes: [独立办公, 独立办公]",
        "rubric-duplicate-name «独立办公]\ngr» 名称“独立办公”用了两次，请改成不重复的名称。",
        "rubric-unknown-name «集中办公]}\n » “集中办公”不在 classes 中，应为：独立办公、独立办公，请改正。",
    ),
    Fault(
        "- {id: 1.2.4-a, text:",
        "- {id: 1.2.4-a, must: full, text:",
        (
            "rubric-parts «full, te» “must”只能写在单独计分的条目上，不能写在 either、all_of、branch "
            "或达标前提的一部分上，请改正。"
        ),
    ),
    Fault(
        "from: 40, below: 55}",
        "from: 40, below: 54.5}",
        "rubric-grade-gap «{name: 合» 等级“优秀”和“合格”之间有空档：54.5 分不属于任何等级，请改到首尾相接。",
    ),
    Fault(
        "from: 40, below: 55}",
        "from: 40, below: 56}",
        "rubric-grade-overlap «{name: 合» 等级“优秀”和“合格”有重叠：55 分同属两个等级，请改到首尾相接。",
    ),
    Fault(
        "from: 40, below: 55}",
        "from: 40, to: 54.99}",
        "rubric-grade-gap «{name: 合» 等级“优秀”和“合格”之间有空档：54.995 分不属于任何等级，请改到首尾相接。",
    ),
    Fault(
        "from: 40, below: 55}",
        "from: 41, below: 55}",
        "rubric-grade-mark «40\ntarge» 达标线 40 分不是任何等级的起点，有的等级会一半达标一半不达标，请改到一致。",
    ),
    Fault(
        "{name: 不合格, from: 0}",
        "{name: 不合格, from: 1}",
        "rubric-grade-end «{name: 不» 0 分不属于任何等级，请让等级从 0 分排到满分。",
    ),
    Fault(
        "{name: 不合格, from: 0}",
        "{name: 合格, from: 0}",
        "rubric-duplicate-name «合格, from: 0» 名称“合格”用了两次，请改成不重复的名称。",
    ),
    Fault(
        "{name: 优秀, from: 55}",
        "{name: 优秀, from: 55, to: 60}",
        "rubric-grade-end «{name: 优» 62 分不属于任何等级，请让等级从 0 分排到满分。",
    ),
    Fault(
        "{name: 优秀, from: 55}",
        "{name: 优秀, from: 40}",
        "rubric-grade-overlap «{name: 合» 等级“优秀”和“合格”有重叠：40 分同属两个等级，请改到首尾相接。",
    ),
    Fault(
        "pass_mark: 40",
        "pass_mark: 40\nscale: {points: 0, decimals: 3}",
        "rubric-value «0, decimals» “points”的值“0”不对，应为大于 0 的数字，请改正。",
        "rubric-value «3}\nta» “decimals”的值“3”不对，应为不超过 2 的数字，请改正。",
    ),
    Fault(
        "pass_mark: 40",
        "pass_mark: 40\nscale: {points: 100}",
        "rubric-missing-key «{points: 100» 缺少“decimals”这一项，请补上。",
    ),
    Fault(
        "pass_mark: 40",
        "pass_mark: 40\nscale: 百分制",
        "rubric-value «百分制» “scale”的值“百分制”不对，应为若干“名称: 值”，请改正。",
    ),
    Fault(
        "pass_mark: 40",
        "pass_mark: 104\nscale: {points: 100, decimals: 1}",
        "rubric-pass-mark «104\ns» 达标线 104 分高于总分 103.3 分，没有单位能达标，请改正。",
        "rubric-grade-mark «104\ns» 达标线 104 分不是任何等级的起点，有的等级会一半达标一半不达标，请改到一致。",
    ),
    Fault(
        "grades:\n  - {name: 优秀, from: 55}\n  - {name: 合格, from: 40, below: 55}",
        "scale: {points: 100, decimals: 1}\ngrades:\n  - {name: 优秀, from: 55}\n  - {name: 合格, from: 40, to: 54.8}",
        "rubric-grade-gap «{name: 合» 等级“优秀”和“合格”之间有空档：54.9 分不属于任何等级，请改到首尾相接。",
    ),
    Fault(
        "grades:\n  - {name: 优秀, from: 55}",
        "scale: {points: 100, decimals: 1}\ngrades:\n  - {name: 优秀, from: 55, to: 103.2}",
        "rubric-grade-end «{name: 优» 103.3 分不属于任何等级，请让等级从 0 分排到满分。",
    ),
    Fault(
        "forfeit: item",
        "forfeit: item\nnot_applicable_limit: {points: 20, otherwise: 二级}",
        "rubric-unknown-name «二级}» “二级”不在 grades 中，应为：优秀、合格、不合格，请改正。",
    ),
    Fault(
        "forfeit: item",
        "forfeit: item\nnot_applicable_limit: {points: 68}",
        ("rubric-limit «68}» 可以填“不涉及”的得分点（不含附加分）合计只有 68 分，永远超不过 68 分，请改正或删除。"),
    ),
    Fault(
        "forfeit: item",
        "forfeit: item\nnot_applicable_limit: {points: -1, most: 1}",
        "rubric-value «-1, most» “points”的值“-1”不对，应为大于 0 的数字，请改正。",
        "rubric-unknown-key «most: 1» 没有“most”这一项，请删除它，或对照标准文件改正。",
    ),
    Fault(
        "- {id: G1, text:",
        f"- {{id: G1, method: {'问' * 61}, note: '', guidance: [a], text:",
        f"rubric-value «{'问' * 61}» “method”的值“{'问' * 40}”不对，应为较短的文字（最多 60 字），请改正。",
        "rubric-value «'', guid» “note”的值“”不对，应为非空的文字，请改正。",
        "rubric-value «[a]» “guidance”的值“列表”不对，应为一行文字，请改正。",
    ),
)
CASES = [
    *(pytest.param(sample.text, fault, id=name) for name, sample in SAMPLES.items() for fault in sample.faults),
    *(pytest.param(EVERY_KIND, fault, id=f"around the points: {fault.after[:40]}") for fault in AROUND),
]


@pytest.mark.parametrize(("text", "fault"), CASES)
def test_a_fault_is_told_at_its_place(text: str, fault: Fault) -> None:
    assert text.count(fault.before) == 1
    damaged = text.replace(fault.before, fault.after)
    rubric, problems = build(damaged.encode())
    assert rubric is None
    assert [(problem.code.slug, problem.location.cell, problem.message) for problem in problems] == [
        (code, place_of(at, damaged), message) for code, at, message in fault.told
    ]


def place_of(at: str, text: str) -> str:
    """Line and column of a text that occurs once."""
    before, _, after = text.partition(at)
    assert at not in after
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_the_whole_holds() -> None:
    assert build(EVERY_KIND.encode())[1] == ()
