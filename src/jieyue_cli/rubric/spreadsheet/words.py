"""What a person who fills in the spreadsheet calls the keys of YAML, for messages about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jieyue_cli.rubric.calendar import STEPS
from jieyue_cli.rubric.spreadsheet.vocabulary import ANSWERS, CRITERIA, GATE, INPUT, INPUTS, KINDS, LEVELS, TOP, Column
from jieyue_cli.rubric.tree import Path

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
_WORD = re.compile(r"(（?)(?<![{\w])([a-z_]+)(?![}\w])(）?)")
"""A word of YAML, perhaps in brackets behind our own; not the blank of a sentence."""
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


def _instead(found: re.Match[str]) -> str:
    before, word, after = found.groups()
    if word not in _SPOKEN:
        return found[0]
    return "" if before and after else f"{before}{_SPOKEN[word]}{after}"
