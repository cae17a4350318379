"""Rosters as they come: a header far down, rows cut short, several columns of one name; each fault at its cell."""

from __future__ import annotations

import io

import openpyxl
import pytest

from jieyue_cli.agencies.roster import RosterEntry, read_roster

SCOPE = ("行政机关", "事业单位（公益一类）")


def read(text: str) -> tuple[list[tuple[str, str | None]] | None, list[str]]:
    roster, problems = read_roster(text.encode(), SCOPE, "名录.csv")
    told = [f"{problem.code.slug} {problem.location.cell or ''} {problem.message}" for problem in problems]
    return (None if roster is None else [(entry.name, entry.category) for entry in roster.entries]), told


READ: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    ("a header in the thirtieth row", "说明\n" * 29 + "单位名称\n甲局\n", [("甲局", None)]),
    ("the name last", "单位类别,单位名称\n行政机关,甲局\n", [("甲局", "行政机关")]),
    ("a row without its category", "单位名称,单位类别\n甲局\n乙局,行政机关\n", [("甲局", None), ("乙局", "行政机关")]),
    ("a row that ends long before its category", "单位名称,电话,单位类别\n甲局\n", [("甲局", None)]),
    ("a category in short", "单位名称,单位类别\n甲局,事业单位\n", [("甲局", "事业单位（公益一类）")]),
    ("spaces within", "单位名称\n 甲　 局 \n", [("甲 局", None)]),
    ("a name with a number", "单位名称\n第3中学\n", [("第3中学", None)]),
    ("any name for the column", "单位全称\n甲局\n", [("甲局", None)]),
    ("a word of sums within a name", "单位名称,备注\n总计划局,合计数\n", [("总计划局", None)]),
]


@pytest.mark.parametrize(("text", "entries"), [pytest.param(*case[1:], id=case[0]) for case in READ])
def test_a_list_is_read(text: str, entries: list[tuple[str, str | None]]) -> None:
    assert read(text) == (entries, [])


@pytest.mark.parametrize(
    ("text", "entry", "ignored"),
    [
        ("单位名称,机关名称\n甲局,乙局\n", ("甲局", None), "机关名称"),
        ("名称,类别,单位类别\n甲局,行政机关,企业\n", ("甲局", "行政机关"), "单位类别"),
        ("序号,名称,上级单位,备注,编 制\n1,甲局,乙局,无,12\n", ("甲局", None), "上级单位、编 制"),
    ],
)
def test_one_note_names_the_columns_that_are_not_read(text: str, entry: tuple[str, str | None], ignored: str) -> None:
    assert read(text) == ([entry], [f"roster-ignored  名录中没有用到的列：{ignored}。"])


NO_HEADER = "roster-no-header  名录中找不到“单位名称”列，请在表头写明“单位名称”（可另有“单位类别”）。"
BLANK_NAME = "roster-blank-name {} 这一行没有单位名称，请补上或删除这一行。"
REFUSED: list[tuple[str, str, list[str]]] = [
    ("a header in the thirty-first row", "说明\n" * 30 + "单位名称\n甲局\n", [NO_HEADER]),
    ("a row that ends before its name", "单位类别,单位名称\n行政机关\n行政机关,甲局\n", [BLANK_NAME.format("B2")]),
    ("a row that ends long before its name", "电话,单位类别,单位名称\n1\n1,,甲局\n", [BLANK_NAME.format("C2")]),
    (
        "a name twice, after blank lines",
        "\n单位名称\n甲局\n\n乙局\n甲局\n甲 局\n",
        [
            "roster-duplicate A6 “甲局”与第 3 行重复，请只保留一行。",
            "roster-duplicate A7 “甲 局”与第 3 行重复，请只保留一行。",
        ],
    ),
]


@pytest.mark.parametrize(("text", "told"), [pytest.param(*case[1:], id=case[0]) for case in REFUSED])
def test_a_fault_of_a_list_is_told_at_its_cell(text: str, told: list[str]) -> None:
    assert read(text) == (None, told)


def test_an_unknown_category_is_told_in_its_own_column() -> None:
    assert read("序号,单位名称,单位类别\n1,甲局,行政机关\n2,乙局,企业\n") == (
        [("甲局", "行政机关"), ("乙局", None)],
        ["category-unknown C3 单位类别“企业”不在创建范围内，请从下拉列表中选择。"],
    )


def test_an_unknown_category_is_told_in_the_first_column() -> None:
    _, told = read("单位类别,单位名称\n企业,甲局\n")
    assert told == ["category-unknown A2 单位类别“企业”不在创建范围内，请从下拉列表中选择。"]


def test_a_category_twice_unknown_is_told_twice() -> None:
    _, told = read("单位名称,单位类别\n甲局,企业\n甲局,企业\n")
    assert [message.split()[:2] for message in told] == [
        ["category-unknown", "B2"],
        ["category-unknown", "B3"],
        ["roster-duplicate", "A3"],
    ]


def test_an_empty_sheet_before_the_list_is_passed_over() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("名录").append(["单位名称"])
    book["名录"].append(["甲局"])
    stream = io.BytesIO()
    book.save(stream)
    roster, problems = read_roster(stream.getvalue(), SCOPE, "名录.xlsx")
    assert problems == ()
    assert roster is not None
    assert (len(roster), roster.entries) == (1, (RosterEntry("甲局", None),))


def test_a_quotation_that_never_ends_is_refused() -> None:
    entries, told = read('单位名称\n"' + "甲" * 200_000)
    assert (entries, told) == (
        None,
        ["roster-quote  第 2 行的双引号没有成对，会把后面的单位连成一个，请用记事本打开，补上或删除这个引号。"],
    )


def test_a_roster_cannot_be_changed() -> None:
    roster, _ = read_roster("单位名称\n甲局\n".encode(), SCOPE, "名录.csv")
    assert roster is not None
    for part, name in ((roster, "entries"), (roster.entries[0], "name")):
        with pytest.raises(AttributeError):
            setattr(part, name, ())


@pytest.mark.long
@pytest.mark.parametrize(("count", "cell"), [(1_000_000, None), (1_000_001, "A1000002")])
def test_a_million_agencies_and_no_more(count: int, cell: str | None) -> None:
    roster, problems = read_roster(
        ("单位名称\n" + "".join(f"第{number}局\n" for number in range(count))).encode(), SCOPE, "名录.csv"
    )
    assert roster is None if cell else roster is not None and len(roster) == count
    assert [(problem.code.slug, problem.location.cell) for problem in problems] == (
        [("roster-too-long", cell)] if cell else []
    )
