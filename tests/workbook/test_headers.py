"""The header of a table: found by its words wherever it stands, in one row or in two."""

from __future__ import annotations

import pytest

from jieyue_cli.workbook.cells import Sheet, Value
from jieyue_cli.workbook.headers import Header, HeaderWords

WORDS = {"名称": "name", "单位": "name", "自评": "self", "核查": "office"}
ONE_ROW = HeaderWords(WORDS, enough=lambda held: {"name", "self"} <= held, deepest=4, longest=10)
TWO_ROWS = HeaderWords(
    WORDS, enough=lambda held: {"name", "self"} <= held, deepest=4, divided=frozenset({"self", "office"})
)


def sheet(*rows: list[Value | None]) -> Sheet:
    return Sheet("表", rows)


def test_every_column_of_one_meaning_is_named_from_the_left() -> None:
    header = ONE_ROW.first_in(sheet(["自评表"], [], ["自评", "单位", None, "名 称：", "核查（初评）", 3]))
    assert header == Header(3, 3, {"self": (1,), "name": (2, 4), "office": (5,)})


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["名称", "备注"]],
        [[None], [None], [None], [None], ["名称", "自评"]],
        [["名称（请填写单位的全称）", "自评"]],
        [["名称"], ["自评"]],
    ],
    ids=["nothing", "a word missing", "too deep", "a cell too long", "on two rows"],
)
def test_what_is_no_header_of_one_row(rows: list[list[Value | None]]) -> None:
    assert ONE_ROW.first_in(sheet(*rows)) is None


def test_a_second_row_divides_a_column_of_the_first() -> None:
    header = TWO_ROWS.first_in(sheet(["名称", "得分", None], [None, "自评", "核查"]))
    assert header == Header(1, 2, {"name": (1,), "self": (2,), "office": (3,)})


@pytest.mark.parametrize("below", [[None, "自评", 5], [None, "自评", "单位"], []])
def test_a_second_row_with_anything_else_is_no_part_of_the_header(below: list[Value | None]) -> None:
    assert TWO_ROWS.first_in(sheet(["名称", "自评", "得分"], below)) == Header(1, 1, {"name": (1,), "self": (2,)})


def test_all_headers_of_a_sheet_are_found_from_the_top_down() -> None:
    headers = TWO_ROWS.all_in(sheet(["名称", "得分"], [None, "自评"], ["甲局", 5], ["自评", "名称"]))
    assert [(header.first, header.last) for header in headers] == [(1, 2), (4, 4)]


def test_a_header_may_need_several_words_in_its_first_row() -> None:
    words = HeaderWords(WORDS, enough=bool, deepest=9, fewest=2)
    header = words.first_in(sheet(["单位"], ["单位", "核查"]))
    assert header is not None
    assert header.first == 2
