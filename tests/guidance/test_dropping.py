"""Which command is meant by paths without one."""

from __future__ import annotations

import pytest

from jieyue_cli.guidance.dropping import Dropped, Sort, call, has, sort_of
from jieyue_cli.guidance.sight import Kind

FORM, FORMS, ROSTER, LEDGER, RUBRIC, LETTER = (Dropped(sort.name, sort) for sort in Sort)
CALLS = [
    ((FORM,), "score FORM"),
    ((FORM, FORM), "score FORM FORM"),
    ((FORM, RUBRIC), "score FORM --rubric RUBRIC"),
    ((FORMS,), "batch FORMS"),
    ((FORMS, FORM), "batch FORMS FORM"),
    ((ROSTER, FORMS), "batch FORMS --roster ROSTER"),
    ((FORM, ROSTER), "batch FORM --roster ROSTER"),
    ((LEDGER, FORMS, RUBRIC, ROSTER), "batch FORMS --ledger LEDGER --rubric RUBRIC --roster ROSTER"),
    ((ROSTER,), "roster check ROSTER"),
    ((LEDGER,), "ledger show LEDGER"),
    ((RUBRIC,), "rubric check RUBRIC"),
    ((LETTER,), "letter check LETTER"),
    ((ROSTER, ROSTER), None),
    ((ROSTER, LEDGER), None),
    ((FORM, LETTER), None),
    ((FORMS, ROSTER, ROSTER), None),
]
SORTS = [
    ("某局.xlsx", Kind.RETURNED, False, Sort.FORM),
    ("某局.xlsx", Kind.OTHER, False, Sort.FORM),
    ("扫描.pdf", Kind.OTHER, False, Sort.FORM),
    ("交表", Kind.OTHER, True, Sort.FORMS),
    ("名单.xlsx", Kind.ROSTER, False, Sort.ROSTER),
    ("名录.xls", Kind.OTHER, False, Sort.ROSTER),
    ("名单.csv", Kind.OTHER, False, Sort.ROSTER),
    ("坏.jsonl", Kind.OTHER, False, Sort.LEDGER),
    ("坏.YAML", Kind.OTHER, False, Sort.RUBRIC),
    ("报告.docx", Kind.OTHER, False, Sort.FORM),
    ("模板.docx", Kind.LETTER, False, Sort.LETTER),
    ("没有后缀", Kind.OTHER, False, Sort.FORM),
]


@pytest.mark.parametrize(("dropped", "meant"), CALLS)
def test_which_command_is_meant(dropped: tuple[Dropped, ...], meant: str | None) -> None:
    assert call(dropped) == (tuple(meant.split()) if meant else None)


@pytest.mark.parametrize(("name", "kind", "several", "sort"), SORTS)
def test_what_a_path_is(name: str, kind: Kind, several: object, sort: Sort) -> None:
    assert sort_of(name, kind, several=bool(several)) is sort


@pytest.mark.parametrize(
    ("options", "given"),
    [(["-o", "x"], True), (["-ox"], True), (["--output=x"], True), (["--roster", "x"], False), ([], False)],
)
def test_an_option_is_known_in_each_spelling(options: list[str], given: object) -> None:
    assert has(options, "-o", "--output") is given
