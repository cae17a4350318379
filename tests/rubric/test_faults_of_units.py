"""Minimums, entry conditions, deductions and units of a class, damaged one by one: every fault at its place."""

from __future__ import annotations

import pytest

from jieyue_cli.rubric.source import build
from rubric.sample import Fault
from rubric.test_faults_of_rules import place_of

WHOLE = """\
id: units
version: "1"
title: 示例评价标准
document: 示例〔2030〕1号
issuers: [示例市能源局]
issued: 2030-01-02
points: 100
pass_mark: 60
targets: {2030: 25%}
scope: [行政机关]
classes: [独立办公, 集中办公]
grades:
  - {name: 合格, from: 60}
  - {name: 不合格, from: 0, below: 60}
inputs:
  - {id: A5, text: 发现烟头, answer: count, unit: 个}
  - {id: A6, text: 用电量, answer: number}
  - {id: A7, text: 混投, answer: yes_no, when: [独立办公]}
gates:
  - {id: G, text: 完成目标, must: full}
units:
  - id: "1"
    name: 保证项目
    points: 60
    must: {reach: 40, zero: total}
    items:
      - {id: "1.1", name: 甲, points: 60, must: 85%, criteria: [{id: 1.1.1, points: 60, text: 甲, must: nonzero}]}
  - id: "2"
    name: 一般项目
    points: 40
    entry: {at_least: 30, of: "1"}
    deductions: [{input: A5, lose: 1}]
    items: [{id: "2.1", name: 乙, points: 40, criteria: [{id: 2.1.1, points: 40, text: 乙}]}]
  - id: "3"
    name: 加分指标
    points: 10
    bonus: true
    entry: {above: 80}
    items: [{id: "3.1", name: 丙, points: 10, criteria: [{id: 3.1.1, points: 10, text: 丙}]}]
"""
CIRCULAR = "进入条件绕回了自己：基础分里有这个单元的分，请用 of 指定排在它前面的一个基础单元，或改为附加分单元。"
EITHER = "above、at_least 要写一个，也只能写一个，请改正。"
FAULTS = [
    Fault(
        "must: 85%", "must: 101%", "rubric-value «101%» “must”的值“101%”不对，应为大于 0、不超过 100% 的数，请改正。"
    ),
    Fault(
        "must: 85%",
        "must: 0",
        "rubric-value «0, criteria: [{id: 1.1.1» “must”的值“0”不对，应为大于 0、不超过 60 的数，请改正。",
    ),
    Fault("must: 85%", "must: 61", "rubric-value «61,» “must”的值“61”不对，应为大于 0、不超过 60 的数，请改正。"),
    Fault(
        "{reach: 40, zero: total}",
        "{reach: 60.5, zero: total}",
        "rubric-value «60.5» “must”的值“60.5”不对，应为大于 0、不超过 60 的数，请改正。",
    ),
    Fault(
        "{reach: 40, zero: total}",
        "{reach: 40, zero: total, otherwise: 不合格}",
        "rubric-parts «{reach» zero 和 otherwise 只写一个：计了零分，就不再另外压等级，请改正。",
    ),
    Fault(
        "{reach: 40, zero: total}",
        "{reach: 40, zero: all}",
        "rubric-value «all}» “zero”的值“all”不对，应为以下之一：unit、total，请改正。",
    ),
    Fault(
        "must: full",
        "must: {reach: full, zero: total}",
        "rubric-parts «total}}» 达标前提没有分值，不写 zero，请改正。",
    ),
    Fault(
        "must: full",
        "must: 50%",
        "rubric-value «50%» “must”的值“50%”不对，应为“full”：前提没有分值，只有符合和不符合，请改正。",
    ),
    Fault("{above: 80}", "{above: 80, at_least: 80}", f"rubric-either «{{above» {EITHER}"),
    Fault("{above: 80}", '{of: "1"}', f'rubric-either «{{of: "1"}}» {EITHER}'),
    Fault(
        "{above: 80}", "{above: 100}", "rubric-entry-reach «100}» 基础分最多 100 分，永远达不到这个进入条件，请改正。"
    ),
    Fault(
        '{at_least: 30, of: "1"}',
        '{at_least: 60.5, of: "1"}',
        "rubric-entry-reach «60.5» “保证项目”最多 60 分，永远达不到这个进入条件，请改正。",
    ),
    Fault('{at_least: 30, of: "1"}', "{at_least: 30}", f"rubric-entry-circular «{{at_least» {CIRCULAR}"),
    Fault(
        'of: "1"',
        'of: "2"',
        'rubric-entry-later «"2"}» 进入条件只能看排在前面的单元，“2”不在它前面，请改为前面的单元，或调整顺序。',
    ),
    Fault(
        'of: "1"',
        'of: "3"',
        'rubric-entry-later «"3"}» 进入条件只能看排在前面的单元，“3”不在它前面，请改为前面的单元，或调整顺序。',
    ),
    Fault('of: "1"', 'of: "9"', 'rubric-unknown-unit «"9"}» 没有编号为“9”的评价单元，请改为已有的编号。'),
    Fault(
        "name: 保证项目",
        "when: [独立办公]\n    name: 保证项目",
        "rubric-sum «100\np» 总分（集中办公）写的是 100 分，但其下各项合计 40 分，请改到一致。",
        'rubric-parts «"1"}» “保证项目”只适用于独立办公，这个单元却也适用于集中办公，进入不了，请改正。',
    ),
    Fault(
        "name: 加分指标",
        "when: [合署办公]\n    name: 加分指标",
        "rubric-unknown-name «合署办公» “合署办公”不在 classes 中，应为：独立办公、集中办公，请改正。",
    ),
    Fault(
        "input: A5",
        "input: A8",
        "rubric-unknown-name «A8» “A8”不在 基本数据 inputs 中，应为：A5、A6、A7，请改正。",
    ),
    Fault(
        "input: A5",
        "input: A6",
        "rubric-parts «A6, lose» A6 填的是数值，单元扣分要用填数量（count）或是否（yes_no）的基本数据，请改正。",
    ),
    Fault(
        "input: A5",
        "input: A7",
        "rubric-parts «A7, lose» A7 只问独立办公，这个单元却也适用于集中办公，请改正。",
    ),
    Fault(
        "answer: count, unit: 个",
        "answer: count, unit: 个, positive: true",
        "rubric-parts «A5, lose» A5 写了 positive: true，没有可扣的也填不了 0，请在它那里删除 positive，请改正。",
    ),
    Fault(
        "[{input: A5, lose: 1}]",
        "[{input: A5, lose: 1}, {input: A5, lose: 2}]",
        "rubric-parts «A5, lose: 2» A5 在一个单元的扣分里用了两次，请合并成一条，请改正。",
    ),
    Fault(
        "{input: A5, lose: 1}",
        "{input: A5, lose: 1, name: 烟头}",
        "rubric-unknown-key «烟头}]» 没有“name”这一项，名称、单位等都由基本数据而来，请删除它。",
    ),
    Fault("{input: A5, lose: 1}", "{input: A5}", "rubric-missing-key «{input: A5}» 缺少“lose”这一项，请补上。"),
    Fault("{input: A5, lose: 1}", "{lose: 1}", "rubric-missing-key «{lose» 缺少“input”这一项，请补上。"),
    Fault(
        "{input: A5, lose: 1}",
        "{input: A5, lose: 0}",
        "rubric-value «0}]» “lose”的值“0”不对，应为大于 0 的数字，请改正。",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.after[:40])
def test_a_fault_is_told_at_its_place(fault: Fault) -> None:
    assert WHOLE.count(fault.before) == 1
    damaged = WHOLE.replace(fault.before, fault.after)
    rubric, problems = build(damaged.encode())
    assert rubric is None
    assert [(problem.code.slug, problem.location.cell, problem.message) for problem in problems] == [
        (code, place_of(at, damaged), message) for code, at, message in fault.told
    ]


def test_the_whole_holds() -> None:
    assert build(WHOLE.encode())[1] == ()


@pytest.mark.parametrize(
    "odd",
    [
        "[]",
        "~",
        "85",
        "{}",
        "[{}]",
        "{input: A5}",
        "[A5]",
        "[{input: [A5], lose: 1}]",
        "{reach: [40]}",
        "{of: [1]}",
        "是",
    ],
)
@pytest.mark.parametrize("key", ["must", "entry", "deductions", "when"])
def test_whatever_stands_there_is_told_and_never_an_exception(key: str, odd: str) -> None:
    _, problems = build(WHOLE.replace("name: 加分指标", f"{key}: {odd}\n    name: 加分指标").encode())
    assert all(problem.location.cell for problem in problems)
