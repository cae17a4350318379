"""Makes the workbooks of two fictional places: their rosters and the forms that came back.

示例县 (``good-city``) has one year of forms in good order. 示例市 (``city``) has two years of them, some broken.
Its agencies are those of ``jieyue demo``.
``checking`` holds two forms of 示例县 on which the office is still working, or has written only what differs.

    python examples/make.py [good-city] [city] [checking]

The forms come from ``jieyue``'s own template, are filled in with openpyxl, and most are then opened and saved by
LibreOffice (``soffice`` must be installed), so that they carry calculated values as forms from offices do. The same
programs always make the same bytes: whatever would hold the time of day is pinned.

Every agency, number and telephone is invented.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jieyue_cli.demo.city import city
from jieyue_cli.form.blank.template import Prefill, blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import HELP_SHEET, SHEET, Column, FormRow, rows
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import find
from jieyue_cli.submission import Completion

CITY = Path(__file__).parent / "city"
GOOD_CITY = Path(__file__).parent / "good-city"
CHECKING = Path(__file__).parent / "checking"

PARTY, CONGRESS, COUNCIL = "党的机关", "人大机关", "政协机关"
OFFICE, SUPERVISION, COURT, PROSECUTION = "行政机关", "监察机关", "审判机关", "检察机关"
PEOPLE, MANAGED = "人民团体（工会、共青团、妇联等）", "参照公务员法管理的事业单位"

_TOLD = city()
ROSTER = {agency.name: agency.category for agency in _TOLD.agencies if agency.level == "市级" and not agency.outside}

GOOD_ROSTER = {
    "中共示例县委办公室": PARTY,
    "示例县人大常委会办公室": CONGRESS,
    "示例县人民政府办公室": OFFICE,
    "示例县财政局": OFFICE,
    "示例县教育局": OFFICE,
    "示例县水务局": OFFICE,
    "示例县交通运输局": OFFICE,
    "示例县政协办公室": COUNCIL,
    "示例县监察委员会": SUPERVISION,
    "示例县人民法院": COURT,
    "示例县人民检察院": PROSECUTION,
    "示例县总工会": PEOPLE,
    "示例县档案馆": MANAGED,
    "示例县机关事务服务中心": MANAGED,
}

Answer = str | int | float
Answers = Mapping[str, Answer]
"""编号 → what was written; a criterion that is not named was done in full."""


def no(*criteria: str) -> dict[str, Answer]:
    """These were not done; a count is then given with its number."""
    return dict.fromkeys(criteria, "否")


@dataclass(frozen=True)
class Form:
    """One returned workbook."""

    path: str
    """Below the year's folder; the suffix is the format it is saved in."""
    name: str
    year: int
    answers: Answers = field(default_factory=dict)
    findings: Answers | None = None
    """What the office found; None where it has not checked."""
    checked_only: Sequence[str] = ()
    """Where not empty, the office has filled in these rows alone."""
    opinions: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[Field, Answer | None] = field(default_factory=dict)
    """Cells above the table that are filled in otherwise; None leaves one blank."""
    category: str | None = None
    """What it calls itself; None where that is what the roster says."""
    calculated: bool = True
    """Opened and saved by LibreOffice, so that formulas carry their results."""


MOSTLY = _TOLD.counted
POOR = {
    **no("2.1.4", "2.2.4", "2.2.5", "2.2.6", "2.2.9", "2.2.10", "3.1.5", "3.2.2", "3.3.2", "4.1.1", "4.3.1", "4.3.4"),
    "2.2.3": 2,
    "5.1.1": 1,
    "5.1.2": 2,
    "5.1.3": 0,
    "5.2.1": "",
    "5.2.2": 1,
}
AT_THE_MARK = no("2.2.4", "2.2.5", "2.2.6", "3.2.1", "3.2.2", "3.3.2", "3.4.2") | {"5.1.2": 3}
JUST_BELOW = no("2.2.4", "2.2.5", "2.2.6", "3.2.1", "3.2.2", "3.3.2", "3.4.2") | {"5.1.2": 2}

