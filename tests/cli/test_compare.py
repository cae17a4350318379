"""``jieyue compare``: what is said of two files, folders or recorded years, and which calls are refused."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from agencies.test_progress import Form, roster
from jieyue_cli.office.ledger.entry import line
from jieyue_cli.office.ledger.reading import EMPTY
from office.ledger.recorded import recorded
from program import Call
from returns import Answers, returned

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types

BEFORE: Answers = {"1.1.1": "否", "2.2.3": 2, "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"}
"""79 points."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two editions of a form, two years of a city, and a ledger of both years."""
    (tmp_path / "原表.xlsx").write_bytes(returned("示例市甲局", BEFORE))
    (tmp_path / "改后.xlsx").write_bytes(returned("示例市甲局", {**BEFORE, "2.2.3": 5, "2.2.5": "做到"}))
    (tmp_path / "外单位.xlsx").write_bytes(returned("示例市乙局", {"4.1.1": "否"}, {"4.1.2": "否"}, year=2021))
    years: dict[int, dict[str, Any]] = {
        2020: {"甲": (BEFORE, None), "乙": ({}, {}), "丙": (BEFORE, None)},
        2021: {"甲": ({}, {}), "乙": ({}, BEFORE), "丙": (BEFORE, None), "丁": ({}, None)},
    }
    for year, forms in years.items():
        (tmp_path / f"{year} 年").mkdir()
        for name, (own, found) in forms.items():
            (tmp_path / f"{year} 年" / f"{name}.xlsx").write_bytes(returned(f"示例市{name}局", own, found, year=year))
    (tmp_path / "名录.csv").write_text("单位名称\n" + "".join(f"示例市{name}局\n" for name in "甲乙丙丁戊"), "utf-8")
    ledger, listed = EMPTY, roster("示例市甲局", "示例市乙局")
    ledger = recorded(
        ledger, [Form("示例市甲局", 2020, "达标", "达标"), Form("示例市乙局", 2020, "未达标")], listed, 2020
    )
    ledger = recorded(ledger, [Form("示例市乙局", 2021, "达标", "达标")], listed, 2021)
    (tmp_path / "台账.jsonl").write_bytes(b"".join(line(entry) + b"\n" for entry in ledger.entries))
    return tmp_path


