"""An .xls reads as xlrd reads it, whoever wrote it; what could swallow or lose a cell is refused at its place."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Callable

import pytest
import xlrd
import xlwt

from jieyue_cli.problems import Code
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import Cell, CellState
from jieyue_cli.workbook.containers.compound import Compound

from . import builders as make

LONG = "很长的说明" * 900
PIECE = 4000


def by_xlwt() -> bytes:
    """A workbook with texts, numbers of every kind, truth values, dates and formulas, as a library writes it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评打分表")
    for column, value in enumerate(("编号", "完成情况", 3, 2.5, -7, 1e300, 0.1, True, False, "", LONG)):
        sheet.write(1, column, value)
    sheet.write(2, 0, dt.date(2020, 10, 20), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 1, xlwt.Formula("C2*2"))
    sheet.write(300, 200, "远")
    book.add_sheet("隐藏表").write(0, 0, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def records(stream: bytes) -> list[tuple[int, bytes]]:
    """The records of a stream up to the end of what it holds."""
    listed, at = [], 0
    while at + 4 <= len(stream) and stream[at : at + 4] != bytes(4):
        kind, length = struct.unpack_from("<2H", stream, at)
        listed.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return listed


def patched(data: bytes, change: Callable[[int, bytes], tuple[int, bytes]]) -> bytes:
    """Change records of an .xls file without changing their lengths."""
    stream = Compound(data).read("Workbook")
    changed = [change(kind, content) for kind, content in records(stream)]
    return make.ole({"Workbook": b"".join(make.record(*record) for record in changed)})


def code_page(number: int) -> Callable[[int, bytes], tuple[int, bytes]]:
    return lambda kind, content: (kind, struct.pack("<H", number) if kind == 0x42 else content)


def older_formulas(kind: int, content: bytes) -> tuple[int, bytes]:
    return (0x406 if kind == 0x06 else kind), content


def no_change(kind: int, content: bytes) -> tuple[int, bytes]:
    return kind, content


def told(data: bytes) -> list[tuple[int, int, object]]:
    book, problems = read_workbook(data)
    assert book is not None, problems
    return [
        (cell.row - 1, cell.column - 1, serial(cell.value))
        for sheet in book.sheets
        for cell in sheet.cells()
        if cell.value is not None
    ]


def serial(value: object) -> object:
    return (value - dt.date(1899, 12, 30)).days if isinstance(value, dt.date) else value


def told_by_xlrd(data: bytes) -> list[tuple[int, int, object]]:
    return [
        (row, column, bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value)
        for sheet in xlrd.open_workbook(file_contents=data, logfile=io.StringIO()).sheets()
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if cell.ctype not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} and cell.value != ""
    ]


@pytest.mark.parametrize(
    "change",
    [no_change, *(code_page(number) for number in (1200, 1252, 936, 10008, 0)), older_formulas],
    ids=["as written", "1200", "1252", "936", "10008", "0", "older formulas"],
)
def test_a_file_reads_as_xlrd_reads_it(change: Callable[[int, bytes], tuple[int, bytes]]) -> None:
    data = patched(by_xlwt(), change)
    assert told(data) == told_by_xlrd(data)
    assert len(told(data)) == 13


def formula(row: int, column: int, result: bytes, kind: int = 0x06) -> bytes:
    return make.record(kind, struct.pack("<3H", row, column, 0) + result + struct.pack("<HLH", 0, 0, 3) + b"\x1e\5\0")


TEXT = b"\0\0\0\0\0\0\xff\xff"


def text(characters: str, *, wide: bool = True) -> bytes:
    stored = characters.encode("utf-16-le" if wide else "latin-1")
    return struct.pack("<HB", len(characters), wide) + stored


def pieces(characters: str, *lengths: int) -> bytes:
    """A text cut into records that continue each other, each piece as narrow as it may be."""
    listed: list[bytes] = []
    at = 0
    for length in (*lengths, len(characters)):
        piece = characters[at : at + length]
        wide = any(ord(character) > 255 for character in piece)
        stored = struct.pack("B", wide) + piece.encode("utf-16-le" if wide else "latin-1")
        listed.append(stored if listed else struct.pack("<H", len(characters)) + stored)
        at += length
    return make.record(0x207, listed[0]) + b"".join(make.record(0x3C, piece) for piece in listed[1:])


@pytest.mark.parametrize("cut", [(), (PIECE,), (3, PIECE), (1, 1, 1)], ids=str)
@pytest.mark.parametrize("kind", [0x06, 0x206, 0x406])
@pytest.mark.parametrize("characters", [LONG, "a" * 5000, "ab" * 10 + LONG], ids=["wide", "narrow", "mixed"])
def test_the_text_of_a_formula_is_whole_over_any_records(cut: tuple[int, ...], kind: int, characters: str) -> None:
    result = make.record(0x207, text(characters[:PIECE])) if not cut else pieces(characters, *cut)
    data = make.xls(formula(1, 1, TEXT, kind), result, make.number(2, 0, 3.0))
    expected = characters if cut else characters[:PIECE]
    assert told(data) == [(1, 1, expected), (2, 0, 3)]
    assert told(data) == told_by_xlrd(data)


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "BOOK"])
def test_the_name_of_the_stream_may_have_capitals(name: str) -> None:
    data = make.ole({name: make.biff(make.number(0, 0, 3.0))})
    assert told(data) == [(0, 0, 3)]


