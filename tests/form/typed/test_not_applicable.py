"""不涉及 in a table typed by hand: by the policy for one sentence; of a joint cell nothing says which is meant."""

from __future__ import annotations

import io

import openpyxl
import pytest

from any_form import scored
from jieyue_cli.assessment import Result
from jieyue_cli.scoring import reasons
from jieyue_cli.text.numbers import plain
from scoring.standards import criterion, item, standard, unit

SENTENCES = {"A": "建立节约用水的管理制度并落实", "B": "安装节水器具并定期维护检修", "C": "开展节约粮食的宣传教育活动"}


def read(policy: str, *, joint: bool) -> Result:
    """Read a table in which A is not applicable; or A and B in one merged cell."""
    criteria = [{**criterion(identifier, "2"), "text": text} for identifier, text in SENTENCES.items()]
    rubric = standard(unit("1", item("I", *criteria)), passing="4", not_applicable=policy)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["单位名称", "示例市财政局"],
        ["评价年度", 2030],
        ["评价项目", "评价标准", "分值", "自评得分"],
        ["第I部分", SENTENCES["A"], 2, "—"],
        ["第I部分", SENTENCES["B"], 2, None if joint else 2],
        ["第I部分", SENTENCES["C"], 2, 2],
    ):
        sheet.append(row)
    if joint:
        sheet.merge_cells("D4:D5")
    stream = io.BytesIO()
    book.save(stream)
    return scored(rubric, stream.getvalue())


READ: list[tuple[str, bool, str, list[str], list[str]]] = [
    ("full", False, "6", [], ["A"]),
    ("dropped", False, "4", [], ["A"]),
    ("not_allowed", False, "4", ["本标准不设“不涉及”，“—”按 0 分计；如已做到请改填，否则填“否”或 0。"], []),
    ("full", True, "2", ["几条合写一个“—”，看不出是哪几条，按 0 分计，请逐条填写。"], []),
    ("dropped", True, "2", ["几条合写一个“—”，看不出是哪几条，按 0 分计，请逐条填写。"], []),
    ("not_allowed", True, "2", ["本标准不设“不涉及”，“—”按 0 分计；如已做到请改填，否则填“否”或 0。"], []),
]


@pytest.mark.parametrize(("policy", "joint", "total", "told", "excused"), READ)
def test_a_dash_brings_what_the_policy_says(
    policy: str, *, joint: bool, total: str, told: list[str], excused: list[str]
) -> None:
    result = read(policy, joint=joint)
    card = result.self
    assert card is not None
    messages = [problem.message for problem in result.problems if problem.code.slug != "typed-table"]
    assert (plain(card.shown), messages, [line.id for line in card.excused]) == (total, told, excused)


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ("full", "几条合写“不涉及”，看不出是哪几条，不计分 → 0 分（Sheet!D4）"),
        ("not_allowed", "填“不涉及”，本标准不设不涉及 → 0 分（Sheet!D4）"),
    ],
)
def test_a_joint_dash_says_why_it_brings_nothing(policy: str, why: str) -> None:
    card = read(policy, joint=True).self
    assert card is not None
    assert [reasons.why(line) for line in card.lines if line.id == "A+B"] == [why]
