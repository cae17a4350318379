"""The comparison: the program, what a user would write instead, and the floor, at several sizes; and cold starts."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import machine
from bench.series import Contestant, alternate
from jieyue_cli import __file__ as package
from jieyue_cli.form.layout import HEADER_ROW
from jieyue_cli.processes import default_jobs

PROGRAM = str(Path(sys.executable).with_name("jieyue"))
_SCRIPTS = Path(__file__).parent / "contestants"
SLOW = ("openpyxl", "openpyxl-read-only", "pandas-openpyxl", "pandas-calamine")
"""Measured where that takes at most the time allowed, and scaled beyond."""
STARTS = 15

Say = Callable[[str], None]


def contestants(folder: Path) -> list[Contestant]:
    """Everybody who reads ``folder``."""
    python, forms = sys.executable, str(folder)
    batch = (PROGRAM, "batch", forms, "--format")
    files = (0, 1)
    return [
        Contestant("jsonl", "jieyue batch --format jsonl", (*batch, "jsonl"), expected=files),
        Contestant("bar", "jieyue batch --format jsonl, with its progress bar", (*batch, "jsonl"),
                   terminal=True, expected=files),
        Contestant("json", "jieyue batch --format json", (*batch, "json"), expected=files),
        Contestant("floor", f"python-calamine alone, {default_jobs()} processes (the floor)",
                   (python, _script("floor_calamine"), forms, str(default_jobs()))),
        Contestant("openpyxl", "loop with openpyxl", (python, _script("sum_openpyxl"), forms)),
        Contestant("openpyxl-read-only", "loop with openpyxl, read_only=True",
                   (python, _script("sum_openpyxl"), forms, "--read-only")),
        Contestant("pandas-openpyxl", "loop with pandas, engine openpyxl",
                   (python, _script("sum_pandas"), forms, "openpyxl", str(HEADER_ROW))),
        Contestant("pandas-calamine", "loop with pandas, engine calamine",
                   (python, _script("sum_pandas"), forms, "calamine", str(HEADER_ROW))),
    ]  # fmt: skip


def starts(form: Path) -> list[Contestant]:
    """Everybody who starts: the program, Python, and what the program's start is held against."""
    python = sys.executable
    # openpyxl would import numpy where it finds it, which the program's users need not have and the bench has
    libraries = "import sys; sys.modules['numpy'] = None; import typer, pydantic, yaml, rich.table, openpyxl"
    return [
        Contestant("pass", "python -c pass", (python, "-c", "pass")),
        Contestant("typer", 'python -c "import typer"', (python, "-c", "import typer")),
        Contestant("version", "jieyue --version", (PROGRAM, "--version")),
        Contestant("help", "jieyue --help", (PROGRAM, "--help")),
        Contestant("libraries", 'python -c "import typer, pydantic, yaml, rich.table, openpyxl"',
                   (python, "-c", libraries)),
        Contestant("score", "jieyue score one.xlsx", (PROGRAM, "score", str(form))),
        Contestant("score-json", "jieyue score one.xlsx --format json",
                   (PROGRAM, "score", str(form), "--format", "json")),
    ]  # fmt: skip


def run(
    sizes: Sequence[int], repeat: int, forms: Path | None, budget: float, json_most: int, say: Say
) -> dict[str, Any]:
    """Measure everything in one go; returns the raw figures.

    ``budget`` is the most seconds that a slow contestant may take at one size; ``json_most`` the most forms for
    ``--format json``, which holds all of them at once, and for the progress bar, whose cost shows before.
    """
    sizes = sorted(set(sizes))
    with tempfile.TemporaryDirectory(prefix="jieyue-bench-", dir=forms.parent if forms else None) as scratch:
        work = Path(scratch)
        everything = forms or _made(work / "forms", sizes[-1], say)
        listed = sorted(path for path in everything.rglob("*.xlsx"))
        if len(listed) < sizes[-1]:
            raise ValueError(f"{everything} holds {len(listed)} forms, {sizes[-1]} are needed")
        say("reading every file once, so that all contestants find them in the page cache")
        size_of_all = sum(len(path.read_bytes()) for path in listed[: sizes[-1]])
        raw: dict[str, Any] = {
            "machine": machine.describe(),
            "repeat": repeat,
            "budget": budget,
            "jobs": default_jobs(),
            "bytes_per_form": size_of_all / sizes[-1],
            "sizes": {},
        }
        say("cold starts")
        compileall.compile_dir(Path(package).parent, quiet=1)  # as installing does
        measured = alternate(starts(listed[0]), STARTS, lambda _: None, work)
        raw["starts"] = {
            key: {**found.raw(), "label": _label(starts(listed[0]), key)} for key, found in measured.items()
        }
        pace: dict[str, float] = {}
        for size in sizes:
            folder = everything if size == len(listed) else _linked(listed[:size], everything, work / f"n{size}")
            able = [
                one
                for one in contestants(folder)
                if not (one.key in SLOW and pace.get(one.key, 0) * size > budget)
                and not (one.key in {"json", "bar"} and size > json_most)
            ]
            say(f"{size} forms, {repeat} times in turns: {len(able)} contestants")
            found = alternate(able, repeat, say, work)
            pace |= {key: (one.median("wall") or 0) / size for key, one in found.items()}
            raw["sizes"][str(size)] = {key: {**one.raw(), "label": _label(able, key)} for key, one in found.items()}
        held = max((size for size in sizes if size <= json_most), default=sizes[-1])
        raw["bar"] = _bar(held, raw["sizes"][str(held)]["jsonl"]["median"]["wall"], repeat, say)
        return raw


def _bar(count: int, seconds: float, repeat: int, say: Say) -> dict[str, Any]:
    """The progress bar alone, shown and not shown: what it costs is less than two runs of one batch differ by."""
    say(f"the progress bar alone, for {count} forms in {seconds:.1f} s")
    command = (sys.executable, _script("bar_alone"), str(count), f"{seconds:.3f}")
    both = [
        Contestant("shown", "the bar, shown", command, terminal=True),
        Contestant("hidden", "the bar, not shown", command),
    ]
    found = alternate(both, repeat, say)
    return {"forms": count, "seconds": seconds, **{key: one.raw() for key, one in found.items()}}


def _made(folder: Path, count: int, say: Say) -> Path:
    """Forms from a process of its own, so that no child of ours is left when the tree is weighed."""
    say(f"making {count} forms")
    subprocess.run([sys.executable, "-m", "bench", "make", str(folder), str(count)], check=True, cwd=_ROOT)
    return folder


def _linked(files: Sequence[Path], top: Path, folder: Path) -> Path:
    """The same files in a folder of their own."""
    for path in files:
        target = folder / path.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
    return folder


def _script(name: str) -> str:
    return str(_SCRIPTS / f"{name}.py")


def _label(among: Sequence[Contestant], key: str) -> str:
    return next(one.label for one in among if one.key == key)


_ROOT = Path(__file__).parent.parent
