"""What a roster says beside names: codes by their check digit, dates and years however written, who is not assessed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.test_roster import workbook
from jieyue_cli.agencies.roster import Roster, RosterEntry, code, read_roster

SCOPE = ("行政机关",)
CODE = "91350100M000100Y43"
"""The example of GB 32100-2015."""


def read(data: bytes | str) -> tuple[Roster | None, list[str]]:
    roster, problems = read_roster(data.encode() if isinstance(data, str) else data, SCOPE, "名录")
    return roster, [f"{problem.code.slug} {problem.location.cell or ''} {problem.message}" for problem in problems]


def column(head: str, *values: Any) -> list[RosterEntry]:
    """The agencies of a workbook with one column beside the names, of which none is told anything."""
    roster, told = read(workbook(["单位名称", head], *([f"第{at}局", value] for at, value in enumerate(values))))
    assert (roster is not None, told) == (True, [])
    assert roster is not None
    return [*roster.entries, *roster.outside]


@pytest.mark.parametrize("known", [CODE, "11100000MB0143028R", "9144030071526726XG", "91110000802100433B"])
def test_a_code_that_was_given_out_is_right(known: str) -> None:
    assert (code.fault(known), code.check_digit(known)) == ("", known[-1])
    assert [entry.code for entry in column("统一社会信用代码", known, None)] == [known, None]


DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.integers(0, 17), st.sampled_from(DIGITS))
def test_one_wrong_character_is_always_found(place: int, char: str) -> None:
    mistyped = CODE[:place] + char + CODE[place + 1 :]
    assert (code.check_digit(mistyped) == mistyped[-1]) == (mistyped == CODE)


@given(st.text(DIGITS, min_size=17, max_size=17), st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_always_found(first: str, place: int) -> None:
    right = first + code.check_digit(first + "0")
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert (code.check_digit(swapped) == swapped[-1]) == (swapped == right)


def told(cell: str, *more: Any, head: str = "统一社会信用代码") -> list[str]:
    roster, problems = read(workbook(["单位名称", head], ["甲局", cell], *more))
    assert roster is not None
    assert [entry.name for entry in roster.entries] == ["甲局"]
    assert roster.entries[0] == RosterEntry("甲局", None)
    return problems


BEGINNING = "统一社会信用代码"
ENDING = "没有采用，应为 18 位数字和大写字母（不含 I、O、S、V、Z），请核对。"
WRONG_DIGIT = "统一社会信用代码“91350100M000100Y48”有误，没有采用：按前 17 位末位应为 3，不是 8，请对照证书逐位核对。"
NUMBER = "统一社会信用代码存成了数字，末几位已经丢失，没有采用，请把这一列设为文本格式后重新填写。"
TOLD: list[tuple[str, Any, str]] = [
    (
        BEGINNING,
        "91350100M000100Y48",
        f"roster-code-digit B2 {WRONG_DIGIT}",
    ),
    (BEGINNING, "1234", f"roster-code B2 统一社会信用代码“1234”是 4 位，{ENDING}"),
    (
        BEGINNING,
        "9135O100M000100IY4",
        f"roster-code B2 统一社会信用代码“9135O100M000100IY4”中有不会用到的“O、I”，{ENDING}",
    ),
    (
        BEGINNING,
        111000000000123456,
        f"roster-code-number B2 {NUMBER}",
    ),
    (
        BEGINNING,
        "=A1",
        "roster-detail B2 “统一社会信用代码”的这一格是错误值或未计算的公式，没有采用，请改为直接填写。",
    ),
    ("批次年度", "下一年", "roster-batch B2 批次年度“下一年”不是年份，没有采用，请填写四位年份，如 2020。"),
    ("批次年度", 20, "roster-batch B2 批次年度“20”不是年份，没有采用，请填写四位年份，如 2020。"),
    ("级别", "#N/A", "roster-detail B2 “级别”的这一格是错误值或未计算的公式，没有采用，请改为直接填写。"),
    ("方案报送日期", "八月", "date-invalid B2 实施方案报送日期“八月”不是日期，请填写日期，如 2020-10-20。"),
    ("方案报送日期", 20201332, "date-invalid B2 实施方案报送日期“20201332”不是日期，请填写日期，如 2020-10-20。"),
    ("方案报送日期", 8, "date-invalid B2 实施方案报送日期“8”不是日期，请填写日期，如 2020-10-20。"),
]


@pytest.mark.parametrize(("head", "cell", "problem"), TOLD)
def test_what_cannot_be_read_is_left_out_and_told_at_its_cell(head: str, cell: Any, problem: str) -> None:
    assert told(cell, head=head) == [problem]


DAY = dt.date(2020, 8, 5)


@pytest.mark.parametrize(
    "written",
    [
        *(DAY, dt.datetime(2020, 8, 5, 9, 30), 20200805, 44048, 44048.25),  # noqa: DTZ001 -- a cell has no zone
        *(
            "2020-8-5",
            "2020年8月5日",
            "2020.8.5",
            "2020/08/05",
            "20200805",
            "２０２０-8-5",
            "44048",
            " 2020 年 8 月 5 日 ",
        ),
    ],
)
def test_a_day_however_it_is_written(written: Any) -> None:
    assert [entry.plan_filed for entry in column("实施方案报送日期", written, None, "—")] == [DAY, None, None]


@pytest.mark.parametrize("written", [2020, "2020", "2020年", "2020年度", "2020 年第一批", "2020年2批次", DAY])
def test_a_year_however_it_is_written(written: Any) -> None:
    assert [entry.batch for entry in column("批次年度", written, None, "无")] == [2020, None, None]


@pytest.mark.parametrize(
    ("head", "written", "reason"),
    [
        ("垂管/不参评原因", "垂管", "垂管"),
        ("垂管", "是", "垂管"),
        ("是否垂管", "√", "垂管"),
        ("是否垂管", "省以下垂直管理", "省以下垂直管理"),
        ("垂管/不参评原因", "由省局统一评价", "由省局统一评价"),
        ("不参评", 1, "不参评"),
        ("不参评", True, "不参评"),
        ("不参评原因", " 已并入\n示例市乙局 ", "已并入 示例市乙局"),
        ("不参评原因", None, ""),
        *(("是否垂管", no, "") for no in ("否", "无", "-", "／", 0, False, "不是", "非垂管", "　")),
    ],
)
def test_whom_the_roster_leaves_out(head: str, written: Any, reason: str) -> None:
    roster, problems = read(workbook(["单位名称", head], ["甲局", written], ["乙局", None]))
    assert problems == []
    assert roster is not None
    assert len(roster) == 1 + (not reason)
    assert [(entry.name, entry.outside) for entry in roster.outside] == [("甲局", reason)] * bool(reason)
    assert (roster.find("甲局") is None) == bool(reason)


def test_doubt_about_who_is_in_scope_is_an_error() -> None:
    for cell in ("待定", "?", 7, dt.date(2020, 1, 1), "市直", "不属于垂管", "=A1"):
        roster, problems = read(workbook(["单位名称", "垂管"], ["甲局", None], ["乙局", cell]))
        assert (roster, [problem.split()[:2] for problem in problems]) == (
            None,
            [["roster-cell" if cell == "=A1" else "roster-outside", "B3"]],
        )


def test_merged_cells_and_lists_side_by_side_keep_each_agencys_own() -> None:
    book = openpyxl.Workbook()
    sheet = book[book.sheetnames[0]]
    for row in (
        ["单位名称", "级别", "垂管", "单位名称", "级别", "垂管"],
        ["甲局", "市级", None, "丙局", "县级", "垂管"],
        ["乙局", None, None, "丁局", "乡级", None],
    ):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("F2:F3")
    stream = io.BytesIO()
    book.save(stream)
    roster, _ = read(stream.getvalue())
    assert roster is not None
    assert [(entry.name, entry.level) for entry in roster.entries] == [("甲局", "市级"), ("乙局", "市级")]
    assert [(entry.name, entry.level, entry.outside) for entry in roster.outside] == [
        ("丙局", "县级", "垂管"),
        ("丁局", "乡级", "垂管"),
    ]


AGAIN = "“乙局”与第 2 行“甲局”的代码相同，一个单位会算两次，请更正代码或删去一行，合署的写在“合署”列。"
TOGETHER = "“乙局”与合署的第 2 行“甲局”代码相同，仍算两个单位；要算一个，请删去本行，名称写进那一行的“合署”。"
TWICE: list[tuple[str, Sequence[Sequence[str]], list[str]]] = [
    (
        "one agency in two rows",
        [["甲局", "", "", CODE], ["乙局", "", "", CODE.lower()]],
        [f"roster-code-twice D3 {AGAIN}"],
    ),
    (
        "in scope and not",
        [["甲局", "", "垂管", CODE], ["乙局", "", "", CODE]],
        [f"roster-code-twice D3 {AGAIN}"],
    ),
    (
        "one office",
        [["甲局", "", "", CODE], ["乙局", "甲局", "", CODE]],
        [f"roster-code-together D3 {TOGETHER}"],
    ),
    ("both left out", [["甲局", "", "垂管", CODE], ["乙局", "", "垂管", CODE], ["丙局", "", "", ""]], []),
    ("wrong ones are none", [["甲局", "", "", "1"], ["乙局", "", "", "1"]], []),
]


@pytest.mark.parametrize(("rows", "problems"), [pytest.param(*case[1:], id=case[0]) for case in TWICE])
def test_one_code_is_one_agency(rows: Sequence[Sequence[str]], problems: list[str]) -> None:
    _, found = read(workbook(["单位名称", "合署", "垂管", "统一社会信用代码"], *rows))
    assert [problem for problem in found if not problem.startswith("roster-code ")] == problems


def test_an_office_is_never_joined_over_the_border_of_the_scope() -> None:
    roster, problems = read("单位名称,合署,垂管\n甲局,乙局,\n乙局,,垂管\n丙局,丁局,垂管\n丁局,,垂管\n")
    assert roster is not None
    assert [(entry.name, entry.together) for entry in (*roster.entries, *roster.outside)] == [
        ("甲局", ()),
        ("乙局", ()),
        ("丙局", ("丁局",)),
        ("丁局", ("丙局",)),
    ]
    why = "“甲局”参评，与它合署的“乙局”不参评，所以只凭“甲局”自己的表评价，请核对两处是否都写对。"
    assert problems == [f"roster-together-outside A2 {why}"]


def test_columns_are_known_and_of_two_of_one_kind_the_first_that_says_something_counts() -> None:
    roster, told = read("单位名称,电话,手机,邮箱,实施方案报送日期\n甲局,,139,a@b,\n乙局,1,138,,\n")
    assert roster is not None
    assert [entry.phone for entry in roster.entries] == ["139", "1"]
    assert (roster.columns, roster.ignored, roster.plans) == (
        ("单位名称", "电话", "手机", "实施方案报送日期"),
        ("邮箱",),
        True,
    )
    assert told == ["roster-ignored  名录中没有用到的列：邮箱。"]


def test_sixty_thousand_blank_rows_change_nothing() -> None:
    table = "单位名称,级别,垂管,批次年度\n甲局,市级,,2020\n乙局,,垂管,\n"
    long, short = (read(table + ",,,\n" * blank + "填表人：张三,,,\n")[0] for blank in (60_000, 0))
    assert long is not None
    assert short is not None
    assert (long.entries, long.outside) == (short.entries, short.outside)
