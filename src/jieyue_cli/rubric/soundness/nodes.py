"""Access to plain data of which any part may be missing or malformed, and the walk over the parts of a standard."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.rubric.tree import Node, Path

_EXTREME = 9
"""Powers of ten beyond which a number is left to the model: a sum with it could exhaust the memory."""


class Part(NamedTuple):
    """A unit, an item, an input, a criterion, a gate or a part of one, with where it stands."""

    path: Path
    level: str
    """``units``, ``items`` or ``criteria``; inputs, gates and parts are criteria."""
    node: Node
    around: Node
    """The part that holds it; the whole document for units, inputs and gates."""


def get(part: Node, key: str) -> Node:
    """The value of a key; None where there is none."""
    return part.get(key) if isinstance(part, dict) else None


def listed(part: Node, key: str) -> list[Node]:
    """The entries of the list at a key; empty where there is no list."""
    value = get(part, key)
    return value if isinstance(value, list) else []


def texts(part: Node, key: str) -> list[str]:
    """The entries of the list at a key that are text."""
    return [entry for entry in listed(part, key) if isinstance(entry, str)]


def entries(part: Node, key: str) -> Iterator[tuple[int, Node]]:
    """The entries of the list at a key, each with its index."""
    return enumerate(listed(part, key))


def name(part: Node) -> str:
    """What a person calls a part."""
    return str(get(part, "name") or get(part, "id") or "？")


def number(value: Node) -> Decimal | None:
    """The number that was written; None where it is no number, or too extreme to calculate with."""
    try:
        figure = Decimal(str(value))
    except ArithmeticError:
        return None
    return figure if figure.is_finite() and -_EXTREME < figure.adjusted() < _EXTREME else None


def applies(part: Node, group: str | None) -> bool:
    """Whether a part is meant for one class of agency; None stands for all of them."""
    when = listed(part, "when")
    return not when or group is None or group in when


def inputs(data: Node) -> Iterator[Part]:
    """Every input; they share their numbers with criteria."""
    for at, asked in entries(data, "inputs"):
        yield Part(("inputs", at), "criteria", asked, data)


def gates(data: Node) -> Iterator[Part]:
    """Every gate."""
    for at, gate in entries(data, "gates"):
        yield Part(("gates", at), "criteria", gate, data)


def units(data: Node) -> Iterator[Part]:
    """Every unit."""
    for at, unit in entries(data, "units"):
        yield Part(("units", at), "units", unit, data)


def items(data: Node) -> Iterator[Part]:
    """Every item."""
    for unit in units(data):
        for at, item in entries(unit.node, "items"):
            yield Part((*unit.path, "items", at), "items", item, unit.node)


def tops(data: Node) -> Iterator[Part]:
    """Every gate and every criterion directly below an item."""
    yield from gates(data)
    for item in items(data):
        for at, criterion in entries(item.node, "criteria"):
            yield Part((*item.path, "criteria", at), "criteria", criterion, item.node)


def everything(data: Node) -> Iterator[Part]:
    """Every part on every level."""
    yield from inputs(data)
    yield from units(data)
    yield from items(data)
    for top in tops(data):
        yield from nested(top)


def nested(part: Part) -> Iterator[Part]:
    """A part and everything below it."""
    yield part
    for at, inner in entries(part.node, "parts"):
        yield from nested(Part((*part.path, "parts", at), "criteria", inner, part.node))