FILES = """
甲乙对比
甲    原表.xlsx
乙    改后.xlsx
单位  示例市甲局
年度  2020
标准  standard_2020 / 1
自评  79 分 → 82～85 分（+3 分）
结论  自评未达标 → 自评达标（+3 分）
对比  逐条 2 处不同

逐条不同
只列填报或得分不同的；“没有这一条”是另一份的标准没有，或与别的条合并打分。
编号  一方 甲 乙   甲得分 乙得分 差 评价标准
--------------------------------------------------------------------------------
2.2.3 自评 2  5         2      5  3 制定落实能源资源消费统计、定额管理、节能、节
                                    水、生活垃圾分类、绿色消费以及用能设备节能操
                                    作规程等节约能源资源管理制度，每项得1分，最
                                    高得5分。
2.2.5 自评 否 做到      0      0    按照《公共机构能源资源计量器具配备和管理要
                                    求》(GB/T 29149-2012)，实行能源资源分户、分
                                    区、分项计量，得3分；
"""
OTHERS = """
甲乙对比
甲        原表.xlsx
乙        外单位.xlsx
单位      示例市甲局 → 示例市乙局（不是同一单位）
年度      2020 → 2021
标准      standard_2020 / 1
自评      79 分 → 98 分（+19 分）
核查      没有 → 98 分
核查进度  未核查 → 已核查
结论      自评未达标 → 达标（+19 分）（甲按自评，乙按核查）
对比      逐条 6 处不同

逐条不同
只列填报或得分不同的；“没有这一条”是另一份的标准没有，或与别的条合并打分。
编号  一方 甲 乙 甲得分 乙得分 差 评价标准
--------------------------------------------------------------------------------
1.1.1 自评 否 是      0      9  9 完成上级主管部门下达的单位建筑面积能源消耗、人
                                  均能源消耗、人均水资源消耗年度指标，或者能耗指
                                  标参照《党政机关能耗定额》(DB14/T2001-2020)执
                                  行。
2.2.3 自评 2  9       2      5  3 制定落实能源资源消费统计、定额管理、节能、节
                                  水、生活垃圾分类、绿色消费以及用能设备节能操作
                                  规程等节约能源资源管理制度，每项得1分，最高得5
                                  分。
2.2.4 自评 否 是      0      3  3 通过规章制度或合同约定，对物业管理提出节能、节
                                  水、生活垃圾分类管理目标和服务要求，得3分。
2.2.5 自评 否 是      0      3  3 按照《公共机构能源资源计量器具配备和管理要求》
                                  (GB/T 29149-2012)，实行能源资源分户、分区、分
                                  项计量，得3分；
3.2.1 自评 否 是      0      3  3 加大绿色采购力度，带头采购节能、节水、环保、再
                                  生、资源综合利用等绿色产品，得3分
4.1.1 自评 是 否      2      0 -2 开展旧物再利用等生活垃圾源头减量化措施、活动，
                                  得2分；
"""
FOLDERS = """
甲乙对比
甲    2020 年：已认定 1 / 5（20.0%）
乙    2021 年：已认定 1 / 5（20.0%）
标准  standard_2020 / 1
机关  新认定 1，不再认定 1，新有得分 1，未变 2
对比  已认定数不变

机关的变化
得分按核查完成的核查得分，否则按自评。认定累计到较晚的年度，撤销的除外。未变的不
列。
机关       变化     甲得分 乙得分  差 状态
--------------------------------------------------------------------------------
示例市甲局 新认定       79    100  21 自评未达标 → 已认定
示例市乙局 不再认定    100     79 -21 已认定 → 撤销认定
示例市丁局 新有得分           100     未交表 → 自评达标

逐条失分的变化
两边都有表计入的 3 个机关平均；变好、变差是失分变少、变多的机关数。没有变化的条
目不列。
编号  甲平均失分 乙平均失分 变好 变差 评价标准
--------------------------------------------------------------------------------
1.1.1          6          6    1    1 完成上级主管部门下达的单位建筑面积能源消
                                      耗、人均能源消耗、人均水资源消耗年度指标，
                                      或者能耗指标参照《党政机关能耗定额》
                                      (DB14/T2001-2020)执行。
2.2.3          2          2    1    1 制定落实能源资源消费统计、定额管理、节能、
                                      节水、生活垃圾分类、绿色消费以及用能设备节
                                      能操作规程等节约能源资源管理制度，每项得1
                                      分，最高得5分。
2.2.4          2          2    1    1 通过规章制度或合同约定，对物业管理提出节
                                      能、节水、生活垃圾分类管理目标和服务要求，
                                      得3分。
2.2.5          2          2    1    1 按照《公共机构能源资源计量器具配备和管理要
                                      求》(GB/T 29149-2012)，实行能源资源分户、
                                      分区、分项计量，得3分；
3.2.1          2          2    1    1 加大绿色采购力度，带头采购节能、节水、环
                                      保、再生、资源综合利用等绿色产品，得3分
"""
SAME = """
甲乙对比
甲    2020 年：已认定 1 / 3（33.3%）
乙    2020 年：已认定 1 / 3（33.3%）
标准  standard_2020 / 1
机关  未变 3
对比  没有不同
"""
YEARS = """
甲乙对比
甲    台账 2020 年：已认定 1 / 2（50.0%）
乙    台账 2021 年：已认定 2 / 2（100.0%）
标准  standard_2020 / 1
机关  新认定 1，不再有分 1
对比  已认定多 1 个

机关的变化
得分按核查完成的核查得分，否则按自评。认定累计到较晚的年度，撤销的除外。未变的不
列。
机关       变化     甲得分 乙得分  差 状态
--------------------------------------------------------------------------------
示例市乙局 新认定        0    100 100 自评未达标 → 已认定
示例市甲局 不再有分    100            已认定

逐条失分的变化
两边都有表计入的 1 个机关平均；变好、变差是失分变少、变多的机关数。没有变化的条
目不列。
编号  甲平均失分 乙平均失分 变好 变差 评价标准
--------------------------------------------------------------------------------
1.1.1          9          0    1    0 完成上级主管部门下达的单位建筑面积能源消
                                      耗、人均能源消耗、人均水资源消耗年度指标，
                                      或者能耗指标参照《党政机关能耗定额》
                                      (DB14/T2001-2020)执行。
2.1.1          1          0    1    0 明确负责推进节约型机关建设的组织机构，得1
                                      分
2.1.2          2          0    1    0 明确节约能源资源工作的管理机构和工作职责，
                                      得2分
2.1.3          1          0    1    0 设置能源资源管理岗位，明确专人负责，得1
                                      分。
2.1.4          1          0    1    0 推进部门或系统节约能源资源工作，得1分。
2.2.1          2          0    1    0 制定节约型机关创建实施方案，得2分；
2.2.2          2          0    1    0 制定节约能源资源实施方案，并明确年度节约能
                                      源资源目标，得2分。
2.2.3          5          0    1    0 制定落实能源资源消费统计、定额管理、节能、
                                      节水、生活垃圾分类、绿色消费以及用能设备节
                                      能操作规程等节约能源资源管理制度，每项得1
                                      分，最高得5分。
2.2.4          3          0    1    0 通过规章制度或合同约定，对物业管理提出节
                                      能、节水、生活垃圾分类管理目标和服务要求，
                                      得3分。
2.2.5          3          0    1    0 按照《公共机构能源资源计量器具配备和管理要
                                      求》(GB/T 29149-2012)，实行能源资源分户、
                                      分区、分项计量，得3分；
另有 32 行，用 -o 写成 .xlsx 可以看全。
"""


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        pytest.param(["原表.xlsx", "改后.xlsx"], 1, FILES, id="what an edited form would come to"),
        pytest.param(["原表.xlsx", "外单位.xlsx"], 0, OTHERS, id="forms of different agencies and years"),
        pytest.param(["2020 年", "2021 年", "--roster", "名录.csv"], 0, FOLDERS, id="two folders"),
        pytest.param(["2020 年", "2020 年"], 0, SAME, id="a folder and itself"),
        pytest.param(["2020", "2021", "--ledger", "台账.jsonl"], 0, YEARS, id="two recorded years"),
    ],
)
def test_in_words(call: Call, arguments: list[str], code: int, out: str) -> None:
    ran = call("compare", *arguments, "--quiet")
    assert (ran.code, ran.out) == (code, out)


