"""Points written by hand, the sums and grades around them, and who handed the table in."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jieyue_cli.assessment import Result, Status, assess
from jieyue_cli.problems import Code, Severity
from jieyue_cli.submission import Agency
from typed_tables import (
    ABOVE,
    AGENCY,
    RUBRIC,
    VERIFIED,
    Table,
    by_clause,
    by_criterion,
    by_item,
    codes,
    full,
    index_of,
    most,
    problems,
    total,
    verified,
    with_score,
)

# -- one score -------------------------------------------------------------------------------------------------


def scored(identifier: str, score: Any) -> tuple[Table, int, Result]:
    """A table a criterion with full points but for one."""
    rows = by_criterion()
    index = index_of(rows, identifier)
    table = with_score(full(rows), index, score)
    return table, index, table.result()


@pytest.mark.parametrize("score", ["2", "2分", " 2 分 ", "２", "２分", "2.0", 2.0, "02", "　2\n"])
def test_spellings_of_two_points(score: Any) -> None:
    table, index, result = scored("3.1.1", score)
    assert total(result) == "100"
    assert codes(result) == []
    cells = [problem.location.cell for problem in problems(result, "answer-spelling")]
    assert cells == ([] if score in ("2", 2.0) else [table.place(index)])


@pytest.mark.parametrize(("score", "points"), [(None, 98), ("", 98), ("　", 98), (0, 98), ("0分", 98)])
def test_blanks_and_nothing(score: Any, points: int) -> None:
    _, _, result = scored("3.1.1", score)
    assert (total(result), most(result)) == (str(points), str(points))
    assert codes(result) == []


@pytest.mark.parametrize(
    ("identifier", "score", "code"),
    [
        ("3.1.1", "已完成", "score-not-number"),
        ("3.1.1", "两分", "score-not-number"),
        ("3.1.1", "2-3", "score-not-number"),
        ("3.1.1", "2/2", "score-not-number"),
        ("3.1.1", "约2", "score-not-number"),
        ("3.1.1", "①", "score-not-number"),
        ("3.1.1", "+2", "score-not-number"),
        ("3.1.1", -2, "score-not-number"),
        ("3.1.1", True, "score-not-number"),
        ("3.1.1", dt.date(2020, 10, 20), "score-not-number"),
        ("3.1.1", 1e300, "score-not-number"),
        ("3.1.1", "2" * 60, "score-not-number"),
        ("3.1.1", 3, "score-too-high"),
        ("3.1.1", 200, "score-too-high"),
        ("3.1.1", 1, "score-impossible"),
        ("3.1.1", 1.5, "score-impossible"),
        ("3.1.1", 0.02, "score-impossible"),
        ("5.1.1", 3, "score-impossible"),
        ("5.1.1", 1, "score-impossible"),
        ("5.2.2", 3, "score-impossible"),
        ("2.2.3", 6, "score-too-high"),
        ("1.1.1", 5, "score-impossible"),
        ("3.1.1", "=1/0", "answer-uncalculated"),
        ("3.1.1", "#REF!", "answer-error-cell"),
    ],
)
def test_what_is_no_possible_score_is_refused_at_its_cell(identifier: str, score: Any, code: str) -> None:
    table, index, result = scored(identifier, score)
    assert codes(result) == [code]
    (problem,) = problems(result, code)
    assert (problem.location.cell, problem.location.criterion) == (table.place(index), identifier)
    lost = table.lines[index].most
    assert (total(result), most(result)) == (str(100 - lost), "100")


@pytest.mark.parametrize("score", ["不涉及", "/", "—", "－", "无此项"])
def test_not_applicable_is_no_claim_here(score: str) -> None:
    _, _, result = scored("3.5.1" if "3.5.1" in RUBRIC.by_id else "3.4.1", score)
    assert (total(result), most(result)) == ("98", "98")
    assert codes(result) == ["answer-not-applicable"]


@pytest.mark.parametrize(
    ("identifier", "possible"),
    [
        ("2.1.1", {0, 1, 2, 3, 4, 5}),
        ("3.2.1", {0, 3, 6}),
        ("3.4.1", {0, 2, 4}),
        ("5.2.1", {0, 2, 3, 4, 5, 7}),
        ("5.1.1", set(range(11))),
        ("1.1.1", {0, 9}),
    ],
)
def test_which_sums_are_possible_for_an_item(identifier: str, possible: set[int]) -> None:
    rows = by_item()
    index = index_of(rows, identifier)
    for score in range(rows[index].most + 2):
        result = with_score(full(rows), index, score).result()
        rest = 100 - rows[index].most
        assert total(result) == str(rest + (score if score in possible else 0))
        assert codes(result) == (
            [] if score in possible else ["score-too-high" if score > rows[index].most else "score-impossible"]
        )


@pytest.mark.parametrize("halves", [(2, 2), (1, 3)])
def test_one_score_beside_two_sentences_of_one_point(halves: tuple[int, int]) -> None:
    """2.2's first point has two sentences of 2 points each: 0, 2 and 4 are possible."""
    rows = by_clause()
    index = index_of(rows, "2.2.1")
    for score, code in zip(halves, ([], []) if halves == (2, 2) else (["score-impossible"],) * 2, strict=True):
        assert codes(with_score(full(rows), index, score).result()) == code


