"""``jieyue verify plan``: the same plan whoever draws it, in every format; and what it says to wrong calls."""

from __future__ import annotations

import csv
import hashlib
import importlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from program import Call, run
from returns import Answers, returned

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types
NAMES = [f"示例市{word}局" for word in ("财政", "教育", "水务", "统计", "司法", "民政")]
COURT, HALL = "示例市人民法院", "示例市总工会"
NEAR: Answers = {"1.1.1": "否", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否", "3.1.1": "否"}
"""80 points."""
LESS: Answers = {"2.1.1": "否"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A roster of eight, six forms of which one is near the mark and one is checked, and last year's of one."""
    rows = [*((name, "行政机关") for name in NAMES), (COURT, "审判机关"), (HALL, "人民团体（工会、共青团、妇联等）")]
    text = "\n".join(["单位名称,单位类别", *(",".join(row) for row in rows)])
    (tmp_path / "名录.csv").write_text(text, encoding="utf-8")
    folder = tmp_path / "交表"
    folder.mkdir()
    for name in (*NAMES[:4], COURT):
        (folder / f"{name}.xlsx").write_bytes(returned(name, LESS, year=2021))
    (folder / "a.xlsx").write_bytes(returned(NAMES[4], NEAR, year=2021))
    (folder / "b.xlsx").write_bytes(returned(NAMES[5], {}, {}, year=2021))
    (tmp_path / "去年").mkdir()
    for name in (*NAMES[:5], COURT):
        (tmp_path / "去年" / f"{name}.xlsx").write_bytes(returned(name, LESS, LESS, year=2020))
    return tmp_path


CALL = ("verify", "plan", "交表", "去年", "--roster", "名录.csv", "--seed", "2021-11-01 上午")


def document(call: Call, *more: str | Path) -> dict[str, Any]:
    ran = call(*CALL, "--format", "json", *more)
    assert ran.code == 0, ran.err
    made: dict[str, Any] = json.loads(ran.stdout)
    return made


def test_the_plan_on_the_console(call: Call, office: Path) -> None:
    ran = call(*CALL, "--number", "2")
    assert ran.code == 0
    digest = hashlib.sha256((office / "名录.csv").read_bytes()).hexdigest()
    assert ran.out == PLAN.format(digest=digest)


PLAN = """
现场核查名单
年度        2021
种子        2021-11-01 上午
抽样方法    必查的全部核查；其余在各单位类别内按“种子,单位名称”的 SHA-256 从小到
            大排列，取前几个；共抽 2 个，按各类家数分摊（最大余数法）。
核查单位    3 个：必查 1 个；其余 5 个中抽查 2 个
范围        交了表、还没有核查完的 6 个单位（不在其内：已核查完 1 个、没有交表 1
            个）
接近达标线  与 80 分相差不超过 1 分
涨幅居前    有往年得分可比的 6 个单位中，比上一次高 10 分或更多
评价标准    standard_2020 / 1
名录        8 个单位，SHA-256
            {digest}

核查名单
序号 单位名称       单位类别 抽取方式 自评总分 原因
--------------------------------------------------------------------------------
   1 示例市司法局   行政机关 必查           80 自评 80 分，与达标线 80 分相差不
                                               超过 1 分
   2 示例市教育局   行政机关 抽查           99 本类第 1 位（03f387cc5bb3…）
   3 示例市人民法院 审判机关 抽查           99 本类第 1 位（b528fd5ea202…）

各类家数
范围内 = 必查 + 抽样总体；抽查的从抽样总体中抽取。
单位类别 范围内 必查 抽样总体 抽查
--------------------------------------------------------------------------------
行政机关      5    1        4    1
审判机关      1    0        1    1

抽样过程
SHA-256 按“种子,单位名称”（半角逗号，UTF-8，末尾没有换行）计算，各类内从小到大排
位；用别的程序可以复算。
单位类别 位次 单位名称       抽中
--------------------------------------------------------------------------------
行政机关    1 示例市教育局   是
行政机关    2 示例市财政局
行政机关    3 示例市统计局
行政机关    4 示例市水务局
审判机关    1 示例市人民法院 是
"""


def test_the_document_fits_its_schema_and_its_figures_agree(call: Call, office: Path) -> None:
    schema = json.loads(call("schema", "verify", "plan").stdout)
    made = document(call)
    jsonschema.validate(made, schema)
    visits = {visit["name"]: visit for visit in made["visits"]}
    assert len(visits) == len(made["visits"])
    for row in made["sizes"]:
        own = [visit for visit in made["visits"] if visit["category"] == row["category"]]
        frame = [one for one in made["frame"] if one["category"] == row["category"]]
        assert row["population"] == row["certain"] + row["frame"]
        assert row["certain"] == sum(visit["how"] == "certain" for visit in own)
        assert row["drawn"] == sum(visit["how"] == "random" for visit in own) == sum(one["drawn"] for one in frame)
        assert row["frame"] == len(frame)
        assert [one["rank"] for one in frame] == list(range(1, len(frame) + 1))
        assert [one["hash"] for one in frame] == sorted(one["hash"] for one in frame)
        assert [one["drawn"] for one in frame] == [True] * row["drawn"] + [False] * (len(frame) - row["drawn"])
    for one in made["frame"]:
        assert one["hash"] == hashlib.sha256(f"{made['seed']},{one['name']}".encode()).hexdigest()
        assert one["drawn"] == (one["name"] in visits)
    assert visits[NAMES[4]]["reasons"] == ["自评 80 分，与达标线 80 分相差不超过 1 分"]
    assert visits[NAMES[4]]["total"] == 80
    assert made["roster"] == {
        "sha256": hashlib.sha256((office / "名录.csv").read_bytes()).hexdigest(),
        "agencies": 8,
    }


def test_every_format_names_the_same(call: Call, office: Path) -> None:
    ran = call(*CALL, "-o", "核查.xlsx", "-o", "核查.csv", "-o", "核查.json")
    assert ran.code == 0
    made = json.loads((office / "核查.json").read_bytes())
    names = [visit["name"] for visit in made["visits"]]
    book = openpyxl.load_workbook(office / "核查.xlsx")
    assert book.sheetnames == ["概况", "核查名单", "各类家数", "抽样过程", "核对提示"]
    rows = [[cell.value for cell in row] for row in book["核查名单"].iter_rows()]
    head = next(at for at, row in enumerate(rows) if "单位名称" in row)
    assert [row[rows[head].index("单位名称")] for row in rows[head + 1 :]] == names
    with io.StringIO((office / "核查.csv").read_text(encoding="utf-8-sig")) as text:
        assert [row["单位名称"] for row in csv.DictReader(text)] == names


@pytest.mark.slow
def test_the_same_bytes_whoever_runs_it(office: Path) -> None:
    outputs = []
    for at, places in enumerate([("交表", "去年"), ("去年", "交表")]):
        call = ("verify", "plan", *places, *CALL[4:], "--jobs", str(at + 1))
        ran = run(*call, "-o", f"{at}.xlsx", "-o", f"{at}.json", cwd=office)
        assert ran.code == 0
        outputs.append((ran.out, (office / f"{at}.xlsx").read_bytes(), (office / f"{at}.json").read_bytes()))
    assert outputs[0] == outputs[1]


@pytest.mark.slow
def test_the_size_is_what_was_asked_for(call: Call, office: Path) -> None:
    assert [row["drawn"] for row in document(call)["sizes"]] == [4, 1]
    assert [row["drawn"] for row in document(call, "--number", "3")["sizes"]] == [2, 1]
    assert [row["drawn"] for row in document(call, "--share", "10%")["sizes"]] == [1, 1]
    assert document(call, "--share", "0.5")["size"] == {"number": None, "share": 0.5}
    assert document(call, "--share", "12.5％")["size"] == {"number": None, "share": 0.125}


def test_more_than_there_are(call: Call, office: Path) -> None:
    ran = call(*CALL, "--number", "100")
    assert ran.code == 0
    assert "要抽查 100 个，除必查的以外只有 5 个，已全部列入" in ran.err


def test_a_recheck(call: Call, office: Path) -> None:
    made = document(call, "--recheck")
    assert made["recheck"] is True
    assert {visit["name"] for visit in made["visits"]} == {*NAMES[:5], COURT}
    assert {visit["since"] for visit in made["visits"]} == {2020}
    assert {visit["total"] for visit in made["visits"]} == {99}
    assert {visit["files"][0].partition("/")[0] for visit in made["visits"]} == {"去年"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--seed", ""), "种子是空的"),
        (("--seed", " 　\t"), "种子是空的"),
        (("--seed", "号" * 201), "种子太长，不要超过 200 个字"),
        (("--seed", "1", "--number", "3", "--share", "10%"), "--number 和 --share 只能给一个"),
        (("--seed", "1", "--number", "0"), "不能小于 1"),
        (("--seed", "1", "--share", "10"), "应为 10% 或 0.1 这样的比例"),
        (("--seed", "1", "--share", "1"), "应为 10% 或 0.1 这样的比例"),
        (("--seed", "1", "--share", "0%"), "应为 10% 或 0.1 这样的比例"),
        (("--seed", "1", "--share", "1e9"), "应为 10% 或 0.1 这样的比例"),
        (("--seed", "1", "--share", "100.1%"), "应为 10% 或 0.1 这样的比例"),
        ((), "--seed"),
    ],
)
def test_wrong_calls(arguments: tuple[str, ...], told: str, call: Call, office: Path) -> None:
    ran = call("verify", "plan", "交表", "--roster", "名录.csv", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_no_roster_and_nobody_to_visit(call: Call, office: Path) -> None:
    ran = call("verify", "plan", "交表", "--seed", "1")
    assert (ran.code, "--roster" in ran.err) == (2, True)
    (office / "空").mkdir()
    assert call("verify", "plan", "空", "--roster", "名录.csv", "--seed", "1", "-o", "a.xlsx").code == 2
    for more, told in [
        (("去年",), "2020 年没有交了表、还没有核查完的单位，没有抽取"),
        (("去年", "--recheck"), "2020 年以前没有认定、还可以回头看的单位，没有抽取"),
    ]:
        ran = call("verify", "plan", *more, "--roster", "名录.csv", "--seed", "1", "-o", "a.xlsx")
        assert ran.code == 2
        assert told in ran.err
    assert not (office / "a.xlsx").exists()


def test_a_hostile_name_is_text_in_every_format(call: Call, tmp_path: Path) -> None:
    name = "=示例市[red]局"
    (tmp_path / "交表").mkdir()
    (tmp_path / "交表" / "a.xlsx").write_bytes(returned(name))
    (tmp_path / "名录.csv").write_text(f"单位名称\n{name}\n", encoding="utf-8")
    call_ = ("verify", "plan", "交表", "--roster", "名录.csv", "--seed", "=1+1[b]")
    ran = call(*call_, "-o", "a.xlsx", "-o", "a.csv")
    assert ran.code == 0
    assert "=1+1[b]" in ran.out
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["核查名单"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert "'=示例市[red]局" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
