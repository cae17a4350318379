"""docs/office/evidence.md: every row of its tables is what the program does, and docs/contract.md names every key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jieyue_cli.office.evidence.citing import Index, Kind
from jieyue_cli.office.evidence.criteria import Finder
from jieyue_cli.problems import Code
from jieyue_cli.report.office.schema import schema
from jieyue_cli.rubric.model import Rubric

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "office" / "evidence.md").read_text("utf-8")
CONTRACT = (DOCS / "contract.md").read_text("utf-8")
SAID = {
    Kind.FOUND: "找到",
    Kind.MISSING: "缺文件",
    Kind.DOCUMENT: "文号",
    Kind.OUTSIDE: "指向别处",
    Kind.WORDS: "说明",
}
CRITERIA = re.findall(r"^\| `([^`]+)` \| ([\d. —]+) \|$", PAGE, re.MULTILINE)
CITED = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| (\S+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("name", "criteria"), CRITERIA)
def test_names_and_their_criteria(name: str, criteria: str, rubric: Rubric) -> None:
    assert " ".join(Finder(rubric).of([name])) == criteria.replace("—", "")


@pytest.mark.parametrize(("text", "file", "said"), CITED)
def test_citations_and_what_they_are_read_as(text: str, file: str, said: str) -> None:
    parts = Index([(0, file, [], [])]).read(text, "9.9.9")
    assert "，".join(SAID[part.kind] for part in parts) == said


def test_the_tables_are_there() -> None:
    assert (len(CRITERIA), len(CITED)) == (11, 8)


def test_every_finding_is_explained() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| .*[\u4e00-\u9fff]", PAGE, re.MULTILINE)
    others = {"evidence-missing", "evidence-absent"}  # told when a form is read
    assert sorted(rows) == sorted(
        code.slug for code in Code if code.slug.startswith("evidence-") and code.slug not in others
    )


def test_every_key_of_the_schema_is_explained() -> None:
    def keys(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(keys, part))
        if not isinstance(part, dict):
            return set()
        return set(part.get("properties", {})).union(*map(keys, part.values()))

    assert sorted(keys(schema("evidence")) - set(re.findall(r"`([^`]+)`", CONTRACT))) == []
