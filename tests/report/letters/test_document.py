"""The layout of official documents: GB/T 9704-2012, as LibreOffice sets it and as the parts say it."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from docx import Document

from jieyue_cli.report.letters.document import document
from jieyue_cli.report.letters.kinds import KINDS, Kind
from report.letters.paper import faults_in, printed, read
from report.letters.words import words


def test_marks_become_styles() -> None:
    made = Document(io.BytesIO(document("# 题\n- 甲：\n文\n## 节\n+ 完\n> 印\n")))
    assert [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs if paragraph.style] == [
        ("公文标题", "题"),
        ("公文顶格", "甲："),
        ("公文正文", "文"),
        ("公文小标题", "节"),
        ("公文结尾", "完"),
        ("公文落款", "印"),
    ]


def test_a_table_repeats_its_head_keeps_rows_whole_and_a_single_cell_spans_it() -> None:
    made = document("| 编号=1 | 条文=3 |\n| {%tr for 条 in 清单 %} |\n| a & b | < |\n")
    table = Document(io.BytesIO(made)).tables[0]
    assert words(made).splitlines()[0] == "| 编号 | 条文"
    assert words(made).splitlines()[2] == "| a & b | <"
    assert [len(row._tr.tc_lst) for row in table.rows] == [2, 1, 2]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml
    assert all("cantSplit" in row._tr.xml for row in table.rows)


def test_margins_of_the_page() -> None:
    section = Document(io.BytesIO(document("文"))).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [margin and round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    paper = (section.page_width, section.page_height)
    assert [side and round(side.mm) for side in paper] == [210, 297]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_template_is_small_and_sound(kind: Kind, tmp_path: Path) -> None:
    made = kind.template()
    assert len(made) < 20_000
    assert made == kind.template()
    assert faults_in(made, tmp_path) == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed")
def test_a_page_has_22_lines_of_28_characters_and_its_number_on_the_outer_side(tmp_path: Path) -> None:
    (letter,) = printed(tmp_path, document("节约能源资源" * 300))
    pages = read(letter, "-layout").split("\f")
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages if page.strip()]
    *first, number = lines[0]
    assert re.sub(" ", "", number) == "—1—"
    assert [len(line) for line in first] == [26, *[28] * 21]
    boxes = read(letter, "-bbox")
    sides = [float(x) for x in re.findall(r'xMin="([\d.]+)"[^>]*>—<', boxes)][::2]
    assert sides[0] > 400
    assert 70 < sides[1] < 110


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed")
def test_a_row_that_is_taller_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    made = document(f"| 编号=1 | 佐证材料=1 |\n| 1 | {'长' * 900}完 |\n")
    assert re.sub(r"[^长完]", "", read(printed(tmp_path, made)[0], "-layout")) == "长" * 900 + "完"


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed")
def test_a_long_table_repeats_its_head_on_every_page_and_the_signature_is_not_alone(tmp_path: Path) -> None:
    rows = "".join(f"| {number} | {'条文' * 30} |\n" for number in range(60))
    made = document(f"# {'长' * 30}题\n| 编号=1 | 内容=5 |\n{rows}+ 正文的结尾。\n+ 　\n> （印章）\n")
    pages = [page for page in read(printed(tmp_path, made)[0], "-layout").split("\f") if page.strip()]
    assert len(pages) > 3
    assert all("内容" in page for page in pages[:-1])
    assert "正文的结尾" in next(page for page in pages if "印章" in page)
