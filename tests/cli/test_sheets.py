"""``jieyue verify sheets``: which agencies get a checking form, from which of their files, and what is told."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from jieyue_cli.assessment import Result, assess
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import SHEET, Column, rows
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.source import find
from jieyue_cli.submission import VerificationState
from program import Call
from published import ORDER
from returns import hand_in, returned

RUBRIC = find(DEFAULT)[0]
assert RUBRIC is not None
NEW = Path(__file__).parents[2] / "examples" / "rubrics" / "na_rescaled.yaml"
FEW = dict.fromkeys(ORDER[2:])
END = "-核查表.xlsx"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A form that is not checked, one that is half, one that is completely, and one that cannot be read."""
    folder = tmp_path / "交表"
    hand_in(folder, "甲局")
    (folder / "b.xlsx").write_bytes(returned("乙局", {"1.1.1": "否"}, {"1.1.1": "是", **FEW}))
    (folder / "c.xlsx").write_bytes(returned("丙局", {}, {}))
    (folder / "坏.xlsx").write_bytes(b"PK\3\4")
    return tmp_path


def made(folder: Path) -> set[str]:
    return {path.name.removesuffix(END) for path in folder.iterdir()} if folder.exists() else set()


def read(path: Path) -> Result:
    assert RUBRIC is not None
    return assess(path.name, path.read_bytes(), RUBRIC)


def plan(path: Path, names: Iterable[str], **more: object) -> Path:
    path.write_text(json.dumps({"visits": [{"name": name} for name in names], **more}), "utf-8")
    return path


def test_everybody_who_is_not_checked_completely_gets_one(call: Call, office: Path) -> None:
    ran = call("verify", "sheets", "交表", "-o", "核查")
    assert (ran.code, ran.out) == (1, "")  # one file cannot be read
    assert made(office / "核查") == {"甲局", "乙局"}
    assert f"已写入 {Path('核查')} 中的 2 份核查表" in ran.err
    first, half = read(office / "核查" / f"甲局{END}"), read(office / "核查" / f"乙局{END}")
    assert (first.verification.state, half.verification.found) == (VerificationState.NONE, 2)
    assert half.submission is not None
    assert half.submission.opinions.startswith("1.1.1\t见核查记录")
    again = call("verify", "sheets", "交表", "-o", "又")
    assert again.code == 1
    assert [path.read_bytes() for path in sorted((office / "又").iterdir())] == [
        path.read_bytes() for path in sorted((office / "核查").iterdir())
    ]


def test_a_sheet_that_is_filled_in_is_the_form_that_counts(call: Call, office: Path) -> None:
    call("verify", "sheets", "交表", "-o", "核查")
    book = openpyxl.load_workbook(office / "核查" / f"甲局{END}")
    sheet = book[SHEET]
    sheet[Field.COMPLETION.cell] = "已完成，空白同自评"
    assert RUBRIC is not None
    row = next(row for row in rows(RUBRIC) if row.id == "1.1.1")
    sheet[row.address(Column.FINDING)], sheet[row.address(Column.OPINION)] = "否", "超出指标"
    book.save(office / "交表" / "甲局核查.xlsx")
    document = json.loads(call("batch", "交表", "--format", "json").stdout)
    assert document["progress"]["corrections"] == {
        "agencies": 2,
        "lowered": 1,
        "raised": 0,
        "mean": 4.5,
        "points": 9,
        "unexplained": 0,
        "criteria": [{"criterion": "1.1.1", "agencies": 1, "points": 9}],
    }
    assert {row["name"]: row["verified"] for row in document["agencies"]} == {"甲局": 91, "乙局": None, "丙局": 100}


def test_nothing_is_replaced_or_written_among_the_forms(call: Call, office: Path) -> None:
    call("verify", "sheets", "交表", "-o", "核查")
    (office / "核查" / f"甲局{END}").write_bytes(b"filled in")
    (office / "核查" / f"乙局{END}").unlink()
    ran = call("verify", "sheets", "交表", "-o", "核查")
    assert (ran.code, made(office / "核查")) == (2, {"甲局", "乙局"})
    assert (office / "核查" / f"甲局{END}").read_bytes() == b"filled in"
    assert call("verify", "sheets", "交表", "-o", "核查", "--force").code == 1
    assert "没有写成核查表。" in call("verify", "sheets", "交表", "-o", "核查").err
    assert read(office / "核查" / f"甲局{END}").self is not None
    before = sorted((office / "交表").iterdir())
    assert call("verify", "sheets", "交表", "-o", "交表").code == 2
    assert call("verify", "sheets", "交表", "-o", "交表/核查").code == 2
    assert call("verify", "sheets", "交表", "-o", "核查.xlsx").code == 2
    assert sorted((office / "交表").iterdir()) == before


