"""What every report is about: the results of one run, and for a batch its progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
from jieyue_cli.rubric.model import Rubric

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress


class Findings(msgspec.Struct, frozen=True):
    """The results of one run."""

    rubric: Rubric
    results: Sequence[Result]
    """In a stable order: by file name."""
    progress: Progress | None = None
    """Of a batch only."""
    problems: Sequence[Problem] = ()
    """Between the files: duplicates, agencies not in the roster, years out of range."""
