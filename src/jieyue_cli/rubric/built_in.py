"""The standards that come with the program: their names, and where they are."""

from __future__ import annotations

from pathlib import Path

DEFAULT = "standard_2020"

_PACKAGED = Path(__file__).with_name("shipped")
_CHECKOUT = Path(__file__).parents[3] / "rubric"


def shipped() -> dict[str, Path]:
    """The file of each by its name: in the installed package, or in a checkout beside ``src``."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}
