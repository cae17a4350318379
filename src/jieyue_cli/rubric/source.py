"""A rubric's YAML → ``Rubric``, with every fault at its line and column and all of them at once."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric import invariants, rules
from jieyue_cli.rubric.model import Criterion, Deadline, Item, Rubric, Unit
from jieyue_cli.rubric.tree import Path as TreePath
from jieyue_cli.rubric.tree import Tree, parse

_EXPECTED = {
    "string_too_short": "非空的文字",
    "string_too_long": "较短的文字（最多 500 字）",
    "string_type": "一行文字",
    "string_pattern_mismatch": "由字母、数字、点、横线组成的短编号",
    "decimal_parsing": "一个数字",
    "decimal_type": "一个数字",
    "decimal_max_places": "最多两位小数的数字",
    "greater_than": "大于 0 的数字",
    "less_than_equal": "不超过 1000 的数字",
    "int_parsing": "一个整数",
    "date_from_datetime_parsing": "日期，如 2020-08-03",
    "date_parsing": "日期，如 2020-08-03",
    "date_from_datetime_inexact": "日期，如 2020-08-03",
    "finite_number": "一个数字",
    "one_line": "一行文字，不含控制字符",
    "bool_parsing": "“true”或“false”",
    "tuple_type": "一个列表（每项以“- ”开头）",
    "dict_type": "若干“名称: 值”",
    "model_type": "若干“名称: 值”",
    "model_attributes_type": "若干“名称: 值”",
    "too_short": "至少一项",
    "percentage": "百分数，如 25%",
    "union_tag_not_found": "带 kind 的计分方式，如 {kind: count, each: 1, measure: 项}",
}
_KEYS = sorted(
    {
        name
        for model in (Rubric, Unit, Item, Criterion, Deadline, rules.AllOrNothing, rules.Count)
        for name in model.model_fields
    }
)


def load(path: Path) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Read the rubric at ``path``; None with at least one problem where it does not hold."""
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        code = Code.FILE_MISSING if isinstance(error, FileNotFoundError) else Code.FILE_UNREADABLE
        return None, (code.at().inside(name),)
    rubric, problems = build(data)
    return rubric, tuple(problem.inside(name) for problem in problems)


def build(data: bytes) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Build a rubric from YAML bytes; the problems carry ``行:列`` as their cell."""
    tree = parse(data)
    if tree.data is None:
        return None, tuple(tree.problems) or (Code.RUBRIC_EMPTY.at(),)
    problems = list(tree.problems)
    rubric = None
    try:
        rubric = Rubric.model_validate(tree.data)
    except ValidationError as error:
        problems += [_translate(tree, details) for details in error.errors(include_url=False) if not _echo(details)]
    problems += [fault.code.at(tree.where(fault.path), **fault.facts) for fault in invariants.faults(tree.data)]
    problems.sort(key=_position)
    return (None if problems else rubric), tuple(problems)


def _translate(tree: Tree, details: Any) -> Problem:
    """One of pydantic's findings in words a person can act on, at its line and column."""
    kind = details["type"]
    path = _existing(tree, details["loc"])
    last = _called(details["loc"])
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(last.casefold(), _KEYS, n=1)
        hint = f"是不是想写“{close[0]}”？" if close else "请删除它，或对照标准文件改正。"
        return Code.RUBRIC_UNKNOWN_KEY.at(tree.where(path, key=True), key=last, hint=hint)
    if kind == "missing":
        return Code.RUBRIC_MISSING_KEY.at(tree.where(path), key=last)
    if kind == "union_tag_invalid":
        seen, allowed = details["ctx"]["tag"], details["ctx"]["expected_tags"].replace("'", "")
        facts = {"key": "kind", "seen": f"“{seen[:40]}”", "expected": f"以下之一：{allowed}"}
        return Code.RUBRIC_VALUE.at(tree.where((*path, "kind")), **facts)
    if kind == "enum":
        allowed = details["ctx"]["expected"].replace("'", "").replace(" or ", "、")
        return Code.RUBRIC_VALUE.at(tree.where(path), key=last, seen=_seen(details), expected=f"以下之一：{allowed}")
    if details["loc"] and details["loc"][-1] == _KEY:
        facts = {"key": _called(path[:-1]), "seen": f"（年份{_seen(details)}）", "expected": "四位年份"}
        return Code.RUBRIC_VALUE.at(tree.where(path, key=True), **facts)
    expected = _EXPECTED.get(kind, "符合格式的值")
    return Code.RUBRIC_VALUE.at(tree.where(path), key=last, seen=_seen(details), expected=expected)


_KEY = "[key]"
"""What pydantic appends to the path where a mapping's key, not its value, is wrong."""


def _echo(details: Any) -> bool:
    """Whether pydantic calls a list too short only because it dropped the entries it found wrong."""
    return details["type"] == "too_short" and bool(details["input"])


def _called(loc: tuple[str | int, ...]) -> str:
    """How a person would call the part at ``loc``."""
    if not loc:
        return "整个文件"
    last = loc[-1]
    return f"{_called(loc[:-1])} 第 {last + 1} 项" if isinstance(last, int) else last


def _existing(tree: Tree, loc: tuple[str | int, ...]) -> TreePath:
    """Drop the parts of pydantic's path that name a union's branch or a key, not a place in the text."""
    path: TreePath = ()
    for part in loc:
        if (*path, part) in tree.marks:
            path = (*path, part)
    return path


def _seen(details: Any) -> str:
    value = details["input"]
    if value is None:
        return "空白"
    text = value if isinstance(value, str) else "列表" if isinstance(value, list) else "若干项"
    if isinstance(value, BaseModel):
        text = "若干项"
    shown = "".join(char if char.isprintable() else "�" for char in text[:40])
    return f"“{shown}”"


def _position(problem: Problem) -> tuple[int, int]:
    line, _, column = (problem.location.cell or "0:0").partition(":")
    return int(line), int(column)
