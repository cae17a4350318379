"""Which rubric a name means: one that is shipped, or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieyue_cli.problems import Problem
    from jieyue_cli.rubric.model import Rubric

DEFAULT = "standard_2020"

_PACKAGED = Path(__file__).with_name("shipped")
_CHECKOUT = Path(__file__).parents[3] / "rubric"
_SUFFIXES = {".yaml", ".yml"}


def shipped() -> dict[str, Path]:
    """Names of the shipped rubrics and where they are: in the installed package, or in a checkout beside ``src``."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


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
