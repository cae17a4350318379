"""The way to the target: every figure worked out anew from the batch of the same folder, and what is said in words."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import count
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.form.head import Field
from jieyue_cli.office.way import Way, way_of
from jieyue_cli.report.office.way import report
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import UNVERIFIED, Agency, Statement, Submission
from program import Call
from published import COUNTED, ORDER
from returns import Answers, returned
from scoring.standards import Said, claims, criterion, item, standard, unit

POOR: Answers = {"1.1.1": "否", "2.2.3": 2, "2.2.5": "否", "3.2.1": "否", "3.2.2": "否", "2.2.4": "否"}
"""73 points: 9, 3, 3, 3, 3 and 3 of a hundred are missing, and so are 7 to the mark."""
NEAR: Answers = {
    **POOR,
    "1.1.1": "是",
    "2.2.3": 9,
    "4.1.1": "否",
    "4.1.2": "否",
    "4.1.3": "否",
    "4.1.4": "否",
    "2.1.1": "否",
}
"""79 points."""


def hand_in(folder: Path) -> None:
    """Put a city's forms into a folder: some in every state."""
    folder.mkdir()
    chance = Random(7)  # noqa: S311 -- a test's inputs
    for number in range(24):
        claimed: dict[str, str | int | None] = {
            identifier: chance.choice([0, 1, 3]) if identifier in COUNTED else chance.choice(["否", None])
            for identifier in ORDER
            if chance.random() < chance.choice([0.05, 0.2, 0.35])
        }
        if number % 8 == 5:
            claimed[chance.choice(ORDER)] = "大概"
        found: Answers | None = None
        head: Mapping[Field, str | int] = {}
        if number % 4 == 1:
            found = {**claimed, "3.2.1": "否"}
            head = {Field.COMPLETION: "已完成，逐条填写"}
        elif number % 8 == 2:
            found = dict.fromkeys(ORDER[4:])
        (folder / f"{number:02}.xlsx").write_bytes(returned(f"示例市{number}局", claimed, found, head=head))
    (folder / "又一份.xlsx").write_bytes(returned("示例市3局", {"1.1.1": "大约"}))
    (folder / "没有名称.xlsx").write_bytes(returned(None))
    (folder / "局外.xlsx").write_bytes(returned("某某公司"))
    names = [f"示例市{number}局" for number in range(30)]
    (folder.parent / "名录.csv").write_text("\n".join(["单位名称", *names, ""]), "utf-8")


def exact(data: bytes) -> Any:
    return json.loads(data, parse_float=Decimal)


def lines(score: Any) -> list[Any]:
    return [line for unit in score["units"] for item in unit["items"] for line in item["criteria"]]


def deciding(result: Any) -> Any:
    return result["verified"] if result["verification"]["state"] == "complete" else result["self"]