RK = struct.pack("<3HL", 1, 2, 0, 2 | 7 << 2)


@pytest.mark.parametrize(
    ("record", "cell"),
    [
        (make.record(0x27E, RK + make.number(1, 3, 5.0) + make.number(1, 4, 6.0)[:14]), "C2"),
        (make.record(0x27E, RK[:8]), "C2"),
        (make.record(0x203, struct.pack("<3Hd", 1, 2, 0, 5.0) + make.number(1, 3, 5.0)), "C2"),
        (make.record(0x205, struct.pack("<3H2B", 1, 2, 0, 1, 0) + make.number(1, 3, 5.0)), "C2"),
        (make.record(0xFD, struct.pack("<3HL", 1, 2, 0, 0) + make.number(1, 3, 5.0)), "C2"),
        (make.record(0x201, struct.pack("<3H", 1, 2, 0) + make.number(1, 3, 5.0)), "C2"),
        (make.record(0xBD, struct.pack("<2H", 1, 2) + RK[4:] * 2 + struct.pack("<H", 2)), "C2"),
        (make.record(0x204, struct.pack("<3H", 1, 2, 0) + text("甲") + make.number(1, 3, 5.0)), "C2"),
        (make.record(0x06, formula(1, 2, bytes(8))[4:] + make.number(1, 3, 5.0)), "C2"),
        (make.record(0x208, struct.pack("<6HL", 1, 0, 3, 0, 0, 0, 0) + make.number(1, 3, 5.0)), "A2"),
        (make.record(0xBE, struct.pack("<5H", 1, 2, 0, 0, 2)), "C2"),
        (make.record(0x0A, struct.pack("<2H", 1, 2) + make.number(1, 3, 5.0)), "C2"),
        (make.number(1, 256, 1.0), "IV2"),
    ],
    ids=[
        "rk",
        "short rk",
        "number",
        "truth",
        "shared",
        "blank",
        "row of numbers",
        "text",
        "formula",
        "row",
        "row of blanks",
        "end",
        "far",
    ],
)
def test_a_record_that_may_have_swallowed_cells_is_refused_at_its_place(record: bytes, cell: str) -> None:
    book, problems = read_workbook(make.xls(make.number(0, 0, 1.0), record))
    assert book is None
    assert [(problem.code, problem.location.sheet, problem.location.cell) for problem in problems] == [
        (Code.FILE_DAMAGED, "甲", cell)
    ]
    assert "记录的长度不对" in problems[0].message


@pytest.mark.parametrize(
    "cells",
    [(make.record(0x207, text("甲")),), (formula(1, 2, struct.pack("<d", 6.0)), make.record(0x207, text("甲")))],
    ids=["no formula", "a number"],
)
def test_a_text_without_a_formula_is_given_to_no_cell(cells: tuple[bytes, ...]) -> None:
    book, problems = read_workbook(make.xls(make.number(0, 0, 1.0), *cells))
    assert book is None
    assert [(problem.code, problem.location.sheet) for problem in problems] == [(Code.FILE_DAMAGED, "甲")]


@pytest.mark.parametrize(
    "record",
    [
        make.record(0x204, struct.pack("<3H", 1, 2, 0) + text("甲")),
        make.record(
            0x204, struct.pack("<3H", 1, 2, 0) + struct.pack("<HBH", 1, 9, 1) + "甲".encode("utf-16-le") + bytes(4)
        ),
        make.record(0xD6, struct.pack("<3H", 1, 2, 0) + text("甲") + struct.pack("<3H", 1, 0, 0)),
    ],
    ids=["plain", "with styles inside", "with styles after it"],
)
def test_a_text_in_its_own_record_is_read(record: bytes) -> None:
    assert told(make.xls(record, make.number(1, 3, 5.0))) == [(1, 2, "甲"), (1, 3, 5)]


@pytest.mark.parametrize(
    ("cells", "value", "state"),
    [
        ((make.number(1, 2, 5.0), make.number(1, 2, 6.0)), "#损坏（同一格出现了两次）", CellState.ERROR),
        ((make.number(1, 2, 5.0), make.record(0x27E, RK)), "#损坏（同一格出现了两次）", CellState.ERROR),
        ((make.record(0xFD, struct.pack("<3HL", 1, 2, 0, 9)),), "#损坏（共享文字 9）", CellState.ERROR),
        ((formula(1, 2, TEXT), make.record(0x207, text("甲乙")[:-2])), "#损坏（文字不完整）", CellState.ERROR),
        ((formula(1, 2, TEXT), make.number(5, 0, 1.0)), None, CellState.UNCALCULATED),
        ((formula(1, 2, TEXT),), None, CellState.UNCALCULATED),
    ],
    ids=["twice", "twice of two kinds", "unknown text", "text cut off", "text lacking", "text lacking at the end"],
)
def test_a_cell_without_one_meaning_is_no_value(cells: tuple[bytes, ...], value: str | None, state: CellState) -> None:
    book, problems = read_workbook(make.xls(*cells))
    assert book is not None, problems
    assert book.sheets[0].cell(2, 3) == Cell(2, 3, value, state)
