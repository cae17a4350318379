"""What docs/office/published-table.md says of each wording, and what the command does that it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from jieyue_cli.rubric.published.patterns import recognised
from jieyue_cli.rubric.spreadsheet.vocabulary import KINDS
from printed_tables import HEADER, annex, document, workbook
from program import Call, Ran

PAGE = Path(__file__).parents[3] / "docs" / "office" / "published-table.md"
TEXT = PAGE.read_text("utf-8")
_, _, TABLE = TEXT.partition("<!-- wordings -->")
LINES = [line for line in TABLE.splitlines() if line.startswith("|")]
ROWS = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in LINES[2:]]


@pytest.mark.parametrize(("wording", "called", "doubt"), ROWS)
def test_each_wording_is_taken_as_the_page_says(wording: str, called: str, doubt: str) -> None:
    found = recognised(wording)
    assert KINDS[str(found.rule["kind"]) if found.rule else "all_or_nothing"].word == called
    assert found.doubt == doubt


def test_sums_that_do_not_close_are_refused_in_their_cells(call: Call, tmp_path: Path) -> None:
    rows = [row for row in annex() if row[2] != "绿色食堂"]
    (tmp_path / "表.docx").write_bytes(document(rows))
    assert "分值有 " in call("rubric", "new", "标准.xlsx", "--from", "表.docx").err
    checked = call("rubric", "check", "标准.xlsx")
    assert checked.code == 2
    assert "评价单元“推行绿色办公”写的是 25 分，但其下各项合计 29 分" in unwrapped(checked)


@pytest.mark.parametrize(
    ("name", "table", "target", "told"),
    [
        ("表.pdf", b"%PDF-1.7\n", "标准.xlsx", "从这个文件读不出表格（这是“PDF 文件”）"),
        ("表.docx", document(), "标准.xlsx", "没有找到印发的评价标准表"),
        ("表.xlsx", workbook([("甲", "乙")]), "标准.xlsx", "没有找到印发的评价标准表"),
        ("表.xlsx", workbook([HEADER]), "标准.yaml", "请用 .xlsx 结尾的文件名"),
    ],
)
def test_nothing_is_written_where_nothing_can_be_offered(
    name: str, table: bytes, target: str, told: str, call: Call, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(table)
    ran = call("rubric", "new", target, "--from", name)
    assert ran.code == 2
    assert told in unwrapped(ran)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_document_that_is_not_there_is_told(call: Call) -> None:
    assert "找不到这个文件" in call("rubric", "new", "标准.xlsx", "--from", "表.docx").err


def unwrapped(ran: Ran) -> str:
    """What was said, without the breaks of lines."""
    return "".join(line.strip() for line in ran.err.splitlines())
