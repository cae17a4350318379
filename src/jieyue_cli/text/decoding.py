"""The bytes of a text file as text, as the editors of Windows save it: UTF-8 with or without a mark, or UTF-16."""

from __future__ import annotations

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def unicode_of(data: bytes) -> str | None:
    """The text, with the line ends of Unix; None where it is in another encoding."""
    try:
        text = data.decode("utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
