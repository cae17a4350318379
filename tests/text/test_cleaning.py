"""Text from a foreign file is harmless once it is clean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import clean


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("示例市　统计局（甲）", "示例市　统计局（甲）"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\x00\x1b[31m红\x07", "[31m红"),
        ("\u202e\u200b\ufeff甲", "甲"),
        ("\ud800甲\uffff\ufffe", "?甲"),
        ("ａ①½㎡😀", "ａ①½㎡😀"),
    ],
)
def test_foreign_text_loses_only_what_is_harmful(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_is_lawful_in_xml_and_has_nothing_left_to_clean(text: str) -> None:
    tidy = clean(text)
    tidy.encode("utf-8")
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or ord(char) in {0xFFFE, 0xFFFF} for char in tidy)
    assert clean(tidy) == tidy
    assert len(tidy) <= len(text)


def test_every_criterion_of_the_standard_is_clean_already(rubric: Rubric) -> None:
    assert all(clean(criterion.text) == criterion.text for criterion in rubric.criteria)