def test_every_figure_follows_from_the_batch(call: Call, tmp_path: Path) -> None:
    hand_in(tmp_path / "交表")
    arguments = ("交表", "--roster", "名录.csv", "--format", "json")
    batch, plan = exact(call("batch", *arguments).stdout), exact(call("plan", *arguments).stdout)
    files = {result["file"]: result for result in batch["results"]}
    listed = [row for row in batch["agencies"] if row["listed"]]
    open_to_all = [row for row in listed if row["state"] != "recognised"]
    lost: dict[str, dict[str, Any]] = {}
    totals: dict[str, Any] = {}
    waiting, formless = [], []
    for row in open_to_all:
        forms = [
            files[file] for file in row["files"] if files[file]["counts"] or "待更正" in (files[file]["remark"] or "")
        ]
        if not forms:
            formless.append(row["name"])
        elif deciding(forms[0])["total"] >= 80:
            waiting.append(row["name"])
        else:
            (form,) = forms
            totals[row["name"]] = deciding(form)["total"]
            lost[row["name"]] = {
                line["id"]: line["points"] - line["score"]
                for line in lines(deciding(form))
                if line["points"] > line["score"]
            }

    assert plan["progress"] == batch["progress"]
    assert [row["name"] for row in plan["waiting"]] == waiting
    assert [row["name"] for row in plan["formless"]] == formless
    assert {row["name"]: row["total"] for row in plan["below"]} == totals
    assert len(waiting) + len(formless) + len(totals) + plan["progress"]["recognised"] == len(listed) == 30
    assert min(len(waiting), len(formless), len(totals), plan["progress"]["recognised"]) > 1
    for row in plan["below"]:
        gains = sorted(lost[row["name"]].values(), reverse=True)
        fewest = next(n for n in count(1) if totals[row["name"]] + sum(gains[:n]) >= 80)
        assert (row["missing"], len(row["steps"])) == (80 - totals[row["name"]], fewest)
        assert sum(step["gain"] for step in row["steps"]) == sum(gains[:fewest])
        assert row["cheapest"]["total"] == totals[row["name"]] + sum(gains[:2])
        assert (row["cheapest"]["total"] >= 80) == (row["cheapest"]["verdict"] == "pass")
        mended = [step["correction"] for step in row["steps"]]
        assert mended == sorted(mended, reverse=True)
    gaps = [row["missing"] for row in plan["below"]]
    assert gaps == sorted(gaps)
    assert {row["criterion"]: (row["agencies"], row["points"], row["alone"]) for row in plan["measures"]} == {
        identifier: (
            sum(identifier in own for own in lost.values()),
            sum(own.get(identifier, 0) for own in lost.values()),
            sum(totals[name] + own.get(identifier, 0) >= 80 for name, own in lost.items()),
        )
        for identifier in {identifier for own in lost.values() for identifier in own}
    }
    numbers = [row["agencies"] for row in plan["measures"]]
    assert numbers == sorted(numbers, reverse=True)
    mendable = sum(row["cheapest"]["verdict"] == "pass" for row in plan["below"])
    recognised = plan["progress"]["recognised"]
    assert [tuple(row.values()) for row in plan["targets"]] == [
        (
            year,
            rate,
            ceil(rate * 30),
            *(
                max(0, ceil(rate * 30) - more)
                for more in (recognised, recognised + len(waiting), recognised + len(waiting) + mendable)
            ),
        )
        for year, rate in ((2020, Decimal("0.25")), (2021, Decimal("0.5")), (2022, Decimal("0.7")))
    ]


