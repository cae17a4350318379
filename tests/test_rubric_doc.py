"""docs/rubric.md says what the program does: every block loads, every example row scores as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from any_form import Filled, book_of, scored
from jieyue_cli.rubric.model import NotApplicable, Rubric
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from rubric.samples import RULE_KINDS
from rubric.small import SMALL

DOC = (Path(__file__).parents[1] / "docs" / "rubric.md").read_text("utf-8")
BLOCK = re.compile(r"```yaml\n([^`]*)```\n(?:\n\| 填 \|.*\n\|---\|---\|\n((?:\|.*\n)+))?")
BLOCKS = [(block, rows or "") for block, rows in BLOCK.findall(DOC)]
ROW = re.compile(r"^\| `(.+)` \| (.+) \|$", re.MULTILINE)


def standard(block: str) -> Rubric:
    """The block where it belongs: criteria in the only item, other keys in a small standard, a whole one as it is."""
    found = yaml.safe_load(block)
    if "extends" in found:
        text = block
    elif isinstance(found, dict):
        text = SMALL + block
        if "grades" in found:
            text = re.sub(r"points: (\d+)", lambda match: f"points: {match[1]}0", text).replace("mark: 8", "mark: 80")
    else:
        points = sum(criterion["points"] for criterion in found)
        before = SMALL.partition("units:")[0].replace(
            "points: 10\npass_mark: 8", f"points: {points}\npass_mark: {points}"
        )
        item = f"{{id: I, name: 项目, points: {points}, criteria: {found}}}"
        text = f"{before}units: [{{id: U, name: 单元, points: {points}, items: [{item}]}}]\n"
    rubric, problems = build(text.encode())
    assert rubric is not None, (text, problems)
    return rubric


@pytest.mark.parametrize(("block", "rows"), BLOCKS)
def test_every_block_loads_and_scores_as_written(block: str, rows: str) -> None:
    rubric = standard(block)
    for answers, told in ROW.findall(rows):
        given = dict(zip(rubric.questions, map(_cell, answers.split("；")), strict=True))
        card = scored(rubric, book_of(rubric, Filled(None, given, {}))).self
        assert card is not None
        assert [reasons.why(line).rpartition("（")[0] for line in card.lines] == [told]


def _cell(text: str) -> object:
    return float(text) if re.fullmatch(r"[0-9.]+", text) else text


def test_every_rule_kind_and_every_policy_is_explained() -> None:
    silent = {"all_or_nothing", "sum"}  # nobody writes these
    explained = set(re.findall(r"^### `([a-z_]+)`", DOC, re.MULTILINE))
    assert explained == set(RULE_KINDS) - silent
    assert all(f"| `{policy.value}` |" in DOC for policy in NotApplicable)


def test_every_key_of_a_standard_is_explained() -> None:
    fields = {field.alias or name for name, field in Rubric.model_fields.items()}
    assert [name for name in sorted(fields) if f"`{name}`" not in DOC] == []
