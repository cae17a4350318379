"""docs/office/roster.md says what a roster may look like: every row of its tables is carried out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jieyue_cli.agencies.roster import RosterEntry, read_roster
from jieyue_cli.agencies.roster.columns import PLAIN, Column
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric

DOC = (Path(__file__).parents[2] / "docs" / "office" / "roster.md").read_text(encoding="utf-8")
ROWS = [tuple(line.split(" | ")) for line in re.findall(r"^\| (?!名录 |-)(.*) \|$", DOC, flags=re.MULTILINE)]


def written(entry: RosterEntry) -> str:
    """One agency as the page writes it."""
    category = f"（{entry.category}）" if entry.category else ""
    others = [*(f"＝{alias}" for alias in entry.aliases), *(f"＋{other}" for other in entry.together)]
    facts = (entry.level, entry.code, entry.batch, entry.contact, entry.phone, entry.plan_filed)
    known = "、".join(str(fact) for fact in facts if fact is not None)
    return "".join([entry.name, category, *others, known and f"〔{known}〕", entry.outside and f"✕{entry.outside}"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_roster_is_read_as_the_page_says(row: tuple[str, str, str], rubric: Rubric) -> None:
    lines, entries, code = row
    text = "\n".join(re.findall(r"`([^`]*)`", lines)).replace("⏎", "\n")
    roster, problems = read_roster(f"{text}\n".encode(), rubric.scope, "名录.csv")
    read = " ".join(map(written, (*roster.entries, *roster.outside))) if roster else "不采用"
    codes = {problem.code.slug for problem in problems}
    assert (read, codes) == (entries, set() if code == "—" else {code.strip("`")})


def test_the_page_has_rows_and_its_codes_exist() -> None:
    assert len(ROWS) > 30
    assert set(re.findall(r"`((?:roster|category|form)-[a-z-]+)`", DOC)) <= {code.slug for code in Code}


def test_every_header_is_on_the_page() -> None:
    assert set(re.findall(r"^- (\S+?)：(\S+)$", DOC, flags=re.MULTILINE)) >= {
        (first, "、".join(others)) for first, *others in (column.value for column in Column)
    }
    assert {"序号", "编号", "序", "备注", "地址"} == PLAIN


def test_every_problem_of_a_roster_is_on_the_page() -> None:
    told = {code.slug for code in Code if code.slug.startswith("roster-")}
    assert told - set(re.findall(r"`(roster-[a-z-]+)`", DOC)) == {"roster-empty", "roster-several", "roster-too-long"}
