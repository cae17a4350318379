"""File names for agencies' forms: accepted by every system, never the same twice, and still the agency's name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.form.blank.naming import file_names

NAMES: list[tuple[list[str], list[str]]] = [
    (["示例市财政局", "示例市机关工委（本级）"], ["示例市财政局.xlsx", "示例市机关工委（本级）.xlsx"]),
    (["示例市甲局", "示例市甲局", "示例市甲局"], ["示例市甲局.xlsx", "示例市甲局（2）.xlsx", "示例市甲局（3）.xlsx"]),
    (["示例Abc局", "示例aBC局"], ["示例Abc局.xlsx", "示例aBC局（2）.xlsx"]),
    (["甲（2）", "甲", "甲"], ["甲（2）.xlsx", "甲.xlsx", "甲（3）.xlsx"]),
    (
        ["发改委/能源局", '<甲>:"乙"|丙?*', "a\\b", "甲\n乙"],
        ["发改委_能源局.xlsx", "_甲___乙__丙__.xlsx", "a_b.xlsx", "甲_乙.xlsx"],
    ),
    (
        ["con", "NUL", "Com1.局", "lpt9", "condo"],
        ["_con.xlsx", "_NUL.xlsx", "_Com1.局.xlsx", "_lpt9.xlsx", "condo.xlsx"],
    ),
    (["..", " . ", "甲局. ", "../../甲"], ["未命名.xlsx", "未命名（2）.xlsx", "甲局.xlsx", "_.._甲.xlsx"]),
    (["长" * 300], ["长" * 60 + ".xlsx"]),
    (["𠮷" * 300], ["𠮷" * 50 + ".xlsx"]),
    (["\u00e9局", "e\u0301局"], ["\u00e9局.xlsx", "e\u0301局（2）.xlsx"]),
]


@pytest.mark.parametrize(("names", "files"), NAMES)
def test_names_become_files(names: list[str], files: list[str]) -> None:
    assert list(file_names(names, ".xlsx")) == files


@given(st.lists(st.text(max_size=80) | st.sampled_from(["con", "CON", "甲", "甲（2）", "甲 ", "."]), max_size=20))
def test_every_system_accepts_them_all(names: list[str]) -> None:
    files = list(file_names(names, ".xlsx"))
    assert len({file.casefold() for file in files}) == len(names)
    for file in files:
        stem = file.removesuffix(".xlsx")
        assert stem
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', file)
        assert not stem.startswith(" ")
        assert stem == stem.rstrip(" .")
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)", stem.split(".")[0])
        assert len(file.encode()) <= 255