FORMS_2020 = (
    Form(
        "示例市财政局.xlsx",
        "示例市财政局",
        2020,
        no("2.2.6", "3.2.2"),
        no("2.2.6", "3.2.2", "4.3.4"),
        opinions={"4.3.4": "台账只到8月，未公示清运量。"},
    ),
    Form("示例市统计局.xlsx", "示例市统计局", 2020, POOR),
    Form("示例市水务局.xlsx", "示例市水务局", 2020, AT_THE_MARK),
    Form("示例市教育局.xlsx", "示例市教育局", 2020, JUST_BELOW, calculated=False),
    Form(
        "示例市交通运输局.xlsx",
        "示例市交通运输局",
        2020,
        no("3.2.2") | {"5.1.3": 1},
        no("1.1.1", "2.2.4", "2.2.5", "3.2.2", "3.3.2", "4.3.1", "4.3.4") | {"2.2.3": 4, "5.1.3": 0, "5.2.2": 1},
        opinions={
            "1.1.1": "人均水资源消耗未完成指标。",
            "2.2.3": "有两项制度未见文件。",
            "2.2.5": "办公楼没有分户计量。",
            "5.2.2": "一次培训与节能无关。",
        },
    ),
    Form(
        "示例市人民检察院.xlsx",
        "示例市人民检察院",
        2020,
        no("2.2.5", "2.2.6", "3.2.2"),
        no("2.2.5", "2.2.6", "3.2.2", "3.4.2"),
    ),
    Form(
        "示例市司法局.xlsx",
        "示例市司法局",
        2020,
        {
            "2.2.3": "5项",
            "2.2.1": "√",
            "2.2.2": "有",
            "2.2.4": "不涉及",
            "2.2.5": "基本做到",
            "3.1.2": "×",
            "3.2.2": '=IF(1=1,"是","否")',
            "3.4.1": "—",
            "5.1.1": "多次",
            "5.1.2": "４",
            "5.1.3": 1.5,
            "5.2.2": "是",
        },
        head={Field.NAME: None, Field.YEAR: "2020年度", Field.FILLED_ON: "2020.10.28"},
        calculated=False,
    ),
    Form(
        "示例市人民法院.xlsx",
        "示例市人民法院",
        2020,
        no("2.2.5", "3.2.2"),
        no("2.2.5"),
        checked_only=("1.1.1", "2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.2.1", "2.2.2", "2.2.3", "2.2.4", "2.2.5"),
    ),
    Form("中共示例市委组织部.xlsx", "中共示例市委组织部", 2020, no("2.2.5", "3.2.2"), no("2.2.5", "3.2.2", "4.3.4")),
    Form("示例市档案馆.xlsx", "示例市档案馆", 2020, no("2.2.5", "3.2.2", "4.3.1"), calculated=False),
    Form(
        "示例市档案馆（补交）.xlsx",
        "示例市档案馆",
        2020,
        no("2.2.5", "3.2.2", "4.3.1", "4.3.4", "2.2.4", "3.1.2"),
        calculated=False,
    ),
    Form("示例市文物局.xlsx", "示例市文物局", 2020, no("3.2.2", "3.4.1", "3.4.2"), category=OFFICE),
    Form("示例市总工会.xls", "示例市总工会", 2020, no("2.2.5", "2.2.6", "3.2.2")),
    Form("示例市妇女联合会.ods", "示例市妇女联合会", 2020, no("2.2.5", "3.2.2", "4.1.1", "4.3.1")),
    Form("示例市政协办公室.xlsx", "示例市政协办公室", 2020, no("3.2.2")),
)

FORMS_2021 = (
    Form(
        "党群/中共示例市委组织部.xlsx",
        "中共示例市委组织部",
        2021,
        no("2.2.5"),
        no("1.1.1", "2.2.5", "2.2.4", "3.2.2", "3.3.2", "4.3.4", "4.3.1"),
        opinions={"1.1.1": "人均能源消耗比上年上升，未完成指标。"},
    ),
    Form("党群/中共示例市委办公室.xlsx", "中共示例市委办公室", 2021, no("3.2.2"), no("3.2.2", "2.2.6")),
    Form("党群/共青团示例市委员会.xlsx", "共青团示例市委员会", 2021, no("2.2.5", "3.4.2"), calculated=False),
    Form("政府部门/示例市教育局.xlsx", "示例市教育局", 2021, no("2.2.5", "3.2.2"), no("2.2.5", "3.2.2")),
    Form(
        "政府部门/示例市统计局.xlsx",
        "示例市统计局",
        2021,
        no("2.2.5", "2.2.6", "3.2.2", "3.3.2"),
        no("2.2.5", "2.2.6", "3.2.2", "3.3.2", "4.3.1", "4.3.4", "4.1.1"),
    ),
    Form(
        "政府部门/示例市交通运输局.xlsx",
        "示例市交通运输局",
        2021,
        no("2.2.5", "3.2.2", "3.3.2", "4.3.1"),
        calculated=False,
    ),
    Form("政府部门/示例市政府办公室.xlsx", "示例市政府办公室", 2021, {}, no("3.2.2")),
    Form(
        "政府部门/示例市发展和改革局.xlsx",
        "示例市发展和改革局",
        2021,
        no("2.2.4", "2.2.5", "3.2.2", "3.3.2", "3.1.2", "4.1.1") | {"5.1.1": "若干", "5.2.2": "两三次"},
        calculated=False,
    ),
)

