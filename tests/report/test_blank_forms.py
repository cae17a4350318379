"""A blank form is said to be blank wherever its file or its agency is shown, and is not handed in."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from forms import RUBRIC, filled
from jieyue_cli.form.blank.template import Prefill, blank_form
from program import Call

NAME = "示例市档案馆"


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    place = tmp_path / "交表"
    place.mkdir()
    (place / "空.xlsx").write_bytes(blank_form(RUBRIC, Prefill(NAME, "行政机关", 2020)))
    (place / "财政局.xlsx").write_bytes(filled())
    return place


def test_the_console_says_so_in_the_ranking_and_in_the_list_of_agencies(returns: Path, call: Call) -> None:
    shown = call("batch", returns).out
    (ranked, listed) = (line for line in shown.splitlines() if f"{NAME}（空表）" in line)
    assert (ranked.split()[0], "空表" in ranked.split("）", 1)[1], listed.split()[0]) == ("-", True, "交表未计入")
    assert "已交表并计入        1" in shown


def test_json_says_so_of_the_file_and_of_the_agency(returns: Path, call: Call) -> None:
    document = json.loads(call("batch", returns, "--format", "json").out)
    (file,) = (entry for entry in document["results"] if entry["file"].endswith("空.xlsx"))
    assert (file["counts"], file["remark"]) == (False, "空表")
    assert [problem["code"] for problem in file["problems"]] == ["form-blank"]
    (agency,) = (entry for entry in document["agencies"] if entry["name"] == NAME)
    assert (agency["state"], agency["handed_in"], agency["remark"]) == ("returned", False, "空表")
    assert document["progress"]["handed_in"] == 1


def test_the_tables_beside_say_so(returns: Path, call: Call, tmp_path: Path) -> None:
    assert call("batch", returns, "-o", "汇总.xlsx", "-o", "汇总.csv").code == 0
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    told = {sheet.title for sheet in book for row in sheet.iter_rows(values_only=True) if NAME in row and "空表" in row}
    assert told >= {"机关名单", "排名"}
    with (tmp_path / "汇总-机关名单.csv").open(encoding="utf-8-sig", newline="") as table:
        (agency,) = (row for row in csv.DictReader(table) if row["单位名称"] == NAME)
    assert (agency["状态"], agency["已交表"], agency["备注"]) == ("交表未计入", "否", "空表")
