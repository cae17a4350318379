"""A ledger of any size that an office can have is read in no time beside the forms."""

from __future__ import annotations

import hashlib
import subprocess
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest

from jieyue_cli.office.ledger.entry import Input, Recorded
from jieyue_cli.office.ledger.reading import read_ledger
from office.ledger.made import entry, lines
from program import PROGRAM, environment
from returns import hand_in

pytestmark = [pytest.mark.long, pytest.mark.timed]


def test_a_hundred_thousand_entries_are_verified_in_two_seconds(tmp_path: Path) -> None:
    file = tmp_path / "台账.jsonl"
    file.write_bytes(b"".join(lines([entry(2020 + number % 3, note="申诉成立") for number in range(100_000)])))
    took = []
    for _ in range(3):
        start = perf_counter()
        ledger, problems = read_ledger(file)
        took.append(perf_counter() - start)
        assert (ledger and len(ledger.entries), problems) == (100_000, ())
    assert min(took) <= 2


def test_a_batch_of_ten_thousand_takes_a_fifth_more_at_most_with_four_recorded_years(tmp_path: Path) -> None:
    names = [f"示例市{number}局" for number in range(10_000)]
    hand_in(tmp_path / "2024", *names, year=2024)
    (tmp_path / "名录.csv").write_text("\n".join(["单位名称", *names]), encoding="utf-8")
    recorded = []
    for year in range(2020, 2024):
        agencies = (
            Recorded(name, "failed", "行政机关", claimed=Decimal(95), failed=year, lost={"1.1.1": Decimal(9)})
            for name in names
        )
        inputs = tuple(Input(f"{name}.xlsx", hashlib.sha256(f"{year}{name}".encode()).hexdigest()) for name in names)
        recorded.append(entry(year, *agencies, inputs=inputs))
    (tmp_path / "台账.jsonl").write_bytes(b"".join(lines(recorded)))
    took: dict[tuple[str, ...], list[float]] = {(): [], ("--ledger", "台账.jsonl"): []}
    for _ in range(3):
        for more, times in took.items():
            start = perf_counter()
            command = [str(PROGRAM), "batch", "2024", "--roster", "名录.csv", "-o", "全部.json", "--quiet", *more]
            subprocess.run(command, cwd=tmp_path, env=environment(), check=True, timeout=600)
            times.append(perf_counter() - start)
    without, with_ledger = map(min, took.values())
    assert with_ledger <= 1.2 * without, took
