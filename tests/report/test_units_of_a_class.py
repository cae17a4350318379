"""Where the agencies of one class have no part in a unit: no report shifts its columns, or counts it as lost."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from any_form import Filled, book_of
from jieyue_cli.assessment import Result, assess
from jieyue_cli.report import csv as csv_table
from jieyue_cli.report import encoding
from jieyue_cli.report.console.batch import batch_view
from jieyue_cli.report.console.score import score_view
from jieyue_cli.report.feedback import feedback_of
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.markdown.form import _units as markdown_units
from jieyue_cli.report.page.tables import Scores
from jieyue_cli.report.ranking import rows
from jieyue_cli.report.workbook import book
from report.builders import printed
from scoring.standards import criterion, item, standard, unit

RUBRIC = standard(
    unit("1", item("A", criterion("A1", "6"))),
    unit("2", item("B", criterion("B1", "4")), when=["独立办公"], must="50%"),
    unit("3", item("C", criterion("C1", "4")), when=["集中办公"]),
    unit("4", item("X", criterion("X1", "2")), bonus=True, entry={"above": "9"}),
    passing="6",
    points="10",
    classes=["独立办公", "集中办公"],
)
SAID = {"A1": "是", "B1": "否", "C1": "是", "X1": "是"}
NOT_ENTERED = "第4部分未进入：基础分 6 分，不高于 9 分，本单元不计分"


def results() -> list[Result]:
    return [assess(f"{group}.xlsx", book_of(RUBRIC, Filled(group, SAID, {})), RUBRIC) for group in RUBRIC.classes]


@pytest.fixture(scope="module")
def both() -> list[Result]:
    return results()


def test_json_keeps_every_unit_in_its_place(both: list[Result]) -> None:
    own, shared = (json.loads(encoding.ResultEncoder()(result))["self"] for result in both)
    assert [(each["id"], each["points"], each["score"], len(each["items"])) for each in own["units"]] == [
        ("1", 6, 6, 1),
        ("2", 4, 0, 1),
        ("3", 0, 0, 0),
        ("4", 2, 0, 1),
    ]
    assert [each["score"] for each in shared["units"]] == [6, 0, 4, 2]
    assert [each.get("uncounted") for each in own["units"]] == [None, None, None, [NOT_ENTERED]]
    assert own["requirements"] == [{"id": "2", "text": "第2部分", "reach": "50%", "met": False}]
    assert "requirements" not in shared


def test_tables_have_a_gap_there(both: list[Result]) -> None:
    findings = Findings(RUBRIC, both)
    written = list(csv.DictReader(io.StringIO(csv_table.render(findings).decode("utf-8-sig"))))
    names = [f"{each.name}（自评）" for each in RUBRIC.units]
    assert [[row[name] for name in names] for row in written] == [["6", "0", "", "0"], ["6", "", "4", "2"]]
    scores = Scores()
    assert [scores.side(result.self).units for result in both if result.self] == [
        ("6", "0", "", "0"),
        ("6", "", "4", "2"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(book.render(findings)))["排名"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == 2030]
    head = next([str(cell.value) for cell in row] for row in sheet.iter_rows() if row[0].value == "年度")
    at = [next(i for i, text in enumerate(head) if text.startswith(each.name)) for each in RUBRIC.units]
    assert sorted([str(row[place]) for place in at] for row in shown) == [["6", "0", "—", "0"], ["6", "—", "4", "2"]]
    assert any(NOT_ENTERED in str(cell) for row in shown for cell in row)
    assert "—" in printed(batch_view(findings))


def test_what_one_agency_reads_leaves_it_out(both: list[Result]) -> None:
    own = both[0]
    assert own.self is not None
    assert "第3部分" not in printed(score_view(own, detail=True))
    assert "第3部分" not in markdown_units(own.self, None)
    facts = dict(feedback_of(rows(Findings(RUBRIC, [own]))[0]).facts)
    assert facts["不计"] == NOT_ENTERED
    assert facts["必须"] == "2 第2部分：得 0 分，没有做到（达标比例不低于50%）"