IN_ZIP = (
    Form(
        "示例市档案馆.xlsx", "示例市档案馆", 2021, no("2.2.5", "3.2.2"), no("2.2.5", "3.2.2", "4.3.4"), calculated=False
    ),
    Form("示例市政协办公室.xlsx", "示例市政协办公室", 2021, no("3.2.2", "3.3.2"), calculated=False),
)


def _in_good_order(
    name: str, claimed: Answers, found: Answers | None = None, opinions: Mapping[str, str] | None = None
) -> Form:
    """A form of 示例县; ``found`` is what the office found otherwise, None where it has not checked.

    Only what the office has checked went through LibreOffice, which adds 3 kB to a form.
    """
    findings = None if found is None else {**claimed, **found}
    return Form(f"{name}.xlsx", name, 2020, claimed, findings, opinions=opinions or {}, calculated=findings is not None)


GOOD_FORMS = (
    _in_good_order("中共示例县委办公室", no("2.2.5", "2.2.6", "3.2.2"), no("3.3.2"), {"3.3.2": "没有单车油耗核算。"}),
    _in_good_order(
        "示例县人大常委会办公室", no("2.2.4", "2.2.5", "2.2.6", "3.2.1", "3.2.2", "3.3.2", "3.4.2") | {"5.1.2": 3}
    ),
    _in_good_order("示例县人民政府办公室", no("3.2.2"), {}),
    _in_good_order("示例县财政局", no("2.2.6"), no("4.3.4"), {"4.3.4": "台账只到8月，未公示清运量。"}),
    _in_good_order("示例县教育局", no("2.2.5", "3.2.2") | {"5.1.3": 1}),
    _in_good_order(
        "示例县水务局",
        no("2.2.5", "3.2.2", "3.3.2"),
        no("1.1.1", "4.3.1", "4.3.4"),
        {"1.1.1": "人均水资源消耗未完成指标。", "4.3.1": "协议已过期。", "4.3.4": "没有公示清运量。"},
    ),
    _in_good_order("示例县交通运输局", no("2.2.5", "2.2.10", "4.1.1")),
    _in_good_order("示例县政协办公室", no("2.2.4", "2.2.5", "3.2.2") | {"5.1.2": 2}),
    _in_good_order("示例县人民法院", no("2.2.5", "3.2.2"), {"5.1.2": 3}, {"5.1.2": "有两类标识内容相同。"}),
    _in_good_order("示例县人民检察院", no("2.2.5", "2.2.6", "3.2.2", "4.3.4")),
    _in_good_order("示例县总工会", no("2.2.4", "2.2.5", "2.2.6", "3.2.2", "3.4.2"), {}),
    _in_good_order(
        "示例县机关事务服务中心",
        no("2.2.4", "2.2.5", "2.2.6", "3.2.1", "3.2.2", "3.3.2", "3.4.2") | {"5.1.2": 2, "5.2.2": 1},
    ),
)


CHECKING_FORMS = (
    Form(
        "核查一半.xlsx",
        "示例县财政局",
        2020,
        no("2.2.6"),
        no("2.1.4"),
        checked_only=("1.1.1", "2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.2.1", "2.2.2", "2.2.3"),
        head={Field.COMPLETION: Completion.UNFINISHED.value, Field.CHECKED_BY: "示例核查员"},
    ),
    Form(
        "空白同自评.xlsx",
        "示例县水务局",
        2020,
        no("2.2.5", "3.2.2"),
        no("1.1.1", "4.3.4"),
        checked_only=("1.1.1", "4.3.4"),
        opinions={"1.1.1": "人均水资源消耗未完成指标。"},
        head={
            Field.COMPLETION: Completion.BLANK_AS_CLAIMED.value,
            Field.CHECKED_BY: "示例核查员",
            Field.CHECKED_ON: "2020-11-05",
        },
    ),
)


