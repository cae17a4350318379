"""An agency of the roster is found by any of its names, and those in one office are assessed as one."""

from __future__ import annotations

import io

import openpyxl
import pytest

from jieyue_cli.agencies.roster import Roster, RosterEntry, read_roster

FINANCE = RosterEntry("示例市财政局", None, aliases=("市财政局", "示例市财政税务局"))
PARTY = RosterEntry("示例市委宣传部", None, together=("示例市文明办",))
CIVIL = RosterEntry("示例市文明办", None, together=("示例市委宣传部",))
ROSTER = Roster((FINANCE, PARTY, CIVIL))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("示例市财政局", FINANCE),
        (" 示例市　财政局", FINANCE),
        ("市财政局", FINANCE),
        ("示例市财政税务局", FINANCE),
        ("示例市文明办", CIVIL),
        ("财政局", None),
        ("", None),
    ],
)
def test_an_agency_is_found_by_any_of_its_names(name: str, entry: RosterEntry | None) -> None:
    assert ROSTER.find(name) == entry


def test_a_form_counts_for_all_agencies_of_one_office() -> None:
    assert ROSTER.together(FINANCE) == (FINANCE,)
    assert ROSTER.together(PARTY) == (PARTY, CIVIL)
    assert ROSTER.together(CIVIL) == (CIVIL, PARTY)


def read(text: str) -> tuple[Roster | None, list[str]]:
    roster, problems = read_roster(text.encode(), (), "名录.csv")
    return roster, [f"{problem.location.cell} {problem.message}" for problem in problems]


@pytest.mark.parametrize("header", ["曾用名", "原名", "简称", "单位简称", "曾用名称（2019 年以前）"])
@pytest.mark.parametrize("between", ["、", "；", ";", "\n", "，", " 、 "])
def test_several_other_names_in_one_cell_are_that_agency(header: str, between: str) -> None:
    roster, told = read(f'单位名称,{header}\n示例市财政局,"市财政局{between}示例市财税局"\n示例市统计局,—\n')
    assert told == []
    assert roster
    assert [entry.aliases for entry in roster.entries] == [("市财政局", "示例市财税局"), ()]
    assert roster.find("示例市财税局") == roster.entries[0]


@pytest.mark.parametrize("nothing", ["", "无", "没有", "/", "——", "N/A"])
def test_a_stroke_is_no_other_name(nothing: str) -> None:
    roster, told = read(
        f"单位名称,曾用名,简称,合署\n甲局,{nothing},{nothing},{nothing}\n乙局,{nothing},{nothing},{nothing}\n"
    )
    assert told == []
    assert roster
    assert [(entry.aliases, entry.together) for entry in roster.entries] == [((), ())] * 2


def test_an_other_name_that_is_another_agency_is_an_error_naming_both_rows() -> None:
    assert read("单位名称,曾用名\n甲局,\n乙局,甲 局\n") == (
        None,
        ["B3 第 3 行的另一名称“甲 局”是第 2 行的单位，请删去其中一处；两个单位合署的，写在“合署”列。"],
    )
    assert read("单位名称,曾用名,简称\n甲局,丙局,\n乙局,,丙局\n") == (
        None,
        ["C3 第 3 行和第 2 行都写了另一名称“丙局”，请只保留一处。"],
    )
    assert read("单位名称,合署\n甲局,丙局\n乙局,丙局\n") == (
        None,
        [
            "B2 合署的“丙局”在名录中没有自己的一行，按“甲局”的另一名称；如另有一行，请写成与那一行相同的全称。",
            "B3 第 3 行和第 2 行都写了另一名称“丙局”，请只保留一处。",
        ],
    )


def test_an_agencys_own_name_among_its_other_names_changes_nothing() -> None:
    roster, told = read("单位名称,曾用名,合署\n甲局,甲局、丙局,甲局、乙局\n乙局,,甲局、乙局\n")
    assert told == []
    assert roster
    assert [(entry.aliases, entry.together) for entry in roster.entries] == [(("丙局",), ("乙局",)), ((), ("甲局",))]


def together(text: str) -> tuple[list[list[str]], list[str]]:
    roster, told = read(text)
    assert roster
    return [[other.name for other in roster.together(entry)] for entry in roster.entries], told


def test_agencies_in_one_office_count_together_whichever_row_says_so() -> None:
    joined = [["甲局", "乙局"], ["乙局", "甲局"], ["丁局"]]
    assert together("单位名称,合署\n甲局,乙局\n乙局,\n丁局,\n") == (joined, [])
    assert together("单位名称,合署办公单位\n甲局,\n乙局,甲局\n丁局,\n") == (joined, [])
    assert together("单位名称,合署,曾用名\n甲局,丙局,\n乙局,,丙局\n丁局,,\n") == (joined, [])


def test_three_agencies_in_one_office_need_not_all_name_each_other() -> None:
    assert together("单位名称,合署\n甲局,乙局\n乙局,丙局\n丙局,\n") == (
        [["甲局", "乙局", "丙局"], ["乙局", "甲局", "丙局"], ["丙局", "甲局", "乙局"]],
        [],
    )


def test_an_agency_of_an_office_without_a_row_is_another_name_of_it() -> None:
    text = "单位名称,合署\n甲局,乙局、丙局\n乙局,甲局、丙局\n"
    assert together(text) == (
        [["甲局", "乙局"], ["乙局", "甲局"]],
        ["B2 合署的“丙局”在名录中没有自己的一行，按“甲局”的另一名称；如另有一行，请写成与那一行相同的全称。"],
    )
    roster, _ = read(text)
    assert roster
    assert roster.find("丙局") == roster.entries[0]


def test_a_merged_cell_of_an_office_holds_for_all_of_its_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book[book.sheetnames[0]]
    for row in (["单位名称", "合署"], ["甲局", "甲局、乙局"], ["乙局", None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    stream = io.BytesIO()
    book.save(stream)
    roster, problems = read_roster(stream.getvalue(), (), "名录.xlsx")
    assert (roster and [entry.together for entry in roster.entries], problems) == ([("乙局",), ("甲局",)], ())


def test_a_column_filled_with_one_name_is_no_office() -> None:
    names = [f"第{number}局" for number in range(3000)]
    text = "单位名称,合署\n" + "".join(f"{name},{names[0]}\n" for name in names)
    problems = read(text)[1]
    why = "与“第0局”合署的超过 50 个单位，“合署”列写的多半不是合署，请核对；同楼办公、主管部门不写在这里。"
    assert problems == [f"B{row} {why}" for row in range(52, 3002)]
