"""How deeply a standard may be nested: one limit for every way of writing, whichever libyaml reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jieyue_cli.rubric.tree import parse

Written = Callable[[int], str]
"""A document whose innermost scalar stands inside so many lists and mappings."""


def between(before: str, opening: str, closing: str = "", *, around: int = 0) -> Written:
    """Brackets or dashes in which ``before`` opens the first ``around`` levels."""
    return lambda levels: before + opening * (levels - around) + "甲" + closing * (levels - around)


def indented(line: str) -> Written:
    """Each level on a line of its own, one column further in."""
    return lambda levels: "".join(f"{' ' * level}{line}\n" for level in range(levels)) + " " * levels + "甲"


WRITTEN: dict[str, tuple[Written, str]] = {
    "brackets": (between("", "[", "]"), "1:32"),
    "brackets with spaces": (between("", "[ ", " ]"), "1:63"),
    "brackets line by line": (between("", "[\n", "]\n"), "32:1"),
    "brackets after a key": (between("甲: ", "[", "]", around=1), "1:34"),
    "brackets below other lines": (between("- 甲\n" * 40 + "- ", "[", "]", around=1), "41:33"),
    "brackets after dashes": (between("- " * 15, "[", "]", around=15), "1:47"),
    "braces": (between("", "{甲: ", "}"), "1:125"),
    "braces in a list": (between("- - ", "{甲: ", "}", around=2), "1:121"),
    "dashes": (between("", "- "), "1:63"),
    "dashes by indentation": (indented("-"), "32:32"),
    "keys by indentation": (indented("甲:"), "32:32"),
}
NO_NESTING = {
    "in quotes": '甲: "' + "[" * 2000 + '"',
    "in a comment": "甲: 乙 # " + "[" * 2000,
    "in plain text": "甲: 乙" + "[" * 2000,
    "in a block of text": "甲: |\n  " + "{" * 2000,
    "side by side": "甲: [" + "[]," * 2000 + "]",
}


def outcome(text: str) -> list[str]:
    return [f"{problem.code.slug} {problem.location.cell}" for problem in parse(text.encode()).problems]


@pytest.mark.parametrize("written", [written for written, _ in WRITTEN.values()], ids=WRITTEN)
def test_thirty_levels_are_read(written: Written) -> None:
    assert outcome(written(30)) == []


@pytest.mark.parametrize("levels", [31, 1200])
@pytest.mark.parametrize(("written", "place"), WRITTEN.values(), ids=WRITTEN)
def test_more_levels_are_refused_at_the_first_too_many(written: Written, place: str, levels: int) -> None:
    assert outcome(written(levels)) == [f"rubric-too-deep {place}"]


@pytest.mark.parametrize("levels", [31, 1200])
def test_too_many_levels_are_named_before_the_bracket_that_is_missing(levels: int) -> None:
    assert outcome("[" * levels + "甲") == ["rubric-too-deep 1:32"]
    assert outcome("[" * 30 + "甲") == ["rubric-syntax 1:30"]


@pytest.mark.parametrize("text", NO_NESTING.values(), ids=NO_NESTING)
def test_brackets_that_nest_nothing_are_not_counted(text: str) -> None:
    assert outcome(text) == []
