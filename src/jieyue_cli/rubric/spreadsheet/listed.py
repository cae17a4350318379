"""The plain data of a standard → rows of texts, one an entry, as the sheet 条文 lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jieyue_cli.rubric.spreadsheet.vocabulary import (
    CRITERIA,
    GATE,
    INPUT,
    KINDS,
    LEVELS,
    UNCHECKED,
    Column,
    Field,
)
from jieyue_cli.rubric.tree import Node, Path

_LISTS = ("items", "criteria", "parts")
"""Keys whose entries are rows of their own."""
_Part = dict[str, Node]


class Row(NamedTuple):
    """One row of 条文."""

    level: str
    """The list in which its entry stands."""
    cells: Mapping[Column, str]
    doubtful: bool = False


def doubted(doubt: str | None) -> str:
    """What somebody must look at, as a cell says it; empty where there is nothing."""
    return f"{UNCHECKED}：{doubt}" if doubt else ""


def value_written(field: Field, value: Node) -> str:
    """The value of a key as its cell says it; empty where there is none."""
    if value is None:
        return ""
    if field.mapping and isinstance(value, dict):
        return "\n".join(field.phrase.write({key: inner}) for key, inner in value.items())
    if isinstance(value, list):
        return "\n".join(field.phrase.write(inner) for inner in value)
    return field.phrase.write(value)


def rows(data: _Part, doubts: Mapping[Path, str]) -> list[Row]:
    """Every row, in the standard's order: inputs, gates, then units with all that belongs to them."""
    lister = _Lister(data, doubts)
    return [row for key in ("inputs", "gates", "units") for row in lister.below(data, key, (), None)]


class _Lister:
    def __init__(self, data: _Part, doubts: Mapping[Path, str]) -> None:
        self.doubts = doubts
        self.criteria = Counter(_criteria(data))

    def below(self, whole: _Part, key: str, path: Path, holder: str | None, around: str = "") -> Iterator[Row]:
        """The rows of a list; ``holder`` is the id of the part that holds it, ``around`` the list of the whole."""
        listed = whole.get(key)
        for at, part in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(part, dict):
                yield from self._part(part, key, (*path, key, at), holder, around or key)

    def _part(self, part: dict[str, Node], key: str, path: Path, holder: str | None, around: str) -> Iterator[Row]:
        level = LEVELS[key]
        cells = {column: value_written(field, part.get(field.key)) for column, field in level.columns.items()}
        terms = _terms(level.terms, part)
        cells[Column.TERMS] = "\n".join(terms)
        if level is CRITERIA:
            cells |= _rule(part, around)
            cells[Column.UNIT] = GATE if around == "gates" else ""
        if key == "inputs":
            cells[Column.UNIT] = INPUT
        cells[Column.PARENT] = self._parent(key, holder)
        doubt = doubted(self.doubts.get(path))
        cells[Column.NOTE] = "；".join(filter(None, (cells.get(Column.NOTE), doubt)))
        yield Row(key, cells, doubtful=bool(doubt))
        for inner in _LISTS:
            yield from self.below(part, inner, path, str(part.get("id") or ""), around)

    def _parent(self, key: str, holder: str | None) -> str:
        """The 上级编号; blank where that of an item would be taken for a criterion's: its place tells."""
        if holder is None or (key == "criteria" and self.criteria[holder]):
            return ""
        return holder


def _criteria(part: Node) -> Iterator[str]:
    """The ids of all criteria and gates."""
    if not isinstance(part, dict):
        return
    for key in ("gates", "units", *_LISTS):
        for inner in listed if isinstance(listed := part.get(key), list) else ():
            if isinstance(inner, dict) and LEVELS[key] is CRITERIA:
                yield str(inner.get("id"))
            yield from _criteria(inner)


def _terms(fields: Mapping[str, Field], part: _Part) -> Iterator[str]:
    """``名称：值``, a line each."""
    for word, field in fields.items():
        value = part.get(field.key)
        if value is None:
            continue
        for inner in value if isinstance(value, list) else [value]:
            yield f"{word}：{field.phrase.write(inner)}"


def _rule(part: _Part, around: str) -> dict[Column, str]:
    """What the cells of a criterion say about its rule."""
    rule = part.get("rule")
    if not isinstance(rule, dict):
        together = "all_of" if around == "gates" else "sum"  # as ``defaults`` combines them
        return {Column.KIND: KINDS[together if part.get("parts") else "all_or_nothing"].word}
    kind = KINDS[str(rule.get("kind"))]
    cells = {column: value_written(field, rule.get(field.key)) for column, field in kind.columns.items()}
    steps = value_written(kind.steps, rule.get(kind.steps.key)) if kind.steps else ""
    lines = filter(None, (steps, *_terms(kind.terms, rule)))
    return {**cells, Column.KIND: kind.word, Column.BANDS: "\n".join(lines)}
