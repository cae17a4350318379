"""Which rubric a name means: one that is shipped, or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jieyue_cli.rubric.built_in import shipped

if TYPE_CHECKING:
    from jieyue_cli.problems import Problem
    from jieyue_cli.rubric.model import Rubric

_SUFFIXES = {".yaml", ".yml"}


def find(name: str) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Load the rubric called ``name``: a shipped one's name, or the path of a YAML file."""
    from jieyue_cli.rubric.source import load

    known = shipped()
    if name in known:
        return load(known[name])
    path = Path(name)
    if path.suffix.lower() in _SUFFIXES or _exists(path):
        return load(path)
    from jieyue_cli.problems import Code

    return None, (Code.RUBRIC_UNKNOWN.at(name=name, known="、".join(known)),)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long for the system is no file
        return False
