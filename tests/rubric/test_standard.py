"""The shipped standard, held against the published text (white space and width folded) and a table made by hand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from jieyue_cli.rubric.model import Criterion, Item, NotApplicable, Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.scoring.scoring import settled
from jieyue_cli.submission import Answer, AnswerKind
from published import COUNTED, ITEMS, ORDER, PASS_MARK, UNITS, YES_NO, full, worth

SOURCE = Path(__file__).parents[1] / "source" / "gaoping_2020.txt"


def brings(criterion: Criterion, answer: int) -> Fraction:
    return settled(criterion, {criterion.id: Answer(AnswerKind.VALUE, Decimal(answer))}).at_least


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


TEXT = SOURCE.read_text(encoding="utf-8")
FOLDED = folded(TEXT)


@dataclass
class Printed:
    """One row of the published table."""

    unit: str
    item: str
    sentences: str
    points: int


def printed_table() -> list[Printed]:
    """Read the annex: a row a line, cells by tabs; a line with one cell goes on with the row above it."""
    annex = re.sub(r"</p>\s*\n\s*<p>", "", TEXT[TEXT.index("序号\t评价单元") :])
    table: list[Printed] = []
    unit = ""
    for line in annex.splitlines()[1:]:
        cells = [folded(re.sub(r"</?p>", "", cell)) for cell in line.split("\t")]
        cells = [cell for cell in cells if cell]
        if cells[:1] == ["总分"]:
            assert cells == ["总分", "100"]
            return table
        if len(cells) == 1:
            table[-1].sentences += cells[0]
        elif cells:
            *head, item, sentences, points = cells
            unit = head[-1] if head else unit
            table.append(Printed(unit, item, sentences, int(points)))
    raise AssertionError


def whole_cell(item: Item) -> str:
    """Join an item's sentences the way the table prints them: a clause's number once, before its first sentence."""
    cell, before = "", ""
    for criterion in item.criteria:
        cell += criterion.clause * (criterion.clause != before) + criterion.text
        before = criterion.clause
    return folded(cell)


def test_every_item_holds_its_whole_printed_cell_under_its_printed_unit(rubric: Rubric) -> None:
    units = {unit.id: f"{unit.name}({unit.points}分)" for unit in rubric.units}
    ours = [
        Printed(units[item.printed_under or unit.id], item.name, whole_cell(item), int(item.points))
        for unit in rubric.units
        for item in unit.items
    ]
    assert ours == printed_table()


@pytest.mark.parametrize("identifier", ORDER)
def test_the_sentence_states_the_points(rubric: Rubric, identifier: str) -> None:
    criterion = rubric.by_id[identifier]
    sentence = folded(criterion.text)
    assert folded(TEXT.replace("<p>", "")).count(sentence) == 1
    stated = [int(points) for points in re.findall(r"得(\d)分", sentence)]
    if identifier == "1.1.1":
        assert stated == []
    elif identifier in COUNTED:
        assert stated == [COUNTED[identifier][1], criterion.points]
    else:
        assert stated == [criterion.points]


def test_five_units_twelve_items_forty_two_criteria_a_hundred_points(rubric: Rubric) -> None:
    assert tuple(criterion.id for criterion in rubric.criteria) == ORDER
    assert {unit.id: unit.points for unit in rubric.units} == UNITS
    assert {item.id: item.points for item in rubric.items} == ITEMS
    assert {criterion.id: criterion.points for criterion in rubric.criteria} == {id_: full(id_) for id_ in ORDER}
    kinds = {criterion.id: criterion.questions[0].asked.type for criterion in rubric.criteria}
    yes_no, counted = dict.fromkeys(YES_NO, AnswerType.YES_NO), dict.fromkeys(COUNTED, AnswerType.COUNT)
    assert kinds == yes_no | counted
    assert (len(UNITS), len(ITEMS), len(YES_NO), len(COUNTED)) == (5, 12, 37, 5)
    assert rubric.points == sum(UNITS.values()) == 100


def test_reduction_at_the_source_is_in_the_unit_whose_points_need_it(rubric: Rubric) -> None:
    units = {unit.name: [(item.name, int(item.points)) for item in unit.items] for unit in rubric.units}
    assert units["实行生活垃圾分类"] == [("源头减量", 8), ("分类投放", 6), ("分类收运", 8)]
    assert units["推行绿色办公"] == [("行为节约", 9), ("绿色采购", 6), ("绿色出行", 6), ("绿色食堂", 4)]
    assert {item.name: item.printed_under for item in rubric.items if item.printed_under} == {"源头减量": "3"}


def test_what_stands_around_the_table(rubric: Rubric) -> None:
    for words in (rubric.title, rubric.document, *rubric.issuers, f"附件:{rubric.title}"):
        assert folded(words) in FOLDED
    assert rubric.title == "高平市节约型机关评价标准"
    assert rubric.document == "高能源发〔2020〕42号"
    assert rubric.issuers == ("高平市能源局", "高平市发展和改革委员会", "高平市财政局")
    assert rubric.issued == date(2020, 8, 3)
    assert "2020年8月3日印发" in FOLDED
    assert rubric.pass_mark == PASS_MARK
    assert "评价总得分80分(含)以上的党政机关,认定为节约型机关" in FOLDED
    assert rubric.not_applicable is NotApplicable.NOT_ALLOWED
    assert "不涉及" not in FOLDED


def test_the_targets(rubric: Rubric) -> None:
    sentence = FOLDED[FOLDED.index("二、主要目标") : FOLDED.index("三、创建范围")]
    stated = re.findall(r"(\d{4})年底,(?:全市)?(\d+)%的党政机关", sentence)
    assert {year: share * 100 for year, share in rubric.targets.items()} == {
        int(year): int(percent) for year, percent in stated
    }
    assert rubric.targets == {2020: Fraction(1, 4), 2021: Fraction(1, 2), 2022: Fraction(7, 10)}


def test_the_scope(rubric: Rubric) -> None:
    sentence = FOLDED[FOLDED.index("三、创建范围") : FOLDED.index("四、创建内容")]
    assert rubric.scope == (
        "党的机关",
        "人大机关",
        "行政机关",
        "政协机关",
        "监察机关",
        "审判机关",
        "检察机关",
        "人民团体（工会、共青团、妇联等）",
        "参照公务员法管理的事业单位",
    )
    body, _, others = sentence.partition("检察机关")
    assert "、".join(rubric.scope[:6]) + "、" == body[body.index("党的机关") :]
    assert others == ",以及工会、共青团、妇联等人民团体和参照公务员法管理的事业单位。"


def test_the_calendar(rubric: Rubric) -> None:
    assert [(deadline.by, deadline.what, deadline.step, deadline.due(2021)) for deadline in rubric.calendar] == [
        ("2020-08-15", "创建实施方案报市能源局备案", "plan", date(2020, 8, 15)),
        ("每年10月31日", "自评并报送自评报告、自评打分表和佐证材料", "self_assessment", date(2021, 10, 31)),
        ("每年11月5日", "市能源局组织核查", "verification", date(2021, 11, 5)),
    ]
    for words in (
        "于2020年8月15日前将本单位节约型机关创建实施方案报市能源局",
        "每年10月底前,各创建单位",
        "报送自评报告、自评打分表和相关佐证材料",
        "11月5日前,市能源局将牵头组织对本级党政机关创建情况进行核查",
    ):
        assert words in FOLDED


@pytest.mark.parametrize("identifier", COUNTED)
def test_counts_are_worth_what_the_hand_made_table_says(rubric: Rubric, identifier: str) -> None:
    criterion = rubric.by_id[identifier]
    counts = (*range(8), 100, 9999)
    assert [brings(criterion, count) for count in counts] == [worth(identifier, count) for count in counts]
    possible = sorted({worth(identifier, count) for count in counts})
    assert list(criterion.steps or ()) == possible


POSSIBLE = {"5.2.2": [0, 2, 4], "5.1.1": [0, 2, 4], "2.1.2": [0, 2], "1.1.1": [0, 9], "2.2.3": [0, 1, 2, 3, 4, 5]}


@pytest.mark.parametrize("identifier", POSSIBLE)
def test_only_some_points_are_possible(rubric: Rubric, identifier: str) -> None:
    criterion = rubric.by_id[identifier]
    assert [int(step) for step in criterion.steps or ()] == POSSIBLE[identifier]


@pytest.mark.parametrize("identifier", YES_NO)
def test_all_or_nothing(rubric: Rubric, identifier: str) -> None:
    criterion = rubric.by_id[identifier]
    assert brings(criterion, 1) == YES_NO[identifier] == criterion.points
    assert brings(criterion, 0) == 0
