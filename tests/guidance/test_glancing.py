"""What a file is told to be by its first bytes, and that a glance uses the words of those who read it properly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from guidance.offices import DONE, NAMES, YEAR, done
from jieyue_cli.agencies.roster.columns import Column as RosterColumn
from jieyue_cli.demo import making
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import Column
from jieyue_cli.form.typed.table import Role
from jieyue_cli.guidance import glancing, looking
from jieyue_cli.guidance.glancing import glance
from jieyue_cli.guidance.sight import Glimpse, Kind
from jieyue_cli.report.letters.kinds import KINDS
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Completion
from returns import returned
from rubric.spreadsheet.books import small
from typed_tables import by_item, full

ROSTER = "序号,单位名称,类别\n1,示例市财政局,行政机关\n"
UTF16 = "单位名称;级别\n示例市财政局;市级\n".encode("utf-16")
LEDGER = b'{"agencies":[],"year":2020}\n{"agencies":[],"year":2021}\n{"agencies":[],"year":2021}\n'


def zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def seen(name: str, data: bytes) -> Glimpse:
    return glance(name, io.BytesIO(data))


FORM = Glimpse(Kind.RETURNED, (2020,), "standard_2020")
FILES: dict[str, tuple[bytes, Glimpse]] = {
    "交回.xlsx": (returned(NAMES[0]), FORM),
    "无年度.xlsx": (returned(NAMES[0], year=None), FORM._replace(years=())),
    "核查.xlsx": (returned(NAMES[0], findings={}), FORM._replace(kind=Kind.CHECKED)),
    "空白同自评.xlsx": (returned(NAMES[0], head=DONE), FORM._replace(kind=Kind.CHECKED)),
    "名录.csv": (ROSTER.encode("utf-8-sig"), Glimpse(Kind.ROSTER)),
    "名录 gbk.csv": (ROSTER.encode("gb18030"), Glimpse(Kind.ROSTER)),
    "名录 utf16.csv": (UTF16, Glimpse(Kind.ROSTER)),
    "空名录.csv": ("单位名称,类别\n\n".encode(), Glimpse(Kind.UNFILLED)),
    "开支.csv": ("日期,单位,金额\n".encode(), Glimpse(Kind.OTHER)),
    "台账.jsonl": (LEDGER, Glimpse(Kind.LEDGER, (2020, 2021))),
    "结果.jsonl": (b'{"file":"a.xlsx"}\n', Glimpse(Kind.OTHER)),
    "本市.yaml": (b"id: own_2021\nunits: []\n", Glimpse(Kind.RUBRIC, standard="own_2021")),
    "本市.xlsx": (small(), Glimpse(Kind.RUBRIC, standard="small")),
    "compose.yml": (b"id: x\nservices: {}\n", Glimpse(Kind.OTHER)),
    "模板.docx": (KINDS[0].template(), Glimpse(Kind.LETTER)),
    "报告.docx": (zipped(**{"word/document.xml": "<w:t>自评报告</w:t>"}), Glimpse(Kind.OTHER)),
    "交表.zip": (zipped(**{"a.txt": "x"}), Glimpse(Kind.OTHER)),
    "旧表.xls": (b"\xd0\xcf\x11\xe0" + "评价标准 分值 自评得分".encode("utf-16-le"), Glimpse(Kind.RETURNED)),
    "旧名录.xls": (b"\xd0\xcf\x11\xe0" + "单位名称".encode("utf-16-le"), Glimpse(Kind.ROSTER)),
    "表.ods": (zipped(**{"content.xml": "<p>标准分</p><p>自评分</p>"}), Glimpse(Kind.RETURNED)),
    "坏.xlsx": (returned(NAMES[0])[:9000], Glimpse(Kind.OTHER)),
    "空.xlsx": (b"", Glimpse(Kind.OTHER)),
    "说明.txt": ("单位名称".encode(), Glimpse(Kind.OTHER)),
}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_seems_to_be(name: str) -> None:
    data, expected = FILES[name]
    assert seen(name, data) == expected


@pytest.mark.slow
def test_what_the_program_makes_is_known(rubric: Rubric, tmp_path: Path) -> None:
    assert seen("空表.xlsx", blank_form(rubric)) == Glimpse(Kind.BLANK, (), rubric.id)
    YEAR["planned"](tmp_path)
    done(tmp_path, "verify", "sheets", "交 表", "-o", "核查表")
    done(tmp_path, "feedback", "交 表", "-o", "反馈")
    done(tmp_path, "batch", "交 表", "-o", "汇总.xlsx")
    done(tmp_path, "roster", "new", "新名录.xlsx")
    sight = looking.look(tmp_path, 60)
    assert {thing.years for thing in sight.things if thing.kind is Kind.FEEDBACK} == {(2020,)}
    assert {thing.name: thing.kind for thing in sight.things} == {
        "交 表": Kind.RETURNED,
        "名录.csv": Kind.ROSTER,
        "新名录.xlsx": Kind.UNFILLED,
        "核查表": Kind.TO_CHECK,
        "核查计划.xlsx": Kind.PLAN,
        "反馈": Kind.FEEDBACK,
        "汇总.xlsx": Kind.REPORT,
    }


def test_the_year_of_most_forms_is_that_of_a_folder() -> None:
    forms = [FORM, FORM._replace(years=(2002,)), FORM, FORM._replace(years=(), kind=Kind.CHECKED)]
    assert glancing.together(forms) == FORM._replace(kind=Kind.CHECKED)


def test_a_table_typed_by_hand_is_a_return() -> None:
    assert seen("手工.xlsx", full(by_item()).written()) == Glimpse(Kind.RETURNED, (2020,))


def test_words_are_those_of_the_readers() -> None:
    own = {column.word for column in Column}
    assert own >= glancing.OWN_WORDS | {glancing.NUMBER, glancing.ANSWER, glancing.FINDING}
    assert {field.label for field in Field} >= {glancing.YEAR, glancing.MARK}
    assert Completion.BLANK_AS_CLAIMED.value == glancing.FINISHED
    assert set(Role.POINTS.value) == glancing.TYPED_POINTS
    assert set(Role.SELF.value) == glancing.TYPED_SELF
    assert {*Role.ITEM.value, *Role.TEXT.value} >= glancing.TYPED_TEXT
    names = set(RosterColumn.NAME.value)
    assert names == glancing.ROSTER_NAMES | glancing.ROSTER_PLAIN
    assert {word for column in RosterColumn for word in column.value} >= glancing.ROSTER_BESIDE
    assert looking.GUIDE == making.GUIDE
