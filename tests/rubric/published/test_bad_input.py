"""Files from which no standard can be made: where and why, and never an exception."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieyue_cli.problems import Code
from jieyue_cli.rubric.published import offered, word
from jieyue_cli.rubric.source import build
from jieyue_cli.rubric.spreadsheet import written
from jieyue_cli.workbook.limits import MIB
from printed_tables import HEADER, annex, document, sheets, workbook
from workbook.builders import ole

ONE = (HEADER, ("甲(1分)", "a", "做到得1分", 1))
BOLD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


@cache
def _one() -> bytes:
    return document(ONE)


def with_body(body: bytes) -> bytes:
    """A Word document whose body is this."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_one())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name == word.MAIN else old.read(name))
    return made.getvalue()


def overlapping() -> bytes:
    """A sheet whose merged areas lie over each other, as no program writes them."""
    made = io.BytesIO()
    areas = "".join(f'<mergeCell ref="A{row}:D4"/>' for row in (1, 2, 3))
    with zipfile.ZipFile(io.BytesIO(workbook([*ONE, ONE[1], ONE[1]]))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", f'</sheetData><mergeCells count="3">{areas}</mergeCells>'.encode())
            new.writestr(name, part)
    return made.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], list[tuple[Code, str]]]] = {
    "no table": (lambda: workbook([("甲", "乙")]), [(Code.PUBLISHED_NONE, "f")]),
    "a document without a table": (lambda: document(above=["附件"]), [(Code.PUBLISHED_NONE, "f")]),
    "a form": (
        lambda: workbook([("编号", "评价单元", "评价标准", "分值", "完成情况")]),
        [(Code.PUBLISHED_FORM, "f 标准!C1")],
    ),
    "two sheets": (lambda: sheets(ONE, ONE), [(Code.PUBLISHED_SEVERAL, "f")]),
    "two tables of different columns": (
        lambda: document(ONE, [("项目", "内容", "分值"), ("b", "做到得1分", 1)]),
        [(Code.PUBLISHED_SEVERAL, "f")],
    ),
    "two tables with totals": (
        lambda: document([*ONE, ("总分", None, None, 1)], [*ONE, ("总分", None, None, 1)]),
        [(Code.PUBLISHED_SEVERAL, "f")],
    ),
    "no column with points": (lambda: workbook([row[:3] for row in ONE]), [(Code.PUBLISHED_NO_POINTS, "f 标准!C1")]),
    "no column with points in Word": (
        lambda: document([row[:3] for row in ONE]),
        [(Code.PUBLISHED_NO_POINTS, "f 第 1 个表格!第 1 行第 3 列")],
    ),
    "prices that are no numbers": (
        lambda: workbook([HEADER, ("甲", "a", "做到", "若干"), (None, "b", "做到", "0"), (None, "c", "做到", "3-5分")]),
        [(Code.PUBLISHED_POINTS, f"f 标准!D{row}") for row in (2, 3, 4)],
    ),
    "a price that is a formula's error": (
        lambda: document([HEADER, ("甲", "a", "做到", "#REF!")]),
        [(Code.PUBLISHED_POINTS, "f 第 1 个表格!第 2 行第 4 列")],
    ),
    "nothing below the header": (lambda: workbook([HEADER]), [(Code.PUBLISHED_NO_ROWS, "f 标准!A1")]),
    "nothing below two headers in Word": (
        lambda: document([HEADER], [HEADER]),
        [(Code.PUBLISHED_NO_ROWS, "f 第 1 个表格!第 1 行第 1 列")],
    ),
    "a text without a name": (
        lambda: workbook([HEADER, (None, None, "做到", 1)]),
        [(Code.PUBLISHED_NO_NAME, "f 标准!B2")],
    ),
    "names without text": (
        lambda: workbook([HEADER, ("甲", "a", "做到", 2), (None, "b", None, 1)], ["C2:C3"]),
        [(Code.PUBLISHED_NO_TEXT, "f 标准!B3")],
    ),
    "too many rows": (
        lambda: workbook([HEADER, *[("甲", f"{number}项", "做到", 1) for number in range(1_000)]]),
        [(Code.PUBLISHED_LONG, "f 标准!A1001")],
    ),
    "too many rows in Word": (
        lambda: with_body(_rows_of_word(1_001)),
        [(Code.PUBLISHED_LONG, "f 第 1 个表格!第 1001 行第 1 列")],
    ),
    "too much text": (
        lambda: workbook([HEADER, *[("甲", f"{number}项", "做到得1分；" * 1_000, 1) for number in range(17)]]),
        [(Code.PUBLISHED_LONG, "f 标准!C1")],
    ),
    "a cell that is a book": (
        lambda: workbook([HEADER, ("甲", "a", "做到得1分；" * 1_500, 1)]),
        [(Code.PUBLISHED_CELL, "f 标准!C2")],
    ),
    "merged areas over each other": (overlapping, [(Code.PUBLISHED_MERGED, "f 标准!C1")]),
    "an empty file": (lambda: b"", [(Code.FILE_EMPTY, "f")]),
    "a cut workbook": (lambda: workbook(annex())[:4_000], [(Code.FILE_DAMAGED, "f")]),
    "a cut document": (lambda: document(annex())[:9_000], [(Code.FILE_DAMAGED, "f")]),
    "an encrypted file": (lambda: ole({"EncryptedPackage": b"", "EncryptionInfo": b""}), [(Code.FILE_PASSWORD, "f")]),
    "text": ("评价单元,评价标准,分值".encode, [(Code.FILE_OTHER_TABLE, "f")]),
    "PDF": (lambda: b"%PDF-1.7\n", [(Code.PUBLISHED_UNREAD, "f")]),
    "a table that is deeper than any program writes it": (
        lambda: with_body(
            BOLD + b"<w:tbl>" + b"<w:sdt>" * 5_000 + b"</w:sdt>" * 5_000 + b"</w:tbl></w:body></w:document>"
        ),
        [(Code.PUBLISHED_NONE, "f")],
    ),
    "a body that is no XML": (lambda: with_body(b"<w:document"), [(Code.PUBLISHED_UNREAD, "f")]),
    "a body with a document type": (
        lambda: with_body(b'<!DOCTYPE a [<!ENTITY b "c">]>' + BOLD + b"</w:body></w:document>"),
        [(Code.PUBLISHED_UNREAD, "f")],
    ),
    "a body that is too large": (
        lambda: with_body(BOLD + b"<w:p/>" * (3 * MIB) + b"</w:body></w:document>"),
        [(Code.PUBLISHED_UNREAD, "f")],
    ),
}


