"""Names and ids: those that may stand only once, and those of classes, grades and units that must exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules import Flaw
from jieyue_cli.rubric.soundness.nodes import Part, entries, everything, gates, get, inputs, listed, texts, units
from jieyue_cli.rubric.tree import Node, Path


def flaws(data: Node) -> Iterator[Flaw]:
    """Every name or id that is doubled, unknown, or meant for nobody."""
    classes = texts(data, "classes")
    grades = [get(grade, "name") for grade in listed(data, "grades")]
    parts = list(everything(data))
    for part in parts:
        yield from _unknown(part, classes, grades)
    for part in (*units(data), *inputs(data), *gates(data)):
        yield from _never(part.path, part.node, classes, classes)
    yield from _unknown_grade(("not_applicable_limit",), get(data, "not_applicable_limit"), grades)
    for key in ("scope", "classes"):
        yield from _doubled(key, listed(data, key))
    yield from _doubled("grades", grades, "name")
    yield from _unique(parts)


def _unknown(part: Part, classes: Sequence[str], grades: Sequence[Node]) -> Iterator[Flaw]:
    """Classes and grades that the standard does not have."""
    inherited = texts(part.around, "when") if part.level == "items" else []
    for at, name in enumerate(listed(part.node, "when")):
        if isinstance(name, str) and name not in (*classes, *inherited):
            facts = {"name": name, "where": "classes", "known": "、".join(classes) or "（没有写 classes）"}
            yield Flaw((*part.path, "when", at), Code.RUBRIC_UNKNOWN_NAME, facts)
    yield from _unknown_grade((*part.path, "must"), get(part.node, "must"), grades)


def _unknown_grade(path: Path, provision: Node, grades: Sequence[Node]) -> Iterator[Flaw]:
    """The grade for those who miss what is asked for, where the standard does not have it."""
    otherwise = get(provision, "otherwise")
    if isinstance(otherwise, str) and otherwise not in grades:
        known = "、".join(grade for grade in grades if isinstance(grade, str))
        facts = {"name": otherwise, "where": "grades", "known": known or "（没有写 grades）"}
        yield Flaw((*path, "otherwise"), Code.RUBRIC_UNKNOWN_NAME, facts)


def _never(path: Path, part: Node, around: list[str], classes: list[str]) -> Iterator[Flaw]:
    """A part that is meant only for classes which the part around it leaves out."""
    own = [name for name in texts(part, "when") if name in classes] or around
    common = [name for name in around if name in own]
    if around and not common:
        yield Flaw((*path, "when"), Code.RUBRIC_WHEN, {"own": "、".join(own), "around": "、".join(around)})
        return
    for key in ("items", "criteria", "parts"):
        for at, inner in entries(part, key):
            yield from _never((*path, key, at), inner, common, classes)


def _doubled(key: str, names: Sequence[Node], *inner: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if isinstance(name, str):
            if name in seen:
                yield Flaw((key, at, *inner), Code.RUBRIC_DUPLICATE_NAME, {"name": name})
            seen.add(name)


def _unique(parts: Sequence[Part]) -> Iterator[Flaw]:
    ids: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        identifier, name = get(part.node, "id"), get(part.node, "name")
        if isinstance(identifier, str):
            if identifier in ids[part.level]:
                yield Flaw((*part.path, "id"), Code.RUBRIC_DUPLICATE_ID, {"id": identifier})
            ids[part.level].add(identifier)
        # the form's totals find the rows of units and items by these names
        if part.level != "criteria" and isinstance(name, str):
            if name in names[part.level]:
                yield Flaw((*part.path, "name"), Code.RUBRIC_DUPLICATE_NAME, {"name": name})
            names[part.level].add(name)
    for part in parts:
        under = get(part.node, "printed_under")
        if part.level == "items" and isinstance(under, str) and under not in ids["units"]:
            yield Flaw((*part.path, "printed_under"), Code.RUBRIC_UNKNOWN_UNIT, {"id": under})
