"""What a person who fills in the spreadsheet calls the keys of YAML, for messages about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jieyue_cli.rubric.calendar import STEPS
from jieyue_cli.rubric.cautions.parts import Caution
from jieyue_cli.rubric.spreadsheet.phrases import Phrase
from jieyue_cli.rubric.spreadsheet.vocabulary import (
    ANSWERS,
    CRITERIA,
    GATE,
    INPUT,
    INPUTS,
    KIND,
    KINDS,
    LEVELS,
    TOP,
    UNITS,
    Column,
)
from jieyue_cli.rubric.tree import Node, Path

_RULE: Mapping[str, str] = {
    **{
        field.key: word
        for kind in KINDS.values()
        for word, field in (*((column.word, field) for column, field in kind.columns.items()), *kind.terms.items())
    },
    **{kind.steps.key: Column.BANDS.word for kind in KINDS.values() if kind.steps},
    "kind": Column.KIND.word,
}
_TOP = {
    **{basic.field.key: word for word, basic in TOP.items()},
    "units": Column.UNIT.word,
    "gates": GATE,
    "inputs": INPUT,
}
_HELD = {
    "items": Column.ITEM.word,
    "criteria": Column.TEXT.word,
    "parts": "下一级条文",
    "rule": Column.KIND.word,
    "extends": "上级标准",
}
_SPOKEN: Mapping[str, str] = {
    **ANSWERS,
    **_RULE,
    **_TOP,
    **_HELD,
    **{field.key: column.word for column, field in (*INPUTS.columns.items(), *CRITERIA.columns.items())},
    **{field.key: word for level in LEVELS.values() for word, field in level.terms.items()},
    **{kind: entry.word for kind, entry in KINDS.items()},
    **{str(step): word for step, word in STEPS.items()},
    "true": "是",
    "false": "否",
    "of": Column.UNIT.word,
}
_ADVISED: Mapping[str, tuple[str, Phrase]] = {
    **{field.key: (f"{Column.TERMS.word}“{word}：", field.phrase) for word, field in UNITS.terms.items()},
    **{basic.field.key: (f"{word}“", basic.field.phrase) for word, basic in TOP.items()},
    **{field.key: (f"{column.word}“", field.phrase) for column, field in CRITERIA.columns.items()},
    "kind": (f"{Column.KIND.word}“", KIND.phrase),
}
"""Where a key with its value is written, up to the value."""
_WORD = re.compile(
    rf"(?P<key>{'|'.join(_ADVISED)}): (?P<value>\{{[^{{}}]+: [^{{}}]+\}}|[a-z_]+)"
    r"|(?P<before>（?)(?<![{\w])(?P<word>[a-z_]+)(?![}\w])(?P<after>）?)"
)
"""A key with its value, or a word of YAML, perhaps in brackets behind our own; not the blank of a sentence."""
_TWICE = re.compile(r"(\w{2,}) \1")


def called(path: Path) -> str:
    """What a person calls the part at ``path`` in this form: its header word, or its label."""
    keys = [key for key in path if isinstance(key, str)]
    at = max((at for at, key in enumerate(keys) if key in LEVELS), default=None)
    if at is None or not keys[at + 1 :]:
        key = keys[0] if at is None and keys else keys[-1] if keys else ""
        return _TOP.get(key) or _HELD.get(key, key)
    level, (key, *inner) = LEVELS[keys[at]], keys[at + 1 :]
    if key == "rule":
        return _RULE.get(inner[0], inner[0]) if inner else Column.KIND.word
    words = {field.key: column.word for column, field in level.columns.items()}
    words |= {field.key: word for word, field in level.terms.items()}
    return words.get(key) or _HELD.get(key, key)


def spoken(text: str) -> str:
    """A text about a standard with the keys and kinds of YAML in this form's words."""
    return _TWICE.sub(r"\1", _WORD.sub(_instead, text))


def in_cells(caution: Caution) -> Caution:
    """What a standard will do, with the place and the advice in this form's words."""
    where = "、".join(called((part,)) for part in caution.where.split("、"))
    return caution._replace(where=where, otherwise=spoken(caution.otherwise))


def _instead(found: re.Match[str]) -> str:
    if found["key"]:
        cell, phrase = _ADVISED[found["key"]]
        return f"{cell}{phrase.write(_advised(found['value']))}”"
    before, word, after = found.group("before", "word", "after")
    if word not in _SPOKEN:
        return found[0]
    return "" if before and after else f"{before}{_SPOKEN[word]}{after}"


def _advised(value: str) -> Node:
    """The plain data of a value in an advice."""
    pairs = (each.partition(": ") for each in value.strip("{}").split(", "))
    return {key: inner for key, _, inner in pairs} if value.startswith("{") else value
