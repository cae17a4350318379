"""Raw figures → docs/performance.json, the tables between the markers of docs/performance.md, and the picture."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.picture import Curve, draw
from bench.run import SLOW

Raw = dict[str, Any]
MIB = 2**20
_ORDER = ("jsonl", "bar", "json", "floor", *SLOW)
_OPENPYXL = ("openpyxl", "openpyxl-read-only")


def publish(docs: Path, what: str, raw: Raw) -> None:
    """Put the figures of one command into the documents; what another command measured stays."""
    store = docs / "performance.json"
    known = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    store.write_text(json.dumps(known | {what: raw}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = docs / "performance.md"
    text = page.read_text(encoding="utf-8") if page.exists() else _marked(what, "")
    table = "\n".join(_TABLES[what](raw))
    page.write_text(between_markers(text, what, table), encoding="utf-8")
    if what == "run":
        (docs / "performance.svg").write_text(picture(raw), encoding="utf-8")


def between_markers(text: str, what: str, table: str) -> str:
    """The page with another table between its markers."""
    before, opening, rest = text.partition(f"<!-- bench:{what} -->")
    _, closing, after = rest.partition(f"<!-- /bench:{what} -->")
    if not opening or not closing:
        raise ValueError(f"the page has no markers for {what}")
    return before + _marked(what, table) + after


def _marked(what: str, table: str) -> str:
    return f"<!-- bench:{what} -->\n{table}\n<!-- /bench:{what} -->"


# -- reading -------------------------------------------------------------------------------------------------


def run_tables(raw: Raw) -> Iterator[str]:
    """All tables of ``python -m bench run``."""
    yield from _machine(raw)
    yield f"A form has {raw['bytes_per_form'] / 1000:.1f} kB. Medians of {raw['repeat']} runs in turns.\n"
    yield "### Goals\n"
    yield from _table(("goal", "measured", "reached"), _goals(raw))
    for size, found in raw["sizes"].items():
        yield f"### {int(size):,} form{'s' if int(size) > 1 else ''}\n"
        head = (
            "contestant",
            "wall s",
            "min-max s",
            "processor s",
            "files/s",
            "RSS MiB",
            "PSS MiB",
            "first s",
            "× jsonl",
        )
        yield from _table(head, _rows(raw, int(size), found))
    yield "### Cost against the number of forms\n"
    yield from _table(
        ("forms", "jsonl ms a form", "floor ms a form", "jsonl / floor", "RSS MiB", "growth, bytes a form"),
        _growth(raw),
    )
    yield "### Cold start\n"
    yield from _table(("command", "median ms", "min-max ms", "× import typer", "× libraries"), _starts(raw))


def _rows(raw: Raw, size: int, found: Raw) -> Iterator[Sequence[str]]:
    reference = found["jsonl"]["median"]["wall"]
    for key in _ORDER:
        if key in found:
            figures = found[key]["median"]
            walls = [run["wall"] for run in found[key]["runs"]]
            label = found[key]["label"]
            if any(run["stopped"] for run in found[key]["runs"]):
                yield (label, "stopped: it needed most of the machine's memory", *[""] * 7)
                continue
            yield (
                label,
                f"{figures['wall']:.2f}",
                f"{min(walls):.2f}-{max(walls):.2f}",
                f"{figures['cpu']:.2f}",
                f"{size / figures['wall']:,.0f}",
                f"{figures['rss'] / MIB:.0f}",
                f"{figures['pss'] / MIB:.0f}",
                f"{figures['first']:.2f}" if key in {"jsonl", "bar", *SLOW} and figures["first"] else "",
                f"{figures['wall'] / reference:.2f}",
            )
        elif key in SLOW and (at := _largest(raw, key, size)):
            times = size / at
            figures = raw["sizes"][str(at)][key]["median"]
            yield (
                raw["sizes"][str(at)][key]["label"],
                f"({figures['wall'] * times:.0f})",
                f"scaled from {at:,}",
                f"({figures['cpu'] * times:.0f})",
                f"({at / figures['wall']:,.0f})",
                *("", "", ""),
                f"({figures['wall'] * times / reference:.2f})",
            )
        elif key == "json":
            yield ("jieyue batch --format json", "not run: one document holds every form", *[""] * 7)


def _largest(raw: Raw, key: str, below: int) -> int | None:
    """The largest size at which a contestant was measured."""
    sizes = [int(size) for size, found in raw["sizes"].items() if key in found and int(size) < below]
    return max(sizes, default=None)


def _wall(raw: Raw, key: str, size: int) -> float | None:
    """Median wall time, scaled linearly where it was measured at a smaller size only."""
    found = raw["sizes"][str(size)].get(key)
    if found:
        return float(found["median"]["wall"])
    at = _largest(raw, key, size)
    return float(raw["sizes"][str(at)][key]["median"]["wall"]) * size / at if at else None


def _goals(raw: Raw) -> Iterator[Sequence[str]]:
    sizes = sorted(map(int, raw["sizes"]))
    at = max((size for size in sizes if size <= 10_000), default=sizes[-1])
    ours = _wall(raw, "jsonl", at) or 0
    floor = _wall(raw, "floor", at) or 1
    yield _goal(f"at most 2 × the floor at {at:,}", ours / floor, f"{ours / floor:.2f} ×", most=2)
    quickest = min(wall for key in _OPENPYXL if (wall := _wall(raw, key, at)))
    yield _goal(
        f"10 × faster than the faster openpyxl loop at {at:,}", ours / quickest, f"{quickest / ours:.1f} ×", most=0.1
    )
    for key, name in (("pandas-openpyxl", "pandas with openpyxl"), ("pandas-calamine", "pandas with calamine")):
        wall = _wall(raw, key, at) or 1
        yield _goal(f"faster than {name} at {at:,}", ours / wall, f"{wall / ours:.2f} ×", most=1)
    linear = [size for size in sizes if size >= 100]
    if len(linear) > 1:
        paces = [(_wall(raw, "jsonl", size) or 0) / size for size in linear]
        pace = paces[-1] / min(paces)
        text = f"a form costs {pace:.2f} × as much at {linear[-1]:,} as where it costs least"
        yield _goal(f"time linear from {linear[0]:,} to {linear[-1]:,}", pace, text, most=1.15)
    rss = raw["sizes"][str(sizes[-1])]["jsonl"]["median"]["rss"] / MIB
    yield _goal(f"at most 300 MB at {sizes[-1]:,} with JSON Lines", rss, f"{rss * MIB / 1e6:.0f} MB", most=300e6 / MIB)
    if len(linear) > 1:
        grown = _grown(raw, linear[-2], linear[-1])
        yield _goal("memory grows by less than 1 KB a form", grown, f"{grown:.0f} bytes", most=1024)
    bar = raw["bar"]
    cost = bar["shown"]["median"]["cpu"] - bar["hidden"]["median"]["cpu"]
    share = cost / bar["seconds"]
    text = f"{share * 100:.2f} % ({cost * 1000:.0f} ms in {bar['seconds']:.1f} s)"
    yield _goal(f"the progress bar costs less than 1 % at {bar['forms']:,}", share, text, most=0.01)
    for key, base, most in (("version", "typer", 1.3), ("help", "typer", 1.3), ("score", "libraries", 1.0)):
        start, held = raw["starts"][key], raw["starts"][base]
        ratio = start["median"]["wall"] / held["median"]["wall"]
        yield _goal(f"`{start['label']}` at most {most} × `{held['label']}`", ratio, f"{ratio:.2f} ×", most=most)


def _goal(goal: str, figure: float, text: str, *, most: float) -> Sequence[str]:
    return goal, text, "yes" if figure <= most else "**no**"


def _growth(raw: Raw) -> Iterator[Sequence[str]]:
    before: int | None = None
    for size in sorted(map(int, raw["sizes"])):
        ours, floor = _wall(raw, "jsonl", size) or 0, _wall(raw, "floor", size) or 1
        rss = raw["sizes"][str(size)]["jsonl"]["median"]["rss"] / MIB
        grown = f"{_grown(raw, before, size):.0f}" if before else ""
        yield (
            f"{size:,}",
            f"{ours / size * 1000:.2f}",
            f"{floor / size * 1000:.2f}",
            f"{ours / floor:.2f}",
            f"{rss:.0f}",
            grown,
        )
        before = size


def _grown(raw: Raw, few: int, many: int) -> float:
    weights = [raw["sizes"][str(size)]["jsonl"]["median"]["rss"] for size in (few, many)]
    return float(weights[1] - weights[0]) / (many - few)


def _starts(raw: Raw) -> Iterator[Sequence[str]]:
    starts = raw["starts"]
    typer, libraries = (starts[key]["median"]["wall"] for key in ("typer", "libraries"))
    for found in starts.values():
        wall, walls = found["median"]["wall"], [run["wall"] for run in found["runs"]]
        spread = f"{min(walls) * 1000:.0f}-{max(walls) * 1000:.0f}"
        yield f"`{found['label']}`", f"{wall * 1000:.0f}", spread, f"{wall / typer:.2f}", f"{wall / libraries:.2f}"


def picture(raw: Raw) -> str:
    """Wall time against the number of forms."""
    curves = []
    for key in _ORDER:
        points = [
            (int(size), found[key]["median"]["wall"])
            for size, found in sorted(raw["sizes"].items(), key=lambda entry: int(entry[0]))
            if key in found
        ]
        last = max(map(int, raw["sizes"]))
        scaled = (last, _wall(raw, key, last) or 0) if points and points[-1][0] < last and key in SLOW else None
        if points and key != "bar":
            label = next(found[key]["label"] for found in raw["sizes"].values() if key in found)
            curves.append(Curve(label, points, scaled))
    return draw(curves, "Wall time against the number of forms")


# -- writing -------------------------------------------------------------------------------------------------


def template_tables(raw: Raw) -> Iterator[str]:
    """All tables of ``python -m bench templates``."""
    yield from _machine(raw)
    yield f"Medians of {raw['repeat']} runs in turns.\n"
    head = (
        "contestant",
        "forms",
        "wall s",
        "min-max s",
        "processor s",
        "forms/s",
        "RSS MiB",
        "PSS MiB",
        "× faster openpyxl",
    )
    yield from _table(head, _template_rows(raw))


def _template_rows(raw: Raw) -> Iterator[Sequence[str]]:
    for size, found in raw["sizes"].items():
        quickest = min(found[key]["median"]["wall"] for key in ("again", "built"))
        for one in found.values():
            figures, walls = one["median"], [run["wall"] for run in one["runs"]]
            yield (
                one["label"],
                f"{int(size):,}",
                f"{figures['wall']:.2f}",
                f"{min(walls):.2f}-{max(walls):.2f}",
                f"{figures['cpu']:.2f}",
                f"{int(size) / figures['wall']:,.0f}",
                f"{figures['rss'] / MIB:.0f}",
                f"{figures['pss'] / MIB:.0f}",
                f"{figures['wall'] / quickest:.2f}",
            )


# -- results -------------------------------------------------------------------------------------------------


def results_tables(raw: Raw) -> Iterator[str]:
    """The table of ``python -m bench results``."""
    yield from _machine(raw)
    yield (
        f"{raw['forms']:,} forms, {raw['cells']:,} cells with a value, {raw['bytes'] / 1e6:.1f} MB. "
        f"Medians of {raw['repeat']} turns.\n"
    )
    yield "### Goals\n"
    ours, theirs, bare = (median(raw["seconds"][name]) for name in ("jieyue", "openpyxl", "openpyxl-values"))
    rss = raw["batch"]["median"]["rss"]
    goals = [
        _goal("at most 1.5 × openpyxl, write-only, with looks", ours / theirs, f"{ours / theirs:.2f} ×", most=1.5),
        _goal("at most 1.5 × openpyxl, write-only, values only", ours / bare, f"{ours / bare:.2f} ×", most=1.5),
        _goal("at most 400 MB for reading, scoring and writing", rss, f"{rss / 1e6:.0f} MB", most=400e6),
    ]
    yield from _table(("goal", "measured", "reached"), iter(goals))
    rows = [
        ("the workbook with its looks, heights, links and charts", ours, raw["seconds"]["jieyue"]),
        ("openpyxl, write-only: the same cells with font, border and alignment", theirs, raw["seconds"]["openpyxl"]),
        ("openpyxl, write-only: their values only", bare, raw["seconds"]["openpyxl-values"]),
    ]
    yield from _table(
        ("writing", "processor s", "min-max s"),
        ((label, f"{middle:.2f}", f"{min(turns):.2f}-{max(turns):.2f}") for label, middle, turns in rows),
    )


# -- standards -----------------------------------------------------------------------------------------------


def standards_tables(raw: Raw) -> Iterator[str]:
    """The table of ``python -m bench standards``."""
    yield from _machine(raw)
    yield f"{raw['criteria']:,} criteria. Medians of {raw['repeat']} runs in turns.\n"
    took = raw["forms"]["xlsx"]["median"]["cpu"]
    goal = _goal("a workbook is loaded in at most 1 s of a processor, start and all", took, f"{took:.2f} s", most=1)
    yield from _table(("goal", "measured", "reached"), iter([goal]))
    head = ("command", "kB", "wall s", "min-max s", "processor s", "RSS MiB")
    yield from _table(head, _standards_rows(raw))


def _standards_rows(raw: Raw) -> Iterator[Sequence[str]]:
    for one in raw["forms"].values():
        figures, walls = one["median"], [run["wall"] for run in one["runs"]]
        spread = f"{min(walls):.2f}-{max(walls):.2f}"
        amounts = f"{figures['wall']:.2f}", spread, f"{figures['cpu']:.2f}", f"{figures['rss'] / MIB:.0f}"
        yield one["label"], f"{one['bytes'] / 1000:.0f}", *amounts


def _machine(raw: Raw) -> Iterator[str]:
    facts = dict(raw["machine"])
    date = facts.pop("date")
    yield (
        f"Measured on {date}: "
        + ", ".join(
            value if name in {"processor", "memory", "system"} else f"{name} {value}" for name, value in facts.items()
        )
        + ".\n"
    )


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "|".join(["---", *["--:"] * (len(head) - 1)]) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


_TABLES = {"run": run_tables, "templates": template_tables, "results": results_tables, "standards": standards_tables}
