"""What makes a whole rubric sound, beyond the shape of its parts: sums that close, ids that are unique, marks in reach.

Works on plain nested data, so that these faults are found together with misspelt keys and wrong types, not only
after those are mended; where a part it needs is missing or malformed it stays silent, for the model reports that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules import plain
from jieyue_cli.rubric.tree import Path

_EXTREME = 9
"""Powers of ten beyond which a number is the model's business: a sum with it could exhaust the memory."""
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Fault:
    """One broken invariant: where in the data, which, and the facts its sentence needs."""

    path: Path
    code: Code
    facts: Mapping[str, object] = field(default_factory=dict)


def faults(data: Any) -> Iterator[Fault]:
    """Every broken invariant of the rubric in ``data``, in the order of the text."""
    yield from _sum((), data, "units", "总分")
    for u, unit in _entries(data, "units"):
        path: Path = ("units", u)
        yield from _sum(path, unit, "items", f"评价单元“{_name(unit)}”")
        for i, item in _entries(unit, "items"):
            yield from _sum((*path, "items", i), item, "criteria", f"评价项目“{_name(item)}”")
            for c, criterion in _entries(item, "criteria"):
                yield from _cap((*path, "items", i, "criteria", c), criterion)
    yield from _unique(data)
    yield from _pass_mark(data)
    yield from _targets(data)
    yield from _scope(data)


def _sum(path: Path, whole: Any, parts: str, name: str) -> Iterator[Fault]:
    stated = _number(_get(whole, "points"))
    shares = [_number(_get(part, "points")) for _, part in _entries(whole, parts)]
    known = [share for share in shares if share is not None]
    if stated is None or not known or len(known) < len(shares):
        return
    if sum(known) != stated:
        facts = {"name": name, "stated": plain(stated), "sum": plain(sum(known, Decimal(0)))}
        yield Fault((*path, "points"), Code.RUBRIC_SUM, facts)


def _cap(path: Path, criterion: Any) -> Iterator[Fault]:
    points = _number(_get(criterion, "points"))
    each = _number(_get(_get(criterion, "rule"), "each"))
    if points is not None and each is not None and points < each:
        yield Fault((*path, "points"), Code.RUBRIC_CAP, {"points": plain(points), "each": plain(each)})


def _unique(data: Any) -> Iterator[Fault]:
    seen: dict[str, set[str]] = {"units": set(), "items": set(), "criteria": set()}
    names: dict[str, set[str]] = {"units": set(), "items": set()}
    for path, level, part in _parts(data):
        identifier = _get(part, "id")
        if isinstance(identifier, str):
            if identifier in seen[level]:
                yield Fault((*path, "id"), Code.RUBRIC_DUPLICATE_ID, {"id": identifier})
            seen[level].add(identifier)
        name = _get(part, "name")
        if level in names and isinstance(name, str):
            # the form's totals find their rows by these names
            if name in names[level]:
                yield Fault((*path, "name"), Code.RUBRIC_DUPLICATE_NAME, {"name": name})
            names[level].add(name)
    units = seen["units"]
    for path, level, part in _parts(data):
        under = _get(part, "printed_under")
        if level == "items" and isinstance(under, str) and under not in units:
            yield Fault((*path, "printed_under"), Code.RUBRIC_UNKNOWN_UNIT, {"id": under})


def _parts(data: Any) -> Iterator[tuple[Path, str, Any]]:
    for u, unit in _entries(data, "units"):
        yield ("units", u), "units", unit
        for i, item in _entries(unit, "items"):
            yield ("units", u, "items", i), "items", item
            for c, criterion in _entries(item, "criteria"):
                yield ("units", u, "items", i, "criteria", c), "criteria", criterion


def _pass_mark(data: Any) -> Iterator[Fault]:
    points, mark = _number(_get(data, "points")), _number(_get(data, "pass_mark"))
    if points is not None and mark is not None and mark > points:
        yield Fault(("pass_mark",), Code.RUBRIC_PASS_MARK, {"mark": plain(mark), "points": plain(points)})


def _targets(data: Any) -> Iterator[Fault]:
    targets = _get(data, "targets")
    if not isinstance(targets, dict):
        return
    pairs = [
        (int(year), share)
        for year, text in targets.items()
        if _YEAR.fullmatch(year) and (share := _number(str(text).strip().rstrip("%％"))) is not None
    ]
    for (before, low), (after, high) in pairwise(pairs):
        if after <= before or high < low:
            yield Fault(("targets", str(after)), Code.RUBRIC_TARGETS, {"before": before, "after": after})


def _scope(data: Any) -> Iterator[Fault]:
    scope = _get(data, "scope")
    seen: set[str] = set()
    for index, name in enumerate(scope if isinstance(scope, list) else ()):
        if isinstance(name, str) and name in seen:
            yield Fault(("scope", index), Code.RUBRIC_DUPLICATE_NAME, {"name": name})
        seen.add(str(name))


def _entries(whole: Any, key: str) -> Iterator[tuple[int, Any]]:
    parts = _get(whole, key)
    return enumerate(parts if isinstance(parts, list) else ())


def _get(mapping: Any, key: str) -> Any:
    return mapping.get(key) if isinstance(mapping, dict) else None


def _name(part: Any) -> str:
    return str(_get(part, "name") or _get(part, "id") or "？")


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() and -_EXTREME < number.adjusted() < _EXTREME else None
