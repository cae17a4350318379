"""What leads somewhere leads to the scores of the same form; what is too much for a sheet only loses its link."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from jieyue_cli.problems import Code
from jieyue_cli.report.workbook import book, cells
from report.builders import at, batch, result, varied


def opened(*forms: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(book.render(batch(forms) if forms else varied())))


@pytest.mark.parametrize(
    ("sheet", "name", "link", "total"),
    [("机关名单", 1, 6, 4), ("排名", 3, 4, None), ("机关核查对照", 1, 3, 5), ("问题清单", 2, 7, None)],
)
def test_a_link_leads_to_the_scores_of_the_same_agency(sheet: str, name: int, link: int, total: int | None) -> None:
    workbook = opened()
    scores = workbook["得分明细"]
    rows = [row for row in workbook[sheet].iter_rows(min_row=4) if row[link - 1].hyperlink]
    assert rows
    for row in rows:
        place = int(row[link - 1].hyperlink.location.removeprefix("'得分明细'!A"))
        assert scores.cell(place, 1).value == row[name - 1].value
        if total:
            assert scores.cell(place, total).value == row[link - 1].value


def test_forms_of_one_agency_lead_to_their_own_rows() -> None:
    workbook = opened(
        result("示例市甲局", year=2019, file="1.xlsx"), result("示例市甲局", {"1.1.1": "否"}, file="2.xlsx")
    )
    scores = workbook["得分明细"]
    for row in workbook["排名"].iter_rows(min_row=4):
        place = int(row[3].hyperlink.location.removeprefix("'得分明细'!A"))
        assert (scores.cell(place, 2).value, scores.cell(place, 4).value) == (row[0].value, row[3].value)


def test_links_lead_past_rows_that_are_higher_than_one_can_be() -> None:
    workbook = opened(result("长" * 3000, file="a.xlsx"), result("示例市乙局", {"1.1.1": "否"}, file="b.xlsx"))
    linked = [cell for row in workbook["排名"].iter_rows() for cell in row if cell.hyperlink]
    places = [int(cell.hyperlink.location.removeprefix("'得分明细'!A")) for cell in linked]
    assert [workbook["得分明细"].cell(place, 1).value for place in places] == ["长" * 3000, "示例市乙局"]


def test_more_links_than_a_sheet_can_hold_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_MOST_LINKS", 2)
    noted = [at(Code.YEAR_SPELLING, "J3", seen="2020年", year=2020)]
    workbook = opened(*(result(f"示例市第{number}局", problems=noted) for number in range(4)))
    for sheet, column in (("排名", 4), ("问题清单", 7)):
        row = [workbook[sheet].cell(row, column) for row in range(4, 8)]
        assert [cell.hyperlink is not None for cell in row] == [True, True, False, False]
        assert {cell.value for cell in row} in ({100}, {"查看"})
