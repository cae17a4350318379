"""What one of the office's reports is: a document for programs, and the same as facts and tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import msgspec

from jieyue_cli.report.amounts import percent
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import plain


class Rate(NamedTuple):
    """A share of agencies, shown as a rounded percentage."""

    share: Fraction


Cell = str | int | Decimal | Fraction | Rate | None
"""What stands in a cell; None where there is nothing to say."""


class Head(NamedTuple):
    """A column."""

    text: str
    width: int = 14
    """Characters of a workbook's column; on the console, the cells that a line takes at most."""
    right: bool = False
    """Whether its values are numbers."""
    on_console: bool = True
    """False for what is too long for a line of the console and stands in files only."""


class Table(NamedTuple):
    """Rows of one kind; the last column may hold a long text."""

    name: str
    """Of the table; a workbook's sheet is called so."""
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    """Each as long as ``heads``."""
    note: str = ""
    """How to read it."""
    most: int = 60
    """Rows that the console shows; it says how many more there are, and leaves the table out where this is 0."""
    below: bool = False
    """Whether the console shows the last column beneath the others, over the full width."""


class OfficeReport(msgspec.Struct, frozen=True):
    """One report."""

    rubric: Rubric
    title: str
    document: msgspec.Struct
    """For programs: a type that ``jieyue schema`` prints."""
    facts: Sequence[tuple[str, str]]
    """Label and value."""
    tables: Sequence[Table]
    """The first one is the CSV file; tables without rows are left out on the console."""


def shown(cell: Cell) -> str:
    """A cell as a reader is shown it."""
    if cell is None:
        return ""
    if isinstance(cell, Rate):
        return percent(cell.share)
    return plain(cell) if isinstance(cell, Decimal | Fraction) else str(cell)