# -- prices --------------------------------------------------------------------------------------------------------


def test_another_price_in_its_column_is_named_and_the_standards_counts() -> None:
    rows = by_item()

    def wrong(sheet: Worksheet) -> None:
        sheet[table.place(2, "price")] = 20

    table = full(rows, change=wrong)
    result = table.result()
    (problem,) = problems(result, "typed-points")
    assert problem.location.cell == table.place(2, "price")
    assert "20" in problem.message
    assert "22" in problem.message
    assert total(result) == "100"


# -- formulas ------------------------------------------------------------------------------------------------------


def stored(data: bytes, cell: str, value: str) -> bytes:
    """The workbook with a stored value beside the formula of one cell."""
    source, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/"):
                head, opening, tail = part.partition(f'<c r="{cell}"')
                formula, _, rest = tail.partition("</c>")
                part = head + opening + re.sub("<v ?/>|<v></v>", "", formula) + f"<v>{value}</v></c>" + rest
            target.writestr(name, part)
    return buffer.getvalue()


def test_a_formula_counts_by_its_stored_value_with_a_note() -> None:
    table, index, _ = scored("3.1.1", "=1+1")
    result = assess("表.xlsx", stored(table.written(), table.place(index), "2"), RUBRIC)
    (note,) = problems(result, "answer-formula")
    assert (note.severity, note.location.cell) == (Severity.NOTE, table.place(index))
    assert total(result) == "100"


@pytest.mark.parametrize(("value", "found"), [("91", []), ("95", ["total-disagrees"]), ("91.00000000000001", [])])
def test_a_total_that_is_a_formula(value: str, found: list[str]) -> None:
    rows = by_item()
    table = with_score(full(rows, below=((None, None, None, "总分", 100, "=SUM(F4:F15)"),)), 0, 0)
    result = assess("表.xlsx", stored(table.written(), table.place(len(rows)), value), RUBRIC)
    assert codes(result) == found
    assert total(result) == "91"


def test_a_total_that_was_never_calculated_says_nothing() -> None:
    result = full(by_item(), below=((None, None, None, "总分", 100, "=SUM(F4:F15)"),)).result()
    assert codes(result) == []


# -- sums and grades -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ((None, None, None, "总分", 100, 95), "F16"),
        (("合计", None, None, None, 100, "95分"), "F16"),
        ((None, None, "总 计", None, None, 95), "F16"),
        (("总分：95分",), "A16"),
        ((None, "自评总分", 95, "核查总分", 90), "C16"),
        ((None, "自评得分：９５"), "B16"),
    ],
)
def test_a_total_that_disagrees_is_told_with_both_figures(row: tuple[Any, ...], cell: str) -> None:
    result = with_score(full(by_item(), below=(row,)), 0, 0).result()
    (problem,) = problems(result, "total-disagrees")
    assert problem.location.cell == cell
    assert "95" in problem.message
    assert "91" in problem.message
    assert (total(result), codes(result)) == ("91", ["total-disagrees"])


def test_a_total_above_the_table() -> None:
    above = (*ABOVE, ("自评总分", 95, None, "自评等级：达标"))
    result = with_score(full(by_item(), above=above), 0, 0).result()
    (problem,) = problems(result, "total-disagrees")
    assert problem.location.cell == "B3"


