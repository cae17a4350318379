"""What stands around a list of agencies is no agency: it is passed over with a note, or is an error at its cell."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from jieyue_cli.agencies.roster import Roster, read_roster

SCOPE = ("党的机关", "行政机关")


def read(data: bytes | str, name: str = "名录.csv") -> tuple[Roster | None, list[str]]:
    roster, problems = read_roster(data if isinstance(data, bytes) else data.encode(), SCOPE, name)
    return roster, [f"{problem.code.slug} {problem.location.cell or ''}".strip() for problem in problems]


def names(roster: Roster | None) -> list[str] | None:
    return None if roster is None else [entry.name for entry in roster.entries]


def workbook(rows: Sequence[Sequence[Any]], change: Callable[[Any], object] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book[book.sheetnames[0]]
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FOOTERS = [
    *(
        "填表人：张三",
        "填报人:张三",
        "制表人 张三",
        "注：以编办文件为准",
        "注1.以编办文件为准",
        "说明：共两个",
        "说明",
        "备注：无",
    ),
    *(
        "联系电话：0356-1234567",
        "审核：李四",
        "审核人（签字）",
        "单位负责人",
        "单位负责人：",
        "日期：2020年3月1日",
        "2020年3月1日",
    ),
    *("二〇二〇年三月一日", "    年   月   日", "示例市能源局（盖章）", "任意标签：文字", "第1页 共2页"),
]


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize(("before", "cell"), [(",", "B5"), ("", "A5"), (",,", "C5")])
def test_a_footer_below_the_list_is_no_agency(footer: str, before: str, cell: str) -> None:
    roster, told = read(f"序号,单位名称,单位类别\n1,甲局,行政机关\n2,乙局,行政机关\n\n{before}{footer}\n")
    assert (names(roster), told) == (["甲局", "乙局"], [f"roster-left-out {cell}"])


@pytest.mark.parametrize("label", ["填表人", "填表人：", "审核", "联系电话", "单位负责人（签字）", "注："])
def test_what_stands_beside_a_footers_label_is_no_agency(label: str) -> None:
    roster, told = read(f"序号,单位名称\n1,甲局\n{label},张三\n")
    assert (names(roster), told) == (["甲局"], ["roster-left-out A3"])


def test_a_footer_with_agencies_below_it_is_an_error() -> None:
    roster, problems = read_roster("单位名称\n甲局\n填表人：张三\n乙局\n".encode(), SCOPE, "名录.csv")
    assert roster is None
    assert [(problem.location.cell, problem.message) for problem in problems] == [
        ("A3", "“填表人：张三”不像单位名称，下面却还有单位，请删除第 3 行，或移到名单之后。")
    ]


def test_every_page_may_have_its_footer_and_its_header() -> None:
    roster, told = read(
        "单位名称,类别\n甲局,行政机关\n第1页\n\n单位名称,类别\n乙局,党的机关\n填表人：张三\n2020年3月\n"
    )
    assert names(roster) == ["甲局", "乙局"]
    assert told == ["roster-left-out A3", "roster-header-again A5", "roster-left-out A7", "roster-left-out A8"]


@pytest.mark.parametrize(
    "name",
    [
        "审计局",
        "注册会计师协会",
        "时间研究所",
        "复核委员会",
        "联系办公室",
        "共青团示例市委",
        "电话局",
        "总计划局",
        "日期研究会",
    ],
)
def test_an_agency_whose_name_begins_like_a_footer_or_a_sum_counts(name: str) -> None:
    roster, told = read(f"单位名称\n甲局\n{name}\n")
    assert (names(roster), told) == (["甲局", name], [])


@pytest.mark.parametrize(
    "row", ["合计,12", "3,行政机关", "（共2个）,合计", "——,", "合计 12,", "共12个单位,", "小计3家,"]
)
def test_a_row_of_sums_is_an_error(row: str) -> None:
    assert read(f"单位名称,单位类别\n甲局,行政机关\n{row}\n") == (None, ["roster-not-agency A3"])


def test_a_sum_left_of_the_names_is_an_error() -> None:
    assert read("序号,单位名称,单位类别\n1,甲局,行政机关\n合计,,1\n") == (None, ["roster-not-agency A3"])


@pytest.mark.parametrize("name", [True, 5, 5.5, dt.date(2020, 3, 1), dt.time(12, 30), "TRUE", "false", "2020-03-01"])
def test_what_is_no_text_is_no_name(name: object) -> None:
    assert read(workbook([["单位名称"], ["甲局"], [name]])) == (None, ["roster-not-agency A3"])


def test_a_heading_between_agencies_is_no_agency() -> None:
    roster, told = read("序号,单位名称\n一、党委部门\n1,甲局\n（二）政府部门\n2,乙局\n")
    assert (names(roster), told) == (["甲局", "乙局"], ["roster-left-out A2", "roster-left-out A4"])
    assert read("单位名称,电话\n一、党委部门,\n甲局,1\n") == (None, ["roster-not-agency A2"])
    rows: list[list[object]] = [
        ["单位名称", "单位类别"],
        ["一、党委部门"],
        ["甲局", "党的机关"],
        ["政府部门"],
        ["乙局", "行政机关"],
    ]
    assert read(workbook(rows[:3], lambda sheet: sheet.merge_cells("A2:B2")))[1] == ["roster-left-out A2"]
    merged = workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A2:B2", "A4:B4")])
    assert read(merged) == (None, ["roster-left-out A2", "roster-not-agency A4"])


def test_a_merged_title_above_the_header_is_not_the_header() -> None:
    rows: list[list[object]] = [
        ["单位"],
        ["2020年3月"],
        ["序号", "单位名称", "单位类别"],
        [1, "甲局", "行政机关"],
        [2, "乙局", "行政机关"],
    ]
    data = workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A1:C1", "A2:C2")])
    roster, told = read(data)
    assert (names(roster), told) == (["甲局", "乙局"], [])
    assert [entry.row for entry in roster.entries] == [4, 5] if roster else False
    assert names(read("单位,,\n序号,单位名称,单位类别\n1,甲局,行政机关\n")[0]) == ["甲局"]


def test_a_header_of_two_rows_is_read() -> None:
    rows: list[list[object]] = [
        ["序号", "单位", None, "联系人", None],
        [None, "名称", "类别", "姓名", "电话"],
        [1, "甲局", "行政机关", "张三", "1"],
    ]
    roster, _ = read(workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A1:A2", "B1:C1", "D1:E1")]))
    assert roster
    assert [(entry.name, entry.category) for entry in roster.entries] == [("甲局", "行政机关")]
    rows = [["序号", "单位名称", "联系人", None], [None, None, "姓名", "电话"], [1, "甲局", "张三", "1"]]
    roster, told = read(workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A1:A2", "B1:B2", "C1:D1")]))
    assert (names(roster), told) == (["甲局"], ["roster-header-again B2"])


def test_a_second_header_with_other_columns_is_an_error() -> None:
    assert read("单位名称,类别\n甲局,行政机关\n序号,单位名称\n1,乙局\n") == (
        None,
        ["roster-header-moved A3", "roster-not-agency A4"],
    )


def test_a_list_with_more_columns_below_does_not_hide_the_first() -> None:
    _, told = read("单位\n甲局\n乙局\n单位名称,类别,电话\n丙局,行政机关,1\n")
    assert told == ["roster-header-again A4"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('单位名称\n甲局\n"乙局\n丙局\n丁局\n', 3),
        ('单位名称,类别\n甲局,行政机关\n"乙局,行政机关\n丙局,行政机关\n"丁局",行政机关\n', 3),
        ('单位名称,备注\n甲局,"一\n二"\n乙局,"三\n丙局,\n', 4),
    ],
)
def test_a_quotation_mark_without_its_pair_is_told_by_its_line(text: str, line: int) -> None:
    roster, problems = read_roster(text.encode(), SCOPE, "名录.csv")
    assert roster is None
    assert [problem.message for problem in problems] == [
        f"第 {line} 行的双引号没有成对，会把后面的单位连成一个，请用记事本打开，补上或删除这个引号。"
    ]


def test_several_names_in_one_cell_are_an_error_and_a_broken_name_is_one() -> None:
    assert read('单位名称\n"甲局\n乙局\n丙局"\n丁局\n') == (None, ["roster-several-names A2"])
    assert names(read('单位名称\n"示例市退役军人\n事务局"\n')[0]) == ["示例市退役军人 事务局"]
    assert read("单位名称\n甲局;行政机关\n") == (None, ["roster-not-agency A2"])


def test_blocks_side_by_side_are_read_from_the_left() -> None:
    text = "序号,单位名称,类别,序号,单位名称,类别\n1,甲局,行政机关,3,丙局,党的机关\n2,乙局,行政机关,,,\n填表人：张三\n"
    roster, told = read(text)
    assert roster
    assert [(entry.name, entry.category, entry.row) for entry in roster.entries] == [
        ("甲局", "行政机关", 2),
        ("乙局", "行政机关", 3),
        ("丙局", "党的机关", 2),
    ]
    assert told == ["roster-blocks B1", "roster-left-out A4"]
    roster, _ = read("类别,单位名称,,类别,单位名称\n行政机关,甲局,,党的机关,乙局\n")
    assert roster
    assert [(entry.name, entry.category) for entry in roster.entries] == [("甲局", "行政机关"), ("乙局", "党的机关")]
    assert read("单位名称,单位名称\n甲局,甲局\n") == (None, ["roster-blocks A1", "roster-duplicate B2"])


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    rows: list[list[object]] = [["单位名称", "单位类别"], ["甲局", "行政机关"], ["乙局", "党的机关"]]
    roster, problems = read_roster(workbook(rows, hide), SCOPE, "名录.xlsx")
    assert names(roster) == ["甲局", "乙局"]
    assert [problem.message for problem in problems] == ["第 3 行，B 列被隐藏，已照常读取。"]
    assert roster
    assert roster.notes == problems


def test_a_name_merged_over_several_rows_is_one_agency_and_a_category_is_that_of_all() -> None:
    rows: list[list[object]] = [
        ["单位名称", "单位类别", "联系人"],
        ["甲局", "行政机关", "张"],
        [None, None, "李"],
        ["乙局", None, "王"],
    ]
    data = workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A2:A3", "B2:B4")])
    roster, told = read(data)
    assert roster
    assert [(entry.name, entry.category) for entry in roster.entries] == [("甲局", "行政机关"), ("乙局", "行政机关")]
    assert told == ["roster-merged A3"]
    assert read(workbook(rows)) == (None, ["roster-blank-name A3"])


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_whatever_divides_it_and_however_it_is_encoded(divider: str, encoding: str) -> None:
    rows = [
        ["序号", "单位名称", "类别", "备注"],
        ["1", "甲局", "行政机关", '"一,二;三\t四"'],
        ["2", "乙局", "党的机关", ""],
    ]
    text = "示例市名录\n" + "\n".join(divider.join(row) for row in rows)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    roster, told = read(mark + text.encode(encoding))
    assert roster
    assert [(entry.name, entry.category) for entry in roster.entries] == [("甲局", "行政机关"), ("乙局", "党的机关")]
    assert told == []


def test_a_page_called_a_table_is_named_for_what_it_is() -> None:
    assert read("<html><table><tr><td>单位名称</td></tr></table>")[1] == ["file-other-table"]


@pytest.mark.parametrize(
    ("values", "category", "told"),
    [
        (["行政机关", "党的机关", "企业"], "行政机关", ["category-unknown B4"]),
        (["正科级", "副科级", "行政机关"], None, ["roster-ignored"]),
        (["", "", ""], None, ["roster-ignored"]),
    ],
)
@pytest.mark.parametrize("header", ["性质", "单位性质", "机关性质", "机构类别", "类型"])
def test_a_column_of_kinds_is_the_category_where_its_values_are(
    header: str, values: list[str], category: str | None, told: list[str]
) -> None:
    roster, problems = read(f"单位名称,{header}\n" + "".join(f"第{at}局,{value}\n" for at, value in enumerate(values)))
    assert roster
    assert (roster.entries[0].category, problems) == (category, told)
    assert roster.ignored == (() if category else (header,))


@pytest.mark.timed
def test_blank_rows_cost_nothing() -> None:
    began = time.process_time()
    roster, told = read("单位名称,类别\n甲局,行政机关\n" + ",\n" * 60_000 + "乙局,行政机关\n")
    assert time.process_time() - began < 2
    assert (names(roster), told) == (["甲局", "乙局"], [])
