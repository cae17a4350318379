"""The text that a new standard begins with: a small whole one, or one that states its differences from another."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_EXTENDS = "extends: 上级标准\n"


def whole() -> str:
    """A standard on one page that shows every common way of scoring and passes the check."""
    return (_HERE / "starter.yaml").read_text("utf-8")


def difference(base: str) -> str:
    """A standard that extends ``base``, a shipped one's name or a path beside the new file, and changes nothing yet."""
    quoted = "'" + base.replace("'", "''") + "'"
    return (_HERE / "starter_difference.yaml").read_text("utf-8").replace(_EXTENDS, f"extends: {quoted}\n")
