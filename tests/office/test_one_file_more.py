"""A file more changes what is said of its own agency, and nothing that is said of any other."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from first import first
from program import Call
from returns import Answers, returned

OWN, *OTHERS = (f"示例市{word}局" for word in ("水务", "财政", "教育", "统计", "司法", "民政"))
STRANGER = "示例市园林局"
POOR: Answers = {"1.1.1": "否", "2.2.3": 0, "2.2.5": "否", "3.2.1": "否", "3.2.2": "否"}
FORMS: dict[str, Callable[[str, int], bytes]] = {
    "full": lambda name, year: returned(name, year=year),
    "poor": lambda name, year: returned(name, POOR, year=year),
    "to be mended": lambda name, year: returned(name, {"1.1.1": "若干"}, year=year),
    "passed": lambda name, year: returned(name, {}, {"2.1.1": "否"}, year=year),
    "failed": lambda name, year: returned(name, {}, POOR, year=year),
    "partly verified": lambda name, year: returned(name, {}, dict.fromkeys(POOR) | {"3.4.1": "否"}, year=year),
    "last year's": lambda name, year: returned(name, {}, {}, year=year - 1),
    "broken": lambda name, year: b"PK\3\4",
    "paper": lambda name, year: b"%PDF-1.4",
}
YEAR = 2021
BATCH = ("batch", "交表", "--year", str(YEAR), "--format", "json", "--jobs", "1")
RECORD = ("ledger", "record", "台账.jsonl", "去年", "--roster", "名录.csv", "--year", str(YEAR - 1), "--jobs", "1")


def put(chance: random.Random, folder: Path, name: str) -> str:
    """One more file of an agency; returns its name."""
    kind = chance.choice(list(FORMS))
    place = folder / chance.choice([name, "."])
    place.mkdir(exist_ok=True, parents=True)
    file = place / f"{chance.randrange(1000):03}{name}自评打分表{'.pdf' if kind == 'paper' else '.xlsx'}"
    file.write_bytes(FORMS[kind](name, YEAR))
    return file.name


def others(call: Call, options: tuple[str, ...], own: str) -> tuple[dict[str, Any], list[str]]:
    """What a batch says of every agency but one, and of their files; and what it says besides."""
    ran = call(*BATCH, *options)
    document = json.loads(ran.stdout)
    said = {
        "agencies": [row for row in document["agencies"] if row["name"] != own],
        "results": [row for row in document["results"] if own not in row["file"]],
        "missing": [name for name in document["progress"]["missing"] if name != own],
        "outside": document["progress"]["outside"],
    }
    return said, [line for line in "".join(ran.err.splitlines()).split("- ") if own not in line]


@pytest.mark.parametrize("seed", first(1, range(3)))
def test_a_file_more_says_nothing_new_of_others(seed: int, call: Call, tmp_path: Path) -> None:
    options = (("--roster", "名录.csv", "--ledger", "台账.jsonl"), ("--roster", "名录.csv"), ())[seed % 3]
    chance = random.Random(seed)  # noqa: S311 -- the same files each time
    (tmp_path / "名录.csv").write_text("\n".join(["单位名称", OWN, *OTHERS]), "utf-8")
    (tmp_path / "去年").mkdir()
    for name in (OWN, *OTHERS[:3]):
        findings = chance.choice([{}, POOR])
        (tmp_path / "去年" / f"{name}.xlsx").write_bytes(returned(name, {}, findings, year=YEAR - 1))
    if "--ledger" in options:
        assert call(*RECORD).code == 0
    for name in (*OTHERS, OTHERS[0], *chance.choices([OWN, STRANGER, *OTHERS], k=3)):
        put(chance, tmp_path / "交表", name)
    for own in (OWN, STRANGER):
        before = others(call, options, own)
        put(chance, tmp_path / "交表", own)
        assert others(call, options, own) == before
