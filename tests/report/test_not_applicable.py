"""Who answered 不涉及, and where: one list over all agencies, on the console, in the workbook and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from forms import FIELD, FULL, fill, opened, saved
from program import Call

RULED = "标准不设不涉及，按 0 分计，请裁定"


def put(place: Path, name: str, *asked: str, year: int = 2020) -> None:
    """Write the form of one agency, which answers 不涉及 to these."""
    book, sheet = opened()
    fill(sheet, FULL | dict.fromkeys(asked, "不涉及"))
    sheet[FIELD["单位名称"]], sheet[FIELD["评价年度"]] = name, year
    place.mkdir(exist_ok=True)
    (place / f"{name}{year}.xlsx").write_bytes(saved(book))


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    place = tmp_path / "交表"
    put(place, "示例市教育局", "3.4.1", "3.3.2")
    put(place, "示例市统计局", "3.4.1")
    put(place, "示例市财政局")
    return place


def test_the_console_lists_each_criterion_with_who_asked(returns: Path, call: Call) -> None:
    shown = call("batch", returns).out
    assert (
        f"""
有机关填“不涉及”的条目（2 条）
- 3.3.2（{RULED}）：示例市教育局
- 3.4.1（{RULED}）：示例市教育局、示例市统计局
"""
        in shown
    )


def test_the_workbook_has_the_same_list(returns: Path, call: Call, tmp_path: Path) -> None:
    assert call("batch", returns, "-o", "汇总.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    rows = [row for sheet in book for row in sheet.iter_rows(max_col=2, values_only=True)]
    assert {row for row in rows if "裁定" in str(row[0])} == {
        (f"3.3.2（{RULED}）", "示例市教育局"),
        (f"3.4.1（{RULED}）", "示例市教育局、示例市统计局"),
    }


def test_json_has_the_place_of_each(returns: Path, call: Call) -> None:
    put(returns, "示例市档案馆", "3.4.1", year=2021)  # of another year: not in the list of 2020
    document = json.loads(call("batch", returns, "--year", "2020", "--format", "json").out)
    listed = [
        (entry["criterion"], entry["policy"], entry["name"], Path(entry["file"]).name)
        for entry in document["progress"]["not_applicable"]
    ]
    assert listed == [
        ("3.3.2", "not_allowed", "示例市教育局", "示例市教育局2020.xlsx"),
        ("3.4.1", "not_allowed", "示例市教育局", "示例市教育局2020.xlsx"),
        ("3.4.1", "not_allowed", "示例市统计局", "示例市统计局2020.xlsx"),
    ]
