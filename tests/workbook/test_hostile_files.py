"""No file can crash, hang or exhaust the program, and each that is refused says so."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from jieyue_cli.problems import Code
from jieyue_cli.workbook import Limits, needs_isolation, read_workbook

from . import builders as make

pytestmark = pytest.mark.slow

VALUE = "<v>1</v>"
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(9))


def cell(address: str) -> bytes:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return make.xlsx(make.sheet_xml(f'<row r="{row}"><c r="{address}">{VALUE}</c></row>'))


def with_after(after: str) -> bytes:
    return make.xlsx(make.sheet_xml(f'<row r="1"><c r="A1">{VALUE}</c></row>', after=after))


@cache
def packed_blanks() -> tuple[bytes, int]:
    """A GiB of blanks, packed, and its CRC."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    mib = b" " * 2**20
    packed = b"".join(packer.compress(mib) for _ in range(1024)) + packer.flush()
    crc = 0
    for _ in range(1024):
        crc = zlib.crc32(mib, crc)
    return packed, crc


def zip_bomb() -> bytes:
    return _with_raw_entry(make.xlsx(make.sheet_xml("")), "xl/sharedStrings.xml", *packed_blanks(), 2**30)


def lying_bomb() -> bytes:
    packed, _ = packed_blanks()
    return _with_raw_entry(make.xlsx(make.sheet_xml("")), "xl/sharedStrings.xml", packed, 0, 100)


def _with_raw_entry(data: bytes, name: str, packed: bytes, crc: int, size: int) -> bytes:
    parts = make.xlsx_parts(make.sheet_xml(""), strings="x")
    with zipfile.ZipFile(io.BytesIO(data)):
        pass
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for part, content in parts.items():
            if part != name:
                container.writestr(part, content)
        # The entry is written as stored bytes, and its headers are then made to say what a deflated one would.
        info = zipfile.ZipInfo(name)
        container.writestr(info, packed)
    whole = bytearray(buffer.getvalue())
    for magic, at_method in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        start = whole.rfind(magic)
        struct.pack_into("<H", whole, start + at_method, 8)
        struct.pack_into("<3L", whole, start + at_method + 6, crc, len(packed), size)
    return bytes(whole)


def doubled_part() -> bytes:
    buffer = io.BytesIO(make.xlsx(make.sheet_xml("")))
    with zipfile.ZipFile(buffer, "a") as container, pytest.warns(UserWarning, match="Duplicate name"):
        container.writestr("xl/worksheets/sheet1.xml", make.sheet_xml('<row r="1"><c r="A1"><v>9</v></c></row>'))
    return buffer.getvalue()


def many_entries() -> bytes:
    return make.zipped(make.xlsx_parts(make.sheet_xml("")) | {f"x/{n}": "" for n in range(100_000)})


def styled_rows() -> bytes:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_000_000))
    return make.xlsx(make.sheet_xml(f'<row r="1"><c r="A1">{VALUE}</c></row>{rows}'))


def styled_rows_in_odd_dialect() -> bytes:
    rows = "".join(f'<row s="1" r="{n}" customFormat="1"/>' for n in range(2, 1_000_000))
    return make.xlsx(make.sheet_xml(f'<row r="1"><c r="A1">{VALUE}</c></row>{rows}'))


def wide_dense_sheet() -> bytes:
    row = "".join(f'<c r="{chr(65 + n)}%d"><f>A1</f><v>1.5</v></c>' for n in range(26))
    rows = "".join(f'<row r="{n}">' + row % ((n,) * 26) + "</row>" for n in range(1, 70_000))
    return make.xlsx(make.sheet_xml(rows))


def repeated(what: str) -> bytes:
    value = (
        '<table:table-cell office:value-type="float" office:value="1" table:formula="of:=1"{}>'
        "<text:p>1</text:p></table:table-cell>"
    )
    row, column = (
        ("1048576", "16384") if what == "both" else (("1048576", "1") if what == "rows" else ("1", "999999999"))
    )
    body = value.format(f' table:number-columns-repeated="{column}"')
    return make.ods(f'<table:table-row table:number-rows-repeated="{row}">{body * 4}</table:table-row>')


