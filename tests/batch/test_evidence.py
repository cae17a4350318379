"""Returns that are no spreadsheets are told; evidence beside a form is counted and never told as an error."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from first import first
from jieyue_cli.problems import Code
from program import Call
from returns import hand_in, returned

ROSTER = "单位名称\n示例市财政局\n示例市财政局国库中心\n示例市教育局\n示例市统计局\n"


def table() -> bytes:
    """A spreadsheet that is no form."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["月份", "用电量"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


TABLE = table()
WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a roster and one good form."""
    (tmp_path / "名录.csv").write_text(ROSTER, "utf-8")
    hand_in(tmp_path / "交表", "示例市财政局")
    return tmp_path


def put(folder: Path, *names: str, data: bytes = b"%PDF-1.4") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def seen(call: Call, *options: str, how: str = "json") -> dict[str, list[str]]:
    """File → codes of its problems, of everything that is a result beside the good form."""
    ran = call("batch", "交表", "--format", how, *options)
    lines = [json.loads(line) for line in ran.out.splitlines()] if how == "jsonl" else json.loads(ran.out)["results"]
    rows = [row for row in lines if "file" in row and row["file"] != "交表/示例市财政局.xlsx"]
    return {row["file"].removeprefix("交表/"): [problem["code"] for problem in row["problems"]] for row in rows}


SUFFIXES = ("pdf", "doc", "docx", "wps", "jpg", "JPEG", "png", "ofd", "tif", "bmp", "heic", "rtf")


@pytest.mark.slow
@pytest.mark.parametrize("suffix", first(3, SUFFIXES))
def test_a_return_that_is_no_spreadsheet_is_told(suffix: str, call: Call, office: Path) -> None:
    names = [f"示例市教育局.{suffix}", f"示例市统计局/扫描.{suffix}", f"某某局自评表.{suffix}", f"打分表/1.{suffix}"]
    put(office / "交表", *names, f"会议纪要.{suffix}")
    assert seen(call, "--roster", "名录.csv") == {name: ["file-foreign"] for name in sorted(names)}
    ran = call("batch", "交表", "--roster", "名录.csv")
    assert ran.code == 1
    assert "不是电子表格；请让单位交回用 Excel 或 WPS 保存的 .xlsx表格" in ran.err.replace("\n    ", "").replace(
        "x 表", "x表"
    )
    assert "另有 1 个其他文件" in ran.err


def test_without_a_roster_only_the_words_count(call: Call, office: Path) -> None:
    put(office / "交表", "示例市教育局.pdf", "示例市统计局/扫描.jpg", "统计局 评分表.doc")
    assert seen(call) == {"统计局 评分表.doc": ["file-foreign"]}


def test_the_name_of_the_place_names_an_agency_too(call: Call, office: Path) -> None:
    put(office / "示例市教育局", "扫描.pdf")
    ran = call("batch", "交表", "示例市教育局", "--roster", "名录.csv", "--format", "json")
    assert [row["status"] for row in json.loads(ran.out)["results"]] == ["pass", "unreadable"]


def test_returns_in_an_archive_are_told(call: Call, office: Path) -> None:
    with zipfile.ZipFile(office / "交表" / "示例市教育局.zip", "w") as archive:
        archive.writestr("自评/1.pdf", b"%PDF")
        archive.writestr("2.jpg", b"x")
        archive.writestr("佐证材料/3.jpg", b"x")
    assert seen(call, "--roster", "名录.csv") == {
        "示例市教育局.zip/2.jpg": ["file-foreign"],
        "示例市教育局.zip/自评/1.pdf": ["file-foreign"],
    }


def test_papers_beside_their_agencys_form_are_evidence(call: Call, office: Path) -> None:
    put(office / "交表", "示例市财政局（盖章）.pdf", "示例市财政局/照片.jpg", "示例市财政局自评表扫描件.pdf")
    put(office / "交表", "示例市财政局国库中心.pdf")  # another agency, whose name is the longer
    put(office / "另年" / "交表", "示例市财政局.pdf")
    assert seen(call, "--roster", "名录.csv") == {"示例市财政局国库中心.pdf": ["file-foreign"]}
    ran = call("batch", "交表", "另年", "--roster", "名录.csv")
    assert "另年/交表/示例市财政局.pdf" in ran.err


def test_a_paper_of_a_later_year_is_no_evidence_for_the_form_beside_it(call: Call, office: Path) -> None:
    put(office / "交表", "示例市财政局2019年用电.pdf", "示例市财政局2021年自评表.pdf")
    assert seen(call, "--roster", "名录.csv") == {"示例市财政局2021年自评表.pdf": ["file-foreign"]}


def test_papers_go_by_every_name_of_their_agency(call: Call, office: Path) -> None:
    (office / "名录.csv").write_text("单位名称,简称\n示例市财政局,市财局\n示例市教育局,市教局、教\n", "utf-8")
    put(office / "交表", "市财局盖章.pdf", "市教局/扫描.jpg", "教学楼.jpg")
    assert seen(call, "--roster", "名录.csv") == {"市教局/扫描.jpg": ["file-foreign"]}


FOLDERS = ("佐证材料", "附件", "证明材料", "台账", "佐证", "材料", "1、佐证材料（2020）", "深/佐证/处")


@pytest.mark.slow
@pytest.mark.parametrize("folder", first(2, FOLDERS))
def test_evidence_in_a_folder_of_its_name_is_counted(folder: str, call: Call, office: Path) -> None:
    place = office / "交表" / "示例市教育局" / folder
    put(place, *(f"{number}月用电.xlsx" for number in range(20)), "名册.ods", data=TABLE)
    put(place, "示例市教育局会议.pdf", "照片.rar")
    put(place, "网页.xls", data=b"<html><table>")
    ran = call("batch", "交表", "--roster", "名录.csv")
    assert ran.code == 0
    assert "错误" not in ran.err
    assert "另有 24 个其他文件" in ran.err
    assert "表格文件            1  其中 0 个没能计分" in ran.out
    assert seen(call, "--roster", "名录.csv") == {}


@pytest.mark.parametrize("how", first(1, ["json", "jsonl"]))
def test_twenty_tables_beside_a_form_do_not_bury_an_error(how: str, call: Call, office: Path) -> None:
    place = office / "交表" / "教育局"
    put(place, *(f"{number:02}月用电.xlsx" for number in range(20)), data=TABLE)
    put(place, "表.xlsx", data=returned("示例市教育局"))
    put(place, "里/计量器具.xlsx", data=TABLE)
    put(office / "交表", "坏.xlsx", data=returned("示例市统计局")[:5000])
    assert seen(call, how=how) == {"教育局/表.xlsx": [], "坏.xlsx": ["file-damaged"]}
    ran = call("batch", "交表")
    assert "21 个文件" in ran.err
    assert "另有 21 个其他文件" in ran.err


def test_what_looks_like_a_form_stays_an_error(call: Call, office: Path) -> None:
    put(office / "交表", "教育局自评表.xlsx", "佐证材料/统计局打分表.xlsx", "示例市教育局.xlsx", data=TABLE)
    put(office / "交表", "示例市统计局/数据.xlsx", data=TABLE)
    put(office / "交表", "附件/统计局自评表.pdf")
    assert seen(call, "--roster", "名录.csv") == {
        "教育局自评表.xlsx": ["form-not-found"],
        "佐证材料/统计局打分表.xlsx": ["form-not-found"],
        "示例市教育局.xlsx": ["form-not-found"],
        "示例市统计局/数据.xlsx": ["form-not-found"],
        "附件/统计局自评表.pdf": ["file-foreign"],
    }


def test_a_table_in_a_folder_without_a_form_or_named_itself_is_an_error(call: Call, office: Path) -> None:
    put(office / "交表", "某某局/统计.xlsx", data=TABLE)
    assert seen(call) == {"某某局/统计.xlsx": [Code.FORM_NOT_FOUND.slug]}
    put(office, "统计.xlsx", data=TABLE)
    assert call("batch", "交表/示例市财政局.xlsx", "统计.xlsx").code == 1


@pytest.mark.slow
def test_the_order_of_places_and_the_number_of_workers_change_nothing(call: Call, office: Path) -> None:
    put(office / "交表", "a/1.xlsx", "b/附件/1.xlsx", data=TABLE)
    put(office / "交表", "a/z.xlsx", data=returned("示例市教育局"))
    put(office / "交表", "示例市统计局.pdf")
    for how in ("json", "jsonl", "csv"):
        calls = [("交表", "交表/a", "--jobs", "1"), ("交表/a", "交表", "--jobs", "3")]
        outs = {call("batch", *arguments, "--roster", "名录.csv", "--format", how).out for arguments in calls}
        assert len(outs) == 1
