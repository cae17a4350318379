"""Text from a foreign file, made harmless before it is shown."""

from __future__ import annotations

import unicodedata


def clean(text: str) -> str:
    """Text that no console obeys and that is lawful in XML; worked out one character at a time.

    Line breaks and tabs become spaces; control, direction and zero-width characters go; half a character becomes ``?``.
    """
    return text if text.isprintable() else "".join(map(_harmless, text))


def in_utf8(text: str) -> str:
    """Text that UTF-8 can hold: the name of a file may have bytes that are no character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _harmless(char: str) -> str:
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp":
            return " " if char.isspace() else ""
        case "Cf":
            return ""
        case "Cs":
            return "?"
        case "Cn" if ord(char) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 -- the noncharacters that end each plane
            return ""
    return char
