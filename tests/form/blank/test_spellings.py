"""Every way to write an answer brings the same points in the score and in the form's own preview."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from any_form import Filled, book_of, differences, scored
from form.test_tolerance_doc import CHOICES
from form.test_tolerance_doc import ROWS as TOLERATED
from jieyue_cli.form.layout import PENDING, Column
from jieyue_cli.form.layout import rows as layout_rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from scoring.standards import Data, criterion, item, standard, unit
from soffice import calculated

LONG = "长" * 57
LADDER: list[Data] = [
    {"name": name, "points": points} for name, points in (("A", 4), ("b", 3), ("Yes", 2), ("丙 级", 1))
]
FIGURES: list[Data] = [{"name": name, "points": points} for name, points in (("50%", 4), ("33", 3), ("0.1", 2))]
WORDY: list[Data] = [{"name": f"{LONG}{number}", "points": points} for number, points in (("（一）", 4), ("（二）", 2))]
FAULTS: list[Data] = [{"text": "没有计划", "lose": 1}, {"text": "烟头", "lose": "0.5", "measure": "个"}]
WATER: Data = {"kind": "bands", "unit": "立方米/人", "bands": [{"up_to": 10, "points": 4}, {"up_to": 20, "points": 1}]}
RULES: dict[str, Data] = {
    "yes": {"kind": "all_or_nothing"},
    "count": {"kind": "count", "each": "0.25", "measure": "人次"},
    "step": {"kind": "ladder", "steps": LADDER},
    "figure": {"kind": "ladder", "steps": FIGURES},
    "wordy": {"kind": "ladder", "steps": WORDY},
    "water": WATER,
    "rate": {"kind": "completion_rate"},
    "judged": {"kind": "judged", "step": "0.5"},
    "faults": {"kind": "deductions", "faults": FAULTS},
    "ratio": {**WATER, "relative_to": "均值", "bands": [{"up_to": 1, "points": 4}]},
}
SPELLINGS: dict[str, list[tuple[Any, str]]] = {
    "yes": [
        *((spelling, "4") for spelling in ("是", "yes", "Y", "Ｙ", "１", 1, "√")),
        *((spelling, "0") for spelling in ("否", "no", "Ｎ", "０", 0, "无")),
        *((spelling, "缺项") for spelling in ("不涉及", "合理缺项", "－", "-", "／", "n/a", " － ")),
        ("基本", "待更正"),
    ],
    "count": [
        *(
            (spelling, "0.75")
            for spelling in (3, "3", "3项", "3 项", "3人次", "3 人次", "3次", "三", "三人次", "　3　项")
        ),
        *((spelling, "2.5") for spelling in ("十", "十个", 10, "10 人次")),
        *((spelling, "0") for spelling in ("无", "0项", "零次", "没有")),
        *((spelling, "缺项") for spelling in ("－", "合理缺项")),
        *(
            (spelling, "待更正")
            for spelling in ("3人", "项", "无项", "-3项", "2.5项", "项3", "3项项", "10000项", "二十次")
        ),
    ],
    "step": [
        *((spelling, "4") for spelling in ("A", "a", " a ")),
        *((spelling, "3") for spelling in ("b", "B")),
        *((spelling, "2") for spelling in ("Yes", "yes", "YES")),
        *((spelling, "1") for spelling in ("丙 级", "丙　级")),
        *((spelling, "0") for spelling in ("无", "no", "否", 0)),
        *((spelling, "待更正") for spelling in ("C", "A级", 1, "是")),
    ],
    "figure": [
        *((spelling, "4") for spelling in ("50%", 0.5)),
        *((spelling, "3") for spelling in ("33", 33)),
        *((spelling, "2") for spelling in ("0.1", 0.1)),
        *((spelling, "0") for spelling in ("无", 0)),
        *((spelling, "待更正") for spelling in (50, 0.33, "60%", 1, True)),
    ],
    "wordy": [(f"{LONG}（一）", "4"), (f"{LONG}（二）", "2"), (f"{LONG}（三）", "待更正"), ("无", "0")],
    "water": [
        *((spelling, "4") for spelling in (9.5, "9.5", "9.5立方米/人", "9.5 立方米/人", "　9.5 立方米/人")),
        *((spelling, "1") for spelling in (12.5, "12.5 立方米/人")),
        *((spelling, "待更正") for spelling in ("12.5吨", "12.5 立方米", "立方米/人", "约9.5", "-3 立方米/人")),
        ("－", "缺项"),
    ],
    "rate": [
        *((spelling, "2") for spelling in (0.5, "50%", "50 %", 50, "50")),
        ("合理缺项", "缺项"),
        ("0.5", "待更正"),
    ],
    "judged": [
        *((spelling, "2.5") for spelling in (2.5, "2.5", "2.5分", "2.5 分")),
        *((spelling, "待更正") for spelling in ("2.7分", "分", "4.5分")),
    ],
    "faults": [
        (("否", 0), "4"),
        (("否", "3个"), "2.5"),
        (("不涉及", "3 个"), "2.5"),
        (("是", "不涉及"), "3"),
        (("否", "－"), "4"),
        (("不涉及", "合理缺项"), "缺项"),
        (("不涉及", None), "0"),
        (("不涉及", "若干"), "待更正"),
    ],
    "ratio": [
        ((9, "10 立方米/人"), "4"),
        ((9, "不涉及"), "待更正"),
        (("－", 10), "待更正"),
        (("不涉及", "不涉及"), "缺项"),
        (("不涉及", None), "待更正"),
        ((9, None), "0"),
    ],
}


def rubric() -> Rubric:
    criteria = [criterion(name, "4", rule=rule) for name, rule in RULES.items()]
    return standard(unit("1", item("I", *criteria)), passing="20", not_applicable="dropped")


RUBRIC = rubric()


def written(number: int) -> tuple[dict[str, Any], list[str]]:
    """The answers of one form, every kind in its turn, and what they should bring."""
    entered: dict[str, Any] = {}
    worth = []
    for each in RUBRIC.criteria:
        cells, brings = SPELLINGS[each.id][number % len(SPELLINGS[each.id])]
        told = cells if isinstance(cells, tuple) else (cells,)
        entered |= {question.id: cell for question, cell in zip(each.questions, told, strict=True)}
        worth.append(brings)
    return entered, worth


FORMS = range(max(map(len, SPELLINGS.values())))


@pytest.mark.slow
@pytest.mark.parametrize("number", FORMS)
def test_the_score_takes_each_spelling_for_what_it_means(number: int) -> None:
    entered, worth = written(number)
    card = scored(RUBRIC, book_of(RUBRIC, Filled(None, entered, {}))).self
    assert card is not None
    words = {LineState.PENDING: "待更正", LineState.EXCLUDED: "缺项"}
    told = [words.get(line.state) or reasons.worth(line).removesuffix(" 分") for line in card.lines]
    assert (entered, told) == (entered, worth)


@pytest.mark.libreoffice
def test_the_preview_takes_each_spelling_as_the_score_does(tmp_path: Path) -> None:
    books = []
    for number in FORMS:
        entered, _ = written(number)
        books.append(book_of(RUBRIC, Filled(None, entered, entered)))
    shown = calculated(books, tmp_path)
    assert [differences(RUBRIC, *pair) for pair in zip(books, shown, strict=True)] == [[]] * len(books)


SECTIONS: dict[str, tuple[str, Data, tuple[str, ...]]] = {
    "yes": ("4", {"kind": "all_or_nothing"}, ("是", "否", "不涉及")),
    "count": ("4", {"kind": "count", "each": "0.01", "measure": "人次"}, ("数量",)),
    "step": (
        "6",
        {"kind": "ladder", "steps": [{"name": name, "points": 6 - at} for at, name in enumerate(CHOICES)]},
        ("档次",),
    ),
    "amount": (
        "4",
        {"kind": "linear", "unit": "立方米/人", "above": 0, "per": "0.1", "gain": "0.01"},
        ("数值",),
    ),
    "rate": ("4", {"kind": "completion_rate"}, ("百分数",)),
    "judged": ("3", {"kind": "judged", "step": "0.5"}, ("酌情得分",)),
}
"""Criterion → its points, its rule, and the tables of tolerance.md that hold for it."""
ONLY_WHEN_READ = {
    *("３", "１２．５", "２．５", "９５％", "+3", "3.0", "003", "12.50", "-0"),
    *("Ｂ 级", "12.5 立方米／人"),
}
"""What the preview leaves open and the reader understands."""


@pytest.mark.libreoffice
def test_the_preview_shows_the_score_of_every_row_of_the_tolerance_page_or_leaves_it_open(tmp_path: Path) -> None:
    criteria = [criterion(name, points, rule=rule) for name, (points, rule, _) in SECTIONS.items()]
    tolerant = standard(unit("1", item("I", *criteria)), passing="20", not_applicable="dropped")
    # a date would leave its format in the cells of the forms after it; of TRUE in a cell for percentages LibreOffice
    # makes 100 %
    values = {
        name: [
            row.value
            for row in TOLERATED
            if row.section in sections and not isinstance(row.value, dt.date) and (name, row.value) != ("rate", True)
        ]
        for name, (_, _, sections) in SECTIONS.items()
    }
    entered = [
        {name: listed[number % len(listed)] for name, listed in values.items()}
        for number in range(max(map(len, values.values())))
    ]
    books = [book_of(tolerant, Filled(None, answers, {})) for answers in entered]
    rows = {row.address(Column.SELF_SCORE): row.id for row in layout_rows(tolerant) if row.scored}
    left_open: dict[object, object] = {}
    for answers, form, cells in zip(entered, books, calculated(books, tmp_path), strict=True):
        for address, shown, _ in differences(tolerant, form, cells):
            if address in rows:
                left_open[answers[rows[address]]] = shown
    assert left_open == dict.fromkeys(ONLY_WHEN_READ, PENDING)
