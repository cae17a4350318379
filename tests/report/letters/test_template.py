"""A template of an office is looked through: what is wrong is named with its paragraph, what could harm is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from jieyue_cli.problems import Code
from jieyue_cli.report.letters.document import document
from jieyue_cli.report.letters.kinds import KINDS, Kind
from jieyue_cli.report.letters.rendering import examine
from jieyue_cli.report.letters.template import looked_through, opened
from report.letters.words import Change, changed, with_part

FEEDBACK = KINDS[0]
ORDINARY = document("{{ 单位名称 }}：见附件。\n")


def told(template: bytes, kind: Kind = FEEDBACK) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    packed, refused = opened(template)
    problems = [refused] if refused else looked_through(packed or b"", kind.placeholders)
    return [(problem.code.name.removeprefix("LETTER_"), problem.location.sheet or "") for problem in problems]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_our_own_templates_have_nothing_wrong(kind: Kind) -> None:
    assert told(kind.template(), kind) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ 失分条目|length }} 条",
        "{% if 核查得分 and not 失分条目 or 结论 == '达标' %}甲{% elif 文件名 %}乙{% else %}丙{% endif %}",
        "{{ 结论 if 结论 else '未定' }}",
        "{# 给自己看的话 #}",
        "{%p for 条 in 失分条目 %}\n{{ 条.序号 }}．{{ 条.编号 }}\n{%p endfor %}",
        "{% for 条 in 失分条目 %}{{ 条.编号 }}{% endfor %}{% for 条 in 达标步骤 %}{{ 条.办法 }}{% endfor %}",
        "{% raw %}{{ 原样 }}{% endraw %}",
        "价格 {5} 元，50%",
    ],
)
def test_what_an_office_may_write(text: str) -> None:
    assert told(document(text)) == []


def test_a_loop_in_a_loop_goes_through_the_entrys_own_list() -> None:
    for group, agency in (("组", "机关"), ("机关", "单位"), ("机关", "机关")):
        inner = f"{{% for {agency} in {group}.机关 %}}{{{{ {agency}.单位名称 }}}}{{% endfor %}}"
        assert told(document(f"{{% for {group} in 机关名单 %}}{inner}{{% endfor %}}"), KINDS[-1]) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ 单位电话 }}", "UNKNOWN"),
        ("{{ 单位.电话号 }}", "UNKNOWN"),
        ("{%p for 条 in 失分条目 %}\n{{ 条.电话号 }}\n{%p endfor %}", "UNKNOWN"),
        ("{% if 电话 %}有{% endif %}", "UNKNOWN"),
        ("{%p for 条 in 失分条目 %}\n{%p endfor %}\n{{ 条.编号 }}", "UNKNOWN"),
        ("{{ 失分条目 }}", "LIST"),
        ("{%p for 字 in 单位名称 %}\n甲\n{%p endfor %}", "NOT_LIST"),
        ("{% for 条 in 失分条目 %}{% for 格 in 条 %}甲{% endfor %}{% endfor %}", "NOT_LIST"),
        ("｛｛ 单位名称 ｝｝", "FULL_WIDTH"),
        ("{｛ 单位名称 }}", "FULL_WIDTH"),
        ("｛% if 结论 %｝甲", "FULL_WIDTH"),
        ("{{ 单位名称", "UNCLOSED"),
        ("单位名称 }}", "UNCLOSED"),
        ("{{ 单位名称 }", "UNCLOSED"),
        ("{% if 结论 %", "UNCLOSED"),
        ("{%p for 条 in 失分条目 %}\n甲", "SYNTAX"),
        ("{% endif %}", "SYNTAX"),
        ("{% 如果 结论 %}", "SYNTAX"),
        (f"{{{{ {'(' * 5000}1{')' * 5000} }}}}", "SYNTAX"),
        ("{% if 结论 == “达标” %}甲{% endif %}", "QUOTE"),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str) -> None:
    assert [name for name, _ in told(document(text))] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 单位名称() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 单位名称.__class__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ 失分条目[0] }}",
        "{{ 单位名称|default('无') }}",
        "{{ 失分条目|length(1) }}",
        "{{ 9**9**9 }}",
        "{{ 'a' * 1000000000 }}",
        "{% for 数 in range(1000000000) %}甲{% endfor %}",
        "{% for 条 in 失分条目 %}{% for 又 in 失分条目 %}甲{% endfor %}{% endfor %}",
        "{% for 条 in 失分条目 recursive %}{{ loop(失分条目) }}{% endfor %}",
        "{% for 甲, 乙 in 失分条目 %}甲{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% import 'a' as b %}",
        "{% extends 'a' %}",
        "{% set 甲 = 1 %}",
        "{% macro 甲() %}{{ 甲() }}{% endmacro %}",
        "{% filter upper %}甲{% endfilter %}",
        "{% autoescape false %}{{ 结论 }}{% endautoescape %}",
        "{% with %}甲{% endwith %}",
        "{{ {'a': 1} }}",
    ],
)
def test_what_could_harm_is_refused(text: str) -> None:
    assert {name for name, _ in told(document(text))} <= {"FORBIDDEN", "UNKNOWN"} != set()
    assert told(document(text))


def test_the_place_is_the_text_of_the_paragraph() -> None:
    assert told(document("甲\n请拨打{{ 电话 }}。\n乙")) == [("UNKNOWN", "正文“请拨打{{ 电话 }}。”")]
    assert [code for code, _ in told(document("{{ 电话 }}\n｛｛ 单位名称 ｝｝"))] == ["FULL_WIDTH", "UNKNOWN"]
    assert told(document(f"{'前' * 30}｛｛{'后' * 30}")) == [("FULL_WIDTH", f"正文“…{'前' * 20}｛｛{'后' * 18}…”")]


@pytest.mark.parametrize(("part", "place"), [("footer1", "页脚"), ("footer2", "页脚")])
def test_headers_and_footers_are_looked_through_too(part: str, place: str) -> None:
    wrong = changed(ORDINARY, {f"word/{part}.xml": lambda xml: xml.replace("— ".encode(), "{{ 电话 }}".encode())})
    ((code, where),) = told(wrong)
    assert (code, where.startswith(f"{place}“{{{{ 电话 }}}}")) == ("UNKNOWN", True)


@pytest.mark.parametrize("name", ["word/top.xml", "other/header1.xml", "word/HEADER7.XML"])
def test_parts_are_looked_through_whatever_they_are_called(name: str) -> None:
    assert told(with_part(ORDINARY, "header", "{{ 电话 }}", name)) == [("UNKNOWN", "页眉“{{ 电话 }}”")]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("image", ["REMOTE"]), ("attachedTemplate", ["REMOTE"]), ("oleObject", ["REMOTE"]), ("hyperlink", [])],
)
def test_what_is_fetched_from_elsewhere_is_told(kind: str, codes: list[str]) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = (
        f'<Relationship Id="rId9" Type="{office}/{kind}" Target="http://example.invalid/a" TargetMode="External"/>'
    )

    def remote(part: bytes) -> bytes:
        return part.replace(b"</Relationships>", f"{relation}</Relationships>".encode())

    assert [code for code, _ in told(changed(ORDINARY, {"word/_rels/document.xml.rels": remote}))] == codes


def test_a_placeholder_that_word_has_split_is_understood() -> None:
    split = "{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ 单位</w:t></w:r><w:r><w:t>名称 }</w:t></w:r><w:r><w:t>}"
    parts = changed(ORDINARY, {"word/document.xml": lambda xml: xml.replace("{{ 单位名称 }}".encode(), split.encode())})
    assert told(parts) == []


def _macros(types: bytes) -> bytes:
    return types.replace(b"document.main+xml", b"document.macroEnabled.main+xml")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("[Content_Types].xml", _macros),
        ("word/vbaProject.bin", lambda _: b"macros"),
        ("word/document.xml", lambda _: None),
        ("[Content_Types].xml", lambda _: None),
        ("_rels/.rels", lambda _: None),
        ("word/document.xml", lambda xml: xml[:-30]),
        ("word/document.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY x "y">]>' + xml),
        (
            "word/document.xml",
            lambda xml: xml.replace(b"schemas.openxmlformats.org/wordprocessingml", b"purl.oclc.org/"),
        ),
        ("word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 300_000)),
        ("word/media/a.png", lambda _: b"\0" * (40 << 20)),
    ],
)
def test_a_damaged_or_doubtful_file_is_refused(part: str, change: Change) -> None:
    assert told(changed(ORDINARY, {part: change})) == [("NOT_DOCX", "")]


@pytest.mark.parametrize(
    "data", [b"", b"text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, ORDINARY[:-40], ORDINARY[40:]]
)
def test_what_is_no_docx_is_refused(data: bytes) -> None:
    assert told(data) == [("NOT_DOCX", "")]


def test_a_workbook_is_no_template() -> None:
    roster = Path(__file__).parents[3] / "examples" / "city" / "roster.xlsx"
    assert told(roster.read_bytes()) == [("NOT_DOCX", "")]


@pytest.mark.slow
def test_a_template_that_takes_too_long_to_look_through_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieyue_cli.report.letters.rendering._SECONDS", 1)
    marks = b'<w:p w:rsidR="{%r "/>' * 20_000
    slow = changed(ORDINARY, {"word/document.xml": lambda xml: xml.replace(b"<w:body>", b"<w:body>" + marks)})
    examined = examine(slow, [FEEDBACK])
    assert [problem.code for problem in examined.problems[FEEDBACK.name]] == [Code.LETTER_FAILED]
