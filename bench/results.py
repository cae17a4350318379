"""The results workbook: how long it takes beside openpyxl, and what reading, scoring and writing need of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import machine
from bench.run import PROGRAM
from bench.series import Contestant, alternate

_ROOT = Path(__file__).parent.parent
_SCRIPT = Path(__file__).parent / "contestants" / "results.py"


def run(count: int, repeat: int, forms: Path | None, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure ``count`` forms; returns the raw figures."""
    with tempfile.TemporaryDirectory(prefix="jieyue-bench-") as scratch:
        work = Path(scratch)
        folder = forms or work / "forms"
        if not forms:
            say(f"making {count} forms")
            command = [sys.executable, "-m", "bench", "make", str(folder), str(count)]
            subprocess.run(command, check=True, cwd=_ROOT)
        say(f"the workbook of {count} forms and the same cells with openpyxl, {repeat} times in turns")
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        command = [sys.executable, str(_SCRIPT), str(folder), str(repeat)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        batch = Contestant(
            "batch",
            "jieyue batch -o 结果.xlsx",
            (PROGRAM, "batch", str(folder), "--format", "csv", "-o", str(work / "结果.xlsx")),
            expected=(0, 1),
        )
        whole = alternate([batch], repeat, say, work)["batch"]
        return {
            "machine": machine.describe(),
            "repeat": repeat,
            "forms": count,
            "bytes": (work / "结果.xlsx").stat().st_size,
            **json.loads(done.stdout),
            "batch": whole.raw(),
        }