@pytest.mark.usefixtures("office")
def test_each_file_is_read_by_its_own_standard(call: Call, tmp_path: Path) -> None:
    (tmp_path / "严.yaml").write_text(
        "extends: standard_2020\nid: standard_2020\nversion: '1'\npass_mark: 85\n", "utf-8"
    )
    (tmp_path / "表.xlsx").write_bytes(returned("示例市甲局", {"1.1.1": "否", "2.2.3": 0, "2.2.4": "否"}))
    ran = call("compare", "表.xlsx", "表.xlsx", "--rubric", "standard_2020", "--rubric", "严.yaml")
    assert ran.code == 0
    assert "结论  自评达标 → 自评未达标\n" in ran.out


@pytest.mark.usefixtures("office")
def test_what_is_the_same_does_not_differ(call: Call, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "2020.zip", "w") as archive:
        for form in sorted((tmp_path / "2020 年").iterdir()):
            archive.write(form, form.name)
    (tmp_path / "副本.xlsx").write_bytes((tmp_path / "原表.xlsx").read_bytes())
    for places in (("原表.xlsx", "副本.xlsx"), ("2020 年", "2020.zip")):
        ran = call("compare", *places)
        assert (ran.code, ran.out.splitlines()[-1]) == (0, "对比  没有不同")


