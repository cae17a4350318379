"""docs/contract.md says what the program does: its words, labels, keys, codes and severities are the program's."""

from __future__ import annotations

import re
from pathlib import Path

from jieyue_cli.agencies.progress import Denominator
from jieyue_cli.assessment import Status
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import HELP_SHEET, SHEET, Column
from jieyue_cli.problems import Code, Severity
from jieyue_cli.report.contract import schema
from jieyue_cli.rubric.model import NotApplicable
from jieyue_cli.scoring.scorecard import Verdict

PAGE = (Path(__file__).parents[1] / "docs" / "contract.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))


def quoted(section: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", SECTIONS[section]))


def test_the_sections_are_those_that_the_code_cites() -> None:
    assert list(SECTIONS) == ["Words", "Scores", "Progress", "Form", "Feedback", "Problems", "Programs"]


def test_the_table_has_exactly_these_columns() -> None:
    words = re.search(r"exactly these columns: ([^.]+)\.", SECTIONS["Form"])
    assert words
    assert [word.strip() for word in words[1].split("·")] == [column.word for column in Column]


def test_every_label_above_the_table_and_both_sheets_are_named() -> None:
    above = SECTIONS["Form"].partition("**The table**")[0]
    assert [field.label for field in Field if field.label not in above] == []
    assert SHEET in SECTIONS["Form"]
    assert HELP_SHEET in SECTIONS["Form"]


def test_every_key_of_the_schema_is_explained() -> None:
    definitions = schema()["$defs"].values()
    keys = {key for definition in definitions for key in definition.get("properties", {})}
    assert sorted(keys - quoted("Programs")) == []


def test_every_value_that_a_program_may_meet_is_named() -> None:
    values = {member.value for kind in (Status, Verdict, Denominator) for member in kind}
    assert sorted(values - quoted("Programs")) == []
    assert {policy.value for policy in NotApplicable} <= quoted("Scores")


def test_the_severities_and_the_codes_are_the_programs() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \|", SECTIONS["Problems"], re.MULTILINE)
    assert rows == [(severity.value, severity.chinese) for severity in Severity]
    slugs = {code.slug for code in Code}
    assert {code for code in quoted("Scores") | quoted("Progress") if re.fullmatch(r"[a-z]+(-[a-z]+)+", code)} <= slugs
