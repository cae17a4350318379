"""Records again and again in processes that are killed at random instants; a program of its own, so that it may fork.

Prints how many kills there were, how many entries, how many lines were torn, and what went wrong.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from msgspec.structs import replace

from jieyue_cli.files.appending import append, locked
from jieyue_cli.office.ledger.entry import Entry, Recorded, line
from jieyue_cli.office.ledger.reading import EMPTY, read_ledger
from office.ledger.made import entry

AGENCIES = tuple(Recorded(f"示例市{number}局", "missing") for number in range(800))


def record(file: Path, made: Entry) -> None:
    """Add one entry, as the command does."""
    with locked(file) as refused:
        ledger = (read_ledger(file)[0] if file.exists() else EMPTY) if refused is None else None
        if ledger:
            text = line(replace(made, number=len(ledger.entries) + 1, previous=ledger.head))
            append(file, ledger.kept, (b"" if ledger.ended else b"\n") + text + b"\n")


def main(file: Path, kills: int) -> None:
    """Kill and look, again and again."""
    chosen, made = random.Random(16), entry(2020, *AGENCIES)  # noqa: S311
    torn = 0
    known: tuple[str, ...] = ()
    for _ in range(kills):
        child = os.fork()
        if child == 0:
            while True:
                record(file, made)
        time.sleep(chosen.uniform(0, 0.008))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if file.exists():
            ledger, problems = read_ledger(file)
            if ledger is None or ledger.hashes[: len(known)] != known:
                sys.exit(f"lost: {problems}")
            known = ledger.hashes
            torn += bool(problems)
            if len(known) > 5:
                file.unlink()
                known = ()
    sys.stdout.write(f"{kills} {torn}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