CALLS = [
    ("compare 原表.xlsx", 2, "缺少参数"),
    ("compare 原表.xlsx 没有.xlsx", 2, "找不到这个文件或文件夹，请核对路径和文件名。"),
    (
        "compare 原表.xlsx 名录",
        2,
        "找不到这个文件或文件夹，请核对路径和文件名。",
    ),
    (
        "compare 原表.xlsx 空",
        2,
        "不能和 空 比较：一个是文件，一个是文件夹或压缩包；请给两份表、两个文件夹，或用 --ledger 给两个年份。",
    ),
    (f"compare 原表.xlsx {'长' * 200}.xlsx", 2, "找不到这个文件或文件夹，请核对路径和文件名。"),
    ("compare 2020 2021", 2, "找不到这个文件或文件夹；要比较台账中的两年，请用 --ledger 给出台账。"),
    ("compare 2020 2022 --ledger 台账.jsonl", 2, "台账中没有 2022 年的记录，有 2020、2021 年，请核对年份。"),
    ("compare 2020 2021 --ledger 空.jsonl", 2, "台账中没有 2020 年的记录，还是空的，请核对年份。"),
    ("compare 原表.xlsx 2021 --ledger 台账.jsonl", 2, "给了 --ledger 时比较的是台账中的两年，请写年份，如 2020 2021。"),
    ("compare 原表.xlsx 改后.xlsx -o 原表.xlsx", 2, "不能把结果写到要读取的文件上"),
    ("compare 原表.xlsx 改后.xlsx --rubric a --rubric b --rubric c", 2, "--rubric 最多写两次：先甲后乙。"),
    ("compare 空 空 -o 报告.csv", 2, "没有找到要读取的表，所以什么也没有写入"),
    ("compare 空 空", 1, "这里没有电子表格文件，请核对文件夹。"),
    ("compare 原表.xlsx 坏.xlsx", 1, "文件已损坏"),
]


@pytest.mark.parametrize(("command", "code", "told"), CALLS)
def test_how_it_ends(call: Call, office: Path, command: str, code: int, told: str) -> None:
    (office / "空").mkdir()
    (office / "空.jsonl").touch()
    (office / "坏.xlsx").write_bytes((office / "原表.xlsx").read_bytes()[:3000])
    ran = call(*command.split())
    assert ran.code == code
    assert told in "".join(part.strip() for part in ran.err.splitlines())


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "command",
    [
        "compare 原表.xlsx 改后.xlsx",
        "compare 原表.xlsx 名录.csv",
        "compare 2020*年 2021*年",
        "compare 2020 2021 --ledger 台账.jsonl",
        "plan 2020*年 2021*年 --roster 名录.csv",
        "plan 2021*年 --ledger 台账.jsonl",
    ],
)
def test_the_output_is_what_the_schema_says(call: Call, command: str) -> None:
    words = [word.replace("*", " ") for word in command.split()]
    validator = jsonschema.Draft202012Validator(json.loads(call("schema", words[0]).stdout))
    validator.check_schema(validator.schema)
    document = json.loads(call(*words, "--format", "json").stdout)
    validator.validate(document)
    assert not validator.is_valid({**document, "before": 1, "progress": 1})


@pytest.mark.usefixtures("office")
def test_years_of_the_ledger_go_before_old_forms(call: Call) -> None:
    told = call("plan", "2021 年", "--ledger", "台账.jsonl", "--format", "json", "--quiet").stdout
    assert json.loads(told)["progress"]["recognised"] == 1
