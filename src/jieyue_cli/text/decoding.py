"""The bytes of a text file as text with the line ends of Unix, as the editors of Windows save it."""

from __future__ import annotations

from codecs import getincrementaldecoder

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def unicode_of(data: bytes, *, whole: bool = True) -> str | None:
    """Text in UTF-8 with or without a mark, or in UTF-16; None where it is in another encoding.

    What is not the ``whole`` file may end within a character.
    """
    return _decoded(data, "utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig", whole=whole)


def text_of(data: bytes, *, whole: bool = True) -> str | None:
    """As ``unicode_of``, or text in GB 18030, which holds all that a Chinese Windows saves as “ANSI”."""
    text = unicode_of(data, whole=whole)
    return _decoded(data, "gb18030", whole=whole) if text is None else text


def _decoded(data: bytes, encoding: str, *, whole: bool) -> str | None:
    try:
        text = getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
