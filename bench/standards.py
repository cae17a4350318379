"""A long standard in both forms of the language: ``jieyue rubric check`` as a person starts it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import machine
from bench.run import PROGRAM
from bench.series import Contestant, alternate
from jieyue_cli.rubric.as_yaml import as_yaml
from jieyue_cli.rubric.spreadsheet import written
from jieyue_cli.rubric.tree import Node

_UNITS, _ITEMS = 6, 5
_RULES: tuple[Node, ...] = (
    {"kind": "all_or_nothing"},
    {"kind": "count", "each": "0.5", "measure": "项"},
    {"kind": "ladder", "steps": [{"name": "三级计量", "points": "1"}, {"name": "分户计量", "points": "0.5"}]},
    {
        "kind": "bands",
        "unit": "立方米/人",
        "relative_to": "同类单位平均值",
        "bands": [{"up_to": "0.9", "points": "1"}, {"up_to": "1", "points": "0.5"}],
    },
    {
        "kind": "deductions",
        "faults": [{"text": "没有计划", "lose": "1"}, {"text": "发现烟头", "lose": "0.5", "measure": "个"}],
    },
    {"kind": "completion_rate"},
)


def standard(criteria: int) -> dict[str, Node]:
    """A standard with so many criteria of a point each, a multiple of 30, of every common kind in turns."""
    each = criteria // (_UNITS * _ITEMS)
    units: list[Node] = [
        {
            "id": f"{unit}",
            "name": f"单元{unit}",
            "points": str(_ITEMS * each),
            "items": [_item(f"{unit}.{item}", each) for item in range(1, _ITEMS + 1)],
        }
        for unit in range(1, _UNITS + 1)
    ]
    return {
        "id": "long",
        "version": "1",
        "title": "示例评价标准",
        "document": "示例〔2030〕1号",
        "issuers": ["示例市机关事务管理局"],
        "issued": "2030-01-02",
        "points": str(_UNITS * _ITEMS * each),
        "pass_mark": "1",
        "targets": {"2030": "25%"},
        "scope": ["行政机关"],
        "units": units,
    }


def _item(identifier: str, criteria: int) -> Node:
    listed: list[Node] = [
        {
            "id": f"{identifier}.{number}",
            "text": f"制定落实能源资源消费统计、定额管理、节能、节水和生活垃圾分类等制度，第{number}条",
            "points": "1",
            "rule": _RULES[number % len(_RULES)],
        }
        for number in range(1, criteria + 1)
    ]
    return {"id": identifier, "name": f"项目{identifier}", "points": str(criteria), "criteria": listed}


def run(criteria: int, repeat: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure the check of one standard in both forms, in turns; returns the raw figures."""
    raw: dict[str, Any] = {"machine": machine.describe(), "repeat": repeat, "criteria": criteria}
    with tempfile.TemporaryDirectory(prefix="jieyue-bench-") as scratch:
        data = standard(criteria)
        forms = {"xlsx": written(data), "yaml": as_yaml(data).encode()}
        listed = []
        for suffix, content in forms.items():
            path = Path(scratch) / f"standard.{suffix}"
            path.write_bytes(content)
            command = (PROGRAM, "rubric", "check", str(path))
            listed.append(Contestant(suffix, f"jieyue rubric check standard.{suffix}", command))
        found = alternate(listed, repeat, say, Path(scratch))
        raw["forms"] = {
            one.key: {**found[one.key].raw(), "label": one.label, "bytes": len(forms[one.key])} for one in listed
        }
    return raw
