"""An .xlsb reads the same whoever wrote it, and no record of a false length gives a cell another value in silence."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

from jieyue_cli.problems import Code
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import Cell, CellState
from jieyue_cli.workbook.xlsb.records import record, records

from . import builders as make

FORMULA = struct.pack("<HL", 0, 3) + b"\x1e\5\0" + bytes(4)
RK = struct.pack("<L", 7 << 2 | 2)
SHARED = (
    record(159, struct.pack("<2L", 3, 3))
    + record(19, b"\0" + make.xlsb_text("甲"))
    + record(19, b"\1" + make.xlsb_text("乙") + struct.pack("<L2H", 1, 0, 1))
    + record(19, b"\2" + make.xlsb_text("丙") + make.xlsb_text("bing") + bytes(4))
    + record(160)
)
CELLS: list[tuple[int, bytes, object, CellState]] = [
    (5, struct.pack("<d", 2.5), 2.5, CellState.TYPED),
    (2, RK, 7, CellState.TYPED),
    (4, b"\1", True, CellState.TYPED),
    (6, make.xlsb_text("是"), "是", CellState.TYPED),
    (7, struct.pack("<L", 2), "丙", CellState.TYPED),
    (3, b"\x17", "#REF!", CellState.ERROR),
    (3, b"\x17\0\0\0", "#REF!", CellState.ERROR),
    (62, b"\1" + make.xlsb_text("字") + struct.pack("<L2H", 1, 0, 1), "字", CellState.TYPED),
    (8, make.xlsb_text("得") + FORMULA, "得", CellState.FORMULA),
    (9, struct.pack("<d", 6) + FORMULA, 6, CellState.FORMULA),
    (10, b"\0" + FORMULA, False, CellState.FORMULA),
    (11, b"\x07" + FORMULA, "#DIV/0!", CellState.ERROR),
]
WITHOUT_COLUMN = {2: 13, 3: 14, 4: 15, 5: 16, 6: 17, 7: 18}


def read(data: bytes) -> list[Cell]:
    book, problems = read_workbook(data)
    assert book is not None, problems
    return list(book.sheets[0].cells())


def test_every_kind_of_cell_is_read() -> None:
    data = make.xlsb(*(make.xlsb_cell(kind, n, content) for n, (kind, content, *_) in enumerate(CELLS)), strings=SHARED)
    assert read(data) == [Cell(2, n, value, state) for n, (_, _, value, state) in enumerate(CELLS, 1)]  # type: ignore[arg-type]


def test_cells_without_a_column_stand_beside_the_one_before() -> None:
    cells = [make.xlsb_cell(1, 2, b"")]
    expected = []
    for column, (kind, content, value, state) in enumerate(CELLS[:7], 4):
        cells.append(record(WITHOUT_COLUMN[kind], bytes(4) + content))
        expected.append(Cell(2, column, value, state))  # type: ignore[arg-type]
    cells += [record(12, bytes(4)), record(13, bytes(4) + RK)]
    assert read(make.xlsb(*cells, strings=SHARED)) == [*expected, Cell(2, 12, 7)]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ((make.xlsb_cell(5, 1, struct.pack("<d", 1)), make.xlsb_cell(2, 1, RK)), "#损坏（同一格出现了两次）"),
        ((make.xlsb_cell(7, 1, struct.pack("<L", 3)),), "#损坏（共享文字 3）"),
        ((make.xlsb_cell(4, 1, b"\2"),), "#损坏（2）"),
        ((make.xlsb_cell(5, 1, struct.pack("<d", float("nan"))),), "#损坏（nan）"),
        ((make.xlsb_cell(9, 1, struct.pack("<d", float("inf")) + FORMULA),), "#损坏（inf）"),
    ],
)
def test_a_cell_without_one_meaning_is_an_error_at_its_place(cells: tuple[bytes, ...], shown: str) -> None:
    assert read(make.xlsb(*cells, strings=SHARED)) == [Cell(2, 2, shown, CellState.ERROR)]


@pytest.mark.parametrize(("kind", "content"), [(kind, content) for kind, content, *_ in CELLS if kind != 3])
@pytest.mark.parametrize("change", ["longer", "shorter"])
def test_a_record_of_a_false_length_is_refused_at_its_place(change: str, kind: int, content: bytes) -> None:
    content = content + make.xlsb_cell(5, 2, bytes(8)) if change == "longer" else content[:-1]
    book, problems = read_workbook(
        make.xlsb(make.xlsb_cell(2, 0, RK), make.xlsb_cell(kind, 1, content), strings=SHARED)
    )
    assert book is None
    assert [(problem.code, problem.location.sheet, problem.location.cell) for problem in problems] == [
        (Code.FILE_DAMAGED, "甲", "B2")
    ]


def test_a_shared_text_that_swallows_another_is_refused() -> None:
    items = [record(19, b"\0" + make.xlsb_text(text)) for text in "是否"]
    swallowed = (
        record(159, struct.pack("<2L", 2, 2)) + record(19, b"\2" + make.xlsb_text("是") + items[1]) + record(160)
    )
    for strings in (swallowed, record(159, struct.pack("<2L", 1, 1)) + record(19, items[0][2:] + b"\0")):
        book, problems = read_workbook(make.xlsb(make.xlsb_cell(7, 1, bytes(4)), strings=strings))
        assert book is None
        assert [problem.code for problem in problems] == [Code.FILE_DAMAGED]


@pytest.mark.parametrize("seed", range(4))
def test_no_length_that_lies_changes_a_value_in_silence(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a repeatable sequence is wanted here, not a secret one
    listed = [make.xlsb_cell(kind, n, content) for n, (kind, content, *_) in enumerate(CELLS)]
    data = make.xlsb(*listed, strings=SHARED)
    honest = {(cell.row, cell.column): cell for cell in read(data)}
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    for _ in range(150):
        name = dice.choice(["xl/worksheets/sheet1.bin", "xl/sharedStrings.bin"])
        part, ends = parts[name], [0]
        for kind, content in records(part):
            ends.append(ends[-1] + len(record(kind, content)))
        start = dice.choice(ends[:-1])
        lying = bytearray(part)
        lying[start + (2 if part[start] & 0x80 else 1)] = dice.choice([*range(40), dice.randrange(128)])
        book, problems = read_workbook(make.zipped(parts | {name: bytes(lying)}))
        if book is None:
            assert problems
            continue
        for cell in book.sheets[0].cells():
            assert cell.state is CellState.ERROR or cell == honest[cell.row, cell.column]
        told = {(cell.row, cell.column) for cell in book.sheets[0].cells()}
        assert told == set(honest), "a cell was lost in silence"
