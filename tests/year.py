"""The example year: the commands of the page that ``jieyue demo`` writes, run in order in the folder that it makes."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from jieyue_cli.cli.app import run
from jieyue_cli.clock import PINNED, ZONE
from jieyue_cli.demo.making import guide

TODAY = {
    "2020年": dt.datetime(2020, 11, 16, 9, tzinfo=ZONE),
    "2021年核查以前": dt.datetime(2021, 11, 1, 9, tzinfo=ZONE),
    "2021年核查以后": dt.datetime(2021, 11, 9, 9, tzinfo=ZONE),
}
"""When the commands of each part are run."""
CITY = "示例市"
_PART = re.compile(r"^【(.+)】$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One command of the page."""

    part: str
    """The heading it stands under."""
    why: str
    """What the page says of it."""
    line: str
    """As it is typed."""

    @property
    def arguments(self) -> list[str]:
        """Without the program's name."""
        return shlex.split(self.line)[1:]


@dataclass(frozen=True)
class Seen:
    """What a command wrote, in the order in which it was written: which stream, and the bytes."""

    pieces: tuple[tuple[str, bytes], ...]
    code: int

    def on(self, stream: str) -> str:
        """All that went to one stream."""
        return b"".join(data for name, data in self.pieces if name == stream).decode("utf-8")

    def __str__(self) -> str:
        """As on a screen, with what went to stderr marked."""
        lines = [
            f"{'! ' if stream == 'err' else ''}{line}".rstrip() + "\n"
            for stream, group in itertools.groupby(self.pieces, key=lambda piece: piece[0])
            for line in b"".join(data for _, data in group).decode("utf-8").splitlines()
        ]
        return "".join(lines) + (f"[退出码 {self.code}]\n" if self.code else "")


class _Stream(io.RawIOBase):
    """Notes what is written, together with what others of the same list note."""

    def __init__(self, name: str, pieces: list[tuple[str, bytes]]) -> None:
        self._name, self._pieces = name, pieces

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self._pieces.append((self._name, taken))
        return len(taken)


def steps() -> Iterator[Step]:
    """The commands of the page, in its order."""
    _, *parts = _PART.split(guide())
    for part, text in zip(parts[::2], parts[1::2], strict=True):
        lines = text.strip().splitlines()
        for why, line in zip(lines[::2], lines[1::2], strict=True):
            yield Step(part, why, line.strip())


def call(*arguments: str, cwd: Path, today: dt.datetime) -> Seen:
    """``jieyue`` with these arguments, in this process."""
    pinned = {PINNED: str(int(today.timestamp())), "COLUMNS": "80"}
    pieces: list[tuple[str, bytes]] = []
    out, err = (
        io.TextIOWrapper(io.BufferedWriter(_Stream(name, pieces), 1), "utf-8", newline="\n", write_through=True)
        for name in ("out", "err")
    )
    with chdir(cwd), mock.patch.dict(os.environ, pinned), redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
        out.flush()
        err.flush()
    return Seen(tuple(pieces), code)


def lived_through(folder: Path) -> Mapping[Step, Seen]:
    """Make the city in ``folder`` and run every step there."""
    made = call("demo", CITY, cwd=folder, today=TODAY["2020年"])
    assert made.code == 0, made
    return {step: call(*step.arguments, cwd=folder / CITY, today=TODAY[step.part]) for step in steps()}