def test_in_words(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "交表"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(returned("示例市甲局", POOR))
    (folder / "乙.xlsx").write_bytes(returned("示例市乙局", NEAR))
    (folder / "丙.xlsx").write_bytes(returned("示例市丙局"))
    (folder / "丁.xlsx").write_bytes(returned("示例市丁局", {**POOR, "1.1.1": "基本"}))
    (tmp_path / "名录.csv").write_text("单位名称\n" + "".join(f"示例市{name}局\n" for name in "甲乙丙丁戊"), "utf-8")
    ran = call("plan", "交表", "--roster", "名录.csv", "--quiet")
    assert (ran.code, ran.out) == (1, WORDS)


WORDS = """
2020 年度达标途径
机关总数  5（分母，来自名录）
已认定    0（分子，核查达标的机关，含以前年度认定的）
认定率    0.0%（0 / 5）
年度目标  25.0%（25% × 5，至少 2 个机关）
还差      2
只待核查  1 个自评已达标；全部核查达标后还差 1 个
各补两条  3 个未达标的各补两条（必须做到的在先，其余先做增分最多的），其中 3 个
          达标；连同只待核查的都认定后即完成年度目标
要先交表  1 个，交表后才知道差多少

未达标的机关
离达标线最近的在前；条数是达标最少要做到的条数。补两条后：必须做到的在先，其余先
做增分最多的，只补两条时的得分和结论。
机关       状态         得分 还差 条数 补两条后 要做到的
--------------------------------------------------------------------------------
示例市乙局 自评未达标     79    1    1 85 达标
    2.2.4 通过规章制度或合同约定（做到即得，+3）
示例市甲局 自评未达标     76    4    1 88 达标
    1.1.1 完成上级主管部门下达的单位建筑面积能源消耗…（做到即得，+9）
示例市丁局 待更正     76～85    4    1 88 达标
    1.1.1 完成上级主管部门下达的单位建筑面积能源消耗…（更正填写，+9）

帮助最多的措施
机关：未达标的机关中这一条没有得满的。单靠它达标：其中只补上这一条就达标的。
编号  机关 共失分 单靠它达标 评价标准
--------------------------------------------------------------------------------
2.2.4    3      9          1 通过规章制度或合同约定，对物业管理提出节能、节水、
                             生活垃圾分类管理目标和服务要求，得3分。
2.2.5    3      9          1 按照《公共机构能源资源计量器具配备和管理要求》(GB/T
                             29149-2012)，实行能源资源分户、分区、分项计量，得3
                             分；
3.2.1    3      9          1 加大绿色采购力度，带头采购节能、节水、环保、再生、
                             资源综合利用等绿色产品，得3分
3.2.2    3      9          1 更新公务用车优先采购新能源汽车，得3分。
1.1.1    2     18          2 完成上级主管部门下达的单位建筑面积能源消耗、人均能
                             源消耗、人均水资源消耗年度指标，或者能耗指标参照
                             《党政机关能耗定额》(DB14/T2001-2020)执行。
2.2.3    2      6          0 制定落实能源资源消费统计、定额管理、节能、节水、生
                             活垃圾分类、绿色消费以及用能设备节能操作规程等节约
                             能源资源管理制度，每项得1分，最高得5分。
4.1.1    1      2          1 开展旧物再利用等生活垃圾源头减量化措施、活动，得2
                             分；
4.1.2    1      2          1 使用再生纸、再生耗材等再生办公用品，得2分；
4.1.3    1      2          1 限制使用一次性办公用品，得2分；
4.1.4    1      2          1 停止使用不可降解一次性塑料制品，得2分。
另有 1 行，用 -o 写成 .xlsx 可以看全。

年度目标
已认定 0 个。以后年度按现在的机关数和现在的认定算。
年度 至少 还差 核查达标后还差 再各补两条后还差 目标
--------------------------------------------------------------------------------
2020    2    2              1                0 25% × 5
2021    3    3              2                0 50% × 5
2022    4    4              3                0 70% × 5

只待核查的机关
机关       状态     自评得分 备注
--------------------------------------------------------------------------------
示例市丙局 自评达标      100

要先交表的机关
机关       状态   备注
--------------------------------------------------------------------------------
示例市戊局 未交表
"""


def results(rubric: Rubric, forms: Mapping[str, Said], group: str | None = None) -> list[Result]:
    """Forms as read by a standard, one an agency."""
    made = []
    for name, said in forms.items():
        digest = hashlib.sha256(name.encode()).hexdigest()
        submission = Submission(Agency(name, None, 2030, group), Statement(()), None, UNVERIFIED)
        made.append(Result(name, digest, submission, score(rubric.of(group), claims(said)), None, ()))
    return made


def way(rubric: Rubric, forms: Iterable[Result], *names: str, year: int | None = None) -> Way:
    listed = list(forms)
    tally = Tally()
    for form in listed:
        tally.add(form)
    roster = Roster(tuple(RosterEntry(name, None) for name in names)) if names else None
    return way_of(rubric, account_of(rubric, tally, roster, None, year), listed)


def nearest(found: Way) -> list[tuple[str, list[str], str, str]]:
    """Who is below: the steps that are enough, then where the cheapest two lead."""
    return [
        (row.standing.name, [step.line.id for step in row.steps], str(row.then.total), row.then.conclusion)
        for row in found.below
    ]


BASE = unit(
    "1", item("A", criterion("A1", "4"), criterion("A2", "3")), item("B", criterion("B1", "3"), criterion("B2", "1"))
)
STANDARDS: list[tuple[str, Rubric, Mapping[str, Said], list[tuple[str, list[str], str, str]], int]] = [
    (
        "grades are named",
        standard(
            BASE,
            passing="6",
            grades=[{"name": "优秀", "from": 10}, {"name": "合格", "from": 6}, {"name": "不合格", "from": 0}],
        ),
        {"甲": {"A2": "1"}, "乙": {"B2": "0"}, "丙": {"A1": "1", "B2": "1"}},
        [("丙", ["A2"], "11", "优秀"), ("甲", ["A1"], "10", "优秀"), ("乙", ["A1", "A2"], "7", "合格")],
        3,
    ),
    (
        "a gate comes first, and no points help without it",
        standard(BASE, passing="8", gates=[{"id": "G", "text": "完成目标"}]),
        {"甲": {"A1": "1", "A2": "1", "B1": "1"}, "乙": {"G": "1", "A1": "1"}, "丙": {"A1": "1"}},
        [("甲", ["G"], "11", "达标"), ("乙", ["A2", "B1"], "10", "达标"), ("丙", ["G", "A2", "B1"], "7", "未达标")],
        2,
    ),
    (
        "a bonus counts up to its cap",
        standard(
            BASE,
            unit("2", item("X", criterion("X1", "5"), criterion("X2", "5")), bonus=True, points="6"),
            passing="10",
        ),
        {"甲": {"A1": "1"}, "乙": {"X1": "1", "A1": "1"}},
        [("乙", ["A2"], "15", "达标"), ("甲", ["X1", "A2"], "12", "达标")],
        2,
    ),
    (
        "what is left out scales the rest up",
        standard(BASE, passing="8", not_applicable="rescaled"),
        {"甲": {"A1": "不涉及", "A2": "1"}},
        [("甲", ["B1"], "11", "达标")],
        1,
    ),
    (
        "what was forfeited does not come back: who cannot reach the mark stands last",
        standard(BASE, passing="8", forfeit="item"),
        {"甲": {"A1": "虚假", "A2": "1", "B1": "1"}, "乙": {"B2": "0"}},
        [("乙", ["A1", "A2", "B1"], "7", "未达标"), ("甲", ["B2"], "4", "未达标")],
        0,
    ),
    (
        "an answer to be corrected goes before any measure",
        standard(BASE, passing="9"),
        {"甲": {"A1": "0", "A2": "？", "B1": "1"}, "乙": {"A1": "1", "A2": "1", "B1": "？"}},
        [("乙", ["B1"], "11", "达标"), ("甲", ["A2", "A1"], "10", "达标")],
        2,
    ),
    (
        "totals are converted, and rounded up to the mark",  # 7 of 11 points are 63.6 of 100, 8 are 72.7
        standard(BASE, passing="73", scale={"points": 100, "decimals": 0}),
        {"甲": {"A1": "1", "A2": "1"}, "乙": {"B1": "1", "A1": "1"}},
        [("乙", ["A2"], "100", "达标"), ("甲", ["B1"], "100", "达标")],
        2,
    ),
    (
        "who left out more than is allowed cannot reach the mark",
        standard(BASE, passing="8", not_applicable="rescaled", not_applicable_limit={"points": 3}),
        {"甲": {"A1": "不涉及", "A2": "1"}, "乙": {"A2": "不涉及", "A1": "1"}},
        [("乙", ["B1"], "11", "达标"), ("甲", ["B1"], "11", "未达标")],
        1,
    ),
]


@pytest.mark.parametrize(
    ("rubric", "forms", "expected", "passing"), [pytest.param(*case[1:], id=case[0]) for case in STANDARDS]
)
def test_under_any_standard(
    rubric: Rubric,
    forms: Mapping[str, Said],
    expected: list[tuple[str, list[str], str, str]],
    passing: int,
) -> None:
    found = way(rubric, results(rubric, forms))
    assert (nearest(found), found.passing) == (expected, passing)
    assert way(rubric, reversed(results(rubric, forms))).below == found.below


def test_a_point_may_be_more_once_it_is_converted() -> None:
    rubric = standard(BASE, passing="73", scale={"points": 100, "decimals": 0})
    found = way(rubric, results(rubric, {"甲": {"A1": "1", "A2": "1"}}))  # 63.6, and B2 is 1 point of 11
    assert [(row.line.id, row.alone) for row in found.measures] == [("B1", 1), ("B2", 1)]


def test_each_class_is_asked_what_is_its_own() -> None:
    rubric = standard(
        unit(
            "1",
            item("A", criterion("A1", "4"), when=["独立办公"]),
            item("B", criterion("B1", "4"), when=["集中办公"]),
            item("C", criterion("C1", "2")),
            points="6",
        ),
        passing="6",
        points="6",
        classes=["独立办公", "集中办公"],
    )
    forms = [*results(rubric, {"甲": {"C1": "1"}}, "独立办公"), *results(rubric, {"乙": {"C1": "1"}}, "集中办公")]
    found = way(rubric, forms)
    assert nearest(found) == [("乙", ["B1"], "6", "达标"), ("甲", ["A1"], "6", "达标")]
    assert [(row.line.id, row.agencies, row.alone) for row in found.measures] == [("A1", 1, 1), ("B1", 1, 1)]


TARGETS: list[tuple[str, int | None, list[tuple[int, int, int, int, int]]]] = [
    (
        "before the first target's year only later years ask",
        2019,
        [(2020, 2, 2, 2, 2), (2021, 3, 3, 3, 3), (2022, 4, 4, 4, 4)],
    ),
    ("the year's and the later ones", 2020, [(2020, 2, 2, 1, 0), (2021, 3, 3, 2, 1), (2022, 4, 4, 3, 2)]),
    ("after the last one it goes on", 2025, [(2025, 4, 4, 4, 4)]),
]


@pytest.mark.parametrize(("year", "expected"), [pytest.param(*case[1:], id=case[0]) for case in TARGETS])
def test_the_targets(call: Call, tmp_path: Path, year: int, expected: list[tuple[int, int, int, int, int]]) -> None:
    (tmp_path / "交表").mkdir()
    for name, answers in (("甲", {}), ("乙", NEAR)):
        (tmp_path / "交表" / f"{name}.xlsx").write_bytes(returned(f"示例市{name}局", answers))
    (tmp_path / "名录.csv").write_text("单位名称\n" + "".join(f"示例市{name}局\n" for name in "甲乙丙丁戊"), "utf-8")
    ran = call("plan", "交表", "--roster", "名录.csv", "--year", year, "--format", "json")
    plan = exact(ran.stdout)
    assert [(row["year"], *[*row.values()][2:]) for row in plan["targets"]] == expected


def test_the_target_is_reached_and_there_is_no_roster(call: Call, tmp_path: Path) -> None:
    (tmp_path / "交表").mkdir()
    (tmp_path / "交表" / "甲.xlsx").write_bytes(returned("示例市甲局", {}, {}))
    ran = call("plan", "交表")
    assert (ran.code, ran.out) == (0, REACHED)


REACHED = """
2020 年度达标途径
机关总数  1（分母，来自已交表的单位（没有名录，仅供参考））
已认定    1（分子，核查达标的机关，含以前年度认定的）
认定率    100.0%（1 / 1）
年度目标  25.0%（25% × 1，至少 1 个机关）
还差      0（已完成年度目标）

年度目标
已认定 1 个。以后年度按现在的机关数和现在的认定算。
年度 至少 还差 核查达标后还差 再各补两条后还差 目标
--------------------------------------------------------------------------------
2020    1    0              0                0 25% × 1
2021    1    0              0                0 50% × 1
2022    1    0              0                0 70% × 1
"""


def test_nothing_was_handed_in(call: Call, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "名录.csv").write_text("单位名称\n示例市甲局\n", "utf-8")
    ran = call("plan", "空", "--roster", "名录.csv", "--year", "2020")
    assert ran.code == 1
    assert "这里没有电子表格文件" in ran.err
    assert "要先交表  1 个，交表后才知道差多少" in ran.out
    (tmp_path / "旧.csv").write_text("旧", "utf-8")
    ran = call("plan", "空", "-o", "旧.csv")
    assert (ran.code, (tmp_path / "旧.csv").read_text("utf-8")) == (2, "旧")


def test_every_format_says_the_same(call: Call, tmp_path: Path) -> None:
    hand_in(tmp_path / "交表")
    call("plan", "交表", "--roster", "名录.csv", "-o", "达标.xlsx", "-o", "达标.csv", "-o", "达标.json")
    plan = exact((tmp_path / "达标.json").read_bytes())
    rows = (tmp_path / "达标.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [row["name"] for row in plan["below"]]
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "达标.xlsx").read_bytes()))
    assert book.sheetnames == ["概况", "未达标的机关", "帮助最多的措施", "年度目标", "只待核查的机关", "要先交表的机关"]
    sizes = [len(plan[part]) for part in ("below", "measures", "targets", "waiting", "formless")]
    heads = {"机关", "编号", "年度"}
    for name, size in zip(book.sheetnames[1:], sizes, strict=True):
        column = [str(cell.value) for cell in book[name]["A"]]
        head = next(at for at, value in enumerate(column) if value in heads)
        assert len([value for value in column[head + 1 :] if value != "None"]) == size, name


def test_an_input_that_takes_points_is_to_be_answered_first() -> None:
    deducted = unit("1", item("A", criterion("A1", "4"), criterion("A2", "6")), deductions=[{"input": "N", "lose": 1}])
    asked = [{"id": "N", "text": "发现烟头", "answer": "count"}]
    rubric = standard(deducted, passing="10", inputs=asked)
    (table, *_) = report(rubric, way(rubric, results(rubric, {"甲": {"A2": "1"}}))).tables
    assert table.rows[0][-1] == "先填清 N（以下按不扣分计算）；A1 做到A1（做到即得，+4）"