@pytest.mark.parametrize("per", ["item", "unit"])
def test_subtotals(per: str) -> None:
    rows = by_clause()
    starts = [n for n, line in enumerate(rows) if n and line.item is not rows[n - 1].item]
    units = [unit.items[-1] for unit in RUBRIC.units]
    ends = [start - 1 for start in [*starts, len(rows)] if per == "item" or rows[start - 1].item in units]
    sums, begin = {}, 0
    for end in ends:
        sums[end] = (None, None, None, "小计", None, sum(line.most for line in rows[begin : end + 1]))
        begin = end + 1
    table = full(rows, after=sums, below=((None, None, None, "总分", 100, 100),))
    assert (total(table.result()), codes(table.result())) == ("100", [])
    less = with_score(table, index_of(rows, "3.2.1"), 0)
    found = problems(less.result(), "total-disagrees")
    assert len(found) == 2
    assert "小计" in found[0].message
    assert "总分" in found[1].message


def test_sums_that_could_still_come_true_are_no_disagreement() -> None:
    """The refused score is the fault; that the total includes it is none of its own."""
    result = with_score(full(by_item(), below=(("总分", None, None, None, 100, 100),)), 0, 5).result()
    assert codes(result) == ["score-impossible"]


@pytest.mark.parametrize("label", ["小计", "总分"])
def test_a_sum_over_blank_rows_leaves_them_open(label: str) -> None:
    rows = by_item()
    table = Table(rows, (None,) * len(rows), below=((None, None, None, label, 100, 92),))
    result = table.result()
    assert codes(result) == ["typed-only-sum"]
    assert result.status is Status.UNDETERMINED
    assert (total(result), most(result)) == ("0", "100")


def test_an_office_that_wrote_only_a_total_leaves_the_verdict_open() -> None:
    rows = by_item()
    table = full(rows, header=(VERIFIED,), below=((None, None, None, "总分", 100, 100, 76),))
    result = table.result()
    (problem,) = problems(result, "typed-only-sum")
    assert problem.location.cell == f"G{table.place(len(rows))[1:]}"
    assert result.status is Status.UNDETERMINED
    assert total(result) == "100"


def test_the_offices_total_is_held_against_the_offices_points() -> None:
    rows = by_item()
    office = tuple(line.most for line in rows)
    below = ((None, None, None, "总分", 100, 100, 98),)
    result = full(rows, header=(VERIFIED,), verified=office, below=below).result()
    (problem,) = problems(result, "total-disagrees")
    assert problem.location.cell == "G16"
    assert (total(result), verified(result)) == ("100", "100")


@pytest.mark.parametrize(
    ("lost", "row", "disagrees"),
    [
        (0, ("自评等级：达标",), False),
        (0, ("评定等级", None, "不达标"), True),
        (0, ("自评结论：", "优秀"), False),
        (22, ("自评结论：优秀",), True),
        (22, ("自评结果", "不合格"), False),
        (22, ("等级：合格",), True),
        (22, ("等级：A级",), False),
    ],
)
def test_a_grade_is_held_against_the_score(lost: int, row: tuple[Any, ...], disagrees: bool) -> None:  # noqa: FBT001 -- a case
    rows = by_item()
    table = full(rows, below=(row,))
    if lost:
        table = with_score(table, index_of(rows, "2.2.1"), 0)
    result = table.result()
    assert codes(result) == (["grade-disagrees"] if disagrees else [])


def test_a_grade_is_no_disagreement_while_the_verdict_is_open() -> None:
    rows = by_item()
    table = with_score(full(rows, below=(("自评等级：达标",),)), index_of(rows, "2.2.1"), "见附件")
    assert codes(table.result()) == ["score-not-number"]


def test_the_offices_grade_is_held_against_the_offices_points() -> None:
    rows = by_item()
    office = tuple(0 if line.item.id == "2.2" else line.most for line in rows)
    result = full(rows, header=(VERIFIED,), verified=office, below=(("核查结论：达标",),)).result()
    (problem,) = problems(result, "grade-disagrees")
    assert "78" in problem.message


# -- who and when ------------------------------------------------------------------------------------------------------

TITLE = ("节约型机关评价标准",)