def cyclic_fat() -> bytes:
    data = bytearray(make.xls(make.number(0, 0, 1.0)))
    struct.pack_into("<L", data, 512 + 4 * 3, 3)
    return bytes(data)


def cyclic_siblings() -> bytes:
    data = bytearray(make.ole({"A": b"", "B": b""}))
    struct.pack_into("<L", data, 1024 + 128 * 2 + 72, 1)
    return bytes(data)


def cyclic_difat() -> bytes:
    data = bytearray(make.xls(make.number(0, 0, 1.0)))
    struct.pack_into("<L", data, 68, 3)
    struct.pack_into("<L", data, 512 * 4 + 508, 3)
    return bytes(data)


def lying_strings() -> bytes:
    strings = f'<sst xmlns="{make.MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>甲</t></si></sst>'
    return make.xlsx(make.sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=strings)


def damaged_crc() -> bytes:
    data = bytearray(make.xlsx(make.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
    start = data.rfind(b"PK\1\2")
    data[start + 16] ^= 1
    return bytes(data)


def encrypted_entry() -> bytes:
    data = bytearray(make.xlsx(make.sheet_xml("")))
    start = data.find(b"PK\1\2")
    while start >= 0:
        data[start + 8] |= 1
        start = data.find(b"PK\1\2", start + 1)
    return bytes(data)


MERGE = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
LINK = '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
CHECK = (
    '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576">'
    '<formula1>"1"</formula1></dataValidation></dataValidations>'
)
BLANKS = (
    '<table:table-row><table:table-cell office:value-type="float" office:value="1">'
    "<text:p>1</text:p></table:table-cell>"
    '<table:table-cell table:number-columns-repeated="2147483647"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="2147483647">'
    '<table:table-cell table:number-columns-repeated="99"/></table:table-row>'
)
COMMENT = "<!-- no common dialect -->"
READ = None

HOSTILE: dict[str, tuple[Callable[[], bytes], Code | None]] = {
    "zip bomb": (zip_bomb, Code.FILE_TOO_LARGE),
    "zip bomb that declares 100 bytes": (lying_bomb, Code.FILE_DAMAGED),
    "part twice, differing": (doubled_part, Code.FILE_SUSPECT),
    "100,000 entries": (many_entries, Code.FILE_SUSPECT),
    "CRC of a part": (damaged_crc, Code.FILE_DAMAGED),
    "encrypted entries": (encrypted_entry, Code.FILE_PASSWORD),
    "billion laughs": (lambda: make.xlsx(BOMB + "]>" + make.sheet_xml("")), Code.FILE_SUSPECT),
    "billion laughs in UTF-16": (
        lambda: make.xlsx((BOMB + "]>" + make.sheet_xml("")).encode("utf-16")),
        Code.FILE_SUSPECT,
    ),
    "value at XFD1048576": (lambda: cell("XFD1048576"), Code.SHEET_TOO_LARGE),
    "value in row 99,999,999": (lambda: cell("A99999999"), Code.FILE_DAMAGED),
    "value in column ZZZ": (lambda: cell("ZZZ1"), Code.FILE_DAMAGED),
    "value far down": (lambda: cell("A1048576"), READ),
    "row that denies its cell": (
        lambda: make.xlsx(make.sheet_xml(f'<row r="1"><c r="Z9999">{VALUE}</c></row>')),
        Code.FILE_DAMAGED,
    ),
    "cell with a second place": (
        lambda: make.xlsx(make.sheet_xml(f'<row r="1"><c r="A1" r="XFD1048576">{VALUE}</c></row>')),
        Code.FILE_DAMAGED,
    ),
    "second table after an odd one": (
        lambda: make.xlsx(
            make.sheet_xml("").replace(
                "<sheetData>",
                f'<sheetData x=""><row r="1048576"><c r="XFD1048576">{VALUE}</c></row></sheetData><sheetData>',
            )
        ),
        Code.SHEET_TOO_LARGE,
    ),
    "rows out of order": (
        lambda: make.xlsx(
            make.sheet_xml(f'<row r="2"><c r="A2">{VALUE}</c></row><row r="1"><c r="A1">{VALUE}</c></row>')
        ),
        Code.FILE_DAMAGED,
    ),
    "whole-sheet merge": (lambda: with_after(MERGE), READ),
    "whole-sheet merge in odd dialect": (lambda: with_after(COMMENT + MERGE), READ),
    "whole-sheet hyperlink": (lambda: with_after(LINK), READ),
    "whole-sheet hyperlink in odd dialect": (lambda: make.xlsx(COMMENT + make.sheet_xml(COMMENT, after=LINK)), READ),
    "whole-sheet validation in odd dialect": (lambda: make.xlsx(make.sheet_xml(COMMENT, after=CHECK)), READ),
    "a million styled rows": (styled_rows, READ),
    "a million styled rows in odd dialect": (styled_rows_in_odd_dialect, READ),
    "1.8 million formulas": (wide_dense_sheet, READ),
    "deep nesting": (lambda: make.xlsx(make.sheet_xml(COMMENT + "<a>" * 200_000 + "</a>" * 200_000)), READ),
    "deep nesting in the workbook part": (
        lambda: make.zipped(make.xlsx_parts() | {"xl/workbook.xml": "<a>" * 200_000 + "</a>" * 200_000}),
        Code.FILE_NO_SHEETS,
    ),
    "count of shared strings": (lying_strings, READ),
    "ods, repeated in both directions": (lambda: repeated("both"), Code.SHEET_TOO_LARGE),
    "ods, repeated rows": (lambda: repeated("rows"), Code.SHEET_TOO_LARGE),
    "ods, repeated columns": (lambda: repeated("columns"), Code.SHEET_TOO_LARGE),
    "ods, repeated blanks": (lambda: make.ods(BLANKS), READ),
    "a million hidden ranges": (
        lambda: make.xlsx(
            make.sheet_xml("", before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 10**6 + "</cols>")
        ),
        Code.FILE_DAMAGED,
    ),
    "4 million elements in the workbook part": (
        lambda: make.zipped(make.xlsx_parts() | {"xl/workbook.xml": "<a>" + "<a/>" * 4_000_000 + "</a>"}),
        Code.FILE_SUSPECT,
    ),
    "styles that open a million times": (
        lambda: make.xlsx(make.sheet_xml(""), styles="<cellXfs>" * 10**6),
        READ,
    ),
    "a text of ten million blanks": (
        lambda: make.xlsx(
            make.sheet_xml(COMMENT), strings=f'<sst xmlns="{make.MAIN}"><si><t>{" " * 10**7}x</t></si></sst>'
        ),
        READ,
    ),
    "xls, value far out": (lambda: make.xls(make.number(65535, 255, 1.0)), Code.SHEET_TOO_LARGE),
    "xls, lying dimensions": (
        lambda: make.xls(make.record(0x200, struct.pack("<2L2H2x", 0, 0xFFFFFFFF, 0, 0xFFFF)), make.number(0, 0, 1.0)),
        READ,
    ),
    "xls, count of shared strings": (lambda: make.xls(make.number(0, 0, 1.0), strings=0x7FFFFFFF), Code.FILE_SUSPECT),
    "xls, cyclic sector chain": (cyclic_fat, Code.FILE_DAMAGED),
    "xls, cyclic folder": (cyclic_siblings, Code.FILE_FOREIGN),
    "xls, cyclic table of tables": (cyclic_difat, Code.FILE_DAMAGED),
    "xls, cut in two": (lambda: make.xls(make.number(0, 0, 1.0))[:3000], Code.FILE_DAMAGED),
}

CHILD = """
import json, re, sys, time
from pathlib import Path
from jieyue_cli.workbook import read_workbook
data = open(sys.argv[1], "rb").read()
# of the processor, for the machine may have other work; a wait would end at the limit of the whole process
start = time.process_time()
book, problems = read_workbook(data)
seconds = time.process_time() - start
# the kernel's own high-water mark of this image; ru_maxrss would start from the parent's
status = Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s+([0-9]+) kB", status.read_text())[1]) if status.exists() else 0
print(json.dumps([book is not None, [p.code.name for p in problems], seconds, peak]))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little_and_is_named(name: str, tmp_path: Path) -> None:
    build, expected = HOSTILE[name]
    file = tmp_path / "hostile"
    file.write_bytes(build())
    ran = subprocess.run([sys.executable, "-c", CHILD, file], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert not ran.stderr, "nothing may reach the console past the report"
    read, codes, seconds, peak = json.loads(ran.stdout)
    assert (read, codes) == ((True, []) if expected is READ else (False, [expected.name]))
    assert seconds < 20
    assert peak * 1024 < 2**30


def test_the_address_of_a_far_value_is_told() -> None:
    _, problems = read_workbook(cell("XFD1048576"))
    assert [(problem.location.sheet, problem.location.cell) for problem in problems] == [("甲", "XFD1048576")]


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (make.one_row(f">{VALUE}"), Limits(file_bytes=100), Code.FILE_TOO_LARGE),
        (make.one_row(f">{VALUE}"), Limits(inflated_bytes=100), Code.FILE_TOO_LARGE),
        (make.one_row(f">{VALUE}"), Limits(entries=3), Code.FILE_SUSPECT),
        (make.one_row(f">{VALUE}"), Limits(ratio=0, ratio_from_bytes=10), Code.FILE_SUSPECT),
        (cell("D5"), Limits(box_cells=19), Code.SHEET_TOO_LARGE),
        (cell("AD5"), Limits(box_cells=149), Code.SHEET_TOO_LARGE),
        (make.xlsx(make.sheet_xml(""), make.sheet_xml("")), Limits(sheets=1), Code.FILE_SUSPECT),
        (
            make.xlsx(make.sheet_xml(f'{COMMENT}<row r="1"><c r="A1">{VALUE}</c></row>')),
            Limits(careful_cells=0),
            Code.FILE_TOO_MANY_CELLS,
        ),
        (
            make.xlsx(make.sheet_xml(f'{COMMENT}<row r="1"><c r="A1">{VALUE}</c></row>')),
            Limits(careful_tags=9),
            Code.FILE_TOO_MANY_CELLS,
        ),
        (with_after(COMMENT + MERGE), Limits(merges=0), Code.FILE_SUSPECT),
    ],
)
def test_each_limit_can_be_set(data: bytes, limits: Limits, code: Code) -> None:
    assert read_workbook(data)[0] is not None
    assert [problem.code for problem in read_workbook(data, limits)[1]] == [code]


@pytest.mark.parametrize(
    ("data", "isolated"),
    [
        (lambda: make.one_row(f">{VALUE}"), False),
        (lambda: make.one_row(f">{VALUE}") + b"\0" * 5_000_000, True),
        (zip_bomb, True),
        (lambda: make.xls(make.number(0, 0, 1.0)), True),
        (lambda: make.ods(""), True),
        (make.xlsb, True),
        (lambda: b"%PDF", False),
        (lambda: b"PK\3\4", False),
    ],
    ids=["xlsx", "large xlsx", "zip bomb", "xls", "ods", "xlsb", "pdf", "cut off"],
)
def test_what_should_be_parsed_in_a_process_of_its_own(data: Callable[[], bytes], isolated: bool) -> None:  # noqa: FBT001 - a table's column
    assert needs_isolation(data()) is isolated


def test_interrupts_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("python_calamine.load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(make.one_row(f">{VALUE}"))


def test_lack_of_memory_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("python_calamine.load_workbook", fail)
    assert [problem.code for problem in read_workbook(make.one_row(f">{VALUE}"))[1]] == [Code.FILE_EXHAUSTS]
