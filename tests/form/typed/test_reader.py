"""The published table typed by hand: layouts, columns and which rows a score covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jieyue_cli.assessment import Status, assess
from jieyue_cli.problems import Severity
from jieyue_cli.submission import AnswerKind
from typed_tables import (
    ABOVE,
    HEADER,
    RUBRIC,
    VERIFIED,
    WORDS,
    Line,
    Table,
    by_clause,
    by_criterion,
    by_item,
    codes,
    full,
    index_of,
    most,
    problems,
    saved,
    total,
    verified,
    with_score,
)

MERGED = frozenset({"unit", "item"})
GRANULARITIES: dict[str, Callable[[], tuple[Line, ...]]] = {
    "item": by_item,
    "item, run together": lambda: by_item(""),
    "point": by_clause,
    "criterion": by_criterion,
}


def per_item(lines: tuple[Line, ...], scores: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """One score an item, in the first of its rows."""
    seen: set[str] = set()
    row = []
    for line in lines:
        first = line.item.id not in seen
        seen.add(line.item.id)
        row.append((scores or {}).get(line.item.id, int(line.item.points)) if first else None)
    return tuple(row)


# -- layouts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("price_per", ["line", "merged", "first", "none"])
@pytest.mark.parametrize("merge", [frozenset(), frozenset({"unit"}), MERGED], ids=["repeated", "unit", "unit and item"])
@pytest.mark.parametrize("lines", GRANULARITIES.values(), ids=GRANULARITIES)
def test_every_layout_reads_alike(lines: Callable[[], tuple[Line, ...]], merge: frozenset[str], price_per: str) -> None:
    result = full(lines(), price_per=price_per, merge=merge).result()
    assert result.status is Status.PASS
    assert total(result) == "100"
    assert codes(result) == []


@pytest.mark.parametrize("lines", [by_clause, by_criterion], ids=["point", "criterion"])
@pytest.mark.parametrize(
    ("price_per", "merge"),
    [("line", {"self"}), ("merged", {"self"}), ("first", {"self"}), ("first", set()), ("merged", set())],
)
def test_one_score_for_an_item_of_several_rows(
    lines: Callable[[], tuple[Line, ...]], price_per: str, merge: set[str]
) -> None:
    rows = lines()
    table = Table(rows, per_item(rows, {"2.2": 19, "5.1": 7}), price_per=price_per, merge=MERGED | frozenset(merge))
    result = table.result()
    assert total(result) == "94"
    assert codes(result) == []
    assert result.self
    assert [(line.id, line.claim.cell) for line in result.self.lines][1] == (
        "2.1.1+2.1.2+2.1.3+2.1.4",
        table.place(index_of(rows, "2.1.1")),
    )


@pytest.mark.parametrize("upper", [2, 3])
def test_cells_repeated_after_a_page_break_without_points(upper: int) -> None:
    """The item's score and 分值 stand before the break; behind it their cells are merged again and blank."""
    rows = by_clause()
    first = index_of(rows, "2.2.1")

    def breaks(sheet: Worksheet) -> None:
        for column in "BCEF":
            top = int(table.place(first)[1:])
            sheet.unmerge_cells(f"{column}{top}:{column}{top + 4}")
            sheet.merge_cells(f"{column}{top}:{column}{top + upper - 1}")
            sheet.merge_cells(f"{column}{top + upper}:{column}{top + 4}")
        sheet[f"C{top + upper}"] = "管理制度"

    table = Table(rows, per_item(rows), price_per="merged", merge=MERGED | {"self"}, change=breaks)
    result = table.result()
    assert total(result) == "100"
    assert codes(result) == []


def test_the_header_repeated_after_a_page_break_is_no_row() -> None:
    result = full(by_clause(), after={5: HEADER, 20: HEADER}).result()
    assert total(result) == "100"
    assert codes(result) == []


