"""However the bytes of a workbook are damaged, reading it ends with a workbook or with a problem, never otherwise."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieyue_cli.problems import Severity
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.containers.compound import Compound

from . import builders as make
from .test_two_readers_agree import by_openpyxl, by_xlsxwriter

NUMBERS = (b"0", b"-1", b"1048577", b"4294967295", b"XFD1048576", b"1e300", b"", b'"', b"<", b"&#0;", b"\xff", b"A0")
WORDS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80")
SEEDS = (
    by_xlsxwriter(),
    by_openpyxl(),
    make.xls(*(make.number(row, 2, 1.5) for row in range(9)), make.record(0x205, struct.pack("<3H2B", 2, 0, 0, 7, 1))),
    make.xlsb(make.xlsb_cell(5, 0, struct.pack("<d", 3.0)), make.xlsb_cell(3, 1, b"\x17")),
    make.ods(
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="3" table:number-columns-repeated="2">'
        "<text:p>3</text:p></table:table-cell></table:table-row>"
    ),
)


def ends_well(data: bytes) -> None:
    start = time.monotonic()
    book, problems = read_workbook(data)
    assert time.monotonic() - start < 20
    if book is None:
        assert any(problem.severity is Severity.ERROR for problem in problems)
    else:
        for sheet in book.sheets:
            assert all(sheet.cell(cell.row, cell.column) == cell for cell in sheet.cells())


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Change a few places of ``data``: bits, numbers, cuts and repetitions."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        at = dice.randrange(len(changed) + 1)
        kind = dice.randrange(5)
        if kind == 0 and at < len(changed):
            changed[at] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del changed[at : at + dice.choice((1, 2, 4, 30, 500))]
        elif kind == 2:
            changed[at:at] = changed[at : at + dice.choice((1, 4, 40, 400))]
        elif kind == 3:
            changed[at : at + 4] = dice.choice(WORDS)
        else:
            changed[at : at + 1] = dice.choice(NUMBERS)
    return bytes(changed)


def damaged_inside(data: bytes, dice: random.Random) -> bytes:
    """Change the content of one part and pack it again with a true CRC, so that the damage reaches the parsers."""
    if dice.random() < 0.25:
        return damaged(data, dice)
    if not data.startswith(b"PK"):
        return make.ole({"Workbook": damaged(Compound(data).read("Workbook"), dice)[:60_000]})
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    victim = dice.choice(list(parts))
    return make.zipped(parts | {victim: damaged(parts[victim], dice)})


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.binary(max_size=400),
    st.sampled_from((b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml ", b"\xff\xfe")),
)
def test_any_bytes_end_well(data: bytes, start: bytes) -> None:
    ends_well(start + data)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_a_file_cut_anywhere_ends_well(seed: int) -> None:
    data = SEEDS[seed]
    for end in range(0, len(data), max(len(data) // 100, 1)):
        ends_well(data[:end])


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_a_damaged_file_ends_well(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a repeatable sequence is wanted here, not a secret one
    for _ in range(250):
        ends_well(damaged_inside(SEEDS[seed], dice))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 104))
def test_many_damaged_files_end_well_in_a_process_of_their_own(seed: int) -> None:
    code = f"from tests.workbook.test_damaged_files import endure; endure({seed}, 75)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr


def endure(seed: int, seconds: float) -> None:
    """Read damaged files for a time; an abort of the process is seen by whoever started it."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable sequence is wanted here, not a secret one
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ends_well(damaged_inside(dice.choice(SEEDS), dice))
