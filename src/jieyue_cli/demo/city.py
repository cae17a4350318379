"""The fictional city as ``city.yaml`` tells it: agencies, and what they and the office wrote in each folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import yaml

from jieyue_cli import parts

_FILE = Path(__file__).with_name("city.yaml")


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the roster."""

    name: str
    category: str
    level: str
    code: str
    former: str = ""
    short: str = ""
    together: str = ""
    batch: int | None = None
    outside: str = ""
    plan_filed: dt.date | None = None


class Found(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the office wrote beside one answer: 核查情况 and 核查意见."""

    finding: str | int
    opinion: str | None = None


class HandedIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form as it lies in its folder, told by what is unusual about it."""

    of: str
    """The agency's name in the roster."""
    written_as: str = msgspec.field(default="", name="as")
    """What the form calls it, where that differs."""
    filled_on: dt.date | None = None
    undone: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    copied_from: str = ""
    """The agency whose answers and papers these are."""
    damaged: bool = False
    titles: dict[str, str] = {}
    """编号 → what its paper is called instead of the usual."""
    uncited: tuple[str, ...] = ()
    """Claims for which no paper is named, though it may lie there."""
    cited: dict[str, str] = {}
    """编号 → what is named instead of its paper, which is not handed in."""
    unused: tuple[str, ...] = ()
    """Papers that are handed in and not named."""
    checked_on: dt.date | None = None
    finished: bool = True
    found: dict[str, Found] = {}
    """编号 → what the office found differently."""


class Folder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The forms of one folder."""

    name: str
    year: int
    forms: tuple[HandedIn, ...]
    checks: str = ""
    """The folder with the self-assessments to which these forms add what the office found."""


class City(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    papers: dict[str, str]
    """编号 → the paper that is handed in for it."""
    counted: dict[str, int]
    """编号 → the usual answer to what is counted."""
    agencies: tuple[Agency, ...]
    folders: tuple[Folder, ...]


def city() -> City:
    """Read it anew."""
    return msgspec.convert(yaml.safe_load(parts.text(_FILE)), City)
