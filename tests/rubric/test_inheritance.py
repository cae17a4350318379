"""``extends``: a standard that states only its differences, and faults told in the file that has them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from jieyue_cli.rubric.inheritance import MOST_LEVELS
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import load
from jieyue_cli.text.numbers import plain
from rubric.small import SMALL

HEAD = "extends: base.yaml\nid: county\n"


def read(folder: Path, files: Mapping[str, str]) -> tuple[Rubric | None, list[str]]:
    """Load ``top.yaml``; the problems as ``file place message``."""
    for name, text in {"base.yaml": SMALL, **files}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    rubric, problems = load(folder / "top.yaml")
    told = [
        f"{Path(problem.location.file or '').name} {problem.location.cell} {problem.message}" for problem in problems
    ]
    return rubric, told


def criteria(rubric: Rubric) -> list[str]:
    return [f"{criterion.id} {plain(criterion.points)} {criterion.text}" for criterion in rubric.criteria]


OLD = ["1.1.1 1 明确机构，得1分", "1.1.2 3 建立制度，每项得1分，最高得3分", "2.1.1 6 开展活动，得6分"]
ONE = "units: [{id: '1', items: [{id: '1.1', criteria: [%s]}]}]\n"
TWO = "units: [{id: '2', items: [{id: '2.1', criteria: [%s]}]}]\n"


class Case(NamedTuple):
    """What is written over the small standard, and its criteria then."""

    name: str
    text: str
    criteria: list[str]


CHANGES = [
    Case("nothing", "", OLD),
    Case(
        "another cap",
        ONE % "{id: 1.1.1, points: 2, text: 明确机构，得2分}, {id: 1.1.2, points: 2, text: 每项得1分，最高2分}",
        ["1.1.1 2 明确机构，得2分", "1.1.2 2 每项得1分，最高2分", OLD[2]],
    ),
    Case(
        "an added criterion, at the end",
        TWO % "{id: 2.1.1, points: 4}, {id: 2.1.2, points: 2, text: 新的}",
        [*OLD[:2], "2.1.1 4 开展活动，得6分", "2.1.2 2 新的"],
    ),
    Case(
        "an added criterion, after another",
        ONE % "{id: 1.1.2, points: 2}, {id: 1.1.9, after: 1.1.1, points: 1, text: 新的}",
        [OLD[0], "1.1.9 1 新的", "1.1.2 2 建立制度，每项得1分，最高得3分", OLD[2]],
    ),
    Case("a criterion moved", ONE % "{id: 1.1.1, after: 1.1.2}", [OLD[1], OLD[0], OLD[2]]),
    Case(
        "a criterion taken away",
        ONE % "{id: 1.1.1, remove: true}, {id: 1.1.2, points: 4}",
        ["1.1.2 4 建立制度，每项得1分，最高得3分", OLD[2]],
    ),
    Case(
        "a whole unit taken away",
        "points: 4\npass_mark: 4\nunits: [{id: '2', remove: true}]\n",
        OLD[:2],
    ),
    Case(
        "a whole unit added",
        "points: 12\nunits: [{id: '3', name: 新, points: 2, items: [{id: '3.1', name: 新, points: 2, criteria: "
        "[{id: 3.1.1, points: 2, text: 新的}]}]}]\n",
        [*OLD, "3.1.1 2 新的"],
    ),
]


@pytest.mark.parametrize("case", CHANGES, ids=[case.name for case in CHANGES])
def test_parts_are_laid_over_the_parts_with_their_id(case: Case, tmp_path: Path) -> None:
    rubric, told = read(tmp_path, {"top.yaml": HEAD + case.text})
    assert told == []
    assert rubric is not None
    assert (rubric.id, rubric.title, criteria(rubric)) == ("county", "示例评价标准", case.criteria)


def test_plain_values_and_lists_are_replaced_and_a_tilde_takes_away(tmp_path: Path) -> None:
    text = """\