def main() -> None:
    """Make what the command line names, or everything, anew."""
    rubric, problems = find(DEFAULT)
    if rubric is None:
        sys.exit("\n".join(str(problem) for problem in problems))
    makers = {"good-city": _good_city, "city": _city, "checking": _checking}
    for name in sys.argv[1:] or makers:
        makers[name](rubric)


def _checking(rubric: Rubric) -> None:
    shutil.rmtree(CHECKING, ignore_errors=True)
    _make(rubric, CHECKING, CHECKING_FORMS)


def _good_city(rubric: Rubric) -> None:
    shutil.rmtree(GOOD_CITY, ignore_errors=True)
    _make(rubric, GOOD_CITY / "returns", GOOD_FORMS)
    _roster(GOOD_ROSTER, GOOD_CITY / "roster.xlsx")


def _city(rubric: Rubric) -> None:
    shutil.rmtree(CITY, ignore_errors=True)
    for year, forms in ((2020, FORMS_2020), (2021, FORMS_2021)):
        _make(rubric, CITY / str(year), forms)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(rubric, folder, IN_ZIP)
        members = {form.path: (folder / form.path).read_bytes() for form in IN_ZIP}
        members["佐证材料/会议照片说明.txt"] = "示例：此处原为会议照片。\n".encode()
        (CITY / "2021" / "其他单位.zip").write_bytes(as_chinese_windows_zips(members))
    _spoil(CITY / "2020")
    table = _roster(ROSTER, CITY / "roster.xlsx")
    with (CITY / "roster.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table)


def _make(rubric: Rubric, folder: Path, forms: Sequence[Form]) -> None:
    for suffix in (".xlsx", ".xls", ".ods"):
        saved = [form for form in forms if form.calculated and Path(form.path).suffix == suffix]
        filled = [fill(rubric, form) for form in saved]
        for form, data in zip(saved, through_libreoffice(filled, suffix), strict=True):
            _write(folder / form.path, data)
    for form in forms:
        if not form.calculated:
            _write(folder / form.path, fill(rubric, form))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


# -- one form ------------------------------------------------------------------------------------------------


def fill(rubric: Rubric, form: Form) -> bytes:
    """The template, filled in as an agency and the office would."""
    category = form.category or (ROSTER | GOOD_ROSTER)[form.name]
    book = load_workbook(io.BytesIO(blank_form(rubric, Prefill(form.name, category, form.year))))
    sheet = book[SHEET]
    head: dict[Field, Answer | None] = {
        Field.FILLED_BY: "示例填报员",
        Field.PHONE: "0000-0000000",
        Field.FILLED_ON: f"{form.year}-10-20",
        **form.head,
    }
    for place, value in head.items():
        sheet[place.cell] = value
    for row in rows(rubric):
        _answer(sheet, row, form)
    if form.path.endswith(".xls"):
        sheet.data_validations.dataValidation.clear()  # as old programs drop them; it keeps the file small, too
        del book[HELP_SHEET]
    if form.path.endswith(".ods"):
        # LibreOffice numbers the page layouts of two sheets by chance, so here the clerk has kept only one
        sheet.data_validations.dataValidation = [
            check for check in sheet.data_validations.dataValidation if HELP_SHEET not in str(check.formula1)
        ]
        del book[HELP_SHEET]
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


def _answer(sheet: Worksheet, row: FormRow, form: Form) -> None:
    criterion = row.criterion.id
    full = MOSTLY.get(criterion, "是")
    claimed = form.answers.get(criterion, full)
    if claimed != "":
        sheet[row.address(Column.ANSWER)] = claimed
    if claimed == "是":
        sheet[row.address(Column.EVIDENCE)] = f"佐证材料第{row.number}号"
    if form.findings is None or (form.checked_only and criterion not in form.checked_only):
        return
    sheet[row.address(Column.FINDING)] = form.findings.get(criterion, full)
    if opinion := form.opinions.get(criterion):
        sheet[row.address(Column.OPINION)] = opinion


# -- LibreOffice, and what it stamps -------------------------------------------------------------------------

_CONVERTED = {
    ".xlsx": "xlsx:Calc MS Excel 2007 XML",
    ".xls": "xls:MS Excel 97",
    ".ods": "ods:calc8",
}
_MOMENT = dt.datetime(2020, 10, 20, 9, 0, 0)  # noqa: DTZ001 -- zip and spreadsheet times have no zone
_STAMPS = (
    re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)"),
    re.compile(rb"(<(dc:date|meta:creation-date)>)[^<]*(</)"),
)
_TIMED = re.compile(rb"<(TotalTime|meta:editing-duration)>[^<]*</\1>")
"""How long LibreOffice took."""


