"""docs/office/plan.md explains every key that ``plan`` and ``compare`` print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jieyue_cli.report import contract
from jieyue_cli.report.office.schema import schema

PAGE = (Path(__file__).parents[2] / "docs" / "office" / "plan.md").read_text("utf-8")
ELSEWHERE = contract.schema()["$defs"].keys()
"""Rows that docs/contract.md explains."""


@pytest.mark.parametrize("command", ["plan", "compare"])
def test_every_key_is_explained(command: str) -> None:
    definitions = {name: part for name, part in schema(command)["$defs"].items() if name not in ELSEWHERE}
    keys = {key for definition in definitions.values() for key in definition.get("properties", {})}
    assert keys
    assert sorted(keys - set(re.findall(r"`(\w+)`", PAGE))) == []