extends: base.yaml
pass_mark: 9
not_applicable: rescaled
targets: {2030: ~, 2032: 70%}
scope: [事业单位]
calendar: ~
units: [{id: '1', items: [{id: '1.1', criteria: [{id: 1.1.2, rule: ~}]}]}]
"""
    rubric, told = read(tmp_path, {"top.yaml": text})
    assert told == []
    assert rubric is not None
    assert (plain(rubric.pass_mark), rubric.not_applicable.value, rubric.scope) == ("9", "rescaled", ("事业单位",))
    assert (sorted(rubric.targets), rubric.calendar) == ([2031, 2032], ())
    assert [criterion.describe for criterion in rubric.criteria] == [
        *("是得1分，否不得分", "是得3分，否不得分", "是得6分，否不得分"),
    ]
    assert {criterion.not_applicable.value for criterion in rubric.criteria} == {"rescaled"}


def test_a_rule_changes_in_part_or_becomes_another(tmp_path: Path) -> None:
    part = "{id: 1.1.2, rule: {each: 1.5}}"
    rubric, told = read(tmp_path, {"top.yaml": HEAD + ONE % part})
    assert (told, rubric and rubric.by_id["1.1.2"].describe) == ([], "每项1.5分，最高3分")
    part = "{id: 1.1.2, rule: {kind: judged, step: 0.5}}"
    rubric, told = read(tmp_path, {"top.yaml": HEAD + ONE % part})
    assert (told, rubric and rubric.by_id["1.1.2"].describe) == ([], "酌情得0～3分，0.5分一档")


def test_one_may_extend_another_that_extends_a_third(tmp_path: Path) -> None:
    files = {
        "sub/top.yaml": "extends: ../middle.yaml\nid: top\n" + TWO % "{id: 2.1.1, text: 组织活动，得6分}",
        "middle.yaml": "extends: base.yaml\nid: middle\npass_mark: 9\n",
        "top.yaml": "extends: sub/top.yaml\n",
    }
    rubric, told = read(tmp_path, files)
    assert told == []
    assert rubric is not None
    assert (rubric.id, plain(rubric.pass_mark), criteria(rubric)[2]) == ("top", "9", "2.1.1 6 组织活动，得6分")


def chain(length: int) -> dict[str, str]:
    names = ["top", *(f"m{at}" for at in range(length - 1)), "base"]
    return {f"{name}.yaml": f"extends: {below}.yaml\n" for name, below in pairwise(names)}


OPEN_SUM = (
    "top.yaml 3:27 评价项目“管理”写的是 4 分，但其下各项合计 5 分，请改到一致（这一项沿用自 base.yaml 第 21 行）。"
)
FAULTS: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "itself",
        {"top.yaml": "id: a\nextends: top.yaml\n"},
        ["top.yaml 2:10 上级标准绕了一圈又回到“top.yaml”，请改正 extends。"],
    ),
    (
        "two in a circle",
        {"top.yaml": "extends: b.yaml\n", "b.yaml": "extends: top.yaml\n"},
        [
            "b.yaml 1:10 上级标准绕了一圈又回到“top.yaml”，请改正 extends。",
            "top.yaml 1:10 上级标准“b.yaml”本身有错误，请先改正它。",
        ],
    ),
    (
        "three in a circle, under other names",
        {"top.yaml": "extends: ./b.yaml\n", "b.yaml": "extends: c.yaml\n", "c.yaml": "extends: ././b.yaml\n"},
        [
            "c.yaml 1:10 上级标准绕了一圈又回到“././b.yaml”，请改正 extends。",
            "b.yaml 1:10 上级标准“c.yaml”本身有错误，请先改正它。",
            "top.yaml 1:10 上级标准“./b.yaml”本身有错误，请先改正它。",
        ],
    ),
    (
        "nobody's child",
        {"top.yaml": "extends: none.yaml\n"},
        ["top.yaml 1:10 找不到上级标准“none.yaml”，请写内置名称，或标准文件相对于本文件的路径。"],
    ),
    (
        "a folder",
        {"top.yaml": "extends: .\n"},
        ["top.yaml 1:10 找不到上级标准“.”，请写内置名称，或标准文件相对于本文件的路径。"],
    ),
    (
        "no name",
        {"top.yaml": "extends: [base.yaml]\n"},
        ["top.yaml 1:10 找不到上级标准“”，请写内置名称，或标准文件相对于本文件的路径。"],
    ),
    (
        "one too deep",
        chain(MOST_LEVELS + 1),
        [
            f"m{MOST_LEVELS - 1}.yaml 1:10 上级标准一层套一层超过 {MOST_LEVELS} 层，请改为直接沿用较近的一个。",
            *(
                f"m{at - 1}.yaml 1:10 上级标准“m{at}.yaml”本身有错误，请先改正它。"
                for at in range(MOST_LEVELS - 1, 0, -1)
            ),
            "top.yaml 1:10 上级标准“m0.yaml”本身有错误，请先改正它。",
        ],
    ),
    (
        "a broken parent",
        {"top.yaml": "extends: b.yaml\n", "b.yaml": "a: [\n"},
        [
            "b.yaml 2:1 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
            "top.yaml 1:10 上级标准“b.yaml”本身有错误，请先改正它。",
        ],
    ),
    (
        "a parent's own slip, in the parent",
        {"top.yaml": "extends: b.yaml\n", "b.yaml": SMALL.replace("each: 1", "each: 5")},
        ["b.yaml 25:21 最高 3 分比每次的 5 分还少，永远得不到满一次的分，请改正。"],
    ),
    (
        "a sum that the difference breaks, in the difference",
        {"top.yaml": HEAD + ONE % "{id: 1.1.1, points: 2}"},
        [OPEN_SUM],
    ),
    (
        "what is not there",
        {"top.yaml": HEAD + ONE % "{id: 9.9, remove: true}, {id: 1.1.2, after: 8.8}"},
        [
            "top.yaml 3:55 上级标准中没有编号“9.9”，不能删除，请核对。",
            "top.yaml 3:94 上级标准中没有编号“8.8”，不能排在它后面，请核对。",
        ],
    ),
    (
        "remove that is no yes",
        {"top.yaml": HEAD + ONE % "{id: 1.1.1, remove: 是}"},
        ["top.yaml 3:70 “remove”的值“是”不对，应为true，请改正。"],
    ),
    (
        "remove and after that are lists",
        {"top.yaml": HEAD + ONE % "{id: 1.1.1, remove: [是]}, {id: 1.1.2, after: [1.1.1]}"},
        [
            "top.yaml 3:70 “remove”的值不对，应为true，请改正。",
            "top.yaml 3:95 “after”的值不对，应为一个编号，请改正。",
        ],
    ),
    (
        "a slip in a key of the difference",
        {"top.yaml": HEAD + ONE % "{id: 1.1.1, pionts: 1}"},
        ["top.yaml 3:62 没有“pionts”这一项，是不是想写“points”？"],
    ),
    (
        "the same part twice",
        {"top.yaml": HEAD + ONE % "{id: 1.1.1, points: 1}, {id: 1.1.1, points: 1}"},
        [
            OPEN_SUM,
            "top.yaml 3:74 缺少“text”这一项，请补上。",
            "top.yaml 3:79 编号“1.1.1”用了两次，请改成不重复的编号。",
        ],
    ),
    (
        "remove and after without extends",
        {"top.yaml": SMALL.replace("id: 2.1.1,", "id: 2.1.1, after: 1.1.1, remove: true,")},
        [
            "top.yaml 36:25 “after”只能用在有 extends 的标准里，请删除。",
            "top.yaml 36:39 “remove”只能用在有 extends 的标准里，请删除。",
        ],
    ),
]


@pytest.mark.parametrize(("files", "told"), [pytest.param(*case[1:], id=case[0]) for case in FAULTS])
def test_a_fault_is_told_where_it_is(files: dict[str, str], told: list[str], tmp_path: Path) -> None:
    rubric, problems = read(tmp_path, files)
    assert (rubric, problems) == (None, told)
