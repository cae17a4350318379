"""A rubric's YAML or spreadsheet → ``Rubric``, with every fault at its line or cell and all of them at once."""

from __future__ import annotations

import difflib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from jieyue_cli.files.reaching import reachable
from jieyue_cli.files.source import why_not
from jieyue_cli.problems import Code, Location, Problem, Severity
from jieyue_cli.rubric import soundness
from jieyue_cli.rubric.catalogue import DEFAULT, shipped
from jieyue_cli.rubric.defaults import completed
from jieyue_cli.rubric.fields import IDENTIFIER, NAME, VERSION
from jieyue_cli.rubric.inheritance import ONLY_HERE, inherited
from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.rubric.rules import WORDS, AnyRule, Flaw
from jieyue_cli.rubric.tree import MAX_BYTES, Node, Tree, parse, position
from jieyue_cli.rubric.tree import Path as TreePath
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
_SUFFIXES = {".yaml", ".yml", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_WORKBOOKS = (b"PK\3\4", b"PK\5\6", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin."""
_MOST_OF_WORKBOOK = 4 << 20
"""A standard of 600 sentences in a spreadsheet is about 50 KB; a seal or a logo in it may be larger."""
_MOST_GUESSES = 500
"""Faults for which the word that was meant is sought; a file with more is no standard."""


def find(name: str) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Load the rubric called ``name``: a shipped one's name, or the path of a YAML file or a spreadsheet."""
    path, problems = _path(name)
    if path is None:
        return None, problems
    return _as_shipped(*load(path)) if name in shipped() else load(path)


class Whole(NamedTuple):
    """A standard as it was written, with all that it extends, and what it is built to."""

    data: dict[str, Node]
    rubric: Rubric

    def said_by(self, text: bytes) -> bool:
        """Whether ``text`` is the same standard, in whatever form."""
        return build(text)[0] == self.rubric


def whole(name: str) -> tuple[Whole | None, tuple[Problem, ...]]:
    """The rubric called ``name``, to be written in another form; None where it does not hold."""
    path, problems = _path(name)
    if path is None:
        return None, problems
    data, problems = _read(path)
    if data is None:
        return None, problems
    tree = _tree(data, str(path))
    rubric, problems = _built(tree)
    return (Whole(tree.data, rubric) if rubric and isinstance(tree.data, dict) else None), problems


def _path(name: str) -> tuple[Path | None, tuple[Problem, ...]]:
    """The file that ``name`` means."""
    known = shipped()
    if name in known:
        return known[name], ()
    path = Path(name)
    if path.suffix.lower() in _SUFFIXES or os.path.exists(reachable(path)):  # noqa: PTH110 -- pathlib raises for some names
        return path, ()
    if DEFAULT not in known:
        return None, (Code.RUBRIC_LOST.at(),)
    return None, (Code.RUBRIC_UNKNOWN.at(name=name, known="、".join(known)),)


def _as_shipped(rubric: Rubric | None, problems: tuple[Problem, ...]) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """What was loaded; nobody has to mend a standard that came with the program line by line."""
    if rubric:
        return rubric, problems
    first = problems[0]
    place = " ".join(filter(None, (first.location.cell, first.message.rstrip("。"))))
    return None, (Code.RUBRIC_SPOILT.at(detail=place).inside(first.location.file or ""),)


def load(path: Path) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Read the rubric at ``path``; None with at least one error where it does not hold."""
    data, problems = _read(path)
    return (None, problems) if data is None else build(data, str(path))


def _read(path: Path) -> tuple[bytes | None, tuple[Problem, ...]]:
    try:
        return _bytes(path), ()
    except OSError as error:
        folder = os.path.isdir(reachable(path))  # noqa: PTH112 -- pathlib raises for a name that no file can have
        code = why_not(error)
        if isinstance(error, _NotAFileError):
            code = Code.RUBRIC_FOLDER if folder else Code.FILE_NOT_REGULAR
        return None, (code.at().inside(str(path)),)


class _NotAFileError(OSError):
    """A folder, or a pipe, whose reader would wait for ever."""


def build(data: bytes, name: str | None = None) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Build a rubric from the bytes of YAML or of a workbook; the problems tell the place, with the name of the file.

    The cell of a place in YAML is ``行:列``.
    """
    return _built(_tree(data, name))


def _tree(data: bytes, name: str | None) -> Tree:
    """The plain data of a rubric, laid over what it extends."""
    return inherited(_parsed(data, name), _parent, _parsed)


def _parsed(data: bytes, name: str | None) -> Tree:
    if not data.startswith(_WORKBOOKS):
        return parse(data, name)
    from jieyue_cli.rubric.spreadsheet.reader import read

    return read(data, name)


def _built(tree: Tree) -> tuple[Rubric | None, tuple[Problem, ...]]:
    if tree.data is None:
        return None, tuple(tree.problems) or (Code.RUBRIC_EMPTY.at(Location(file=tree.file)),)
    complete = completed(tree.data)
    rubric, found = None, list[Problem]()
    try:
        rubric = Rubric.model_validate(complete)
    except ValidationError as error:
        faults = [details for details in error.errors(include_url=False) if not _echo(details)]
        found += [_translate(tree, details, guess=index < _MOST_GUESSES) for index, details in enumerate(faults)]
    found += [_unsound(tree, flaw) for flaw in soundness.flaws(tree.data, complete)]
    # what could not be read in a place is not missing there
    told = {problem.location for problem in tree.problems if problem.severity is Severity.ERROR}
    problems = [*tree.problems, *(problem for problem in found if problem.location not in told)]
    problems = list(dict.fromkeys(sorted(problems, key=lambda problem: position(problem.location))))
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if broken else rubric), tuple(problems)


def _parent(written: str, inside: str | None) -> tuple[str, bytes | None]:
    """The standard that ``extends`` names: a shipped one, or a path beside the file that names it."""
    known = shipped()
    path = known[written] if written in known else Path(inside or "").parent / written
    try:
        return os.path.normpath(path), _bytes(path)
    except (OSError, ValueError):
        return written, None


def _bytes(path: Path) -> bytes:
    """The file, or as many of its bytes as show that it is too large."""
    place = reachable(path)
    if not stat.S_ISREG(place.stat().st_mode):
        raise _NotAFileError
    with place.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
        return data + file.read(_MOST_OF_WORKBOOK - MAX_BYTES) if data.startswith(_WORKBOOKS) else data


def _translate(tree: Tree, details: ErrorDetails, *, guess: bool) -> Problem:
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


def _unsound(tree: Tree, flaw: Flaw) -> Problem:
    """What parts say against each other; where one is inherited, the part around it that is not is the one to mend."""
    mark, around = tree.where_mark(flaw.path), tree.where_mark(flaw.path[:-1])
    problem = _in_words(flaw, mark.location) if mark.sheet else flaw.code.at(mark.location, **flaw.facts)
    if mark.file == around.file or around.file != tree.file:
        return problem
    told = problem.message.removesuffix("。")
    message = f"{told}（这一项沿用自 {Path(mark.file or '').name} {mark.spoken}）。"
    return msgspec.structs.replace(problem, location=around.location, message=message)


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


def _echo(details: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because it dropped the entries it found wrong."""
    return details["type"] == "too_short" and bool(details["input"])


def _in_words(flaw: Flaw, place: Location) -> Problem:
    """What parts of a spreadsheet say against each other, without the keys of YAML."""
    from jieyue_cli.rubric.spreadsheet.vocabulary import spoken

    facts = {name: spoken(str(fact)) if name in _OURS else fact for name, fact in flaw.facts.items()}
    return Problem(flaw.code, place, spoken(flaw.code.template).format(**facts))


_OURS = frozenset({"names", "where", "known", "key", "why", "expected", "step"})
"""Facts in our own words; the others quote the standard."""


def _word(tree: Tree, path: TreePath) -> str:
    """What the part at ``path`` is called in the document in which it stands."""
    if tree.where_mark(path).sheet is None:
        return _called(path)
    from jieyue_cli.rubric.spreadsheet.vocabulary import called

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
