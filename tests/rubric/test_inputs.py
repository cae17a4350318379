"""Inputs, and what borrows them: every fault at its place, and every line with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from jieyue_cli.rubric.difference import differences
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import FALSE, Answer, Claim
from jieyue_cli.text.numbers import plain
from rubric.borrowing import BORROWING
from rubric.sample import Fault, understood
from rubric.test_faults_of_rules import place_of

BOTH = {
    "A1": "480",
    "A2": "40",
    "A3": "1",
    "A4": "2",
    "A5": "12",
    "A8": "99",
    "G1": "1",
    "1.1.1/1": "480",
    "1.1.1/2": "500",
    "1.1.3-1/1": "0",
    "1.1.3-1/2": "1",
    "1.1.4-2": "1",
    "1.1.6-1": "1",
}


def loaded(text: str = BORROWING) -> Rubric:
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    return rubric


def card(changes: Mapping[str, str | Answer]) -> Scorecard:
    """What the answers come to, with some of them changed."""
    said = {
        key: answer if isinstance(answer, Answer) else understood(answer)[0]
        for key, answer in {**BOTH, **changes}.items()
    }
    return score(loaded().of("乙类"), [Claim((key,), answer, "…", "表", key) for key, answer in said.items()])


LINES: list[tuple[str, dict[str, str | Answer], str]] = [
    ("1.1.1", {}, "执行数 480 万元 ÷ 预算数 500 万元 = 96%，达到 95%，得满分 → 10 分（表!1.1.1/1、1.1.1/2）"),
    ("1.1.1", {"1.1.1/1": "380"}, "执行数 380 万元 ÷ 预算数 500 万元 = 76%，÷95%×10 分 → 8 分（表!1.1.1/1、1.1.1/2）"),
    (
        "1.1.2",
        {},
        (
            "年用水量 480 立方米 ÷ 用水人数 40 人 = 12，上年人均用水量 1"
            "2 立方米/人，比值 1，属于“≤1”一档 → 6 分（表!A1、A2、A5）"
        ),
    ),
    ("1.1.2", {"A1": "空"}, "A1 未填报，填全才计分 → 0 分（表!A1、A2、A5）"),
    ("1.1.2", {"A1": "空", "A2": "空", "A5": "空"}, "A1、A2、A5 未填报 → 0 分（表!A1、A2、A5）"),
    ("1.1.2", {"A2": "？"}, "“…”无法采信，更正后最多 7 分 → 0 分（表!A1、A2、A5）"),
    ("1.1.2", {"A2": "不涉及"}, "填“不涉及”，不涉及按缺项折算 → 0 分（表!A1、A2、A5）"),
    ("1.1.2", {"A2": "不涉及", "A1": "空"}, "填“不涉及”，不涉及按缺项折算 → 0 分（表!A1、A2、A5）"),
    ("1.1.2", {"A2": FALSE}, "弄虚作假，按规定扣除全部分值 → 0 分（表!A1、A2、A5）"),
    (
        "1.1.3",
        {},
        "是否设置室外吸烟区：是，按 1.1.3-1 满分 4 分，烟头 1 个扣 1 分 → 3 分（表!1.1.3-1/1、1.1.3-1/2、A3）",
    ),
    ("1.1.3", {"A3": "0"}, "是否设置室外吸烟区：否，按 1.1.3-2 直接得分 → 4 分（表!A3）"),
    ("1.1.3", {"A3": "0", "1.1.3-1/1": "？"}, "是否设置室外吸烟区：否，按 1.1.3-2 直接得分 → 4 分（表!A3）"),
    ("1.1.3", {"A3": "空"}, "A3 未填报 → 0 分（表!A3）"),
    ("1.1.3", {"A3": "？"}, "A3 “…”无法采信，更正后最多 4 分 → 0 分（表!A3）"),
    ("1.1.3", {"A3": "不涉及"}, "A3 填“不涉及”，本标准不设不涉及 → 0 分（表!A3）"),
    (
        "1.1.3",
        {"1.1.3-1/1": "？"},
        "是否设置室外吸烟区：是，按 1.1.3-1 “…”无法采信，更正后最多 4 分 → 0 分（表!1.1.3-1/1、1.1.3-1/2、A3）",
    ),
    ("1.1.4", {}, "办公形式：合用办公，按 1.1.4-2 填“是” → 3 分（表!1.1.4-2、A4）"),
    ("1.1.4", {"A4": "1"}, "办公形式：独立办公，按 1.1.4-1 未填报 → 0 分（表!A4）"),
    ("1.1.5", {}, "节水器具普及率 99%，高于 97% 满 2 个 1%，每个得 2 分，最高 6 分 → 4 分（表!A8）"),
    ("1.1.6", {"G1": "0"}, "G1：否，按 1.1.6-2 未填报 → 0 分（表!G1）"),
]


@pytest.mark.parametrize(("line", "changes", "told"), LINES)
def test_a_line_says_what_it_depends_on(line: str, changes: dict[str, str | Answer], told: str) -> None:
    assert {made.id: reasons.why(made) for made in card(changes).lines}[line] == told


def test_an_answer_that_several_borrow_is_counted_once() -> None:
    said = "\n".join(card({}).said).splitlines()
    assert sorted(entry.partition("\t")[0] for entry in said) == sorted(loaded().of("乙类").questions)


def test_what_is_pending_can_still_become_all_of_a_branch() -> None:
    made = card({"A4": "？", "A3": "？"})
    assert (made.total, made.at_most) == (Fraction(22), Fraction(22 + 4 + 5))


FAULTS = (
    Fault(
        "{id: A2,",
        "{id: A1,",
        "rubric-duplicate-id «A1, text: 用» 编号“A1”用了两次，请改成不重复的编号。",
        "rubric-unknown-name «A2}\n» “A2”不在 基本数据 inputs 中，应为：A1、A3、A4、A5、A6、A7、A8，请改正。",
    ),
    Fault(
        "{id: A8,",
        "{id: G1,",
        "rubric-duplicate-id «G1, text: 完成节水目标}» 编号“G1”用了两次，请改成不重复的编号。",
        (
            "rubric-unknown-name «A8}, above» “A8”不在 基本"
            "数据 inputs 中，应为：A1、A2、A3、A4、A5、A6、A7、G1，请改正。"
        ),
        "rubric-parts «G1}\n» G1 不是填“是”“否”或从几项中选的，分不出情形，请改正。",
    ),
    Fault(
        "answer: date",
        "answer: day",
        (
            "rubric-value «day}\n» “answer”的值“day”不对，应为以下之一：y"
            "es_no、count、number、percent、choice、text、date，请改正。"
        ),
    ),
    Fault(
        "answer: date",
        "answer: date, unit: 天",
        "rubric-parts «天}» “unit”只能与 answer: number、count 一起写，请改正。",
    ),
    Fault(
        "choices: [独立办公, 合用办公]",
        "choices: [独立办公]",
        "rubric-parts «choice, choices: [独立办公]» 从几项中选（choice）的，choices 里至少写两项，请改正。",
        "rubric-value «[合用办公], text» “case”的值“合用办公”不对，应为以下之一：独立办公，请改正。",
    ),
    Fault(
        "choices: [独立办公, 合用办公]",
        "choices: [独立办公, 合用办公, 独立 办公]",
        "rubric-duplicate-name «独立 办公]» 名称“独立 办公”用了两次，请改成不重复的名称。",
        "rubric-parts «- {id: 1.1.4-1» 填“独立 办公”的（甲类）没有对应的部分，每种填法都要有一个，请改正。",
        "rubric-parts «- {id: 1.1.4-1» 填“独立 办公”的（乙类）没有对应的部分，每种填法都要有一个，请改正。",
    ),
    Fault(
        "answer: yes_no}",
        "answer: yes_no, not_applicable: full}",
        (
            "rubric-unknown-key «full}» 没有“not_appl"
            "icable”这一项，用到它的得分点写了不涉及怎样算的，它也可以填“不涉及”。"
        ),
    ),
    Fault(
        "relative_to: {input: A5}",
        "relative_to: {input: A6}",
        "rubric-parts «A6}\n» A6 填的是日期，这里要用填数值、数量的基本数据，请改正。",
    ),
    Fault(
        "relative_to: {input: A5}",
        "relative_to: {input: A1}",
        "rubric-parts «A1}\n              bands» A1 在这里作除数，不能填 0，请在它那里写 positive: true，请改正。",
        "rubric-parts «A1}\n              bands» A1 在一条里用了两次，比值总是 1，请改正。",
    ),
    Fault(
        "relative_to: {input: A5}",
        "relative_to: {input: A5, value: 3}",
        (
            "rubric-unknown-key «3}\n              bands»"
            " 没有“value”这一项，写了 input 的，名称、单位等都由基本数据而来，请删除它。"
        ),
    ),
    Fault(
        "relative_to: {input: A5}",
        "relative_to: {input: }",
        "rubric-value «}\n              bands: [{up_to: 0.9» “input”的值空白不对，应为一个编号，请改正。",
    ),
    Fault(
        "of: {input: A8}",
        "of: {input: }",
        "rubric-value «}, above» “input”的值空白不对，应为一个编号，请改正。",
    ),
    Fault(
        "relative_to: {input: A5}",
        "relative_to: {value: 3}",
        "rubric-missing-key «{value: 3}» 缺少“name”这一项，请补上。",
    ),
    Fault(
        "              of: {input: A1}\n",
        "",
        "rubric-parts «{input: A2}» 写了 by（除数）的，也要写 of（被除数），请改正。",
    ),
    Fault(
        "of: {input: A1}",
        "of: 年用水量",
        "rubric-value «年用水量\n» “of”的值“年用水量”不对，应为若干“名称: 值”，请改正。",
    ),
    Fault(
        "of: {input: A8}, above",
        "of: {input: A8}, negative: true, above",
        "rubric-parts «true, above» “negative”不能与 of 一起写：基本数据不填负数，请改正。",
    ),
    Fault(
        "{kind: branch, on: A3}",
        "{kind: branch, on: A9}",
        "rubric-unknown-name «A9}» “A9”不在 基本数据 inputs 中，应为：A1、A2、A3、A4、A5、A6、A7、A8，请改正。",
    ),
    Fault(
        "{kind: branch, on: A3}",
        "{kind: branch, on: 1.1.3-1}",
        "rubric-parts «1.1.3-1}\n» 分情形（branch）不能看它自己或它的一部分（1.1.3-1）怎样填，请改正。",
    ),
    Fault(
        "{kind: branch, on: A3}",
        "{kind: branch, on: 1.1.6-1}",
        (
            "rubric-parts «1.1.6-1}\n» 1.1.6-1 排在这"
            "一条后面，分情形（branch）只能看基本数据或前面的得分点怎样填，请改正。"
        ),
    ),
    Fault(
        "{kind: branch, on: A3}",
        "{kind: branch, on: 1.1.1}",
        "rubric-parts «1.1.1}\n» 1.1.1 不是填“是”“否”或从几项中选的，分不出情形，请改正。",
    ),
    Fault(
        "{kind: branch, on: A3}",
        "{kind: branch, on: {input: A3}}",
        "rubric-value «{input: A3}}» “on”的值不对，应为一个编号，请改正。",
    ),
    Fault(
        "case: 否, text: 不设",
        "case: 没有, text: 不设",
        "rubric-parts «- id: 1.1.3-1» 填“否”的（甲类）没有对应的部分，每种填法都要有一个，请改正。",
        "rubric-parts «- id: 1.1.3-1» 填“否”的（乙类）没有对应的部分，每种填法都要有一个，请改正。",
        "rubric-value «没有, text» “case”的值“没有”不对，应为以下之一：是、否，请改正。",
    ),
    Fault(
        "case: 否, text: 不设",
        "case: [否, 是], text: 不设",
        "rubric-parts «[否, 是]» 填“是”的有两个部分，只能有一个，请改正。",
    ),
    Fault(
        "case: 否, text: 不设",
        "text: 不设",
        "rubric-parts «- id: 1.1.3-1» 填“否”的（甲类）没有对应的部分，每种填法都要有一个，请改正。",
        "rubric-parts «- id: 1.1.3-1» 填“否”的（乙类）没有对应的部分，每种填法都要有一个，请改正。",
        "rubric-missing-key «{id: 1.1.3-2» 缺少“case”这一项，请补上。",
    ),
    Fault(
        "- {id: 1.1.6-2, case: 否, text: 整改}",
        "- {id: 1.1.6-2, case: 否, text: 整改, not_applicable: full}",
        "rubric-parts «full}» “not_applicable”写在分情形（branch）的整条上，不写在它的各部分上，请改正。",
    ),
    Fault(
        "rule: {kind: linear, of: {input: A8}, above: 97%, per: 1%, gain: 2}",
        "rule: {kind: granted}",
        (
            "rubric-parts «{kind: granted}\n          - id:"
            " 1.1.6» 直接得分（granted）只能写在分情形（branch）的各部分上，请改正。"
        ),
    ),
    Fault(
        "            text: 预算执行率",
        "            case: 是\n            text: 预算执行率",
        "rubric-parts «是\n            text: 预算» “case”只能写在分情形（branch）的各部分上，请改正。",
    ),
    Fault(
        "answer: percent",
        "answer: percent, when: [甲类]",
        "rubric-parts «A8}, above» A8 只问甲类，这一条却也适用于乙类，请改正。",
    ),
    Fault(
        "points: 5\n            text: 办公楼改造",
        "points: 4\n            text: 办公楼改造",
        "rubric-sum «34\n        criteria» 评价项目“管理”写的是 34 分，但其下各项合计 33 分，请改到一致。",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.after[:40] for fault in FAULTS])
def test_a_fault_is_told_at_its_place(fault: Fault) -> None:
    assert BORROWING.count(fault.before) == 1
    damaged = BORROWING.replace(fault.before, fault.after)
    rubric, problems = build(damaged.encode())
    assert rubric is None
    assert [(problem.code.slug, problem.location.cell, problem.message) for problem in problems] == [
        (code, place_of(at, damaged), message) for code, at, message in fault.told
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [('设"室外"吸烟区', "一行文字，不含半角引号"), ("设" * 61, "较短的文字（最多 60 字）")],
    ids=["a quotation mark", "too long"],
)
def test_words_of_an_input_that_a_branch_depends_on_are_told_where_they_stand(words: str, expected: str) -> None:
    before = "{id: A3, text: 是否设置室外吸烟区,"
    assert BORROWING.count(before) == 1
    damaged = BORROWING.replace(before, f"{{id: A3, text: {words},")
    rubric, problems = build(damaged.encode())
    assert rubric is None
    (problem,) = problems
    assert problem.location.cell == place_of(f"{words},", damaged)
    assert problem.message == f"“text”的值“{words[:40]}”不对，应为{expected}，请改正。"


def test_inputs_and_cases_are_told_as_differences() -> None:
    other = BORROWING.replace("{id: A6, text: 制度印发日期, answer: date}", "{id: A9, text: 面积, answer: number}")
    other = other.replace("unit: 立方米}", "unit: 吨}").replace("case: 是, text: 公示", "case: 否, text: 公示")
    other = other.replace("case: 否, text: 整改", "case: 是, text: 整改")
    assert [f"{change.where} {change}" for change in differences(loaded(), loaded(other))] == [
        "A1 填法由“填数值；单位：立方米”改为“填数值；单位：吨”",
        "A6 删除基本数据：制度印发日期（填日期）",
        "A9 增加基本数据：面积（填数值）",
        "1.1.6-1 情形由“是”改为“否”",
        "1.1.6-2 情形由“否”改为“是”",
    ]


def test_an_input_may_take_the_place_of_a_quota_that_was_fixed() -> None:
    base = BORROWING.replace("relative_to: {input: A5}", "relative_to: {name: 定额, value: 12}")
    again = base.replace("relative_to: {name: 定额, value: 12}", "relative_to: {input: A5}")
    assert loaded(again).by_id["1.1.2"].rule == loaded().by_id["1.1.2"].rule


WAYS: list[tuple[dict[str, str | Answer], str, str]] = [
    ({"A1": "500"}, "1.1.2", "+7 达到 ≤0.9"),
    ({"A1": "空", "A5": "空"}, "1.1.2", "+7 先填 A1、A5"),
    ({"1.1.1/1": "0"}, "1.1.1", "+10 执行数÷预算数达到 95%"),
    ({}, "1.1.3", "+1 消除扣分情形"),
    ({"A3": "空"}, "1.1.3", "+4 先填 A3"),
    ({"1.1.4-2": "0"}, "1.1.4", "+3 做到即得"),  # it would be 5 in another office, which nobody moves into for that
    ({"A4": "1", "1.1.4-1": "2"}, "1.1.4", "+3 再增加 3 项"),
    ({"A8": "95"}, "1.1.5", "+6 达到 100%"),
]


@pytest.mark.parametrize(("changes", "line", "told"), WAYS)
def test_advice_keeps_to_the_case_that_holds(changes: dict[str, str | Answer], line: str, told: str) -> None:
    advice = advise(card({"1.1.1/1": "0", "1.1.6-1": "0", "A8": "0", **changes}))
    assert advice is not None
    steps = {step.line.id: f"+{plain(step.gain)} {step.how}" for step in (*advice.enough, *advice.others)}
    assert steps[line] == told


def test_what_no_case_can_bring_is_no_step() -> None:
    advice = advise(card({"1.1.1/1": "0", "1.1.6-1": "0"}))
    assert advice is not None
    assert "1.1.4" not in [step.line.id for step in (*advice.enough, *advice.others)]
