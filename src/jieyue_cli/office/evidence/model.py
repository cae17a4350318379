"""What is known of the evidence of one year: every file with whose it is and what for, and every agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from jieyue_cli.problems import Problem
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import Submission


class File(NamedTuple):
    """One file beside the forms, as it lies there."""

    name: str
    """As a person would look for it: its path, or ``returns.zip/制度.pdf``."""
    size: int | None
    """In bytes; None where it could not be told."""
    sha256: str | None
    """None where its bytes could not be read."""


class Form(NamedTuple):
    """A form of the year that stands for its agency."""

    key: str
    """``roster.key`` of the agency's name."""
    name: str
    """The agency's, as its roster writes it."""
    category: str | None
    file: str
    submission: Submission
    card: Scorecard
    """The agency's own score."""


class Placed(msgspec.Struct, frozen=True, gc=False):
    """One file, with what it is for."""

    file: str
    agency: str | None
    """The agency's name; None where nothing tells whose it is."""
    year: int | None
    """Of the agency's form that is nearest to it."""
    criteria: tuple[str, ...]
    """编号 that its name or a folder says, or that cite it, in the standard's order."""
    cited: bool
    """Whether the agency's form names it."""
    form: bool
    """Whether it is called a form or a report of the self-assessment, which belongs to no criterion of its own."""
    size: int | None
    sha256: str | None


class Loose(msgspec.Struct, frozen=True):
    """A part of a citation without a file."""

    criterion: str
    text: str


class Same(msgspec.Struct, frozen=True):
    """Files with the same bytes."""

    sha256: str
    agencies: list[str]
    criteria: tuple[str, ...]
    files: list[str]


class AgencyEvidence(NamedTuple):
    """What the evidence of one agency comes to."""

    form: Form
    without: Scorecard
    """Its own score with every answer left blank that lacks evidence."""
    claimed: list[str]
    """``Line.id`` of what brings points by its own answers, 不涉及 aside."""
    lacking: list[str]
    """Those of them for which there is neither a file nor a citation."""
    missing: list[Loose]
    """Names of files that are not there."""
    outside: list[Loose]
    """Paths that lead out of the folder."""
    documents: list[Loose]
    """Document numbers without a file."""
    words: list[Loose]
    """What names neither a file nor a document."""
    files: int
    uncited: list[str]
    """The files that the form does not cite, but for those that are forms or reports."""
    unplaced: int
    """How many of these are for no criterion that could be told."""


class Review(NamedTuple):
    """Everything about the evidence of one year."""

    year: int | None
    files: list[Placed]
    """By name."""
    agencies: Sequence[AgencyEvidence]
    shared: list[Same]
    """The same bytes from several agencies."""
    reused: list[Same]
    """The same bytes for several criteria of one agency."""
    problems: Sequence[Problem]
