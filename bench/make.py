"""Folders full of filled-in forms, on all processors, with a share of damaged ones if asked for."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.agencies import filling
from bench.forms import Maker
from jieyue_cli.processes import default_jobs
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import find

A_FOLDER = 1000
"""Forms in one sub-folder."""
SEED = 2020
_DAMAGE = ("truncated", "flipped", "text", "empty")
_TEXT = "这不是工作簿：把文件名改成 .xlsx 并不能变成表格。\n".encode() * 40


@dataclass(frozen=True, slots=True)
class Task:
    """One sub-folder's forms."""

    folder: Path
    first: int
    last: int
    """Behind the last one."""
    seed: int
    damaged: float


def make(folder: Path, count: int, seed: int = SEED, damaged: float = 0, jobs: int | None = None) -> None:
    """Write ``count`` forms below ``folder``; the same arguments always give the same files."""
    tasks = [
        Task(folder / f"{first // A_FOLDER:04d}", first, min(first + A_FOLDER, count), seed, damaged)
        for first in range(0, count, A_FOLDER)
    ]
    if len(tasks) == 1:
        _make_part(tasks[0])
        return
    with ProcessPoolExecutor(jobs or default_jobs(), mp_context=get_context("spawn")) as pool:
        list(pool.map(_make_part, tasks))


def damage(data: bytes, chance: random.Random) -> bytes:
    """One of the ways in which files arrive broken."""
    match chance.choice(_DAMAGE):
        case "truncated":
            return data[: chance.randrange(1, len(data))]
        case "flipped":
            broken = bytearray(data)
            for _ in range(chance.randint(1, 40)):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
            return bytes(broken)
        case "text":
            return _TEXT
        case _:
            return b""


def shipped_rubric() -> Rubric:
    """The standard that the program ships."""
    rubric, problems = find(DEFAULT)
    if rubric is None:
        raise ValueError(problems)
    return rubric


def _make_part(task: Task) -> None:
    rubric = shipped_rubric()
    maker = Maker(rubric)
    task.folder.mkdir(parents=True, exist_ok=True)
    for number in range(task.first, task.last):
        form = maker.form(filling(rubric, number, task.seed))
        chance = random.Random(f"damage/{task.seed}/{number}")  # noqa: S311 -- plausible, not secret
        data = damage(form.data, chance) if chance.random() < task.damaged else form.data
        (task.folder / f"{number:06d} {form.filling.name}.xlsx").write_bytes(data)
