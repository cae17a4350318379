"""说明: the standard, how it was applied, and the files with their checksums."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jieyue_cli import __version__
from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from jieyue_cli.rubric.source import load
from report.builders import varied

RUBRICS = Path(__file__).parents[3] / "examples" / "rubrics"


def rows(findings: Findings[Any]) -> list[list[Any]]:
    workbook = openpyxl.load_workbook(io.BytesIO(book.render(findings)))
    return [[cell for cell in row if cell is not None] for row in workbook["说明"].values]


def test_the_standard_the_run_and_the_program() -> None:
    told = dict(row for row in rows(varied())[1:13] if len(row) == 2)
    assert told == {
        "评价标准": "高平市节约型机关评价标准（高能源发〔2020〕42号）",
        "发布": "高平市能源局、高平市发展和改革委员会、高平市财政局，2020-08-03",
        "标准编号 / 版本": "standard_2020 / 1",
        "满分": "100 分",
        "达标线": "80 分（含），按没有舍入的得分比较",
        "不涉及": "不设不涉及，填“不涉及”计 0 分并提醒",
        "年度目标": "2020 年 25%，2021 年 50%，2022 年 70%",
        "统计年度": "2020 年度",
        "认定率的分母": "6 个机关，来自名录",
        "认定依据": "核查完成的按核查得分；没有核查或没有核查完的只是自评，不算认定。",
        "程序": f"jieyue {__version__}；同样的文件、名录和评价标准，生成的工作簿逐字节相同。",
    }


def test_every_file_has_its_checksum() -> None:
    findings = varied()
    listed = rows(findings)
    assert ["读取的文件：7 个"] in listed
    body = listed[listed.index(["文件", "单位名称", "SHA-256"]) + 1 :]
    assert {row[0]: row[-1] for row in body} == {
        result.file: result.sha256 or "没有读取" for result in findings.results
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "label", "text"),
    [
        ("na_rescaled", "不涉及", "不涉及按缺项折算"),
        ("na_full", "不涉及", "不涉及按满分计"),
        ("three_classes", "机关分类", "、"),
        ("three_classes", "等级", "分起"),
        ("gate_six_areas", "必须做到的", "达标前提"),
        ("bonus_110", "满分", "110 分（基础 100，附加 10）"),
    ],
)
def test_what_only_some_standards_have_is_told_of_those(name: str, label: str, text: str) -> None:
    rubric, problems = load(RUBRICS / f"{name}.yaml")
    assert rubric is not None, problems
    told = dict(row for row in rows(Findings(rubric, [], account_of(rubric, Tally()))) if len(row) == 2)
    assert text in told[label]
    assert label in {"满分", "不涉及"} or label not in dict(row for row in rows(varied()) if len(row) == 2)
