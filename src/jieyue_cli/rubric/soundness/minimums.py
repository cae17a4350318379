"""Minimums in reach, and entry conditions that depend on what is scored before them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness.nodes import Part, everything, get, listed, name, number, texts, units
from jieyue_cli.rubric.tree import Node, Path
from jieyue_cli.text.numbers import plain

_MARKS = ("nonzero", "full")


def flaws(data: Node) -> Iterator[Flaw]:
    """Every flaw of a ``must`` or an ``entry``."""
    for part in everything(data):
        yield from _must(part)
    before: list[Node] = []
    for unit in units(data):
        if isinstance(get(unit.node, "entry"), dict):
            yield from _entry(data, unit, before)
        before.append(unit.node)


def _must(part: Part) -> Iterator[Flaw]:
    must = get(part.node, "must")
    reach = get(must, "reach") if isinstance(must, dict) else must
    path = (*part.path, "must", *(("reach",) if isinstance(must, dict) else ()))
    if get(must, "zero") is not None and get(must, "otherwise") is not None:
        why = "zero 和 otherwise 只写一个：计了零分，就不再另外压等级"
        yield Flaw((*part.path, "must"), Code.RUBRIC_PARTS, {"why": why})
    if part.path[0] == "gates" and get(must, "zero") is not None:
        yield Flaw((*part.path, "must", "zero"), Code.RUBRIC_PARTS, {"why": "达标前提没有分值，不写 zero"})
    if not isinstance(reach, str) or reach in _MARKS:
        return
    if part.path[0] == "gates":
        facts = {"key": "must", "seen": f"“{reach[:40]}”", "expected": "“full”：前提没有分值，只有符合和不符合"}
        yield Flaw(path, Code.RUBRIC_VALUE, facts)
        return
    written = reach.strip().replace("％", "%")
    share = written.endswith("%")
    least, points = number(written.removesuffix("%").strip()), number(get(part.node, "points"))
    most = Decimal(100) if share else points
    if least is not None and most is not None and not 0 < least <= most:
        sign = "%" if share else ""
        facts = {"key": "must", "seen": f"“{reach[:40]}”", "expected": f"大于 0、不超过 {plain(most)}{sign} 的数"}
        yield Flaw(path, Code.RUBRIC_VALUE, facts)


def _entry(data: Node, unit: Part, before: list[Node]) -> Iterator[Flaw]:
    """Whether an entry condition has one mark in reach, of a score that does not depend on the unit itself."""
    entry, path = get(unit.node, "entry"), (*unit.path, "entry")
    marks = [key for key in ("above", "at_least") if get(entry, key) is not None]
    if len(marks) != 1:
        yield Flaw(path, Code.RUBRIC_EITHER, {"names": "above、at_least"})
    bonus = get(unit.node, "bonus") == "true"
    of = get(entry, "of")
    deciding = next((earlier for earlier in before if get(earlier, "id") == of), None)
    if of is None:
        deciding = data
        if not bonus:
            yield Flaw(path, Code.RUBRIC_ENTRY_CIRCULAR)
            return
    elif deciding is None:
        known = any(get(each, "id") == of for each in listed(data, "units"))
        code = Code.RUBRIC_ENTRY_LATER if known else Code.RUBRIC_UNKNOWN_UNIT
        yield Flaw((*path, "of"), code, {"id": str(of)[:40]})
        return
    elif get(deciding, "bonus") == "true" and not bonus:
        yield Flaw((*path, "of"), Code.RUBRIC_ENTRY_CIRCULAR)
        return
    if of is not None:
        yield from _never_scored(data, unit, deciding, (*path, "of"))
    for key in marks:
        mark, points = number(get(entry, key)), number(get(deciding, "points"))
        if mark is None or points is None:
            continue
        if mark > points or (mark == points and key == "above"):
            called = "基础分" if of is None else f"“{name(deciding)}”"
            yield Flaw((*path, key), Code.RUBRIC_ENTRY_REACH, {"name": called, "points": plain(points)})


def _never_scored(data: Node, unit: Part, deciding: Node, path: Path) -> Iterator[Flaw]:
    """For some classes of agency that the unit is for, the unit that decides has no points."""
    asked = texts(deciding, "when")
    missing = [each for each in texts(unit.node, "when") or texts(data, "classes") if asked and each not in asked]
    if missing:
        why = f"“{name(deciding)}”只适用于{'、'.join(asked)}，这个单元却也适用于{'、'.join(missing)}，进入不了"
        yield Flaw(path, Code.RUBRIC_PARTS, {"why": why})
