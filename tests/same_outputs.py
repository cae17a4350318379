"""Whether two versions of the program write the same bytes: a check for changes that nobody is meant to see.

    PYTHONPATH=. .venv/bin/python tests/same_outputs.py OLD NEW [--forms 3000] [--keep FOLDER]

``OLD`` and ``NEW`` are checkouts (``git worktree add``). Both run the same command lines over the same inputs: the
examples, every example standard with its blank forms and randomly filled ones, and forms from ``bench`` of which a
tenth is damaged. Standard output, messages, exit codes and all written files are compared. Ends with 1 where
anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import any_form
from bench.make import make
from jieyue_cli.rubric.source import load

ROOT = Path(__file__).parents[1]
CITY = "examples/city"
ROSTER = f"{CITY}/roster.xlsx"
FORMATS = ("text", "json", "jsonl", "csv", "markdown")
DAMAGED = 0.1
FILLED = 30
"""Randomly filled forms of each example standard."""
SCORED = 5
"""Those of them that are scored one by one."""
COMMANDS = ("", "template", "score", "batch", "schema", "rubric", *(f"rubric {name}" for name in ("check", "show")))

Outcome = dict[str, str]
"""What a command left behind → its digest."""


def main() -> int:
    """Compare the two checkouts; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--forms", type=int, default=3000)
    parser.add_argument("--keep", type=Path, help="where inputs and outputs stay; those of OLD are used again")
    asked = parser.parse_args()
    work = asked.keep or Path(tempfile.mkdtemp())
    inputs = work / "inputs"
    if not inputs.exists():
        prepare(inputs, asked.forms)
    differing = 0
    for number, line in enumerate(command_lines(inputs)):
        kept = work / "old" / f"{number:03d}"
        old = digests(kept) if kept.exists() else outcome(asked.old.resolve(), line, inputs, kept)
        new = outcome(asked.new.resolve(), line, inputs, work / "new" / kept.name)
        changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
        if changed:
            differing += 1
            sys.stdout.write(f"{number:03d} differs in {', '.join(changed)}: jieyue {line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{number + 1} command lines, {differing} differ\n")
    if not asked.keep:
        shutil.rmtree(work)
    return 1 if differing else 0


def prepare(inputs: Path, forms: int) -> None:
    """Lay out what the commands read."""
    shutil.copytree(ROOT / "examples", inputs / "examples")
    shutil.copy(ROOT / "rubric" / "standard_2020.yaml", inputs / "examples" / "rubrics")
    make(inputs / "bench", forms, damaged=DAMAGED)
    for path in standards(inputs):
        rubric, _ = load(path)
        assert rubric is not None
        folder = inputs / "filled" / path.stem
        folder.mkdir(parents=True)
        chance = random.Random(path.stem)  # noqa: S311 -- the same inputs each time, nothing secret
        for number in range(FILLED):
            group = chance.choice(rubric.classes) if rubric.classes else None
            answers = any_form.at_random(rubric, chance)
            findings = any_form.at_random(rubric, chance, office=True) if number % 2 else {}
            data = any_form.book_of(rubric, any_form.Filled(group, answers, findings))
            (folder / f"{number:02d}.xlsx").write_bytes(data)


def standards(inputs: Path) -> list[Path]:
    """Every example standard, and the built-in one."""
    return sorted((inputs / "examples" / "rubrics").glob("*.yaml"))


def command_lines(inputs: Path) -> Iterator[str]:
    """Every command line, relative to the inputs; ``{out}`` is the command's own empty folder."""
    yield from (f"{command} --help" for command in COMMANDS)
    yield from ("schema", "rubric schema", "rubric new {out}/new.yaml", "rubric new {out}/new.yaml --extends na_full")
    for example in sorted((inputs / "examples").glob("*/cmd.txt")):
        line = example.read_text("utf-8").removeprefix("jieyue ").strip()
        if not line.startswith("template"):
            yield line.replace("../", "examples/").replace(
                " broken.yaml", f" examples/{example.parent.name}/broken.yaml"
            )
    for places in (f"{CITY}/2020", f"{CITY}/2020 {CITY}/2021"):
        yield from (f"batch {places} --roster {ROSTER} --format {name}" for name in FORMATS)
        files = " ".join(f"-o {{out}}/a.{suffix}" for suffix in ("xlsx", "csv", "md", "json", "jsonl"))
        yield f"batch {places} --roster {ROSTER} {files}"
    for path in standards(inputs):
        name, filled = path.relative_to(inputs), f"filled/{path.stem}"
        first = f"{filled}/00.xlsx"
        yield from (f"rubric check {name}", f"rubric show {name}", f"rubric show {name} --format markdown")
        yield f"rubric diff standard_2020 {name}"
        yield f"template --rubric {name} -o {{out}}/blank.xlsx"
        yield f"template --rubric {name} --agency 示例市财政局 --year 2021 -o {{out}}/named.xlsx"
        yield f"template --rubric {name} --from {first} -o {{out}}/carried.xlsx"
        yield f"template --rubric {name} --roster {ROSTER} -o {{out}}/all"
        for number in range(SCORED):
            form = f"{filled}/{number:02d}.xlsx"
            yield from (f"score {form} --rubric {name} {how}" for how in ("", "--detail", "--format json"))
        yield f"score {first} --rubric {name} --format csv -o {{out}}/score.xlsx"
        yield from (f"batch {filled} --rubric {name} --format {how}" for how in FORMATS)
        yield f"batch {filled} --rubric {name} --agencies 40 -o {{out}}/batch.xlsx"
    yield from (f"batch bench --format {name}" for name in FORMATS)
    yield "batch bench --jobs 1 -o {out}/batch.xlsx"


def outcome(checkout: Path, line: str, inputs: Path, out: Path) -> Outcome:
    """Run one command line with a checkout's source."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    # both versions must see the same path of the folder they write to, for they name it
    folder = inputs / "out"
    folder.mkdir()
    arguments = [part.replace("{out}", folder.name) for part in shlex.split(line)]
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "COLUMNS": "80", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "jieyue_cli", *arguments], cwd=inputs, env=environment, capture_output=True, check=False
    )
    (folder / "stdout").write_bytes(ran.stdout)
    (folder / "stderr").write_bytes(ran.stderr)
    (folder / "exit").write_text(f"{ran.returncode}\n")
    shutil.copytree(folder, out, dirs_exist_ok=True)
    shutil.rmtree(folder)
    return digests(out)


def digests(folder: Path) -> Outcome:
    """The digest of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    sys.exit(main())