def test_the_printed_misplacement_of_one_item_does_not_matter() -> None:
    """源头减量 is printed under 推行绿色办公; sentences are matched, not units."""
    rows = by_item()

    def misplaced(sheet: Worksheet) -> None:
        row = int(table.place(index_of(rows, "4.1.1"))[1:])
        assert sheet[f"C{row}"].value == RUBRIC.items[index_of(rows, "4.1.1")].name
        sheet[f"B{row}"] = "推行绿色办公 (25分)"

    table = full(rows, change=misplaced)
    assert total(table.result()) == "100"
    assert codes(table.result()) == []


def test_rows_in_another_order() -> None:
    rows = by_clause()
    table = with_score(full(rows), index_of(rows, "5.2.1"), 0)
    turned = replace(table, lines=tuple(reversed(rows)), scores=tuple(reversed(table.scores)))
    assert total(turned.result()) == "97"
    assert codes(turned.result()) == []


@pytest.mark.parametrize(("start", "left"), [(1, 1), (9, 1), (30, 4)])
def test_a_table_that_starts_elsewhere_keeps_true_addresses(start: int, left: int) -> None:
    rows = by_clause()
    table = with_score(full(rows, start=start, left=left), 7, "不清楚")
    result = table.result()
    (problem,) = problems(result, "score-not-number")
    assert problem.location.cell == table.place(7)
    assert codes(result) == ["score-not-number"]


# -- columns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        HEADER[::-1],
        ("自评得分", "评价标准", "分值", "序号", "评价项目", "评价单元"),
        ("分值", "备注", "自评得分", "佐证材料", "评价标准"),
    ],
)
def test_columns_in_another_order(header: tuple[str, ...]) -> None:
    result = full(by_clause(), header=(header,)).result()
    assert total(result) == "100"
    assert codes(result) == []


@pytest.mark.parametrize(
    ("role", "word"), [(role, word) for role in ("item", "text", "price", "self") for word in WORDS[role]]
)
def test_every_published_header_word(role: str, word: str) -> None:
    standing = {"item": "评价项目", "text": "评价标准", "price": "分值", "self": "自评得分"}[role]
    header = tuple(word if each == standing else each for each in HEADER)
    result = full(by_clause(), header=(header,)).result()
    assert total(result) == "100"
    assert codes(result) == []


@pytest.mark.parametrize("word", WORDS["office"])
def test_every_published_name_of_the_offices_column(word: str) -> None:
    rows = by_item()
    office = tuple(line.most for line in rows[:-1])
    result = full(rows, header=((*HEADER, word),), verified=(*office, 0)).result()
    assert (total(result), verified(result)) == ("100", "93")


@pytest.mark.parametrize("word", ["自 评 得 分", "自评\n得分", "自评得分（分）", "自评得分：", "　自评得分*"])
def test_header_words_with_spaces_breaks_and_remarks(word: str) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet["F3"] = word

    assert total(full(by_item(), change=rename).result()) == "100"


@pytest.mark.parametrize(
    "header",
    [
        (
            ("序号", "评价单元", "评价项目", "评价标准", "分值", "得分", None),
            (None, None, None, None, None, "自评", "核查"),
        ),
        (("序号", "评价单元", "评价项目", "评价标准", "分值", "评分情况", None), (None,) * 5 + ("自评分", "初评分")),
        (
            ("序号", "评价单元", "评价项目", "评价标准", "得分情况", None, None),
            (None,) * 4 + ("分值", "自评得分", "核查得分"),
        ),
    ],
)
def test_a_header_of_two_rows(header: tuple[tuple[str | None, ...], ...]) -> None:
    rows = by_item()

    def merges(sheet: Worksheet) -> None:
        for column in "ABCD":
            sheet.merge_cells(f"{column}3:{column}4")
        sheet.merge_cells("F3:G3" if header[0][5] else "E3:G3")

    table = full(
        rows, header=header, change=merges, verified=tuple(line.most if line.most < 22 else 20 for line in rows)
    )
    result = table.result()
    assert (total(result), verified(result)) == ("100", "98")
    assert codes(result) == []


