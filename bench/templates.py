"""Blank forms for a roster: the program beside openpyxl, which writes as many of the same forms one after another."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import machine
from bench.agencies import filling
from bench.make import SEED, shipped_rubric
from bench.run import PROGRAM
from bench.series import Contestant, alternate
from jieyue_cli.form.blank.template import blank_form


def write_roster(path: Path, count: int) -> None:
    """A roster of ``count`` invented agencies."""
    rubric = shipped_rubric()
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(("单位名称", "单位类别"))
        for number in range(count):
            agency = filling(rubric, number, SEED)
            lines.writerow((agency.name, agency.category))


def contestants(work: Path, roster: Path) -> list[Contestant]:
    """Everybody who writes forms."""
    model, script = work / "model.xlsx", Path(__file__).parent / "contestants" / "forms_openpyxl.py"
    model.write_bytes(blank_form(shipped_rubric()))
    ours, again, built = work / "ours", work / "again", work / "built"
    return [
        Contestant("jieyue", "jieyue template --roster",
                   (PROGRAM, "template", "--roster", str(roster), "-o", str(ours)), clears=ours),
        Contestant("again", "openpyxl: opened once, saved again and again",
                   (sys.executable, str(script), str(model), str(roster), str(again)), clears=again),
        Contestant("built", "openpyxl: each form built from nothing",
                   (sys.executable, str(script), str(model), str(roster), str(built), "--build"), clears=built),
    ]  # fmt: skip


def run(count: int, repeat: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure at a tenth of ``count`` too, to see how memory grows; returns the raw figures."""
    raw: dict[str, Any] = {"machine": machine.describe(), "repeat": repeat, "sizes": {}}
    with tempfile.TemporaryDirectory(prefix="jieyue-bench-") as scratch:
        work = Path(scratch)
        for size in sorted({max(1, count // 10), count}):
            roster = work / f"roster-{size}.csv"
            write_roster(roster, size)
            say(f"{size} blank forms, {repeat} times in turns")
            listed = contestants(work, roster)
            found = alternate(listed, repeat, say, work)
            raw["sizes"][str(size)] = {one.key: {**found[one.key].raw(), "label": one.label} for one in listed}
    return raw
