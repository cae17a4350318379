"""What ``rubric new`` writes: sound as it is, and still sound once its commented examples are taken in."""

from __future__ import annotations

import re
from pathlib import Path

from jieyue_cli.rubric.catalogue import DEFAULT, new_difference, new_standard
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build, load


def taken_in(text: str) -> str:
    """Every commented line that holds YAML, uncommented."""
    return re.sub(r"^( *)# ((?: *(?:- )?[{\w]+: ?| *- ?[{]).*)$", r"\1\2", text, flags=re.MULTILINE)


def sound(text: str) -> Rubric:
    rubric, problems = build(text.encode())
    assert problems == ()
    assert rubric is not None
    return rubric


def test_the_whole_starter_shows_every_common_way_of_scoring() -> None:
    rubric = sound(new_standard())
    assert [criterion.rule.kind for criterion in rubric.criteria] == [
        *("all_or_nothing", "count", "ladder", "all_or_nothing", "all_or_nothing"),
        *("bands", "linear", "deductions", "completion_rate", "judged"),
    ]


def test_its_commented_parts_hold_too() -> None:
    rubric = sound(taken_in(new_standard()))
    assert (rubric.forfeit, rubric.classes, len(rubric.grades), len(rubric.gates)) == (
        "item",
        ("独立办公", "集中办公"),
        3,
        1,
    )
    assert rubric.items[0].must is not None


def test_a_difference_begins_without_one(tmp_path: Path) -> None:
    text = new_difference(DEFAULT)
    rubric = sound(text)
    assert (rubric.id, len(rubric.criteria)) == ("my_variant", 42)
    variant = sound(taken_in(text))
    assert [str(variant.pass_mark), str(variant.by_id["2.2.3"].points)] == ["85", "4"]
    assert "2.2.10" not in variant.by_id
    assert [criterion.id for criterion in variant.items[2].criteria][2:4] == ["2.2.3", "2.2.11"]
    beside = tmp_path / "it's.yaml"
    beside.write_text(text, "utf-8")
    again = tmp_path / "again.yaml"
    again.write_text(new_difference("it's.yaml"), "utf-8")
    assert load(again)[1] == ()
