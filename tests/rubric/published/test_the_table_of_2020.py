"""The table of 2020, in every layout in which it may arrive, gives the standard that was typed by hand from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import annex_2020
from jieyue_cli.problems import Code
from jieyue_cli.rubric.catalogue import DEFAULT, shipped
from jieyue_cli.rubric.published import Offer, offered
from jieyue_cli.rubric.source import build
from jieyue_cli.rubric.spreadsheet import written
from jieyue_cli.rubric.tree import Node, parse
from printed_tables import annex, document, merged_annex, workbook

ABOVE = ["附件", annex_2020.TITLE]
MOVED = (
    "源头减量 8 分印在“推行绿色办公”(25 分)下，9+6+6+4+8=33；"
    "移到“实行生活垃圾分类”(22 分)后 9+6+6+4=25、8+6+8=22，两边都相等"
)
HALVES = (annex()[:8], annex()[8:])
PARTED = next(row for row in annex_2020.ROWS if row[1] == "分类收运")


def over_two_pages() -> bytes:
    """A table cut within an item: its unit and name stand again on the next page, its points do not."""
    rows = annex()
    at = next(number for number, row in enumerate(rows) if row[2] == PARTED[1])
    first, rest = PARTED[2].split("\n", 1)
    upper = [*rows[:at], (None, None, PARTED[1], first, PARTED[3], None)]
    return document(upper, [rows[0], (None, PARTED[0], PARTED[1], rest, None, None), *rows[at + 1 :]], above=ABOVE)


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "merged": merged_annex,
    "left blank": lambda: workbook(annex()),
    "repeated": lambda: workbook(annex("repeated")),
    "one row a point": lambda: workbook(annex("by point")),
    "Word, merged": lambda: document(annex(), above=ABOVE),
    "Word, repeated": lambda: document(annex("repeated"), above=ABOVE, merge=False),
    "Word, two tables": lambda: document(*HALVES, above=ABOVE),
    "Word, the header on every page": lambda: document(HALVES[0], [HALVES[0][0], *HALVES[1]], above=ABOVE),
    "Word, cut within an item": over_two_pages,
}


def typed() -> dict[str, Node]:
    """The standard as it was typed by hand."""
    data = parse(shipped()[DEFAULT].read_bytes()).data
    assert isinstance(data, dict)
    return data


def sound(data: bytes) -> Offer:
    """What a file offers."""
    offer, problems = offered(data, "印发的表")
    assert problems == ()
    assert offer
    return offer


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_unit_item_sentence_and_rule_is_that_of_the_standard(layout: str) -> None:
    """Nowhere do they differ: a blank that typesetting puts beside a Chinese character is no part of a sentence."""
    assert sound(LAYOUTS[layout]()).data["units"] == typed()["units"]


@pytest.mark.parametrize("layout", ["merged", "Word, merged"])
def test_what_the_table_does_not_say_is_marked_and_nothing_else(layout: str) -> None:
    offer = sound(LAYOUTS[layout]())
    assert {key: value for key, value in offer.data.items() if key != "units"} == {
        "id": "local_standard",
        "version": "1",
        "title": annex_2020.TITLE,
        "document": "请填写文号",
        "issuers": ["请填写印发单位"],
        "issued": "2026-01-01",
        "points": "100",
        "pass_mark": "80",
        "targets": {"2026": "100%"},
        "scope": ["党政机关"],
    }
    assert offer.doubts == {
        ("title",): "取自表格上面的一行",
        ("document",): "请填写文号",
        ("issuers",): "请填写印发单位",
        ("issued",): "请填写印发日期",
        ("pass_mark",): "表里没有达标线，暂写 80%",
        ("targets",): "请填写年度目标",
        ("scope",): "请填写单位类别",
        ("units", 0, "items", 0, "criteria", 0): "没有写怎样得分，9 分全得或不得",
        ("units", 3, "items", 0): MOVED,
    }
    assert offer.told == (
        "读到 5 个评价单元、12 个评价项目、42 条。",
        "计分方式：全得或不得 37 条，按数量 5 条。",
        f"{MOVED}，已照此移动，请核对。",
        "各级分值合计相等。",
        "有 9 处请核对或填写，写在备注里，逐处看过再用。",
    )


def test_the_workbook_that_is_written_is_the_same_standard() -> None:
    offer = sound(merged_annex())
    rubric, problems = build(written(offer.data, offer.doubts))
    assert [problem.code for problem in problems] == [Code.RUBRIC_UNCHECKED]
    assert rubric
    assert [(criterion.id, criterion.text) for criterion in rubric.criteria] == [
        (criterion["id"], criterion["text"])
        for unit in _listed(offer.data["units"])
        for item in _listed(unit["items"])
        for criterion in _listed(item["criteria"])
    ]
    assert [item.note for item in rubric.items if item.note] == [f"请核对：{MOVED}"]


def _listed(node: Node) -> list[dict[str, Node]]:
    assert isinstance(node, list)
    return [entry for entry in node if isinstance(entry, dict)]
