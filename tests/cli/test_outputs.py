"""Files the program writes: checked before work starts, whole or not at all, never over somebody's form."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from first import first
from jieyue_cli.files import output
from jieyue_cli.form.head import Field
from jieyue_cli.report.formats import written_by
from jieyue_cli.report.workbook import book
from program import PROGRAM, Call, environment
from returns import hand_in, returned

BESIDE = ["all-逐条得分.csv", "all-机关名单.csv", "all-认定名单.csv"]
"""What stands beside the CSV file of a batch."""
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
    names = [*(f"all{suffix}" for suffix in written_by("batch")), "upper.JSONL", "new/folder/e.json"]
    ran = call("batch", "交表", *(part for name in names for part in ("-o", name)))
    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if line.startswith("已写入")] == [
        f"已写入 {Path(name)}" for name in [*names[:3], *BESIDE, *names[3:]]
    ]
    assert "示例市财政局" in ran.out
    for suffix, entry in written_by("batch").items():
        if "batch" in entry.commands:
            report = (office / f"all{suffix}").read_bytes()
            assert report == call("batch", "交表", "--format", entry.name).stdout
    assert (office / "upper.JSONL").read_bytes() == (office / "all.jsonl").read_bytes()
    assert (office / "new/folder/e.json").read_bytes() == (office / "all.json").read_bytes()
    assert openpyxl.load_workbook(office / "all.xlsx").sheetnames[:2] == ["汇总", "机关名单"]


def test_the_workbook_of_a_score_is_about_the_agency(call: Call, office: Path) -> None:
    ran = call("score", "交表/示例市财政局.xlsx", "-o", "反馈.xlsx", "-o", "score.json")
    assert (ran.code, "已写入 反馈.xlsx" in ran.err) == (0, True)
    book = openpyxl.load_workbook(office / "反馈.xlsx")
    assert book.sheetnames[0] == "反馈"
    assert book["反馈"]["B2"].value == "示例市财政局"
    assert (office / "score.json").read_bytes() == call("score", "交表/示例市财政局.xlsx", "--format", "json").stdout


def test_the_help_says_what_the_workbook_is(call: Call) -> None:
    assert ".xlsx是给单位的反馈" in "".join(call("score", "--help").out.split())
    assert ".xlsx是汇总工作簿" in "".join(call("batch", "--help").out.split())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")
def test_why_a_file_cannot_be_read_is_told_once_on_a_terminal(call: Call, office: Path) -> None:
    (office / "空.xlsx").touch()
    apart = call("score", "空.xlsx")
    assert apart.out.count("文件是空的") == apart.err.count("文件是空的") == 1
    ours, theirs = os.openpty()
    ran = subprocess.Popen([PROGRAM, "score", "空.xlsx"], cwd=office, env=environment(), stdout=theirs, stderr=theirs)
    assert ran.wait(60) == 1
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert shown.count("文件是空的") == 1


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
    ("batch 交表 -o x.csv -o ./x.csv", "用 -o 写了两次"),
    ("batch 交表 -o x.csv -o x-机关名单.csv", "用 -o 写了两次"),
    ("batch 交表 -o x-认定名单.csv -o new/../x.csv", "用 -o 写了两次"),
    ("score 交表/示例市财政局.xlsx -o folder.json/x.csv -o folder.json/../folder.json/x.csv", "用 -o 写了两次"),
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


NOWHERE = [
    "batch 交錶 -o {}",
    "batch 交錶 --format json -o {}",
    "batch 交錶 --roster 名录.csv -o {} -o 新.xlsx",
    "batch 空 -o {}",
    "batch 空 交錶 -o {}",
    "batch 佐证 -o {}",
    "batch 空.zip -o {}",
    "score 交錶.xlsx -o {}",
]


@pytest.mark.parametrize("target", ["old.xlsx", "old.csv", "old.json", "old.jsonl"])
@pytest.mark.parametrize("line", first(3, NOWHERE))
def test_where_nothing_was_found_an_existing_report_stays(line: str, target: str, call: Call, office: Path) -> None:
    (office / target).write_bytes(b"a good report")
    (office / "空" / "里").mkdir(parents=True)
    (office / "空" / "照片.jpg").write_bytes(b"x")
    (office / "佐证" / "附件").mkdir(parents=True)
    (office / "佐证" / "附件" / "网页.xls").write_bytes(b"<html><table>")
    with zipfile.ZipFile(office / "空.zip", "w") as archive:
        archive.writestr("照片.jpg", b"x")
    before = sorted(office.iterdir())
    ran = call(*line.format(target).split())
    assert (ran.code, ran.out) == (2, "")
    assert "什么也没有写入，已有的文件原样保留" in "".join(ran.err.split())
    assert "将被替换" not in ran.err
    assert sorted(office.iterdir()) == before
    assert (office / target).read_bytes() == b"a good report"


def test_what_was_found_is_reported_though_a_place_is_missing(call: Call, office: Path) -> None:
    assert call("batch", "交表", "交錶", "-o", "a.json").code == 1
    assert (office / "a.json").exists()


def test_one_output_that_cannot_be_written_costs_only_itself(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def full(part: Path, target: Path) -> Path:
        if target.name == "b.json":
            raise OSError(28, "No space left on device")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", full)
    for command, more in (("batch 交表", ["-o", "c.xlsx"]), ("score 交表/示例市财政局.xlsx", ["-o", "c.csv"])):
        ran = call(*command.split(), "-o", "a.csv", "-o", "b.json", *more)
        assert (ran.code, "示例市财政局" in ran.out) == (2, True)
        assert "b.json\n    磁盘空间不足" in ran.err
        assert "已写入 a.csv\n" in ran.err
        assert f"已写入 {more[1]}\n" in ran.err
        assert not (office / "b.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right to make links")
def test_links_that_lead_in_a_circle_are_refused(call: Call, office: Path) -> None:
    (office / "a.json").symlink_to(office / "b.json")
    (office / "b.json").symlink_to(office / "a.json")
    for target in ("a.json", "a.json/x.json"):
        ran = call("batch", "交表", "-o", target)
        assert (ran.code, "写不进去" in ran.err or "路径中有同名文件" in ran.err) == (2, True)
    assert "文件打不开" in call("batch", "a.json", "-o", "c.json").err


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


def test_sixty_forms_that_exist_are_refused_in_one_entry(call: Call, office: Path) -> None:
    names = [f"示例市第{number}局" for number in range(60)]
    (office / "六十.csv").write_text("单位名称\n" + "\n".join(names), "utf-8")
    assert call("template", "--roster", "六十.csv", "-o", "空表").code == 0
    ran = call("template", "--roster", "六十.csv", "-o", "空表")
    assert (ran.code, ran.err.count("没有覆盖"), len(ran.err.splitlines()) <= 4) == (2, 1, True)
    assert "60\n  个文件" in ran.err


@pytest.mark.slow
def test_the_progress_of_a_batch_stays_in_sight(office: Path) -> None:
    for number in range(30):
        form = returned(f"示例市第{number}局", {"1.1.1": "基本，完成"})
        (office / "交表" / f"{number}.xlsx").write_bytes(form)
    seen = {}
    for flag in ((), ("--problems",)):
        command = [str(PROGRAM), "batch", "交表", *flag]
        done = subprocess.run(
            command, cwd=office, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(), check=False
        )
        seen[flag] = done.stdout.decode()
        assert seen[flag].rstrip().splitlines()[-1].startswith("表格文件")
        assert "“基本，完成”不是“是”或“否”" in seen[flag]
    assert (seen[()].count("不是“是”或“否”"), seen["--problems",].count("不是“是”或“否”")) == (1, 30)
    assert "加 --problems 逐个列出" in seen[()]


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


def test_the_tables_beside_a_csv_are_named_and_checked_before_the_work(call: Call, office: Path) -> None:
    ran = call("batch", "交表", "-o", "结果.csv")
    names = [name.replace("all", "结果") for name in ("all.csv", *BESIDE)]
    assert {path.name for path in office.glob("结果*.csv")} == set(names)
    assert all(f"已写入 {name}" in ran.err for name in names)
    (office / "结果-机关名单.csv").unlink()
    (office / "结果-机关名单.csv").mkdir()
    assert call("batch", "交表", "-o", "结果.csv").code == 2
    assert call("score", "交表/示例市财政局.xlsx", "-o", "一份.csv").code == 0
    assert {path.name for path in office.glob("一份*")} == {"一份.csv", "一份-逐条得分.csv"}


def test_a_disk_that_fills_up_while_a_workbook_is_made_costs_that_workbook_only(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(book, "render", full)
    ran = call("batch", "交表", "-o", "a.xlsx", "-o", "b.json")
    assert ran.code == 2
    assert "磁盘空间不足" in ran.err
    assert ((office / "a.xlsx").exists(), (office / "b.json").exists()) == (False, True)
    assert "年度进度" in ran.out
