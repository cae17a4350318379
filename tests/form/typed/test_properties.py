"""What holds for every typed table, whatever its layout, and for every sheet that only looks like one."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieyue_cli.assessment import Result, Status, assess
from jieyue_cli.form.recognise import FormReader
from jieyue_cli.form.typed.scores import possible_scores
from jieyue_cli.problems import Severity, has_errors
from jieyue_cli.workbook.cells import Area, CellState, FileKind, Sheet, Workbook
from soffice import resaved
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
    problems,
    saved,
    total,
    verified,
    with_score,
)

GRANULARITIES = (by_item(), by_item(""), by_clause(), by_criterion())
NOISE = (
    lambda text: text,
    lambda text: text.replace("，", ", "),
    lambda text: text.replace("得", "得 ").replace("分；", " 分;"),
    " ".join,
    lambda text: text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    lambda text: text.replace("。", ""),
    lambda text: text.replace("，", "，\n"),
)
tried = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def layouts(draw: st.DrawFn) -> tuple[Table, int]:
    """A table in a random layout with random possible scores, and their sum."""
    noise: Callable[[str], str] = draw(st.sampled_from(NOISE))
    lines = tuple(replace(line, text=noise(line.text)) for line in draw(st.sampled_from(GRANULARITIES)))
    merge = draw(st.sets(st.sampled_from(["unit", "item"])))
    price_per = draw(st.sampled_from(["line", "merged", "first", "none"]))
    per_item = draw(st.booleans())
    scores: list[Any] = []
    for index, line in enumerate(lines):
        whole = [each for each in lines if each.item is line.item]
        first = index == 0 or lines[index - 1].item is not line.item
        criteria = line.item.criteria if per_item else line.criteria
        possible = sorted(possible_scores(criteria) or ())
        scores.append(int(draw(st.sampled_from(possible))) if first or not per_item else None)
        if per_item and len(whole) > 1:
            merge.add("self")
    header = draw(st.permutations([*HEADER, "备注"]))
    word = draw(st.sampled_from(WORDS["self"]))
    table = Table(
        lines,
        tuple(scores),
        header=(tuple(word if each == "自评得分" else each for each in header),),
        above=(*((None,) for _ in range(draw(st.integers(0, 5)))), *ABOVE),
        price_per=price_per,
        merge=frozenset(merge),
        left=draw(st.integers(1, 4)),
    )
    return table, sum(score for score in scores if score is not None)


def sound(result: Result) -> None:
    """0 ≤ score ≤ points at every level, and a total is the sum of its lines."""
    for card in (result.self, result.verified):
        if card is None:
            continue
        assert sum(line.score for line in card.lines) == card.total <= card.at_most <= RUBRIC.points
        assert sorted(each.id for line in card.lines for each in line.criteria) == sorted(RUBRIC.by_id)
        assert all(0 <= line.score <= line.at_most <= line.points for line in card.lines)
        for unit in card.units:
            assert 0 <= unit.score <= unit.unit.points
            assert all(0 <= item.score <= item.item.points for item in unit.items)


@tried
@given(layouts())
def test_any_layout_with_possible_scores_gives_the_sum_written(made: tuple[Table, int]) -> None:
    table, written = made
    result = table.result()
    sound(result)
    assert total(result) == str(written)
    assert codes(result, Severity.ERROR, Severity.WARNING) == []
    assert result.self
    places = {table.place(index): score for index, score in enumerate(table.scores) if score is not None}
    for line in result.self.lines:
        assert line.claim.sheet == "自评表"
        assert places[line.claim.cell or ""] == line.score


DAMAGES = ("见附件", -1, 999, "2-3", 0.5, "#REF!", "=1+1", "满分", True)


@tried
@given(layouts(), st.data())
def test_one_damaged_score_is_told_at_its_cell_and_costs_only_its_points(
    made: tuple[Table, int], data: st.DataObject
) -> None:
    table, written = made
    used = [index for index, score in enumerate(table.scores) if score is not None]
    index = data.draw(st.sampled_from(used))
    damaged = with_score(table, index, data.draw(st.sampled_from(DAMAGES)))
    result = damaged.result()
    sound(result)
    assert total(result) == str(written - table.scores[index])
    assert [problem.location.cell for problem in result.problems if problem.severity is not Severity.NOTE] == [
        table.place(index)
    ]


@tried
@given(layouts(), st.data())
def test_what_is_not_matched_is_never_scored(made: tuple[Table, int], data: st.DataObject) -> None:
    """Words lost from one sentence: no criterion of that row may bring points from a score that could include it."""
    table, written = made
    index = data.draw(st.integers(0, len(table.lines) - 1))
    line = table.lines[index]
    position = data.draw(st.integers(0, len(line.text) - 1))
    changed = replace(line, text=line.text[:position] + "绿绿绿绿绿绿绿" + line.text[position:])
    lines = (*table.lines[:index], changed, *table.lines[index + 1 :])
    result = replace(table, lines=lines).result()
    sound(result)
    assert result.self
    assert result.self.total <= written
    assert result.self.at_most >= written
    if result.self.total < written:
        assert has_errors(result.problems)


# -- sheets that are no typed table -----------------------------------------------------------------------------------


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [word for words in WORDS.values() for word in words]
        + [
            "总分",
            "小计",
            "单位：",
            "2020年",
            "评价年度",
            "填报单位（盖章）",
            "达标",
            "等级",
            "管理机构",
            "完善制度体系",
        ]
        + [line.text for line in GRANULARITIES[3][:6]]
    ),
    st.text(max_size=12),
    st.integers(-5, 200),
    st.floats(),
    st.booleans(),
    st.dates(),
)
AREAS = st.tuples(st.integers(1, 12), st.integers(1, 8), st.integers(0, 6), st.integers(0, 5)).map(
    lambda box: Area(box[0], box[1], box[0] + box[2], box[1] + box[3])
)
SHEETS = st.builds(
    Sheet,
    st.sampled_from(["甲", "乙"]),
    st.lists(st.lists(CELLS, max_size=8), max_size=14),
    st.dictionaries(st.tuples(st.integers(1, 14), st.integers(1, 8)), st.sampled_from(CellState), max_size=4),
    st.lists(AREAS, max_size=4).map(tuple),
)
LIKE = st.builds(
    lambda sheet, header: msgspec.structs.replace(sheet, rows=[header, *sheet.rows]),
    SHEETS,
    st.permutations(["序号", "项目", "内容", "分值", "得分", "核查得分"]),
)


@settings(tried, max_examples=250)
@given(st.lists(st.one_of(SHEETS, LIKE), max_size=3))
def test_random_sheets_never_crash_and_never_score(sheets: list[Sheet]) -> None:
    submission, found = FormReader(RUBRIC).read(Workbook(FileKind.XLSX, tuple(sheets)))
    assert submission is None
    assert has_errors(found)


SUBJECTS = (
    "机关",
    "能源",
    "节能",
    "经费",
    "预算",
    "管理",
    "设备",
    "采购",
    "培训",
    "会议",
    "印刷",
    "公务",
    "用车",
    "维修",
)


@pytest.mark.parametrize("seed", range(20))
def test_budgets_and_appraisals_with_the_same_headings_are_refused(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- a test's dice
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(dice.sample(["序号", "项目", "内容", "分值", "得分", "备注"], 6))
    for _ in range(dice.randrange(60)):
        words = ["".join(dice.choices(SUBJECTS, k=dice.randrange(1, 6))) for _ in range(3)]
        sheet.append([*words, dice.randrange(20), dice.randrange(20), dice.choice([None, "合计", 3.5])])
    result = assess("预算.xlsx", saved(book), RUBRIC)
    assert result.status is Status.UNREADABLE
    assert [problem.code.slug for problem in result.problems] == ["typed-other"]


def test_another_standards_table_that_shares_some_sentences_is_refused() -> None:
    """A superseding standard keeps items and a third of the sentences."""
    rows = by_clause()
    other = tuple(
        line if n % 3 == 0 else replace(line, text=f"新标准第{n}条要求，得{line.most}分") for n, line in enumerate(rows)
    )
    result = full(other).result()
    assert result.status is Status.UNREADABLE
    (problem,) = result.problems
    assert problem.code.slug == "typed-other"


def long_sheet(line: Callable[[int], list[Any]]) -> Workbook:
    """A sheet of 2,000 rows below a typed table's header."""
    rows = [["序号", "项目", "评价标准", "分值", "自评得分"], *(line(n) for n in range(2000))]
    return Workbook(FileKind.XLSX, (Sheet("长表", rows, {}, (Area(2, 4, 2001, 4),)),))