@pytest.mark.parametrize(
    "above",
    [
        (TITLE, ("单位名称：示例市财政局", None, "评价年度：2020")),
        (TITLE, ("填报单位（盖章）", AGENCY, None, "年度", 2020)),
        (TITLE, ("填报单位（盖章）：", None, AGENCY, "年度：", "2020年度")),
        (TITLE, ("填 报 单 位（公章）：　示例市财政局（盖章）", "自评年度", "２０２０年")),
        (TITLE, ("填报单位：示例市财政局（公章）    填报人：张三    填报日期：2020年10月20日",)),
        (TITLE, ("申报单位:示例市财政局", "填报日期", dt.date(2020, 10, 20))),
        (TITLE, ("自评单位：示例市财政局___", "日期：2020.10.20")),
        (("示例市2020年度节约型机关自评表",), ("单位：示例市财政局", "单位：分")),
        (("节约型机关自评打分表（2020年）",), ("单位全称：示例市财政局", "填报日期：2020年")),
        (("示例市能源局 2019年8月3日印发",), ("2020年自评表",), ("机关名称：示例市财政局",)),
    ],
)
def test_name_and_year_wherever_they_stand_above(above: tuple[tuple[Any, ...], ...]) -> None:
    result = full(by_item(), above=above).result()
    assert result.agency == Agency(AGENCY, None, 2020)
    assert codes(result) == []


@pytest.mark.parametrize(
    ("above", "where", "date"),
    [
        ((("自评打分表（2020年）",), ("单位：示例市财政局", "填报日期：2021年1月5日")), "B2", "2021年1月5日"),
        ((("单位", AGENCY), ("年度", 2020), ("填表日期", dt.date(2019, 12, 31))), "B3", "2019-12-31"),
        ((("单位", AGENCY), ("评价年度：2020    日期：2021.3.5",)), "A2", "2021.3.5"),
    ],
)
def test_a_date_in_another_year_than_the_title_or_the_label_says_is_told(
    above: tuple[tuple[Any, ...], ...], where: str, date: str
) -> None:
    result = full(by_item(), above=above).result()
    assert result.agency == Agency(AGENCY, None, 2020)
    (told,) = (problem for problem in result.problems if problem.code is Code.DATE_OTHER_YEAR)
    assert (told.location.cell, told.message.split(" 不在")[0]) == (where, f"填报日期 {date}")


@pytest.mark.parametrize(
    "below",
    [
        (("填报单位（盖章）：示例市财政局",), ("填报日期：2020年10月20日",)),
        ((None,), (None, None, "填报单位（盖章）", AGENCY), (None, None, "日期", "2020/10/20")),
    ],
)
def test_name_and_date_below_the_table(below: tuple[tuple[Any, ...], ...]) -> None:
    result = full(by_item(), above=(TITLE,), below=below).result()
    assert result.agency == Agency(AGENCY, None, 2020)
    assert codes(result) == []


def test_a_blank_label_above_does_not_hide_the_name_below() -> None:
    above = (TITLE, ("填报单位（盖章）：______", None, "评价年度：2020"))
    result = full(by_item(), above=above, below=(("单位名称：示例市财政局",),)).result()
    assert result.agency == Agency(AGENCY, None, 2020)


@pytest.mark.parametrize(
    ("above", "code", "cell"),
    [
        ((TITLE, ("填报单位（盖章）：", None, "年度：2020")), "agency-blank", "B2"),
        ((TITLE, ("年度：2020",)), "agency-blank", None),
        ((TITLE, ("填报单位", 12, "年度：2020")), "agency-invalid", "B2"),
        ((TITLE, ("填报单位：示例市财政局", "单位名称：示例市审计局", "年度：2020")), "agency-several", "B2"),
        ((TITLE, ("填报单位：示例市财政局",)), "year-invalid", None),
        (((*TITLE, "2019年", "2021年"), ("填报单位：示例市财政局",)), "year-invalid", None),
        ((TITLE, ("填报单位：示例市财政局", "年度：二〇二〇")), "year-invalid", "B2"),
        ((TITLE, ("填报单位：示例市财政局", "年度：2020", "类别：企业")), "category-unknown", "C2"),
    ],
)
def test_what_is_not_clear_around_the_table(above: tuple[tuple[Any, ...], ...], code: str, cell: str | None) -> None:
    result = full(by_item(), above=above).result()
    assert codes(result) == [code]
    assert problems(result, code)[0].location.cell == cell
    assert total(result) == "100"


def test_the_category() -> None:
    result = full(by_item(), above=(*ABOVE, ("单位类别：行政机关",))).result()
    assert result.agency
    assert result.agency.category == "行政机关"
