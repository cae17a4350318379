"""The picture of the architecture, drawn from the imports of the source: each folder stands above all that it uses."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

PACKAGE = "jieyue_cli"
SOURCE = Path(__file__).parents[2] / "src" / PACKAGE
DATA = {
    "workbook": "file → cells",
    "form": "cells → submission",
    "scoring": "submission → scorecard",
    "agencies": "scorecard → standing",
    "report": "standing → report",
}
"""The way of the data, by the folder that takes each step (docs/adr/0001-one-way-through-the-house.md)."""
Graph = dict[str, set[str]]
Point = tuple[float, float]

_BOX, _TALL, _GAP, _FLOOR, _MARGIN = 186, 80, 16, 124, 20
_SWEEPS = 24
_HEAD = """\
xmlns="http://www.w3.org/2000/svg" role="img">
<title>What imports what in the program</title>
<style>
text { font: 13px system-ui, "Segoe UI", "Noto Sans", sans-serif; text-anchor: middle; fill: #57606a }
.name { font-weight: 600; font-size: 17px; fill: #24292f }
.step { font-weight: 600; fill: #8a4b00 }
path { fill: none; stroke: #8c959f; stroke-width: 1.4 }
rect { fill: #fff; stroke: #8c959f }
.ground { fill: #fcfcfa; stroke: none }
.way { fill: #fff4e0; stroke: #c77700; stroke-width: 1.6 }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 .5 7.5 4 0 7.5z" style="fill: #57606a; stroke: none"/></marker></defs>"""
_CAPTION = (
    "An arrow points to what is imported; an arrow that follows from others is left out.",
    "Orange: the steps of the data, from the file to the report.",
)


def parts() -> dict[str, Path]:
    """The folders and single modules of the program, by name, each with the file that describes it."""
    found = {path.parent.name: path for path in SOURCE.glob("*/__init__.py")}
    return found | {path.stem: path for path in SOURCE.glob("*.py") if not path.stem.startswith("__")}


def imported(file: Path) -> Iterator[str]:
    """The parts of the program that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith(f"{PACKAGE}."))


@cache
def graph() -> Graph:
    """Which part imports which others."""
    known = parts()
    found: Graph = {name: set() for name in known}
    for file in SOURCE.rglob("*.py"):
        inside = file.relative_to(SOURCE).parts[0].removesuffix(".py")
        if inside in known:
            found[inside] |= {name for name in imported(file) if name in known and name != inside}
    return {name: found[name] for name in sorted(found)}


def below(name: str, using: Graph) -> set[str]:
    """All that a part uses, also through others."""
    return using[name].union(*(below(used, using) for used in using[name]))


def needed(using: Graph) -> Graph:
    """The arrows that do not follow from others."""
    return {
        name: {used for used in uses if not any(used in below(other, using) for other in uses - {used})}
        for name, uses in using.items()
    }


def floors(using: Graph) -> dict[str, int]:
    """The floor of each part: above all that it uses, and where its arrows are shortest."""
    floor: dict[str, int] = {}

    def lowest(name: str) -> int:
        if name not in floor:
            floor[name] = 1 + max(map(lowest, using[name]), default=-1)
        return floor[name]

    for name in using:
        lowest(name)
    users = {name: {other for other in using if name in using[other]} for name in using}
    for name in sorted(using, key=lambda part: -floor[part]):
        top = min((floor[user] - 1 for user in users[name]), default=floor[name])
        if len(users[name]) >= len(using[name]):
            floor[name] = top
    return floor


def rows(arrows: Graph, floor: Mapping[str, int]) -> tuple[list[list[str]], list[list[str]]]:
    """The floors from the top, each from left to right, and the way of each arrow from floor to floor.

    Where an arrow passes a floor, a place is kept for it. Every place goes below what it hangs from.
    """
    ways = []
    levels: list[list[str]] = [[] for _ in range(max(floor.values()) + 1)]
    for name in arrows:
        levels[floor[name]].append(name)
    for user in arrows:
        for used in sorted(arrows[user]):
            passed = [f"{user}>{used}>{level}" for level in range(floor[user] - 1, floor[used], -1)]
            for place in passed:
                levels[int(place.rpartition(">")[2])].append(place)
            ways.append([user, *passed, used])
    neighbours: dict[str, list[str]] = {}
    for way in ways:
        for upper, lower in pairwise(way):
            neighbours.setdefault(upper, []).append(lower)
            neighbours.setdefault(lower, []).append(upper)
    from_top = levels[::-1]
    for sweep in range(_SWEEPS):
        for level in from_top if sweep % 2 else levels:
            at = {name: x for row in from_top for name, (x, _) in _places(row, 0).items()}
            level.sort(key=lambda name: (_mean(at[other] for other in neighbours.get(name, [name])), name))
    return from_top, ways


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _places(row: list[str], y: float) -> dict[str, Point]:
    """The middle of each box of a floor, and of each place that is kept for an arrow, around 0."""
    widths = [_GAP if ">" in name else _BOX + _GAP for name in row]
    left, places = -sum(widths) / 2, {}
    for name, width in zip(row, widths, strict=True):
        places[name] = (left + width / 2, y)
        left += width
    return places


def picture() -> str:
    """The whole picture as SVG."""
    using = graph()
    levels, ways = rows(needed(using), floors(using))
    at = {name: place for index, row in enumerate(levels) for name, place in _places(row, index * _FLOOR).items()}
    half = {name: _GAP / 2 if ">" in name else _BOX / 2 for name in at}
    left, right = min(at[name][0] - half[name] for name in at), max(at[name][0] + half[name] for name in at)
    left, wide, top = left - _MARGIN, right - left + 2 * _MARGIN, _TALL / 2 + _MARGIN
    tall = (len(levels) - 1) * _FLOOR + 2 * top + 20 * (len(_CAPTION) + 1)
    lines = [
        f'<svg viewBox="{left:.0f} {-top:.0f} {wide:.0f} {tall:.0f}" {_HEAD}',
        f'<rect x="{left:.0f}" y="{-top:.0f}" width="{wide:.0f}" height="{tall:.0f}" class="ground"/>',
        *(_arrow(way, at) for way in ways),
        *(line for name, file in parts().items() for line in _box(name, file, *at[name])),
        *(
            f'<text x="{left + wide / 2:.0f}" y="{tall - top - 20 * (len(_CAPTION) - number) + 4:.0f}">{text}</text>'
            for number, text in enumerate(_CAPTION)
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _arrow(way: list[str], at: Mapping[str, Point]) -> str:
    places = [at[name] for name in way]
    path = [f"M{places[0][0]:.1f} {places[0][1] + _TALL / 2:.1f}"]
    for index, ((from_x, from_y), (to_x, to_y)) in enumerate(pairwise(places)):
        start, end = from_y + (_TALL / 2), to_y - _TALL / 2
        last = index == len(places) - 2
        bend = (end - start) / 2
        path.append(f"C{from_x:.1f} {start + bend:.1f} {to_x:.1f} {end - bend:.1f} {to_x:.1f} {end:.1f}")
        if not last:
            path.append(f"V{to_y + _TALL / 2:.1f}")
    return f'<path d="{" ".join(path)}" marker-end="url(#tip)"/>'


def _box(name: str, file: Path, x: float, y: float) -> Iterator[str]:
    folder = file.name == "__init__.py"
    described = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    says = re.split(r"[:;,.] |[.;:]$", described.partition("\n")[0])[0]
    step = DATA.get(name, "")
    look = ' class="way"' if step else ""
    yield f'<rect x="{x - _BOX / 2:.1f}" y="{y - _TALL / 2:.1f}" width="{_BOX}" height="{_TALL}" rx="6"{look}/>'
    title = name + ("/" if folder else ".py")
    yield f'<text x="{x:.1f}" y="{y - 15:.1f}" class="name">{escape(title)}</text>'
    lines = textwrap.wrap(says, 24, max_lines=1 if step else 2, placeholder=" …")
    for line, text in enumerate([*([step] if step else []), *lines]):
        kind = ' class="step"' if step and line == 0 else ""
        yield f'<text x="{x:.1f}" y="{y + 7 + 17 * line:.1f}"{kind}>{escape(text)}</text>'
