"""What comes with the program: the shipped standards, and the text that a new standard begins with."""

from __future__ import annotations

from pathlib import Path

from jieyue_cli import parts

DEFAULT = "standard_2020"

_HERE = Path(__file__).parent
_PACKAGED = _HERE / "shipped"
_CHECKOUT = _HERE.parents[2] / "rubric"
_EXTENDS = "extends: 上级标准\n"


def shipped() -> dict[str, Path]:
    """The file of each standard by its name: in the installed package, or in a checkout beside ``src``."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def new_standard() -> str:
    """A standard on one page that shows every common way of scoring and passes the check."""
    return parts.text(_HERE / "starter.yaml")


def new_difference(base: str) -> str:
    """A standard that extends ``base``, a shipped one's name or a path beside the new file, and changes nothing yet."""
    quoted = "'" + base.replace("'", "''") + "'"
    return parts.text(_HERE / "starter_difference.yaml").replace(_EXTENDS, f"extends: {quoted}\n")
