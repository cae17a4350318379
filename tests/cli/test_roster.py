"""``jieyue roster``: a blank roster that a clerk fills in, and what is understood of any."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jieyue_cli.agencies.roster import read_roster
from jieyue_cli.rubric.model import Rubric
from program import Call
from returns import hand_in

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types

ROSTER = """示例市党政机关名录
序号,单位名称,单位类别,级别,统一社会信用代码,曾用名,合署,批次年度,联系人,联系电话,垂管/不参评原因,实施方案报送日期,邮箱
1,示例市财政局,行政机关,市级,91350100M000100Y43,示例市财税局,,2020,张三,0351-1,,2020.8.5,
2,示例市税务局,行政机关,市级,,,,,,,垂管,,
3,示例市教育局,行政机关,市级,,,示例市体育局,2021,,,,,
4,示例市体育局,行政机关,,91350100M000100Y34,,,2021,,,,,
5,中共示例市委办公室,党的机关,县级,,,,,,,,,
"""
TEXT = """
名录检查
文件          名录.csv
结论          可以用作名录（提醒 1 处，说明 1 处）
机关总数      4 个，认定率的分母
不参评        1 个，不在机关总数中
用到的列      单位名称、单位类别、级别、统一社会信用代码、曾用名、合署、批次年
              度、联系人、联系电话、垂管/不参评原因、实施方案报送日期
没有用到的列  序号、邮箱

统计
按       值       机关数
--------------------------------------------------------------------------------
单位类别 行政机关      3
单位类别 党的机关      1
级别     市级          2
级别     县级          1
级别     未填          1
批次年度 2021          2
批次年度 2020          1
批次年度 未填          1

不参评
单位名称     行 原因
--------------------------------------------------------------------------------
示例市税务局  4 垂管

别名和合署
单位名称     行 别名         合署
--------------------------------------------------------------------------------
示例市财政局  3 示例市财税局
示例市教育局  5              示例市体育局
示例市体育局  6              示例市教育局

