"""What ``jieyue`` alone proposes at each step of the year: the step is right, and every command is true."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from guidance.offices import YEAR, check
from jieyue_cli.guidance import looking
from jieyue_cli.guidance.advice import Advice, advise, typed
from jieyue_cli.guidance.sight import Kind, Sight, Thing
from program import Call

PROPOSED = {
    "nothing": (
        "这里还没有名录和表。",
        ["demo 示例市", "roster new 名录.xlsx", "template -o 自评打分表.xlsx"],
    ),
    "unfilled": (
        "名录还没有填：用 Excel 或 WPS 打开，每个单位填一行，填好后再运行 jieyue。",
        ["demo 示例市", "template -o 自评打分表.xlsx"],
    ),
    "roster": (
        "有名录，还没有表。",
        ["roster check 名录.csv", "template --roster 名录.csv --year 2026 -o 2026年空表"],
    ),
    "blank": (
        "空表做好了：发给各单位；交回来的放进一个文件夹（如“交表”），再在这里运行 jieyue。",
        ["roster check 名录.csv"],
    ),
    "handed_in": (
        "2020年的表收来了，还没有核查。",
        [
            'batch "交 表" --roster 名录.csv -o 2020年汇总.xlsx -o 2020年结果.html',
            'evidence "交 表" --roster 名录.csv',
            'verify plan "交 表" --roster 名录.csv --seed 2020年核查 -o 核查计划.xlsx',
        ],
    ),
    "archived": (
        "2020年的表收来了，还没有核查。",
        [
            "batch 交表.zip -o 2020年汇总.xlsx -o 2020年结果.html",
            "roster new 名录.xlsx",
            "evidence 交表.zip",
        ],
    ),
    "planned": (
        "2020年的表收来了，还没有核查。",
        [
            'batch "交 表" --roster 名录.csv -o 2020年汇总.xlsx -o 2020年结果.html',
            'verify sheets "交 表" --plan 核查计划.xlsx -o 核查表',
            'evidence "交 表" --roster 名录.csv',
        ],
    ),
    "to_check": (
        "2020年的表收来了，核查表也做好了：核查后填“核查情况”，填好放在这里。",
        [
            'batch "交 表" --roster 名录.csv -o 2020年汇总.xlsx -o 2020年结果.html',
            'evidence "交 表" --roster 名录.csv',
        ],
    ),
    "checked": (
        "2020年的表有核查结果。",
        [
            'batch "交 表" 核查 --roster 名录.csv -o 2020年汇总.xlsx -o 2020年结果.html',
            'feedback "交 表" 核查 --roster 名录.csv -o 2020年反馈',
            'ledger record 台账.jsonl "交 表" 核查 --roster 名录.csv --year 2020',
        ],
    ),
    "sent_back": (
        "2020年的表有核查结果。",
        [
            'batch "交 表" 核查 --roster 名录.csv -o 2020年汇总.xlsx -o 2020年结果.html',
            'letter 公示 "交 表" 核查 --roster 名录.csv -o 2020年公示.docx',
            'ledger record 台账.jsonl "交 表" 核查 --roster 名录.csv --year 2020',
        ],
    ),
    "recorded": (
        "2020 年已记入台账。",
        [
            "ledger show 台账.jsonl",
            'plan "交 表" 核查 --roster 名录.csv --ledger 台账.jsonl',
            "template --roster 名录.csv --year 2021 -o 2021年空表",
        ],
    ),
    "second_year": (
        "2021年的表有核查结果。",
        [
            "batch 2021年 --roster 名录.csv --ledger 台账.jsonl -o 2021年汇总.xlsx -o 2021年结果.html",
            "feedback 2021年 --roster 名录.csv -o 2021年反馈",
            "ledger record 台账.jsonl 2021年 --roster 名录.csv --year 2021 --note 2021年核查结果",
        ],
    ),
    "ledger_alone": (
        "2020 年已记入台账。",
        [
            "ledger show 台账.jsonl",
            "ledger verify 台账.jsonl",
            "template --roster 名录.csv --year 2021 -o 2021年空表",
        ],
    ),
    "loose": (
        "表散放在这里；把交回的表放进一个文件夹（如“交表”），就能一起统计。",
        [
            "score 示例市教育局.xlsx 示例市统计局.xlsx 示例市财政局.xlsx",
            "batch 示例市教育局.xlsx 示例市统计局.xlsx 示例市财政局.xlsx",
        ],
    ),
    "many_loose": (
        "表散放在这里；把交回的表放进一个文件夹（如“交表”），就能一起统计。",
        ["score 示例1局.xlsx", "batch . --roster 名录.csv"],
    ),
    "own_standard": (
        "这里有评价标准，还没有名录和表。",
        ["rubric check 本市.yaml", "demo 示例市", "roster new 名录.xlsx"],
    ),
    "unrelated": (
        "这里还没有名录和表。",
        ["demo 示例市", "roster new 名录.xlsx", "template -o 自评打分表.xlsx"],
    ),
}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No look is cut short, however slow the machine is; one process reads the few forms here."""
    monkeypatch.setattr(looking, "SECONDS", 60)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0}, raising=False)


def advice(folder: Path) -> Advice:
    return advise(looking.look(folder, looking.SECONDS), 2026)


