"""How high a row of a sheet has to be for its text."""

from __future__ import annotations

LINE_HEIGHT = 13.5
"""Points for a line of text in the base font."""


def row_height(lines: int) -> float:
    """Points for a row with so many lines of text."""
    return lines * LINE_HEIGHT + 4


def line_count(text: str, width: float) -> int:
    """How many lines ``text`` takes when wrapped in a column of ``width`` characters."""
    wide = (2 * len(line) - len(line.encode("ascii", "ignore")) for line in text.split("\n"))
    return sum(max(1, -(-units // max(1, int(width - 1)))) for units in wide)
