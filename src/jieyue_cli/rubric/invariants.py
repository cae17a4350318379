"""What makes a whole rubric sound, beyond the shape of its parts: sums that close, ids that are unique, marks in reach.

Works on plain nested data, so that these faults are found together with misspelt keys and wrong types, not only
after those are mended; where a part it needs is missing or malformed it stays silent, for the model reports that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError

from jieyue_cli.problems import Code
from jieyue_cli.rubric.defaults import SHARED, UNPRICED
from jieyue_cli.rubric.model import Criterion, NotApplicable
from jieyue_cli.rubric.rules import Combination, Flaw
from jieyue_cli.rubric.tree import Path
from jieyue_cli.text.numbers import finest, plain

_EXTREME = 9
"""Powers of ten beyond which a number is the model's business: a sum with it could exhaust the memory."""
_YEAR = re.compile(r"[0-9]{4}")
_CRITERION: TypeAdapter[Criterion] = TypeAdapter(Criterion)


class Breach(msgspec.Struct, frozen=True):
    """One broken invariant: where in the data, which, and the facts its sentence needs."""

    path: Path
    code: Code
    facts: Mapping[str, object] = msgspec.field(default_factory=dict)


def faults(data: Any) -> Iterator[Breach]:
    """Every broken invariant of the rubric in ``data``, as ``defaults.completed`` left it."""
    yield from _names(data)
    classes = _classes(data)
    yield from _sums(data, classes)
    built = []
    for path, criterion in _tops(data):
        yield from _shape(path, criterion)
        if made := _built(criterion):
            built.append(made)
            yield from _flaws(path, made, _asked_of(data, path, classes))
    yield from _gates(data)
    yield from _unique(data)
    yield from _pass_mark(data)
    yield from _grades(data, built)
    yield from _targets(data)


# -- sums ----------------------------------------------------------------------------------------------------


def _sums(data: Any, classes: list[str]) -> Iterator[Breach]:
    """Every sum; as it stands for each class of agency, where they differ."""
    of_class = [dict(_sums_of(data, group)) for group in classes] or [dict(_sums_of(data, None))]
    for path in dict.fromkeys(path for sums in of_class for path in sums):
        every = [sums.get(path) for sums in of_class]
        if every.count(every[0]) == len(every):
            yield from _open(path, every[0], "")
            continue
        for group, one in zip(classes, every, strict=True):
            yield from _open(path, one, f"（{group}）")


_Sum = tuple[str, bool, Decimal, Decimal]
"""What is summed, whether for a bonus unit, the points stated, the points found."""


def _sums_of(data: Any, group: str | None) -> Iterator[tuple[Path, _Sum]]:
    base = [unit for _, unit in _entries(data, "units") if not _bonus(unit)]
    yield from _sum((), data, base, None, "总分")
    for u, unit in _entries(data, "units"):
        yield from _sum(("units", u), unit, _list(_get(unit, "items")), group, f"评价单元“{_name(unit)}”")
        for i, item in _entries(unit, "items"):
            if _applies(item, group):
                path, name = ("units", u, "items", i), f"评价项目“{_name(item)}”"
                yield from _sum(path, item, _list(_get(item, "criteria")), group, name)


def _sum(path: Path, whole: Any, parts: list[Any], group: str | None, name: str) -> Iterator[tuple[Path, _Sum]]:
    own = [part for part in parts if _applies(part, group)]
    # where there are parts, but none for this class, it has nothing to bring the points
    stated, found = _number(_get(whole, "points")), _together(own) if own or not parts else Decimal(0)
    if stated is not None and found is not None:
        yield (*path, "points"), (name, _bonus(whole), stated, found)


def _open(path: Path, closing: _Sum | None, group: str) -> Iterator[Breach]:
    """What is wrong with a sum: it does not close, or a bonus unit can never bring what it promises."""
    if closing is None:
        return
    name, bonus, stated, found = closing
    if 0 < found < stated if bonus else found != stated:  # one class of agency may have no bonus
        code = Code.RUBRIC_BONUS if bonus else Code.RUBRIC_SUM
        yield Breach(path, code, {"name": f"{name}{group}", "stated": plain(stated), "sum": plain(found)})


