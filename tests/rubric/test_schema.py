"""The editor's schema: it takes every sound standard and marks the slips that an editor can mark."""

from __future__ import annotations

import datetime as dt
import importlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from first import first
from jieyue_cli.rubric import schema
from jieyue_cli.rubric.catalogue import new_difference, new_standard
from rubric.sample import Sample
from rubric.samples import SAMPLES
from rubric.small import SMALL

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types

ROOT = Path(__file__).parents[2]
SOUND = [ROOT / "rubric" / "standard_2020.yaml", *sorted((ROOT / "examples" / "rubrics").glob("*.yaml"))]


class _Editor(yaml.SafeLoader):
    """YAML 1.2, which editors go by: ``on`` is a word and does not mean true."""

    yaml_implicit_resolvers = {  # noqa: RUF012 -- as in the base class
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def underlined(text: str) -> list[str]:
    """What an editor would underline: the path of each error."""
    data = yaml.load(text, _Editor)  # noqa: S506 -- a SafeLoader
    data = json.loads(json.dumps(data, default=lambda value: value.isoformat() if isinstance(value, dt.date) else ""))
    validator = jsonschema.Draft202012Validator(schema.schema())
    validator.check_schema(schema.schema())
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(data)]


@pytest.mark.parametrize("path", first(2, SOUND), ids=lambda path: path.stem)
def test_it_takes_every_standard_of_ours(path: Path) -> None:
    assert underlined(path.read_text("utf-8")) == []


@pytest.mark.parametrize("sample", first(3, SAMPLES.values()), ids=SAMPLES)
def test_it_takes_every_rule_kind(sample: Sample) -> None:
    assert underlined(sample.text) == []


def test_it_takes_what_a_new_standard_begins_with() -> None:
    assert underlined(new_standard()) == []
    assert underlined(new_difference("standard_2020")) == []
    assert underlined(new_difference("a: 'b'.yaml")) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("pass_mark: 8", "passmark: 8", ["", ""]),
        ("points: 3\n", "points: drei\n", ["units/0/items/0/criteria/1/points"]),
        ("kind: count", "kind: counts", ["units/0/items/0/criteria/1/rule"]),
        ("each: 1, ", "each: 1, most: 3, ", ["units/0/items/0/criteria/1/rule"]),
        ("2030: 25%", "2030: 25", ["targets/2030"]),
        ("not_applicable: not_allowed", "not_applicable: never", ["not_applicable"]),
        ("id: 1.1.1, ", "", ["units/0/items/0/criteria/0"]),
    ],
)
def test_it_marks_a_slip_where_it_is(before: str, after: str, where: list[str]) -> None:
    assert before in SMALL
    assert underlined(SMALL.replace(before, after)) == where


def test_in_a_difference_only_the_ids_are_needed_and_slips_are_marked() -> None:
    part = "extends: standard_2020\nunits: [{id: '2', items: [{id: '2.2', criteria: [%s]}]}]\n"
    assert underlined(part % "{id: 2.2.3, points: 4}, {id: 2.2.10, remove: true}, {id: x, after: 2.2.3, rule: ~}") == []
    assert underlined(part % "{points: 4}") != []
    assert underlined(part % "{id: 2.2.3, point: 4}") != []


def test_the_copy_beside_the_standard_is_this_one() -> None:
    kept = (ROOT / "rubric" / schema.FILE_NAME).read_text("utf-8")
    assert json.loads(kept) == schema.schema(), f"run: jieyue rubric schema > rubric/{schema.FILE_NAME}"
