"""``rubric diff``: every change in words, where it is, and nothing that is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from jieyue_cli.rubric.difference import differences
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build, load
from rubric.small import SMALL

SHIPPED = sorted((Path(__file__).parents[2] / "examples" / "rubrics").glob("*.yaml"))
COUNT = "rule: {kind: count, each: 1, measure: 项}"

WITH_PARTS_AND_BONUS = """\
          - id: 2.1.1
            points: 6
            text: 开展活动，得6分
            parts: [{id: 2.1.1-1, points: 4, text: 每年一次}, {id: 2.1.1-2, points: 2, text: 有记录}]
  - id: "3"
    name: 附加
    points: 1
    bonus: true
    items: [{id: "3.1", name: 示范, points: 2, criteria: [{id: 3.1.1, points: 2, text: 获评示范}]}]
"""


def rubric(text: str) -> Rubric:
    made, problems = build(text.encode())
    assert made is not None, problems
    return made


CHANGES: list[tuple[str, list[tuple[str, str]], list[str]]] = [
    ("nothing", [], []),
    (
        "how much of a unit counts",
        [
            ("issued: 2030-01-02\n", "issued: 2030-01-02\ninputs: [{id: A, text: 发现烟头, answer: count}]\n"),
            ("name: 制度\n", "name: 制度\n    must: {reach: 3, zero: unit}\n    deductions: [{input: A, lose: 1}]\n"),
            ("name: 宣传\n", 'name: 宣传\n    must: 85%\n    entry: {above: 2, of: "1"}\n'),
        ],
        [
            "A：增加基本数据：发现烟头（填数量）",
            "1 制度：增加必须：最低3分，否则本单元计零分",
            "1 制度：增加单元扣分：发现烟头（A）每个扣 1 分，扣完为止",
            "2 宣传：增加必须：达标比例不低于85%",
            "2 宣传：增加进入条件：制度高于 2 分才计入",
        ],
    ),
    (
        "general provisions",
        [
            ('version: "1"', 'version: "2"'),
            ("pass_mark: 8", "pass_mark: 9"),
            ("2030: 25%, 2031: 50%", "2030: 30%"),
            ("not_applicable: not_allowed", "not_applicable: rescaled\nforfeit: item"),
        ],
        [
            "总则：版本由“1”改为“2”",
            "总则：达标线由“8”改为“9”",
            "总则：2030 年目标由“25%”改为“30%”",
            "总则：删除2031 年目标：50%",
            "总则：不涉及由“不设不涉及”改为“不涉及按缺项折算”",
            "总则：增加弄虚作假：该评价项目不得分",
        ],
    ),
    (
        "a cap and its item's sum",
        [
            ("id: 1.1.1, points: 1", "id: 1.1.1, points: 2"),
            (
                "points: 3\n            text: 建立制度，每项得1分，最高得3分",
                "points: 2\n            text: 建立制度，每项得1分，最高得2分",
            ),
        ],
        [
            "1.1.1：分值由“1”改为“2”",
            "1.1.1：计分方式由“是得1分，否不得分”改为“是得2分，否不得分”",
            "1.1.2：条文由“建立制度，每项得1分，最高得3分”改为“建立制度，每项得1分，最高得2分”",
            "1.1.2：分值由“3”改为“2”",
            "1.1.2：计分方式由“每项1分，最高3分”改为“每项1分，最高2分”",
        ],
    ),
    (
        "another rule, a mark, evidence and a policy of its own",
        [
            (COUNT, "rule: {kind: judged, step: 0.5}"),
            ("id: 2.1.1,", "id: 2.1.1, evidence: true, must: nonzero, not_applicable: full,"),
        ],
        [
            "1.1.2：计分方式由“每项1分，最高3分”改为“酌情得0～3分，0.5分一档”",
            "2.1.1：增加必须：★不得为0分",
            "2.1.1：增加不涉及：不涉及按满分计",
            "2.1.1：增加佐证材料：须提供",
        ],
    ),
    (
        "a criterion in place of two, a sentence under another id",
        [
            ("- {id: 1.1.1, points: 1, text: 明确机构，得1分}", "- {id: 1.1.9, points: 1, text: 明确机构，得1分。}"),
            ("- {id: 2.1.1, points: 6, text: 开展活动，得6分}", "- {id: 2.1.2, points: 6, text: 组织培训，得6分}"),
        ],
        [
            "1.1.9：编号由“1.1.1”改为“1.1.9”",
            "1.1.9：条文由“明确机构，得1分”改为“明确机构，得1分。”",
            "2.1.1：删除得分点：开展活动，得6分（是得6分，否不得分）",
            "2.1.2：增加得分点：组织培训，得6分（是得6分，否不得分）",
        ],
    ),
    (
        "how the total comes about",
        [
            ("pass_mark: 8", "pass_mark: 8\nscale: {points: 100, decimals: 1}"),
            ("not_applicable: not_allowed", "not_applicable: full\nnot_applicable_limit: {points: 3}"),
        ],
        [
            "总则：不涉及由“不设不涉及”改为“不涉及按满分计”",
            "总则：增加总分换算：得分 ÷ 满分 10 × 100，四舍五入保留 1 位",
            "总则：增加空项上限：空项分值合计不超过 3 分，超过的最高定为未达标",
        ],
    ),
    (
        "what stands beside the published words",
        [
            ("id: 1.1.1,", "id: 1.1.1, method: 查资料, guidance: 提供文件, note: 原文第三条,"),
            ("    name: 制度\n", "    name: 制度\n    note: 原文第一章\n"),
            ("        name: 活动\n", "        name: 活动\n        note: 与上年相同\n"),
        ],
        [
            "1 制度：增加备注：原文第一章",
            "2.1 活动：增加备注：与上年相同",
            "1.1.1：增加考评方法：查资料",
            "1.1.1：增加填报说明：提供文件",
            "1.1.1：增加备注：原文第三条",
        ],
    ),
    (
        "a unit of bonus points, a gate and a heading",
        [
            ("units:\n", "gates: [{id: G1, text: 完成目标}]\nunits:\n"),
            (
                "          - {id: 2.1.1, points: 6, text: 开展活动，得6分}\n",
                WITH_PARTS_AND_BONUS,
            ),
        ],
        [
            "G1：增加达标前提：完成目标（是为符合）",
            "3：增加评价单元：附加（1 分）",
            "3.1：增加评价项目：示范（2 分）",
            "2.1.1：计分方式由“是得6分，否不得分”改为“下列各条相加，共6分”",
            "2.1.1-1：增加得分点：每年一次（是得4分，否不得分）",
            "2.1.1-2：增加得分点：有记录（是得2分，否不得分）",
            "3.1.1：增加得分点：获评示范（是得2分，否不得分）",
        ],
    ),
]


@pytest.mark.parametrize(("name", "edits", "told"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_every_change_is_told_once_in_words(name: str, edits: list[tuple[str, str]], told: list[str]) -> None:
    text = SMALL
    for before, after in edits:
        assert text.count(before) == 1
        text = text.replace(before, after)
    changes = differences(rubric(SMALL), rubric(text))
    assert [f"{change.where}：{change}" for change in changes] == told


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_standard_does_not_differ_from_itself_and_back_is_the_reverse(path: Path) -> None:
    example, other = load(path)[0], rubric(SMALL)
    assert example is not None
    assert differences(example, example) == ()
    there = {(change.where, change.what, change.before, change.after) for change in differences(example, other)}
    back = {(change.where, change.what, change.after, change.before) for change in differences(other, example)}
    same_place = {change for change in there if change[1] != "编号"}
    assert {change[1:] for change in same_place} == {change[1:] for change in back if change[1] != "编号"}
