"""Files the program writes: checked before work starts, whole or not at all, never over somebody's form."""

from __future__ import annotations

import io
import os
from pathlib import Path

import openpyxl
import pytest

from jieyue_cli.files import output
from jieyue_cli.form.head import Field
from jieyue_cli.report.formats import FORMATS
from program import Call
from returns import hand_in, returned

ROOT = getattr(os, "geteuid", lambda: 1)() == 0


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two returns and a roster."""
    hand_in(tmp_path / "交表", "示例市财政局", "示例市统计局")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "名录.csv").write_text(
        "单位名称,单位类别\n示例市财政局,行政机关\n示例市档案馆,参照公务员法管理的事业单位\n", "utf-8"
    )
    return tmp_path


def test_one_run_writes_several_reports(call: Call, office: Path) -> None:
    names = [*(f"all{entry.suffix}" for entry in FORMATS if entry.suffix), "upper.JSONL", "new/folder/e.json"]
    ran = call("batch", "交表", *(part for name in names for part in ("-o", name)))
    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if line.startswith("已写入")] == [
        f"已写入 {Path(name)}" for name in names
    ]
    assert "示例市财政局" in ran.out
    for entry in FORMATS:
        if entry.suffix and "batch" in entry.commands:
            report = (office / f"all{entry.suffix}").read_bytes()
            assert report == call("batch", "交表", "--format", entry.name).stdout
    assert (office / "upper.JSONL").read_bytes() == (office / "all.jsonl").read_bytes()
    assert (office / "new/folder/e.json").read_bytes() == (office / "all.json").read_bytes()
    assert len(openpyxl.load_workbook(office / "all.xlsx").sheetnames) > 1


def test_with_an_output_file_nothing_but_the_text_goes_to_stdout(call: Call, office: Path) -> None:
    ran = call("batch", "交表", "--format", "json", "-o", "report.out")
    assert ran.out == ""
    assert (office / "report.out").read_bytes() == call("batch", "交表", "--format", "json").stdout


def test_an_existing_report_is_replaced_and_that_is_said(call: Call, office: Path) -> None:
    (office / "old.json").write_text("old")
    ran = call("batch", "交表", "-o", "old.json")
    assert ran.code == 0
    assert "old.json 已存在，将被替换。" in ran.err
    assert (office / "old.json").read_bytes().startswith(b"{")


REFUSED = [
    ("batch 交表 -o folder.json", "给出的却是文件夹"),
    ("batch 交表 -o 交表/示例市财政局.xlsx", "不能把结果写到要读取的"),
    ("batch 交表 -o 交表/汇总.xlsx", "不能把结果写到要读取的"),
    ("batch 交表 -o 交表/../交表/汇总.xlsx", "不能把结果写到要读取的"),
    ("batch 交表 --roster 名录.csv -o 名录.csv", "不能把结果写到要读取的"),
    ("score 交表/示例市财政局.xlsx -o 交表/示例市财政局.xlsx", "不能把结果写到要读取的"),
    ("batch 交表 -o 名录.csv/汇总.xlsx", "给出的却是文件夹（或路径中有同名文件）"),
    ("batch 交表 -o 汇总.docx", "不知道用什么格式写"),
    ("batch 交表 -o 汇总", "不知道用什么格式写"),
    ("batch 交表 -o good.json -o 汇总.docx", "不知道用什么格式写"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_what_cannot_be_written_is_refused_before_work_starts(line: str, said: str, call: Call, office: Path) -> None:
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    ran = call(*line.split())
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(ROOT, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(call: Call, office: Path) -> None:
    (office / "locked").mkdir(mode=0o555)
    ran = call("batch", "交表", "-o", "locked/汇总.json")
    assert (ran.code, "写不进去" in ran.err) == (2, True)


@pytest.mark.parametrize("line", ["batch 交表 -o a.json", "batch 交表 -o old.json", "template -o form.xlsx"])
def test_a_failing_write_leaves_nothing_behind(
    line: str, call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office / "old.json").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    before = sorted(office.iterdir())
    ran = call(*line.split())
    assert ran.code == 2
    assert "磁盘空间不足" in ran.err
    assert "Traceback" not in ran.err
    assert sorted(office.iterdir()) == before
    assert (office / "old.json").read_text() == "old"


# -- the blank form ------------------------------------------------------------------------------------------


def test_a_form_is_never_overwritten_without_force(call: Call, office: Path) -> None:
    (office / "自评打分表.xlsx").write_bytes(b"somebody's answers")
    ran = call("template")
    assert (ran.code, "没有覆盖" in ran.err) == (2, True)
    assert (office / "自评打分表.xlsx").read_bytes() == b"somebody's answers"
    assert call("template", "--force").code == 0
    assert (office / "自评打分表.xlsx").read_bytes().startswith(b"PK")


def test_one_form_for_each_agency_of_the_roster(call: Call, office: Path) -> None:
    ran = call("template", "--roster", "名录.csv", "--year", "2021", "-o", "空表")
    assert (ran.code, ran.err) == (0, "已写入 空表 中的 2 份表\n")
    for name in ("示例市财政局", "示例市档案馆"):
        sheet = openpyxl.load_workbook(office / "空表" / f"{name}.xlsx").active
        assert sheet is not None
        assert (sheet[Field.NAME.cell].value, sheet[Field.YEAR.cell].value) == (name, 2021)


def test_a_roster_run_writes_all_forms_or_none(call: Call, office: Path) -> None:
    (office / "空表").mkdir()
    (office / "空表" / "示例市档案馆.xlsx").write_bytes(b"filled in")
    ran = call("template", "--roster", "名录.csv", "-o", "空表")
    assert (ran.code, "没有覆盖" in ran.err) == (2, True)
    assert [path.name for path in (office / "空表").iterdir()] == ["示例市档案馆.xlsx"]
    assert (office / "空表" / "示例市档案馆.xlsx").read_bytes() == b"filled in"


def test_a_folder_gets_the_form_under_its_own_name(call: Call, office: Path) -> None:
    assert call("template", "-o", "交表").code == 0
    assert (office / "交表" / "自评打分表.xlsx").exists()


def test_the_same_call_makes_the_same_form(call: Call, office: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert call("template", "--agency", "示例市财政局", "-o", name).code == 0
    assert (office / "a.xlsx").read_bytes() == (office / "b.xlsx").read_bytes()


def test_a_report_reads_back(call: Call, office: Path) -> None:
    (office / "交表" / "公式.xlsx").write_bytes(returned("@示例市财政局"))
    call("batch", "交表", "-o", "汇总.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((office / "汇总.xlsx").read_bytes()))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "@示例市财政局"]
    assert values
    assert all(cell.data_type == "s" for cell in values)


def test_the_check_finds_what_the_write_would_meet(tmp_path: Path) -> None:
    for target in (tmp_path / "x.json", tmp_path / "new" / "x.json"):
        assert output.check(target) is None
        assert output.write(target, b"{}") is None
