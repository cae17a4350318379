"""What pydantic and ``soundness`` find wrong with a standard → problems in words, each at its place."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import msgspec
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.fields import IDENTIFIER, NAME, VERSION
from jieyue_cli.rubric.inheritance import ONLY_HERE
from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.rubric.rules import WORDS, AnyRule, Flaw
from jieyue_cli.rubric.tree import Path as TreePath
from jieyue_cli.rubric.tree import Tree
from jieyue_cli.text.numbers import plain

_EXPECTED = {
    "string_too_short": "非空的文字",
    "string_too_long": "较短的文字（最多 {max_length} 字）",
    "string_type": "一行文字",
    "decimal_parsing": "一个数字",
    "decimal_type": "一个数字",
    "decimal_max_places": "最多 {decimal_places} 位小数的数字",
    "greater_than": "大于 {gt} 的数字",
    "less_than_equal": "不超过 {le} 的数字",
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
    "amount": "一个数字，或百分数如 95%",
    "minimum": "以下之一：nonzero、full、最低的分数（如 40）、百分数（如 85%）",
    "greater_than_equal": "{ge} 或更大的数字",
    "too_long": "较短的列表（最多 {max_length} 项）",
    "union_tag_not_found": "带 kind 的计分方式，如 {{kind: count, each: 1, measure: 项}}",
}


_SHAPES = {
    IDENTIFIER: "由字母、数字、点、横线组成的编号，最多 40 个字符",
    VERSION: "由字母、数字、点、横线组成的版本号，最多 20 个字符",
    NAME: "一行文字，不含引号和逗号",
    WORDS: "一行文字，不含半角引号",
}
"""What a text of each pattern looks like."""
_PLACES: tuple[tuple[object, str], ...] = (
    (Rubric, "总则"),
    (Unit, "评价单元"),
    (Item, "评价项目"),
    (Criterion, "得分点"),
    (AnyRule, "计分方式（rule）"),
)
"""Every part that a key can belong to, as a person calls it."""


def translated(tree: Tree, details: ErrorDetails, *, guess: bool) -> Problem:
    """One of pydantic's findings in words a person can act on, at its line and column; ``guess`` what was meant."""
    kind = details["type"]
    path = _existing(tree, details["loc"])
    last = _called(details["loc"])
    if kind == "extra_forbidden":
        if last in ONLY_HERE:
            return Code.RUBRIC_EXTENDS_ONLY.at(tree.where(path, key=True), key=last)
        if places := [called for part, called in _PLACES if last in _named(_models(part))]:
            hint = f"它应写在{'、'.join(places)}里。"
            return Code.RUBRIC_UNKNOWN_KEY.at(tree.where(path, key=True), key=last, hint=hint)
        near = unicodedata.normalize("NFKC", last).casefold()
        close = difflib.get_close_matches(near, _keys(details["loc"][:-1]), n=1) if guess else []
        hint = f"是不是想写“{close[0]}”？" if close else "请删除它，或对照标准文件改正。"
        return Code.RUBRIC_UNKNOWN_KEY.at(tree.where(path, key=True), key=last, hint=hint)
    if kind == "missing":
        written = path if path[-1:] == (last,) else (*path, last)
        return Code.RUBRIC_MISSING_KEY.at(tree.where(path), key=_word(tree, written))
    if kind == "union_tag_invalid":
        seen, allowed = details["ctx"]["tag"], details["ctx"]["expected_tags"].replace("'", "").replace(", ", "、")
        facts = {"key": "kind", "seen": f"“{seen[:40]}”", "expected": f"以下之一：{allowed}"}
        return Code.RUBRIC_VALUE.at(tree.where((*path, "kind")), **facts)
    if kind in {"enum", "literal_error"}:
        allowed = details["ctx"]["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        facts = {"key": _word(tree, path), "seen": _seen(details), "expected": f"以下之一：{allowed}"}
        return Code.RUBRIC_VALUE.at(tree.where(path), **facts)
    if details["loc"] and details["loc"][-1] == _KEY:
        facts = {"key": _word(tree, path[:-1]), "seen": f"（年份{_seen(details)}）", "expected": "四位年份"}
        return Code.RUBRIC_VALUE.at(tree.where(path, key=True), **facts)
    expected = _expected(kind, details.get("ctx", {}))
    return Code.RUBRIC_VALUE.at(tree.where(path), key=_word(tree, path), seen=_seen(details), expected=expected)


def _expected(kind: str, limits: Mapping[str, Any]) -> str:
    """What should stand there, with its true limit."""
    if kind == "string_pattern_mismatch":
        return _SHAPES[limits["pattern"]]
    figures = {name: plain(Decimal(limit)) for name, limit in limits.items() if isinstance(limit, int | Decimal)}
    return _EXPECTED.get(kind, "符合格式的值").format(**figures)


def unsound(tree: Tree, flaw: Flaw) -> Problem:
    """What parts say against each other; where one is inherited, the part around it that is not is the one to mend."""
    mark, around = tree.where_mark(flaw.path), tree.where_mark(flaw.path[:-1])
    flaw = flaw._replace(facts={name: _bounded(fact) for name, fact in flaw.facts.items()})
    problem = _in_words(flaw, mark.location) if mark.sheet else flaw.code.at(mark.location, **flaw.facts)
    if mark.file == around.file or around.file != tree.file:
        return problem
    told = problem.message.removesuffix("。")
    message = f"{told}（这一项沿用自 {Path(mark.file or '').name} {mark.spoken}）。"
    return msgspec.structs.replace(problem, location=around.location, message=message)


_MOST_SAID = 300
"""Characters of one fact; only what quotes a text that is far too long, and told as such, has more."""


def _bounded(fact: object) -> object:
    return f"{fact[:_MOST_SAID]}…" if isinstance(fact, str) and len(fact) > _MOST_SAID else fact


def _keys(loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the part at ``loc`` may have."""
    models: list[type[BaseModel]] = [Rubric]
    for part in loc:
        if len(models) > 1:  # pydantic names the branch of a union that it took
            models = [model for model in models if model.model_fields["kind"].default == part]
        elif models and isinstance(part, str):
            fields = {field.alias or name: field.annotation for name, field in models[0].model_fields.items()}
            models = list(dict.fromkeys(_models(fields.get(part))))
    return _named(models)


def _named(models: Iterable[type[BaseModel]]) -> list[str]:
    """The keys of these parts, as they are written."""
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """Every model inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


_UNION = "rule"
"""Behind it pydantic names the kind, which may also be the name of a key inside."""
_KEY = "[key]"
"""What pydantic appends to the path where a mapping's key, not its value, is wrong."""


def is_echo(details: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because it dropped the entries it found wrong."""
    return details["type"] == "too_short" and bool(details["input"])


def _in_words(flaw: Flaw, place: Location) -> Problem:
    """What parts of a spreadsheet say against each other, without the keys of YAML."""
    from jieyue_cli.rubric.spreadsheet.words import spoken

    facts = {name: spoken(str(fact)) if name in _OURS else fact for name, fact in flaw.facts.items()}
    return Problem(flaw.code, place, spoken(flaw.code.template).format(**facts))


_OURS = frozenset({"names", "where", "known", "key", "why", "expected", "step"})
"""Facts in our own words; the others quote the standard."""


def _word(tree: Tree, path: TreePath) -> str:
    """What the part at ``path`` is called in the document in which it stands."""
    if tree.where_mark(path).sheet is None:
        return _called(path)
    from jieyue_cli.rubric.spreadsheet.words import called

    return called(path)


def _called(loc: tuple[str | int, ...]) -> str:
    """How a person would call the part at ``loc``."""
    if not loc:
        return "整个文件"
    last = loc[-1]
    return f"{_called(loc[:-1])} 第 {last + 1} 项" if isinstance(last, int) else last


def _existing(tree: Tree, loc: tuple[str | int, ...]) -> TreePath:
    """Drop the parts of pydantic's path that name a union's branch or a key, not a place in the text."""
    path: TreePath = ()
    for before, part in pairwise(("", *loc)):
        if before != _UNION and (*path, part) in tree.marks:
            path = (*path, part)
    return path


def _seen(details: ErrorDetails) -> str:
    value = details["input"]
    if value is None:
        return "空白"
    text = value if isinstance(value, str) else "列表" if isinstance(value, list) else "若干项"
    if isinstance(value, BaseModel):
        text = "若干项"
    shown = "".join(char if char.isprintable() else "�" for char in text[:40])
    return f"“{shown}”"