缺项
缺什么           机关数 单位名称
--------------------------------------------------------------------------------
级别                  1 示例市体育局
统一社会信用代码      3 示例市教育局、示例市体育局、中共示例市委办公室
批次年度              1 中共示例市委办公室
"""
DIGIT = "统一社会信用代码“91350100M000100Y34”有误，没有采用：按前 17 位末位应为 {right}，不是 4，请对照证书逐位核对。"


def test_what_is_understood_is_shown(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.csv").write_bytes(ROSTER.encode("gbk"))
    ran = call("roster", "check", "名录.csv")
    assert (ran.code, ran.out) == (0, TEXT)
    assert "E6：统一社会信用代码“91350100M000100Y34”有误" in ran.err
    assert "没有用到的列：邮箱" in ran.err


def test_programs_are_told_the_same(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.csv").write_bytes(ROSTER.encode())
    ran = call("roster", "check", "名录.csv", "--format", "json")
    document = json.loads(ran.stdout)
    jsonschema.validate(document, json.loads(call("schema", "roster", "check").stdout))
    assert (ran.code, ran.err) == (0, "")
    entries = document["entries"]
    inside = [entry for entry in entries if not entry["outside"]]
    assert (document["usable"], document["agencies"], document["outside"]) == (True, len(inside), 1)
    for name, counts in {"category": "categories", "level": "levels", "batch": "batches"}.items():
        told = {count["value"]: count["agencies"] for count in document[counts]}
        values = [entry[name] for entry in inside]
        assert told == {value: values.count(value) for value in values}
    assert entries[0] == {
        "row": 3,
        "name": "示例市财政局",
        "category": "行政机关",
        "level": "市级",
        "code": "91350100M000100Y43",
        "batch": 2020,
        "aliases": ["示例市财税局"],
        "together": [],
        "contact": "张三",
        "phone": "0351-1",
        "plan_filed": "2020-08-05",
        "outside": None,
    }
    assert [(problem["code"], problem["cell"]) for problem in document["problems"]] == [
        ("roster-code-digit", "E6"),
        ("roster-ignored", None),
    ]
    table = list(
        csv.DictReader(io.StringIO(call("roster", "check", "名录.csv", "--format", "csv").stdout.decode("utf-8-sig")))
    )
    assert [(row["行"], row["单位名称"]) for row in table] == [(str(entry["row"]), entry["name"]) for entry in entries]
    assert [bool(row["问题"]) for row in table] == [False, False, False, True, False]


def test_a_workbook_lists_everything(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.csv").write_bytes(ROSTER.encode())
    ran = call("roster", "check", "名录.csv", "-o", "检查.xlsx", "-o", "检查.json")
    assert (ran.code, ran.err.splitlines()[-2:]) == (0, ["已写入 检查.xlsx", "已写入 检查.json"])
    book = openpyxl.load_workbook(tmp_path / "检查.xlsx")
    assert book.sheetnames == ["概况", "名录", "统计", "不参评", "别名和合署", "缺项", "问题"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("单位名称\n甲局\n甲局\n", "“甲局”与第 2 行重复"),
        ("单位名称,垂管\n甲局,待定\n", "看不出这个单位参不参评"),
        ("单位名称\n", "名录中没有单位"),
        ("甲局\n乙局\n", "找不到“单位名称”列"),
        ("", "名录中没有单位"),
    ],
)
def test_what_is_no_safe_roster_ends_as_with_batch(text: str, told: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.csv").write_text(text, "utf-8")
    (tmp_path / "交表").mkdir()
    hand_in(tmp_path / "交表", "甲局")
    for command in (["roster", "check", "名录.csv"], ["batch", "交表", "--roster", "名录.csv"]):
        ran = call(*command)
        assert (ran.code, told in ran.err) == (2, True)
    shown = call("roster", "check", "名录.csv").out
    assert ("有错误，更正前不能用作名录" in shown) == ("单位名称\n" in text or "垂管" in text)


def test_a_file_that_is_none_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.xlsx").write_bytes(b"%PDF-1.7" + bytes(900))
    for name in ("名录.xlsx", "没有.xlsx", "."):
        ran = call("roster", "check", name, "-o", "检查.xlsx")
        assert (ran.code, ran.out, (tmp_path / "检查.xlsx").exists()) == (2, "", False)


def filled(path: Path, *rows: dict[str, Any]) -> bytes:
    """The blank roster as a clerk saves it."""
    book = openpyxl.load_workbook(path)
    sheet = book["名录"]
    heads = {cell.value: at for at, cell in enumerate(sheet[3], 1)}
    for at, row in enumerate(rows, 4):
        for head, value in row.items():
            sheet.cell(at, heads[head], value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_blank_roster_is_empty_until_it_is_filled_in(call: Call, tmp_path: Path, rubric: Rubric) -> None:
    made = call("roster", "new", "名录.xlsx")
    assert (made.code, made.out, made.err) == (0, "", "已写入 名录.xlsx\n")
    blank = (tmp_path / "名录.xlsx").read_bytes()
    _, problems = read_roster(blank, rubric.scope, "名录.xlsx")
    assert [problem.message for problem in problems] == ["名录中没有单位，请填写后重试。"]
    finance = {
        "单位名称": "示例市财政局",
        "单位类别": "行政机关",
        "级别": "市级",
        "统一社会信用代码": "91350100M000100Y43",
        "曾用名": "示例市财税局",
        "简称": "市财政局",
        "批次年度": 2020,
        "联系人": "张三",
        "联系电话": "0351-1234567",
        "实施方案报送日期": dt.date(2020, 8, 5),
    }
    tax = {"单位名称": "示例市税务局", "垂管/不参评原因": "垂管"}
    roster, problems = read_roster(filled(tmp_path / "名录.xlsx", finance, tax), rubric.scope, "名录.xlsx")
    assert (problems, roster is not None) == ((), True)
    assert roster is not None
    (entry,), (left_out,) = roster.entries, roster.outside
    assert (entry.name, entry.category, entry.level, entry.code) == (*list(finance.values())[:4],)
    assert (entry.aliases, entry.batch, entry.plan_filed) == (("示例市财税局", "市财政局"), 2020, dt.date(2020, 8, 5))
    assert (entry.contact, entry.phone, left_out.outside) == ("张三", "0351-1234567", "垂管")
    assert (roster.plans, roster.ignored, len(roster.columns)) == (True, (), 12)


def test_a_blank_roster_guides_a_clerk(call: Call, tmp_path: Path, rubric: Rubric) -> None:
    call("roster", "new", "名录.xlsx")
    book = openpyxl.load_workbook(tmp_path / "名录.xlsx")
    sheet, told = book["名录"], book["说明"]
    heads = [cell.value for cell in sheet[3]]
    checks = sheet.data_validations.dataValidation
    assert [check.promptTitle for check in checks] == heads
    assert all(check.prompt and check.showInputMessage for check in checks)
    explained = [str(row[0].value) for row in told.iter_rows(max_col=1)]
    assert [line.partition("：")[0] for line in explained[1 : len(heads) + 1]] == heads
    assert [row[0].value for row in told.iter_rows(min_col=2, max_col=2) if row[0].value] == list(rubric.scope)
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B4", "$3:$3", "$A:$A")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.cell(300, heads.index("统一社会信用代码") + 1).number_format == "@"


def test_a_blank_roster_never_replaces_a_file_unasked(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.xlsx").write_text("mine")
    assert call("roster", "new", "名录.xlsx").code == 2
    assert (tmp_path / "名录.xlsx").read_text() == "mine"
    assert call("roster", "new", "名录.xlsx", "--force").code == 0
    first = (tmp_path / "名录.xlsx").read_bytes()
    assert call("roster", "new", "另.xlsx").code == 0
    assert (tmp_path / "另.xlsx").read_bytes() == first
    refused = call("roster", "new", "名录.csv")
    assert (refused.code, ".xlsx" in refused.err) == (2, True)


def test_forms_are_made_for_those_in_scope(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录.csv").write_text("单位名称,垂管\n甲局,\n乙局,垂管\n丙局,是\n丁局,\n", "utf-8")
    ran = call("template", "--roster", "名录.csv", "-o", "空表")
    assert (ran.code, ran.err) == (0, "名录中 2 个单位写明不参评，没有制表。\n已写入 空表 中的 2 份表\n")
    assert sorted(path.name for path in (tmp_path / "空表").iterdir()) == ["丁局.xlsx", "甲局.xlsx"]


def test_a_folder_is_told_to_be_none_of_the_files_asked_for(call: Call, tmp_path: Path) -> None:
    ran = call("roster", "check", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert "这是文件夹，这里要的是文件" in ran.err
    assert "score" not in ran.err
