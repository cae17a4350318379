"""``jieyue feedback``: one file back for each that was handed in, none of them over or into what is being read."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import nullcontext
from pathlib import Path

import openpyxl
import pytest

from jieyue_cli.problems import Code
from jieyue_cli.report.annotated.series import WHY
from program import PROGRAM, Call, environment
from returns import hand_in, returned
from typed_tables import by_item, full

CITY = Path(__file__).parents[2] / "examples" / "city" / "2020"
ROOT = getattr(os, "geteuid", lambda: 1)() == 0


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1604361600")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two returns, one of an old format, and one that is none."""
    hand_in(tmp_path / "交表", "示例市财政局", "示例市统计局")
    shutil.copy(CITY / "示例市总工会.xls", tmp_path / "交表")
    (tmp_path / "交表" / "空.xlsx").touch()
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_call_makes_the_feedback_of_a_whole_folder(call: Call, office: Path) -> None:
    before = content(office / "交表")
    ran = call("feedback", "交表", "-o", "反馈")
    assert (ran.code, ran.out) == (1, "")
    assert names(office / "反馈") == [
        "示例市总工会-核查反馈.xlsx",
        "示例市统计局-核查反馈.xlsx",
        "示例市财政局-核查反馈.xlsx",
        "空-核查反馈.xlsx",
    ]
    told = "原表上批注 2 份，另写反馈工作簿 2 份（格式不能批注 1 份，没有读成 1 份）。"
    assert ran.err.splitlines()[-1] == f"写好反馈 4 份（在 反馈 中）：{told}"
    assert "文件是空的（0 字节）" in ran.err
    assert content(office / "交表") == before


def test_an_archive_and_single_files_do_as_well(call: Call, office: Path) -> None:
    with zipfile.ZipFile(office / "交表.zip", "w") as archive:
        for agency in ("示例市水务局", "示例市司法局"):
            archive.writestr(f"自评表/{agency}.xlsx", returned(agency))
            with pytest.warns(UserWarning, match="Duplicate name") if agency == "示例市司法局" else nullcontext():
                archive.writestr("自评表/自评表.xlsx", returned(agency))
    ran = call("feedback", "交表.zip", "交表/示例市财政局.xlsx", "-o", "反馈")
    assert ran.code == 0
    assert names(office / "反馈") == [
        "示例市司法局-核查反馈.xlsx",
        "示例市司法局-自评表（2）-核查反馈.xlsx",
        "示例市水务局-核查反馈.xlsx",
        "示例市水务局-自评表-核查反馈.xlsx",
        "示例市财政局-核查反馈.xlsx",
    ]
    for path in (office / "反馈").iterdir():
        assert openpyxl.load_workbook(path)["核查反馈"]["A1"].value.startswith(path.name[:6])


def test_the_same_call_on_the_same_day_makes_the_same_bytes(call: Call, office: Path) -> None:
    for folder in ("一", "二"):
        call("feedback", "交表", "-o", folder)
    assert content(office / "一") == content(office / "二")


def test_copies_beside_their_originals_count_once_and_are_scored_alike(call: Call, office: Path) -> None:
    call("feedback", "交表/示例市财政局.xlsx", "-o", "发回")
    document = json.loads(call("batch", "交表", "发回", "--format", "json").out)
    original, copy = (entry for entry in document["results"] if "财政局" in entry["file"])
    assert [copy["counts"], original["counts"]].count(True) == 1
    assert document["progress"]["handed_in"] == 3
    assert (copy["self"], copy["status"]) == (original["self"], original["status"])


@pytest.mark.slow
def test_files_that_exist_stay_and_what_became_of_them_is_told(call: Call, office: Path) -> None:
    call("feedback", "交表", "-o", "反馈")
    (office / "反馈" / "空-核查反馈.xlsx").write_bytes(b"somebody's notes")
    hand_in(office / "交表", "示例市水务局")
    (office / "交表" / "示例市财政局.xlsx").write_bytes(returned("示例市财政局", {"1.1.1": "否"}))
    before = content(office / "反馈")
    ran = call("feedback", "交表", "-o", "反馈")
    said = "".join(ran.err.split())
    assert ran.code == 2
    assert "示例市财政局-核查反馈.xlsx：文件已存在，没有覆盖，但它是按以前的填报内容或结果做的" in said
    assert "空-核查反馈.xlsx：文件已存在，没有覆盖；" in said
    assert "就是这个结果的反馈" in said
    after = content(office / "反馈")
    assert after.keys() - before.keys() == {"示例市水务局-核查反馈.xlsx"}
    assert {name: after[name] for name in before} == before
    forced = call("feedback", "交表", "-o", "反馈", "--force")
    assert forced.code == 1
    assert content(office / "反馈")["示例市财政局-核查反馈.xlsx"] != before["示例市财政局-核查反馈.xlsx"]
    assert content(office / "反馈")["空-核查反馈.xlsx"].startswith(b"PK")


