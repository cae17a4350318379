"""The roster: workbook or CSV, in any encoding an office saves; anything unsafe as a denominator is refused."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import RUBRIC
from jieyue_cli.agencies.roster import RosterEntry, key, read_roster
from jieyue_cli.problems import Severity

UNION = "人民团体（工会、共青团、妇联等）"


def workbook(*rows: Sequence[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book[book.sheetnames[0]]
    sheet.title = "名录"
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes, name: str = "名录") -> tuple[list[RosterEntry] | None, list[str]]:
    roster, problems = read_roster(data, RUBRIC.scope, name)
    told = [f"{problem.code.slug} {problem.location} {problem.message}" for problem in problems]
    return (list(roster.entries) if roster else None), told


TWO = [RosterEntry("示例市财政局", "行政机关"), RosterEntry("示例市总工会", UNION)]
TABLE = "单位名称,单位类别\n示例市财政局,行政机关\n示例市总工会,人民团体（工会、共青团、妇联等）\n"
ACCEPTED: list[tuple[str, bytes, list[RosterEntry]]] = [
    ("xlsx", workbook(["单位名称", "单位类别"], ["示例市财政局", "行政机关"], ["示例市总工会", UNION]), TWO),
    ("UTF-8", TABLE.encode(), TWO),
    ("UTF-8 with BOM, as Excel saves it", TABLE.encode("utf-8-sig"), TWO),
    ("GBK, as Chinese Excel saves it", TABLE.encode("gbk"), TWO),
    ("Windows line ends", TABLE.replace("\n", "\r\n").encode("gbk"), TWO),
    (
        "title, numbers, other columns, a short category",
        workbook(
            ["示例市党政机关名录"],
            [],
            ["序号", "类 别", "机关名称：", "电话"],
            [1, "行政机关", "示例市财政局", "#N/A"],
            [2, "人民团体", " 示例市总工会　", "=A1"],
        ),
        TWO,
    ),
    (
        "names only",
        "名称\n示例市财政局\n\n示例市总工会\n".encode(),
        [RosterEntry("示例市财政局", None), RosterEntry("示例市总工会", None)],
    ),
    (
        "a name as its roster writes it",
        "单位名称\n示例市机关工委（本级）\n".encode(),
        [RosterEntry("示例市机关工委（本级）", None)],
    ),
    (
        "quoted, with a line break",
        '单位名称,备注\n示例市财政局,"甲\n乙"\n'.encode(),
        [RosterEntry("示例市财政局", None)],
    ),
    (
        "blank lines between",
        workbook(["单位名称"], [], ["示例市财政局"], [None], ["示例市总工会"]),
        [RosterEntry("示例市财政局", None), RosterEntry("示例市总工会", None)],
    ),
]


@pytest.mark.parametrize(("data", "entries"), [pytest.param(*case[1:], id=case[0]) for case in ACCEPTED])
def test_a_roster_is_read(data: bytes, entries: list[RosterEntry]) -> None:
    assert read(data) == (entries, [])


REFUSED: list[tuple[str, bytes, list[str]]] = [
    ("empty", b"", ["roster-empty 名录 名录中没有单位，请填写后重试。"]),
    ("blank", b" \n\n", ["roster-empty 名录 名录中没有单位，请填写后重试。"]),
    ("only a header", "单位名称,单位类别\n".encode(), ["roster-empty 名录 名录中没有单位，请填写后重试。"]),
    ("an empty workbook", workbook(), ["roster-empty 名录 名录中没有单位，请填写后重试。"]),
    (
        "no header",
        "示例市财政局,行政机关\n示例市总工会,人民团体\n".encode(),
        ["roster-no-header 名录 名录中找不到“单位名称”列，请在表头写明“单位名称”（可另有“单位类别”）。"],
    ),
    (
        "no table at all",
        b"x" * 200_000,
        ["roster-no-header 名录 名录中找不到“单位名称”列，请在表头写明“单位名称”（可另有“单位类别”）。"],
    ),
    (
        "twice, spelled differently",
        "单位名称\n示例市机关工委（本级）\n示例市总工会\n示例市 机关工委(本级)\n".encode(),
        ["roster-duplicate 名录 A4 “示例市 机关工委(本级)”与第 2 行重复，请只保留一行。"],
    ),
    (
        "no name in a row, and another fault",
        workbook(["序号", "单位名称"], [1, "示例市财政局"], [2, None], [3, "　"], [4, "示例市财政局"]),
        [
            "roster-blank-name 名录 B3 这一行没有单位名称，请补上或删除这一行。",
            "roster-blank-name 名录 B4 这一行没有单位名称，请补上或删除这一行。",
            "roster-duplicate 名录 B5 “示例市财政局”与第 2 行重复，请只保留一行。",
        ],
    ),
    (
        "formulas and errors where they count",
        workbook(["单位名称", "单位类别"], ["=B1", "行政机关"], ["#REF!", "行政机关"], ["示例市财政局", "=A1"]),
        [
            "roster-cell 名录 名录!A2 名录的这一格是错误值或未计算的公式，请改为直接填写。",
            "roster-cell 名录 名录!A3 名录的这一格是错误值或未计算的公式，请改为直接填写。",
            "roster-cell 名录 名录!B4 名录的这一格是错误值或未计算的公式，请改为直接填写。",
        ],
    ),
]


@pytest.mark.parametrize(("data", "told"), [pytest.param(*case[1:], id=case[0]) for case in REFUSED])
def test_an_unsafe_denominator_is_refused_with_all_its_faults(data: bytes, told: list[str]) -> None:
    entries, found = read(data)
    assert found[: len(told)] == told
    assert (entries, len(found) - len(told)) == (None, sum("roster-empty" in each for each in found[len(told) :]))


def test_an_unknown_category_is_told_and_left_out() -> None:
    assert read("单位名称,类别\n示例市财政局,企业\n".encode()) == (
        [RosterEntry("示例市财政局", None)],
        ["category-unknown 名录 B2 单位类别“企业”不在创建范围内，请从下拉列表中选择。"],
    )


def test_a_file_that_is_no_table_says_what_it_is() -> None:
    entries, told = read(b"%PDF-1.7\n" + bytes(5000), "名录.pdf")
    assert entries is None
    assert [each.split()[:2] for each in told] == [["file-foreign", "名录.pdf"]]


NAMES = st.text(st.sampled_from(list("示例市甲乙丙丁局委办一二三（）()·1")), min_size=1, max_size=8).filter(
    lambda name: any(char.isalpha() for char in name) and name[0] not in "1（("
)


@given(st.lists(NAMES, min_size=1, max_size=12, unique_by=key))
def test_every_name_is_kept_once_and_in_order(names: list[str]) -> None:
    entries, told = read(("单位名称\n" + "".join(f"{name}\n" for name in names)).encode("gb18030"))
    assert told == []
    assert entries == [RosterEntry(name, None) for name in names]


@given(st.binary(max_size=300))
def test_any_bytes_give_a_roster_or_a_reason(data: bytes) -> None:
    entries, told = read(data)
    assert (entries is None) == bool(told)


@pytest.mark.parametrize("row", ["合计,12", "3,行政机关", "（共2个）,合计", "——,"])
def test_a_row_of_sums_is_no_agency(row: str) -> None:
    listed, problems = read_roster(
        f"单位名称,单位类别\n示例市财政局,行政机关\n{row}\n".encode(), ["行政机关"], "名录.csv"
    )
    assert listed is None
    assert [(p.code.slug, p.location.cell) for p in problems if p.code.severity is Severity.ERROR] == [
        ("roster-not-agency", "A3")
    ]


def test_the_sheet_that_lists_agencies_is_read_and_two_of_them_are_refused() -> None:
    book = openpyxl.Workbook()
    book[book.sheetnames[0]]["A1"] = "说明"
    book.create_sheet("党群").append(["单位名称"])
    book["党群"].append(["示例市总工会"])
    stream = io.BytesIO()
    book.save(stream)
    listed, problems = read_roster(stream.getvalue(), [], "名录.xlsx")
    assert (listed and [entry.name for entry in listed.entries], problems) == (["示例市总工会"], ())
    book.create_sheet("政府").append(["单位名称"])
    stream = io.BytesIO()
    book.save(stream)
    listed, problems = read_roster(stream.getvalue(), [], "名录.xlsx")
    assert (listed, [problem.code.slug for problem in problems]) == (None, ["roster-several"])