def _bonus(unit: Any) -> bool:
    return bool(_get(unit, "bonus") == "true")


def _together(parts: list[Any]) -> Decimal | None:
    """The sum of the parts' points; None where there are none, or one of them is no number."""
    shares = [_number(_get(part, "points")) for part in parts]
    known = [share for share in shares if share is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(shares) else None


# -- one criterion -------------------------------------------------------------------------------------------


def _shape(path: Path, criterion: Any, *, scored: bool = True) -> Iterator[Breach]:
    """Parts and a combining rule go together; only what is scored by itself can be a must."""
    kind = _get(_get(criterion, "rule"), "kind")
    listed = list(_entries(criterion, "parts"))
    combines = kind in _COMBINING
    if combines and not listed:
        yield Breach((*path, "rule"), Code.RUBRIC_PARTS, {"why": f"“{kind}”由几条组成，却没有写 parts"})
    if listed and kind is not None and not combines:
        why = f"有 parts 时计分方式只能是 {'、'.join(_COMBINING)} 之一"
        yield Breach((*path, "rule"), Code.RUBRIC_PARTS, {"why": why})
    if not scored and _get(criterion, "must") is not None:
        why = "“must”只能写在单独计分的条目上，不能写在 either、all_of 或达标前提的一部分上"
        yield Breach((*path, "must"), Code.RUBRIC_PARTS, {"why": why})
    for at, part in listed:
        yield from _shape((*path, "parts", at), part, scored=scored and kind not in SHARED)


def _asked_of(data: Any, path: Path, classes: list[str]) -> list[str]:
    """The classes for which the item around a criterion is."""
    around = data
    for key in path[:-2]:
        around = around[key]
    return [group for group in classes if _applies(around, group)]


_COMBINING = tuple(str(kind.model_fields["kind"].default) for kind in Combination.__subclasses__())


def _flaws(path: Path, criterion: Criterion, classes: list[str]) -> Iterator[Breach]:
    """What the criterion's own rule, and those of its parts, say against themselves."""
    rule = criterion.rule
    own = [group for group in classes if not criterion.when or group in criterion.when]
    for at, part in enumerate(criterion.parts):
        yield from _flaws((*path, "parts", at), part, own)
    if isinstance(rule, Combination):
        found: list[Flaw] = []
        without: list[str] = []
        for group in own or [""]:
            parts = [part.points for part in criterion.parts if not part.when or group in part.when]
            if not parts:
                without.append(group)
                continue
            found += [flaw for flaw in rule.flaws(parts, criterion.points) if flaw not in found]
        if 0 < len(without) < len(own):  # where no class has any, each part is told for itself
            why = f"{'、'.join(without)} 也要填这一条，其下却没有适用的内容"
            yield Breach((*path, "parts"), Code.RUBRIC_PARTS, {"why": why})
    else:
        found = list(rule.flaws(criterion.points))
    for flaw in found:
        inside = (*path, *flaw.path[1:]) if flaw.path[:1] == ("..",) else (*path, "rule", *flaw.path)
        yield Breach(inside, flaw.code, flaw.facts)


def _built(criterion: Any) -> Criterion | None:
    try:
        return _CRITERION.validate_python(criterion)
    except ValidationError:
        return None


def _gates(data: Any) -> Iterator[Breach]:
    for at, gate in _entries(data, "gates"):
        if _get(gate, "points") != UNPRICED:
            yield Breach(("gates", at, "points"), Code.RUBRIC_GATE_POINTS)


# -- names ---------------------------------------------------------------------------------------------------


def _names(data: Any) -> Iterator[Breach]:
    """Names that mean something written elsewhere: classes and grades; and names that may stand only once."""
    classes = _classes(data)
    grades = [_get(grade, "name") for _, grade in _entries(data, "grades")]
    for path, part in _everything(data):
        for at, name in enumerate(_list(_get(part, "when"))):
            if isinstance(name, str) and name not in classes:
                facts = {"name": name, "where": "classes", "known": "、".join(classes) or "（没有写 classes）"}
                yield Breach((*path, "when", at), Code.RUBRIC_UNKNOWN_NAME, facts)
        otherwise = _get(_get(part, "must"), "otherwise")
        if isinstance(otherwise, str) and otherwise not in grades:
            known = "、".join(str(grade) for grade in grades) or "（没有写 grades）"
            facts = {"name": otherwise, "where": "grades", "known": known}
            yield Breach((*path, "must", "otherwise"), Code.RUBRIC_UNKNOWN_NAME, facts)
    for u, unit in _entries(data, "units"):
        for i, item in _entries(unit, "items"):
            yield from _never(("units", u, "items", i), item, classes, classes)
    for at, gate in _entries(data, "gates"):
        yield from _never(("gates", at), gate, classes, classes)
    for key in ("scope", "classes"):
        yield from _once(key, _list(_get(data, key)))
    yield from _once("grades", grades, "name")


def _never(path: Path, part: Any, around: list[str], classes: list[str]) -> Iterator[Breach]:
    """A part that is meant only for classes which the part around it leaves out."""
    own = [name for name in _list(_get(part, "when")) if name in classes] or around
    common = [name for name in around if name in own]
    if around and not common:
        yield Breach((*path, "when"), Code.RUBRIC_WHEN, {"own": "、".join(own), "around": "、".join(around)})
        return
    for key in ("criteria", "parts"):
        for at, inner in _entries(part, key):
            yield from _never((*path, key, at), inner, common, classes)


def _once(key: str, names: list[Any], *inner: str) -> Iterator[Breach]:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if isinstance(name, str) and name in seen:
            yield Breach((key, at, *inner), Code.RUBRIC_DUPLICATE_NAME, {"name": name})
        seen.add(str(name))


def _unique(data: Any) -> Iterator[Breach]:
    seen: dict[str, set[str]] = {"units": set(), "items": set(), "criteria": set()}
    names: dict[str, set[str]] = {"units": set(), "items": set()}
    for path, level, part in _parts(data):
        identifier = _get(part, "id")
        if isinstance(identifier, str):
            if identifier in seen[level]:
                yield Breach((*path, "id"), Code.RUBRIC_DUPLICATE_ID, {"id": identifier})
            seen[level].add(identifier)
        name = _get(part, "name")
        if level in names and isinstance(name, str):
            # the form's totals find their rows by these names
            if name in names[level]:
                yield Breach((*path, "name"), Code.RUBRIC_DUPLICATE_NAME, {"name": name})
            names[level].add(name)
    units = seen["units"]
    for path, level, part in _parts(data):
        under = _get(part, "printed_under")
        if level == "items" and isinstance(under, str) and under not in units:
            yield Breach((*path, "printed_under"), Code.RUBRIC_UNKNOWN_UNIT, {"id": under})


def _parts(data: Any) -> Iterator[tuple[Path, str, Any]]:
    for u, unit in _entries(data, "units"):
        yield ("units", u), "units", unit
        for i, item in _entries(unit, "items"):
            yield ("units", u, "items", i), "items", item
    for path, criterion in _tops(data):
        yield from _nested(path, criterion)


def _nested(path: Path, criterion: Any) -> Iterator[tuple[Path, str, Any]]:
    yield path, "criteria", criterion
    for at, part in _entries(criterion, "parts"):
        yield from _nested((*path, "parts", at), part)


def _everything(data: Any) -> Iterator[tuple[Path, Any]]:
    """Every item, gate, criterion and part."""
    for path, level, part in _parts(data):
        if level != "units":
            yield path, part


def _tops(data: Any) -> Iterator[tuple[Path, Any]]:
    """Every gate and every criterion directly below an item."""
    for at, gate in _entries(data, "gates"):
        yield ("gates", at), gate
    for u, unit in _entries(data, "units"):
        for i, item in _entries(unit, "items"):
            for c, criterion in _entries(item, "criteria"):
                yield ("units", u, "items", i, "criteria", c), criterion


# -- marks ---------------------------------------------------------------------------------------------------


def _full(data: Any) -> Decimal | None:
    """The rubric's points and its bonus units'."""
    bonus = [unit for _, unit in _entries(data, "units") if _bonus(unit)]
    points, extra = _number(_get(data, "points")), _together(bonus) if bonus else Decimal(0)
    return points + extra if points is not None and extra is not None else None


def _pass_mark(data: Any) -> Iterator[Breach]:
    points, mark = _full(data), _number(_get(data, "pass_mark"))
    if points is not None and mark is not None and mark > points:
        yield Breach(("pass_mark",), Code.RUBRIC_PASS_MARK, {"mark": plain(mark), "points": plain(points)})


class _Band(msgspec.Struct, frozen=True):
    """One grade with all its figures understood."""

    at: int
    name: str
    start: Decimal
    to: Decimal | None
    below: Decimal | None

    def ends_before(self, total: Decimal) -> bool:
        """Whether the grade, as printed, does not reach this total."""
        return (self.to is not None and total > self.to) or (self.below is not None and total >= self.below)


def _grades(data: Any, built: list[Criterion]) -> Iterator[Breach]:
    """Grades that leave no total without a name and give none two, at the smallest step that totals have."""
    bands = []
    for at, grade in _entries(data, "grades"):
        start, to, below = (_number(_get(grade, key)) for key in ("from", "to", "below"))
        if start is None or any(
            _get(grade, key) is not None and n is None for key, n in (("to", to), ("below", below))
        ):
            return
        bands.append(_Band(at, _name(grade), start, to, below))
    full = _full(data)
    if not bands or full is None:
        return
    step = _smallest(built)
    bands.sort(key=lambda band: -band.start)
    for upper, lower in pairwise(bands):
        yield from _between(upper, lower, step)
    if bands[0].ends_before(full):
        yield Breach(("grades", bands[0].at), Code.RUBRIC_GRADE_END, {"example": plain(full)})
    if bands[-1].start > 0:
        yield Breach(("grades", bands[-1].at), Code.RUBRIC_GRADE_END, {"example": "0"})
    mark = _number(_get(data, "pass_mark"))
    if mark is not None and mark not in {band.start for band in bands}:
        yield Breach(("pass_mark",), Code.RUBRIC_GRADE_MARK, {"mark": plain(mark)})


def _between(upper: _Band, lower: _Band, step: Decimal | None) -> Iterator[Breach]:
    names = {"upper": upper.name, "lower": lower.name}
    place: Path = ("grades", lower.at)
    if not lower.ends_before(upper.start) and (lower.to is not None or lower.below is not None):
        yield Breach(place, Code.RUBRIC_GRADE_OVERLAP, {**names, "example": plain(upper.start)})
        return
    if lower.start == upper.start:
        yield Breach(place, Code.RUBRIC_GRADE_OVERLAP, {**names, "example": plain(upper.start)})
        return
    if lower.below is not None and lower.below < upper.start:
        example = lower.below
    elif lower.to is not None and step is not None:
        example = (lower.to // step + 1) * step
    elif lower.to is not None:
        example = (lower.to + upper.start) / 2
    else:
        return
    if example < upper.start:
        yield Breach(place, Code.RUBRIC_GRADE_GAP, {**names, "example": plain(example)})


def _smallest(built: list[Criterion]) -> Decimal | None:
    """The step between possible totals; None where they may lie anywhere."""
    leaves = [leaf for criterion in built for leaf in criterion.leaves]
    steps = [criterion.steps for criterion in built]
    if any(leaf.not_applicable is NotApplicable.RESCALED for leaf in leaves):
        return None
    known = [step for each in steps if each is not None for step in each]
    return finest(known) if len([each for each in steps if each is not None]) == len(steps) and any(known) else None


def _targets(data: Any) -> Iterator[Breach]:
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
            yield Breach(("targets", str(after)), Code.RUBRIC_TARGETS, {"before": before, "after": after})


# -- plain data ----------------------------------------------------------------------------------------------


def _classes(data: Any) -> list[str]:
    return [name for name in _list(_get(data, "classes")) if isinstance(name, str)]


def _applies(part: Any, group: str | None) -> bool:
    when = _list(_get(part, "when"))
    return not when or group is None or group in when


def _entries(whole: Any, key: str) -> Iterator[tuple[int, Any]]:
    return enumerate(_list(_get(whole, key)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


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