def test_where_nothing_has_changed_a_second_call_is_no_failure(call: Call, office: Path) -> None:
    hand_in(office / "好", "示例市水务局")
    assert call("feedback", "好", "-o", "反馈").code == 0
    ran = call("feedback", "好", "-o", "反馈")
    assert (ran.code, "没有写的 1 份" in ran.err) == (0, True)


@pytest.mark.slow
def test_a_returned_copy_with_other_answers_is_told_to_be_newer_than_its_feedback(call: Call, office: Path) -> None:
    call("feedback", "交表", "-o", "反馈")
    copy = office / "反馈" / "示例市财政局-核查反馈.xlsx"
    book = openpyxl.load_workbook(copy)
    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "是")
    cell.value = "否"
    (office / "再交").mkdir()
    book.save(office / "再交" / "示例市财政局.xlsx")
    ran = call("feedback", "再交", "-o", "再反馈")
    assert ran.code == 0
    assert "按改动以前的填报内容做的" in "".join(ran.err.split())
    assert openpyxl.load_workbook(office / "再反馈" / "示例市财政局-核查反馈.xlsx").sheetnames.count("核查反馈") == 1


REFUSED = [
    ("feedback 交表 -o 交表", "不能把结果写到要读取的"),
    ("feedback 交表 -o 交表/反馈", "不能把结果写到要读取的"),
    ("feedback 交表 -o 反馈.xlsx", "这里要写许多个文件，请给文件夹"),
    ("feedback 交表 -o 记事.txt/a", "给出的却是文件夹（或路径中有同名文件）"),
    ("feedback 交表/示例市财政局.xlsx -o 交表/示例市财政局.xlsx", "这里要写许多个文件，请给文件夹"),
    ("feedback 交表", "--output"),
    ("feedback 交錶 -o 反馈", "什么也没有写入"),
    ("feedback 无 -o 反馈", "什么也没有写入"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    line: str, said: str, call: Call, office: Path
) -> None:
    (office / "无").mkdir()
    (office / "记事.txt").touch()
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    ran = call(*line.split())
    assert (ran.code, said in "".join(ran.err.split())) == (2, True)
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before
    assert not (office / "反馈").exists()


def test_a_date_that_is_none_is_refused(call: Call, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    ran = call("feedback", "交表", "-o", "反馈")
    assert (ran.code, "SOURCE_DATE_EPOCH" in ran.err) == (2, True)


@pytest.mark.parametrize(("fault", "said"), [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "正被Excel、WPS打开")])
def test_one_file_that_cannot_be_written_costs_only_itself(
    fault: int, said: str, call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def full_disk(part: Path, target: Path) -> Path:
        if target.name.startswith("示例市财政局"):
            raise OSError(fault, "not now")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", full_disk)
    ran = call("feedback", "交表", "-o", "反馈")
    assert (ran.code, said in "".join(ran.err.split())) == (2, True)
    assert names(office / "反馈") == [
        "示例市总工会-核查反馈.xlsx",
        "示例市统计局-核查反馈.xlsx",
        "空-核查反馈.xlsx",
    ]
    assert "写好反馈 3 份" in ran.err.splitlines()[-1]


@pytest.mark.skipif(ROOT, reason="root may write everywhere")
def test_a_file_that_is_read_only_or_open_elsewhere_is_told(call: Call, office: Path) -> None:
    call("feedback", "交表", "-o", "反馈")
    (office / "反馈" / "示例市财政局-核查反馈.xlsx").chmod(0o444)
    ran = call("feedback", "交表", "-o", "反馈", "--force")
    assert (ran.code, "写不进去" in ran.err) == (2, True)


HOSTILE = [
    "=HYPERLINK(1)",
    "<b>&amp;</b>",
    "长" * 500,
    "😀" * 200,
    "con",
    "示例\u202e局",
    "a/b\\c:d*?",
    "..",
    "示例 局.",
]


@pytest.mark.slow
def test_names_that_no_system_takes_become_safe_and_stay_different(call: Call, office: Path) -> None:
    (office / "怪").mkdir()
    for number, name in enumerate([*HOSTILE, *HOSTILE]):
        (office / "怪" / f"{number % len(HOSTILE)}{'a' * (number // len(HOSTILE))}.xlsx").write_bytes(returned(name))
    ran = call("feedback", "怪", "-o", "反馈")
    made = names(office / "反馈")
    assert len({name.casefold() for name in made}) == len(made) == 2 * len(HOSTILE), ran.err
    for name in made:
        assert name.endswith("-核查反馈.xlsx")
        assert len(name) <= 100
        assert len(name.encode()) <= 255
        assert not set('<>:"/\\|?*\u202e') & set(name)
        assert name.partition(".")[0].lower() != "con"
        page = openpyxl.load_workbook(office / "反馈" / name)["核查反馈"]
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}


def test_a_file_that_changes_under_the_hands_gets_none(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jieyue_cli.cli import running

    gathered = running.gathered

    def changed(*arguments: object) -> object:
        findings = gathered(*arguments)  # type: ignore[arg-type]
        (office / "交表" / "示例市财政局.xlsx").write_bytes(returned("示例市财政局", {"1.1.1": "否"}))
        return findings

    monkeypatch.setattr(running, "gathered", changed)
    ran = call("feedback", "交表", "-o", "反馈")
    assert (ran.code, "读取以后文件又有改动" in "".join(ran.err.split())) == (2, True)
    assert "示例市财政局-核查反馈.xlsx" not in names(office / "反馈")


def test_tables_typed_by_hand_are_annotated_too(call: Call, office: Path) -> None:
    (office / "手工.xlsx").write_bytes(full(by_item()).written())
    assert call("feedback", "手工.xlsx", "-o", "反馈").code == 0
    assert openpyxl.load_workbook(office / "反馈" / "示例市财政局-手工-核查反馈.xlsx").sheetnames == [
        "自评表",
        "核查反馈",
    ]


def test_a_roster_adds_remarks_and_changes_no_score(call: Call, office: Path) -> None:
    (office / "名录.csv").write_text("单位名称\n示例市财政局\n", "utf-8")
    ran = call("feedback", "交表/示例市统计局.xlsx", "--roster", "名录.csv", "-o", "反馈")
    assert ran.code == 0
    page = openpyxl.load_workbook(office / "反馈" / "示例市统计局-核查反馈.xlsx")["核查反馈"]
    cells = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell]
    assert any("不在名录中" in cell for cell in cells)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_ctrl_c_keeps_what_is_finished(office: Path) -> None:
    hand_in(office / "多", *(f"示例市第{number}局" for number in range(300)))
    command = [str(PROGRAM), "feedback", "多", "-o", "反馈"]
    ran = subprocess.Popen(command, cwd=office, stderr=subprocess.PIPE, env=environment())
    while not (office / "反馈").exists() or len(names(office / "反馈")) < 5:
        assert ran.poll() is None
        time.sleep(0.05)
    ran.send_signal(signal.SIGINT)
    _, said = ran.communicate(timeout=60)
    assert ran.returncode == 130
    assert "份没有做反馈" in said.decode()
    done = list((office / "反馈").iterdir())
    assert 5 <= len(done) < 300
    assert all(path.suffix == ".xlsx" and zipfile.is_zipfile(path) for path in done)


def test_every_reason_for_a_workbook_apart_has_a_word_in_the_last_line() -> None:
    apart = {code for code in Code if code.name.startswith("FEEDBACK_") and "另写了一份" in code.template}
    assert WHY.keys() == apart


def test_an_agency_is_not_told_what_only_the_office_can_mend(call: Call, tmp_path: Path) -> None:
    (tmp_path / "交表").mkdir()
    (tmp_path / "交表" / "a.xlsx").write_bytes(returned("示例市财政局", {"1.1.1": "否"}, {}))
    assert "核查意见却空着" in call("score", "交表/a.xlsx").err.replace("\n", "")
    assert call("feedback", "交表", "-o", "反馈").code == 0
    (annotated,) = (tmp_path / "反馈").iterdir()
    book = openpyxl.load_workbook(annotated)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    said = [str(cell.value) for cell in cells] + [cell.comment.text for cell in cells if cell.comment]
    assert not [text for text in said if "核查意见却空着" in text]
