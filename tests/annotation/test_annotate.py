"""Comments and a sheet come in; every part that is not concerned stays byte for byte, in its place."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import defusedxml.ElementTree
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from first import first
from jieyue_cli.annotation.annotate import Annotation, annotate
from jieyue_cli.form.layout import SHEET as FORM
from jieyue_cli.workbook import read_workbook
from published import ORDER

from .packages import ACCEPTED, BOOK, COMMENTED, REFUSED, SHEET, THEIRS, form, packed, parts_of, replaced

TITLE = "核查反馈"
NOTES = {"G14": "失 1 分：<&>\n请更正", "K9": "核查与自评不同", "B3": "长" * 900}
TOUCHED = re.compile(
    r"(?i)\[content_types\]\.xml|xl/(workbook\.xml|_rels/workbook\.xml\.rels|styles\.xml|comments\d+\.xml"
    r"|worksheets/(sheet1\.xml|_rels/sheet1\.xml\.rels|sheet3\.xml)|drawings/vmldrawing\d+\.vml)"
)


def page(text: str = "结论：<达标>") -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = book.add_worksheet(TITLE)
    sheet.write_string(0, 0, text, book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E5EDE8"}))
    sheet.write_url(1, 0, f"internal:'{FORM}'!G14", None, "G14")
    book.close()
    return stream.getvalue()


def annotated(
    data: bytes, notes: dict[str, str] = NOTES, replaced: str | None = None, text: str = "结论：<达标>"
) -> bytes:
    copy, why = annotate(data, Annotation(TITLE, {FORM: notes}, page(text), replaced))
    assert why is None, why
    assert copy is not None
    return copy


def comments(data: bytes) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for row in openpyxl.load_workbook(io.BytesIO(data))[FORM].iter_rows()
        for cell in row
        if cell.comment
    }


def members(data: bytes) -> list[tuple[str, Any, bytes]]:
    """Name, time and packed data of each member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            archive.read(info)
        headers = [(info, info.header_offset) for info in archive.infolist()]
    found = []
    for info, start in headers:
        size = 30 + int.from_bytes(data[start + 26 : start + 28], "little")
        size += int.from_bytes(data[start + 28 : start + 30], "little")
        packed_data = data[start + size : start + size + info.compress_size]
        found.append((info.orig_filename, (info.date_time, info.compress_type, info.CRC), packed_data))
    return found


def assert_only_touched(before: bytes, after: bytes) -> None:
    old, new = members(before), members(after)
    assert [name for name, _, _ in new[: len(old)]] == [name for name, _, _ in old]
    for was, now in zip(old, new, strict=False):
        if not TOUCHED.fullmatch(was[0]):
            assert now == was
    assert all(TOUCHED.fullmatch(name) for name, _, _ in new[len(old) :])


@pytest.fixture(params=first(4, ACCEPTED))
def variant(request: pytest.FixtureRequest) -> bytes:
    return ACCEPTED[request.param](parts_of(form()))


def test_every_other_part_stays_in_its_place_with_its_bytes(variant: bytes) -> None:
    assert_only_touched(variant, annotated(variant))


def test_the_sheet_of_the_form_gains_one_element_where_it_belongs(variant: bytes) -> None:
    (before,) = (part for name, part in parts_of(variant).items() if name.lower() == SHEET)
    (after,) = (part for name, part in parts_of(annotated(variant)).items() if name.lower() == SHEET)
    gained = re.compile(rb'<(?:x:)?legacyDrawing xmlns:r="[^"]+" r:id="rId\d+"/>')
    assert gained.sub(b"", after) == gained.sub(b"", before)
    tags = [child.tag.rpartition("}")[2] for child in defusedxml.ElementTree.fromstring(after)]
    assert tags[-1] == ("extLst" if b"extLst" in before else "legacyDrawing")


def test_it_reads_as_before_with_one_sheet_more(variant: bytes) -> None:
    before, _ = read_workbook(variant)
    after, problems = read_workbook(annotated(variant))
    assert before is not None
    assert after is not None
    assert problems == ()
    assert after.sheets[:-1] == before.sheets
    assert after.sheets[-1].name == TITLE
    assert [list(row) for row in after.sheets[-1].rows] == [["结论：<达标>"], ["G14"]]


