"""Letters are filled in whole, whatever the data hold, and alike each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from jieyue_cli.problems import Code, Problem
from jieyue_cli.report.letters.document import document
from jieyue_cli.report.letters.placeholders import Facts, Placeholder, worked_out
from jieyue_cli.report.letters.rendering import render
from jieyue_cli.text.cleaning import clean
from report.builders import HOSTILE
from report.letters.words import changed, with_part, with_text, words

NAMES = [
    "示例市<b>教育</b>局 & “分局”'",
    "]]><w:p>&lt;",
    "长" * 500,
    "节水💧局",
    "\u202e局育教\u200f",
    "{{ 结论 }}{% if %}",
    "{_{ 结论 }_}{_% if %_}",
    "a\tb\nc\x00\x1b",
    HOSTILE,
]
NAMED = (Placeholder("单位名称", "", lambda name: name),)


def filled(template: bytes, letters: Sequence[Facts]) -> list[bytes]:
    made = list(render(template, letters, 2))
    assert not [document for document in made if isinstance(document, Problem)]
    return [document for document in made if isinstance(document, bytes)]


@pytest.mark.slow
def test_a_name_appears_whole_whatever_it_holds() -> None:
    template = document("{{ 单位名称 }}\n| 单位=1 | 名称=1 |\n| {{ 单位名称 }} | 完 |\n后文")
    letters = filled(template, [worked_out(NAMED, name) for name in NAMES])
    for name, letter in zip(NAMES, letters, strict=True):
        shown = clean(name)
        assert words(letter) == f"{shown}\n| 单位 | 名称\n| {shown} | 完\n后文"


@pytest.mark.slow
def test_the_same_facts_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    template = document("{{ 单位名称 }}")
    facts = worked_out(NAMED, "示例市教育局")
    first = filled(template, [facts])
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert filled(template, [facts, facts]) == first * 2


@pytest.mark.slow
def test_headers_footers_and_split_placeholders_are_filled_in() -> None:
    split = "{</w:t></w:r><w:r><w:t>{ 单位</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>名称 }}"
    template = changed(
        with_text(document("甲方"), "甲方", split),
        {"word/footer1.xml": lambda xml: xml.replace("— ".encode(), "{{ 单位名称 }}".encode())},
    )
    (letter,) = filled(template, [worked_out(NAMED, "示例<局>")])
    assert words(letter) == "示例<局>"
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        assert "示例&lt;局&gt;" in archive.read("word/footer1.xml").decode()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_a_name_in_a_note_is_no_template_however_many_sections_there_are(kind: str) -> None:
    section = b"<w:body><w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    template = changed(
        with_part(document("甲"), kind, "{{ 单位名称 }}"),
        {"word/document.xml": lambda xml: xml.replace(b"<w:body>", section)},
    )
    (letter,) = filled(template, [worked_out(NAMED, "{{ 7 * 7 }}局")])
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        assert "{{ 7 * 7 }}局" in archive.read(f"word/{kind}.xml").decode()


@pytest.mark.slow
def test_a_letter_that_comes_out_as_no_document_is_refused_and_the_others_are_made() -> None:
    template = with_text(document("甲\n乙"), "甲</w:t></w:r></w:p>", "{% if 单位名称 %}甲</w:t></w:r></w:p>{% endif %}")
    made = list(render(template, [worked_out(NAMED, "有"), worked_out(NAMED, "")], 1))
    assert isinstance(made[0], bytes)
    assert isinstance(made[1], Problem)
    assert made[1].code is Code.LETTER_BROKEN


@pytest.mark.slow
def test_a_letter_that_does_not_come_to_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieyue_cli.report.letters.rendering._SECONDS", 2)
    many: Facts = {"清单": [{"序号": "1"}] * 3_000_000}
    loop = document("{%p for 条 in 清单 %}\n{{ 条.序号 }}\n{%p endfor %}")
    made = list(render(loop, [many], 1))
    assert isinstance(made[0], Problem)
    assert made[0].code is Code.LETTER_FAILED


def test_where_the_system_allows_no_process_letters_are_made_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: int) -> int:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("jieyue_cli.report.letters.rendering.affordable", none)
    (letter,) = filled(document("{{ 单位名称 }}"), [worked_out(NAMED, "示例市教育局")])
    assert words(letter) == "示例市教育局"