def _rows_of_word(number: int) -> bytes:
    cell = b"<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>"
    row = b"<w:tr>" + b"".join(cell % name.encode() for name in HEADER) + b"</w:tr>"
    return BOLD + b"<w:tbl>" + row * number + b"</w:tbl></w:body></w:document>"


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_published_standard_is_told_with_its_place(case: str) -> None:
    made, expected = BAD[case]
    offer, problems = offered(made(), "f")
    assert offer is None
    assert [(problem.code, str(problem.location)) for problem in problems] == expected


def test_what_cannot_be_read_is_named() -> None:
    _, (pdf,) = offered(b"%PDF-1.7\n", "f")
    assert pdf.message == (
        "从这个文件读不出表格（这是“PDF 文件”），请把印发的表用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx。"
    )


PHRASES = """总分 小计 一、 甲(5分) ★ 1. （1） 得1分 每项得1分，最高得5分 扣1分 ≤平均值7分 1.做到得1分；2.（1）做到
低于96%不得分，每高1个百分点得2分 酌情给分 注： 评价标准 得0分 5 三级计量得5分，分户计量得3分 没有的不扣分 附加分"""
TEXTS = st.sampled_from([None, "", *PHRASES.split()]) | st.text(
    "1一①.、（）()得扣每项最高分；。，\n%≤×平均值酌情完成率", max_size=30
)


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.lists(
        st.lists(
            st.tuples(*[st.sampled_from([None, *HEADER, "总分", "甲", "做到得1分", 1])] * 4), min_size=1, max_size=3
        ),
        max_size=3,
    )
)
def test_any_tables_of_a_document_give_an_offer_or_a_problem(tables: list[list[tuple[str | int | None, ...]]]) -> None:
    offer, problems = offered(document(*([HEADER, *rows] for rows in tables), merge=False), "f")
    assert (offer is None) == bool(problems)


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS | st.integers(-1, 20)), max_size=8),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4), st.integers(0, 3), st.integers(0, 3)), max_size=4),
)
def test_any_table_gives_an_offer_or_a_problem(
    rows: list[tuple[str | int | None, ...]], areas: list[tuple[int, int, int, int]]
) -> None:
    merged = [f"{'ABCD'[left - 1]}{top}:{'ABCDEFG'[left + wide - 1]}{top + high}" for top, left, wide, high in areas]
    offer, problems = offered(workbook([HEADER, *rows], merged), "f")
    assert (offer is None) == bool(problems)
    if offer:
        build(written(offer.data, offer.doubts))


def test_any_damage_to_a_document_gives_an_offer_or_a_problem() -> None:
    whole = document(annex())
    chance = random.Random(18)  # noqa: S311 -- not for secrets
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        offer, problems = offered(bytes(data[: chance.choice((None, len(data) - 30))]), "f")
        assert (offer is None) == bool(problems)


def test_any_damage_to_the_text_of_a_document_gives_an_offer_or_a_problem() -> None:
    with zipfile.ZipFile(io.BytesIO(_one())) as archive:
        body = archive.read(word.MAIN)
    chance = random.Random(18)  # noqa: S311 -- not for secrets
    for _ in range(25):
        start = chance.randrange(len(body))
        data = with_body(body[:start] + body[start + chance.randrange(1, 40) :])
        offer, problems = offered(data, "f")
        assert (offer is None) == bool(problems)


def test_numbers_with_nothing_behind_them_are_kept_as_a_text() -> None:
    offer, problems = offered(workbook([HEADER, ("甲", "a", "①②③", 1), ("乙", "b", "1.", 1)]), "f")
    assert offer is not None
    assert not problems
    rubric, _ = build(written(offer.data, offer.doubts))
    assert rubric is not None
    assert [criterion.text for criterion in rubric.criteria] == ["①②③", "1."]
