"""What lies in a folder, as far as a glance tells: values only."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a file, a folder or an archive seems to be; the value is what a person is told."""

    OFFICE = "评价工作的文件夹"
    """A folder that itself holds a roster or a ledger: one has to go there first."""
    ROSTER = "名录"
    UNFILLED = "还没有填的名录"
    BLANK = "空表"
    RETURNED = "交回的自评表"
    TO_CHECK = "还没有填的核查表"
    CHECKED = "核查过的表"
    FEEDBACK = "发回单位的反馈"
    PLAN = "核查计划"
    LEDGER = "台账"
    RUBRIC = "评价标准"
    LETTER = "函的模板"
    REPORT = "本程序写出的结果"
    OTHER = "其他文件"


FORMS = (Kind.CHECKED, Kind.RETURNED, Kind.TO_CHECK, Kind.BLANK)
"""Kinds of forms; what holds several is called by the first of them."""


class Glimpse(NamedTuple):
    """What the beginning of a file tells."""

    kind: Kind
    years: tuple[int, ...] = ()
    """Of a form its year, of a ledger those that it records."""
    standard: str = ""
    """The id of the standard that a form is of, or that a rubric states."""


class Thing(NamedTuple):
    """One entry of a folder that means something to the program."""

    name: str
    kind: Kind
    years: tuple[int, ...] = ()
    standard: str = ""
    several: bool = False
    """Whether it is a folder or an archive."""


class Sight(NamedTuple):
    """What a folder seems to hold."""

    things: tuple[Thing, ...] = ()
    """By name."""
    names: frozenset[str] = frozenset()
    """Every name that was seen, in lower case: what is written new has none of them."""
    others: int = 0
    """Entries that mean nothing to the program."""
    cut: bool = False
    """Whether there was more than a glance could take in."""
    readable: bool = True