@pytest.mark.parametrize("state", PROPOSED)
def test_the_step_is_right_and_every_command_that_is_proposed_runs(state: str, call: Call, tmp_path: Path) -> None:
    YEAR[state](tmp_path)
    where, lines = PROPOSED[state]
    advised = advice(tmp_path)
    assert (advised.where, [step.line for step in advised.steps]) == (where, [f"jieyue {line}" for line in lines])
    for step in advised.steps:
        assert tuple(shlex.split(step.line)) == step.words
        if step.words[1] == "demo" and state != "nothing":  # the same in every folder
            continue
        ran = call(*step.words[1:])
        assert ran.code in {0, 1}, (step.line, ran.err)


def test_a_whole_office_one_folder_down_is_entered_first(tmp_path: Path) -> None:
    YEAR["demo_outside"](tmp_path)
    (step,) = advice(tmp_path).steps
    assert step.line == "cd 示例市"
    assert advice(tmp_path / "示例市").where == "2020年的表有核查结果。"


def test_inside_a_folder_of_returns_one_goes_up(call: Call, tmp_path: Path) -> None:
    YEAR["inside"](tmp_path)
    advised = advice(tmp_path)
    assert advised.where == "这里像是交表的文件夹：每个单位一个文件夹。"
    assert [step.line for step in advised.steps] == ["jieyue batch .", "cd .."]
    assert call("batch", ".").code == 0


@pytest.mark.slow
def test_following_the_proposals_leads_through_the_year(call: Call, tmp_path: Path) -> None:
    """What was done is not proposed again, nor in the next year what was done in this one."""
    YEAR["checked"](tmp_path)
    followed = []
    for year in (2020, 2021):
        for _ in range(2):
            advised = advice(tmp_path)
            followed.append(" ".join([advised.where, *(step.words[1] for step in advised.steps)]))
            for step in advised.steps[1:]:
                assert call(*step.words[1:]).code in {0, 1}
        check(tmp_path / f"{year + 1}年核查", year + 1)
    assert followed == [
        "2020年的表有核查结果。 batch feedback ledger",
        "2020 年已记入台账。 ledger plan template",
        "2021年的表有核查结果。 batch feedback ledger",
        "2021 年已记入台账。 ledger plan template",
    ]
    assert advice(tmp_path).where == "2022年的表有核查结果。"


FORM = Thing("某局.xlsx", Kind.RETURNED, (2021,), "own")


@pytest.mark.parametrize(
    ("things", "lines"),
    [
        # a name that a command line would change, or take for an option, is in no command
        (
            [Thing("$交表", Kind.CHECKED, several=True)],
            ["demo 示例市", "roster new 名录.xlsx", "template -o 自评打分表.xlsx"],
        ),
        ([Thing("-o.xlsx", Kind.ROSTER)], ["demo 示例市", "roster new 名录.xlsx", "template -o 自评打分表.xlsx"]),
        # forms of an own standard that lies here
        ([FORM, Thing("本市.yaml", Kind.RUBRIC, (), "own")], ["score 某局.xlsx --rubric 本市.yaml"]),
        ([FORM, Thing("外市.yaml", Kind.RUBRIC, (), "other")], ["score 某局.xlsx"]),
        # a folder whose forms say no year is never recorded
        (
            [Thing("核查", Kind.CHECKED, several=True), Thing("名录.csv", Kind.ROSTER)],
            ["batch 核查 --roster 名录.csv -o 汇总.xlsx -o 结果.html", "feedback 核查 --roster 名录.csv -o 反馈"],
        ),
        # a ledger without entries
        ([Thing("台账.jsonl", Kind.LEDGER)], ["ledger show 台账.jsonl", "ledger verify 台账.jsonl"]),
        # the next year's blank forms are there already
        (
            [
                Thing("台账.jsonl", Kind.LEDGER, (2020,)),
                Thing("名录.csv", Kind.ROSTER),
                Thing("空", Kind.BLANK, (2021,), several=True),
            ],
            ["ledger show 台账.jsonl", "ledger verify 台账.jsonl"],
        ),
        # a roster that is not filled in is not made twice
        ([Thing("名录.csv", Kind.UNFILLED), Thing("空", Kind.BLANK, several=True)], ["demo 示例市"]),
        # blank forms here and there
        ([Thing("空", Kind.BLANK, several=True)], ["roster new 名录.xlsx"]),
        (
            [Thing("空.xlsx", Kind.BLANK), Thing("名录.csv", Kind.ROSTER)],
            ["roster check 名录.csv", "template --roster 名录.csv --year 2026 -o 2026年空表"],
        ),
        ([Thing("表", Kind.TO_CHECK, several=True), Thing("名录.csv", Kind.ROSTER)], ["roster check 名录.csv"]),
    ],
)
def test_what_else_may_lie_there(things: list[Thing], lines: list[str]) -> None:
    advised = advise(Sight(tuple(things), frozenset(thing.name for thing in things)), 2026)
    assert [step.line for step in advised.steps] == [f"jieyue {line}" for line in lines]


@pytest.mark.parametrize("name", ["空 表", "交表（2）", "a&b", "某局，某局", "o'b", "甲　乙", "“引”", "a;b", "(1)"])
def test_a_name_is_typed_so_that_a_shell_takes_it_for_one(name: str) -> None:
    assert shlex.split(typed(name)) == [name]
    assert typed(name).startswith('"') == (name not in {"交表（2）", "某局，某局"})
