"""Whatever an agency is called, its name stays text in every format."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from first import first
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.report.console.batch import batch_view
from jieyue_cli.report.console.score import score_view
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.formats import FORMATS, Format
from jieyue_cli.text.cleaning import clean

from .builders import RUBRIC, at, batch, printed, result

NAMES = {
    "a formula": '=HYPERLINK("http://示例.cn","点")',
    "a formula behind blanks": " \t=1+1",
    "Markdown": "# *示例*市 | [局](http://示例.cn) `x` <b>局</b>\n- 一\n\n1. 二 ~~三~~ ![](a)",
    "HTML": "<script>alert(1)</script>&lt;局&gt;<!--",
    "rich markup": "[red]示例[/red][link=x]市",
    "control characters": "示\x00例\x1b[2J\x9b31m市\x7f\x07局",
    "directions": "\u202e示例\u2066市\u200f局\u2028\ufeff",
    "emoji": "示例🌿👨‍👩‍👧市🇨🇳局",
    "500 characters": "示例市" + "很长的名称" * 100,
    "quotes": "示例“市”\"局\",'x';\r\n局",
}
OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
HARMLESS = "示例市局"
READER = MarkdownIt("commonmark").enable("table")


def named(name: str) -> Findings[Result]:
    """A batch in which every place that may hold a name, a file or an answer holds this one."""
    wrong = at(Code.ANSWER_NOT_YES_NO, "G7", "1.1.1", seen=name)
    forms = [
        result(name, {"1.1.1": name}, file=f"a/{name}.xlsx", problems=[wrong]),
        result(f"{name}甲", {"2.2.3": "0"}, {}, file=f"b/{name}.xlsx"),
        result(f"{name}乙", file=f"c/{name}.xlsx"),
        result(f"{name}乙", {"2.2.4": "否"}, file=f"d/{name}.xlsx"),
    ]
    return batch(forms, roster=[name, f"{name}甲", f"{name}丙"], outside={f"{name}乙": name, f"{name}丁": f"{name}因"})


@pytest.mark.parametrize("name", first(3, NAMES.values()), ids=NAMES)
@pytest.mark.parametrize(
    "entry", [entry for entry in FORMATS if {"score", "batch"} & {*entry.writers}], ids=lambda entry: entry.name
)
def test_every_format_takes_any_name_and_holds_nothing_that_is_obeyed(entry: Format, name: str) -> None:
    of_a_batch = named(name)
    of_forms = [Findings(RUBRIC, of_a_batch.results)] if "score" in (*entry.commands, *entry.writers) else []
    for findings in (of_a_batch, *of_forms):
        for data in map(b"".join, entry.rendered(findings)):
            assert data
            if not data.startswith(b"PK"):
                assert not OBEYED.search(data.decode("utf-8-sig"))


@pytest.mark.parametrize("name", first(3, NAMES.values()), ids=NAMES)
def test_the_screen_shows_any_name(name: str) -> None:
    findings = named(name)
    for view in (batch_view(findings), *(score_view(form, detail=True) for form in findings.results)):
        page = printed(view)
        assert not OBEYED.search(page)
        assert clean(name).strip()[:4] in page


@pytest.mark.parametrize("name", first(3, NAMES.values()), ids=NAMES)
def test_a_note_has_the_same_parts_whatever_the_names_are(name: str) -> None:
    (entry,) = [entry for entry in FORMATS if entry.suffix == ".md"]
    for strange, plain in zip(forms(name), forms(HARMLESS), strict=True):
        assert parts(entry, strange) == parts(entry, plain)


def forms(name: str) -> list[Findings[Result]]:
    findings = named(name)
    return [findings, *(Findings(RUBRIC, [form]) for form in findings.results)]


def parts(entry: Format, findings: Findings[Result]) -> list[tuple[str, tuple[str, ...]]]:
    """The blocks of a page, and what besides plain text stands in them."""
    tokens = READER.parse(entry.render(findings).decode())
    plain = {"text", "text_special"}
    return [
        (token.type, tuple(child.type for child in token.children or () if child.type not in plain)) for token in tokens
    ]