@pytest.mark.filterwarnings("ignore:Unknown extension")  # by the library that reads the copy here
@pytest.mark.parametrize("name", first(4, sorted(ACCEPTED.keys() - {"capitals"})))
def test_the_comments_stand_at_their_cells_and_those_of_others_stay(name: str) -> None:
    said = comments(annotated(ACCEPTED[name](parts_of(form()))))
    ours = {cell: f"【{TITLE}】\n{text}" for cell, text in NOTES.items()}
    if name in COMMENTED:
        ours["H14"] = f"【{TITLE}】\n（关于 G14）\n{NOTES['G14']}"
        ours["G14"] = THEIRS
    assert said == ours


def test_every_comment_has_one_hidden_box_of_its_own(variant: bytes) -> None:
    (drawing,) = (part for name, part in parts_of(annotated(variant)).items() if name.lower().endswith(".vml"))
    identifiers = re.findall(rb'<v:shape\b[^>]*? id="([^"]+)"', drawing)
    assert len(set(identifiers)) == len(identifiers) >= len(NOTES)
    anchors = [[*map(int, found.split(b","))] for found in re.findall(rb"<x:Anchor>([\d, ]+)</x:Anchor>", drawing)]
    assert len(anchors) >= len(NOTES)
    assert all(right > left and bottom > top for left, _, top, _, right, _, bottom, _ in anchors)


def test_comments_on_two_sheets_have_drawings_with_numbers_of_their_own() -> None:
    notes = {FORM: NOTES, "填写说明": {"A1": "一"}}
    copy, _ = annotate(form(), Annotation(TITLE, notes, page()))
    assert copy is not None
    drawings = [part for name, part in parts_of(copy).items() if name.endswith(".vml")]
    numbers = [re.findall(rb'data="(\d+)"', part) for part in drawings]
    assert sorted(numbers) == [[b"1"], [b"2"]]
    identifiers = [found for part in drawings for found in re.findall(rb'<v:shape id="([^"]+)"', part)]
    assert len(set(identifiers)) == len(identifiers) == 4
    assert openpyxl.load_workbook(io.BytesIO(copy))["填写说明"]["A1"].comment.text.endswith("一")


def test_annotating_again_changes_the_sheet_and_the_comments_and_doubles_nothing(variant: bytes) -> None:
    once = annotated(variant)
    again = annotated(once, {"G14": "还差", "G15": "新"}, TITLE, "第二次")
    assert_only_touched(once, again)
    assert [name for name, *_ in members(again)] == [name for name, *_ in members(once)]
    assert annotated(annotated(again, replaced=TITLE), replaced=TITLE) == annotated(once, replaced=TITLE) == once
    book, _ = read_workbook(again)
    assert book is not None
    assert [sheet.name for sheet in book.sheets].count(TITLE) == 1
    assert book.sheets[-1].rows[0][0] == "第二次"


def test_a_cell_that_needs_no_comment_any_more_loses_ours_and_keeps_theirs() -> None:
    for name in COMMENTED:
        once = annotated(ACCEPTED[name](parts_of(form())))
        again = annotated(once, {}, TITLE)
        assert comments(again) == {"G14": THEIRS}
        drawing = parts_of(again)["xl/drawings/vmlDrawing1.vml"]
        assert drawing.count(b'ObjectType="Note"') == 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_changed_safely_is_refused_with_a_reason(name: str) -> None:
    build, reason = REFUSED[name]
    copy, why = annotate(build(parts_of(form())), Annotation(TITLE, {FORM: NOTES}, page()))
    assert copy is None
    assert why is not None
    assert reason in why.message
    assert "另写了一份反馈工作簿" in why.message