def test_a_column_of_points_that_is_not_known_is_named() -> None:
    result = full(by_item(), header=((*HEADER, "专家打分得分"),)).result()
    (problem,) = problems(result, "typed-column")
    assert problem.location.cell == "G3"


def test_two_columns_of_points_that_differ_leave_the_score_open() -> None:
    """Nobody can know which of 自评得分 and 得分 counts."""
    rows = by_item()

    def second(sheet: Worksheet) -> None:
        sheet["G3"] = "得分"
        for index, line in enumerate(rows):
            sheet[f"G{table.place(index)[1:]}"] = line.most - (line.item.id == "3.1")

    table = full(rows, change=second)
    result = table.result()
    assert result.status is Status.UNDETERMINED
    assert total(result) == "0"
    (problem,) = problems(result, "form-column-doubled")
    assert problem.location.cell == "G3"


@pytest.mark.parametrize("copied", [True, False])
def test_a_second_column_that_is_blank_or_the_same_does_no_harm(copied: bool) -> None:  # noqa: FBT001 -- a test's case
    rows = by_item()

    def second(sheet: Worksheet) -> None:
        sheet["G3"] = "得分"
        for index, line in enumerate(rows):
            sheet[f"G{table.place(index)[1:]}"] = line.most if copied else None

    table = full(rows, change=second)
    assert total(table.result()) == "100"


def test_the_points_may_stand_in_the_second_of_two_columns() -> None:
    rows = by_item()
    table = full(rows, header=((*HEADER[:5], "得分", "自评得分"),))
    moved = replace(table, header=((*HEADER[:5], "备用", "自评得分"),))

    def blank(sheet: Worksheet) -> None:
        sheet["F3"] = "得分"

    assert total(replace(moved, change=blank).result()) == "100"


def test_a_criterion_text_in_the_second_of_two_text_columns() -> None:
    """As in 单元/项目 | 内容 | 评分规则 | 分值."""
    rows = by_clause()

    def contents(sheet: Worksheet) -> None:
        for index in range(len(rows)):
            sheet[f"C{table.place(index)[1:]}"] = f"第 {index} 条内容"
        sheet["C3"] = "内容"

    header = ("序号", "单元/项目", "摘要", "评分规则", "分值", "自评得分")
    table = full(rows, header=(header,), change=contents)
    assert total(table.result()) == "100"


def test_a_column_of_texts_called_completion_is_still_a_typed_table() -> None:
    header = ("编号", "评价单元", "评价项目", "评价标准", "分值", "自评得分", "完成情况")
    rows = by_item()

    def numbers(sheet: Worksheet) -> None:
        for index in range(len(rows)):
            row = table.place(index)[1:]
            sheet[f"A{row}"], sheet[f"G{row}"] = index + 1, "已完成，见佐证材料"

    table = full(rows, header=(header,), change=numbers)
    assert total(table.result()) == "100"
    assert codes(table.result()) == []


# -- which rows a score covers -----------------------------------------------------------------------------------


def test_a_score_over_several_items_is_refused() -> None:
    rows = by_item()

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells(f"{table.place(1)}:{table.place(2)}")

    table = full(rows, change=merge)
    result = table.result()
    (problem,) = problems(result, "typed-coarse")
    assert problem.location.cell == table.place(1)
    assert (total(result), most(result)) == ("73", "100")


def test_a_merged_score_counts_once_though_each_row_has_its_price() -> None:
    rows = by_criterion()
    table = Table(rows, per_item(rows, {"2.1": 1}), merge=MERGED | {"self"})
    assert total(table.result()) == "96"


def test_a_score_merged_with_its_price_is_refused() -> None:
    """Merged sideways, the cell's value may be the 分值."""
    rows = by_item()

    def merge(sheet: Worksheet) -> None:
        row = table.place(3)[1:]
        sheet.merge_cells(f"E{row}:F{row}")

    table = full(rows, change=merge)
    result = table.result()
    assert codes(result) == ["typed-coarse"]
    assert total(result) == "91"


