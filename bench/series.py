"""The same commands again and again, alternating, so that whatever else the machine does falls on all alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Figures, measure


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to do the work."""

    key: str
    label: str
    command: Sequence[str]
    terminal: bool = False
    """Shown a terminal, so that it draws its progress bar."""
    clears: Path | None = None
    """Written by the command; removed before each run."""
    expected: tuple[int, ...] = (0,)
    """Exit codes that mean that it did the work."""


@dataclass(slots=True)
class Measured:
    """All runs of one contestant at one size."""

    runs: list[Figures] = field(default_factory=list)

    def median(self, what: str) -> float | None:
        """The median of one figure over the runs; None where no run has it."""
        values = [value for run in self.runs if (value := getattr(run, what)) is not None]
        return median(values) if values else None

    def raw(self) -> dict[str, Any]:
        """For the JSON file."""
        figures = {what: self.median(what) for what in ("wall", "cpu", "rss", "pss", "first")}
        return {"median": figures, "runs": [asdict(run) for run in self.runs]}


def alternate(
    contestants: Sequence[Contestant], repeat: int, say: Callable[[str], None], cwd: Path | None = None
) -> Mapping[str, Measured]:
    """Run each contestant ``repeat`` times in turns, beginning with another one each time."""
    results = {contestant.key: Measured() for contestant in contestants}
    for turn in range(repeat):
        start = turn % len(contestants)
        for contestant in (*contestants[start:], *contestants[:start]):
            if contestant.clears:
                shutil.rmtree(contestant.clears, ignore_errors=True)
            figures = measure(contestant.command, terminal=contestant.terminal, cwd=cwd)
            if figures.code not in contestant.expected and not figures.stopped:
                raise RuntimeError(f"{contestant.label} ended with {figures.code}")
            results[contestant.key].runs.append(figures)
            mib = figures.rss / 2**20
            say(f"  {contestant.label}: {figures.wall:.3f} s, processor {figures.cpu:.3f} s, {mib:.0f} MiB")
    return results