@pytest.mark.slow
def test_no_damage_raises_or_goes_unnoticed() -> None:
    parts = parts_of(annotated(ACCEPTED["comments of Excel"](parts_of(form()))))
    for name in parts:
        for cut in (0, 1, len(parts[name]) // 2, len(parts[name]) - 3):
            copy, why = annotate(packed(parts | {name: parts[name][:cut]}), Annotation(TITLE, {FORM: NOTES}, page()))
            assert (copy is None) != (why is None)


def test_a_comment_that_gives_way_stands_beside_merged_cells_and_not_under_them() -> None:
    parts = parts_of(ACCEPTED["comments of Excel"](parts_of(form())))
    parts = replaced(parts, SHEET, b'<mergeCell ref="', b'<mergeCell ref="G14:I14"/><mergeCell ref="')
    assert comments(annotated(packed(parts), {"G14": "一", "J14": "二"})).keys() == {"G14", "J14", "K14"}


def test_a_sheet_of_that_name_that_is_not_ours_stays() -> None:
    once = annotated(form())
    twice = annotated(once)
    assert openpyxl.load_workbook(io.BytesIO(twice)).sheetnames[-2:] == [TITLE, f"{TITLE}（2）"]


def test_a_comment_that_somebody_begins_as_ours_begin_stays() -> None:
    parts = parts_of(ACCEPTED["comments of Excel"](parts_of(form())))
    parts = replaced(parts, "xl/comments1.xml", "王科长:".encode(), f"【{TITLE}】已阅：".encode())
    assert "已阅" in comments(annotated(packed(parts)))["G14"]


@pytest.mark.parametrize("number", ["65534", "4294967295"])
def test_the_sheet_has_a_number_that_spreadsheet_programs_take(number: str) -> None:
    book = parts_of(form())
    book = replaced(book, BOOK, b'sheetId="1"', f'sheetId="{number}"'.encode())
    numbers = re.findall(rb'sheetId="(\d+)"', parts_of(annotated(packed(book)))[BOOK])
    assert [int(found) for found in numbers] == [int(number), 2, 1]


def test_the_formats_of_the_form_keep_their_numbers() -> None:
    before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (form(), annotated(form())))
    for was, now in zip(before[FORM].iter_rows(), after[FORM].iter_rows(), strict=True):
        for cell, copied in zip(was, now, strict=True):
            assert (cell.value, cell.number_format) == (copied.value, copied.number_format)
            for look in ("font", "fill", "border", "alignment", "protection"):
                assert repr(getattr(cell, look)) == repr(getattr(copied, look))
    assert before[FORM].protection.sheet
    assert after[FORM].protection.sheet
    added = after[TITLE]["A1"]
    assert (added.font.b, added.alignment.wrap_text, added.fill.fgColor.rgb) == (True, True, "FFE5EDE8")
    assert after[TITLE]["A2"].hyperlink.location == f"'{FORM}'!G14"
    assert not after[TITLE].sheet_view.tabSelected


def complaints(data: bytes, tmp_path: Any) -> set[str]:
    (tmp_path / "a.xlsx").write_bytes(data)
    found = OpenXmlValidator().validate(str(tmp_path / "a.xlsx")).errors
    return {re.sub(r"\d+", "n", str(error)) for error in found if "inline-string" not in str(error)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["plain", "comments of Excel", "comments of WPS", "more behind the drawing"])
def test_the_package_is_as_sound_as_before(name: str, tmp_path: Any) -> None:
    before = ACCEPTED[name](parts_of(form()))
    assert complaints(annotated(before), tmp_path) <= complaints(before, tmp_path)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    answers=st.dictionaries(st.sampled_from(ORDER), st.sampled_from(["", "是", "否", "3", "嗯"])),
    notes=st.dictionaries(st.from_regex(r"[A-M][1-4][0-9]", fullmatch=True), st.text(max_size=60), max_size=9),
    extra=st.dictionaries(st.from_regex(r"xl/x/[a-z]{1,9}\.bin", fullmatch=True), st.binary(max_size=99), max_size=3),
)
def test_whatever_the_form_and_the_comments_no_other_part_changes(
    answers: dict[str, str], notes: dict[str, str], extra: dict[str, bytes]
) -> None:
    before = packed(parts_of(form(answers)) | extra)
    after = annotated(before, notes)
    assert_only_touched(before, after)
    assert set(comments(after)) == set(notes)
    assert annotated(before, notes) == after
