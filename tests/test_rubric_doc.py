"""docs/office/rubric.md says what the program does: every block loads, every example row scores as written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from any_form import Filled, book_of, scored
from jieyue_cli.report import phrases
from jieyue_cli.rubric.fields import IDENTIFIER, VERSION
from jieyue_cli.rubric.inheritance import MOST_LEVELS
from jieyue_cli.rubric.model import NotApplicable, Rubric
from jieyue_cli.rubric.schema import schema
from jieyue_cli.rubric.source import build
from jieyue_cli.rubric.tree import MAX_BYTES, MAX_DEPTH
from jieyue_cli.scoring import reasons
from rubric.samples import RULE_KINDS
from rubric.small import SMALL

DOC = (Path(__file__).parents[1] / "docs" / "office" / "rubric.md").read_text("utf-8")
BLOCK = re.compile(r"```yaml\n([^`]*)```\n(?:\n\| 填 \|.*\n\|---\|---\|\n((?:\|.*\n)+))?")
BLOCKS = [(block, rows or "") for block, rows in BLOCK.findall(DOC)]
ROW = re.compile(r"^\| `(.+)` \| (.+) \|$", re.MULTILINE)


def standard(block: str) -> Rubric:
    """The block where it belongs: criteria in the only item, other keys in a small standard, a whole one as it is."""
    found = yaml.load(block, yaml.BaseLoader)  # noqa: S506 -- it makes text of everything: ``on`` is no truth value
    if "extends" in found or "title" in found:
        text = block
    elif isinstance(found, dict):
        again = "calendar" in found
        if "units" in found:
            before = SMALL.partition("units:")[0]
            return built(re.sub(rf"^({'|'.join(found)}):.*\n", "", before, flags=re.MULTILINE) + block)
        text = (re.sub(r"calendar:\n  .*\n", "", SMALL) if again else SMALL) + block
        if "grades" in found:
            times = 50 if "not_applicable_limit" in found else 10
            larger = re.sub(r"points: (\d+)", lambda match: f"points: {int(match[1]) * times}", SMALL)
            text = larger.replace("mark: 8", f"mark: {8 * times}").replace("not_applicable: not_allowed\n", "") + block
    else:
        points = sum(Decimal(criterion["points"]) for criterion in found)
        before = SMALL.partition("units:")[0].replace(
            "points: 10\npass_mark: 8", f"points: {points}\npass_mark: {points}"
        )
        item = f"{{id: I, name: 项目, points: {points}, criteria: {found}}}"
        text = f"{before}units: [{{id: U, name: 单元, points: {points}, items: [{item}]}}]\n"
    return built(text)


def built(text: str) -> Rubric:
    rubric, problems = build(text.encode())
    assert rubric is not None, (text, problems)
    return rubric


def test_minimums_take_points_as_written() -> None:
    section = DOC.partition("### 必须做到\n")[2].partition("\n### ")[0]
    block = section.partition("```yaml\n")[2].partition("```")[0]
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \| (.+) \|$", section, re.MULTILINE)
    rubric = standard(block)
    for first, second, total, told in rows:
        card = scored(rubric, book_of(rubric, Filled(None, {"1.1.1": int(first), "2.1.1": int(second)}, {}))).self
        assert card is not None
        why = [phrase.removeprefix("2 ").replace("：", "") for phrase in phrases.missed(card)] + phrases.uncounted(card)
        assert (str(card.total), "：".join((card.conclusion, *why))) == (total, told)
    assert len(rows) == 3


@pytest.mark.parametrize(("block", "rows"), BLOCKS)
def test_every_block_loads_and_scores_as_written(block: str, rows: str) -> None:
    rubric = standard(block)
    for answers, told in ROW.findall(rows):
        given = dict(zip(rubric.questions, map(_cell, answers.split("；")), strict=True))
        card = scored(rubric, book_of(rubric, Filled(None, given, {}))).self
        assert card is not None
        assert [reasons.why(line).rpartition("（")[0] for line in card.lines] == [told]


def _cell(text: str) -> object:
    if text == "空":
        return None
    return float(text) if re.fullmatch(r"[0-9.]+", text) else text


def test_every_rule_kind_and_every_policy_is_explained() -> None:
    silent = {"all_or_nothing", "sum"}  # nobody writes these
    explained = set(re.findall(r"^### `([a-z_]+)`", DOC, re.MULTILINE))
    assert explained == set(RULE_KINDS) - silent
    assert all(f"| `{policy.value}` |" in DOC for policy in NotApplicable)


def test_every_key_of_a_standard_is_explained() -> None:
    fields = {field.alias or name for name, field in Rubric.model_fields.items()}
    assert [name for name in sorted(fields) if f"`{name}`" not in DOC] == []


PARTS = {
    "Rubric": "总则",
    "Scale": "scale",
    "NotApplicableLimit": "not_applicable_limit",
    "Grade": "grades",
    "Deadline": "calendar",
    "Unit": "units",
    "Item": "items",
    "Criterion": "criteria、parts",
    "Input": "inputs",
    "Gate": "gates",
    "Must": "must",
    "Entry": "entry",
    "UnitDeduction": "单元的 deductions",
    "Count": "count",
    "Ladder": "ladder",
    "Step": "steps",
    "Bands": "bands",
    "Band": "bands 的一档",
    "Linear": "linear",
    "Ratio": "ratio",
    "Operand": "of、by 的基本数据",
    "Reference": "relative_to",
    "Deductions": "deductions",
    "Fault": "faults",
    "Judged": "judged",
    "Branch": "branch",
}
"""The parts of a standard that have keys besides ``kind``, and how the page calls them."""
SHAPES = {IDENTIFIER: "编号，40 个字符", VERSION: "版本号，20 个字符"}


def limits(field: Mapping[str, Any]) -> str:
    """What a key may hold, as the page says it."""
    field = next((kind for kind in field.get("anyOf", ()) if kind.get("type") != "null"), field)
    figures = {
        "minItems": "至少 {} 项",
        "maxItems": "最多 {} 项",
        "maxLength": "{} 字",
        "exclusiveMinimum": "大于 {}",
        "minimum": "{} 起",
        "maximum": "不超过 {}",
    }
    told = [
        words.format(f"{field[key]:g}" if field[key] < 10**6 else int(field[key]))
        for key, words in figures.items()
        if key in field
    ]
    told += [SHAPES[field["pattern"]]] if field.get("pattern") in SHAPES else []
    inner = limits(field["items"]) if "items" in field else ""
    return "，".join((*told, f"每项 {inner}")) if inner else "，".join(told)


def test_what_must_be_written_and_how_much_is_listed() -> None:
    listed = re.findall(r"^\| ([^|`]+) \| `(\w+)` \| (是|—) \| (.*) \|$", DOC, re.MULTILINE)
    parts = schema()["$defs"]
    expected = [
        (called, key, "是" if key in parts[name].get("required", ()) else "—", limits(field) or "—")
        for name, called in PARTS.items()
        for key, field in parts[name]["properties"].items()
        if key in parts[name].get("required", ()) or limits(field)
        if key != "kind"
    ]
    assert listed == expected
    silent = {name for name, part in parts.items() if set(part.get("properties", ())) - {"kind"}} - set(PARTS)
    assert [name for name in silent if not name.endswith("Difference")] == []


def test_the_limits_of_a_file_are_listed() -> None:
    assert f"{MAX_BYTES // 1024} KB" in DOC
    assert f"{MAX_DEPTH} 层" in DOC
    assert f"{MOST_LEVELS} 层" in DOC