@pytest.mark.timed
@pytest.mark.parametrize(
    "line",
    [
        lambda n: [n, "管理机构", by_item()[1].text, 5, 5],
        lambda n: [n, f"项目{n}", "预算" * 40, 5, "5分"],
        lambda n: [n, None, None, None, n],
        lambda n: [n, "管理机构", None, 5, n],
        lambda n: [None, "小计", None, 5, n],
        lambda n: ["序号", "项目", "评价标准", "分值", "自评得分"],
        lambda n: [f"格{n}-{column}" for column in range(100)],
        lambda n: ["长 " * 300, "条 " * 300, n, n],
        lambda n: [n, GRANULARITIES[3][n % 42].text, GRANULARITIES[3][(n + 1) % 42].text, n, n],
    ],
)
def test_two_thousand_rows_take_less_than_a_second(line: Callable[[int], list[Any]]) -> None:
    book = long_sheet(line)
    start = time.process_time()  # of this process alone: other programs do not count
    submission, found = FormReader(RUBRIC).read(book)
    assert time.process_time() - start < 1
    assert found
    assert submission is None or all(claim.answer.value is None for claim in submission.self.claims)


# -- as LibreOffice saves them ----------------------------------------------------------------------------------------


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_typed_table_saved_by_libreoffice_reads_the_same(extension: str, tmp_path: Path) -> None:
    rows = by_clause()
    scores: list[Any] = [None] * len(rows)
    for index, line in enumerate(rows):
        if index == 0 or rows[index - 1].item is not line.item:
            scores[index] = int(line.item.points)
    scores[index_of(rows, "3.2.1")] = 3
    table = Table(
        rows,
        tuple(scores),
        tuple(line.most for line in rows),
        header=(VERIFIED,),
        price_per="merged",
        merge=frozenset({"unit", "item", "self"}),
        below=((None, None, None, "总分", 100, "=SUM(F4:F40)", "=SUM(G4:G40)-1"),),
    )
    (data,) = resaved([table.written()], extension, tmp_path)
    result = assess(f"表.{extension}", data, RUBRIC)
    sound(result)
    assert (total(result), verified(result)) == ("97", "100")
    assert codes(result) == ["total-disagrees"]
    (problem,) = problems(result, "total-disagrees")
    assert problem.location.cell == f"G{table.place(len(rows))[1:]}"
    assert result.agency
    assert (result.agency.name, result.agency.year) == ("示例市财政局", 2020)
    assert result.self
    assert [line.claim.cell for line in result.self.lines][:2] == ["F4", "F5"]


def test_the_builders_rows_are_the_standards() -> None:
    """The properties above mean something only if every row holds what it says."""
    for lines in GRANULARITIES:
        ids = [criterion.id for line in lines for criterion in line.criteria]
        assert ids == list(RUBRIC.by_id)
    assert isinstance(GRANULARITIES[0][0], Line)