def listing(names: Iterable[str]) -> bytes:
    """A plan as a workbook: facts, then the list, then everybody."""
    book = openpyxl.Workbook()
    facts = book.active
    assert facts is not None
    facts.append(["现场核查名单"])
    facts.append(["项目", "内容"])
    facts.append(["年度", "2020"])
    chosen, everybody = book.create_sheet("抽样过程"), book.create_sheet("核查名单")
    for sheet, listed in ((chosen, ["丙局", "丁局"]), (everybody, names)):
        sheet.append([sheet.title])
        sheet.append(["序号", "单位名称", "原因"])
        for number, name in enumerate(listed, 1):
            sheet.append([number, name, "抽查"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_plan_says_who_is_visited_in_any_of_its_forms(call: Call, office: Path) -> None:
    names = ["丙局", "甲局", "丁局"]
    plan(office / "计划.json", names, year=2020, rubric={"id": "standard_2020", "version": "1", "pass_mark": 80})
    (office / "计划.xlsx").write_bytes(listing(names))
    (office / "名单.csv").write_text("序号,单位名称\n1,丙局\n2,甲局\n3,丁局\n", "gb18030")
    for place, file in enumerate(("计划.json", "计划.xlsx", "名单.csv")):
        ran = call("verify", "sheets", "交表", "-o", f"核查{place}", "--plan", file)
        assert (ran.code, made(office / f"核查{place}")) == (1, {"甲局", "丙局"}), ran.err
        assert "没有这些单位的表，没有做核查表：丁局，请核对名称" in ran.err
        assert "这份表已核查完成，核查表中的核查各格留空" in ran.err
        assert read(office / f"核查{place}" / f"丙局{END}").verification.state is VerificationState.NONE
        assert "核查计划" not in ran.err


NO_LISTS = [
    b"{",
    b"{" * 100_000,
    b"{}",
    b'{"visits": [1]}',
    *(
        f'{{"visits": [{{"name": "甲局"}}], "year": {year}}}'.encode()
        for year in ("-1", "0", "99999", "9" * 40, "1e99")
    ),
    "名称？\n甲局\n".encode(),
    b"",
    b"PK\3\4",
]


@pytest.mark.parametrize("content", NO_LISTS)
def test_what_is_no_list_is_refused(content: bytes, call: Call, office: Path) -> None:
    (office / "计划").write_bytes(content)
    ran = call("verify", "sheets", "交表", "-o", "核查", "--plan", "计划")
    assert (ran.code, made(office / "核查")) == (2, set())
    assert "Traceback" not in ran.err


def test_a_plan_of_another_year_or_standard_is_told(call: Call, office: Path) -> None:
    plan(office / "计划.json", ["甲局"], year=2021, rubric={"id": "别的", "version": "7"})
    ran = call("verify", "sheets", "交表", "-o", "核查", "--plan", "计划.json", "--year", "2020")
    assert "名单是 2021 年的核查计划，这里按 2020 年做核查表" in ran.err
    assert "名单是按 别的 / 7 做的核查计划" in ran.err
    assert made(office / "核查") == {"甲局"}


def test_a_later_check_uses_the_last_form_and_asks_for_the_new_year(call: Call, office: Path) -> None:
    plan(office / "计划.json", ["丙局"], year=2022)
    ran = call("verify", "sheets", "交表", "-o", "核查", "--plan", "计划.json")
    assert "没有 2022 年的表，核查表用 2020 年的自评" in ran.err
    result = read(office / "核查" / f"丙局{END}")
    assert result.agency is not None
    assert (result.agency.year, result.verification.state) == (2022, VerificationState.NONE)


def test_forms_of_another_standard_are_carried_over(call: Call, office: Path) -> None:
    ran = call("verify", "sheets", "交表", "-o", "核查", "--rubric", NEW)
    assert (ran.code, made(office / "核查")) == (2, set())
    assert "请用 --year 给出评价年度" in ran.err.replace("\n", "")
    ran = call("verify", "sheets", "交表", "-o", "核查", "--rubric", NEW, "--year", "2022")
    assert (ran.code, made(office / "核查")) == (1, {"甲局", "乙局", "丙局"})
    sheet = openpyxl.load_workbook(office / "核查" / f"甲局{END}")[SHEET]
    assert (sheet[Field.NAME.cell].value, sheet[Field.YEAR.cell].value) == ("甲局", 2022)
    hand_in(office / "交表" / "又", "甲局")
    ran = call("verify", "sheets", "交表", "-o", "再", "--rubric", NEW, "--year", "2022")
    assert made(office / "再") == {"乙局", "丙局"}
    assert "“甲局”按别的标准填的表不止一份" in ran.err.replace("\n", "")


def test_other_names_and_common_offices_are_known_by_the_roster(call: Call, office: Path) -> None:
    (office / "名录.csv").write_text("单位名称,曾用名,合署\n甲管理局,甲局,\n乙局,,丁局\n丁局,,乙局\n", "utf-8")
    plan(office / "计划.json", ["丁局", "甲管理局", "乙局"])
    call("verify", "sheets", "交表", "-o", "核查", "--plan", "计划.json", "--roster", "名录.csv")
    assert made(office / "核查") == {"丁局", "甲管理局"}
    agency = read(office / "核查" / f"甲管理局{END}").agency
    assert agency is not None
    assert agency.name == "甲局"
