"""Whatever stands in a text, a Markdown reader shows it as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.markdown import escaped, paragraph, points, table

READER = MarkdownIt("commonmark").enable("table")
ODD = [
    *("*a* _b_ `c` ~~d~~", "<b>x</b>", "[a](http://b.c)", "![a](b)", "a | b", "# 一", "> 一", "&amp;", "\\", "\\|"),
    *(
        "- 一",
        "+ 一",
        "1. 一",
        "12) 一",
        "---",
        "===",
        "-",
        "1.",
        "    一",
        "```",
        "~~~",
        "[a]: b",
        "<!-- -->",
        "<a@b.c>",
    ),
    *(
        "http://示例.cn",
        "HTTPS://a.b",
        "www.a.cn",
        "a@b.cn",
        "| --- |",
        "\t一",
        "一\n\n二",
        "\u202e\u2028一",
        "🌿",
        "=1+1",
    ),
]
TEXT = st.one_of(st.sampled_from(ODD), st.text("-+=#>*_`~|\\[]()<>&!:.1 \n\t甲a", max_size=12), st.text(max_size=20))


def shown(text: str) -> str:
    """What a reader sees of a text."""
    return clean(text).strip(" ")


def tokens(markdown: str) -> list[tuple[str, str]]:
    """The blocks of a page, and its texts; a text with anything but plain characters in it is told as it is."""
    found = []
    for token in READER.parse(markdown):
        found.append((token.type, _plain(token) if token.type == "inline" else ""))
    return found


def _plain(inline: Token) -> str:
    children = inline.children or []
    kinds = {child.type for child in children} - {"text", "text_special"}
    return "".join(child.content for child in children) if not kinds else f"not plain: {kinds}"


@given(st.lists(TEXT.filter(shown), min_size=1, max_size=3))
@example(ODD)
def test_each_text_is_one_point_of_a_list(texts: list[str]) -> None:
    point = ["list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close"]
    seen = tokens(points(texts))
    assert [kind for kind, _ in seen] == ["bullet_list_open", *point * len(texts), "bullet_list_close"]
    assert [text.strip() for kind, text in seen if kind == "inline"] == [shown(text).strip() for text in texts]


@given(TEXT, TEXT)
def test_each_text_is_one_cell_of_a_table(one: str, other: str) -> None:
    seen = tokens(table(("甲", "乙"), [(one, other)], numbers=("乙",)))
    assert [text.strip() for kind, text in seen if kind == "inline"] == [
        "甲",
        "乙",
        shown(one).strip(),
        shown(other).strip(),
    ]
    assert [kind for kind, _ in seen].count("tr_open") == 2


@given(TEXT.filter(shown))
def test_a_text_is_one_paragraph_or_heading(text: str) -> None:
    for made, kind in ((paragraph(text), "paragraph"), (f"## {escaped(text)}\n", "heading")):
        seen = tokens(made)
        assert [name for name, _ in seen] == [f"{kind}_open", "inline", f"{kind}_close"]
        assert seen[1][1].strip() == shown(text).strip()


@pytest.mark.parametrize("text", ["见 http://示例.cn/a", "WWW.示例.cn", "张三@示例.cn"])
def test_no_address_becomes_a_link_on_pages_that_look_for_them(text: str) -> None:
    assert not re.search(r"(?i)https?://|www\.|[^\\]@", escaped(text))


def test_no_point_is_no_list() -> None:
    assert points([]) == ""