def through_libreoffice(books: Sequence[bytes], suffix: str) -> Iterator[bytes]:
    """Open each workbook and save it again, calculated."""
    if not books:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, data in enumerate(books):
            (folder / "in" / f"{number:02}.xlsx").write_bytes(data)
        soffice = shutil.which("soffice") or sys.exit("LibreOffice (soffice) is needed to make the examples")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        sources = sorted(map(str, (folder / "in").iterdir()))
        command = [
            soffice,
            profile,
            "--headless",
            "--convert-to",
            _CONVERTED[suffix],
            "--outdir",
            str(folder),
            *sources,
        ]
        in_turn = {**os.environ, "SC_IMPORT_THREADS": "0"}  # sheets that race each other come out in another order
        subprocess.run(command, check=True, capture_output=True, env=in_turn)  # noqa: S603 -- a fixed program, our own files
        for number in range(len(books)):
            data = (folder / f"{number:02}{suffix}").read_bytes()
            yield _timeless_ole(data) if suffix == ".xls" else timeless(data)


def timeless(data: bytes) -> bytes:
    """The same container with every time in it pinned and without its preview."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            if info.filename.startswith("Thumbnails/"):
                continue
            part = old.read(info)
            if info.filename in {"docProps/core.xml", "docProps/app.xml", "meta.xml"}:
                part = _TIMED.sub(b"", part)
                for stamp in _STAMPS:
                    part = stamp.sub(rb"\g<1>" + _MOMENT.isoformat().encode() + rb"Z\g<3>", part)
            pinned = zipfile.ZipInfo(info.filename, _MOMENT.timetuple()[:6])
            pinned.compress_type = info.compress_type
            pinned.external_attr = info.external_attr
            new.writestr(pinned, part, compresslevel=9)
    return packed.getvalue()


def _timeless_ole(data: bytes) -> bytes:
    """The same OLE file without the time in its root entry: bytes 100 to 116 of the first directory sector."""
    directory = (int.from_bytes(data[48:52], "little") + 1) * 512
    return data[: directory + 100] + bytes(16) + data[directory + 116 :]


# -- what else arrives ---------------------------------------------------------------------------------------


def as_chinese_windows_zips(members: Mapping[str, bytes]) -> bytes:
    """A zip whose names are GBK and do not say so."""
    packed = io.BytesIO()
    names = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(members.items()):
            encoded = name.encode("gbk")
            placeholder = f"{number:@>{len(encoded)}}"
            names[placeholder.encode()] = encoded
            archive.writestr(zipfile.ZipInfo(placeholder, _MOMENT.timetuple()[:6]), data)
    whole = packed.getvalue()
    for written, meant in names.items():
        whole = whole.replace(written, meant)
    return whole


def _spoil(folder: Path) -> None:
    """One file that broke on its way, one that is no workbook, and evidence that lies beside the forms."""
    broken = folder / "示例市政协办公室.xlsx"
    broken.write_bytes(broken.read_bytes()[:9000])
    (folder / "示例市监察委员会.xlsx").write_bytes(_word_document("示例市监察委员会自评报告（示例）"))
    _write(folder / "佐证材料" / "示例市财政局会议纪要.txt", "示例：此处原为会议纪要。\n".encode())


def _word_document(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}'
        "</w:t></w:r></w:p></w:body></w:document>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT.timetuple()[:6]), f'<?xml version="1.0"?>{part}')
    return packed.getvalue()


def _roster(roster: Mapping[str, str], path: Path) -> list[tuple[int | str, str, str]]:
    table: list[tuple[int | str, str, str]] = [("序号", "单位名称", "单位类别")]
    table += [(number, name, roster[name]) for number, name in enumerate(roster, 1)]
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        sys.exit("openpyxl made no sheet")
    sheet.title = "名录"
    for line in table:
        sheet.append(line)
    sheet.column_dimensions["B"].width = 28
    sheet.column_dimensions["C"].width = 36
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(timeless(stream.getvalue()))
    return table


if __name__ == "__main__":
    main()