def test_several_scores_beside_one_merged_text_are_refused() -> None:
    """Four numbered points in one merged cell, four scores beside it: which is whose is not written anywhere."""
    rows = by_clause()
    first = index_of(rows, "2.1.1")

    def merge(sheet: Worksheet) -> None:
        top = int(table.place(first)[1:])
        for row in range(top, top + 4):
            sheet[f"D{row}"] = None
        sheet[f"D{top}"] = "\n".join(line.text for line in rows[first : first + 4])
        sheet.merge_cells(f"D{top}:D{top + 3}")

    table = full(rows, price_per="merged", change=merge)
    result = table.result()
    assert codes(result) == ["typed-coarse"]
    assert (total(result), most(result)) == ("95", "100")


def test_a_score_below_its_text_is_refused_not_lost() -> None:
    rows = by_item()
    table = full(rows, after={3: (None, None, None, None, None, 9)})
    table = with_score(table, 3, None)
    result = table.result()
    (problem,) = problems(result, "typed-coarse")
    assert problem.location.cell == f"F{int(table.place(3)[1:]) + 1}"
    assert (total(result), most(result)) == ("91", "100")


@pytest.mark.parametrize(
    ("index", "score", "found"), [(0, 5, None), (1, 5, "typed-coarse"), (1, 2, None), (3, 3, "typed-coarse")]
)
def test_one_score_in_an_item_of_several_rows(index: int, score: int, found: str | None) -> None:
    """In the first row it is the item's; elsewhere it is its own row's, and where it cannot be, nobody knows whose."""
    rows = by_clause()
    first = index_of(rows, "2.1.1")
    scores: list[Any] = [line.most for line in rows]
    scores[first : first + 4] = [None] * 4
    scores[first + index] = score
    table = Table(rows, tuple(scores), price_per="first")
    result = table.result()
    assert codes(result) == ([found] if found else [])
    assert total(result) == str(95 + (0 if found else score))
    assert result.self
    assert result.self.at_most == (100 if found else 95 + score)


def test_names_of_items_alone_are_enough_where_the_price_is_right() -> None:
    rows = tuple(Line(line.item, line.criteria, "") for line in by_item())
    header = ("序号", "评价单元", "评价项目", "分值", "自评得分")
    result = full(rows, header=(header,)).result()
    assert total(result) == "100"
    assert codes(result) == []


def test_the_same_item_names_with_other_sentences_are_another_standard() -> None:
    rows = tuple(Line(line.item, line.criteria, f"另一标准的第{n}条要求") for n, line in enumerate(by_item()))
    result = full(rows).result()
    assert result.status is Status.UNREADABLE
    (problem,) = result.problems
    assert "0 条（共 42 条）" in problem.message


def test_an_item_heading_above_its_points_is_their_subtotal() -> None:
    rows = by_clause()
    headings = {
        index: (None, None, f"{rows[index + 1].item.name}（{rows[index + 1].item.points}分）", None, None, 3)
        for index in range(len(rows) - 1)
        if rows[index].item is not rows[index + 1].item
    }
    result = full(rows, after=headings).result()
    assert total(result) == "100"
    assert {*codes(result)} == {"total-disagrees"}
    assert len(problems(result, "total-disagrees")) == 11
    fitting = {index: (*cells[:5], int(rows[index + 1].item.points)) for index, cells in headings.items()}
    assert codes(full(rows, after=fitting).result()) == []


# -- the office's side -------------------------------------------------------------------------------------------


def test_the_status_follows_the_offices_column() -> None:
    rows = by_item()
    office = tuple(0 if line.item.id == "2.2" else line.most for line in rows)
    result = full(rows, header=(VERIFIED,), verified=office).result()
    assert result.status is Status.FAIL
    assert (total(result), verified(result)) == ("100", "78")


def test_an_offices_column_that_is_blank_is_no_verification() -> None:
    result = full(by_item(), header=(VERIFIED,)).result()
    assert result.verified is None
    assert result.status is Status.PASS


def test_an_office_that_has_only_begun_is_told_so() -> None:
    rows = by_item()
    result = full(rows, header=(VERIFIED,), verified=(9, 5, *(None,) * (len(rows) - 2))).result()
    assert result.verified
    assert result.verified.total == 14
    assert codes(result) == ["verification-partial"]


def test_the_office_may_write_coarser_than_the_agency() -> None:
    rows = by_clause()
    table = full(
        rows, header=(VERIFIED,), verified=per_item(rows, {"3.2": 3}), price_per="merged", merge=MERGED | {"office"}
    )
    result = table.result()
    assert (total(result), verified(result)) == ("100", "97")
    assert codes(result) == []


# -- the workbook ------------------------------------------------------------------------------------------------


def book(**tables: Table) -> bytes:
    """A workbook with these sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, table in tables.items():
        table.sheet(workbook.create_sheet(name))
    return saved(workbook)


def foreign() -> Table:
    """A budget that has a typed table's headings."""
    rows = tuple(Line(line.item, line.criteria, f"预算科目{n}") for n, line in enumerate(by_item()))
    return full(rows, header=(("序号", "类别", "项目", "内容", "分值", "得分"),))


def test_the_one_fitting_table_among_several_is_read() -> None:
    result = assess("表.xlsx", book(预算=foreign(), 自评=full(by_item())), RUBRIC)
    assert total(result) == "100"
    assert all(problem.location.sheet == "自评" for problem in result.problems)


def test_a_summary_with_the_same_headings_above_the_table_in_its_sheet() -> None:
    summary = (("项目", "分值", "得分"), ("制度", 27, 27), ("办公", 25, 20), (None,))
    result = full(by_item(), above=(*ABOVE, *summary)).result()
    assert total(result) == "100"


def test_two_fitting_tables_are_refused_by_name() -> None:
    result = assess("表.xlsx", book(今年=full(by_item()), 去年=full(by_clause())), RUBRIC)
    (problem,) = result.problems
    assert problem.code.slug == "form-several"
    assert "今年、去年" in problem.message


def test_a_foreign_table_is_refused_with_the_counts() -> None:
    (problem,) = assess("表.xlsx", book(预算=foreign()), RUBRIC).problems
    assert problem.code.slug == "typed-other"
    assert "0 条（共 42 条）" in problem.message
    assert problem.location.sheet == "预算"


def test_hidden_parts_are_read_and_named() -> None:
    rows = by_item()

    def hide(sheet: Worksheet) -> None:
        for row in (6, 7, 9):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["F"].hidden = True

    result = full(rows, change=hide).result()
    (problem,) = problems(result, "form-hidden")
    assert total(result) == "100"
    assert problem.severity is Severity.NOTE
    assert "第 6-7、9 行" in problem.message
    assert "F 列" in problem.message


def test_the_note_says_which_form_and_how_coarse() -> None:
    (note,) = problems(full(by_clause()).result(), "typed-table")
    assert "37 个自评分数（逐条 34 个，几条合写 3 个）" in note.message


def test_a_blank_is_not_claimed_and_no_fault() -> None:
    rows = by_clause()
    result = with_score(full(rows), 0, None).result()
    assert (total(result), most(result)) == ("91", "91")
    assert codes(result) == []
    assert result.self
    assert result.self.lines[0].claim.answer.kind is AnswerKind.BLANK


def test_points_beside_nothing_are_named() -> None:
    """Behind a subtotal, a number without a text belongs to no row."""
    table = full(by_item(), after={3: (None, None, "小计", None, None, None)})

    def lost(sheet: Worksheet) -> None:
        row = int(table.place(4)[1:])
        sheet.insert_rows(row)
        sheet[f"F{row}"] = 7

    result = replace(table, change=lost).result()
    (problem,) = problems(result, "typed-stranger")
    assert problem.location.cell == table.place(4)
    assert total(result) == "100"
